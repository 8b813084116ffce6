// IpAddress: the request's address lies in the policy's CIDR block. Host bits of the block are
// masked, a block without a prefix is one address, and an address of the other family lies in no
// block (S7).
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
#include "text/ip.h"

#include <utility>
#include <vector>

#include "condition/families/policy_values.h"

namespace iamcheck::families {
namespace {

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
    std::vector<IpBlock> all;
    all.reserve(blocks.size());
    for (const auto& [position, block] : blocks) all.push_back(block);
    return covers_family(all, false) && covers_family(all, true);
  }
};

}  // namespace

std::unique_ptr<PolicyValues> make_ip_values(const ValueSource& source) {
  return std::make_unique<FamilyValues<IpFamily>>(source);
}

}  // namespace iamcheck::families
