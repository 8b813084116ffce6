// From bytes to policies, with a place for each.
#include <algorithm>
#include <map>
#include <utility>

#include "document/hcl.h"
#include "document/hcl_json_syntax.h"
#include "document/yaml_stream.h"
#include "iamcheck/input.h"
#include "input/attachment.h"
#include "input/embedded.h"
#include "input/fences.h"
#include "input/json_documents.h"
#include "input/place_name.h"
#include "input/sniff.h"
#include "input/terraform.h"

namespace iamcheck {
namespace {

Error stray_text(const Source& source, Span part) {
  if (source.slice(part)[0] == '\0') {
    part.end = part.begin + 1;
    return {ErrorCode::kJsonSyntax, "a NUL byte stands in the text",
            "remove it; no JSON text holds one", part};
  }
  const std::size_t word = source.slice(part).find_first_of(" \t\r\n");
  if (word != std::string_view::npos) part.end = part.begin + static_cast<std::uint32_t>(word);
  return {ErrorCode::kJsonSyntax, "unexpected text outside of the JSON documents",
          "keep one document, or several with nothing but space between them", part};
}

// What somebody says that a text is. Of the first kind, what cannot be read is passed over; of the
// second, when it does not smell of a policy.
enum class Claim : std::uint8_t { kPerhaps, kJson, kPolicy };

// Text that becomes YAML only when Helm, Jinja or ERB has filled it in.
bool is_template(std::string_view text) {
  return text.find("{{") != std::string_view::npos || text.find("{%") != std::string_view::npos ||
         text.find("<%") != std::string_view::npos;
}

class Collector {
 public:
  Collector(std::shared_ptr<const Source> source, const InputOptions& options, FoundPolicies& found)
      : source_(std::move(source)), options_(options), found_(found) {}

  /// Every policy of the YAML documents of the source.
  void add_yaml(Claim claim) {
    ReadOptions read;
    read.limits = options_.limits;
    const YamlStream stream = read_yaml_stream(source_, read);
    for (const Document& document : stream.documents) {
      if (full()) return;
      add_document(document, claim);
    }
    if (stream.error && !is_template(source_->text())) add_error(*stream.error);
  }

  /// Every policy of a Terraform file.
  void add_hcl(Claim claim) {
    ReadOptions read;
    read.limits = options_.limits;
    const HclFile file = read_hcl(source_, read);
    add_terraform_file(file);
    if (claim == Claim::kPolicy && found_.policies.empty())
      add_error({ErrorCode::kNotAPolicy,
                 "no policy was found in this Terraform file",
                 "name the file that has one; modules and other files are not followed",
                 {}});
  }

  /// Every policy of a fence of Markdown. What is broken there is an excerpt, with dots for the
  /// rest.
  void add_hcl_fence(const Span& part) {
    ReadOptions read;
    read.limits = options_.limits;
    HclFile file = read_hcl(source_, part, read);
    file.error.reset();
    add_terraform_file(file);
  }

  /// Every policy of a JSON text.
  void add_json(Span part, Claim claim) {
    told_stray_ = false;
    add_json(part, claim, kMostSplits);
  }

 private:
  // A text of lines, and a line of documents.
  static constexpr int kMostSplits = 2;

  void add_json(Span part, Claim claim, int splits) {
    Result<Document> document = read_tolerantly(part);
    if (document) return add_document(*document, claim);
    if (document.error().code == ErrorCode::kLimitExceeded && splits < kMostSplits)
      return add_unreadable(part, document.error(), claim);
    // Not one document: perhaps several, each with its own right to be read.
    std::vector<Span> parts;
    if (splits > 0) parts = split_json_documents(*source_, part);
    if (parts.size() <= 1) return add_unreadable(part, document.error(), claim);
    if (splits == kMostSplits) told_stray_ = !is_meant(part, claim);
    for (const Span& one : parts) {
      if (full()) return;
      const char first = source_->slice(one)[0];
      if (first != '{' && first != '[') {
        // One place is enough: the reader of the message sees what the file is like.
        if (!told_stray_) add_error(stray_text(*source_, one));
        told_stray_ = true;
        continue;
      }
      add_json(one, claim, splits - 1);
    }
  }

  // People write comments and trailing commas; the policy behind them is still worth reading. The
  // error is that of strict JSON.
  Result<Document> read_tolerantly(Span part) const {
    ReadOptions read;
    read.limits = options_.limits;
    Result<Document> document = read_json(source_, part, read);
    if (document || document.error().code != ErrorCode::kJsonSyntax) return document;
    read.tolerant = true;
    Result<Document> second = read_json(source_, part, read);
    return second ? std::move(second) : std::move(document);
  }

  void add_document(const Document& document, Claim claim) {
    const std::size_t before = found_.policies.size();
    EmbeddedTexts embedded(document.source);
    // A plan of Terraform says what was, what changes and what will be; the last is what counts.
    const Node* planned = document.root.find("planned_values");
    if (is_terraform_json(document)) {
      ReadOptions read;
      read.limits = options_.limits;
      add_terraform_file(read_hcl_from_json(document, read));
    } else if (planned != nullptr && document.root.find("terraform_version") != nullptr) {
      visit(document, *planned, "planned_values", {}, embedded);
    } else {
      visit(document, document.root, "", {}, embedded);
    }
    add_embedded(embedded);
    if (claim == Claim::kPolicy && before == found_.policies.size())
      add_policy(document, document.root, "", {});
    nodes_ += document.nodes;
  }

  void add_terraform_file(const HclFile& file) {
    for (TerraformValue& value : find_terraform_values(file, options_.limits)) {
      if (full()) return;
      if (value.error) {
        add_error(*std::move(value.error));
      } else {
        add_terraform(value);
      }
    }
    if (file.error) add_error(*file.error);
  }

  // One policy may be reached on several ways: where it is written, and where it is used.
  void add_terraform(TerraformValue& value) {
    const std::size_t before = found_.policies.size();
    Node& root = value.document.root;
    const Span place = root.span;
    // What a policy says may stand outside of it, behind names; the whole file is its measure.
    if (looks_like_policy(root) && value.document.leniencies.empty())
      root.span = {place.source, 0, 0};
    EmbeddedTexts none(source_);
    visit(value.document, root, value.path, value.attachment, none);
    for (std::size_t i = before; i < found_.policies.size(); ++i) {
      FoundPolicy& found = found_.policies[i];
      found.embedded = true;
      if (!found.policy) continue;
      if (found.path == value.path) found.policy->span = place;
      const auto [known, fresh] = places_.emplace(found.policy->span, i);
      if (fresh) continue;
      if (FoundPolicy& first = found_.policies[known->second]; !first.kind) {
        first.kind = found.kind;
        first.resource_type = std::move(found.resource_type);
      }
      found_.policies.erase(found_.policies.begin() + static_cast<std::ptrdiff_t>(i));
      --i;
    }
  }

  bool is_meant(const Span& part, Claim claim) const {
    return claim == Claim::kPolicy ||
           (claim == Claim::kJson && smells_of_policy(source_->slice(part)));
  }

  void add_unreadable(const Span& part, const Error& error, Claim claim) {
    if (is_meant(part, claim)) add_error(error);
  }

  void add_error(Error error) {
    FoundPolicy policy;
    policy.error = std::move(error);
    found_.policies.push_back(std::move(policy));
  }

  // Says once that there are more than are read.
  bool full() {
    const bool many_values = nodes_ >= options_.limits.max_nodes;
    if (!many_values && found_.policies.size() < options_.limits.max_documents) return false;
    if (!told_full_) {
      told_full_ = true;
      add_error({ErrorCode::kLimitExceeded,
                 "more than " +
                     (many_values ? std::to_string(options_.limits.max_nodes) + " values"
                                  : std::to_string(options_.limits.max_documents) + " policies") +
                     "; the policies behind them were not read",
                 "split the file",
                 {}});
    }
    return true;
  }

  void add_policy(const Document& document, const Node& node, const std::string& path,
                  const Attachment& attachment) {
    if (full()) return;
    FoundPolicy policy;
    Result<Policy> parsed = parse_policy(document, node);
    if (parsed) {
      policy.policy = *std::move(parsed);
    } else {
      policy.error = parsed.error();
    }
    policy.path = path;
    policy.kind = attachment.kind;
    policy.resource_type = attachment.resource_type;
    found_.policies.push_back(std::move(policy));
  }

  // The outermost policies below a node. Depth is bounded by Limits::max_depth, which the reader
  // enforced.
  void visit(const Document& document, const Node& node, const std::string& path,
             const Attachment& outer, EmbeddedTexts& embedded) {
    if (looks_like_policy(node)) {
      add_policy(document, node, path, outer);
      return;
    }
    if (is_embedded_policy(node)) embedded.add(node, path, outer);
    const Attachment attachment = attachment_of_resource(node).value_or(outer);
    const std::size_t before = found_.policies.size();
    for (const Member& member : node.members) {
      const std::string below = place_below(path, member.name);
      const std::optional<PolicyKind> kind = kind_of_member(member.name);
      visit(document, member.value, below, kind ? named(*kind, attachment) : attachment, embedded);
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      visit(document, node.items[i], place_below(path, i), attachment, embedded);
    }
    // What has a policy below it is the wrapping of that.
    if (before == found_.policies.size() && looks_like_broken_policy(node)) {
      add_policy(document, node, path, attachment);
    }
  }

  // Policies inside of strings, in the order of the strings.
  void add_embedded(const EmbeddedTexts& embedded) {
    const std::shared_ptr<const Source> source = embedded.unescaped();
    ReadOptions read;
    read.limits = options_.limits;
    for (const EmbeddedText& text : embedded.texts()) {
      if (full()) return;
      const std::optional<Span> part = embedded.inside(text);
      if (!part) {
        add_error({ErrorCode::kUnsupported,
                   "the policy in this string has escapes in its own texts, and was not read",
                   "write it as JSON, not as a string, or check it by itself", text.span});
        continue;
      }
      const Result<Document> document = read_json(source, *part, read);
      if (!document) {
        add_error(document.error());
        continue;
      }
      nodes_ += document->nodes;
      const std::size_t before = found_.policies.size();
      EmbeddedTexts none(source);
      visit(*document, document->root, text.path, text.attachment, none);
      for (std::size_t i = before; i < found_.policies.size(); ++i)
        found_.policies[i].embedded = true;
    }
  }

  // The name of a member knows better than the type of the resource that has it.
  static Attachment named(PolicyKind kind, const Attachment& outer) {
    return {kind, kind == PolicyKind::kResource ? outer.resource_type : std::string()};
  }

  std::shared_ptr<const Source> source_;
  const InputOptions& options_;
  FoundPolicies& found_;
  std::map<Span, std::size_t> places_;  // of the policies in HCL
  std::size_t nodes_ = 0;               // of all documents
  bool told_full_ = false;
  bool told_stray_ = false;  // of the text that `add_json` was given
};

// An object literal of these languages may be JSON; when it is none, nobody is wrong.
bool is_wider_than_json(std::string_view language) {
  return language == "json5" || language == "javascript" || language == "js";
}

// The source with spaces for the marks that block quotes put before the lines of their fences, so
// that every offset stays; the source itself when there are none.
std::shared_ptr<const Source> without_quote_marks(const std::shared_ptr<const Source>& source,
                                                  const std::vector<Fence>& fences) {
  std::string text;
  for (const Fence& fence : fences) {
    if (fence.quote_depth == 0) continue;
    if (text.empty()) text = source->text();
    blank_quote_marks(text, fence);
  }
  return text.empty() ? source : Source::from_bytes(source->name(), std::move(text), source->id());
}

bool is_hcl(std::string_view language) {
  return language == "hcl" || language == "terraform" || language == "tf" || language == "tofu" ||
         language == "opentofu";
}

bool may_be_json(std::string_view language) {
  return language.empty() || language == "json" || language == "jsonc" ||
         is_wider_than_json(language);
}

}  // namespace

FoundPolicies find_policies(const std::shared_ptr<const Source>& source,
                            const InputOptions& options) {
  FoundPolicies found;
  found.format = sniff_format(source->name(), source->text());
  if (options.expect_policy && found.format != InputFormat::kMarkdown &&
      found.format != InputFormat::kYaml && found.format != InputFormat::kHcl)
    found.format = InputFormat::kJson;
  const bool read = found.format != InputFormat::kText && found.format != InputFormat::kBinary;
  if (read && source->text().size() > options.limits.max_document_bytes) {
    const bool hcl = found.format == InputFormat::kHcl && may_hold_hcl_policy(source->text());
    if (options.expect_policy || hcl || smells_of_policy(source->text())) {
      FoundPolicy unread;
      unread.error =
          Error{ErrorCode::kLimitExceeded,
                "the text is larger than " + std::to_string(options.limits.max_document_bytes) +
                    " bytes; policies in it were not read, only credentials are found",
                "split the file",
                {}};
      found.policies.push_back(std::move(unread));
    }
    return found;
  }
  if (found.format == InputFormat::kYaml) {
    // Most YAML of a repository has no policy, and reading all of it takes time.
    if (options.expect_policy || may_hold_policy(source->text()))
      Collector(source, options, found)
          .add_yaml(options.expect_policy ? Claim::kPolicy : Claim::kJson);
  } else if (found.format == InputFormat::kHcl) {
    if (options.expect_policy || may_hold_hcl_policy(source->text()))
      Collector(source, options, found)
          .add_hcl(options.expect_policy ? Claim::kPolicy : Claim::kJson);
  } else if (found.format == InputFormat::kJson) {
    Collector(source, options, found)
        .add_json(source->span(), options.expect_policy ? Claim::kPolicy : Claim::kJson);
  } else if (found.format == InputFormat::kMarkdown) {
    const std::vector<Fence> fences = find_fences(*source);
    const std::shared_ptr<const Source> unquoted = without_quote_marks(source, fences);
    Collector collector(unquoted, options, found);
    for (const Fence& fence : fences) {
      std::string_view text = unquoted->slice(fence.content);
      std::size_t solid = text.find_first_not_of(" \t\r\n");
      bool object = solid != std::string_view::npos && (text[solid] == '{' || text[solid] == '[');
      if (is_hcl(fence.language) && may_hold_hcl_policy(text))
        collector.add_hcl_fence(fence.content);
      if (!object || !may_be_json(fence.language)) continue;
      collector.add_json(fence.content,
                         is_wider_than_json(fence.language) ? Claim::kPerhaps : Claim::kJson);
    }
  }
  return found;
}

}  // namespace iamcheck
