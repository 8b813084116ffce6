#include "account/builder.h"

#include <algorithm>
#include <set>
#include <utility>

#include "account/stand_in.h"
#include "text/ascii.h"
#include "text/edit_distance.h"

namespace iamcheck {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = ascii_lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// RFC 3986: `%7B` is a byte; `+` stays a plus.
std::string url_decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
      if (high >= 0 && low >= 0) {
        out += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

constexpr std::string_view kPrincipalTag = "aws:principaltag/";
constexpr std::string_view kResourceTag = "aws:resourcetag/";

}  // namespace

void SnapshotBuilder::complain(const std::shared_ptr<const Source>& source, Span span,
                               std::string message, std::string help, ErrorCode code) {
  clean = false;
  last_complaint.clear();
  if (source != nullptr) {
    const Position place = source->position(span.begin);
    last_complaint = source->name() + ":" + std::to_string(place.line) + ":" +
                     std::to_string(place.column) + ": ";
  }
  last_complaint += message;
  if (out.problems.size() >= limits.max_findings) {
    if (out.problems.size() == limits.max_findings)
      out.problems.push_back({{ErrorCode::kLimitExceeded,
                               "more than " + std::to_string(limits.max_findings) +
                                   " problems; the others are not listed",
                               "",
                               {}},
                              nullptr});
    return;
  }
  out.problems.push_back({{code, std::move(message), std::move(help), span}, source});
}

void SnapshotBuilder::leave_unread(bool Account::Snapshot::* flag,
                                   std::string Account::Snapshot::* why, std::string reason) {
  out.*flag = true;
  if ((out.*why).empty()) out.*why = std::move(reason);
}

std::shared_ptr<const Policy> SnapshotBuilder::read_policy(const Document& document,
                                                           const Node& value,
                                                           const std::string& place) {
  Result<Policy> policy = Error{};
  std::shared_ptr<const Source> source = document.source;
  if (value.is_text()) {
    const std::size_t solid = value.text.find_first_not_of(" \t\r\n");
    const bool encoded = solid != std::string::npos && value.text[solid] == '%';
    std::string inner = encoded ? url_decoded(value.text) : value.text;
    source = Source::from_bytes(document.source->name() + "#" + place, std::move(inner));
    Result<Document> read = read_json(source, {.limits = limits});
    policy = read ? parse_policy(*read) : Result<Policy>(read.error());
  } else if (value.is_object()) {
    policy = parse_policy(document, value);
  } else {
    complain(source, value.span,
             "the policy of " + place + " is a " + std::string(to_string(value.kind)) +
                 ", not an object",
             "write the policy document as an object, or as a text that holds it");
    return nullptr;
  }
  if (!policy) {
    complain(source, policy.error().span,
             "the policy of " + place + " cannot be read: " + policy.error().message,
             policy.error().help, policy.error().code);
    return nullptr;
  }
  if (!policy->has_statement) {
    complain(source, policy->span, "the policy of " + place + " has no `Statement`",
             "fetch the policy again");
    return nullptr;
  }
  if (!check_statements(*policy, source, place)) return nullptr;
  return std::make_shared<const Policy>(*std::move(policy));
}

// A statement that AWS would not have taken says nothing: a Deny that is half read must not be
// missing from the answer, nor an Allow wider than it was meant.
bool SnapshotBuilder::check_statements(const Policy& policy,
                                       const std::shared_ptr<const Source>& source,
                                       const std::string& place) {
  using Kind = PolicyDiagnostic::Kind;
  bool readable = true;
  const auto say = [&](Span span, const std::string& what) {
    complain(source, span, "the policy of " + place + " is malformed: " + what,
             "fetch or correct the policy; what hangs on it is undecided until then");
    readable = false;
  };
  for (const PolicyDiagnostic& one : policy.diagnostics) {
    if ((one.kind == Kind::kWrongType || one.kind == Kind::kUnknownElement) &&
        (one.path.starts_with("Statement") || one.path.starts_with("Version")))
      say(one.span, one.message);
  }
  if (!readable) return false;
  for (const Statement& statement : policy.statements) {
    if (statement.expression) continue;
    if (!statement.effect && !(statement.effect_text && statement.effect_text->unresolved))
      say(statement.span, "a statement has no `Effect` that is Allow or Deny");
    if (!statement.action && !statement.not_action)
      say(statement.span, "a statement has neither `Action` nor `NotAction`");
  }
  return readable;
}

Attachment SnapshotBuilder::pooled(PolicyKind kind, std::shared_ptr<const Policy> policy,
                                   std::string name, bool aws_managed) {
  const auto [known, fresh] = known_.try_emplace({policy.get(), kind}, out.pool.policies().size());
  if (fresh) {
    note_tag_keys(*policy);
    AttachedPolicy attached;
    attached.name = name;
    attached.kind = kind;
    attached.policy = std::move(policy);
    attached.aws_managed = aws_managed;
    out.pool.add(std::move(attached));
  }
  return {known->second, std::move(name), false};
}

Attachment SnapshotBuilder::attachment(PolicyKind kind, std::shared_ptr<const Policy> policy,
                                       std::string name, bool aws_managed) {
  if (policy == nullptr) return out.stand_in(kind, std::move(name), last_complaint);
  return pooled(kind, std::move(policy), std::move(name), aws_managed);
}

std::string SnapshotBuilder::text(const Document& document, const Node& object,
                                  std::string_view name) {
  const Node* value = object.find(name);
  return value == nullptr ? std::string() : text_of(document, *value, name);
}

std::string SnapshotBuilder::text_of(const Document& document, const Node& value,
                                     std::string_view name) {
  if (value.kind == Node::Kind::kNull) return {};
  if (value.is_text()) return value.text;
  complain(
      document.source, value.span,
      "`" + std::string(name) + "` is a " + std::string(to_string(value.kind)) + ", not a string",
      "fetch the dump again");
  return {};
}

const std::vector<Node>& SnapshotBuilder::list(const Document& document, const Node& object,
                                               std::string_view name) {
  static const std::vector<Node> kNone;
  const Node* value = object.find(name);
  if (value == nullptr || value->kind == Node::Kind::kNull) return kNone;
  if (value->is_list()) return value->items;
  complain(
      document.source, value->span,
      "`" + std::string(name) + "` is a " + std::string(to_string(value->kind)) + ", not a list",
      "fetch the dump again");
  return kNone;
}

bool SnapshotBuilder::check_members(const Document& document, const Node& object,
                                    std::initializer_list<std::string_view> known) {
  bool fine = true;
  std::set<std::string_view> seen;
  for (const Member& member : object.members) {
    const bool twice = !seen.insert(member.name).second;
    if (!twice && std::ranges::find(known, member.name) != known.end()) continue;
    fine = false;
    const std::string near =
        nearest_name(member.name, std::vector<std::string_view>(known.begin(), known.end()));
    complain(
        document.source, member.name_span,
        "`" + member.name + (twice ? "` stands twice here" : "` is no member that is read here"),
        twice          ? "leave one; what hangs on it is undecided until then"
        : near.empty() ? "see docs/account.md; what hangs on it is undecided until then"
                       : "did you mean `" + near + "`?");
  }
  return fine;
}

std::vector<AccountTag> SnapshotBuilder::tags(const Document& document, const Node& object,
                                              std::string_view name) {
  std::vector<AccountTag> tags;
  const Node* value = object.find(name);
  // AWS writes a list of keys and values; people write an object.
  if (value != nullptr && value->is_object()) return tags_by_key(document, *value);
  for (const Node& item : list(document, object, name)) {
    tags.push_back({text(document, item, "Key"), text(document, item, "Value")});
  }
  return tags;
}

std::vector<AccountTag> SnapshotBuilder::tags_by_key(const Document& document, const Node& object) {
  std::vector<AccountTag> tags;
  std::map<std::string_view, std::size_t> seen;
  for (const Member& member : object.members) {
    // Of two, the last counts, as everywhere.
    const auto [known, fresh] = seen.try_emplace(member.name, tags.size());
    if (fresh) tags.push_back({member.name, {}});
    tags[known->second].value = text_of(document, member.value, member.name);
  }
  return tags;
}

void SnapshotBuilder::note_tag_keys(const Policy& policy) {
  const auto note = [&](std::string_view key) {
    const std::string lower = ascii_lower(key);
    if (lower.starts_with(kPrincipalTag))
      out.asked_principal_tags.insert(std::string(key.substr(kPrincipalTag.size())));
    if (lower.starts_with(kResourceTag))
      out.asked_resource_tags.insert(std::string(key.substr(kResourceTag.size())));
  };
  const auto note_variables = [&](std::string_view text) {
    for (std::size_t at = text.find("${"); at != std::string_view::npos;
         at = text.find("${", at + 2)) {
      const std::string_view rest = text.substr(at + 2);
      note(rest.substr(0, rest.find_first_of(",}")));
    }
  };
  for (const Statement& statement : policy.statements) {
    for (const ConditionEntry& condition : statement.conditions) {
      note(condition.key.value);
      for (const Text& value : condition.values) note_variables(value.value);
    }
    for (const auto* element : {&statement.resource, &statement.not_resource}) {
      if (!*element) continue;
      for (const Text& value : (*element)->values) note_variables(value.value);
    }
  }
}

}  // namespace iamcheck
