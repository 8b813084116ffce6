#pragma once

// Random request lines (machine-formats.md) over small alphabets, so that matches are frequent. The
// same seed gives the same request on every machine.

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace iamcheck::oracle {

/// Which layers beyond identity and resource policies a request may bring.
struct Scope {
  bool ask_mode = true;
  bool boundaries_and_sessions = true;
  bool credential_kinds = true;
  bool guardrails = true;  // SCPs, RCPs, endpoint policies
};

nlohmann::json random_request(std::uint64_t seed, const Scope& scope);

/// The same with the choices taken from bytes, for fuzzers.
nlohmann::json random_request(std::string_view bytes, const Scope& scope);

}  // namespace iamcheck::oracle
