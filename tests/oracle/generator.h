#pragma once

// Random request lines (machine-formats.md) over small alphabets, so that matches are frequent. The
// same seed gives the same request on every machine. A third of them is wild, with something of
// everything; the others put one rule to the test before a quiet background (scenarios.h).

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace iamcheck::oracle {

nlohmann::json random_request(std::uint64_t seed);

/// The same with the choices taken from bytes, for fuzzers.
nlohmann::json random_request(std::string_view bytes);

}  // namespace iamcheck::oracle
