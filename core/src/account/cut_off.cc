#include "account/cut_off.h"

#include <string>
#include <vector>

namespace iamcheck {

std::optional<SavedText> save_cut_off(const Source& source, Span part) {
  const std::string_view text = source.slice(part);
  std::vector<char> open;  // closing brackets that are owed
  std::size_t last_entry = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
      continue;
    }
    if (c == '"') in_string = true;
    if (c == '{') open.push_back('}');
    if (c == '[') open.push_back(']');
    if (c != '}' && c != ']') continue;
    if (open.empty() || open.back() != c) return std::nullopt;
    open.pop_back();
    // An entry of a list of the outermost object, or such a list as a whole.
    if (open.size() == 2 && open[1] == ']' && c == '}') last_entry = i + 1;
    if (open.size() == 1 && c == ']') last_entry = i + 1;
  }
  if (open.empty() || open[0] != '}' || last_entry == 0) return std::nullopt;
  // Everything before the part is kept as white space, so that offsets stay those of the file.
  std::string saved;
  for (const char c : source.text().substr(0, part.begin)) saved += c == '\n' ? '\n' : ' ';
  saved += text.substr(0, last_entry);
  saved += text[last_entry - 1] == '}' ? "]}" : "}";
  return SavedText{Source::from_bytes(source.name(), std::move(saved), source.id()),
                   Span{part.source, part.end, part.end}};
}

}  // namespace iamcheck
