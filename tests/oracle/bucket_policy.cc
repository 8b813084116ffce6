#include "bucket_policy.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "action.h"
#include "address.h"
#include "arn.h"
#include "characters.h"
#include "condition.h"

namespace iamcheck::oracle {
namespace {

using nlohmann::json;

// The keys of the page, in lower case. "An AWS principal, user, role, or service principal (e.g.
// aws:PrincipalOrgID)" is read as every key that tells whose principal it is, and the organization
// of a source like its account.
constexpr std::string_view kFixingKeys[] = {"aws:principalarn",
                                            "aws:principalaccount",
                                            "aws:principalorgid",
                                            "aws:principalorgpaths",
                                            "aws:sourcearn",
                                            "aws:sourcevpc",
                                            "aws:sourcevpce",
                                            "aws:sourceowner",
                                            "aws:sourceaccount",
                                            "aws:sourceorgid",
                                            "aws:sourceorgpaths",
                                            "aws:sourceip",
                                            "aws:userid",
                                            "s3:dataaccesspointarn",
                                            "s3:dataaccesspointaccount"};

std::vector<std::string> texts_of(const json& value) {
  std::vector<std::string> result;
  const json list = value.is_array() ? value : json::array({value});
  for (const json& element : list) {
    result.push_back(element.is_string() ? element.get<std::string>() : element.dump());
  }
  return result;
}

bool holds_wildcard(const std::string& text) { return text.find_first_of("*?") != text.npos; }
bool holds_variable_sign(const std::string& text) { return text.find("${") != text.npos; }

// "Values broader than /8 for IPv4 and /32 for IPv6 (excluding RFC 1918 private ranges)": the
// widest private range is a /8 itself. What is no range reaches nobody.
bool is_narrow(const std::string& range) {
  const auto parsed = parse_range(range);
  return !parsed || parsed->prefix >= (parsed->bits.size() == 32 ? 8U : 32U);
}

// "This value can contain a wildcard for the access point name, as long as the account id is
// fixed."
bool is_fixed_access_point(const std::string& value) {
  const auto parts = six_parts(value);
  return parts && (*parts)[4].size() == 12 && all_digits((*parts)[4]);
}

bool is_fixed(const std::string& key, Family family, const std::string& value) {
  if (holds_variable_sign(value)) return false;
  if (family == Family::kIp) return key == "aws:sourceip" && is_narrow(value);
  if (key == "aws:sourceip") return false;
  if (key == "s3:dataaccesspointarn") return is_fixed_access_point(value);
  return !holds_wildcard(value);
}

bool compares_text(Family family) {
  return family == Family::kStringEquals || family == Family::kStringEqualsIgnoreCase ||
         family == Family::kStringLike || family == Family::kArn || family == Family::kIp;
}

// An operator that is true of a missing key, or of any other value, holds nobody to a value.
bool holds_to_fixed_values(const json& condition) {
  if (!condition.is_object()) return false;
  for (const auto& [name, entries] : condition.items()) {
    const auto op = parse_operator(name);
    if (!op || op->negated || op->if_exists || op->set == Operator::Set::kForAllValues ||
        !compares_text(op->family) || !entries.is_object()) {
      continue;
    }
    for (const auto& [key, value] : entries.items()) {
      const std::string lower = ascii_lower(key);
      if (std::find(std::begin(kFixingKeys), std::end(kFixingKeys), lower) ==
          std::end(kFixingKeys)) {
        continue;
      }
      const std::vector<std::string> values = texts_of(value);
      const Family family = op->family;
      if (!values.empty() && std::all_of(values.begin(), values.end(), [&](const std::string& v) {
            return is_fixed(lower, family, v);
          })) {
        return true;
      }
    }
  }
  return false;
}

bool reaches_everyone(const json& statement) {
  if (statement.contains("NotPrincipal")) return true;
  if (!statement.contains("Principal")) return false;
  // S8.1: no other wildcard works in a principal.
  const json& principal = statement.at("Principal");
  const auto open = [](const json& entries) {
    const std::vector<std::string> texts = texts_of(entries);
    return std::find(texts.begin(), texts.end(), "*") != texts.end();
  };
  if (!principal.is_object()) return open(principal);
  return principal.contains("AWS") && open(principal.at("AWS"));
}

}  // namespace

bool is_public(const json& policy) {
  if (!policy.is_object()) return false;
  if (policy.contains("policy")) return is_public(policy.at("policy"));
  if (!policy.contains("Statement")) return false;
  const json& statements = policy.at("Statement");
  const json list = statements.is_array() ? statements : json::array({statements});
  return std::any_of(list.begin(), list.end(), [](const json& statement) {
    return statement.is_object() && statement.value("Effect", json()) == "Allow" &&
           reaches_everyone(statement) &&
           !(statement.contains("Condition") && holds_to_fixed_values(statement.at("Condition")));
  });
}

bool public_access_refuses(const json& request, const Caller& caller, const std::string& owner) {
  const auto on = request.find("s3BlockPublicAccess");
  if (on == request.end() || *on != true) return false;
  if (action_service(request.at("action").get<std::string>()) != "s3") return false;
  if (caller.kind == CallerKind::kService) return false;
  const bool other_account = !owner.empty() && caller.account != owner;
  if (caller.kind != CallerKind::kAnonymous && !other_account) return false;
  const auto policy = request.find("resourcePolicy");
  return policy != request.end() && is_public(*policy);
}

}  // namespace iamcheck::oracle
