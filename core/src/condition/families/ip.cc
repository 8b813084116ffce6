// IpAddress: the request's address lies in the policy's CIDR block. Host bits of the block are
// masked, a block without a prefix is one address, and an address of the other family lies in no
// block (S7).
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
#include "text/ip.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>
#include <vector>

#include "condition/families/policy_values.h"

namespace iamcheck::families {
namespace {

// Whether the blocks of one family leave no address of it out. Blocks lie apart or in each other:
// of those that lie in no other, two halves make one of the next size, up to the whole.
bool covers_family(const std::vector<std::pair<std::uint32_t, IpBlock>>& all, bool v6) {
  std::vector<IpBlock> blocks;
  for (const auto& [position, block] : all) {
    if (block.network.v6 == v6) blocks.push_back(block);
  }
  std::ranges::sort(
      blocks, {}, [](const IpBlock& block) { return std::tie(block.network.bytes, block.prefix); });
  std::array<std::size_t, 129> apart{};  // by prefix
  const IpBlock* outer = nullptr;
  for (const IpBlock& block : blocks) {
    if (outer != nullptr && outer->contains(block.network)) continue;
    outer = &block;
    ++apart[block.prefix];
  }
  for (std::size_t prefix = apart.size() - 1; prefix > 0; --prefix) {
    if (apart[prefix] % 2 != 0) return false;
    apart[prefix - 1] += apart[prefix] / 2;
  }
  return apart[0] == 1;
}

struct IpFamily : PlainFamily<IpBlock> {
  using Request = IpAddress;
  static std::optional<Request> read_request(std::string_view text) {
    return IpAddress::parse(text);
  }
  static std::optional<Value> read_value(const std::string& text, const ValueSource&) {
    return IpBlock::parse(text);
  }
  static Comparison compare(const Request& address, const Value& block, ConditionComparison,
                            const VariableScope&) {
    return to_comparison(block.contains(address));
  }
  static bool cover_everything(const std::vector<std::pair<std::uint32_t, Value>>& blocks) {
    return covers_family(blocks, false) && covers_family(blocks, true);
  }
};

}  // namespace

std::unique_ptr<PolicyValues> make_ip_values(const ValueSource& source) {
  return std::make_unique<FamilyValues<IpFamily>>(source);
}

}  // namespace iamcheck::families
