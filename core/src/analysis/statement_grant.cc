#include "analysis/statement_grant.h"

#include <algorithm>

#include "catalogue/action_ranges.h"
#include "catalogue/statement_actions.h"
#include "evaluate/resource_form.h"
#include "match/overlap.h"

namespace iamcheck {
namespace {

bool excludes_everything(const ListElement& element) {
  return std::ranges::any_of(element.values, [](const Text& entry) {
    return !entry.unresolved && !entry.value.empty() &&
           entry.value.find_first_not_of('*') == std::string::npos;
  });
}

// Why no request matches, as far as the statement by itself tells (S2, S7, S8.6).
std::string never_matches(const CompiledStatement& compiled, PolicyKind kind, Truth conditions) {
  const Statement& statement = *compiled.statement;
  if (!compiled.usable) {
    return statement.effect ? "its Condition cannot be read"
                            : "its Effect is neither `Allow` nor `Deny`";
  }
  if (statement.expression) return {};
  if (!statement.action && !statement.not_action) return "it has no Action";
  const bool may_lack_resource = kind == PolicyKind::kResource || kind == PolicyKind::kTrust;
  if (!statement.resource && !statement.not_resource && !may_lack_resource)
    return "it has no Resource";
  if (statement.not_resource && excludes_everything(*statement.not_resource))
    return "its NotResource leaves out every resource";
  if (info(kind).takes_principal && !statement.principal && !statement.not_principal)
    return "it names no Principal";
  if (statement.not_principal && !info(kind).takes_not_principal)
    return "NotPrincipal does not work in a " + std::string(info(kind).title);
  if (conditions == Truth::kFalse) return "its conditions never hold";
  return {};
}

}  // namespace

Truth conditions_of(const CompiledStatement& statement, const Context& context) {
  Truth truth = statement.condition_open || statement.effect_open ? Truth::kUnknown : Truth::kTrue;
  for (const Condition& condition : statement.conditions)
    truth = truth_and(truth, condition.evaluate(context));
  return truth;
}

std::vector<StatementGrant> grants_of(const Catalogue& catalogue,
                                      const PolicySet::Compiled& compiled,
                                      const ActionRanges* only) {
  const Context nothing(Context::Mode::kAsk);
  ResourceComparison comparison(compiled.policy->has_variables());
  std::vector<StatementGrant> grants;
  grants.reserve(compiled.statements.size());
  for (const CompiledStatement& one : compiled.statements) {
    StatementGrant grant;
    grant.statement = one.statement;
    grant.compiled = &one;
    StatementActions named = actions_of(catalogue, *one.statement);
    grant.actions = only != nullptr ? intersect(named.actions, *only) : std::move(named.actions);
    grant.unknown_actions.assign(named.unmatched.begin(), named.unmatched.end());
    grant.open = named.open || one.effect_open;
    grant.everywhere = on_every_resource(*one.statement, compiled.kind);
    grant.conditions = conditions_of(one, nothing);
    grant.never = never_matches(one, compiled.kind, grant.conditions);
    if (grant.everywhere) {
      grant.effective = grant.actions;
    } else {
      ActionRangesBuilder suitable;
      for (const Action& action : actions_of(catalogue, grant.actions)) {
        if (comparison.suits(grant, action)) suitable.add({action.id(), action.id() + 1});
      }
      grant.effective = suitable.take();
    }
    grants.push_back(std::move(grant));
  }
  return grants;
}

bool ResourceComparison::affordable(std::size_t a, std::size_t b) {
  const std::size_t steps = (a + 1) * (b + 1);
  if (steps > steps_left_) {
    steps_left_ = 0;
    return false;
  }
  steps_left_ -= steps;
  return true;
}

bool ResourceComparison::overlap(std::string_view entry, std::string_view asked) {
  return !affordable(entry.size(), asked.size()) ||
         overlap_of(entry, asked, variables_) != Overlap::kNone;
}

// Whether the entry can be an ARN of the form. A wildcard that ends a part may run on past its
// colon (S6.1), so that nearly any two texts meet in some very odd ARN: `arn:*:s3:::b/*` and the
// form of roles in one with `:s3:::b/` in the name of the role. Only where the account ends in `*`
// do people mean it: `arn:aws:logs:*:*:/aws/x*`.
bool ResourceComparison::suits_form(std::string_view entry, const std::string& form) {
  const bool has_variable = variables_ && entry.find("${") != std::string_view::npos;
  const std::vector<std::string_view> parts = split_arn(entry, variables_);
  const std::vector<std::string_view> form_parts = split_arn(form, false);
  if (!has_variable && parts.size() == 6 && form_parts.size() == 6) {
    if (!affordable(entry.size(), form.size())) return true;
    if (overlap_of_texts(parts[2], form_parts[2], true) == Overlap::kNone) return false;
    if (!parts[4].ends_with('*') &&
        overlap_of_texts(parts[5], form_parts[5], true) == Overlap::kNone)
      return false;
  }
  return overlap(entry, form);
}

bool ResourceComparison::suits_type(const ListElement& resources, const ResourceType& type) {
  for (const std::string_view form : type.arn_forms()) {
    const std::string pattern = form_pattern(form);
    for (const Text& entry : resources.values) {
      if (entry.unresolved || suits_form(entry.value, pattern)) return true;
    }
  }
  return false;
}

bool ResourceComparison::suits(const StatementGrant& grant, const Action& action) {
  const Statement& statement = *grant.statement;
  // What is left out is less than what is there.
  if (grant.everywhere || !statement.resource) return true;
  if (action.resource_types().empty()) {
    // S6.5: only `*` itself matches; listing the buckets is asked on `arn:aws:s3:::*`.
    const bool lists_buckets = action.full_name() == "s3:ListAllMyBuckets";
    return std::ranges::any_of(statement.resource->values, [&](const Text& entry) {
      return entry.unresolved || (lists_buckets && overlap(entry.value, "arn:aws:s3:::*"));
    });
  }
  if (cached_for_ != &statement) {
    cached_.clear();
    cached_for_ = &statement;
  }
  for (const ResourceUse use : action.resource_types()) {
    const ResourceType type = use.type();
    if (cached_.size() <= type.id()) cached_.resize(type.id() + 1, -1);
    signed char& known = cached_[type.id()];
    if (known < 0) known = suits_type(*statement.resource, type) ? 1 : 0;
    if (known == 1) return true;
  }
  return false;
}

// Whether every resource that `asked` means is one of the entries.
bool ResourceComparison::covered(const ListElement& entries, const Text& asked) {
  if (asked.unresolved) return false;
  return std::ranges::any_of(entries.values, [&](const Text& entry) {
    return !entry.unresolved && affordable(entry.value.size(), asked.value.size()) &&
           overlap_of(entry.value, asked.value, variables_) == Overlap::kAll &&
           // A variable may be anything, and covers only by accident.
           (!variables_ || asked.value.find("${") == std::string::npos);
  });
}

bool ResourceComparison::meet(const Statement& a, const Statement& b) {
  if (a.resource && b.resource) {
    return std::ranges::any_of(a.resource->values, [&](const Text& x) {
      return std::ranges::any_of(b.resource->values, [&](const Text& y) {
        return x.unresolved || y.unresolved || y.value == "*" || overlap(x.value, y.value) ||
               overlap(y.value, x.value);
      });
    });
  }
  const auto left_over = [&](const Statement& listed, const Statement& excluding) {
    return !std::ranges::all_of(listed.resource->values, [&](const Text& entry) {
      return covered(*excluding.not_resource, entry);
    });
  };
  if (a.resource && b.not_resource) return left_over(a, b);
  if (a.not_resource && b.resource) return left_over(b, a);
  return true;
}

}  // namespace iamcheck
