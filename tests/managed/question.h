#pragma once

// Requests about which a given statement has something to say.

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "dice.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/policy.h"
#include "iamcheck/request.h"

namespace iamcheck::managed {

/// A request, and the resource-based policy that goes with it.
struct Question {
  RequestFields fields;
  std::optional<std::string> resource_policy;
};

/// A question made from the entries of `statement` of `policy`: an action that one of its entries
/// covers, a resource made from one of its patterns or from the catalogue's ARN forms, a context
/// that answers its conditions one way or the other. Most questions fulfil the whole statement,
/// the others miss it by a little.
Question question_about(const Policy& policy, const Statement& statement,
                        const Catalogue& catalogue, oracle::Dice& dice);

/// The request line of machine-formats.md for the twin, and for whoever reads the report.
nlohmann::json request_line(const Question& question,
                            const std::vector<nlohmann::json>& identity_policies);

}  // namespace iamcheck::managed
