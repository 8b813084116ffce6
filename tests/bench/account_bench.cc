// Questions over a generated account of 10,000 principals.
#include <cstdio>
#include <string>

#include "iamcheck/access.h"
#include "iamcheck/graph.h"
#include "measure.h"

using namespace iamcheck;

namespace {

constexpr std::size_t kUsers = 2'000;
constexpr std::size_t kRoles = 8'000;
constexpr std::size_t kManaged = 200;

std::string arn(const char* kind, const std::string& name) {
  return std::string("arn:aws:iam::111122223333:") + kind + "/" + name;
}

std::string policy(const std::string& actions, const std::string& resource,
                   const std::string& more = "") {
  return R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": [)" + actions +
         R"(], "Resource": ")" + resource + "\"" + more + "}]}";
}

// Every principal carries three managed policies of its own choice and one inline; every hundredth
// role is trusted by the whole account, the others by a service or by their predecessor.
std::string generated_dump() {
  std::string users, roles, policies;
  const auto attached = [](std::size_t i) {
    std::string list;
    for (std::size_t k = 0; k < 3; ++k) {
      const std::size_t which = (i * 7 + k * 31) % kManaged;
      list += (k == 0 ? "" : ", ") + std::string(R"({"PolicyArn": ")") +
              arn("policy", "p" + std::to_string(which)) + "\"}";
    }
    return R"("AttachedManagedPolicies": [)" + list + "]";
  };
  for (std::size_t i = 0; i < kUsers; ++i) {
    const std::string name = "u" + std::to_string(i);
    users += (i == 0 ? "" : ",\n") + std::string(R"({"UserName": ")") + name +
             R"(", "UserId": "AIDA)" + name + R"(", "Arn": ")" + arn("user", name) + "\", " +
             attached(i) + R"(, "Tags": [{"Key": "team", "Value": "t)" + std::to_string(i % 10) +
             "\"}]}";
  }
  for (std::size_t i = 0; i < kRoles; ++i) {
    const std::string name = "r" + std::to_string(i);
    const std::string trusted =
        i % 100 == 0 ? R"({"AWS": "111122223333"})"
        : i % 3 == 0 ? R"({"Service": "lambda.amazonaws.com"})"
                     : R"({"AWS": ")" + arn("role", "r" + std::to_string(i - 1)) + "\"}";
    roles +=
        (i == 0 ? "" : ",\n") + std::string(R"({"RoleName": ")") + name + R"(", "RoleId": "AROA)" +
        name + R"(", "Arn": ")" + arn("role", name) + "\", " + attached(i) +
        R"(, "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
                 "Principal": )" +
        trusted + R"(, "Action": "sts:AssumeRole"}}, "RolePolicyList": [{"PolicyName": "own",
                 "PolicyDocument": )" +
        policy("\"s3:PutObject\"", "arn:aws:s3:::own-" + name + "/*") + "}]}";
  }
  for (std::size_t i = 0; i < kManaged; ++i) {
    const std::string name = "p" + std::to_string(i);
    const std::string document =
        i % 5 == 0 ? policy(R"("s3:GetObject", "s3:ListBucket")", "arn:aws:s3:::data-" + name + "*")
        : i % 5 == 1 ? policy(R"("ec2:Describe*", "logs:*")", "*")
        : i % 5 == 2
            ? policy("\"dynamodb:*\"", "arn:aws:dynamodb:*:111122223333:table/${aws:username}")
        : i % 5 == 3 ? policy("\"s3:*\"", "arn:aws:s3:::shared/*",
                              R"(, "Condition": {"StringEquals": {"aws:PrincipalTag/team": "t1"}})")
                     : policy("\"sqs:*\", \"sns:*\"", "*");
    policies += (i == 0 ? "" : ",\n") + std::string(R"({"PolicyName": ")") + name +
                R"(", "Arn": ")" + arn("policy", name) +
                R"(", "DefaultVersionId": "v1", "PolicyVersionList": [{"VersionId": "v1",
                    "IsDefaultVersion": true, "Document": )" +
                document + "}]}";
  }
  return R"({"UserDetailList": [)" + users + R"(], "RoleDetailList": [)" + roles +
         R"(], "Policies": [)" + policies + "]}";
}

}  // namespace

int main() {
  const std::string dump = generated_dump();
  const Account account = Account::read({{"dump.json", dump}});
  const auto principals = static_cast<double>(account.principals().size());
  std::printf("%zu principals, dump of %.1f MB, %zu problems\n\n", account.principals().size(),
              static_cast<double>(dump.size()) / 1e6, account.problems().size());

  bench::Table reading("Reading the dump", "MB");
  reading.add("`read_json` alone", static_cast<double>(dump.size()) / 1e6, [&] {
    bench::keep(read_json(Source::from_bytes("dump.json", dump), {})->root.members.size());
  });
  reading.add("`Account::read`", static_cast<double>(dump.size()) / 1e6,
              [&] { bench::keep(Account::read({{"dump.json", dump}}).principals().size()); });
  reading.run(true);

  const auto ask = [&](const char* action, const char* resource) {
    bench::keep(who_can(account, action, resource)->principals.size());
  };
  bench::Table asking("who_can over all of them", "principals");
  asking.add("one object", principals, [&] { ask("s3:GetObject", "arn:aws:s3:::shared/k"); });
  asking.add("all objects of a bucket", principals,
             [&] { ask("s3:GetObject", "arn:aws:s3:::shared/*"); });
  asking.add("every bucket and object", principals, [&] { ask("s3:GetObject", "arn:aws:s3:::*"); });
  asking.run(true);

  bench::Table drawing("Escalation graph", "principals");
  drawing.add("`escalation_graph`", principals, [&] {
    const Result<EscalationGraph> graph = escalation_graph(account);
    bench::keep(graph ? graph->edges.size() : 0);
  });
  drawing.run(true);
  return 0;
}
