#include "credentials/certain_past.h"

#include "text/instant.h"

namespace iamcheck {

bool is_certainly_past(std::string_view end, std::int64_t seconds_more) {
  constexpr std::int64_t kDay = 1'767'225'600;             // 2026-01-01T00:00:00Z
  constexpr std::int64_t kMilliseconds = 100'000'000'000;  // as seconds: the year 5138
  const auto instant = Instant::parse(end);
  if (!instant) return false;
  const bool in_milliseconds = instant->seconds() > kMilliseconds;
  const std::int64_t seconds = instant->seconds() / (in_milliseconds ? 1000 : 1);
  return seconds > 0 && seconds + seconds_more < kDay;
}

}  // namespace iamcheck
