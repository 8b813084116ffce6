#include "request_context.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>
#include <optional>

#include "exit_code.h"
#include "iamcheck/request.h"
#include "terminal.h"

namespace iamcheck::cli {
namespace {

struct Assignment {
  std::string key;
  std::string value;
};

std::optional<Assignment> split(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) return std::nullopt;
  return Assignment{text.substr(0, equals), text.substr(equals + 1)};
}

int wrong(const std::string& message) {
  print_error(message);
  return kUsage;
}

std::string shown(const char* flag, const std::string& text) {
  return "`" + std::string(flag) + " " + escape_controls(text) + "`";
}

const char* const kGivenAlready = ": the key was given already";

// A list of texts in JSON; nothing for anything else.
std::optional<std::vector<std::string>> read_list(const std::string& text) {
  const nlohmann::json list = nlohmann::json::parse(text, nullptr, false);
  if (!list.is_array()) return std::nullopt;
  if (!std::all_of(list.begin(), list.end(), [](const auto& item) { return item.is_string(); }))
    return std::nullopt;
  return list.get<std::vector<std::string>>();
}

// What tells the time: --now, the time key that was given, SOURCE_DATE_EPOCH, the clock.
std::string time_text(const ContextFlags& flags, const Context& context) {
  if (!flags.now.empty()) return flags.now;
  for (std::string_view key : {"aws:CurrentTime", "aws:EpochTime"}) {
    const ContextValue given = context.find(key);
    if (given.state == ContextValue::State::kSingle) return given.values[0];
  }
  return clock_text();
}

// One flag into the context; `text` is what the user wrote, `pair` the part of it behind the number
// of a unit. The exit code: 0 or 2.
int add_value(const char* flag, const std::string& text, const std::string& part,
              Context& context) {
  const std::optional<Assignment> pair = split(part);
  if (!pair) return wrong(shown(flag, text) + " is not of the form key=value");
  if (context.has(pair->key))
    return wrong(shown(flag, text) + kGivenAlready + "; several values are " + flag + "-list");
  context.set(pair->key, pair->value);
  return kClean;
}

int add_list(const char* flag, const std::string& text, const std::string& part, Context& context) {
  const std::optional<Assignment> pair = split(part);
  const auto list = pair ? read_list(pair->value) : std::nullopt;
  if (!list) return wrong(shown(flag, text) + " is not of the form key=[\"a\", \"b\"]");
  if (context.has(pair->key)) return wrong(shown(flag, text) + kGivenAlready);
  context.set_list(pair->key, *list);
  return kClean;
}

int add_absent(const char* flag, const std::string& text, const std::string& part,
               Context& context) {
  if (context.has(part)) return wrong(shown(flag, text) + kGivenAlready);
  context.set_absent(part);
  return kClean;
}

// `2:ec2:Vpc=...`: the second unit, and what stands behind it.
struct OfUnit {
  Context* context = nullptr;
  std::string part;
};

std::optional<OfUnit> find_unit(const std::string& text, std::vector<CallUnit>& units) {
  const std::size_t colon = text.find(':');
  std::size_t number = 0;
  if (colon == std::string::npos || colon + 1 == text.size()) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + colon, number);
  if (error != std::errc() || end != text.data() + colon || number < 1 || number > units.size())
    return std::nullopt;
  return OfUnit{&units[number - 1].context, text.substr(colon + 1)};
}

}  // namespace

std::string clock_text() {
  if (const char* epoch = std::getenv("SOURCE_DATE_EPOCH")) return epoch;
  return std::to_string(std::time(nullptr));
}

int read_context(const ContextFlags& flags, Context& context) {
  for (const std::string& text : flags.values) {
    if (int code = add_value("--context", text, text, context); code != kClean) return code;
  }
  for (const std::string& text : flags.lists) {
    if (int code = add_list("--context-list", text, text, context); code != kClean) return code;
  }
  for (const std::string& key : flags.absent) {
    if (int code = add_absent("--absent", key, key, context); code != kClean) return code;
  }
  if (flags.ask) context.set_mode(Context::Mode::kAsk);
  return kClean;
}

int read_unit_contexts(const UnitContextFlags& flags, std::vector<CallUnit>& units) {
  using Add = int (*)(const char*, const std::string&, const std::string&, Context&);
  struct Row {
    const char* flag;
    const std::vector<std::string>* texts;
    Add add;
  };
  const std::array<Row, 3> rows = {{{"--unit-context", &flags.values, &add_value},
                                    {"--unit-context-list", &flags.lists, &add_list},
                                    {"--unit-absent", &flags.absent, &add_absent}}};
  for (const Row& row : rows) {
    for (const std::string& text : *row.texts) {
      const std::optional<OfUnit> unit = find_unit(text, units);
      if (!unit)
        return wrong(shown(row.flag, text) + " does not begin with the number of a unit, 1 to " +
                     std::to_string(units.size()) +
                     ", and a colon; resources count first, then --also");
      if (int code = row.add(row.flag, text, unit->part, *unit->context); code != kClean)
        return code;
    }
  }
  return kClean;
}

int assume_usual_keys(const ContextFlags& flags, Context& context, Assumed& assumed) {
  const auto assume = [&](const char* key, const std::string& value) {
    if (context.has(key)) return;
    assumed.keys.emplace_back(key, value);
    context.set(key, value);
  };
  assume("aws:SecureTransport", "true");
  assume("aws:ViaAWSService", "false");
  const bool given = context.has("aws:CurrentTime") || context.has("aws:EpochTime");
  const std::string text = time_text(flags, context);
  const std::optional<RequestTime> time = RequestTime::parse(text);
  if (time) {
    assume("aws:CurrentTime", time->current_time);
    assume("aws:EpochTime", time->epoch_time);
    return kClean;
  }
  // A key of the request may hold anything; what tells the time must be a time.
  if (given && flags.now.empty()) return kClean;
  return wrong("`" + escape_controls(text) +
               "` is no time; write 2026-11-20T16:00:00Z, or seconds since 1970");
}

}  // namespace iamcheck::cli
