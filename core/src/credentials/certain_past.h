#pragma once

// What has expired for certain, without a clock.
//
// A finding must not change with the time of day: a report of yesterday would be another one today,
// and no baseline would hold. So the end of a credential is compared with a day before this version
// of iamcheck was made; what ended before is of no use to anybody who reads the report.

#include <cstdint>
#include <string_view>

namespace iamcheck {

/// Whether `end` (ISO 8601, or digits: seconds or milliseconds since 1970) and so many seconds more
/// lie before 2026-01-01. False for a text that is no time.
bool is_certainly_past(std::string_view end, std::int64_t seconds_more);

}  // namespace iamcheck
