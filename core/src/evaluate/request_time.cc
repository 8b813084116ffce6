#include <cstdio>
#include <ctime>

#include "iamcheck/request.h"
#include "text/instant.h"

namespace iamcheck {

std::optional<RequestTime> RequestTime::parse(std::string_view text) {
  const std::optional<Instant> instant = Instant::parse(text);
  constexpr std::int64_t kYear10000 = 253402300800;
  if (!instant || instant->seconds() < 0 || instant->seconds() >= kYear10000) return std::nullopt;
  const auto seconds = static_cast<std::time_t>(instant->seconds());
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char iso[sizeof "2026-11-20T16:00:00Z"];
  if (std::strftime(iso, sizeof iso, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0) return std::nullopt;
  return RequestTime{iso, std::to_string(instant->seconds())};
}

}  // namespace iamcheck
