#include "iamcheck/rule_page.h"

#include <algorithm>
#include <array>

namespace iamcheck {
namespace {

using namespace std::string_view_literals;

// Written by core/pack/rules_pack.cc from rules/*/*.md: `kPages`, an array sorted by slug.
#include "rule_pages.inc"

}  // namespace

std::string_view to_string(RuleKind kind) {
  static constexpr std::array<std::string_view, 2> kNames = {"policy", "credential"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view to_string(RuleFix fix) {
  static constexpr std::array<std::string_view, 3> kNames = {"none", "safe", "unsafe"};
  return kNames[static_cast<std::size_t>(fix)];
}

std::string_view to_string(Profile profile) {
  static constexpr std::array<std::string_view, 3> kNames = {"default", "strict",
                                                             "access-analyzer"};
  return kNames[static_cast<std::size_t>(profile)];
}

std::string_view to_string(CredentialAnchor anchor) {
  static constexpr std::array<std::string_view, 4> kNames = {"token", "assigned", "nearby",
                                                             "literal"};
  return kNames[static_cast<std::size_t>(anchor)];
}

std::string RuleExample::filled_text() const {
  constexpr std::string_view kFilled = "…";
  std::string out(text);
  if (fill > 0) out.replace(out.find(kFilled), kFilled.size(), std::string(fill, 'x'));
  return out;
}

std::string_view RulePage::access_analyzer_code() const {
  const auto own = std::ranges::find(peers, "access-analyzer", &RulePeer::tool);
  return own == peers.end() ? std::string_view() : own->id;
}

bool RulePage::belongs_to(Profile wanted) const {
  switch (wanted) {
    case Profile::kDefault:
      return profile == Profile::kDefault;
    case Profile::kStrict:
      return profile != Profile::kAccessAnalyzer;
    case Profile::kAccessAnalyzer:
      break;
  }
  return !finding_type.empty();
}

std::string_view RulePage::section(std::string_view heading) const {
  bool fenced = false;
  bool inside = false;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < body.size();) {
    std::size_t end = std::min(body.find('\n', at), body.size());
    std::string_view line = body.substr(at, end - at);
    if (line.starts_with("```")) fenced = !fenced;
    if (!fenced && line.starts_with("## ")) {
      if (inside) return body.substr(begin, at - begin);
      inside = line.substr(3) == heading;
      begin = std::min(end + 1, body.size());
    }
    at = end + 1;
  }
  return inside ? body.substr(begin) : std::string_view();
}

std::span<const RulePage> rule_pages() { return kPages; }

const RulePage* find_rule_page(std::string_view slug) {
  auto at =
      std::lower_bound(std::begin(kPages), std::end(kPages), slug,
                       [](const RulePage& page, std::string_view s) { return page.slug < s; });
  if (at != std::end(kPages) && at->slug == slug) return &*at;
  for (const RulePage& page : kPages) {
    if (std::find(page.aliases.begin(), page.aliases.end(), slug) != page.aliases.end()) {
      return &page;
    }
  }
  return nullptr;
}

}  // namespace iamcheck
