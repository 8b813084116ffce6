// "Can X do Y on Z, and why."
#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>

#include "commands/commands.h"
#include "exit_code.h"
#include "file.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/evaluate.h"
#include "iamcheck/explanation.h"
#include "iamcheck/report.h"

namespace iamcheck::cli {
namespace {

void complain(const Error& error, const Source* source = nullptr) {
  std::string place;
  if (source != nullptr) {
    Position position = source->position(error.span.begin);
    place = escape_controls(source->name()) + ":" + std::to_string(position.line) + ":" +
            std::to_string(position.column) + ": ";
  }
  print_error(place + error.message + (error.help.empty() ? "" : "; " + error.help));
}

Result<Policy> read_policy(const std::shared_ptr<const Source>& source) {
  ReadOptions tolerant;
  tolerant.tolerant = true;
  Result<Document> document = read_json(source, tolerant);
  return document ? parse_policy(*document) : Result<Policy>(document.error());
}

// The catalogue keeps its documents in one line; printed, their lines are worth pointing at.
Result<Policy> read_managed(const ManagedPolicy& managed) {
  Result<std::string> document = managed.document();
  if (!document) return document.error();
  std::string name(managed.name());
  Result<Policy> stored = parse_policy(name, *std::move(document));
  return stored ? parse_policy(name, print(*stored)) : stored;
}

int add_managed_policy(const ManagedPolicy& managed, PolicySet& set) {
  Result<Policy> policy = read_managed(managed);
  if (!policy) {
    complain(policy.error());
    return kInternal;
  }
  set.add({.name = std::string(managed.name()),
           .kind = PolicyKind::kIdentity,
           .policy = std::make_shared<const Policy>(*std::move(policy)),
           .aws_managed = true});
  return kClean;
}

// A file, or an AWS managed policy by name or ARN: those are identity-based.
int add_policy(const std::string& path, bool resource_based, PolicySet& set) {
  Result<std::string> text = read_input(path, {});
  if (!text) {
    std::optional<ManagedPolicy> managed;
    if (!resource_based) managed = Catalogue::embedded().find_managed_policy(path);
    if (managed) return add_managed_policy(*managed, set);
    complain(text.error());
    return kUndecided;
  }
  std::shared_ptr<const Source> source = Source::from_bytes(path, *std::move(text));
  Result<Policy> policy = read_policy(source);
  if (!policy) {
    complain(policy.error(), source.get());
    return kUndecided;
  }
  if (!policy->has_statement) {
    print_error("`" + escape_controls(path) + "` holds no policy: it has no `Statement`");
    return kUndecided;
  }
  PolicyKind kind = PolicyKind::kIdentity;
  if (resource_based)
    kind = detect_kind(*policy) == PolicyKind::kTrust ? PolicyKind::kTrust : PolicyKind::kResource;
  set.add(path, kind, *std::move(policy));
  return kClean;
}

// `do` and `on` may stand between the three words.
std::vector<std::string> three_words(std::vector<std::string> words) {
  if (words.size() >= 4 && words[1] == "do") words.erase(words.begin() + 1);
  if (words.size() >= 4 && words[2] == "on") words.erase(words.begin() + 2);
  return words;
}

bool split_assignment(const std::string& text, std::string& key, std::string& value) {
  std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) return false;
  key = text.substr(0, equals);
  value = text.substr(equals + 1);
  return true;
}

// The keys that AWS always fills and a question rarely names (machine-formats.md).
std::string assume_usual_keys(const CanOptions& options, Context& context) {
  std::string assumed;
  auto assume = [&](const char* key, std::string value) {
    if (context.has(key)) return;
    assumed += std::string(assumed.empty() ? "" : ", ") + key + "=" + value;
    context.set(key, std::move(value));
  };
  std::time_t now = std::time(nullptr);
  if (const char* epoch = std::getenv("SOURCE_DATE_EPOCH"); epoch != nullptr && *epoch != '\0') {
    now = static_cast<std::time_t>(std::strtoll(epoch, nullptr, 10));
  }
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  assume("aws:SecureTransport", "true");
  assume("aws:ViaAWSService", "false");
  assume("aws:CurrentTime", options.now.empty() ? text : options.now);
  if (options.now.empty()) assume("aws:EpochTime", std::to_string(now));
  return assumed;
}

int read_context(const CanOptions& options, Context& context) {
  std::string key, value;
  for (const std::string& text : options.context) {
    if (!split_assignment(text, key, value)) {
      print_error("`--context " + escape_controls(text) + "` is not of the form key=value");
      return kUsage;
    }
    context.set(key, value);
  }
  for (const std::string& text : options.context_lists) {
    nlohmann::json list = split_assignment(text, key, value)
                              ? nlohmann::json::parse(value, nullptr, false)
                              : nlohmann::json();
    bool strings = list.is_array() && std::all_of(list.begin(), list.end(), [](const auto& item) {
                     return item.is_string();
                   });
    if (!strings) {
      print_error("`--context-list " + escape_controls(text) +
                  "` is not of the form key=[\"a\", \"b\"]");
      return kUsage;
    }
    context.set_list(key, list.get<std::vector<std::string>>());
  }
  for (const std::string& name : options.absent) context.set_absent(name);
  if (options.ask) context.set_mode(Context::Mode::kAsk);
  return kClean;
}

int exit_code_of(const Decision& decision, const std::string& expect) {
  if (decision.kind == DecisionKind::kUndecided) return kUndecided;
  bool wanted = expect == "denied" ? !decision.allowed() : decision.allowed();
  return wanted ? kClean : kFindings;
}

}  // namespace

int run_can(const CanOptions& options) {
  std::vector<std::string> words = three_words(options.question);
  if (words.size() != 3) {
    print_error("a question has three words: PRINCIPAL ACTION RESOURCE; see `iamcheck can --help`");
    return kUsage;
  }
  RequestFields fields;
  fields.principal = words[0];
  fields.action = words[1];
  fields.resource = words[2];
  fields.resource_account = options.resource_account;
  fields.principal_account = options.principal_account;
  if (int code = read_context(options, fields.context); code != kClean) return code;
  std::string assumed = assume_usual_keys(options, fields.context);

  PolicySet set;
  int worst = kClean;
  for (const std::string& path : options.policies)
    worst = worst_of(worst, add_policy(path, false, set));
  for (const std::string& path : options.resource_policies)
    worst = worst_of(worst, add_policy(path, true, set));
  // A decision without one of its policies would be a guess.
  if (worst != kClean) return worst;

  Request request(std::move(fields));
  Decision decision = evaluate(set, request, {.trace = options.explain});
  Explanation explanation = explain(set, request, decision);
  if (options.json) {
    print_out(render_json(explanation, decision));
  } else {
    print_out(render_text(explanation, decision, {use_colour(options.colour)}));
    if (!assumed.empty()) print_out("  assumed: " + escape_controls(assumed) + "\n");
  }
  return exit_code_of(decision, options.expect);
}

}  // namespace iamcheck::cli
