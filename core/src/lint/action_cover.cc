#include "lint/action_cover.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "iamcheck/arn.h"
#include "lint/context.h"

namespace iamcheck {
namespace {

bool matches(const ListElement& list, std::string_view action) {
  return std::any_of(list.values.begin(), list.values.end(), [&](const Text& text) {
    return !text.unresolved && ActionPattern(text.value).matches(action);
  });
}

// The one service that was named; `*` and the like name none.
class OneService {
 public:
  void add(std::string_view service) {
    if (service.empty() || several_) return;
    if (!one_.empty() && one_ != service) several_ = true;
    one_ = service;
  }
  bool several() const { return several_; }
  std::string name() const { return several_ ? std::string() : one_; }

 private:
  std::string one_;
  bool several_ = false;
};

}  // namespace

bool covers_action(const Statement& statement, std::string_view action) {
  if (statement.action) return matches(*statement.action, action);
  return statement.not_action && !matches(*statement.not_action, action);
}

std::string service_of(const Policy& policy) {
  OneService by_action, by_resource;
  for (const ListEntry& entry : action_entries(policy)) {
    if (!entry.text.unresolved) by_action.add(ActionPattern(entry.text.value).service());
  }
  if (by_action.several() || !by_action.name().empty()) return by_action.name();
  for (const ListEntry& entry : resource_entries(policy)) {
    if (entry.text.unresolved) continue;
    const auto arn = Arn::parse(entry.text.value);
    if (arn && arn->service.find_first_of("*?$") == std::string_view::npos)
      by_resource.add(arn->service);
  }
  return by_resource.name();
}

}  // namespace iamcheck
