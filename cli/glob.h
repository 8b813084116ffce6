#pragma once

// The patterns of .gitignore, matched as git matches them (wildmatch, gitignore(5)).

#include <bitset>
#include <string_view>
#include <vector>

namespace iamcheck::cli {

/// A compiled pattern. Matching costs at most |pattern| x |path| steps, whatever the pattern is:
/// the .gitignore of an inspected repository is hostile too.
class Glob {
 public:
  enum class Scope {
    kName,  ///< the pattern has no slash: it is matched against one name, `**` is `*`
    kPath,  ///< matched against a whole path; only `**` crosses slashes
  };

  Glob(std::string_view pattern, Scope scope);

  bool matches(std::string_view path) const;

 private:
  enum class Kind : unsigned char {
    kCharacter,   // this byte
    kAny,         // `?`: one byte, no slash
    kClass,       // `[a-z]`: one byte of the set, no slash
    kStar,        // `*`: bytes without a slash
    kEverything,  // `**` at the end: all that is left
    kFolders,     // `**/`: nothing, or any folders; the next token is its other half
    kInFolders,   // inside such a run, left behind a slash
  };
  struct Token {
    Kind kind = Kind::kCharacter;
    unsigned char byte = 0;
    std::bitset<256> set;
  };

  void compile(std::string_view pattern, Scope scope);
  bool add_class(std::string_view pattern, std::size_t& at);
  void follow_empty(std::vector<bool>& reached) const;

  std::vector<Token> tokens_;
  bool valid_ = true;  // a pattern that git refuses matches nothing
};

}  // namespace iamcheck::cli
