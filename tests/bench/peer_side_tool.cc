// Our side of tests/bench/peers: the same JSON Lines of requests that the peers get.
//
//   iamcheck_peer_side write               requests on standard output, in the form of
//                                          machine-formats
//   iamcheck_peer_side write-small         those for the three statements alone
//   iamcheck_peer_side write-s3            those that ask S3, with policies that MinIO reads too
//   iamcheck_peer_side decide < REQUESTS   answers them: {"set", "rates", "decisions"}
//   iamcheck_peer_side race < REQUESTS     the same, one round as in cedar_side and minio_side
//   iamcheck_peer_side policies FOLDER     every AWS managed policy as a file, for linters
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "corpus.h"

using namespace iamcheck;
using nlohmann::json;

namespace {

json set_line(const char* name, const std::vector<bench::Document>& documents) {
  json policies = json::array();
  for (const auto& document : documents) {
    policies.push_back({{"name", document.name}, {"policy", json::parse(document.text)}});
  }
  return {{"policySet", name}, {"identityPolicies", policies}};
}

void write_requests(const char* set, const std::vector<RequestFields>& requests) {
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const RequestFields& fields = requests[i];
    json context = json::object();
    for (const auto& entry : fields.context.entries()) context[entry.key.name()] = entry.single;
    std::cout << json{{"id", std::string(set) + "-" + std::to_string(i)},
                      {"policySet", set},
                      {"principal", fields.principal},
                      {"action", fields.action},
                      {"resource", fields.resource},
                      {"resourceAccountId", "111122223333"},
                      {"context", context}}
                     .dump()
              << "\n";
  }
}

struct Batch {
  std::vector<bench::Document> documents;
  std::vector<RequestFields> requests;
};

std::map<std::string, Batch> read_requests() {
  std::map<std::string, Batch> batches;
  for (std::string line; std::getline(std::cin, line);) {
    const json request = json::parse(line);
    Batch& batch = batches[request.at("policySet").get<std::string>()];
    if (request.contains("identityPolicies")) {
      for (const json& one : request.at("identityPolicies")) {
        batch.documents.push_back({one.at("name").get<std::string>(), one.at("policy").dump()});
      }
      continue;
    }
    RequestFields fields;
    fields.principal = request.at("principal").get<std::string>();
    fields.action = request.at("action").get<std::string>();
    fields.resource = request.at("resource").get<std::string>();
    fields.resource_account = request.at("resourceAccountId").get<std::string>();
    for (const auto& [key, value] : request.at("context").items()) {
      fields.context.set(key, value.get<std::string>());
    }
    batch.requests.push_back(std::move(fields));
  }
  return batches;
}

std::string name_of(DecisionKind kind) {
  return kind == DecisionKind::kAllowed            ? "Allowed"
         : kind == DecisionKind::kExplicitlyDenied ? "ExplicitlyDenied"
                                                   : "ImplicitlyDenied";
}

// Decisions a second over ever the same requests, once for each of `passes` passes.
template <typename One, typename Decide>
std::vector<double> rates(const std::vector<One>& requests, std::size_t count, int passes,
                          Decide decide) {
  std::vector<double> result;
  for (int pass = 0; pass < passes; ++pass) {
    const auto start = std::chrono::steady_clock::now();
    std::size_t allowed = 0;
    for (std::size_t i = 0; i < count; ++i) allowed += decide(requests[i]).allowed();
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
    if (allowed > count) return {};  // keeps the loop
    result.push_back(static_cast<double>(count) / time.count());
  }
  return result;
}

// One round over the same requests, as cedar_side and minio_side do it.
template <typename One, typename Decide>
double rate(const std::vector<One>& requests, Decide decide) {
  using Seconds = std::chrono::duration<double>;
  const auto start = std::chrono::steady_clock::now();
  std::size_t done = 0;
  std::size_t allowed = 0;
  Seconds time{};
  while (time < Seconds(0.3)) {
    for (const One& request : requests) allowed += decide(request).allowed();
    done += requests.size();
    time = std::chrono::steady_clock::now() - start;
  }
  if (allowed > done) return {};  // keeps the loop
  return static_cast<double>(done) / time.count();
}

void race() {
  const EvaluateOptions plain{.trace = false, .warnings = false};
  for (const auto& [name, batch] : read_requests()) {
    const PolicySet set = bench::compile(batch.documents);
    const std::vector<Request> requests(batch.requests.begin(), batch.requests.end());
    json decisions = json::array();
    for (const Request& request : requests) {
      decisions.push_back(evaluate(set, request, plain).allowed() ? "Allowed" : "Denied");
    }
    const double ready =
        rate(requests, [&](const Request& one) { return evaluate(set, one, plain); });
    const double made = rate(batch.requests, [&](const RequestFields& fields) {
      return evaluate(set, Request(fields), plain);
    });
    std::cout << json{{"set", name},
                      {"rates",
                       {{"request ready", json::array({ready})},
                        {"request made for each", json::array({made})}}},
                      {"decisions", decisions}}
                     .dump()
              << "\n";
  }
}

void decide() {
  for (const auto& [name, batch] : read_requests()) {
    const PolicySet set = bench::compile(batch.documents);
    json decisions = json::array();
    for (const RequestFields& fields : batch.requests) {
      decisions.push_back(name_of(evaluate(set, Request(fields)).kind));
    }
    const std::size_t few = std::min<std::size_t>(batch.requests.size(), 100);
    const std::vector<Request> requests(batch.requests.begin(), batch.requests.end());
    const json ready = rates(requests, requests.size(), 45, [&](const Request& request) {
      return evaluate(set, request, {.trace = false, .warnings = false});
    });
    const json shared =
        rates(batch.requests, batch.requests.size(), 15,
              [&](const RequestFields& fields) { return evaluate(set, Request(fields)); });
    const json anew = rates(batch.requests, few, 5, [&](const RequestFields& fields) {
      return evaluate(bench::compile(batch.documents), Request(fields));
    });
    std::cout << json{{"set", name},
                      {"rates",
                       {{"policies and requests ready", ready},
                        {"policies ready, request made for each", shared},
                        {"policies and request made for each", anew}}},
                      {"decisions", decisions}}
                     .dump()
              << "\n";
  }
}

}  // namespace

int main(int count, char** words) {
  const std::string word = count > 1 ? words[1] : "";
  if (word == "write") {
    std::cout << set_line("3 statements", {bench::three_statements()}).dump() << "\n"
              << set_line("10 managed policies", bench::ten_policies()).dump() << "\n";
    write_requests("3 statements", bench::bucket_requests(2000));
    write_requests("10 managed policies", bench::requests(2000));
  } else if (word == "write-s3") {
    std::cout << set_line("3 S3 statements", {bench::three_bucket_statements()}).dump() << "\n";
    auto requests = bench::bucket_requests(4000);
    std::erase_if(requests, [](const auto& one) { return !one.action.starts_with("s3:"); });
    requests.resize(std::min<std::size_t>(requests.size(), 2000));
    write_requests("3 S3 statements", requests);
  } else if (word == "write-small") {
    std::cout << set_line("3 statements", {bench::three_statements()}).dump() << "\n";
    write_requests("3 statements", bench::bucket_requests(2000));
  } else if (word == "decide") {
    decide();
  } else if (word == "race") {
    race();
  } else if (word == "policies" && count > 2) {
    for (const auto& document : bench::managed_policies()) {
      std::ofstream(std::filesystem::path(words[2]) / (document.name + ".json")) << document.text;
    }
  } else {
    std::cerr << "iamcheck_peer_side: expected write, write-small, write-s3, decide, race or "
                 "policies FOLDER\n";
    return 2;
  }
  return 0;
}
