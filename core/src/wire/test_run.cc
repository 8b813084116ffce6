// From test files to outcomes.
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "iamcheck/call.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/evaluate.h"
#include "iamcheck/test_cases.h"
#include "text/utf8.h"
#include "wire/line_splitter.h"
#include "wire/placed_policies.h"
#include "wire/request_reader.h"
#include "wire/test_coverage.h"
#include "wire/test_fixtures.h"
#include "wire/test_names.h"
#include "wire/test_table.h"

namespace iamcheck {
namespace {

constexpr std::array<std::string_view, 5> kCaseMembers = {"expect", "why", "rule", "decidedBy",
                                                          "missingContext"};
constexpr std::array<std::string_view, 8> kFileMembers = {
    "$schema", "policies", "principals", "resources", "contexts", "defaults", "cases", "tables"};
constexpr std::array<std::string_view, 6> kAnswers = {
    "allowed", "denied", "Allowed", "ExplicitlyDenied", "ImplicitlyDenied", "Undecided"};

bool is_answer(std::string_view expected, DecisionKind given) {
  if (expected == "allowed") return given == DecisionKind::kAllowed;
  if (expected == "denied")
    return given == DecisionKind::kExplicitlyDenied || given == DecisionKind::kImplicitlyDenied;
  return expected == to_string(given);
}

std::string text_member(const Node& object, std::string_view name) {
  const Node* member = object.find(name);
  return member != nullptr && member->is_text() ? member->text : std::string();
}

bool ends_with_any(const std::string& name, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [&](auto end) { return name.ends_with(end); });
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + text;
  return out.empty() ? "none" : out;
}

}  // namespace

class TestRun::Implementation {
 public:
  explicit Implementation(TestOptions options) : options_(std::move(options)) {}

  void add(const std::shared_ptr<const Source>& source) {
    const std::size_t before = report.cases.size() + report.errors.size();
    read(source);
    // A file that tests nothing must not look like one whose tests passed.
    if (report.cases.size() + report.errors.size() != before || told_of_limit_) return;
    Error none{ErrorCode::kInvalidArgument,
               "the file has no test case",
               "docs/testing-policies.md shows how test cases look",
               {}};
    report.errors.push_back({source->name(), 1, 1, std::move(none)});
  }

  TestReport report;

 private:
  void read(const std::shared_ptr<const Source>& source) {
    if (ends_with_any(source->name(), {".jsonl", ".ndjson", "<stdin>"})) return add_lines(*source);
    ReadOptions reading;
    reading.limits = options_.limits;
    Result<Document> document = ends_with_any(source->name(), {".yaml", ".yml"})
                                    ? read_yaml(source, reading)
                                    : read_json(source, reading);
    if (!document) return fail(*source, 0, document.error());
    run_file(*document);
  }

  void add_lines(const Source& source) {
    LineSplitter splitter(options_.limits.max_bytes);
    std::vector<InputLine> lines = splitter.feed(source.text());
    for (InputLine& last : splitter.finish()) lines.push_back(std::move(last));
    ReadOptions reading;
    reading.limits = options_.limits;
    for (InputLine& line : lines) {
      const auto text = Source::from_bytes(source.name(), std::move(line.text));
      const auto lines_before = static_cast<std::uint32_t>(line.number - 1);
      const Result<Document> document = read_json(text, reading);
      if (!document) {
        fail(*text, lines_before, document.error());
        continue;
      }
      if (const auto twice = find_duplicate_key(document->root)) {
        fail(*text, lines_before, *twice);
        continue;
      }
      File file{*document, TestFixtures(*document, options_), lines_before, {}};
      run_case(file, document->root);
    }
  }

  // What the cases of one file share.
  struct File {
    const Document& document;
    TestFixtures fixtures;
    std::uint32_t lines_before = 0;
    std::map<std::string, std::shared_ptr<const CompiledPolicies>> compiled = {};
    std::map<std::pair<const Policy*, std::uint32_t>, std::size_t> coverage = {};
  };

  void run_file(const Document& document) {
    if (const auto twice = find_duplicate_key(document.root))
      return fail(*document.source, 0, *twice);
    File file{document, TestFixtures(document, options_)};
    const Node& root = document.root;
    if (root.is_list()) return run_list(file, root, false);
    if (!root.is_object()) {
      return fail(*document.source, 0,
                  {ErrorCode::kInvalidArgument,
                   "the file holds a " + std::string(to_string(root.kind)) + ", not test cases",
                   "docs/testing-policies.md shows how test cases look", root.span});
    }
    for (const Member& member : root.members) {
      if (std::ranges::find(kFileMembers, member.name) != kFileMembers.end()) continue;
      fail(*document.source, 0,
           {ErrorCode::kInvalidArgument,
            "a test file has no member `" + escape_hidden(member.name.substr(0, 120)) + "`",
            "it has `policies`, `principals`, `resources`, `contexts`, `defaults`, `cases` and "
            "`tables`",
            member.name_span});
    }
    for (const Error& error : check_fixtures(root, kCaseMembers)) fail(*document.source, 0, error);
    for (const Error& error : file.fixtures.read_all()) fail(*document.source, 0, error);
    cover(file);
    if (const Node* cases = root.find("cases")) run_list(file, *cases, false);
    if (const Node* tables = root.find("tables")) run_list(file, *tables, true);
    if (root.find("cases") == nullptr && root.find("tables") == nullptr) {
      fail(*document.source, 0,
           {ErrorCode::kInvalidArgument, "the file has neither `cases` nor `tables`",
            "docs/testing-policies.md shows how test cases look", root.span});
    }
  }

  void run_list(File& file, const Node& list, bool tables) {
    if (!list.is_list()) {
      return fail(*file.document.source, file.lines_before,
                  {ErrorCode::kInvalidArgument, "this is no list", "write a list", list.span});
    }
    for (const Node& item : list.items) {
      if (!tables) {
        run_case(file, item);
        continue;
      }
      const auto error = for_each_cell(item, [&](const Node& one) {
        run_case(file, one);
        return report.cases.size() < options_.max_cases;
      });
      if (error) fail(*file.document.source, file.lines_before, *error);
    }
  }

  void run_case(File& file, const Node& given) {
    if (std::optional<Error> error = try_case(file, given))
      fail(*file.document.source, file.lines_before, *error);
  }

  std::optional<Error> try_case(File& file, const Node& given) {
    if (report.cases.size() >= options_.max_cases) {
      if (std::exchange(told_of_limit_, true)) return std::nullopt;
      return Error{ErrorCode::kLimitExceeded,
                   "there are more than " + std::to_string(options_.max_cases) + " cases",
                   "run the files one by one", given.span};
    }
    if (!given.is_object())
      return Error{ErrorCode::kInvalidArgument, "a case is an object",
                   "see docs/testing-policies.md", given.span};
    const Node* expect = given.find("expect");
    if (expect == nullptr || !expect->is_text() ||
        std::ranges::find(kAnswers, expect->text) == kAnswers.end()) {
      return Error{ErrorCode::kInvalidArgument, "the case does not say what to `expect`",
                   "expect `allowed`, `denied`, `Allowed`, `ExplicitlyDenied`, `ImplicitlyDenied` "
                   "or `Undecided`",
                   expect == nullptr ? given.span : expect->span};
    }
    const Result<Node> completed = file.fixtures.complete(given);
    if (!completed) return completed.error();
    if (auto error = check_expectations(*completed)) return error;
    if (auto error = check_words(*completed, given, file.document.root)) return error;
    RequestGrammar grammar;
    grammar.other_members = kCaseMembers;
    grammar.policy_names = true;
    Result<RequestParts> parts = read_request(*completed, grammar);
    if (!parts) return parts.error();
    // A test that was not read wholly proves nothing.
    if (!parts->warnings.empty())
      return Error{ErrorCode::kInvalidArgument, parts->warnings[0].message,
                   "see docs/testing-policies.md", given.span};
    if (!parts->policy_set.empty())
      return Error{ErrorCode::kInvalidArgument, "`policySet` is for `iamcheck simulate`",
                   "name policies under `policies`", given.span};
    if (parts->resource_is_pattern)
      return Error{ErrorCode::kUnsupported, "`resourceIsPattern` is for `iamcheck simulate`",
                   "test single resources, or `*`", given.span};
    Result<std::shared_ptr<const CompiledPolicies>> policies = compiled(file, parts->policies);
    if (!policies) return policies.error();
    Call call{std::move(parts->fields), std::move(parts->units)};
    if (call.units.empty())
      call.units.push_back(
          {call.fields.action, call.fields.resource, call.fields.resource_account});
    const Result<std::vector<UnitQuestion>> units =
        split_call(call, (*policies)->set, Catalogue::embedded());
    if (!units) {
      Error error = units.error();
      error.span = given.span;
      return error;
    }
    judge(file, given, **policies, *units);
    return std::nullopt;
  }

  Result<std::shared_ptr<const CompiledPolicies>> compiled(File& file,
                                                           const std::vector<PolicyPart>& parts) {
    std::string key;
    for (const PolicyPart& part : parts) {
      key += info(part.kind).name;
      key += ' ' + std::to_string(part.name.size()) + ' ' + part.name;
      if (part.node != nullptr)
        key +=
            ' ' + std::to_string(part.node->span.begin) + '-' + std::to_string(part.node->span.end);
    }
    if (const auto known = file.compiled.find(key); known != file.compiled.end())
      return known->second;
    CompiledPolicies out;
    for (const PolicyPart& part : parts) {
      if (part.opens_level) {
        out.set.add_level(part.kind, part.name);
        continue;
      }
      Result<std::shared_ptr<const Policy>> policy = file.fixtures.policy(*part.node);
      if (!policy) return policy.error();
      add_policy(part.name, part.kind, *policy, out);
    }
    out.warnings = check_policies(out.set);
    auto shared = std::make_shared<const CompiledPolicies>(std::move(out));
    // Tables ask the same policies again and again; a file of single cases does not.
    constexpr std::size_t kMostKept = 1000;
    if (file.compiled.size() >= kMostKept) file.compiled.clear();
    file.compiled.emplace(std::move(key), shared);
    return shared;
  }

  void judge(File& file, const Node& given, const CompiledPolicies& policies,
             const std::vector<UnitQuestion>& units) {
    const CallDecision decision =
        decide_units(units, Catalogue::embedded(), {.trace = true, .warnings = true});
    CaseOutcome outcome;
    outcome.file = file.document.source->name();
    outcome.line = place(file, given.span).line;
    outcome.rule = text_member(given, "rule");
    outcome.expected = text_member(given, "expect");
    outcome.given = decision.kind;
    outcome.name = text_member(given, "why");
    outcome.name += (outcome.name.empty() ? "" : ": ") + words_of(given, units);
    if (!is_answer(outcome.expected, decision.kind)) {
      outcome.details.push_back("expected " + outcome.expected + ", got " +
                                std::string(to_string(decision.kind)));
    }
    check_missing(given, decision, outcome);
    check_decided_by(given, policies, decision, outcome);
    outcome.passed = outcome.details.empty();
    if (!outcome.passed) {
      const std::size_t unit = decision.deciding_unit.value_or(0);
      if (units.size() > 1)
        outcome.details.push_back(explain_units(units, decision).sentence + ": unit " +
                                  std::to_string(unit + 1) + " of " + std::to_string(units.size()));
      explain_failure(file, policies, units[unit].request, decision.units[unit].decision, outcome);
    }
    add_warnings(decision.warnings, outcome);
    for (const UnitDecision& unit : decision.units) add_warnings(unit.decision.warnings, outcome);
    add_warnings(policies.warnings, outcome);
    for (std::string& detail : outcome.details) policies.hide_secrets(detail);
    for (std::string& warning : outcome.warnings) policies.hide_secrets(warning);
    ++(outcome.passed ? report.passed : report.failed);
    report.cases.push_back(std::move(outcome));
    count_use(file, policies, units, decision);
  }

  // The request in words.
  static std::string words_of(const Node& given, const std::vector<UnitQuestion>& units) {
    std::string resource = text_member(given, "resource");
    if (resource.empty() && given.find("units") != nullptr)
      resource = units[0].request.fields().resource;
    std::string words =
        text_member(given, "principal") + " " + units[0].request.action() + " " + resource;
    if (units.size() > 1) words += " and " + std::to_string(units.size() - 1) + " more";
    return words;
  }

  static void add_warnings(const std::vector<DecisionWarning>& warnings, CaseOutcome& outcome) {
    for (const DecisionWarning& warning : warnings) {
      // A case asks about one part of a call; that the call has more of them is no doubt of it.
      if (warning.code == "further-units") continue;
      outcome.warnings.push_back(warning.code + ": " + warning.message);
    }
  }

  static void check_missing(const Node& given, const CallDecision& decision, CaseOutcome& outcome) {
    const Node* keys = given.find("missingContext");
    if (keys == nullptr) return;
    std::vector<std::string> wanted;
    wanted.reserve(keys->items.size());
    for (const Node& key : keys->items) wanted.push_back(key.text);
    std::ranges::sort(wanted);
    if (wanted == decision.missing_context) return;
    outcome.details.push_back("expected the missing keys " + joined(wanted) + ", got " +
                              joined(decision.missing_context));
  }

  // Of the unit that decides; all units of an allowed call do, and one of them is enough.
  static void check_decided_by(const Node& given, const CompiledPolicies& policies,
                               const CallDecision& decision, CaseOutcome& outcome) {
    const Node* wanted = given.find("decidedBy");
    if (wanted == nullptr) return;
    const Node* wanted_policy = wanted->find("policy");
    const Node* wanted_sid = wanted->find("sid");
    std::string was;
    for (std::size_t i = 0; i < decision.units.size(); ++i) {
      if (decision.deciding_unit.value_or(i) != i) continue;
      const std::optional<StatementRef>& by = decision.units[i].decision.decided_by;
      if (!by.has_value()) continue;
      const AttachedPolicy& attached = policies.set.policies()[by->policy];
      const Statement& statement = attached.policy->statements[by->statement];
      const std::string sid = statement.sid ? statement.sid->value : "";
      if ((wanted_policy == nullptr || wanted_policy->text == attached.name) &&
          (wanted_sid == nullptr || wanted_sid->text == sid))
        return;
      if (was.empty()) was = attached.name + " " + sid;
    }
    outcome.details.push_back("expected to be decided by " + text_member(*wanted, "policy") + " " +
                              text_member(*wanted, "sid") + ", was decided by " +
                              (was.empty() ? "no statement" : was));
  }

  static void explain_failure(const File& file, const CompiledPolicies& policies,
                              const Request& request, const Decision& decision,
                              CaseOutcome& outcome) {
    const Explanation explanation = explain(policies.set, request, decision);
    outcome.details.push_back(explanation.sentence + ": " + explanation.cause);
    for (const StatementNote& note : explanation.deciding) {
      Position at = note.source->position(note.span.begin);
      // The text of a line of JSON Lines is a source of its own.
      if (note.source == file.document.source) at.line += file.lines_before;
      outcome.details.push_back(note.text + " by " + note.policy +
                                (note.sid.empty() ? "" : ", statement " + note.sid) + " (" +
                                note.source->name() + ":" + std::to_string(at.line) + ":" +
                                std::to_string(at.column) + ")");
    }
    if (!decision.missing_context.empty())
      outcome.details.push_back("it hangs on " + joined(decision.missing_context));
  }

  // A row for each statement of each named policy.
  void cover(File& file) {
    for (const auto& [name, policy] : file.fixtures.named()) {
      for (std::uint32_t s = 0; s < policy->statements.size(); ++s) {
        const Statement& statement = policy->statements[s];
        StatementCoverage row;
        row.policy = name;
        row.file = policy->source->name();
        row.line = policy->source->position(statement.span.begin).line;
        row.statement = s;
        if (statement.sid) row.sid = statement.sid->value;
        file.coverage[{policy.get(), s}] = report.statements.size();
        report.statements.push_back(std::move(row));
      }
    }
  }

  // What decided a unit of a case, and what matched it, counts once for the case.
  void count_use(File& file, const CompiledPolicies& policies,
                 const std::vector<UnitQuestion>& units, const CallDecision& call) {
    const auto row = [&](StatementRef ref) -> StatementCoverage* {
      const Policy* policy = policies.set.policies()[ref.policy].policy.get();
      const auto found = file.coverage.find({policy, ref.statement});
      return found == file.coverage.end() ? nullptr : &report.statements[found->second];
    };
    using Refs = std::set<std::pair<std::uint32_t, std::uint32_t>>;
    Refs decided, applied;
    for (std::size_t i = 0; i < call.units.size(); ++i) {
      const Decision& decision = call.units[i].decision;
      for (const StatementTrace& trace : decision.trace) {
        if (trace.truth == Truth::kTrue)
          applied.emplace(trace.statement.policy, trace.statement.statement);
      }
      if (call.deciding_unit.value_or(i) != i) continue;
      for (const StatementRef& ref :
           statements_that_decided(policies.set, units[i].request, decision))
        decided.emplace(ref.policy, ref.statement);
    }
    for (const auto& [policy, statement] : decided) {
      if (StatementCoverage* use = row({policy, statement})) ++use->decided;
    }
    for (const auto& [policy, statement] : applied) {
      if (StatementCoverage* use = row({policy, statement})) ++use->applied;
    }
  }

  static Position place(const File& file, const Span& span) {
    Position position = file.document.source->position(span.begin);
    position.line += file.lines_before;
    return position;
  }

  void fail(const Source& source, std::uint32_t lines_before, const Error& error) {
    const Position at = source.position(error.span.begin);
    report.errors.push_back({source.name(), at.line + lines_before, at.column, error});
  }

  TestOptions options_;
  bool told_of_limit_ = false;
};

TestRun::TestRun(TestOptions options)
    : implementation_(std::make_unique<Implementation>(std::move(options))) {}
TestRun::~TestRun() = default;
TestRun::TestRun(TestRun&&) noexcept = default;
TestRun& TestRun::operator=(TestRun&&) noexcept = default;

void TestRun::add(const std::shared_ptr<const Source>& source) { implementation_->add(source); }
const TestReport& TestRun::report() const { return implementation_->report; }

}  // namespace iamcheck
