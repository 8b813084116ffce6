// Values of aws:SourceIp: the public address that AWS sees a request come from.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "lint/condition_values.h"
#include "lint/context.h"
#include "lint/edits.h"
#include "text/ip.h"

namespace iamcheck {
namespace {

// RFC 1918, RFC 4193, loopback and link-local: no request reaches AWS from there.
const std::vector<IpBlock>& private_blocks() {
  static const std::vector<IpBlock> blocks = [] {
    constexpr std::array<std::string_view, 8> kTexts = {
        "10.0.0.0/8",     "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8",
        "169.254.0.0/16", "fc00::/7",      "::1/128",        "fe80::/10"};
    std::vector<IpBlock> all;
    for (const std::string_view text : kTexts) {
      if (const auto block = IpBlock::parse(text)) all.push_back(*block);
    }
    return all;
  }();
  return blocks;
}

bool is_private(const IpBlock& block) {
  return std::ranges::any_of(private_blocks(), [&](const IpBlock& whole) {
    return whole.prefix <= block.prefix && whole.contains(block.network);
  });
}

struct Address {
  std::size_t value = 0;  // which of the condition's
  IpBlock block;
};

// One condition on aws:SourceIp whose values can all be read.
struct SourceCondition {
  ConditionPlace place;
  std::vector<Address> addresses;
  std::vector<std::size_t> hidden;  // values that are private
};

std::vector<SourceCondition> source_conditions(const Policy& policy, std::string_view base) {
  std::vector<SourceCondition> conditions;
  for (const ConditionPlace& place : condition_places(policy)) {
    if (!has_operator(place, base) || !has_key(place, "aws:SourceIp")) continue;
    SourceCondition condition{place, {}, {}};
    for (std::size_t i = 0; i < place.entry.values.size(); ++i) {
      const auto block = IpBlock::parse(place.entry.values[i].value);
      if (!block || place.entry.values[i].unresolved) break;
      condition.addresses.push_back({i, *block});
      if (is_private(*block)) condition.hidden.push_back(i);
    }
    if (!place.entry.values.empty() && condition.addresses.size() == place.entry.values.size())
      conditions.push_back(std::move(condition));
  }
  return conditions;
}

void report_all_private(RuleContext& context, std::string_view base) {
  for (const SourceCondition& condition : source_conditions(context.policy(), base)) {
    if (condition.hidden.size() != condition.addresses.size()) continue;
    const bool negated = condition.place.negated();
    const bool deny = condition.place.statement.effect == Effect::kDeny;
    Finding& finding =
        context.report(condition.place.entry.key.span, path_of(context.policy(), condition.place),
                       std::string("`aws:SourceIp` is never a private address: the condition ") +
                           (negated ? "always holds" : "never holds"));
    finding.label = "all of its addresses are private";
    if (negated) {
      finding.notes.emplace_back(deny ? "the Deny reaches the private network too"
                                      : "the statement allows from everywhere");
    } else {
      finding.notes.emplace_back(deny ? "nothing is denied" : "nothing is allowed");
    }
    finding.help =
        "name the public addresses that the network goes out by, or use `aws:VpcSourceIp` "
        "with `aws:SourceVpc` for requests through a VPC endpoint";
  }
}

void report_some_private(RuleContext& context, std::string_view base) {
  const Policy& policy = context.policy();
  for (const SourceCondition& condition : source_conditions(policy, base)) {
    if (condition.hidden.empty() || condition.hidden.size() == condition.addresses.size()) continue;
    const bool keep = !context.full();
    const std::vector<Text>& values = condition.place.entry.values;
    const std::size_t first = condition.hidden.front();
    Finding& finding =
        context.report(values[first].span, path_of(policy, condition.place, first),
                       "`aws:SourceIp` is never a private address: " + quoted(values[first].value) +
                           " does nothing");
    if (!keep) continue;
    std::vector<Span> items;
    for (const Text& value : values) items.push_back(value.span);
    for (std::size_t i = 1; i < condition.hidden.size(); ++i)
      finding.related.push_back({items[condition.hidden[i]], "private too"});
    finding.help = "delete the private addresses";
    // The engine does not know that AWS sees no such address: to it fewer values match less.
    if (!widens_access(condition.place)) continue;
    auto edits = deletion_of_items(policy, items, condition.hidden);
    if (edits) finding.fix = Fix{false, "delete the private addresses", *std::move(edits)};
  }
}

// The smallest run of values from the widest on that leaves no address of the family out.
std::vector<std::size_t> covering(const std::vector<Address>& addresses, bool v6) {
  std::vector<IpBlock> blocks;
  for (const Address& address : addresses) blocks.push_back(address.block);
  if (!covers_family(blocks, v6)) return {};
  std::vector<Address> sorted;
  std::ranges::copy_if(addresses, std::back_inserter(sorted),
                       [&](const Address& address) { return address.block.network.v6 == v6; });
  std::ranges::stable_sort(sorted, {}, [](const Address& address) { return address.block.prefix; });
  if (sorted.front().block.prefix == 0) return {sorted.front().value};
  std::vector<std::size_t> values;
  for (const Address& address : sorted) values.push_back(address.value);
  std::ranges::sort(values);
  return values;
}

void report_world(RuleContext& context, const SourceCondition& condition, bool v6) {
  const std::vector<std::size_t> world = covering(condition.addresses, v6);
  if (world.empty()) return;
  const Policy& policy = context.policy();
  const std::vector<Text>& values = condition.place.entry.values;
  const bool deny = condition.place.statement.effect == Effect::kDeny;
  const std::string family = v6 ? "IPv6" : "IPv4";
  Finding& finding = context.report(
      values[world[0]].span, path_of(policy, condition.place, world[0]),
      world.size() == 1 ? quoted(values[world[0]].value) + " is every " + family + " address"
                        : "the blocks together are every " + family + " address");
  for (std::size_t i = 1; i < world.size(); ++i)
    finding.related.push_back({values[world[i]].span, "with this one"});
  finding.notes.emplace_back(deny ? "the Deny lets all of them pass"
                                  : "the condition on `aws:SourceIp` restricts nothing");
  finding.help = "name the addresses that requests are to come from";
}

}  // namespace

void check_source_ip_all_private(RuleContext& context) { report_all_private(context, "IpAddress"); }

void check_source_ip_not_all_private(RuleContext& context) {
  report_all_private(context, "NotIpAddress");
}

void check_source_ip_some_private(RuleContext& context) {
  report_some_private(context, "IpAddress");
}

void check_source_ip_not_some_private(RuleContext& context) {
  report_some_private(context, "NotIpAddress");
}

void check_source_ip_world(RuleContext& context) {
  for (const std::string_view base : {"IpAddress", "NotIpAddress"}) {
    for (const SourceCondition& condition : source_conditions(context.policy(), base)) {
      // A Deny of everybody is narrow, and so is an Allow of nobody.
      if (!widens_access(condition.place)) continue;
      report_world(context, condition, false);
      report_world(context, condition, true);
    }
  }
}

}  // namespace iamcheck
