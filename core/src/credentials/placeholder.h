#pragma once

// Values that look like credentials and are none: what documentation prints, and what people write
// where a credential should go.

#include <string_view>

namespace iamcheck {

/// A value that AWS or another vendor publishes as an example. Reported as a note, never dropped: a
/// copied example is worth a look, and may stand where a real key will stand tomorrow.
bool is_documented(std::string_view value);

/// A value that only holds the place of a credential. Silent.
///
/// Real keys are random, so a test that asks too little drops real ones: a word of three letters
/// stands by chance in one of a thousand keys of 40 characters. Long words count anywhere, words of
/// four letters only at an end, repeats and sequences only when long.
bool is_placeholder(std::string_view value);

}  // namespace iamcheck
