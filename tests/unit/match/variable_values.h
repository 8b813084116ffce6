#pragma once

// The keys of one request, for tests of patterns with variables.

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "iamcheck/pattern.h"

class VariableValues : public iamcheck::VariableScope {
 public:
  using State = iamcheck::VariableValue::State;

  VariableValues(std::map<std::string, std::string> found, std::map<std::string, State> other)
      : found_(std::move(found)), other_(std::move(other)) {}

  iamcheck::VariableValue find_variable(const iamcheck::ContextKey& key) const override {
    std::string lower;
    for (const char c : key.name()) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (const auto it = found_.find(lower); it != found_.end()) return {State::kFound, it->second};
    if (const auto it = other_.find(lower); it != other_.end()) return {it->second, {}};
    return {};
  }

 private:
  std::map<std::string, std::string> found_;
  std::map<std::string, State> other_;
};
