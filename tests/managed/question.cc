#include "question.h"

#include <array>
#include <nlohmann/json.hpp>

#include "iamcheck/condition_operator.h"
#include "wildcards.h"

namespace iamcheck::managed {
namespace {

using oracle::Dice;

constexpr std::string_view kAccount = "111122223333";
constexpr std::string_view kOtherAccount = "999988887777";
constexpr std::array<std::string_view, 8> kPrincipals = {
    "arn:aws:iam::111122223333:user/alice",
    "arn:aws:iam::111122223333:user/dev/bob",
    "arn:aws:sts::111122223333:assumed-role/ci/run7",
    "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForX/s",
    "arn:aws:iam::111122223333:role/team/ci",
    "arn:aws:iam::999988887777:user/alice",
    "arn:aws:iam::111122223333:root",
    "arn:aws:sts::111122223333:federated-user/bob"};

class QuestionMaker {
 public:
  QuestionMaker(const Policy& policy, const Catalogue& catalogue, Dice& dice)
      : policy_(policy), catalogue_(catalogue), dice_(dice) {}

  Question ask(const Statement& statement) {
    RequestFields& fields = question_.fields;
    // The first kinds of principal are the usual ones.
    fields.principal = kPrincipals[dice_.below(dice_.percent(85) ? 5 : kPrincipals.size())];
    setting_.account = dice_.percent(90) ? kAccount : kOtherAccount;
    if (dice_.percent(15)) fields.context.set_mode(Context::Mode::kAsk);
    fields.action = action_for(dice_.percent(94) ? statement : any_statement());
    for (const ConditionEntry& entry : statement.conditions) answer(entry, 87);
    fields.resource = resource_for(dice_.percent(94) ? statement : any_statement());
    if (dice_.percent(40)) {
      for (const ConditionEntry& entry : any_statement().conditions) answer(entry, 50);
    }
    if (dice_.percent(8)) fields.resource_account = dice_.percent(50) ? kAccount : kOtherAccount;
    if (dice_.percent(10)) question_.resource_policy = resource_policy();
    return std::move(question_);
  }

 private:
  const Statement& any_statement() {
    return policy_.statements[dice_.below(policy_.statements.size())];
  }

  const std::string& any_value(const std::vector<Text>& values) {
    return values[dice_.below(values.size())].value;
  }

  std::string any_action() {
    return catalogue_.actions()[dice_.below(catalogue_.actions().size())].full_name();
  }

  std::string action_for(const Statement& statement) {
    const ListElement* element = statement.action ? &*statement.action : nullptr;
    if (statement.not_action && dice_.percent(50)) element = &*statement.not_action;
    if (element == nullptr || element->values.empty()) return any_action();
    const std::string& pattern = any_value(element->values);
    std::string action = covered_by(pattern);
    if (dice_.percent(4)) action = near_miss(action, dice_);
    if (dice_.percent(5)) {
      for (char& c : action) c = c >= 'a' && c <= 'z' && dice_.percent(50) ? char(c - 32) : c;
    }
    return action;
  }

  // One of the catalogue's actions behind the pattern; an invented one where it knows none.
  std::string covered_by(const std::string& pattern) {
    const std::vector<ActionRange> ranges = catalogue_.expand(pattern);
    if (ranges.empty() || dice_.percent(3)) {
      return pattern == "*" ? "s3:GetObject" : instantiate(pattern, question_.fields, dice_);
    }
    const ActionRange range = ranges[dice_.below(ranges.size())];
    return catalogue_.actions()[range.begin + dice_.below(range.end - range.begin)].full_name();
  }

  std::string resource_for(const Statement& statement) {
    const ListElement* element = statement.resource ? &*statement.resource : nullptr;
    if (statement.not_resource && dice_.percent(40)) element = &*statement.not_resource;
    if (element == nullptr || element->values.empty()) return resource_of_action();
    const std::string& pattern = any_value(element->values);
    if (pattern == "*") return resource_of_action();
    const std::string resource = instantiate_resource(pattern, setting_, question_.fields, dice_);
    return dice_.percent(12) ? near_miss(resource, dice_) : resource;
  }

  std::string resource_of_action() {
    const auto action = catalogue_.find_action(question_.fields.action);
    if (!action || action->resource_types().empty() || dice_.percent(15)) return "*";
    const auto uses = action->resource_types();
    const auto forms = uses[dice_.below(uses.size())].type().arn_forms();
    return instantiate_form(forms[dice_.below(forms.size())], setting_, dice_);
  }

  // Gives the key of a condition a value: with `chance` per cent one that fulfils it.
  void answer(const ConditionEntry& entry, unsigned chance) {
    Context& context = question_.fields.context;
    const std::string& key = entry.key.value;
    const auto parsed = parse_condition_operator(entry.condition_operator.value);
    const std::size_t mood = dice_.below(100);
    if (!parsed || entry.values.empty() || mood >= 97) return;  // nothing said
    if (mood >= 94) return context.set_absent(key);
    const bool fulfil = mood < chance;
    const std::string& wanted = any_value(entry.values);
    if (parsed->base->family == ConditionFamily::kNull) {
      if ((wanted == "true") == fulfil) return context.set_absent(key);
      return context.set(key, "present");
    }
    const bool equal = parsed->base->negated ? !fulfil : fulfil;
    // A list belongs to a set operator; sometimes the request and the policy disagree on that.
    const bool list = (parsed->set != SetQualifier::kNone) != dice_.percent(4);
    if (!list) return context.set(key, value_near(wanted, *parsed, equal));
    std::vector<std::string> values;
    for (std::size_t i = 1 + dice_.below(3); i > 0; --i) {
      values.push_back(value_near(any_value(entry.values), *parsed, equal || dice_.percent(20)));
    }
    context.set_list(key, std::move(values));
  }

  std::string value_near(const std::string& wanted, const ConditionOperator& condition_operator,
                         bool equal) {
    std::string value = instantiate(wanted, question_.fields, dice_);
    switch (condition_operator.base->family) {
      case ConditionFamily::kBool:
        return equal ? value : (value == "true" ? "false" : "true");
      case ConditionFamily::kNumeric: {
        const bool number = !value.empty() && value.size() < 10 &&
                            value.find_first_not_of("0123456789") == value.npos;
        if (!number) return value;
        return std::to_string(std::stoll(value) + static_cast<int>(dice_.below(3)) - 1);
      }
      default:
        return equal ? value : near_miss(value, dice_);
    }
  }

  std::string resource_policy() {
    const RequestFields& fields = question_.fields;
    constexpr std::array<std::string_view, 4> kWho = {
        "*", "arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:role/ci", "999988887777"};
    const std::string who = dice_.percent(40) ? fields.principal : dice_.pick(kWho);
    const nlohmann::json statement = {{"Effect", dice_.percent(85) ? "Allow" : "Deny"},
                                      {"Principal", {{"AWS", who}}},
                                      {"Action", fields.action},
                                      {"Resource", fields.resource}};
    return nlohmann::json{{"Version", "2012-10-17"}, {"Statement", statement}}.dump();
  }

  const Policy& policy_;
  const Catalogue& catalogue_;
  Dice& dice_;
  Setting setting_;
  Question question_;
};

}  // namespace

Question question_about(const Policy& policy, const Statement& statement,
                        const Catalogue& catalogue, Dice& dice) {
  return QuestionMaker(policy, catalogue, dice).ask(statement);
}

nlohmann::json request_line(const Question& question,
                            const std::vector<nlohmann::json>& identity_policies) {
  const RequestFields& fields = question.fields;
  nlohmann::json line = {{"principal", fields.principal},
                         {"action", fields.action},
                         {"resource", fields.resource},
                         {"identityPolicies", identity_policies}};
  if (!fields.resource_account.empty()) line["resourceAccountId"] = fields.resource_account;
  if (fields.context.mode() == Context::Mode::kAsk) line["mode"] = "ask";
  if (question.resource_policy) {
    line["resourcePolicy"] = nlohmann::json::parse(*question.resource_policy);
  }
  nlohmann::json context = nlohmann::json::object();
  for (const Context::Entry& entry : fields.context.entries()) {
    const std::string& key = entry.key.name();
    if (entry.state == ContextValue::State::kSingle) {
      context[key] = entry.single;
    } else if (entry.state == ContextValue::State::kList) {
      context[key] = entry.list;
    } else {
      context[key] = nullptr;
    }
  }
  line["context"] = std::move(context);
  return line;
}

}  // namespace iamcheck::managed
