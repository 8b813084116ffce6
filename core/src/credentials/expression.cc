#include "credentials/expression.h"

#include <re2/re2.h>

namespace iamcheck {

Expression::Expression(std::string_view pattern) : pattern_(pattern) {}
Expression::~Expression() = default;

const re2::RE2& Expression::compiled() const {
  std::call_once(once_, [this] {
    re2::RE2::Options options;
    options.set_encoding(re2::RE2::Options::EncodingLatin1);
    options.set_log_errors(false);
    re2_ = std::make_unique<const re2::RE2>("\\A(" + std::string(pattern_) + ")", options);
  });
  return *re2_;
}

std::string Expression::match(std::string_view text) const {
  std::string matched;
  // `\A` makes RE2 take its anchored path; the group is filled in only after a match was found.
  if (!re2::RE2::PartialMatch(text, compiled(), &matched)) matched.clear();
  return matched;
}

bool Expression::valid() const {
  return compiled().ok() && compiled().NumberOfCapturingGroups() == 1;
}

}  // namespace iamcheck
