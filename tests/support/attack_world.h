#pragma once

// A small world of policies and requests: what is proved of the former is attacked with all of the
// latter.

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/analysis.h"
#include "iamcheck/evaluate.h"

namespace iamcheck::small_world {

struct KeyWorld {
  std::string_view name;
  std::vector<std::string_view> operators;
  std::vector<std::string_view> policy_values;
  std::vector<std::string_view> request_values;
};

inline const std::vector<KeyWorld>& keys() {
  static const std::vector<KeyWorld> kKeys = {
      {"aws:PrincipalOrgID",
       {"StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase"},
       {"a", "ab", "a*", "*b", "?", "*", "A"},
       {"a", "A", "ab", "b", "", "abb"}},
      {"aws:TagKeys",
       {"StringEquals", "StringNotEquals", "StringLike", "StringNotLike"},
       {"a", "b", "a*", "*"},
       {"a", "b", "ab", "", "c"}},
      {"aws:MultiFactorAuthAge",
       {"NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals",
        "NumericGreaterThan", "NumericGreaterThanEquals"},
       {"5", "7", "5.5", "x", "-1", "0"},
       {"5", "5.2", "6", "7", "8", "-3", "0", "oops", "0.1", "-0.5"}},
      {"aws:SourceIp",
       {"IpAddress", "NotIpAddress"},
       {"10.0.0.0/8", "10.0.0.0/9", "10.1.2.3", "0.0.0.0/0", "::/0", "2001:db8::/32", "no"},
       {"10.0.0.1", "10.200.0.1", "10.1.2.3", "11.0.0.0", "2001:db8::1", "::1", "what"}},
      {"aws:SecureTransport", {"Bool"}, {"true", "false", "x"}, {"true", "false", "FALSE", "y"}},
      {"aws:CurrentTime",
       {"DateEquals", "DateNotEquals", "DateLessThan", "DateGreaterThanEquals"},
       {"2026-01-01T00:00:00Z", "2025-01-01T00:00:00Z", "then"},
       {"2025-06-01T00:00:00Z", "2026-01-01T00:00:00Z", "2024-01-01T00:00:00Z",
        "2027-01-01T00:00:00Z", "now"}},
      {"aws:SourceArn",
       {"ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "StringLike"},
       {"arn:aws:sns:*:*:t", "arn:aws:sns:r:1:*", "arn:aws:s*", "arn:*:sns:r:*:t",
        "a?n:aws:sns:*:*:t", "*n:aws:sns:r:1:*", "*"},
       {"arn:aws:sns:r:1:t", "arn:aws:sns:r:1:t:u", "arn:aws:sns:r:1:u:t", "arn:aws:sns:q:1:t",
        "other", ""}},
      {"x:Unknown", {"StringEquals", "StringNotLike"}, {"a", "*"}, {"a", "b", ""}}};
  return kKeys;
}

class World {
 public:
  explicit World(unsigned seed) : random_(seed) {}

  template <typename List>
  auto pick(const List& list) {
    return list[random_() % list.size()];
  }
  bool one_in(unsigned n) { return random_() % n == 0; }

  // Keys of this round: few, so that they meet.
  void choose_keys() {
    chosen_.clear();
    for (std::size_t i = random_() % 3; i > 0; --i)
      chosen_.push_back(&keys()[random_() % keys().size()]);
  }

  std::string statement(bool variables) {
    constexpr std::array<std::string_view, 7> kActions = {"*",     "s3:*",  "s3:a*", "s3:a",
                                                          "s3:?b", "ec2:*", "ec2:a"};
    constexpr std::array<std::string_view, 9> kResources = {"*",
                                                            "arn:aws:s3:::b",
                                                            "arn:aws:s3:::b/*",
                                                            "arn:aws:s3:::*",
                                                            "arn:aws:*",
                                                            "arn:AWS:s3:*:*:B",
                                                            "arn:aws:s*:b",
                                                            "arn:*:*:*:*:b/k",
                                                            "arn:aws:s3:::b/${aws:username}"};
    std::string text = one_in(4) ? R"({"Effect": "Deny", )" : R"({"Effect": "Allow", )";
    const bool not_action = one_in(5), not_resource = one_in(5);
    text += list(not_action ? "NotAction" : "Action", kActions, kActions.size()) + ", ";
    text += list(not_resource ? "NotResource" : "Resource", kResources,
                 kResources.size() - (variables ? 0 : 1));
    std::string block;
    for (const KeyWorld* key : chosen_) {
      if (one_in(3)) continue;
      if (!block.empty()) block += ", ";
      block += condition(*key);
    }
    if (!block.empty()) text += ", \"Condition\": {" + block + "}";
    return text + "}";
  }

  std::string statements(bool variables) {
    std::string text = statement(variables);
    for (std::size_t i = random_() % 3; i > 0; --i) text += ", " + statement(variables);
    return text;
  }

  // Every request of the world, until `check` says false.
  template <typename Check>
  void each_request(Check check) {
    for (const std::string_view action : {"s3:a", "s3:ab", "s3:b", "ec2:a", "ec2:b"}) {
      for (const std::string_view resource :
           {"arn:aws:s3:::b", "arn:aws:s3:::B", "arn:aws:s3:::b/k", "arn:aws:sns:r:1:b",
            "arn:aws:s3:::b/alice", "arn:aws-cn:s3:::b/k", "*"}) {
        RequestFields fields;
        fields.principal = "arn:aws:iam::111122223333:user/alice";
        fields.action = action;
        fields.resource = resource;
        if (!each_context(fields, 0, check)) return;
      }
    }
  }

 private:
  template <typename List>
  std::string list(std::string_view name, const List& values, std::size_t count) {
    std::string text = "\"" + std::string(name) + "\": [";
    for (std::size_t i = random_() % 2 + 1; i > 0; --i)
      text += "\"" + std::string(values[random_() % count]) + "\"" + (i > 1 ? ", " : "");
    return text + "]";
  }

  std::string condition(const KeyWorld& key) {
    std::string op(pick(key.operators));
    if (one_in(8)) {
      return R"("Null": {")" + std::string(key.name) + "\": \"" + (one_in(2) ? "true" : "false") +
             "\"}";
    }
    if (one_in(3)) op = (one_in(2) ? "ForAllValues:" : "ForAnyValue:") + op;
    if (one_in(3)) op += "IfExists";
    std::string text = "\"" + op + "\": {\"" + std::string(key.name) + "\": [";
    for (std::size_t i = random_() % 2 + 1; i > 0; --i)
      text += "\"" + std::string(pick(key.policy_values)) + "\"" + (i > 1 ? ", " : "");
    return text + "]}";
  }

  template <typename Check>
  bool each_context(const RequestFields& fields, std::size_t index, Check check) {
    if (index == chosen_.size()) return check(fields);
    const KeyWorld& key = *chosen_[index];
    const std::string name(key.name);
    for (std::size_t i = 0; i <= key.request_values.size(); ++i) {
      RequestFields more = fields;
      if (i == key.request_values.size()) {
        more.context.set_absent(name);
      } else {
        more.context.set(name, std::string(key.request_values[i]));
      }
      if (!each_context(more, index + 1, check)) return false;
      const bool lists = name == "aws:TagKeys" || name == "x:Unknown";
      for (std::size_t j = i;
           lists && i < key.request_values.size() && j < key.request_values.size(); ++j) {
        std::vector<std::string> values = {std::string(key.request_values[i])};
        if (j != i) values.emplace_back(key.request_values[j]);
        more.context.set_list(name, values);
        if (!each_context(more, index + 1, check)) return false;
      }
    }
    return true;
  }

  std::mt19937 random_;
  std::vector<const KeyWorld*> chosen_;
};

inline Policy policy(const std::string& statements) {
  return *parse_policy("p.json", R"({"Version": "2012-10-17", "Statement": [)" + statements + "]}");
}

// What the statements of one document say.
inline bool grants(const PolicySet& set, const Request& request) {
  bool allowed = false;
  for (const StatementTrace& one : evaluate(set, request, {.trace = true}).trace) {
    if (one.truth != Truth::kTrue) continue;
    const Policy& document = *set.policies()[one.statement.policy].policy;
    if (document.statements[one.statement.statement].effect == Effect::kDeny) return false;
    allowed = true;
  }
  return allowed;
}

// A nightly run asks for more: IAMCHECK_ATTACKS times as many.
inline int rounds(int usual) {
  const char* more = std::getenv("IAMCHECK_ATTACKS");
  return more == nullptr ? usual : usual * std::max(1, std::atoi(more));
}

}  // namespace iamcheck::small_world
