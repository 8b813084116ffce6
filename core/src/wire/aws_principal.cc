// SimulatePrincipalPolicy: the policies and keys come from an account. Source: IAM API Reference,
// "SimulatePrincipalPolicy".
#include <algorithm>
#include <array>
#include <utility>

#include "account/policy_source.h"
#include "iamcheck/account.h"
#include "iamcheck/aws_simulation.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace iamcheck {
namespace {

// What a snapshot knows about who calls; the rest follows from the caller's ARN.
constexpr std::array<std::string_view, 4> kPrincipalKeys = {
    "aws:principaltag/", "aws:userid", "aws:principalorgid", "aws:principalorgpaths"};

class PrincipalSimulation {
 public:
  PrincipalSimulation(const Account& account, AwsSimulation given)
      : account_(account), simulation_(std::move(given)) {}

  Result<std::string> run() {
    if (simulation_.policy_source_arn.empty())
      return Error{ErrorCode::kInvalidArgument,
                   "nobody is named whose policies are simulated",
                   "give --policy-source-arn ARN",
                   {}};
    if (has(PolicyKind::kScp) || simulation_.scp_levels > 0)
      return Error{ErrorCode::kInvalidArgument,
                   "the input cannot have OrderedOrganizationPolicyInputList",
                   "the SCPs are those of the account; simulate-custom-policy takes others",
                   {}};
    Result<PolicySource> source = find_policy_source(account_, simulation_.policy_source_arn);
    if (!source) return source.error();
    if (std::optional<Error> error = find_caller(*source)) return *std::move(error);
    add(source->identity, PolicyKind::kIdentity, 0);
    // One boundary is in effect: the one that is given replaces that of the principal.
    if (!has(PolicyKind::kBoundary)) add(source->boundary, PolicyKind::kBoundary, 0);
    add_scps();
    if (!unread_.empty())
      return Error{ErrorCode::kNotAPolicy,
                   "a policy of `" + escape_hidden(simulation_.policy_source_arn) +
                       "` could not be read: " + escape_hidden(unread_),
                   "`iamcheck can --account` answers where it does not matter",
                   {}};
    simulation_.policy_source_arn.clear();
    return simulate_as_aws(simulation_);
  }

 private:
  bool has(PolicyKind kind) const {
    return std::ranges::any_of(simulation_.policies,
                               [&](const AwsPolicyInput& policy) { return policy.kind == kind; });
  }

  std::optional<Error> find_caller(const PolicySource& source) {
    std::optional<Caller> caller = source.caller;
    if (!simulation_.caller_arn.empty()) {
      Result<Caller> named = account_.find_principal(simulation_.caller_arn);
      if (!named) return named.error();
      caller = *std::move(named);
    }
    simulation_.caller_account = source.account;
    if (!caller) return std::nullopt;
    simulation_.caller_arn = caller->principal;
    simulation_.caller_role_arn = caller->role_arn;
    const std::string account = Principal::parse(caller->principal).account;
    if (!account.empty()) simulation_.caller_account = account;
    add_keys(*caller);
    return std::nullopt;
  }

  void add_keys(const Caller& caller) {
    RequestFields fields;
    fields.action = "sts:GetCallerIdentity";
    fields.resource = "*";
    const AccountQuestion question = account_.ask(caller, std::move(fields));
    for (const Context::Entry& entry : question.request.context().entries()) {
      const std::string& key = entry.key.folded();
      const bool known = std::ranges::any_of(kPrincipalKeys, [&](std::string_view one) {
        return one.ends_with('/') ? key.starts_with(one) : key == one;
      });
      const bool given =
          std::ranges::any_of(simulation_.context, [&](const AwsContextEntry& other) {
            return equals_ignoring_case(other.name, entry.key.name());
          });
      if (!known || given || entry.state == ContextValue::State::kUnknown) continue;
      // A list without values is a key that is known to be absent.
      const std::span<const std::string> values = entry.values();
      const bool single = entry.state == ContextValue::State::kSingle;
      simulation_.context.push_back(
          {entry.key.name(), {values.begin(), values.end()}, single ? "string" : "stringList"});
    }
  }

  void add(const std::vector<Attachment>& attachments, PolicyKind kind, std::uint32_t level) {
    for (const Attachment& one : attachments) {
      if (one.unread && unread_.empty()) unread_ = one.name;
      AwsPolicyInput input;
      input.source_policy_id = one.policy_name.empty() ? one.name : one.policy_name;
      input.source_policy_type = one.source_type.empty() ? "none" : one.source_type;
      input.kind = kind;
      input.level = level;
      input.policy = account_.snapshot().pool.policies()[one.pooled].policy;
      simulation_.policies.push_back(std::move(input));
    }
  }

  void add_scps() {
    const std::optional<Organization>& organization = account_.snapshot().organization;
    if (!organization) return;
    simulation_.management_account = organization->management_account;
    if (!organization->has_scps) return;
    for (const std::size_t position : organization->path_to(simulation_.caller_account))
      add(organization->levels[position].scps, PolicyKind::kScp, simulation_.scp_levels++);
  }

  const Account& account_;
  AwsSimulation simulation_;
  std::string unread_;
};

}  // namespace

Result<std::string> simulate_as_aws(const AwsSimulation& simulation, const Account& account) {
  return PrincipalSimulation(account, simulation).run();
}

}  // namespace iamcheck
