#include "request_context.h"

#include <algorithm>
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

}  // namespace

std::string clock_text() {
  if (const char* epoch = std::getenv("SOURCE_DATE_EPOCH")) return epoch;
  return std::to_string(std::time(nullptr));
}

int read_context(const ContextFlags& flags, Context& context) {
  const std::string again = ": the key was given already";
  for (const std::string& text : flags.values) {
    const std::optional<Assignment> pair = split(text);
    if (!pair) return wrong(shown("--context", text) + " is not of the form key=value");
    if (context.has(pair->key))
      return wrong(shown("--context", text) + again + "; several values are --context-list");
    context.set(pair->key, pair->value);
  }
  for (const std::string& text : flags.lists) {
    const std::optional<Assignment> pair = split(text);
    const auto list = pair ? read_list(pair->value) : std::nullopt;
    if (!list)
      return wrong(shown("--context-list", text) + " is not of the form key=[\"a\", \"b\"]");
    if (context.has(pair->key)) return wrong(shown("--context-list", text) + again);
    context.set_list(pair->key, *list);
  }
  for (const std::string& key : flags.absent) {
    if (context.has(key)) return wrong(shown("--absent", key) + again);
    context.set_absent(key);
  }
  if (flags.ask) context.set_mode(Context::Mode::kAsk);
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
