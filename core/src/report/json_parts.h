#pragma once

// What every JSON report is made of.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "iamcheck/decision.h"
#include "iamcheck/report.h"
#include "iamcheck/source.h"

namespace iamcheck {

/// Members stay in the order in which they are written.
using Json = nlohmann::ordered_json;

inline std::string dump_json(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

inline Json position_json(const Source& source, std::uint32_t offset) {
  Position position = source.position(offset);
  return {{"offset", position.offset}, {"line", position.line}, {"column", position.column}};
}

inline Json span_json(const Source& source, const Span& span) {
  return {{"begin", position_json(source, span.begin)}, {"end", position_json(source, span.end)}};
}

/// What is not known is left out.
inline Json commit_json(const CommitPlace& commit) {
  Json json = {{"id", commit.id}};
  if (!commit.author.empty()) json["author"] = commit.author;
  if (!commit.date.empty()) json["date"] = commit.date;
  return json;
}

inline Json warnings_json(const std::vector<DecisionWarning>& warnings) {
  Json json = Json::array();
  for (const DecisionWarning& warning : warnings)
    json.push_back({{"code", warning.code}, {"message", warning.message}});
  return json;
}

}  // namespace iamcheck
