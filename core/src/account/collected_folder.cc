#include "account/collected_folder.h"

#include <algorithm>
#include <utility>

#include "iamcheck/arn.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

constexpr std::string_view kReport =
    "see docs/account.md for the files of a collected account that are read";

bool is_policy_arn(std::string_view text) {
  const std::optional<Arn> arn = Arn::parse(text);
  return arn && (arn->service == "iam" || arn->service == "organizations") &&
         arn->resource.starts_with("policy/");
}

}  // namespace

std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c != '_' && c != '-') plain += ascii_lower(c);
  }
  return plain;
}

bool speaks_of_policies(const Node& value) {
  if (value.is_text()) {
    const std::string lower = ascii_lower(value.text);
    return lower.find("\"statement\"") != std::string::npos ||
           lower.find("%22statement%22") != std::string::npos || is_policy_arn(value.text);
  }
  // As deep as documents may be nested (`Limits`).
  return std::ranges::any_of(value.items, speaks_of_policies) ||
         std::ranges::any_of(value.members, [](const Member& member) {
           const std::string name = plain_name(member.name);
           return name == "statement" || name == "policydocument" || is_policy_arn(member.name) ||
                  speaks_of_policies(member.value);
         });
}

bool may_hold_policy(std::string_view kind, const CollectedFile& file) {
  const std::string name = plain_name(kind);
  if (name.find("polic") != std::string::npos || name.find("boundar") != std::string::npos)
    return true;
  return file.document == nullptr || speaks_of_policies(file.document->root);
}

const Node* CollectedValues::member(const Document& document, const Node& object,
                                    std::initializer_list<std::string_view> names) {
  const Member* found = nullptr;
  for (const Member& one : object.members) {
    if (std::ranges::find(names, plain_name(one.name)) == names.end()) continue;
    if (found != nullptr)
      builder_.complain(document.source, one.name_span,
                        "`" + one.name + "` stands here for the second time",
                        "leave one; what hangs on it is undecided until then");
    found = &one;
  }
  return found == nullptr ? nullptr : &found->value;
}

std::string CollectedValues::text(const Document& document, const Node& object,
                                  std::initializer_list<std::string_view> names) {
  const Node* value = member(document, object, names);
  if (value == nullptr || value->kind == Node::Kind::kNull) return {};
  if (value->is_text()) return value->text;
  builder_.complain(document.source, value->span,
                    "this is a " + std::string(to_string(value->kind)) + ", not a string",
                    "collect it again");
  return {};
}

CollectedArn CollectedValues::arn(const Document& document, const Node& value) {
  const Node* text = &value;
  const bool before = std::exchange(builder_.clean, true);
  if (value.is_object())
    text = member(document, value,
                  {"arn", "policyarn", "grouparn", "permissionsboundaryarn",
                   "permissionboundaryarn", "instanceprofilearn"});
  const bool once = builder_.clean;
  builder_.clean = before && once;
  if (!once) return {"", &value};
  if (text != nullptr && text->is_text() && Arn::parse(text->text)) return {text->text, &value};
  builder_.complain(document.source, value.span, "this is no ARN, and no object with an `arn`",
                    std::string(kReport));
  return {"", &value};
}

std::vector<CollectedArn> CollectedValues::arns(const Document& document, const Node& value) {
  std::vector<CollectedArn> found;
  if (value.kind == Node::Kind::kNull) return found;
  if (!value.is_list()) {
    builder_.complain(document.source, value.span,
                      "this is a " + std::string(to_string(value.kind)) + ", not a list of ARNs",
                      std::string(kReport));
    found.push_back({"", &value});
    return found;
  }
  for (const Node& item : value.items) found.push_back(arn(document, item));
  return found;
}

std::shared_ptr<const Document> CollectedValues::file(const CollectedFolder& folder,
                                                      std::string_view kind) {
  const auto found = folder.files.find(kind);
  if (found == folder.files.end()) return nullptr;
  if (found->second.document == nullptr) {
    builder_.clean = false;
    builder_.last_complaint = found->second.why;
  }
  return found->second.document;
}

std::shared_ptr<const Policy> CollectedValues::policy(const CollectedFolder& folder,
                                                      std::initializer_list<std::string_view> kinds,
                                                      const std::string& place, bool& found) {
  found = false;
  std::shared_ptr<const Policy> policy;
  for (const std::string_view kind : kinds) {
    if (!folder.has(kind)) continue;
    const std::shared_ptr<const Document> document = file(folder, kind);
    if (document != nullptr && document->root.kind == Node::Kind::kNull) continue;
    if (found) {
      builder_.clean = false;
      if (document != nullptr)
        builder_.complain(document->source, document->root.span, place + " has two policies",
                          "leave one; what hangs on it is undecided until then");
      return nullptr;
    }
    found = true;
    if (document != nullptr) policy = builder_.read_policy(*document, document->root, place);
  }
  return policy;
}

std::vector<AccountTag> CollectedValues::tags(const CollectedFolder& folder) {
  const std::shared_ptr<const Document> document = file(folder, "tags");
  std::vector<AccountTag> tags;
  if (document == nullptr || document->root.kind == Node::Kind::kNull) return tags;
  const Node& root = document->root;
  if (root.is_object()) return builder_.tags_by_key(*document, root);
  if (!root.is_list())
    builder_.complain(document->source, root.span, "these are no tags",
                      "collect them again: an object, or a list of `Key` and `Value`");
  for (const Node& item : root.items) {
    if (!item.is_object() || member(*document, item, {"key"}) == nullptr) {
      builder_.complain(document->source, item.span, "a tag has no `Key`", "collect it again");
      continue;
    }
    tags.push_back({text(*document, item, {"key"}), text(*document, item, {"value"})});
  }
  return tags;
}

bool CollectedValues::has_unknown_policies(const CollectedFolder& folder,
                                           std::initializer_list<std::string_view> known) {
  bool found = false;
  for (const auto& [kind, file] : folder.files) {
    if (std::ranges::find(known, kind) != known.end() || !may_hold_policy(kind, file)) continue;
    found = true;
    builder_.clean = false;
    if (file.document == nullptr) {
      builder_.last_complaint = file.why;
      continue;
    }
    builder_.complain(file.document->source, file.document->root.span,
                      "a file of a kind that is not known here, and it may hold or attach a policy",
                      std::string(kReport));
  }
  return found;
}

}  // namespace iamcheck
