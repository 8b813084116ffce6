// A batch of lines goes through three steps: every line is read (on all threads), named sets are
// entered and looked up in the order of the lines (on one), every request is answered (on all).
#include "iamcheck/simulate.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>
#include <utility>
#include <vector>

#include "account/pattern_decision.h"
#include "iamcheck/call.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/document.h"
#include "text/edit_distance.h"
#include "text/utf8.h"
#include "wire/answer_writer.h"
#include "wire/compilation_cache.h"
#include "wire/line_splitter.h"
#include "wire/placed_policies.h"
#include "wire/request_reader.h"

namespace iamcheck {
namespace {

struct NamedSet {
  PlacedPolicies policies;
  std::vector<DecisionWarning> warnings;
  std::uint64_t line = 0;
};

// One line on its way.
struct Task {
  InputLine line;
  std::shared_ptr<const Source> source;
  std::unique_ptr<const Document> document;
  RequestParts parts;
  std::optional<std::string> id;
  std::optional<Error> error;
  const NamedSet* named = nullptr;
  bool silent = false;  // it defined a set
  std::string answer;

  Place place() const {
    return {source, static_cast<std::uint32_t>(line.number - 1), line.bytes_before};
  }
};

// Calls `work(i)` for each i below `count`, on `threads` threads.
template <typename Work>
void for_each_index(std::size_t count, std::size_t threads, const Work& work) {
  constexpr std::size_t kStride = 16;
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    for (std::size_t begin = next.fetch_add(kStride); begin < count;
         begin = next.fetch_add(kStride)) {
      for (std::size_t i = begin; i < std::min(begin + kStride, count); ++i) work(i);
    }
  };
  std::vector<std::jthread> helpers;
  const std::size_t wanted = std::min(threads, (count + kStride - 1) / kStride);
  for (std::size_t i = 1; i < wanted; ++i) helpers.emplace_back(run);
  run();
}

}  // namespace

class Simulator::Implementation {
 public:
  explicit Implementation(const SimulateOptions& options)
      : options_(options), splitter_(options.max_line_bytes) {}

  std::string feed(std::string_view bytes) { return run(splitter_.feed(bytes)); }
  std::string finish() { return run(splitter_.finish()); }
  const SimulateCounts& counts() const { return counts_; }

 private:
  std::string run(std::vector<InputLine> lines) {
    std::vector<Task> tasks(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) tasks[i].line = std::move(lines[i]);
    for_each_index(tasks.size(), options_.threads, [&](std::size_t i) { read(tasks[i]); });
    for (Task& task : tasks) look_up(task);
    for_each_index(tasks.size(), options_.threads, [&](std::size_t i) { answer(tasks[i]); });
    std::string out;
    for (const Task& task : tasks) {
      ++(task.error ? counts_.errors : task.silent ? counts_.definitions : counts_.answers);
      out += task.answer;
    }
    return out;
  }

  void read(Task& task) const {
    if (task.line.too_long) {
      task.error =
          Error{ErrorCode::kLimitExceeded,
                "the line is longer than " + std::to_string(options_.max_line_bytes) + " bytes",
                "define the policies once with `policySet`",
                {}};
      return;
    }
    ReadOptions reading;
    reading.limits.max_nodes = options_.max_line_values;
    task.source = Source::from_bytes("<line>", std::move(task.line.text));
    Result<Document> document = read_json(task.source, reading);
    if (!document) {
      task.error = document.error();
      return;
    }
    task.document = std::make_unique<const Document>(*std::move(document));
    const Node& root = task.document->root;
    if (!root.is_object()) {
      task.error = Error{ErrorCode::kInvalidArgument,
                         "the line is a " + std::string(to_string(root.kind)) + ", not an object",
                         "every line is one request", root.span};
      return;
    }
    task.id = request_id(root);
    Result<RequestParts> parts = read_request(root, {});
    if (!parts) task.error = parts.error();
    if (parts) task.parts = *std::move(parts);
  }

  void look_up(Task& task) {
    if (task.error || task.parts.policy_set.empty()) return;
    const auto found = sets_.find(task.parts.policy_set);
    if (!task.parts.asks) return define(task, found != sets_.end() ? &found->second : nullptr);
    if (found == sets_.end()) {
      task.error = unknown_set(task.parts.policy_set);
      return;
    }
    task.named = &found->second;
    const PolicySet& named = task.named->policies.compiled->set;
    for (const PolicyPart& part : task.parts.policies) {
      const bool resource = part.kind == PolicyKind::kResource && named.has(PolicyKind::kTrust);
      if (!named.has(part.kind) && !resource) continue;
      task.error =
          Error{ErrorCode::kInvalidArgument,
                "both the request and its policy set hold a " + std::string(info(part.kind).title),
                "give each kind of policy in one of the two",
                {}};
      return;
    }
  }

  void define(Task& task, const NamedSet* earlier) {
    const std::string name = escape_hidden(task.parts.policy_set.substr(0, 200));
    const std::size_t bytes = task.document->source->text().size();
    if (earlier != nullptr) {
      task.error = Error{
          ErrorCode::kInvalidArgument,
          "policy set `" + name + "` is defined already, in line " + std::to_string(earlier->line),
          "give this one another name",
          {}};
    } else if (sets_.size() >= options_.max_policy_sets ||
               set_bytes_ + bytes > options_.max_policy_set_bytes) {
      task.error =
          Error{ErrorCode::kLimitExceeded,
                "the named policy sets are more than " + std::to_string(options_.max_policy_sets) +
                    ", or larger than " + std::to_string(options_.max_policy_set_bytes) + " bytes",
                "split the input",
                {}};
    }
    if (task.error) return;
    set_bytes_ += bytes;
    NamedSet set;
    set.line = task.line.number;
    set.warnings = std::move(task.parts.warnings);
    set.policies.compiled = std::make_shared<const CompiledPolicies>(
        compile(task.parts.policies, *task.document, nullptr));
    append_origins(task.parts.policies, task.place(), set.policies.origins);
    sets_.emplace(task.parts.policy_set, std::move(set));
    task.silent = true;
  }

  Error unknown_set(const std::string& name) const {
    constexpr std::size_t kMostCompared = 1000;
    std::vector<std::string_view> names;
    for (const auto& [known, set] : sets_) {
      if (names.size() < kMostCompared) names.push_back(known);
    }
    const std::string near = name.size() < 200 ? nearest_name(name, names) : "";
    return {ErrorCode::kUnknownName,
            "no line above defines the policy set `" + escape_hidden(name.substr(0, 200)) + "`",
            near.empty() ? "define it first: {\"policySet\": ..., \"identityPolicies\": [...]}"
                         : "did you mean `" + escape_hidden(near) + "`?",
            {}};
  }

  static void fail(Task& task, const Error& error) {
    const std::uint64_t column =
        task.source == nullptr ? 0 : task.source->position(error.span.begin).column;
    task.answer = error_line(task.id, task.line.number, column, error);
  }

  static void write_parts(JsonWriter& json, const std::vector<PatternPart>& parts) {
    json.key("parts").begin_list();
    for (const PatternPart& part : parts) {
      json.begin_object().key("pattern").text(part.pattern);
      json.key("decision").text(to_string(part.decision)).end_object();
    }
    json.end_list();
  }

  static void add_doubts(const Task& task, const PlacedPolicies& policies,
                         std::vector<DecisionWarning>& warnings) {
    warnings.insert(warnings.end(), policies.compiled->warnings.begin(),
                    policies.compiled->warnings.end());
    if (task.named != nullptr)
      warnings.insert(warnings.end(), task.named->warnings.begin(), task.named->warnings.end());
    warnings.insert(warnings.end(), task.parts.warnings.begin(), task.parts.warnings.end());
  }

  static void write_id(JsonWriter& json, const Task& task) {
    json.begin_object().key("id");
    if (task.id) json.text(*task.id);
    if (!task.id) json.null();
  }

  static void close(JsonWriter& json, Task& task) {
    json.end_object();
    task.answer += '\n';
    // What was read of a line is not needed until the whole batch is written.
    task.document.reset();
    task.source.reset();
  }

  void answer_call(Task& task) {
    const PlacedPolicies policies = policies_of(task);
    const Call call{std::move(task.parts.fields), std::move(task.parts.units)};
    const Result<std::vector<UnitQuestion>> questions =
        split_call(call, policies.compiled->set, Catalogue::embedded());
    if (!questions) {
      Error error = questions.error();
      if (task.document != nullptr) {
        if (const Node* units = task.document->root.find("units")) error.span = units->span;
      }
      task.error = error;
      return fail(task, error);
    }
    CallDecision decision = decide_units(*questions, Catalogue::embedded(),
                                         {.trace = options_.explain, .warnings = true});
    add_doubts(task, policies, decision.warnings);
    JsonWriter json(task.answer);
    write_id(json, task);
    write_call(json, policies, *questions, decision, options_.explain);
    close(json, task);
  }

  void answer(Task& task) {
    if (task.silent) return;
    if (task.error) return fail(task, *task.error);
    if (!task.parts.units.empty()) return answer_call(task);
    PlacedPolicies policies = policies_of(task);
    const EvaluateOptions options{.trace = options_.explain, .warnings = true};
    Decision decision;
    std::vector<PatternPart> parts;
    if (task.parts.resource_is_pattern) {
      Result<PatternDecision> many =
          decide_pattern(policies.compiled->set, task.parts.fields, options);
      if (!many) {
        Error error = many.error();
        error.span = task.document->root.find("resource")->span;
        task.error = error;
        return fail(task, error);
      }
      decision = std::move(many->decision);
      parts = std::move(many->parts);
      auto narrowed = std::make_shared<CompiledPolicies>(*policies.compiled);
      narrowed->set = std::move(many->policies);
      policies.compiled = std::move(narrowed);
    }
    const Request request(std::move(task.parts.fields));
    if (!task.parts.resource_is_pattern)
      decision = evaluate(policies.compiled->set, request, options);
    std::vector<DecisionWarning>& warnings = decision.warnings;
    for (DecisionWarning& doubt : check_request(request, Catalogue::embedded())) {
      if (!task.parts.resource_is_pattern || doubt.code != "wildcard-in-resource")
        warnings.push_back(std::move(doubt));
    }
    add_doubts(task, policies, warnings);
    JsonWriter json(task.answer);
    write_id(json, task);
    write_decision(json, policies, request, decision, options_.explain);
    if (task.parts.resource_is_pattern && decision.kind == DecisionKind::kUndecided)
      write_parts(json, parts);
    close(json, task);
  }

  PlacedPolicies policies_of(const Task& task) {
    const CompiledPolicies* base = nullptr;
    PlacedPolicies out;
    if (task.named != nullptr) {
      if (task.parts.policies.empty()) return task.named->policies;
      out.origins = task.named->policies.origins;
      base = task.named->policies.compiled.get();
    }
    append_origins(task.parts.policies, task.place(), out.origins);
    out.compiled = cache_.get(key_of(task),
                              [&] { return compile(task.parts.policies, *task.document, base); });
    return out;
  }

  static std::string key_of(const Task& task) {
    std::string key = task.parts.policy_set;
    key += '\n' + std::to_string(key.size());
    for (const PolicyPart& part : task.parts.policies) {
      key += '\n';  // stands in no line
      key += info(part.kind).name;
      key += part.opens_level ? "\nlevel\n" : "\npolicy\n";
      key += std::to_string(part.name.size()) + "\n" + part.name;
      if (part.node != nullptr) key += task.document->source->slice(part.node->span);
    }
    return key;
  }

  SimulateOptions options_;
  LineSplitter splitter_;
  SimulateCounts counts_;
  std::map<std::string, NamedSet> sets_;
  std::size_t set_bytes_ = 0;
  CompilationCache cache_;
};

Simulator::Simulator(SimulateOptions options)
    : implementation_(std::make_unique<Implementation>(options)) {}
Simulator::~Simulator() = default;
Simulator::Simulator(Simulator&&) noexcept = default;
Simulator& Simulator::operator=(Simulator&&) noexcept = default;

std::string Simulator::feed(std::string_view bytes) { return implementation_->feed(bytes); }
std::string Simulator::finish() { return implementation_->finish(); }
const SimulateCounts& Simulator::counts() const { return implementation_->counts(); }

}  // namespace iamcheck
