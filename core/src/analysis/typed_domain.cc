#include "analysis/typed_domain.h"

#include <algorithm>
#include <cstdint>
#include <set>

#include "text/decimal.h"
#include "text/instant.h"
#include "text/ip.h"

namespace iamcheck::analysis {
namespace {

// Blocks begin regions and end them: the first address of each, and the one behind it.
void add_addresses(const std::string& value, std::set<std::string>& out) {
  const auto block = IpBlock::parse(value);
  if (!block) return;
  out.insert(to_string(block->network));
  IpAddress behind = block->network;
  std::size_t byte = (block->prefix + 7U) / 8U;
  if (block->prefix == 0) return;
  unsigned add = 1U << (byte * 8U - block->prefix);
  for (; byte-- > 0 && add != 0; add = 1) {
    const unsigned sum = behind.bytes[byte] + add;
    behind.bytes[byte] = static_cast<std::uint8_t>(sum);
    if (sum < 256) {
      out.insert(to_string(behind));
      return;
    }
  }
}

// A number next to another, closer to it than any of the others that are written: one digit more
// than all of them have.
void add_numbers(const std::vector<std::string>& values, std::set<std::string>& out) {
  std::size_t longest = 0;
  for (const std::string& value : values) {
    if (Decimal::parse(value)) longest = std::max(longest, value.size());
  }
  for (const std::string& value : values) {
    if (!Decimal::parse(value)) continue;
    out.insert(value);
    if (value.find_first_of("eE") != std::string::npos) continue;
    const bool negative = value.front() == '-';
    std::string away = value + (value.find('.') == std::string::npos ? "." : "");
    away.append(longest, '0').append("1");
    out.insert(away);  // further from zero
    // Towards zero, or across it: the digits before, and nines behind.
    std::string digits = value.substr(value.find_first_of("0123456789"));
    std::string nearer = digits;
    bool borrowed = false;
    for (std::size_t i = nearer.size(); i-- > 0 && !borrowed;) {
      if (nearer[i] == '.') continue;
      borrowed = nearer[i] != '0';
      nearer[i] = borrowed ? static_cast<char>(nearer[i] - 1) : '9';
    }
    if (borrowed) {
      nearer += nearer.find('.') == std::string::npos ? "." : "";
      nearer.append(longest, '9');
      out.insert((negative ? "-" : "") + nearer);
    } else {
      out.insert("-0." + std::string(longest, '0') + "1");
      out.insert("0." + std::string(longest, '0') + "1");
    }
  }
  out.insert("-1" + std::string(longest + 1, '0'));
  out.insert("1" + std::string(longest + 1, '0'));
}

void add_dates(const std::vector<std::string>& values, std::set<std::string>& out) {
  for (const std::string& value : values) {
    const auto instant = Instant::parse(value);
    if (!instant) continue;
    out.insert(value);
    // Fractions beyond any that is written lie between.
    const std::int64_t seconds = instant->seconds();
    const std::string fraction(value.size() + 1, '9');
    for (const std::int64_t near : {seconds - 1, seconds, seconds + 1}) {
      if (near < 0) continue;
      out.insert(std::to_string(near));
      out.insert(std::to_string(near) + "." + std::string(value.size() + 1, '0') + "1");
      out.insert(std::to_string(near) + "." + fraction);
    }
  }
  out.insert("0");
  out.insert("99999999999");
}

}  // namespace

SampleValues sample_values(const std::vector<const ValueSet*>& sets) {
  bool complete = true;
  std::set<std::string> samples;
  std::vector<std::string> numbers, dates;
  for (const ValueSet* set : sets) {
    switch (set->family) {
      case ConditionFamily::kNumeric:
        numbers.insert(numbers.end(), set->samples.begin(), set->samples.end());
        break;
      case ConditionFamily::kDate:
        dates.insert(dates.end(), set->samples.begin(), set->samples.end());
        break;
      case ConditionFamily::kIpAddress:
        for (const std::string& value : set->samples) add_addresses(value, samples);
        samples.insert({"0.0.0.0", "0:0:0:0:0:0:0:0"});
        break;
      case ConditionFamily::kBool:
        samples.insert({"true", "false"});
        break;
      case ConditionFamily::kBinary:
        samples.insert(set->samples.begin(), set->samples.end());
        samples.insert({"eA==", "eHh4eHh4eHh4"});
        break;
      default:
        break;
    }
  }
  if (!numbers.empty()) add_numbers(numbers, samples);
  if (!dates.empty()) add_dates(dates, samples);
  // A text that was made to lie beside a value may be too long to be read.
  constexpr std::size_t kLongestNumber = Decimal::kMaxLength / 2 - 8;
  constexpr std::size_t kLongestDate = Instant::kMaxLength / 2 - 24;
  constexpr std::int64_t kLastSecond = 99'999'999'999'999'999;
  for (const std::string& number : numbers) {
    const bool plain =
        number.find_first_of("eE") == std::string::npos && number.size() <= kLongestNumber;
    complete = complete && (plain || !Decimal::parse(number));
  }
  for (const std::string& date : dates) {
    const auto instant = Instant::parse(date);
    const bool plain = instant && date.find('.') == std::string::npos &&
                       date.size() <= kLongestDate && instant->seconds() > 0 &&
                       instant->seconds() <= kLastSecond;
    complete = complete && (plain || !instant);
  }
  SampleValues found{{samples.begin(), samples.end()}, complete};
  found.texts.emplace_back("of no type");
  found.texts.emplace_back();
  return found;
}

}  // namespace iamcheck::analysis
