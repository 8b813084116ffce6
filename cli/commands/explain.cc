#include <algorithm>
#include <memory>
#include <utility>

#include "commands/commands.h"
#include "exit_code.h"
#include "file.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/input.h"
#include "iamcheck/report.h"
#include "iamcheck/suggestion.h"
#include "iamcheck/summary.h"
#include "iamcheck/summary_report.h"

namespace iamcheck::cli {
namespace {

// A summary takes a millisecond or two; a file may hold a hundred thousand policies.
constexpr std::size_t kMaxPolicies = 2'000;
// In JSON, of all policies together: some 600 MB.
constexpr std::size_t kMaxActionsKept = 2'000'000;

class Explainer {
 public:
  explicit Explainer(const ExplainCommandOptions& options) : options_(options) {}

  int run() {
    for (const std::string& path : options_.paths) read(path);
    if (options_.json) print_out(render_json(summaries_, errors_));
    return errors_.empty() ? kClean : kUndecided;
  }

 private:
  void read(const std::string& path) {
    ReadLimits limits;
    limits.stop_at_binary = true;
    Result<std::string> bytes = read_input(path, limits);
    if (!bytes) {
      read_managed(path, bytes.error());
      return;
    }
    const auto source = Source::from_bytes(path == "-" ? "<stdin>" : path, *std::move(bytes));
    InputOptions input;
    input.expect_policy = true;
    const FoundPolicies found = find_policies(source, input);
    if (found.policies.empty())
      fail(path, {ErrorCode::kNotAPolicy,
                  "`" + path + "` holds no policy",
                  "name a file with a policy in JSON",
                  {}});
    std::size_t taken = 0;
    for (const FoundPolicy& one : found.policies) {
      if (taken == kMaxPolicies) {
        fail(path, {ErrorCode::kLimitExceeded,
                    "`" + path + "` holds more than " + std::to_string(kMaxPolicies) +
                        " policies; the others were not explained",
                    "split the file",
                    {}});
        return;
      }
      if (one.error) fail_at(*source, *one.error);
      if (!one.policy) continue;
      ++taken;
      add(*one.policy, options_.kind ? options_.kind : one.kind, one.path);
    }
  }

  // A policy of AWS has a name and no file.
  void read_managed(const std::string& name, Error unreadable) {
    const Catalogue& catalogue = Catalogue::embedded();
    if (const auto managed = catalogue.find_managed_policy(name)) {
      Result<std::string> document = managed->document();
      if (!document) {
        fail(name, document.error());
        return;
      }
      const std::string known(managed->name());
      Result<Policy> stored = parse_policy(known, *std::move(document));
      // Stored in one line; printed, its lines are worth naming.
      Result<Policy> policy = stored ? parse_policy(known, print(*stored)) : stored;
      if (policy) {
        add(*policy, options_.kind, "");
      } else {
        fail(name, policy.error());
      }
      return;
    }
    const std::vector<std::string> near = catalogue.suggest_managed_policy(name);
    if (!near.empty()) unreadable.help = did_you_mean(near);
    fail(name, unreadable);
  }

  void add(const Policy& policy, std::optional<PolicyKind> kind, const std::string& path) {
    Result<PolicySummary> summary =
        summarize(policy, Catalogue::embedded(), {.kind = kind, .path = path});
    if (!summary) {
      fail_at(*policy.source, summary.error());
    } else if (!policy.has_statement) {
      fail(policy.source->name(),
           {ErrorCode::kNotAPolicy,
            "`" + policy.source->name() + "` holds no policy: it has no `Statement`",
            "name a file with a policy in JSON",
            {}});
    } else {
      show(policy, *std::move(summary));
    }
  }

  // Text goes out at once: a summary of every action takes a megabyte.
  void show(const Policy& policy, PolicySummary summary) {
    if (!options_.json) {
      if (std::exchange(printed_, true)) print_out("\n");
      print_out(render_text(summary));
      return;
    }
    actions_kept_ += summary.allowed;
    if (actions_kept_ > kMaxActionsKept) {
      if (!std::exchange(told_full_, true))
        fail_at(*policy.source,
                {ErrorCode::kLimitExceeded,
                 "the policies allow more than " + std::to_string(kMaxActionsKept) +
                     " actions together; this one and what follows was not explained",
                 "explain fewer policies at once, or as text", policy.span});
      return;
    }
    summaries_.push_back(std::move(summary));
  }

  void fail(const std::string& path, const Error& error) {
    print_error(escape_controls(error.message + (error.help.empty() ? "" : "; " + error.help)));
    errors_.push_back({path, error});
  }

  void fail_at(const Source& source, Error error) {
    const Position place = source.position(error.span.begin);
    error.message = source.name() + ":" + std::to_string(place.line) + ":" +
                    std::to_string(place.column) + ": " + error.message;
    fail(source.name(), error);
  }

  const ExplainCommandOptions& options_;
  std::vector<PolicySummary> summaries_;
  std::vector<FileError> errors_;
  std::size_t actions_kept_ = 0;
  bool printed_ = false;
  bool told_full_ = false;
};

}  // namespace

int run_explain(const ExplainCommandOptions& options) {
  if (std::ranges::count(options.paths, "-") > 1) {
    print_error("standard input is named twice; name `-` once");
    return kUsage;
  }
  return Explainer(options).run();
}

}  // namespace iamcheck::cli
