#include "adapter.h"

#include "evaluate.h"

namespace iamcheck::oracle {

DecisionKind oracle_decision(const nlohmann::json& request) { return evaluate(request).kind; }

}  // namespace iamcheck::oracle
