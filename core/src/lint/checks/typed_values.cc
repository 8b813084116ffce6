// Values that are not of the type that their operator compares. Such a value never matches, also
// under a negated operator (S7.7).
#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "iamcheck/arn.h"
#include "lint/condition_values.h"
#include "lint/context.h"
#include "lint/edits.h"
#include "lint/written_variable.h"
#include "text/ascii.h"
#include "text/base64.h"
#include "text/decimal.h"
#include "text/instant.h"
#include "text/ip.h"

namespace iamcheck {
namespace {

bool is_number_text(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool is_boolean(std::string_view text) {
  return equals_ignoring_case(text, "true") || equals_ignoring_case(text, "false");
}

// Values of one family of operators that `is_right` does not take. What a template or a variable
// will put there is not known.
template <typename Right>
void report_mistyped(RuleContext& context, ConditionFamily family, std::string_view what,
                     const std::string& help, Right is_right) {
  for (const ConditionValuePlace& value : condition_values(context.policy())) {
    const ConditionOperatorInfo& base = value.base;
    if (base.family != family || is_right(value.text.value)) continue;
    if (is_left_open(context, value.text.value)) continue;
    const std::string shown =
        value.text.value.empty() ? std::string("an empty text") : quoted(value.text.value);
    Finding& finding = context.report(value.text.span, path_of(context.policy(), value),
                                      shown + " is no " + std::string(what) + ", and `" +
                                          std::string(base.name) + "` compares only those");
    finding.help = help;
    if (base.negated)
      finding.notes.emplace_back("a value of the wrong type makes a negated operator false too");
  }
}

std::string iso_date(std::int64_t seconds) {
  const std::int64_t days = seconds / 86'400, clock = seconds % 86'400;
  // Civil date from days, in years that begin in March: the leap day is the last of its year.
  const std::int64_t shifted = days + 719'468, era = shifted / 146'097;
  const std::int64_t day_of_era = shifted - era * 146'097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
  const std::int64_t month = month_from_march + (month_from_march < 10 ? 3 : -9);
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02dZ", static_cast<int>(year),
                static_cast<int>(month), static_cast<int>(day), static_cast<int>(clock / 3600),
                static_cast<int>(clock / 60 % 60), static_cast<int>(clock % 60));
  return text.data();
}

// `arn:` in front and six parts, where wildcards and variables leave that to be seen.
bool may_be_arn(std::string_view text) {
  constexpr std::size_t kParts = 6;
  if (text.starts_with("*") || text.starts_with("?") || text.starts_with("${")) return true;
  return text.starts_with("arn:") && split_arn(text, true).size() >= kParts;
}

// Of the values, the one that decides: the greatest under `less than`, else the least.
template <typename Value>
std::optional<std::size_t> widest(const std::vector<Text>& texts, bool greatest) {
  std::vector<Value> values;
  for (const Text& text : texts) {
    const auto value = Value::parse(text.value);
    if (!value || text.unresolved) return std::nullopt;
    values.push_back(*value);
  }
  const auto place = greatest ? std::ranges::max_element(values) : std::ranges::min_element(values);
  return static_cast<std::size_t>(place - values.begin());
}

std::optional<std::size_t> deciding_value(const ConditionPlace& place) {
  if (!place.op || place.entry.values.size() < 2) return std::nullopt;
  const ConditionComparison comparison = place.op->base->comparison;
  const bool less =
      comparison == ConditionComparison::kLess || comparison == ConditionComparison::kLessOrEqual;
  const bool greater = comparison == ConditionComparison::kGreater ||
                       comparison == ConditionComparison::kGreaterOrEqual;
  if (!less && !greater) return std::nullopt;
  return place.op->base->family == ConditionFamily::kDate
             ? widest<Instant>(place.entry.values, less)
             : widest<Decimal>(place.entry.values, less);
}

}  // namespace

void check_bool_value(RuleContext& context) {
  const std::string help = "write `true` or `false`";
  report_mistyped(context, ConditionFamily::kBool, "boolean", help, is_boolean);
  report_mistyped(context, ConditionFamily::kNull, "boolean", help, is_boolean);
}

void check_numeric_value(RuleContext& context) {
  report_mistyped(context, ConditionFamily::kNumeric, "number",
                  "write digits, such as `10` or `0.5`",
                  [](std::string_view text) { return Decimal::parse(text).has_value(); });
}

void check_date_value(RuleContext& context) {
  report_mistyped(context, ConditionFamily::kDate, "date",
                  "write it as `2026-11-20T16:00:00Z`, or `2026-11-20`",
                  [](std::string_view text) { return Instant::parse(text).has_value(); });
}

void check_ip_value(RuleContext& context) {
  report_mistyped(context, ConditionFamily::kIpAddress, "address or block of addresses",
                  "write an address or a CIDR block, such as `203.0.113.0/24` or `2001:db8::/32`",
                  [](std::string_view text) { return IpBlock::parse(text).has_value(); });
}

void check_binary_value(RuleContext& context) {
  report_mistyped(context, ConditionFamily::kBinary, "base64",
                  "encode the bytes in the standard alphabet, with padding",
                  [](std::string_view text) { return decode_base64(text).has_value(); });
}

void check_arn_value(RuleContext& context) {
  for (const ConditionValuePlace& value : condition_values(context.policy())) {
    const ConditionOperatorInfo& base = value.base;
    const std::string& text = value.text.value;
    if (base.family != ConditionFamily::kArn || may_be_arn(text)) continue;
    // `${...}` behind the fifth colon is in order; a template may stand for anything.
    if (has_placeholder(text)) continue;
    const std::string shown = text.empty() ? std::string("an empty text") : quoted(text);
    Finding& finding = context.report(value.text.span, path_of(context.policy(), value),
                                      shown + " is no ARN of six parts, and `" +
                                          std::string(base.name) + "` compares part by part");
    finding.notes.emplace_back(base.negated
                                   ? "no request has such an ARN: the condition always "
                                     "holds as far as this value goes"
                                   : "no request has such an ARN: the value never matches");
    finding.help =
        "write `arn:partition:service:region:account:resource`, with `*` in each part "
        "that may be anything";
  }
}

void check_epoch_date(RuleContext& context) {
  const Policy& policy = context.policy();
  constexpr std::int64_t kYear10000 = 253'402'300'800;
  for (const ConditionValuePlace& value : condition_values(policy)) {
    const std::string& text = value.text.value;
    if (value.base.family != ConditionFamily::kDate || !is_number_text(text)) continue;
    const auto instant = Instant::parse(text);
    if (!instant) continue;
    const bool like_a_year = text.size() == 4;
    Finding& finding = context.report(
        value.text.span, path_of(policy, value),
        like_a_year ? quoted(text) + " is read as seconds since 1970, not as a year"
                    : "the date " + quoted(text) + " is a number of seconds since 1970");
    if (instant->seconds() >= kYear10000) {
      finding.notes.emplace_back("it lies behind the year 9999: were milliseconds meant?");
      finding.help = "write the date as `2026-11-20T16:00:00Z`";
      continue;
    }
    const std::string date = iso_date(instant->seconds());
    finding.help = like_a_year ? "write the whole date, such as `" + text + "-01-01T00:00:00Z`"
                               : "write " + quoted(date);
    if (!like_a_year && text.find('.') == std::string::npos)
      finding.fix = Fix{true, "write " + quoted(date), {{value.text.span, json_string(date)}}};
  }
}

void check_cidr_host_bits(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const ConditionValuePlace& value : condition_values(policy)) {
    const std::string_view text = value.text.value;
    if (value.base.family != ConditionFamily::kIpAddress) continue;
    const auto block = IpBlock::parse(text);
    const std::size_t slash = text.find('/');
    if (!block || slash == std::string_view::npos) continue;
    if (IpAddress::parse(text.substr(0, slash)) == block->network) continue;
    const std::string masked = to_string(block->network) + "/" + std::to_string(block->prefix);
    Finding& finding = context.report(value.text.span, path_of(policy, value),
                                      quoted(text) + " is the block " + quoted(masked));
    finding.notes.emplace_back("the bits behind the prefix are not looked at");
    finding.help = "write the block, or the prefix " + quoted(block->network.v6 ? "/128" : "/32") +
                   " when one address is meant";
    if (is_plain(policy, value.text))
      finding.fix = Fix{true, "write " + quoted(masked), {{value.text.span, json_string(masked)}}};
  }
}

void check_redundant_numeric_values(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const ConditionPlace& place : condition_places(policy)) {
    const auto deciding = deciding_value(place);
    if (!deciding) continue;
    const bool keep = !context.full();
    const Text& wins = place.entry.values[*deciding];
    const std::size_t first = *deciding == 0 ? 1 : 0;
    Finding& finding = context.report(place.entry.values[first].span, path_of(policy, place, first),
                                      "of several values of `" +
                                          std::string(place.op ? place.op->base->name : "") +
                                          "` only " + quoted(wins.value) + " counts");
    if (!keep) continue;
    for (std::size_t i = 0; i < place.entry.values.size(); ++i) {
      if (i == first) continue;
      finding.related.push_back({place.entry.values[i].span,
                                 i == *deciding ? "this one decides" : "does nothing either"});
    }
    finding.notes.emplace_back("the values of one key are alternatives: the widest one decides");
    finding.help = "keep one value; for two bounds at once write two operators";
    std::vector<Span> items;
    std::vector<std::size_t> drop;
    for (std::size_t i = 0; i < place.entry.values.size(); ++i) {
      items.push_back(place.entry.values[i].span);
      if (i != *deciding) drop.push_back(i);
    }
    if (auto edits = deletion_of_items(policy, items, drop))
      finding.fix = Fix{true, "keep " + quoted(wins.value), *std::move(edits)};
  }
}

}  // namespace iamcheck
