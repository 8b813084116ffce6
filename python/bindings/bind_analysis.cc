// What policies allow that others do not: answers as JSON and text, and the statements they name.
#include <optional>
#include <utility>

#include "bind.h"
#include "iamcheck/access_report.h"
#include "iamcheck/analysis.h"
#include "iamcheck/check.h"
#include "iamcheck/credentials.h"

namespace iamcheck::python {
namespace {

using Topic = AccessReport::Topic;

AnalysisOptions options_for(const std::string& arn_matching, bool catalogued = false) {
  AnalysisOptions options;
  options.catalogued = catalogued;
  options.arn_matching = arn_matching == "component"    ? ArnMatching::kComponentWise
                         : arn_matching == "documented" ? ArnMatching::kDocumented
                                                        : ArnMatching::kStrict;
  return options;
}

// One side of a question. Copies share the policies, so it can be used without the lock.
struct Side {
  std::string name;
  std::shared_ptr<const PolicySet> set;  // null: the one policy
  PolicyHandle policy;

  StatementLabels labels() const {
    return set ? statement_labels(*set) : statement_labels(*policy.policy);
  }
  void add_text(std::string& texts) const {
    const auto add = [&](const Policy& one) {
      if (one.source) texts += one.source->text();
      texts += '\n';
    };
    if (!set) return add(*policy.policy);
    for (const AttachedPolicy& attached : set->policies()) add(*attached.policy);
  }
};

Side side_of(const PolicyHandle& handle) {
  std::string name = handle.policy->source ? std::string(handle.policy->source->name()) : "policy";
  return {std::move(name), nullptr, handle};
}
Side side_of(const std::shared_ptr<PolicySet>& set, std::string name) {
  return {std::move(name), set, {}};
}

PolicyKind kind_of(const Side& existing, const Side& updated, const std::string& kind) {
  if (existing.set) return PolicyKind::kIdentity;  // each of them has its own
  const Policy& policy = *updated.policy.policy;
  return policy_kind_from(kind).value_or(
      detect_kind(policy.statements.empty() ? *existing.policy.policy : policy));
}

AccessAnswer ask(const Side& existing, const Side& updated, PolicyKind kind,
                 const AnalysisOptions& options) {
  if (existing.set) return no_new_access(*existing.set, *updated.set, options);
  return no_new_access(*existing.policy.policy, *updated.policy.policy, kind, options);
}

// What Python gets of an answer. Credentials are masked but for `witness`, which must stay the
// request that was found.
struct Told {
  std::string json, text;
  std::optional<std::string> witness;
  std::vector<StatementRef> reasons;
};

Told tell(const AccessReport& report, const std::string& inspected) {
  std::vector<std::string> texts = {render_json(report.answer, report.labels),
                                    render_text(report, {})};
  hide_credentials(inspected, texts);
  Told told{std::move(texts[0]), std::move(texts[1]), std::nullopt, report.answer.reasons};
  if (report.answer.witness) told.witness = render_witness(*report.answer.witness);
  return told;
}

// (layer, policy, statement, sid, line, column)
py::tuple reason_tuple(const Side& side, PolicyKind kind, const StatementRef& ref) {
  const AttachedPolicy* attached = side.set ? &side.set->policies()[ref.policy] : nullptr;
  const Policy& policy = attached != nullptr ? *attached->policy : *side.policy.policy;
  const Statement& statement = policy.statements[ref.statement];
  const Position place =
      policy.source ? policy.source->position(statement.span.begin) : Position{1, 1};
  return py::make_tuple(
      to_str(info(attached != nullptr ? attached->kind : kind).name),
      to_str(attached != nullptr ? attached->name : side.name), ref.statement,
      statement.sid ? to_str_or_none(statement.sid->value) : py::object(py::none()), place.line,
      place.column);
}

// (JSON, text, witness or None, reasons)
py::tuple answer_tuple(const Told& told, const Side& side, PolicyKind kind) {
  py::list reasons;
  for (const StatementRef& ref : told.reasons) reasons.append(reason_tuple(side, kind, ref));
  return py::make_tuple(to_str(told.json), to_str(told.text),
                        told.witness ? py::object(to_str(*told.witness)) : py::none(), reasons);
}

py::tuple new_access(const Side& existing, const Side& updated, const std::string& kind_name,
                     const AnalysisOptions& options) {
  const PolicyKind kind = kind_of(existing, updated, kind_name);
  const Told told = unlocked([&] {
    std::string inspected;
    existing.add_text(inspected);
    updated.add_text(inspected);
    return tell({Topic::kNewAccess, updated.name, existing.name,
                 ask(existing, updated, kind, options), updated.labels(), existing.labels()},
                inspected);
  });
  return answer_tuple(told, updated, kind);
}

// (JSON, text, added, removed)
py::tuple compare(const Side& old_side, const Side& new_side, const std::string& kind_name,
                  const AnalysisOptions& options) {
  const PolicyKind kind = kind_of(old_side, new_side, kind_name);
  std::vector<std::string> texts;
  Told added, removed;
  unlocked([&] {
    AccessDiff diff;
    diff.old_name = old_side.name;
    diff.new_name = new_side.name;
    diff.added = ask(old_side, new_side, kind, options);
    diff.removed = ask(new_side, old_side, kind, options);
    diff.old_labels = old_side.labels();
    diff.new_labels = new_side.labels();
    std::string inspected;
    old_side.add_text(inspected);
    new_side.add_text(inspected);
    texts = {render_json(std::vector{diff}), render_text(std::vector{diff}, {})};
    hide_credentials(inspected, texts);
    added = tell({Topic::kNewAccess, diff.new_name, diff.old_name, std::move(diff.added),
                  diff.new_labels, diff.old_labels},
                 inspected);
    removed = tell({Topic::kNewAccess, diff.old_name, diff.new_name, std::move(diff.removed),
                    diff.old_labels, diff.new_labels},
                   inspected);
  });
  return py::make_tuple(to_str(texts[0]), to_str(texts[1]), answer_tuple(added, new_side, kind),
                        answer_tuple(removed, old_side, kind));
}

template <typename Ask>
py::tuple of_one_policy(const PolicyHandle& handle, PolicyKind kind, Topic topic, Ask ask_it) {
  const Side side = side_of(handle);
  const Told told = unlocked([&] {
    std::string inspected;
    side.add_text(inspected);
    return tell({topic, side.name, {}, ask_it(*handle.policy), side.labels(), {}}, inspected);
  });
  return answer_tuple(told, side, kind);
}

py::tuple granted(const PolicyHandle& handle, const py::iterable& actions,
                  const py::iterable& resources, const std::string& kind_name,
                  const std::string& arn_matching) {
  const std::vector<AccessQuestion> access = {{to_texts(actions), to_texts(resources)}};
  if (const auto error = check_access(access)) raise(*error);
  const PolicyKind kind = policy_kind_from(kind_name).value_or(detect_kind(*handle.policy));
  return of_one_policy(handle, kind, Topic::kGrantedAccess, [&](const Policy& policy) {
    return access_not_granted(policy, access, kind, options_for(arn_matching));
  });
}

py::tuple is_public(const PolicyHandle& handle, const std::string& resource_type,
                    const std::string& arn_matching) {
  const std::optional<PolicyKind> kind = public_access_kind(resource_type);
  if (!kind) {
    raise({ErrorCode::kInvalidArgument,
           "resource_type: `" + resource_type + "` is no resource type of this check",
           "it is one such as AWS::S3::Bucket; iamcheck.PUBLIC_ACCESS_TYPES has them",
           {}});
  }
  return of_one_policy(handle, *kind, Topic::kPublicAccess, [&](const Policy& policy) {
    return no_public_access(policy, *kind, options_for(arn_matching));
  });
}

// (statements that are redundant, statements that are not known), the former with `deny` behind
py::tuple redundant(const PolicyHandle& handle, const std::string& kind_name) {
  const PolicyKind kind = policy_kind_from(kind_name).value_or(detect_kind(*handle.policy));
  const RedundancyAnswer answer =
      unlocked([&] { return redundant_statements(*handle.policy, kind); });
  const Side side = side_of(handle);
  py::list found, unknown;
  for (const RedundantStatement& one : answer.redundant)
    found.append(py::make_tuple(reason_tuple(side, kind, {0, one.statement}), one.deny));
  for (const std::uint32_t statement : answer.unknown)
    unknown.append(reason_tuple(side, kind, {0, statement}));
  return py::make_tuple(found, unknown);
}

}  // namespace

void bind_analysis(py::module_& module) {
  module.def(
      "diff",
      [](const PolicyHandle& old_policy, const PolicyHandle& new_policy, const std::string& kind,
         const std::string& arn_matching, bool catalogued) {
        return compare(side_of(old_policy), side_of(new_policy), kind,
                       options_for(arn_matching, catalogued));
      },
      py::arg("old"), py::arg("new"), py::arg("kind"), py::arg("arn_matching"),
      py::arg("catalogued"));
  module.def(
      "diff_sets",
      [](const std::shared_ptr<PolicySet>& old_set, const std::shared_ptr<PolicySet>& new_set,
         const std::string& arn_matching, bool catalogued) {
        return compare(side_of(old_set, "the old policies"), side_of(new_set, "the new policies"),
                       "", options_for(arn_matching, catalogued));
      },
      py::arg("old"), py::arg("new"), py::arg("arn_matching"), py::arg("catalogued"));
  module.def(
      "no_new_access",
      [](const PolicyHandle& existing, const PolicyHandle& updated, const std::string& kind,
         const std::string& arn_matching, bool catalogued) {
        return new_access(side_of(existing), side_of(updated), kind,
                          options_for(arn_matching, catalogued));
      },
      py::arg("existing"), py::arg("new"), py::arg("kind"), py::arg("arn_matching"),
      py::arg("catalogued"));
  module.def(
      "no_new_access_sets",
      [](const std::shared_ptr<PolicySet>& existing, const std::shared_ptr<PolicySet>& updated,
         const std::string& arn_matching, bool catalogued) {
        return new_access(side_of(existing, "the existing policies"),
                          side_of(updated, "the new policies"), "",
                          options_for(arn_matching, catalogued));
      },
      py::arg("existing"), py::arg("new"), py::arg("arn_matching"), py::arg("catalogued"));
  module.def("access_not_granted", &granted, py::arg("policy"), py::arg("actions"),
             py::arg("resources"), py::arg("kind"), py::arg("arn_matching"));
  module.def("no_public_access", &is_public, py::arg("policy"), py::arg("resource_type"),
             py::arg("arn_matching"));
  module.def("redundant_statements", &redundant, py::arg("policy"), py::arg("kind"));
  py::tuple types(public_access_types().size());
  for (std::size_t i = 0; i < types.size(); ++i) types[i] = to_str(public_access_types()[i]);
  module.attr("PUBLIC_ACCESS_TYPES") = types;
}

}  // namespace iamcheck::python
