#include "wire/request_reader.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "account/pattern_decision.h"
#include "iamcheck/arn.h"
#include "text/edit_distance.h"
#include "text/letter_case.h"
#include "text/utf8.h"
#include "wire/unit_reader.h"

namespace iamcheck {
namespace {

// Far above any real request. Looking for duplicates costs the square of the first, filling a
// context nearly that of the second.
constexpr std::size_t kMostMembers = 1000;
constexpr std::size_t kMostContextKeys = 10'000;

std::string quoted(std::string_view text) {
  constexpr std::size_t kShown = 120;
  return "`" + escape_hidden(text.substr(0, kShown)) + (text.size() > kShown ? "..." : "") + "`";
}

Error wrong(const Node& node, std::string message, std::string help) {
  return {ErrorCode::kInvalidArgument, std::move(message), std::move(help), node.span};
}

Error wrong_type(const Node& node, std::string_view name, std::string_view wanted) {
  return wrong(node,
               "`" + std::string(name) + "` is a " + std::string(to_string(node.kind)) + ", not " +
                   std::string(wanted),
               "docs/schema/simulate-request-v1.schema.json says what a request holds");
}

class RequestReader {
 public:
  RequestReader(const Node& object, const RequestGrammar& grammar)
      : object_(object), grammar_(grammar) {}

  Result<RequestParts> read() {
    if (object_.members.size() > kMostMembers) {
      return Error{ErrorCode::kLimitExceeded,
                   "the request has more than " + std::to_string(kMostMembers) + " members",
                   "docs/schema/simulate-request-v1.schema.json says what a request holds",
                   object_.span};
    }
    for (const Member& member : object_.members) {
      if (object_.find(member.name) != &member.value) {
        warn("duplicate-member",
             quoted(member.name) + " stands here more than once; the last one counts");
        continue;
      }
      if (!read_member(member.name, member.value) && !error_) warn_unknown(member.name);
      if (error_) return *std::move(error_);
    }
    const Node* units = object_.find("units");
    parts_.asks = object_.find("action") != nullptr || units != nullptr;
    const bool defines = !parts_.asks && !parts_.policy_set.empty() &&
                         object_.find("principal") == nullptr &&
                         object_.find("resource") == nullptr;
    if (!defines) {
      const bool whole = units == nullptr || object_.find("resource") != nullptr;
      for (std::string_view name : {"principal", "action", "resource"}) {
        if (object_.find(name) == nullptr && (whole || name == "principal")) return lacks(name);
      }
    }
    if (units != nullptr) {
      if (std::optional<Error> error = read_call(*units)) return *std::move(error);
    }
    if (std::optional<Error> error = find_wrong_origin()) return *std::move(error);
    parts_.resource_is_pattern &= asks_about_many(parts_.fields.resource);
    return std::move(parts_);
  }

 private:
  std::optional<Error> find_wrong_origin() const {
    for (const Row& row : rows()) {
      if (row.field != &RequestFields::principal_role_arn &&
          row.field != &RequestFields::issuer_arn)
        continue;
      RequestFields one;
      one.principal = parts_.fields.principal;
      one.principal_account = parts_.fields.principal_account;
      one.*row.field = parts_.fields.*row.field;
      std::optional<Error> error = check_origin(one);
      if (!error) continue;
      error->message = escape_hidden(error->message);
      const Node* place = object_.find(row.name);
      error->span = place == nullptr ? object_.span : place->span;
      return error;
    }
    return std::nullopt;
  }

  using Handler = void (RequestReader::*)(std::string_view name, const Node& value);
  struct Row {
    std::string_view name;
    Handler handler;
    std::string RequestFields::* field = nullptr;
    PolicyKind kind = PolicyKind::kIdentity;
  };
  // Every member there is, in the order of docs/schema.
  static std::span<const Row> rows() {
    static constexpr std::array<Row, 24> kRows = {{
        {"id", &RequestReader::id},
        {"principal", nullptr, &RequestFields::principal},
        {"principalAccountId", &RequestReader::account, &RequestFields::principal_account},
        {"action", nullptr, &RequestFields::action},
        {"resource", nullptr, &RequestFields::resource},
        {"resourceAccountId", &RequestReader::account, &RequestFields::resource_account},
        {"resourceIsPattern", &RequestReader::resource_is_pattern},
        {"units", &RequestReader::units},
        {"context", &RequestReader::context},
        {"identityPolicies", &RequestReader::list, nullptr, PolicyKind::kIdentity},
        {"resourcePolicy", &RequestReader::one, nullptr, PolicyKind::kResource},
        {"permissionBoundaries", &RequestReader::list, nullptr, PolicyKind::kBoundary},
        {"sessionPolicies", &RequestReader::list, nullptr, PolicyKind::kSession},
        {"serviceControlPolicies", &RequestReader::levels, nullptr, PolicyKind::kScp},
        {"resourceControlPolicies", &RequestReader::levels, nullptr, PolicyKind::kRcp},
        {"vpcEndpointPolicies", &RequestReader::list, nullptr, PolicyKind::kEndpoint},
        {"s3BlockPublicAccess", &RequestReader::block_public_access},
        {"principalRoleArn", nullptr, &RequestFields::principal_role_arn},
        {"issuerArn", nullptr, &RequestFields::issuer_arn},
        {"credentialKind", &RequestReader::credential_kind},
        {"vpcEndpointKind", &RequestReader::endpoint_kind},
        {"managementAccountId", &RequestReader::account, &RequestFields::management_account},
        {"policySet", &RequestReader::policy_set},
        {"mode", &RequestReader::mode},
    }};
    return kRows;
  }

  bool read_member(std::string_view name, const Node& value) {
    if (std::ranges::find(grammar_.other_members, name) != grammar_.other_members.end())
      return true;
    const auto row = std::ranges::find(rows(), name, &Row::name);
    if (row == rows().end()) return false;
    kind_ = row->kind;
    if (row->field != nullptr) parts_.fields.*row->field = text(name, value);
    if (row->handler != nullptr) (this->*row->handler)(name, value);
    return true;
  }

  std::optional<Error> read_call(const Node& list) {
    if (parts_.resource_is_pattern)
      return wrong(list, "`resourceIsPattern` cannot be asked of a call with `units`",
                   "ask about each unit alone");
    Result<std::vector<CallUnit>> units = read_units(list, parts_.fields.action, parts_.warnings);
    if (!units) return units.error();
    if (object_.find("resource") != nullptr)
      parts_.units.push_back({parts_.fields.action, parts_.fields.resource});
    for (CallUnit& unit : *units) parts_.units.push_back(std::move(unit));
    return std::nullopt;
  }

  void id(std::string_view name, const Node& value) { (void)text(name, value); }
  // They take the request's action, so they are read when all members are.
  void units(std::string_view, const Node&) {}
  // With anything else the question of "same account or another" would get some answer.
  void account(std::string_view name, const Node& value) {
    if (!is_account_id(value.text)) unknown_word(name, value, "an account id of 12 digits");
  }
  void policy_set(std::string_view name, const Node& value) {
    parts_.policy_set = text(name, value);
    if (parts_.policy_set.empty() && !error_)
      error_ = wrong(value, "`policySet` is empty", "give the set a name");
  }
  void context(std::string_view, const Node& value) {
    error_ = read_context(value, parts_.fields.context);
  }
  void mode(std::string_view name, const Node& value) {
    const std::string mode = text(name, value);
    if (mode == "ask") parts_.fields.context.set_mode(Context::Mode::kAsk);
    if (mode != "ask" && mode != "strict") unknown_word(name, value, "`strict` or `ask`");
  }
  void credential_kind(std::string_view name, const Node& value) {
    const auto kind = credential_kind_from(text(name, value));
    if (kind) parts_.fields.credential_kind = *kind;
    if (!kind)
      unknown_word(name, value,
                   "`long-term`, `console`, `assume-role`, `get-session-token`, "
                   "`federation-token`, `web-identity`, `saml`, `assume-root` or `service`");
  }
  void endpoint_kind(std::string_view name, const Node& value) {
    const auto kind = endpoint_kind_from(text(name, value));
    if (kind) parts_.fields.endpoint_kind = *kind;
    if (!kind) unknown_word(name, value, "`interface` or `gateway`");
  }
  void block_public_access(std::string_view name, const Node& value) {
    parts_.fields.s3_block_public_access = flag(name, value);
  }
  void resource_is_pattern(std::string_view name, const Node& value) {
    parts_.resource_is_pattern = flag(name, value);
  }

  void list(std::string_view name, const Node& value) {
    if (value.kind == Node::Kind::kNull) return;
    if (!value.is_list()) return fail(wrong_type(value, name, "a list of policies"));
    for (std::size_t i = 0; i < value.items.size() && !error_; ++i) {
      policy(std::string(name) + "[" + std::to_string(i) + "]", value.items[i]);
    }
  }
  void one(std::string_view name, const Node& value) {
    if (value.kind != Node::Kind::kNull) policy(std::string(name), value);
  }
  void levels(std::string_view name, const Node& value) {
    if (value.kind == Node::Kind::kNull) return;
    if (!value.is_list()) return fail(wrong_type(value, name, "a list of levels"));
    if (value.items.size() > PolicySet::kMaxLevels) {
      return fail({ErrorCode::kLimitExceeded,
                   "`" + std::string(name) + "` has more than " +
                       std::to_string(PolicySet::kMaxLevels) + " levels",
                   "an organization has a root, up to five units below each other, and the account",
                   value.span});
    }
    for (std::size_t i = 0; i < value.items.size() && !error_; ++i) {
      level(std::string(name) + "[" + std::to_string(i) + "]", value.items[i]);
    }
  }
  void level(const std::string& place, const Node& value) {
    constexpr std::string_view kWanted = "an object with `orgIdentifier` and `policies`";
    if (!value.is_object()) return fail(wrong_type(value, place, kWanted));
    const Node* policies = value.find("policies");
    // A bare policy here would otherwise be a level without policies, which denies everything.
    if (policies == nullptr) {
      return fail(wrong(value, "`" + place + "` has no `policies`",
                        "a level is " + std::string(kWanted) + "; `policies` may be empty"));
    }
    if (!policies->is_list())
      return fail(wrong_type(*policies, place + ".policies", "a list of policies"));
    const Node* name = value.find("orgIdentifier");
    PolicyPart opening;
    opening.kind = kind_;
    opening.opens_level = true;
    opening.name = name != nullptr ? text(place + ".orgIdentifier", *name) : place;
    parts_.policies.push_back(std::move(opening));
    for (const Member& member : value.members) {
      if (member.name != "orgIdentifier" && member.name != "policies")
        warn("unknown-member", "`" + place + "` has the unknown member " + quoted(member.name));
    }
    for (std::size_t i = 0; i < policies->items.size() && !error_; ++i) {
      policy(place + ".policies[" + std::to_string(i) + "]", policies->items[i]);
    }
  }

  // A bare document, {"name", "policy"}, or a name where names are known.
  void policy(const std::string& place, const Node& value) {
    PolicyPart part;
    part.kind = kind_;
    part.node = &value;
    part.name = place;
    if (value.is_object() && value.find("policy") != nullptr &&
        value.find("Statement") == nullptr) {
      part.node = value.find("policy");
      if (const Node* name = value.find("name")) part.name = text(place + ".name", *name);
      for (const Member& member : value.members) {
        if (member.name != "name" && member.name != "policy")
          warn("unknown-member", "`" + place + "` has the unknown member " + quoted(member.name));
      }
    } else if (grammar_.policy_names && value.is_text()) {
      part.name = value.text;
    }
    if (!part.node->is_object() && !(grammar_.policy_names && part.node->is_text())) {
      return fail({ErrorCode::kNotAPolicy,
                   "`" + place + "` is a " + std::string(to_string(part.node->kind)) +
                       ", not a policy document",
                   "give the policy as a JSON object, not as text", part.node->span});
    }
    parts_.policies.push_back(std::move(part));
  }

  std::string text(std::string_view name, const Node& value) {
    if (value.is_text()) return value.text;
    fail(wrong_type(value, name, "a string"));
    return {};
  }
  bool flag(std::string_view name, const Node& value) {
    if (value.kind == Node::Kind::kBool) return value.text == "true";
    fail(wrong_type(value, name, "true or false"));
    return false;
  }
  void unknown_word(std::string_view name, const Node& value, std::string_view known) {
    if (error_) return;
    error_ = wrong(value, "`" + std::string(name) + "` cannot be " + quoted(value.text),
                   "it is " + std::string(known));
  }
  void fail(Error error) {
    if (!error_) error_ = std::move(error);
  }
  Error lacks(std::string_view name) const {
    return wrong(object_, "the request lacks `" + std::string(name) + "`",
                 "every request has `principal`, `action` and `resource`; a line with only "
                 "`policySet` and policies defines a set");
  }
  void warn(std::string code, std::string message) {
    parts_.warnings.push_back({std::move(code), std::move(message)});
  }
  void warn_unknown(const std::string& name) {
    std::vector<std::string_view> names;
    for (const Row& row : rows()) names.push_back(row.name);
    std::string near = nearest_name(name, names);
    // `identityPolicy` is four edits away from `identityPolicies`.
    constexpr std::size_t kSameBeginning = 8;
    const auto begins_alike = [&](std::string_view known) {
      return name.size() >= kSameBeginning && known.starts_with(name.substr(0, kSameBeginning));
    };
    if (const auto alike = std::ranges::find_if(names, begins_alike);
        near.empty() && alike != names.end())
      near = *alike;
    warn("unknown-member",
         "the format has no member " + quoted(name) +
             (near.empty() ? "; nothing was read from it" : "; did you mean `" + near + "`?"));
  }

  const Node& object_;
  const RequestGrammar& grammar_;
  RequestParts parts_;
  PolicyKind kind_ = PolicyKind::kIdentity;
  std::optional<Error> error_;
};

bool is_value(const Node& node) {
  return node.is_scalar() && node.kind != Node::Kind::kNull && node.kind != Node::Kind::kUnresolved;
}

}  // namespace

std::optional<std::string> request_id(const Node& object) {
  const Node* id = object.find("id");
  if (id == nullptr || !id->is_text()) return std::nullopt;
  return id->text;
}

std::optional<Error> find_same_key(const Node& object) {
  std::map<std::string, const Member*> seen;
  for (const Member& member : object.members) {
    const auto [known, fresh] = seen.emplace(to_lower(member.name), &member);
    if (fresh) continue;
    return Error{
        ErrorCode::kInvalidArgument,
        quoted(member.name) + " is the same condition key as " + quoted(known->second->name),
        "only one of them would count: remove one, or give one key a list", member.name_span};
  }
  return std::nullopt;
}

std::optional<Error> read_context(const Node& object, Context& context) {
  if (!object.is_object()) return wrong_type(object, "context", "an object of keys and values");
  if (object.members.size() > kMostContextKeys) {
    return Error{ErrorCode::kLimitExceeded,
                 "`context` has more than " + std::to_string(kMostContextKeys) + " keys",
                 "give the keys that the policies test", object.span};
  }
  if (std::optional<Error> error = find_same_key(object)) return error;
  for (const Member& member : object.members) {
    const Node& value = member.value;
    if (value.kind == Node::Kind::kNull) {
      context.set_absent(member.name);
    } else if (value.is_list()) {
      std::vector<std::string> values;
      for (const Node& item : value.items) {
        if (!is_value(item))
          return wrong_type(item, "context." + escape_hidden(member.name), "a single value");
        values.push_back(item.text);
      }
      context.set_list(member.name, std::move(values));
    } else if (is_value(value)) {
      context.set(member.name, value.text);
    } else {
      return wrong_type(value, "context." + escape_hidden(member.name), "a value or a list");
    }
  }
  return std::nullopt;
}

Result<RequestParts> read_request(const Node& object, const RequestGrammar& grammar) {
  return RequestReader(object, grammar).read();
}

}  // namespace iamcheck
