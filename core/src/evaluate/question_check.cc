// What the catalogue and the grammar say about a question and its policies. Nothing here changes an
// answer.
#include "evaluate/question_check.h"

#include <algorithm>
#include <array>
#include <optional>

#include "evaluate/further_units.h"
#include "evaluate/resource_form.h"
#include "iamcheck/arn.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/credentials.h"
#include "iamcheck/evaluate.h"

namespace iamcheck {
namespace {

constexpr std::size_t kMaxPolicyWarnings = 8;

std::string hint(const std::vector<std::string>& suggestions) {
  return suggestions.empty() ? std::string() : "; did you mean `" + suggestions[0] + "`?";
}

void check_resource(const Request& request, const Action& action,
                    std::vector<DecisionWarning>& warnings) {
  if (request.resource() == "*" || !request.resource_arn()) return;
  bool has_types = false, fits = false;
  for (const ResourceUse& use : action.resource_types()) {
    has_types = true;
    fits = fits || is_of_type(request.resource(), use.type());
  }
  if (!has_types) {
    if (request.service() == "s3" && request.action_name() == "listallmybuckets") return;
    warnings.push_back({"resource-not-supported",
                        "`" + action.full_name() +
                            "` knows no resources: AWS asks policies about `*`, and a statement "
                            "that names a resource does not match"});
  } else if (!fits) {
    warnings.push_back({"resource-type-mismatch", "`" + request.resource() +
                                                      "` is no resource of `" + action.full_name() +
                                                      "`; it was decided as written"});
  }
}

// AWS General Reference, "Amazon Resource Names", and the partitions of the SDKs' endpoint data.
constexpr std::array<std::string_view, 8> kPartitions = {
    "aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"};

void check_partition(const Request& request, std::vector<DecisionWarning>& warnings) {
  const std::optional<Arn> arn = Arn::parse(request.resource());
  if (!arn || std::ranges::find(kPartitions, arn->partition) != kPartitions.end()) return;
  warnings.push_back({"unknown-partition", "there is no partition `" + std::string(arn->partition) +
                                               "`; it was decided as written"});
}

bool takes_key(const Action& action, const ConditionKey& key) {
  for (const ConditionKey& listed : action.condition_keys()) {
    if (listed == key) return true;
  }
  return false;
}

void check_key(const Context::Entry& entry, const Catalogue& catalogue,
               const std::optional<Action>& action, std::vector<DecisionWarning>& warnings) {
  const std::string& name = entry.key.name();
  const std::optional<ConditionKey> key = catalogue.find_condition_key(name);
  if (!key) {
    warnings.push_back({"unknown-context-key", "the catalogue has no condition key `" + name + "`" +
                                                   hint(catalogue.suggest_condition_key(name)) +
                                                   "; it was used as given"});
  } else if (key->multivalued() && entry.state == ContextValue::State::kSingle) {
    warnings.push_back({"single-value-of-multivalued-key",
                        "`" + name + "` is multivalued; it was given as a single text"});
  }
  if (key && action && !key->global() && !takes_key(*action, *key)) {
    warnings.push_back({"context-key-not-of-action", "AWS does not send `" + name + "` with `" +
                                                         action->full_name() +
                                                         "`; it was used as given"});
  }
}

// An action that the catalogue does not have.
void check_unknown_action(const Request& request, const Catalogue& catalogue,
                          std::vector<DecisionWarning>& warnings) {
  if (request.service().empty() || request.action_name().empty()) return;  // said by `evaluate`
  const std::string decided = "; it was decided as written";
  if (catalogue.find_action(request.action())) return;
  if (!catalogue.find_service(request.service())) {
    warnings.push_back({"unknown-service",
                        "the catalogue has no service `" + std::string(request.service()) + "`" +
                            hint(catalogue.suggest_service(request.service())) + decided});
    return;
  }
  warnings.push_back({"unknown-action", "the catalogue has no action `" + request.action() + "`" +
                                            hint(catalogue.suggest_action(request.action())) +
                                            decided});
}

void check_elements(const AttachedPolicy& attached, std::vector<DecisionWarning>& warnings) {
  const Policy& policy = *attached.policy;
  std::vector<std::string> messages;
  for (const PolicyDiagnostic& diagnostic : policy.diagnostics) {
    if (diagnostic.kind == PolicyDiagnostic::Kind::kForgiven) continue;
    messages.push_back(diagnostic.message);
  }
  if (policy.version && policy.version->value != "2012-10-17" &&
      policy.version->value != "2008-10-17")
    messages.push_back("`" + policy.version->value + "` is no Version that AWS knows");
  const PolicyKindInfo& kind = info(attached.kind);
  for (const Statement& statement : policy.statements) {
    if (statement.span.size() == 0) continue;  // stands for a policy that was not read
    if (statement.principal && !kind.takes_principal && !attached.aws_managed)
      messages.push_back("statement " + std::to_string(statement.index) +
                         " has a Principal, which is ignored");
    if (statement.not_principal && !kind.takes_not_principal)
      messages.push_back("statement " + std::to_string(statement.index) +
                         " has a NotPrincipal, so it never matches");
  }
  const std::size_t shown = std::min(messages.size(), kMaxPolicyWarnings);
  if (policy.source) {
    std::vector<std::string> told(messages.begin(),
                                  messages.begin() + static_cast<std::ptrdiff_t>(shown));
    hide_credentials(policy.source->slice(policy.span), told);
    std::ranges::move(told, messages.begin());
  }
  for (std::size_t i = 0; i < shown; ++i) {
    warnings.push_back({"policy-element", "`" + attached.name + "` (" + std::string(kind.title) +
                                              "): " + messages[i]});
  }
  if (messages.size() > shown) {
    warnings.push_back({"policy-element", "`" + attached.name + "`: and " +
                                              std::to_string(messages.size() - shown) +
                                              " more; see `iamcheck lint`"});
  }
}

}  // namespace

std::vector<DecisionWarning> check_question(const Request& request, const Catalogue& catalogue,
                                            const std::vector<std::string>* left_out) {
  std::vector<DecisionWarning> warnings;
  check_unknown_action(request, catalogue, warnings);
  const std::optional<Action> action = catalogue.find_action(request.action());
  if (action) {
    check_resource(request, *action, warnings);
    if (left_out == nullptr) warn_of_further_units(request, *action, warnings);
  }
  check_partition(request, warnings);
  if (request.resource() != "*" && request.resource() != "arn:aws:s3:::*" &&
      request.resource().find_first_of("*?") != std::string::npos) {
    warnings.push_back({"wildcard-in-resource",
                        "`" + request.resource() +
                            "` was asked about as it is written, not as a pattern: other resources "
                            "may get another answer"});
  }
  for (const Context::Entry& entry : request.context().entries()) {
    if (left_out == nullptr || std::ranges::find(*left_out, entry.key.name()) == left_out->end())
      check_key(entry, catalogue, action, warnings);
  }
  return warnings;
}

std::vector<DecisionWarning> check_request(const Request& request, const Catalogue& catalogue) {
  return check_question(request, catalogue, nullptr);
}

std::vector<DecisionWarning> check_names(const std::string& action, const Context& context,
                                         const Catalogue& catalogue) {
  std::vector<DecisionWarning> warnings;
  RequestFields fields;
  fields.action = action;
  check_unknown_action(Request(std::move(fields)), catalogue, warnings);
  const std::optional<Action> known = catalogue.find_action(action);
  for (const Context::Entry& entry : context.entries())
    check_key(entry, catalogue, known, warnings);
  return warnings;
}

std::optional<Error> check_origin(const RequestFields& fields) {
  const Principal caller = Principal::parse(fields.principal);
  const std::string& account =
      fields.principal_account.empty() ? caller.account : fields.principal_account;
  const auto wrong = [](const std::string& arn, const std::string& what, const char* help) {
    return Error{ErrorCode::kInvalidArgument, "`" + arn + "` " + what, help, {}};
  };
  const auto same_account = [&](const Principal& origin) {
    return origin.partition == caller.partition && origin.account == account;
  };
  const std::string who = "`" + fields.principal + "`";
  if (const std::string& arn = fields.principal_role_arn; !arn.empty() && arn != caller.text) {
    constexpr const char* kHelp =
        "the role behind arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION is "
        "arn:aws:iam::ACCOUNT:role/PATH/NAME";
    const Principal role = Principal::parse(arn);
    if (caller.kind != Principal::Kind::kRoleSession)
      return wrong(arn, "is no role behind " + who + ", which is no session of a role", kHelp);
    if (role.kind != Principal::Kind::kRole) return wrong(arn, "is no ARN of a role", kHelp);
    if (role.name != caller.name || !same_account(role))
      return wrong(arn, "is not the role of the session " + who, kHelp);
  }
  if (const std::string& arn = fields.issuer_arn; !arn.empty()) {
    constexpr const char* kHelp =
        "the user behind arn:aws:sts::ACCOUNT:federated-user/NAME is "
        "arn:aws:iam::ACCOUNT:user/PATH/NAME, of any name";
    const Principal user = Principal::parse(arn);
    if (caller.kind != Principal::Kind::kFederatedSession)
      return wrong(arn, "is no issuer of " + who + ", which is no federated-user session", kHelp);
    // The root user may call GetFederationToken too.
    if (user.kind != Principal::Kind::kUser && user.kind != Principal::Kind::kRoot)
      return wrong(arn, "is no ARN of a user", kHelp);
    if (!same_account(user))
      return wrong(arn, "is a user of another account than the session " + who, kHelp);
  }
  return std::nullopt;
}

std::vector<std::string> check_resource_account(const PolicySet& policies, const Request& request) {
  if (!takes_resource_account(request.fields()) || request.resource_account().empty()) return {};
  const EvaluateOptions plain{.trace = false, .warnings = false};
  RequestFields elsewhere = request.fields();
  // Any account but the principal's. The fields hold what was derived of it, too: which id the key
  // would have then, nobody knows.
  elsewhere.resource_account =
      request.principal_account() == "000000000000" ? "000000000001" : "000000000000";
  if (const ContextValue own = elsewhere.context.find("aws:ResourceAccount");
      own.state == ContextValue::State::kSingle && own.values[0] == request.resource_account())
    elsewhere.context.set_unknown("aws:ResourceAccount");
  if (evaluate(policies, request, plain).kind ==
      evaluate(policies, Request(std::move(elsewhere)), plain).kind)
    return {};
  return {"the resource belongs to the principal's account, " + request.resource_account()};
}

std::vector<DecisionWarning> check_policies(const PolicySet& policies) {
  std::vector<DecisionWarning> warnings;
  for (const AttachedPolicy& attached : policies.policies()) check_elements(attached, warnings);
  return warnings;
}

}  // namespace iamcheck
