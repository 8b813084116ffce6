// One account, written as a dump with our folder and as a collected tree: tests/golden/account and
// tests/golden/iam-data. Every question has one answer.
#include <filesystem>

#include "catch.h"
#include "iamcheck/access.h"
#include "iamcheck/graph.h"
#include "small_account.h"
#include "whole_file.h"

using namespace iamcheck;
using namespace iamcheck::test;

namespace {

Account read_folder(const std::string& name) {
  const std::filesystem::path root =
      std::filesystem::path(IAMCHECK_SOURCE_DIR) / "tests/golden" / name;
  std::vector<AccountFile> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.is_regular_file() && entry.path().extension() == ".json")
      files.push_back({std::filesystem::relative(entry.path(), root.parent_path()).generic_string(),
                       whole_file(entry.path()), false, false});
  }
  REQUIRE(files.size() > 3);
  return Account::read(std::move(files));
}

struct Both {
  Account dump = read_folder("account");
  Account tree = read_folder("iam-data");
};

const std::string kKey =
    "arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555";

std::string to_words(const Access& one) {
  std::string words = one.principal;
  words.append(" ").append(to_string(one.reach));
  for (const StatementNote& note : one.through)
    words.append(" ").append(note.layer).append("/").append(note.sid);
  for (const std::string& key : one.missing_context) words.append(" ?").append(key);
  for (const std::string& name : one.unread) words.append(" !").append(name);
  for (const AccessPart& part : one.parts)
    words.append(" ").append(part.pattern).append("=").append(to_string(part.reach));
  return words;
}

}  // namespace

TEST_CASE("collected: principals are those of the dump, with ids, groups, tags and profiles") {
  const Both both;
  CHECK(both.dump.problems().empty());
  CHECK(both.tree.problems().empty());
  CHECK(both.dump.account_ids() == both.tree.account_ids());
  REQUIRE(both.dump.principals().size() == both.tree.principals().size());
  for (std::size_t i = 0; i < both.dump.principals().size(); ++i) {
    const AccountPrincipal& a = both.dump.principals()[i];
    const AccountPrincipal& b = both.tree.principals()[i];
    CHECK(a.arn == b.arn);
    CHECK(a.kind == b.kind);
    CHECK(a.id == b.id);
    CHECK(a.groups == b.groups);
    CHECK(a.instance_profiles == b.instance_profiles);
    REQUIRE(a.tags.size() == b.tags.size());
    for (std::size_t t = 0; t < a.tags.size(); ++t) {
      CHECK(a.tags[t].key == b.tags[t].key);
      CHECK(a.tags[t].value == b.tags[t].value);
    }
  }
}

TEST_CASE("collected: can answers as with the dump, for every principal") {
  const Both both;
  Context through(Context::Mode::kStrict);
  through.set("aws:SourceVpce", "vpce-0example");
  through.set("aws:SourceIp", "192.0.2.7");
  through.set("aws:RequestedRegion", "us-east-1");
  for (const AccountPrincipal& one : both.dump.principals()) {
    for (const auto& [action, resource] : std::vector<std::pair<std::string, std::string>>{
             {"s3:GetObject", "arn:aws:s3:::reports/x"},
             {"s3:GetObject", "arn:aws:s3:::reports/shared/x"},
             {"s3:PutObject", "arn:aws:s3:::other/x"},
             {"kms:Decrypt", kKey},
             {"ec2:RunInstances", "*"},
             {"cloudtrail:StopLogging", "arn:aws:cloudtrail:eu-west-1:111122223333:trail/t"},
             {"iam:PassRole", "arn:aws:iam::111122223333:role/ci"},
             {"sts:AssumeRole", "arn:aws:iam::111122223333:role/ci"}}) {
      for (const Context& context :
           {through, Context(Context::Mode::kStrict), Context(Context::Mode::kAsk)}) {
        const Decision a = decide(both.dump, one.arn, action, resource, context);
        const Decision b = decide(both.tree, one.arn, action, resource, context);
        INFO(one.arn + " " + action + " " + resource);
        CHECK(a.kind == b.kind);
        CHECK(a.cause == b.cause);
        CHECK(a.missing_context == b.missing_context);
      }
    }
  }
}

TEST_CASE("collected: who-can and what-can answer as with the dump") {
  const Both both;
  for (const auto& [action, resource] : std::vector<std::pair<std::string, std::string>>{
           {"s3:GetObject", "arn:aws:s3:::reports/x"},
           {"s3:Put*", "arn:aws:s3:::*"},
           {"kms:*", kKey},
           {"iam:*", "arn:aws:iam::111122223333:role/*"},
           {"sts:AssumeRole", "arn:aws:iam::111122223333:role/*"}}) {
    const Result<WhoCan> a = who_can(both.dump, action, resource);
    const Result<WhoCan> b = who_can(both.tree, action, resource);
    INFO(action + " " + resource);
    REQUIRE(a);
    REQUIRE(b);
    CHECK(a->assumptions == b->assumptions);
    REQUIRE(a->principals.size() == b->principals.size());
    for (std::size_t i = 0; i < a->principals.size(); ++i)
      CHECK(to_words(a->principals[i]) == to_words(b->principals[i]));
  }
  for (const AccountPrincipal& one : both.dump.principals()) {
    const Result<WhatCan> a = what_can(both.dump, *both.dump.find_principal(one.arn), "");
    const Result<WhatCan> b = what_can(both.tree, *both.tree.find_principal(one.arn), "");
    INFO(one.arn);
    REQUIRE(a);
    REQUIRE(b);
    REQUIRE(a->actions.size() == b->actions.size());
    for (std::size_t i = 0; i < a->actions.size(); ++i) {
      CHECK(a->actions[i].action == b->actions[i].action);
      CHECK(a->actions[i].reach == b->actions[i].reach);
      CHECK(a->actions[i].missing_context == b->actions[i].missing_context);
    }
  }
}

TEST_CASE("collected: the graph is that of the dump") {
  const Both both;
  const Result<EscalationGraph> a = escalation_graph(both.dump);
  const Result<EscalationGraph> b = escalation_graph(both.tree);
  REQUIRE(a);
  REQUIRE(b);
  REQUIRE(a->edges.size() == b->edges.size());
  CHECK(a->edges.size() > 5);
  for (std::size_t i = 0; i < a->edges.size(); ++i) {
    CHECK(a->edges[i].from == b->edges[i].from);
    CHECK(a->edges[i].to == b->edges[i].to);
    REQUIRE(a->edges[i].ways.size() == b->edges[i].ways.size());
    for (std::size_t w = 0; w < a->edges[i].ways.size(); ++w) {
      CHECK(a->edges[i].ways[w].path == b->edges[i].ways[w].path);
      CHECK(a->edges[i].ways[w].certain == b->edges[i].ways[w].certain);
      CHECK(a->edges[i].ways[w].keys == b->edges[i].ways[w].keys);
    }
  }
}
