// From bytes to policies, with a place for each.
#include <utility>

#include "iamcheck/input.h"
#include "input/fences.h"
#include "input/sniff.h"

namespace iamcheck {
namespace {

// Members whose name says what kind of policy their value is, in CloudFormation and in answers of
// AWS's API.
std::optional<PolicyKind> kind_of_place(std::string_view member) {
  if (member == "AssumeRolePolicyDocument") return PolicyKind::kTrust;
  if (member == "PermissionsBoundaryPolicy") return PolicyKind::kBoundary;
  if (member == "BucketPolicy" || member == "KeyPolicy" || member == "RepositoryPolicyText")
    return PolicyKind::kResource;
  return std::nullopt;
}

class Collector {
 public:
  Collector(std::shared_ptr<const Source> source, const InputOptions& options, FoundPolicies& found)
      : source_(std::move(source)), options_(options), found_(found) {}

  /// Every policy of one JSON text. `declared`: somebody says that the text is a policy.
  bool add_json(Span part, bool declared) {
    ReadOptions read;
    read.limits = options_.limits;
    Result<Document> document = read_json(source_, part, read);
    if (!document && document.error().code == ErrorCode::kJsonSyntax) {
      // People write comments and trailing commas; the policy behind them is still worth reading.
      ReadOptions tolerant = read;
      tolerant.tolerant = true;
      Result<Document> second = read_json(source_, part, tolerant);
      if (second) document = std::move(second);
    }
    if (!document) {
      if (declared || smells_of_policy(source_->slice(part))) add_error(document.error());
      return false;
    }
    std::size_t before = found_.policies.size();
    visit(*document, document->root, "", std::nullopt);
    if (declared && before == found_.policies.size())
      add_policy(*document, document->root, "", std::nullopt);
    return true;
  }

 private:
  void add_error(Error error) {
    FoundPolicy policy;
    policy.error = std::move(error);
    found_.policies.push_back(std::move(policy));
  }

  void add_policy(const Document& document, const Node& node, const std::string& path,
                  std::optional<PolicyKind> kind) {
    if (found_.policies.size() >= options_.limits.max_documents) return;
    FoundPolicy policy;
    Result<Policy> parsed = parse_policy(document, node);
    if (parsed) {
      policy.policy = *std::move(parsed);
    } else {
      policy.error = parsed.error();
    }
    policy.path = path;
    policy.kind = kind;
    found_.policies.push_back(std::move(policy));
  }

  // The outermost policies below a node. Depth is bounded by Limits::max_depth, which the reader
  // enforced.
  void visit(const Document& document, const Node& node, const std::string& path,
             std::optional<PolicyKind> kind) {
    if (looks_like_policy(node)) {
      add_policy(document, node, path, kind);
      return;
    }
    for (const Member& member : node.members) {
      std::string below = path.empty() ? member.name : path + "." + member.name;
      std::optional<PolicyKind> place = kind_of_place(member.name);
      visit(document, member.value, below, place ? place : kind);
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      visit(document, node.items[i], path + "[" + std::to_string(i) + "]", kind);
    }
  }

  std::shared_ptr<const Source> source_;
  const InputOptions& options_;
  FoundPolicies& found_;
};

bool may_be_json(std::string_view language) {
  return language.empty() || language == "json" || language == "jsonc" || language == "json5" ||
         language == "javascript" || language == "js";
}

}  // namespace

FoundPolicies find_policies(std::shared_ptr<const Source> source, const InputOptions& options) {
  FoundPolicies found;
  found.format = sniff_format(source->name(), source->text());
  if (options.expect_policy && found.format != InputFormat::kMarkdown)
    found.format = InputFormat::kJson;
  Collector collector(source, options, found);
  if (found.format == InputFormat::kJson) {
    collector.add_json(source->span(), options.expect_policy);
  } else if (found.format == InputFormat::kMarkdown) {
    for (const Fence& fence : find_fences(*source)) {
      std::string_view text = source->slice(fence.content);
      std::size_t solid = text.find_first_not_of(" \t\r\n");
      bool object = solid != std::string_view::npos && (text[solid] == '{' || text[solid] == '[');
      if (object && may_be_json(fence.language)) collector.add_json(fence.content, false);
    }
  }
  return found;
}

}  // namespace iamcheck
