#include "wildcards.h"

#include <algorithm>
#include <array>
#include <vector>

#include "iamcheck/arn.h"

namespace iamcheck::managed {
namespace {

using oracle::Dice;

constexpr std::array<std::string_view, 10> kRuns = {
    "", "a", "prod-1", "x/y", "a:b", "111122223333", "us-east-1", "Zz", "app/x/1", "\xC3\xA9"};
constexpr std::array<std::string_view, 4> kRegions = {"us-east-1", "eu-west-1", "us-east-1", ""};
constexpr std::array<std::string_view, 4> kOneCharacter = {"a", "7", "-", "Q"};

// The value of a variable: what the context says, else one that it is given now.
std::string value_of(std::string_view key, RequestFields& fields, Dice& dice) {
  const ContextValue known = fields.context.find(key);
  if (known.state == ContextValue::State::kSingle) return known.values[0];
  const Request derived(fields);
  const ContextValue follows = derived.context().find(key);
  if (follows.state == ContextValue::State::kSingle && dice.percent(80)) return follows.values[0];
  std::string value = dice.percent(80) ? "team-" + dice.pick(kOneCharacter) : dice.pick(kRuns);
  if (dice.percent(85)) fields.context.set(key, value);
  return value;
}

// `${*}` and its like are the character; a default counts when the key has no value.
std::string expand_variable(std::string_view inside, RequestFields& fields, Dice& dice) {
  if (inside == "*" || inside == "?" || inside == "$") return std::string(inside);
  const std::size_t comma = inside.find(',');
  if (comma == std::string_view::npos) return value_of(inside, fields, dice);
  const std::size_t open = inside.find('\'', comma);
  const std::size_t close = inside.rfind('\'');
  if (open < close && close != std::string_view::npos && dice.percent(50)) {
    return std::string(inside.substr(open + 1, close - open - 1));
  }
  return value_of(inside.substr(0, comma), fields, dice);
}

}  // namespace

std::string instantiate(std::string_view pattern, RequestFields& fields, Dice& dice) {
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const std::size_t end = pattern.substr(i, 2) == "${" ? pattern.find('}', i) : pattern.npos;
    if (end != pattern.npos) {
      text += expand_variable(pattern.substr(i + 2, end - i - 2), fields, dice);
      i = end;
    } else if (pattern[i] == '*') {
      text += dice.pick(kRuns);
    } else if (pattern[i] == '?') {
      text += dice.pick(kOneCharacter);
    } else {
      text += pattern[i];
    }
  }
  return text;
}

std::string instantiate_resource(std::string_view pattern, const Setting& setting,
                                 RequestFields& fields, Dice& dice) {
  std::vector<std::string_view> parts = split_arn(pattern, true);
  // A short ARN, or a star that stands for several parts: any text will do.
  if (parts.size() < 6 || dice.percent(5)) return instantiate(pattern, fields, dice);
  std::string text = "arn:";
  text += parts[1] == "*" || parts[1] == "aws*" ? setting.partition
                                                : instantiate(parts[1], fields, dice);
  text += ":" + instantiate(parts[2], fields, dice);
  text += ":" + (parts[3] == "*" ? dice.pick(kRegions) : instantiate(parts[3], fields, dice));
  text += ":" + (parts[4] == "*" ? setting.account : instantiate(parts[4], fields, dice));
  return text + ":" + instantiate(parts[5], fields, dice);
}

std::string instantiate_form(std::string_view form, const Setting& setting, Dice& dice) {
  std::string text;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const std::size_t end = form.substr(i, 2) == "${" ? form.find('}', i) : form.npos;
    if (end == form.npos) {
      text += form[i];
      continue;
    }
    const std::string_view name = form.substr(i + 2, end - i - 2);
    if (name == "Partition") {
      text += setting.partition;
    } else if (name == "Account") {
      text += setting.account;
    } else {
      text += name == "Region" ? dice.pick(kRegions) : dice.pick(kRuns);
    }
    i = end;
  }
  return text;
}

std::string near_miss(std::string text, Dice& dice) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  // Half a character is no text that a request could carry.
  if (text.size() < 6 || !std::all_of(text.begin(), text.end(), is_ascii)) return text + "x";
  const std::size_t place = 4 + dice.below(text.size() - 4);
  switch (dice.below(5)) {
    case 0:
      return text + "x";
    case 1:
      text.pop_back();
      return text;
    case 2:
      text[place] = text[place] == 'x' ? 'y' : 'x';
      return text;
    case 3:
      text.erase(place, 1);
      return text;
    default:
      break;
  }
  for (char& c : text) {
    if (c >= 'a' && c <= 'z' && dice.percent(20)) c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

}  // namespace iamcheck::managed
