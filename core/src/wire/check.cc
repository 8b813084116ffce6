#include "iamcheck/check.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "iamcheck/arn.h"
#include "iamcheck/document.h"
#include "text/utf8.h"
#include "wire/access_json.h"

namespace iamcheck {
namespace {

using Json = nlohmann::ordered_json;
using Kind = AccessCheck::Kind;

struct KindName {
  Kind kind;
  std::string_view name;
  std::string_view pass, fail;
};
// The messages of FAIL for the first two are AWS's.
constexpr std::array<KindName, 5> kKinds = {{
    {Kind::kNoNewAccess, "no-new-access",
     "The modified permissions do not grant new access compared to your existing policy.",
     "The modified permissions grant new access compared to your existing policy."},
    {Kind::kAccessNotGranted, "access-not-granted",
     "The policy document does not grant access to perform the listed actions or resources.",
     "The policy document grants access to perform one or more of the listed actions."},
    {Kind::kNoPublicAccess, "no-public-access",
     "The resource policy does not grant public access for the given resource type.",
     "The resource policy grants public access for the given resource type."},
    {Kind::kEquivalence, "equivalence", "The two policies allow exactly the same.",
     "The two policies do not allow the same."},
    {Kind::kRedundancy, "redundancy", "Every statement of the policy is needed.",
     "The policy allows the same without some of its statements."},
}};

const KindName& name_of(Kind kind) { return *std::ranges::find(kKinds, kind, &KindName::kind); }

Error invalid(std::string message, std::string help) {
  return {ErrorCode::kInvalidArgument, std::move(message), std::move(help), {}};
}

std::string quote(std::string_view text) {
  constexpr std::size_t kMost = 120;
  return "`" + escape_hidden(text.substr(0, kMost)) + "`";
}

// A question, and the policies of it that a line holds as JSON: they are read with the line.
struct Question {
  AccessCheck check;
  const Document* line = nullptr;

  Result<Policy> parse(const std::string& name, const std::string& text) const {
    const Node* node = line != nullptr ? line->root.find(name) : nullptr;
    return node != nullptr && node->is_object() ? parse_policy(*line, *node)
                                                : parse_policy(name, text);
  }
};

// What people call the policy of a member.
std::string called(const std::string& name) { return name == "policy" ? "given" : name; }

Result<Policy> read_policy(const Question& question, const std::string& name,
                           const std::string& text) {
  if (text.empty())
    return invalid("no " + called(name) + " policy is given", "give it as JSON, or as file://PATH");
  Result<Policy> policy = question.parse(name, text);
  if (policy && policy->has_statement) return policy;
  Error error = policy ? Error{ErrorCode::kNotAPolicy,
                               "it has no `Statement`",
                               "write {\"Version\": \"2012-10-17\", \"Statement\": [...]}",
                               {}}
                       : policy.error();
  error.message = "the " + called(name) + " policy: " + error.message;
  return error;
}

std::string sid_of(const Policy& policy, const StatementRef& ref) {
  if (ref.statement >= policy.statements.size()) return {};
  const Statement& statement = policy.statements[ref.statement];
  return statement.sid ? statement.sid->value : std::string();
}

Json reason_json(const Policy& policy, const StatementRef& ref, std::string_view what) {
  Json reason = {{"description", std::string(what) + " in the statement with index: " +
                                     std::to_string(ref.statement) + "."},
                 {"statementIndex", ref.statement}};
  const std::string sid = sid_of(policy, ref);
  if (!sid.empty()) reason["statementId"] = sid;
  return reason;
}

void add_verdict(Json& json, const KindName& kind, Verdict verdict) {
  json["result"] = to_string(verdict);
  const std::string_view certainty = certainty_of(verdict);
  json["certainty"] = certainty.empty() ? Json(nullptr) : Json(certainty);
  json["message"] = verdict == Verdict::kPass      ? kind.pass
                    : verdict == Verdict::kUnknown ? "The limits of one check were reached."
                                                   : kind.fail;
}

struct Checked {
  Json json;
  Verdict verdict = Verdict::kUnknown;
};

// Both readings of ARNs: the component-wise one is AWS's.
template <typename Ask>
Checked answer_sets(Kind kind, const Policy& policy, AnalysisOptions options, Json json, Ask ask) {
  options.arn_matching = ArnMatching::kComponentWise;
  const AccessAnswer answer = ask(options);
  options.arn_matching = ArnMatching::kDocumented;
  options.max_pieces = 0;
  const AccessAnswer other = answer.depends_on_reading ? ask(options) : answer;
  add_verdict(json, name_of(kind), answer.verdict);
  const std::string_view what = kind == Kind::kNoNewAccess      ? "New access"
                                : kind == Kind::kNoPublicAccess ? "Public access granted"
                                : kind == Kind::kAccessNotGranted
                                    ? "One or more of the listed actions or resources"
                                    : "Other access";
  json["reasons"] = Json::array();
  for (const StatementRef& ref : answer.reasons)
    json["reasons"].push_back(reason_json(policy, ref, what));
  if (answer.witness) json["witness"] = witness_json(*answer.witness);
  json["added"] = pieces_json(answer);
  if (!answer.added_complete) json["addedComplete"] = false;
  Json reading = {{"result", to_string(other.verdict)}};
  if (other.witness) reading["witness"] = witness_json(*other.witness);
  json["otherReading"] = std::move(reading);
  json["assumptions"] = answer.assumptions;
  return {std::move(json), answer.verdict};
}

Result<Checked> check_pair(const Question& question, const AnalysisOptions& options) {
  const AccessCheck& check = question.check;
  Json json = Json::object();
  const Result<Policy> existing = read_policy(question, "existing", check.existing);
  if (!existing) return existing.error();
  const Result<Policy> updated = read_policy(question, "new", check.updated);
  if (!updated) return updated.error();
  const PolicyKind kind = check.policy_kind;
  if (check.kind == Kind::kEquivalence) {
    AnalysisOptions one_way = options;
    one_way.max_pieces = 0;
    one_way.arn_matching = ArnMatching::kComponentWise;
    const bool grows = no_new_access(*existing, *updated, kind, one_way).verdict != Verdict::kPass;
    json["direction"] = grows ? "added" : "removed";
    if (!grows) {
      Checked back =
          answer_sets(check.kind, *existing, options, json, [&](const AnalysisOptions& how) {
            return no_new_access(*updated, *existing, kind, how);
          });
      if (back.verdict != Verdict::kPass) return back;
      json.erase("direction");
    }
  }
  return answer_sets(
      check.kind, *updated, options, std::move(json),
      [&](const AnalysisOptions& how) { return no_new_access(*existing, *updated, kind, how); });
}

Result<Checked> check_redundancy(const Question& question, AnalysisOptions options) {
  const AccessCheck& check = question.check;
  Json json = Json::object();
  const Result<Policy> policy = read_policy(question, "policy", check.policy);
  if (!policy) return policy.error();
  options.arn_matching = ArnMatching::kStrict;
  const RedundancyAnswer answer = redundant_statements(*policy, check.policy_kind, options);
  const Verdict verdict = !answer.redundant.empty() ? Verdict::kFailConfirmed
                          : answer.unknown.empty()  ? Verdict::kPass
                                                    : Verdict::kUnknown;
  add_verdict(json, name_of(check.kind), verdict);
  // What is redundant is proved to be.
  if (verdict != Verdict::kUnknown) json["certainty"] = "proved";
  json["reasons"] = Json::array();
  for (const RedundantStatement& one : answer.redundant) {
    json["reasons"].push_back(
        reason_json(*policy, {0, one.statement},
                    one.deny ? "No effect within this document" : "Nothing of its own"));
  }
  json["unknown"] = answer.unknown;
  return Checked{std::move(json), verdict};
}

// What a member says where any value may stand: texts decoded, the rest as written.
std::string text_of(const Document& document, const Node& value) {
  return value.is_text() ? value.text : std::string(document.source->slice(value.span));
}

std::optional<Error> read_list(const Node& value, std::vector<std::string>& out) {
  if (value.is_text()) {
    out.push_back(value.text);
    return std::nullopt;
  }
  if (!value.is_list()) return invalid("a list of texts is expected", "write [\"s3:GetObject\"]");
  for (const Node& one : value.items) {
    if (!one.is_text()) return invalid("a list of texts is expected", "write [\"s3:GetObject\"]");
    out.push_back(one.text);
  }
  return std::nullopt;
}

std::optional<Error> read_access_json(const Node& value, std::vector<AccessQuestion>& access) {
  if (value.is_list()) {
    for (const Node& one : value.items) {
      if (auto error = read_access_json(one, access)) return error;
    }
    return std::nullopt;
  }
  if (!value.is_object()) return invalid("an access is an object", "write {\"actions\": [...]}");
  AccessQuestion one;
  for (const auto& [name, _, list] : value.members) {
    std::vector<std::string>* out = name == "actions"     ? &one.actions
                                    : name == "resources" ? &one.resources
                                                          : nullptr;
    if (out == nullptr)
      return invalid("an access has no " + quote(name), "its members are actions and resources");
    if (auto error = read_list(list, *out)) return error;
  }
  access.push_back(std::move(one));
  return std::nullopt;
}

std::optional<Error> read_member(const Document& document, const Member& member,
                                 AccessCheck& check) {
  const auto& [name, _, value] = member;
  if (name == "existing") {
    check.existing = text_of(document, value);
  } else if (name == "new") {
    check.updated = text_of(document, value);
  } else if (name == "policy") {
    check.policy = text_of(document, value);
  } else if (name == "resourceType") {
    check.resource_type = text_of(document, value);
  } else if (name == "access") {
    check.access.clear();
    return read_access_json(value, check.access);
  } else if (name == "policyType") {
    const auto type = check_policy_type(text_of(document, value));
    if (!type) return type.error();
    check.policy_kind = *type;
  } else if (name != "id" && name != "kind") {
    // A misspelt `policyType` would be another question.
    return invalid("a question has no member " + quote(name),
                   "docs/schema/check-question-v1.schema.json has them");
  }
  return std::nullopt;
}

Result<AccessCheck> read_question(const Document& document) {
  AccessCheck check;
  const Node* kind = document.root.find("kind");
  const auto* row = kind == nullptr || !kind->is_text()
                        ? kKinds.end()
                        : std::ranges::find(kKinds, std::string_view(kind->text), &KindName::name);
  if (row == kKinds.end())
    return invalid(
        "`kind` is none of the checks",
        "write no-new-access, access-not-granted, no-public-access, equivalence or redundancy");
  check.kind = row->kind;
  for (const Member& member : document.root.members) {
    if (auto error = read_member(document, member, check)) return *error;
  }
  return check;
}

Json error_json(const Error& error) {
  return {{"code", to_string(error.code)}, {"message", error.message}, {"help", error.help}};
}

Result<Checked> checked(const Question& question, const AnalysisOptions& options) {
  const AccessCheck& check = question.check;
  if (check.kind == Kind::kNoNewAccess || check.kind == Kind::kEquivalence)
    return check_pair(question, options);
  if (check.kind == Kind::kRedundancy) return check_redundancy(question, options);
  const Result<Policy> policy = read_policy(question, "policy", check.policy);
  if (!policy) return policy.error();
  if (check.kind == Kind::kNoPublicAccess) {
    const auto kind = public_access_kind(check.resource_type);
    if (!kind) {
      return invalid(
          check.resource_type.empty()
              ? "no resource type is given"
              : quote(check.resource_type) + " is no resource type of this check",
          "write one such as AWS::S3::Bucket; `iamcheck check no-public-access --help` lists them");
    }
    return answer_sets(
        check.kind, *policy, options, Json::object(),
        [&](const AnalysisOptions& how) { return no_public_access(*policy, *kind, how); });
  }
  if (auto error = check_access(check.access)) return *error;
  return answer_sets(check.kind, *policy, options, Json::object(), [&](const AnalysisOptions& how) {
    return access_not_granted(*policy, check.access, check.policy_kind, how);
  });
}

}  // namespace

// "Invalid ARN": AWS takes a wildcard only in the part that names the resource.
std::optional<Error> check_access(const std::vector<AccessQuestion>& access) {
  const auto is_empty = [](const AccessQuestion& one) {
    return one.actions.empty() && one.resources.empty();
  };
  if (access.empty() || std::ranges::any_of(access, is_empty))
    return invalid("no action and no resource is given",
                   "give actions such as s3:GetObject, ARNs of resources, or both");
  for (const AccessQuestion& one : access) {
    if (one.actions.size() > kMaxAccessEntries || one.resources.size() > kMaxAccessEntries)
      return invalid("more than " + std::to_string(kMaxAccessEntries) + " actions or resources",
                     "ask in several checks");
    for (const std::string& action : one.actions) {
      if (ActionText(action).never)
        return invalid(quote(action) + " is no action",
                       "write it as service:Name, such as s3:GetObject");
    }
    for (const std::string& resource : one.resources) {
      const auto arn = Arn::parse(resource);
      const bool early =
          arn && (resource.substr(0, resource.size() - arn->resource.size()).find_first_of("*?") !=
                  std::string::npos);
      if (!arn || early || arn->resource.empty())
        return invalid("Invalid ARN: " + quote(resource),
                       "write the whole ARN; wildcards are for its last part alone");
    }
  }
  return std::nullopt;
}

std::optional<Error> read_access(const std::string& text, std::vector<AccessQuestion>& access) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string::npos && (text[first] == '{' || text[first] == '[')) {
    const Result<Document> json = read_json(Source::from_bytes("--access", text), {});
    if (!json) return json.error();
    return read_access_json(json->root, access);
  }
  // The shorthand: a word with an equals sign begins a list, others go on with it.
  AccessQuestion one;
  std::vector<std::string>* list = nullptr;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    std::string word = text.substr(begin, end - begin);
    begin = end + 1;
    for (const auto& [name, out] :
         {std::pair<std::string_view, std::vector<std::string>*>("actions=", &one.actions),
          {"resources=", &one.resources}}) {
      if (!word.starts_with(name)) continue;
      list = out;
      word.erase(0, name.size());
    }
    if (list == nullptr)
      return invalid(quote(text) + " is no access",
                     "write actions=s3:GetObject,s3:PutObject or resources=ARN, or JSON");
    if (!word.empty()) list->push_back(std::move(word));
  }
  access.push_back(std::move(one));
  return std::nullopt;
}

Result<PolicyKind> check_policy_type(std::string_view name) {
  const std::optional<PolicyKind> kind = policy_kind_from(name);
  if (kind) return *kind;
  return invalid(quote(name) + " is no type of policy", "write IDENTITY_POLICY or RESOURCE_POLICY");
}

Result<CheckAnswer> run_check(const AccessCheck& check, int indent,
                              const AnalysisOptions& options) {
  const Result<Checked> done = checked({check, nullptr}, options);
  if (!done) return done.error();
  return CheckAnswer{done->json.dump(indent, ' ', false, Json::error_handler_t::replace),
                     done->verdict, true};
}

CheckAnswer run_check_line(std::string_view line, std::size_t number,
                           const std::function<std::uint64_t()>& clock) {
  const std::uint64_t start = clock ? clock() : 0;
  const Result<Document> document =
      read_json(Source::from_bytes("the line", std::string(line)), {});
  Json out = {{"id", nullptr}};
  CheckAnswer answer;
  Result<Checked> result = Checked{};
  if (!document) {
    result = document.error();
  } else if (!document->root.is_object()) {
    result = Error{
        ErrorCode::kJsonSyntax, "the line is no JSON object", "write one question a line", {}};
  } else {
    if (const Node* id = document->root.find("id"))
      out["id"] = Json::parse(document->source->slice(id->span), nullptr, false);
    const Result<AccessCheck> check = read_question(*document);
    if (check) {
      result = checked({*check, &*document}, {});
    } else {
      result = check.error();
    }
  }
  if (!result) {
    out["line"] = number;
    out["error"] = error_json(result.error());
    answer.answered = false;
  } else {
    for (auto& [name, value] : result->json.items()) out[name] = std::move(value);
    if (clock) out["microseconds"] = clock() - start;
    answer.verdict = result->verdict;
  }
  answer.json = out.dump(-1, ' ', false, Json::error_handler_t::replace);
  return answer;
}

StatementLabels statement_labels(const Policy& policy) {
  std::vector<std::string> labels;
  labels.reserve(policy.statements.size());
  for (const Statement& statement : policy.statements) {
    labels.push_back("statement " + std::to_string(statement.index) +
                     (statement.sid ? " \"" + statement.sid->value + "\"" : ""));
  }
  return {std::move(labels)};
}

StatementPlaces statement_places(const Policy& policy) {
  StatementPlaces places;
  places.reserve(policy.statements.size());
  for (const Statement& statement : policy.statements) {
    StatementPlace place;
    if (policy.source) {
      place.begin = policy.source->position(statement.span.begin);
      place.end = policy.source->position(statement.span.end);
      place.known = true;
    }
    places.push_back(place);
  }
  return places;
}

StatementLabels statement_labels(const PolicySet& policies) {
  StatementLabels labels;
  for (const AttachedPolicy& attached : policies.policies()) {
    labels.push_back(std::move(statement_labels(*attached.policy)[0]));
    const std::string of =
        " of " + std::string(info(attached.kind).name) + " policy " + attached.name;
    for (std::string& label : labels.back()) label += of;
  }
  return labels;
}

}  // namespace iamcheck
