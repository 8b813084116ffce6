#pragma once

// The request context: what was given, and what follows from the request's own fields (S10.1).

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "caller.h"

namespace iamcheck::oracle {

/// JSON booleans and numbers are read as their text (S2).
std::string scalar_text(const nlohmann::json& value);

/// The account that owns the resource; empty = unknown.
std::string resource_account(const nlohmann::json& request, const Caller& caller);

struct ContextValue {
  enum class State { kGiven, kAbsent, kUnknown };
  State state = State::kAbsent;
  bool is_list = false;  // a multivalued key, whatever its length (S7.3)
  std::vector<std::string> values;
};

class Context {
 public:
  Context(const nlohmann::json& request, const Caller& caller);

  /// Names ignore case. A key nobody gave is absent in strict mode, unknown in ask mode.
  ContextValue find(std::string_view key) const;

 private:
  void derive(const nlohmann::json& request, const Caller& caller);
  void derive_from_credential(const Caller& caller);
  void put(std::string_view key, ContextValue value);
  void put_text(std::string_view key, const std::string& text);
  void put_absent(std::string_view key);
  void put_unknown(
      std::string_view key);  // also in strict mode: the key is there, its value not told

  bool asks_ = false;
  std::map<std::u32string, ContextValue> values_;
};

}  // namespace iamcheck::oracle
