#pragma once

// What a scan knows about a text beside its bytes.

#include <cstddef>
#include <set>
#include <string_view>

#include "credentials/encoding.h"
#include "credentials/validation.h"
#include "iamcheck/rule_page.h"

namespace iamcheck {

/// Not safe to share between threads.
struct Scope {
  std::string_view file;
  bool generated = false;           ///< lock files, minified code: only what has its own shape
  bool strict = false;              ///< rules of the strict profile too
  std::set<const RulePage*> asked;  ///< by name: whatever their profile
  const InnerScan* inner = nullptr;

  bool runs(const RulePage& page) const {
    return page.profile == Profile::kDefault || strict || asked.contains(&page);
  }

  /// Whether an escape stands in the first `limit` letters of base64 from `at` on.
  bool has_escape(std::string_view text, std::size_t at, std::size_t limit) const {
    if (letters_of != text.data() || at < letters_begin || at >= letters_end) {
      letters_of = text.data();
      letters_begin = letters_end = at;
      while (letters_end < text.size() &&
             (is_base64_letter(text[letters_end]) || text[letters_end] == '='))
        ++letters_end;
    }
    return letters_end < text.size() && letters_end - at < limit &&
           (text[letters_end] == '\\' || text[letters_end] == '%');
  }

  /// Letters that follow each other, looked at once, and the text in which they do.
  mutable const char* letters_of = nullptr;
  mutable std::size_t letters_begin = 0, letters_end = 0;
};

}  // namespace iamcheck
