#include "wire/placed_policies.h"

#include <algorithm>

#include "iamcheck/credentials.h"

namespace iamcheck {
namespace {

const CredentialScanner& scanner() {
  static const CredentialScanner kScanner;
  return kScanner;
}

void remember_secrets(std::string_view text, CompiledPolicies& out) {
  const auto source = Source::from_bytes("policy", std::string(text));
  const std::vector<Finding> findings = scanner().scan(*source);
  for (const Finding& finding : findings) {
    if (!finding.credential) continue;
    std::vector<Span> spans = {finding.span};
    for (const RelatedSpan& related : finding.related) spans.push_back(related.span);
    for (const Span& span : spans) {
      const std::string_view secret = source->slice(span);
      if (!secret.empty()) out.secrets.emplace_back(secret, redact(secret));
    }
  }
}

}  // namespace

void CompiledPolicies::hide_secrets(std::string& text) const {
  for (const auto& [secret, shown] : secrets) {
    for (std::size_t at = text.find(secret); at != std::string::npos;
         at = text.find(secret, at + shown.size())) {
      text.replace(at, secret.size(), shown);
    }
  }
}

void add_policy(std::string name, PolicyKind kind, std::shared_ptr<const Policy> policy,
                CompiledPolicies& out) {
  remember_secrets(policy->source->slice(policy->span), out);
  std::ranges::sort(out.secrets,
                    [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  if (kind == PolicyKind::kResource && detect_kind(*policy) == PolicyKind::kTrust)
    kind = PolicyKind::kTrust;
  out.begins.push_back(policy->span.begin);
  out.set.add({std::move(name), kind, std::move(policy)});
}

CompiledPolicies compile(const std::vector<PolicyPart>& parts, const Document& document,
                         const CompiledPolicies* base) {
  CompiledPolicies out;
  if (base != nullptr) out = *base;
  for (const PolicyPart& part : parts) {
    if (part.opens_level) {
      out.set.add_level(part.kind, part.name);
      continue;
    }
    Result<Policy> policy = parse_policy(document, *part.node);
    if (!policy) continue;  // the reader has let only objects through
    add_policy(part.name, part.kind, std::make_shared<const Policy>(*std::move(policy)), out);
  }
  out.warnings = check_policies(out.set);
  for (const AttachedPolicy& attached : out.set.policies()) {
    if (attached.policy->has_statement) continue;
    out.warnings.push_back(
        {"no-statement",
         "`" + attached.name + "` has no `Statement`: it neither allows nor denies"});
  }
  return out;
}

void append_origins(const std::vector<PolicyPart>& parts, const Place& place,
                    std::vector<PlacedPolicies::Origin>& origins) {
  for (const PolicyPart& part : parts) {
    if (!part.opens_level) origins.push_back({place, part.node->span.begin});
  }
}

}  // namespace iamcheck
