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
    re2_ = std::make_unique<const re2::RE2>(std::string(pattern_), options);
  });
  return *re2_;
}

Expression::Found Expression::match(std::string_view text) const {
  const re2::RE2& expression = compiled();
  re2::StringPiece groups[2];
  // Groups are filled in only after a match was found.
  const int wanted = expression.NumberOfCapturingGroups() + 1;
  if (!expression.Match(text, 0, text.size(), re2::RE2::ANCHOR_START, groups, wanted)) return {};
  // The group of an alternative that did not match has no place.
  const re2::StringPiece& inner = groups[groups[wanted - 1].data() == nullptr ? 0 : wanted - 1];
  return {{groups[0].data(), groups[0].size()}, {inner.data(), inner.size()}};
}

bool Expression::valid() const {
  return compiled().ok() && compiled().NumberOfCapturingGroups() <= 1;
}

}  // namespace iamcheck
