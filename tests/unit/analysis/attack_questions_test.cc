// The other questions, attacked in the same small world: public access, allowed-if, the catalogue,
// redundant statements.
#include <string>
#include <utility>

#include "attack_world.h"
#include "catch.h"
#include "iamcheck/catalogue.h"

using namespace iamcheck;
using namespace iamcheck::small_world;

namespace {

PolicySet set_of(const Policy& document, PolicyKind kind, bool component_wise) {
  AttachedPolicy attached{"p", kind, std::make_shared<const Policy>(document)};
  attached.component_wise = component_wise;
  PolicySet set;
  set.add(attached);
  return set;
}

Policy without(const Policy& document, std::size_t statement) {
  Policy rest = document;
  rest.statements.erase(rest.statements.begin() + static_cast<std::ptrdiff_t>(statement));
  for (std::size_t i = 0; i < rest.statements.size(); ++i) rest.statements[i].index = i;
  return rest;
}

}  // namespace

TEST_CASE("no request of a small world tells a policy from itself without a redundant statement") {
  World world(51);
  int redundant = 0, needed = 0;
  for (int round = 0; round < rounds(400); ++round) {
    world.choose_keys();
    const Policy document = policy(world.statements(false) + ", " + world.statements(false));
    INFO(document.source->text());
    const RedundancyAnswer answer = redundant_statements(document, PolicyKind::kIdentity);
    CHECK(answer.unknown.empty());
    needed += static_cast<int>(document.statements.size() - answer.redundant.size());
    for (const RedundantStatement& one : answer.redundant) {
      ++redundant;
      for (const bool component_wise : {true, false}) {
        const PolicySet whole = set_of(document, PolicyKind::kIdentity, component_wise);
        const PolicySet rest =
            set_of(without(document, one.statement), PolicyKind::kIdentity, component_wise);
        world.each_request([&](const RequestFields& fields) {
          const Request request(fields);
          const bool same = grants(whole, request) == grants(rest, request);
          INFO("statement " << one.statement << ": " << fields.action << " on " << fields.resource);
          CHECK(same);
          return same;
        });
      }
    }
  }
  CHECK(redundant > 50);
  CHECK(needed > 50);
}

TEST_CASE("nobody whom a policy without public access does not name gets in") {
  struct Stranger {
    const char* principal;
    const char* account;
  };
  constexpr std::array kElements = {R"("*")", R"({"AWS": "*"})", R"({"AWS": "111122223333"})",
                                    R"({"AWS": "arn:aws:iam::111122223333:user/alice"})",
                                    R"({"Service": "sns.amazonaws.com"})"};
  constexpr std::array kConditions = {
      "",
      R"("StringEquals": {"aws:PrincipalAccount": "111122223333"})",
      R"("StringLike": {"aws:PrincipalAccount": "1111*"})",
      R"("StringNotEquals": {"aws:PrincipalAccount": "444455556666"})",
      R"("StringEqualsIfExists": {"aws:PrincipalAccount": "111122223333"})",
      R"("IpAddress": {"aws:SourceIp": "10.0.0.0/8"})",
      R"("IpAddress": {"aws:SourceIp": "0.0.0.0/1"})",
      R"("NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"})"};
  World dice(52);
  int passed = 0, failed = 0;
  for (int round = 0; round < rounds(1000); ++round) {
    std::string text;
    for (int i = dice.one_in(2) ? 2 : 1; i > 0; --i) {
      const bool deny = dice.one_in(4);
      text += std::string(R"({"Effect": ")") + (deny ? "Deny" : "Allow") + R"(", "Principal": )" +
              dice.pick(kElements) + R"(, "Action": "s3:*", "Resource": "*", "Condition": {)" +
              dice.pick(kConditions) + (i > 1 ? "}}, " : "}}");
    }
    INFO(text);
    const Policy document = policy(text);
    const AccessAnswer answer = no_public_access(document, PolicyKind::kResource);
    CHECK(answer.verdict != Verdict::kUnknown);
    if (answer.verdict != Verdict::kPass) {
      ++failed;
      continue;
    }
    ++passed;
    const PolicySet set = set_of(document, PolicyKind::kResource, true);
    // Nobody's name is in the policies, no account is trusted, and the addresses are the world's.
    for (const Stranger& stranger :
         {Stranger{"arn:aws:iam::777788889999:user/mallory", "777788889999"},
          Stranger{"arn:aws:iam::112233445566:role/x", "112233445566"},
          Stranger{"lambda.amazonaws.com", nullptr}, Stranger{"*anonymous*", nullptr}}) {
      for (const char* ip : {"192.0.2.1", "100.1.2.3", "2001:db8::1", ""}) {
        RequestFields fields;
        fields.principal = stranger.principal;
        fields.action = "s3:GetObject";
        fields.resource = "arn:aws:s3:::b/k";
        if (stranger.account != nullptr) {
          fields.context.set("aws:PrincipalAccount", stranger.account);
        } else {
          fields.context.set_absent("aws:PrincipalAccount");
        }
        if (*ip != 0) {
          fields.context.set("aws:SourceIp", ip);
        } else {
          fields.context.set_absent("aws:SourceIp");
        }
        INFO(stranger.principal << " from " << ip);
        CHECK_FALSE(grants(set, Request(fields)));
      }
    }
  }
  CHECK(passed > 100);
  CHECK(failed > 100);
}

TEST_CASE("allowed-if finds a way exactly where some values of the unknown keys allow") {
  World world(53);
  int some = 0, none = 0;
  for (int round = 0; round < rounds(150); ++round) {
    world.choose_keys();
    PolicySet set;
    set.add("p", PolicyKind::kIdentity, policy(world.statements(false)));
    std::string last;
    bool allowed = false;
    RequestFields question;
    const auto ask = [&] {
      if (last.empty()) return;
      RequestFields open = question;
      open.context = {};
      open.context.set_mode(Context::Mode::kAsk);
      const AllowedIf answer = allowed_if(set, Request(open));
      INFO(set.policies().front().policy->source->text() << "\n" << last);
      if (allowed) CHECK_FALSE(answer.ways.empty());
      ++(answer.ways.empty() ? none : some);
    };
    world.each_request([&](const RequestFields& fields) {
      const std::string own = fields.action + " on " + fields.resource;
      if (own != last) {
        ask();
        last = own;
        allowed = false;
        question = fields;
      }
      allowed = allowed || evaluate(set, Request(fields)).allowed();
      return true;
    });
    ask();
  }
  CHECK(some > 100);
  CHECK(none > 100);
}

TEST_CASE("no action of the catalogue on a resource of its own gets past a catalogued proof") {
  constexpr std::array kActions = {"sqs:*",     "sqs:Get*",       "sqs:SendMessage",
                                   "sqs:List*", "sqs:ListQueues", "sqs:?e*",
                                   "*",         "sns:Publish"};
  constexpr std::array kResources = {"*", "arn:aws:sqs:*:*:*", "arn:aws:sqs:us-east-1:*:q*",
                                     "arn:aws:sns:*:*:*", "arn:aws:s3:::b"};
  World dice(54);
  const auto statements = [&] {
    std::string text;
    for (int i = dice.one_in(2) ? 2 : 1; i > 0; --i) {
      text += std::string(R"({"Effect": ")") + (dice.one_in(3) ? "Deny" : "Allow") + R"(", ")" +
              (dice.one_in(5) ? "NotAction" : "Action") + R"(": ")" + dice.pick(kActions) +
              R"(", ")" + (dice.one_in(5) ? "NotResource" : "Resource") + R"(": ")" +
              dice.pick(kResources) + (i > 1 ? "\"}, " : "\"}");
    }
    return text;
  };
  const Catalogue& catalogue = Catalogue::embedded();
  AnalysisOptions options;
  options.catalogued = true;
  int passed = 0, more = 0;
  for (int round = 0; round < rounds(300); ++round) {
    const Policy before = policy(statements()), after = policy(statements());
    INFO(before.source->text() << "\n" << after.source->text());
    const AccessAnswer answer = no_new_access(before, after, PolicyKind::kIdentity, options);
    CHECK(answer.verdict != Verdict::kUnknown);
    if (answer.verdict != Verdict::kPass) continue;
    ++passed;
    if (no_new_access(before, after, PolicyKind::kIdentity).verdict != Verdict::kPass) ++more;
    for (const bool component_wise : {true, false}) {
      const PolicySet old_set = set_of(before, PolicyKind::kIdentity, component_wise);
      const PolicySet new_set = set_of(after, PolicyKind::kIdentity, component_wise);
      for (const char* service : {"sqs", "sns"}) {
        for (const Action action : catalogue.find_service(service)->actions()) {
          const bool needs_type = !action.resource_types().empty();
          for (const std::string resource : {"*", "q", "other"}) {
            if (needs_type == (resource == "*")) continue;
            RequestFields fields;
            fields.principal = "arn:aws:iam::111122223333:user/alice";
            fields.action = action.full_name();
            fields.resource = needs_type ? std::string("arn:aws:") + service +
                                               ":us-east-1:111122223333:" + resource
                                         : resource;
            const Request request(fields);
            INFO(fields.action << " on " << fields.resource);
            CHECK_FALSE((grants(new_set, request) && !grants(old_set, request)));
          }
        }
      }
    }
  }
  CHECK(passed > 50);
  CHECK(more > 0);
}
