#pragma once

// Asking one condition in one line.

#include <string>
#include <utility>
#include <vector>

#include "iamcheck/condition.h"

namespace iamcheck::question {

inline Condition compile(const std::string& name, const std::vector<std::string>& values,
                         bool variables = true) {
  std::vector<ConditionValue> list;
  for (const std::string& value : values) list.push_back({value, false});
  return Condition(name, "k", list, {variables, false});
}

/// The request has `k` with one text.
inline Context single(std::string value) {
  Context context;
  context.set("k", std::move(value));
  return context;
}

/// The request has `k` with a list.
inline Context list(std::vector<std::string> values) {
  Context context;
  context.set_list("k", std::move(values));
  return context;
}

inline Context missing() { return {}; }

inline Context unknown() { return Context(Context::Mode::kAsk); }

inline Truth ask(const std::string& name, const std::vector<std::string>& values,
                 const Context& context) {
  return compile(name, values).evaluate(context);
}

inline bool holds(const std::string& name, const std::vector<std::string>& values,
                  const Context& context) {
  Truth truth = ask(name, values, context);
  if (truth == Truth::kUnknown) throw "an unknown answer where a definite one was expected";
  return truth == Truth::kTrue;
}

inline ConditionExplanation explain(const std::string& name, const std::vector<std::string>& values,
                                    const Context& context) {
  ConditionExplanation explanation;
  compile(name, values).evaluate(context, &explanation);
  return explanation;
}

}  // namespace iamcheck::question
