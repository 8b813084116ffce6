#pragma once

// Questions that are built to blow up: the unit tests hold the answers to what is true, the
// benchmark prints what they cost.

#include <string>
#include <utility>
#include <vector>

namespace iamcheck::hostile {

struct Question {
  std::string name;
  std::string before, after;  ///< policies as JSON
  bool nothing_new = false;   ///< what is true
};

inline std::string document(const std::string& statements) {
  return R"({"Version": "2012-10-17", "Statement": [)" + statements + "]}";
}

inline std::string statement(const std::string& effect, const std::string& rest) {
  return R"({"Effect": ")" + effect + "\", " + rest + "}";
}

inline std::string list(int count, auto make) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    if (i > 0) text += ", ";
    text += make(i);
  }
  return text;
}

inline std::vector<Question> questions() {
  const std::string all = statement("Allow", R"("Action": "*", "Resource": "*")");
  const auto bucket = [](const std::string& name) {
    return R"("Action": "*", "Resource": "arn:aws:s3:::)" + name + "\"";
  };
  const auto letter = [](int i) { return std::string(1, static_cast<char>('a' + i % 26)); };
  std::vector<Question> out;

  // Statements whose resources overlap in every way, against one that none of them covers.
  const std::string overlapping = list(48, [&](int i) {
    return statement("Allow", bucket("*" + letter(i) + "*" + letter(i * 7 + 1) + "*" +
                                     letter(i * 11 + 2) + "*"));
  });
  out.push_back({"48 Allows of *a*b*c*, and all", document(overlapping), document(all), false});
  out.push_back(
      {"48 Denies of *a*b*c*, one of them gone",
       document(all + ", " +
                list(48,
                     [&](int i) {
                       return statement("Deny", bucket("*" + letter(i) + "*" + letter(i * 7 + 1) +
                                                       "*x" + std::to_string(i) + "*"));
                     })),
       document(all + ", " +
                list(47,
                     [&](int i) {
                       return statement("Deny", bucket("*" + letter(i) + "*" + letter(i * 7 + 1) +
                                                       "*x" + std::to_string(i) + "*"));
                     })),
       false});
  out.push_back({"48 Allows of *a*b*c*, in another order", document(overlapping),
                 document(list(48,
                               [&](int j) {
                                 const int i = 47 - j;
                                 return statement("Allow",
                                                  bucket("*" + letter(i) + "*" + letter(i * 7 + 1) +
                                                         "*" + letter(i * 11 + 2) + "*"));
                               })),
                 true});

  const auto denies = [&](int count) {
    return list(count, [](int i) {
      return statement("Deny",
                       R"("Action": "*", "Resource": "*", "Condition": {"StringEquals": {"x:k)" +
                           std::to_string(i) + R"(": "v"}, "Bool": {"y:k)" + std::to_string(i) +
                           R"(": "true"}})");
    });
  };
  out.push_back({"300 Denies with keys of their own", document(all + ", " + denies(300)),
                 document(all + ", " + denies(300)), true});
  out.push_back({"300 Denies, the last gone", document(all + ", " + denies(300)),
                 document(all + ", " + denies(299)), false});

  std::string stars, choices;
  for (int i = 0; i < 200; ++i) stars += "*ab" + letter(i);
  for (int i = 0; i < 40; ++i) choices += "?";
  out.push_back({"a pattern of 200 stars, and its like",
                 document(statement("Allow", bucket(stars + "*"))),
                 document(statement("Allow", bucket(stars + "*x*"))), true});
  out.push_back({"40 places from the end, and 200 stars",
                 document(statement("Allow", bucket("*a" + choices))),
                 document(statement("Allow", bucket(stars + "*"))), false});

  // Every letter 14 places from the end is named, so only the search can tell.
  out.push_back({"every letter but one, 14 places from the end",
                 document(list(25,
                               [&](int i) {
                                 return statement("Allow",
                                                  bucket("*" + letter(i) + choices.substr(0, 14)));
                               })),
                 document(statement("Allow", bucket("*a*b*c*d*"))), false});

  const auto outside = [&](int count, const std::string& effect) {
    return list(count, [&](int i) {
      return statement(effect, R"("NotAction": ["s3:)" + letter(i) + "*\", \"ec2:*" +
                                   letter(i + 3) + R"("], "NotResource": "arn:aws:s3:::*)" +
                                   letter(i) + "/*\"");
    });
  };
  out.push_back({"60 Denies of NotAction and NotResource, one of a pair gone",
                 document(all + ", " + outside(60, "Deny")),
                 document(all + ", " + outside(59, "Deny")), true});
  out.push_back({"60 Allows of NotAction and NotResource", document(outside(60, "Allow")),
                 document(all), false});

  out.push_back(
      {"sixteen ForAllValues in one statement", document(all),
       document(statement(
           "Allow",
           R"("Action": "*", "Resource": "*", "Condition": {"ForAllValues:StringLike": {)" +
               list(16, [](int i) { return "\"x:k" + std::to_string(i) + R"(": ["a*", "*b"])"; }) +
               "}}")),
       true});

  // Ten megabytes.
  const auto many = [&](int count) {
    return list(count, [&](int i) {
      const std::string n = std::to_string(i);
      return statement(
          "Allow", R"("Action": ["s3:Get)" + n + "*\", \"ec2:*Describe" + n + "*\", \"iam:Pass" +
                       n + R"(Role"], "Resource": ["arn:aws:s3:::bucket-)" + n +
                       R"(/*", "arn:aws:ec2:*:*:instance/*-)" + n +
                       R"("], "Condition": {"StringLike": {"aws:RequestTag/team": "team-)" + n +
                       "-*\"}}");
    });
  };
  const std::string large = document(many(40'000));
  out.push_back({"40,000 statements, and the same", large, large, true});
  out.push_back(
      {"40,000 statements, and one more", large, document(many(40'000) + ", " + all), false});
  return out;
}

}  // namespace iamcheck::hostile
