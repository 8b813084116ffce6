#pragma once

// Random policies around one question: their patterns and principals often speak about it.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "dice.h"
#include "vocabulary.h"

namespace iamcheck::oracle {

enum class Place { kIdentity, kResource, kEndpoint, kRcp };

class PolicyWriter {
 public:
  explicit PolicyWriter(Dice& dice) : dice_(dice) {}

  /// What the patterns lean on.
  std::string principal = "*anonymous*";
  std::string action = "s3:GetObject";
  std::string resource = "arn:aws:s3:::b/k";

  nlohmann::json policies(Place place);
  nlohmann::json policy(Place place);
  /// Up to two levels of SCPs or RCPs.
  nlohmann::json levels(Place place);
  nlohmann::json principal_element();
  nlohmann::json condition();
  std::string resource_pattern();
  nlohmann::json context();

 private:
  nlohmann::json statement(Place place);
  std::string principal_entry();
  std::string action_pattern();
  std::string key_for(std::string_view base);
  nlohmann::json values_for(std::string_view base, const std::string& key);
  nlohmann::json context_value(std::string_view key);
  template <typename Make>
  nlohmann::json some(std::size_t most, Make make);

  Dice& dice_;
};

}  // namespace iamcheck::oracle
