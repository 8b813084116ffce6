// Roles that tokens of OIDC providers assume: which claims say whose token it is. Source: IAM User
// Guide, "Create a role for OpenID Connect federation"; GitHub Docs, "OpenID Connect reference".
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "lint/action_cover.h"
#include "lint/context.h"
#include "lint/federated_provider.h"
#include "lint/principal_places.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

using Kind = FederatedProvider::Kind;

constexpr std::string_view kGitHub = "token.actions.githubusercontent.com";

// Providers with one address for all of their customers, and the claims of which one says whose
// token it is.
struct SharedProvider {
  std::string_view host;
  std::array<std::string_view, 4> claims;
  std::string_view anybody;  ///< whose tokens are taken without one
  std::string_view example;
};
constexpr std::array<SharedProvider, 8> kSharedProviders = {{
    {kGitHub,
     {"sub", "repository", "repository_id", "repository_owner_id"},
     "any repository on GitHub",
     "repo:octo-org/octo-repo:ref:refs/heads/main"},
    {"gitlab.com",
     {"sub", "project_path", "namespace_path", ""},
     "any project on gitlab.com",
     "project_path:group/project:ref_type:branch:ref:main"},
    {"app.terraform.io",
     {"sub", "terraform_organization_id", "terraform_workspace_id", ""},
     "any workspace of HCP Terraform",
     "organization:acme:project:web:workspace:prod:run_phase:apply"},
    {"agent.buildkite.com",
     {"sub", "organization_id", "pipeline_id", ""},
     "any pipeline of Buildkite",
     "organization:acme:pipeline:deploy:ref:refs/heads/main:commit:*:step:*"},
    {"cognito-identity.amazonaws.com", {"aud", "sub", "", ""}, "any identity pool of Cognito", ""},
    {"accounts.google.com", {"aud", "sub", "oaud", ""}, "any application on Google", ""},
    {"www.amazon.com", {"app_id", "user_id", "", ""}, "any application of Login with Amazon", ""},
    {"graph.facebook.com", {"app_id", "id", "", ""}, "any application on Facebook", ""},
}};

const SharedProvider* shared_provider(std::string_view host) {
  const auto row = std::ranges::find_if(kSharedProviders, [&](const SharedProvider& provider) {
    return equals_ignoring_case(provider.host, host);
  });
  return row == kSharedProviders.end() ? nullptr : &*row;
}

bool has_wildcard(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos;
}

// Federated principals of Allows through which a token gets in.
std::vector<PrincipalPlace> oidc_places(const Policy& policy) {
  ActionCover with_token("sts:AssumeRoleWithWebIdentity");
  std::vector<PrincipalPlace> places;
  for (const PrincipalPlace& place : principal_places(policy)) {
    if (is_grant(place.statement) && place.element == "Principal" &&
        place.has_type(PrincipalEntry::Type::kFederated) &&
        federated_provider(place.entry.value).kind == Kind::kOidc &&
        with_token.of(place.statement)) {
      places.push_back(place);
    }
  }
  return places;
}

bool say_whose(const Claims& claims, const SharedProvider& provider, bool as_aws) {
  // Access Analyzer takes `sub` alone.
  const std::size_t known = as_aws ? 1 : provider.claims.size();
  for (std::size_t i = 0; i < known; ++i) {
    const std::string_view claim = provider.claims[i];
    if (!claim.empty() && claims.ask_for(provider.host, claim)) return true;
  }
  return false;
}

// ---- Values of `sub` ----

enum class Subject : std::uint8_t {
  kFixed,
  kAnyRepository,  // a wildcard in the organization or the repository
  kAnyPlace,       // no branch, environment or other place in the repository
  kAnyBranch,      // a place, with a wildcard for its name
  kChosen,         // begins with what whoever writes a workflow chooses
};

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t colon = text.find(':');
    parts.push_back(text.substr(0, colon));
    if (colon == std::string_view::npos) return parts;
    text.remove_prefix(colon + 1);
  }
}

Subject place_in_repository(std::string_view rest) {
  constexpr std::string_view kRef = "ref:";
  if (rest.empty() || is_everything(rest)) return Subject::kAnyPlace;
  if (rest.starts_with(kRef)) {
    std::string_view ref = rest.substr(kRef.size());
    for (std::string_view known : {"refs/heads/", "refs/tags/"}) {
      if (ref.starts_with(known)) {
        return is_everything(ref.substr(known.size())) ? Subject::kAnyBranch : Subject::kFixed;
      }
    }
    return has_wildcard(ref) ? Subject::kAnyPlace : Subject::kFixed;
  }
  constexpr std::string_view kEnvironment = "environment:";
  if (rest.starts_with(kEnvironment) && is_everything(rest.substr(kEnvironment.size())))
    return Subject::kAnyBranch;
  return has_wildcard(rest.substr(0, 1)) ? Subject::kAnyPlace : Subject::kFixed;
}

Subject github_subject(std::string_view value) {
  constexpr std::array<std::string_view, 9> kChosen = {"workflow", "actor",    "environment",
                                                       "ref",      "context",  "event_name",
                                                       "head_ref", "base_ref", "ref_type"};
  const std::vector<std::string_view> parts = split(value);
  if (std::ranges::find(kChosen, parts[0]) != kChosen.end()) return Subject::kChosen;
  if (has_wildcard(parts[0])) return Subject::kAnyRepository;
  if (parts[0] != "repo" || parts.size() < 2) return Subject::kFixed;
  if (has_wildcard(parts[1])) return Subject::kAnyRepository;
  const std::size_t rest = parts[0].size() + parts[1].size() + 2;
  return place_in_repository(value.size() > rest ? value.substr(rest) : std::string_view());
}

// Of the other providers only whose pipeline it is: the first part, `project_path:group/project`.
Subject other_subject(std::string_view value) {
  const std::vector<std::string_view> parts = split(value);
  const bool open = has_wildcard(parts[0]) || (parts.size() > 1 && has_wildcard(parts[1]));
  return open ? Subject::kAnyRepository : Subject::kFixed;
}

// Another condition says which branch or environment it is.
bool fix_place(const Claims& claims, std::string_view host) {
  return std::ranges::any_of(
      std::array<std::string_view, 4>{"ref", "environment", "job_workflow_ref", "workflow_ref"},
      [&](std::string_view claim) { return claims.ask_for(host, claim); });
}

void explain(Subject subject, std::string_view host, Finding& finding) {
  const bool github = host == kGitHub;
  switch (subject) {
    case Subject::kAnyRepository:
      finding.message.append(github ? " takes in other repositories" : " takes in other projects");
      finding.notes.emplace_back(
          "whoever may make one there, or change its workflows, has the role");
      finding.help = github ? "name the repository and the branch, such as "
                              "`repo:octo-org/octo-repo:ref:refs/heads/main`"
                            : "name the project and the branch";
      return;
    case Subject::kAnyPlace:
      finding.message.append(" takes in every branch, tag and pull request of the repository");
      finding.notes.emplace_back("whoever may push a branch has the role, before any review");
      finding.help =
          "name the branch or the environment: `:ref:refs/heads/main`, `:environment:prod`";
      return;
    case Subject::kAnyBranch:
      finding.message.append(" takes in every branch or environment of the repository");
      finding.severity = Severity::kNote;
      finding.help = "name the branch or the environment if not all of them should have the role";
      return;
    case Subject::kChosen:
      finding.message.append(" begins with what the writer of a workflow chooses");
      finding.notes.emplace_back(
          "a repository of anybody may have a workflow, an environment or a branch of this name");
      finding.help = "let the subject begin with `repo:`, or add a condition on `repository_id`";
      return;
    case Subject::kFixed:
      return;
  }
}

void report_open_subject(RuleContext& context, const ConditionPlace& place, std::size_t value) {
  const Text& text = place.entry.values[value];
  Finding& finding = context.report(text.span, path_of(context.policy(), place, value),
                                    quoted(text.value) + " has a wildcard");
  finding.help = "name the repository and the branch";
}

}  // namespace

void check_trust_oidc_no_condition(RuleContext& context) {
  const Policy& policy = context.policy();
  const bool as_aws = context.profile() == Profile::kAccessAnalyzer;
  Claims claims;
  for (const PrincipalPlace& place : oidc_places(policy)) {
    const std::string_view host = federated_provider(place.entry.value).host;
    // Where the provider is shared, trust-github-sub-missing says more.
    if (!as_aws && shared_provider(host) != nullptr) continue;
    claims.read(place.statement);
    if (claims.ask_for(host, "")) continue;
    Finding& finding = context.report(place.entry.value.span, path_of(policy, place),
                                      "every token of the OIDC provider may assume the role");
    const std::string prefix = host.empty() ? std::string("host") : std::string(host);
    finding.notes.push_back("no condition looks at a claim of the token, such as " +
                            quoted(prefix + ":sub"));
    finding.help =
        "add a condition on " + quoted(prefix + ":aud") + " and " + quoted(prefix + ":sub");
  }
}

void check_trust_github_sub_missing(RuleContext& context) {
  const Policy& policy = context.policy();
  const bool as_aws = context.profile() == Profile::kAccessAnalyzer;
  Claims claims;
  for (const PrincipalPlace& place : oidc_places(policy)) {
    const SharedProvider* provider = shared_provider(federated_provider(place.entry.value).host);
    if (provider == nullptr || (as_aws && provider->host != kGitHub)) continue;
    claims.read(place.statement);
    if (say_whose(claims, *provider, as_aws)) continue;
    const std::string key =
        std::string(provider->host) + ":" + std::string(provider->claims.front());
    Finding& finding = context.report(place.entry.value.span, path_of(policy, place),
                                      std::string(provider->anybody) + " may assume the role");
    finding.notes.push_back("no condition on `" + key + "` says whose token is taken");
    finding.help = "add a condition on `" + key + "`";
    if (!provider->example.empty())
      finding.help.append(", such as `").append(provider->example).append("`");
  }
}

void check_trust_github_sub_wildcard(RuleContext& context) {
  const Policy& policy = context.policy();
  const bool as_aws = context.profile() == Profile::kAccessAnalyzer;
  for (const Statement& statement : policy.statements) {
    if (!is_grant(statement)) continue;
    Claims claims;
    claims.read(statement);
    for (const ConditionPlace& place : condition_places(statement)) {
      const std::string_view key = place.entry.key.value;
      if (!is_literal(place.entry.key) || !place.op || place.negated() ||
          place.op->base->family != ConditionFamily::kString || key.size() < 4 ||
          !equals_ignoring_case(key.substr(key.size() - 4), ":sub")) {
        continue;
      }
      const SharedProvider* provider = shared_provider(key.substr(0, key.size() - 4));
      if (provider == nullptr || provider->example.empty()) continue;
      const bool github = provider->host == kGitHub;
      if (as_aws && !github) continue;
      const bool like = place.op->base->comparison == ConditionComparison::kLike;
      for (std::size_t i = 0; i < place.entry.values.size(); ++i) {
        const Text& value = place.entry.values[i];
        if (!is_literal(value)) continue;
        if (as_aws) {
          // It looks for wildcards, wherever they stand.
          if (like && has_wildcard(value.value)) report_open_subject(context, place, i);
          continue;
        }
        const Subject subject = github ? github_subject(value.value) : other_subject(value.value);
        if (subject == Subject::kFixed || (!like && subject != Subject::kChosen)) continue;
        const bool place_missing = subject == Subject::kAnyPlace || subject == Subject::kAnyBranch;
        if (place_missing && fix_place(claims, provider->host)) continue;
        Finding& finding =
            context.report(value.span, path_of(policy, place, i), quoted(value.value));
        explain(subject, provider->host, finding);
      }
    }
  }
}

}  // namespace iamcheck
