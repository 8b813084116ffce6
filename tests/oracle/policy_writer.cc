#include "policy_writer.h"

#include <utility>

#include "characters.h"

namespace iamcheck::oracle {

using nlohmann::json;

// One value, or a list of one to `most`.
template <typename Make>
json PolicyWriter::some(std::size_t most, Make make) {
  if (dice_.percent(45)) return make();
  json list = json::array();
  for (std::size_t i = 1 + dice_.below(most); i > 0; --i) list.push_back(make());
  return list;
}

json PolicyWriter::policies(Place place) {
  json list = json::array();
  for (std::size_t i = dice_.below(8) == 0 ? 0 : 1 + dice_.below(2); i > 0; --i) {
    json one = policy(place);
    list.push_back(dice_.percent(20) ? json{{"name", "p"}, {"policy", std::move(one)}}
                                     : std::move(one));
  }
  return list;
}

json PolicyWriter::policy(Place place) {
  json result = json::object();
  if (dice_.percent(85)) {
    result["Version"] = dice_.percent(85) ? "2012-10-17" : "2008-10-17";
  }
  json list = json::array();
  for (std::size_t i = 1 + dice_.below(3); i > 0; --i) list.push_back(statement(place));
  result["Statement"] = list.size() == 1 && dice_.percent(50) ? list.front() : list;
  return result;
}

json PolicyWriter::statement(Place place) {
  json result = json::object();
  const std::size_t effect = dice_.below(100);
  if (effect < 78) {
    result["Effect"] = "Allow";
  } else if (effect < 98) {
    result["Effect"] = "Deny";
  } else if (effect == 98) {
    result["Effect"] = "allow";
  }
  const bool with_principal = place != Place::kIdentity;
  if (dice_.percent(with_principal ? 88 : 2)) result["Principal"] = principal_element();
  if (dice_.percent(with_principal ? 10 : 1)) result["NotPrincipal"] = principal_element();
  const bool not_action = dice_.percent(12);
  if (!not_action || dice_.percent(10)) {
    if (dice_.percent(98)) result["Action"] = some(3, [&] { return action_pattern(); });
  }
  if (not_action) result["NotAction"] = some(2, [&] { return action_pattern(); });
  const bool not_resource = dice_.percent(14);
  if (!not_resource || dice_.percent(10)) {
    if (dice_.percent(with_principal ? 85 : 98)) {
      result["Resource"] = some(3, [&] { return resource_pattern(); });
    }
  }
  if (not_resource) result["NotResource"] = some(2, [&] { return resource_pattern(); });
  if (dice_.percent(50)) result["Condition"] = condition();
  return result;
}

json PolicyWriter::principal_element() {
  if (dice_.percent(20)) return "*";
  if (dice_.percent(4)) return dice_.pick(kPrincipalEntries);
  json result = json::object();
  if (dice_.percent(88)) result["AWS"] = some(4, [&] { return principal_entry(); });
  if (dice_.percent(20)) {
    result["Service"] =
        some(2, [&] { return dice_.pick(Words{"ec2.amazonaws.com", "s3.amazonaws.com", "*"}); });
  }
  if (dice_.percent(5))
    result["Federated"] =
        dice_.pick(Words{"arn:aws:iam::111122223333:saml-provider/idp", "ec2.amazonaws.com", "*"});
  if (dice_.percent(3)) result["CanonicalUser"] = dice_.pick(Words{"79a59df9", "*"});
  return result;
}

std::string PolicyWriter::principal_entry() {
  if (dice_.percent(30) && starts_with(principal, "arn:")) return principal;
  if (dice_.percent(20) && starts_with(principal, "arn:")) {
    const std::string account = split(principal, ':')[4];
    return dice_.percent(50) ? account : "arn:aws:iam::" + account + ":root";
  }
  return dice_.pick(kPrincipalEntries);
}

std::string PolicyWriter::action_pattern() {
  if (!dice_.percent(60)) {
    return dice_.percent(60) ? dice_.pick(kOtherActionPatterns) : dice_.pick(kActions);
  }
  std::string text = action;
  if (dice_.percent(30)) text = random_case(text, dice_);
  if (dice_.percent(50)) text = text.substr(0, text.find(':') + 1 + dice_.below(4)) + "*";
  if (dice_.percent(15)) text[dice_.below(text.size())] = '?';
  return text;
}

std::string PolicyWriter::resource_pattern() {
  if (!dice_.percent(60)) return dice_.pick(kOtherResourcePatterns);
  std::string text = resource == "*" ? "arn:aws:s3:::*" : resource;
  const std::size_t form = dice_.below(8);
  if (form == 0) return text;
  if (form == 1) return text.substr(0, 4 + dice_.below(text.size() - 3)) + "*";
  if (form == 2) return text.substr(0, 4 + dice_.below(text.size() - 3));
  if (form == 3) text[4 + dice_.below(text.size() - 4)] = '?';
  if (form == 4) return "arn:" + random_case(text.substr(4), dice_);
  if (form >= 5) {  // some run of it becomes a star, colons included
    const std::size_t begin = 4 + dice_.below(text.size() - 4);
    text.replace(begin, dice_.below(text.size() - begin + 1), "*");
  }
  if (form == 7) {
    const std::size_t begin = 4 + dice_.below(text.size() - 3);
    text.insert(begin, dice_.pick(kVariables));
  }
  return text;
}

json PolicyWriter::condition() {
  json result = json::object();
  for (std::size_t i = dice_.percent(75) ? 1 : 2; i > 0; --i) {
    const std::string base = dice_.pick(kOperators);
    std::string name = base;
    const std::size_t set = dice_.below(100);
    if (set < 18) name = "ForAllValues:" + name;
    if (set >= 18 && set < 36) name = "ForAnyValue:" + name;
    if (dice_.percent(base == "Null" ? 2 : 25)) name += "IfExists";
    if (dice_.percent(1)) name = "StringMatches";
    if (dice_.percent(5)) name = random_case(name, dice_);
    json entries = json::object();
    for (std::size_t k = dice_.percent(85) ? 1 : 2; k > 0; --k) {
      const std::string key = key_for(base);
      entries[dice_.percent(15) ? random_case(key, dice_) : key] = values_for(base, key);
    }
    result[name] = entries;
  }
  return result;
}

std::string PolicyWriter::key_for(std::string_view base) {
  std::string key = dice_.pick(kKeys);
  if (base == "Null" || dice_.percent(10)) return key;
  const ValueKind wanted = kind_of_operator(base);
  for (int tries = 0; tries < 60 && kind_of_key(key) != wanted; ++tries) key = dice_.pick(kKeys);
  return key;
}

json PolicyWriter::values_for(std::string_view base, const std::string& key) {
  ValueKind kind = kind_of_operator(base);
  if (kind == ValueKind::kText && dice_.percent(40)) kind = kind_of_key(key);
  if (kind == ValueKind::kBool && dice_.percent(20)) return dice_.percent(50);
  if (kind == ValueKind::kNumber && dice_.percent(10)) return 5;
  if (dice_.percent(1)) return json::array();
  return some(3, [&] { return random_policy_value(kind, dice_); });
}

json PolicyWriter::levels(Place place) {
  json result = json::array();
  for (std::size_t i = dice_.below(3); i > 0; --i) {
    result.push_back({{"orgIdentifier", "o" + std::to_string(i)}, {"policies", policies(place)}});
  }
  return result;
}

json PolicyWriter::context() {
  json result = json::object();
  for (const std::string_view key : kKeys) {
    const bool own = starts_with(key, "ctx:") || key == "aws:PrincipalTag/Team" ||
                     key == "aws:SourceIp" || key == "aws:MultiFactorAuthPresent";
    if (dice_.percent(own ? 60 : 4)) {
      result[std::string(key)] = context_value(key);
    }
  }
  return result;
}

json PolicyWriter::context_value(std::string_view key) {
  const ValueKind kind = kind_of_key(key);
  if (dice_.percent(3)) return nullptr;
  if (dice_.percent(2)) return 5;
  if (dice_.percent(2)) return true;
  if (!dice_.percent(key == "ctx:l" ? 90 : 15)) return random_request_value(kind, dice_);
  json list = json::array();
  for (std::size_t i = dice_.below(4); i > 0; --i) {
    list.push_back(random_request_value(kind, dice_));
  }
  return list;
}

}  // namespace iamcheck::oracle
