// Resources that everybody can reach. Roles that everybody can assume: trust.cc.
#include <algorithm>
#include <optional>

#include "lint/context.h"
#include "lint/origin_limit.h"
#include "lint/principal_places.h"

namespace iamcheck {
namespace {

// Where a statement says that it is about everybody.
struct Exposure {
  Span span;
  std::string path;
  bool but_listed = false;
};

std::optional<Exposure> exposure_of(const Policy& policy, const Statement& statement,
                                    PolicyKind kind) {
  for (const PrincipalPlace& place : principal_places(policy, statement)) {
    if (place.element == "Principal" && is_everyone(place.entry))
      return Exposure{place.entry.value.span, path_of(policy, place)};
  }
  // What NotPrincipal lists may not be known before the template is filled in, but it is never
  // everybody.
  if (statement.principal || !statement.not_principal || !info(kind).takes_not_principal)
    return std::nullopt;
  const auto& listed = statement.not_principal->entries;
  if (std::any_of(listed.begin(), listed.end(), is_everyone)) return std::nullopt;
  return Exposure{statement.not_principal->name_span, path_of(policy, statement) + ".NotPrincipal",
                  true};
}

}  // namespace

void check_public_resource_policy(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const Statement& statement : policy.statements) {
    if (!is_grant(statement)) continue;
    const std::optional<Exposure> exposed = exposure_of(policy, statement, context.kind());
    if (!exposed || limits_origin(policy, statement)) continue;
    Finding& finding =
        context.report(exposed->span, exposed->path,
                       exposed->but_listed ? "everybody in the world but the listed is allowed in"
                                           : "everybody in the world is allowed in");
    finding.notes.emplace_back(
        has_condition(statement)
            ? "the conditions do not say which account, organization or network"
            : "that is every AWS account, and callers without one");
    finding.help =
        "name the accounts, or add a condition on `aws:PrincipalOrgID`, `aws:SourceArn`, "
        "`aws:SourceAccount` or `aws:SourceVpce`";
  }
}

}  // namespace iamcheck
