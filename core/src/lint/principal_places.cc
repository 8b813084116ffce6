#include "lint/principal_places.h"

#include "iamcheck/arn.h"
#include "lint/context.h"

namespace iamcheck {
namespace {

// What the text has between the name of the type and its first value: `: "` or `: ["`, or in YAML a
// dash.
bool is_written_as_list(const Policy& policy, const PrincipalEntry& first) {
  if (!policy.source || first.value.span.begin < first.type_span.end) return false;
  const std::string_view gap =
      policy.source->slice({first.type_span.source, first.type_span.end, first.value.span.begin});
  return gap.find_first_of("[-") != std::string_view::npos;
}

void append(const Policy& policy, const Statement& statement, std::string_view element,
            const std::optional<PrincipalElement>& list, std::vector<PrincipalPlace>& out) {
  if (!list) return;
  const auto& entries = list->entries;
  for (std::size_t first = 0; first < entries.size();) {
    std::size_t end = first + 1;
    while (end < entries.size() && entries[end].type_name == entries[first].type_name) ++end;
    const bool listed =
        !entries[first].bare && (end - first > 1 || is_written_as_list(policy, entries[first]));
    for (std::size_t i = first; i < end; ++i) {
      out.push_back({statement, element, *list, entries[i], i,
                     listed ? std::optional<std::size_t>(i - first) : std::nullopt});
    }
    first = end;
  }
}

}  // namespace

std::vector<PrincipalPlace> principal_places(const Policy& policy, const Statement& statement) {
  std::vector<PrincipalPlace> places;
  append(policy, statement, "Principal", statement.principal, places);
  append(policy, statement, "NotPrincipal", statement.not_principal, places);
  return places;
}

std::vector<PrincipalPlace> principal_places(const Policy& policy) {
  std::vector<PrincipalPlace> places;
  for (const Statement& statement : policy.statements) {
    append(policy, statement, "Principal", statement.principal, places);
    append(policy, statement, "NotPrincipal", statement.not_principal, places);
  }
  return places;
}

std::string path_of(const Policy& policy, const PrincipalPlace& place) {
  std::string path = path_of(policy, place.statement);
  path.append(".").append(place.element);
  if (place.entry.bare) return path;
  path.append(".").append(place.entry.type_name);
  if (place.index) path.append("[").append(std::to_string(*place.index)).append("]");
  return path;
}

bool is_everyone(const PrincipalEntry& entry) {
  return entry.type == PrincipalEntry::Type::kEveryone;
}

bool is_literal(const Text& text) { return !text.unresolved && !has_placeholder(text.value); }

std::optional<Edit> deletion_of(const Policy& policy, const PrincipalPlace& place) {
  const auto& entries = place.list.entries;
  const auto neighbour = [&](std::size_t position) {
    return position < entries.size() && entries[position].type_name == place.entry.type_name;
  };
  if (!policy.source || !place.index) return std::nullopt;
  Span whole = place.entry.value.span, gap = whole;
  if (*place.index > 0) {
    gap.begin = entries[place.position - 1].value.span.end;
    gap.end = whole.begin;
    whole.begin = gap.begin;
  } else if (neighbour(place.position + 1)) {
    gap.begin = whole.end;
    gap.end = entries[place.position + 1].value.span.begin;
    whole.end = gap.end;
  } else {
    return std::nullopt;
  }
  if (gap.end < gap.begin) return std::nullopt;
  const std::string_view between = policy.source->slice(gap);
  if (between.find_first_not_of(" \t\r\n,") != std::string_view::npos ||
      between.find(',') == std::string_view::npos) {
    return std::nullopt;
  }
  return Edit{whole, ""};
}

std::string_view account_of(const PrincipalEntry& entry) {
  if (entry.type != PrincipalEntry::Type::kAws || !is_literal(entry.value)) return {};
  const std::string_view value = entry.value.value;
  if (is_account_id(value)) return value;
  const auto arn = Arn::parse(value);
  const bool known = arn && (arn->service == "iam" || arn->service == "sts");
  return known && is_account_id(arn->account) ? arn->account : std::string_view();
}

bool is_account(const PrincipalEntry& entry) {
  if (account_of(entry).empty()) return false;
  if (is_account_id(entry.value.value)) return true;
  const auto arn = Arn::parse(entry.value.value);
  return arn && arn->service == "iam" && arn->resource == "root";
}

}  // namespace iamcheck
