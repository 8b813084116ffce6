// Writes copies of the sources of core in which rules can be broken, one at a time, while the
// program runs: write_mutants TABLE.. -- CORE_SRC OUTPUT. The tables are *.mutants; README.md says
// how they are written. Beside the copies stands names.inc: the mutants by number, and `lost` for
// one whose place in the source is not found.

#include <cctype>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

struct Mutant {
  std::string name;
  std::string code;
  bool is_statement = false;
};

struct Place {
  std::string file;
  std::string anchor;
  std::string snippet;  // with << and >> around the part that is replaced
  std::vector<Mutant> mutants;
};

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void write_if_changed(const std::filesystem::path& path, const std::string& text) {
  if (std::filesystem::exists(path) && read_file(path) == text) return;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

void read_table(const std::string& path, std::vector<Place>& places) {
  std::istringstream in(read_file(path));
  std::string file, anchor;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::string rest = line.size() > 2 ? line.substr(2) : "";
    switch (line[0]) {
      case '@':
        anchor = rest;
        break;
      case '-':
        places.push_back({file, anchor, rest, {}});
        anchor.clear();
        break;
      case '+':
      case '!': {
        const std::size_t space = rest.find(' ');
        places.back().mutants.push_back(
            {rest.substr(0, space), rest.substr(space + 1), line[0] == '!'});
        break;
      }
      default:
        file = line;
    }
  }
}

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

// The end of `snippet` when it stands at `at`; any white space stands for any other, and for none.
std::size_t match_at(const std::string& text, std::size_t at, const std::string& snippet) {
  for (const char c : snippet) {
    if (is_space(c)) continue;
    while (at < text.size() && is_space(text[at])) ++at;
    if (at == text.size() || text[at] != c) return std::string::npos;
    ++at;
  }
  return at;
}

std::size_t find(const std::string& text, std::size_t from, const std::string& snippet,
                 std::size_t& end) {
  for (std::size_t at = from; at < text.size(); ++at) {
    if (is_space(text[at])) continue;
    end = match_at(text, at, snippet);
    if (end != std::string::npos) return at;
  }
  return std::string::npos;
}

std::string flag(std::size_t number) { return "iamcheck_mutant == " + std::to_string(number); }

// Breaks one place; false when it is not there.
bool apply(const Place& place, std::size_t first_number, std::string& text) {
  std::size_t from = 0, end = 0;
  if (!place.anchor.empty()) {
    from = find(text, 0, place.anchor, end);
    if (from == std::string::npos) return false;
  }
  std::string before, marked = place.snippet, after;
  if (const std::size_t open = marked.find("<<"); open != std::string::npos) {
    const std::size_t close = marked.find(">>", open);
    before = marked.substr(0, open);
    after = marked.substr(close + 2);
    marked = marked.substr(open + 2, close - open - 2);
  }
  std::size_t whole_end = 0;
  const std::size_t begin = find(text, from, before + marked + after, whole_end);
  if (begin == std::string::npos) return false;
  // Without an anchor the place must be the only one, also among what other mutants have put in.
  std::size_t ignored = 0;
  if (place.anchor.empty() &&
      find(text, begin + 1, before + marked + after, ignored) != std::string::npos) {
    return false;
  }
  std::size_t mark_begin = match_at(text, begin, before);
  while (is_space(text[mark_begin])) ++mark_begin;
  const std::size_t mark_end = match_at(text, mark_begin, marked);
  std::string replaced = text.substr(mark_begin, mark_end - mark_begin);
  for (std::size_t i = 0; i < place.mutants.size(); ++i) {
    const Mutant& mutant = place.mutants[i];
    const std::string condition = flag(first_number + i);
    replaced = mutant.is_statement
                   ? "if (" + condition + ") { " + mutant.code + " }\n" + replaced
                   : "(" + condition + " ? (" + mutant.code + ") : (" + replaced + "))";
  }
  text.replace(mark_begin, mark_end - mark_begin, replaced);
  return true;
}

int run(const std::vector<std::string>& arguments) {
  std::vector<Place> places;
  std::size_t at = 0;
  for (; at < arguments.size() && arguments[at] != "--"; ++at) read_table(arguments[at], places);
  if (at + 2 >= arguments.size()) throw std::runtime_error("TABLE.. -- CORE_SRC OUTPUT");
  const std::filesystem::path core = arguments[at + 1], output = arguments[at + 2];

  std::map<std::string, std::string> files;
  std::string names;
  std::size_t number = 0;
  for (const Place& place : places) {
    std::string& text = files.try_emplace(place.file, "").first->second;
    if (text.empty()) text = "extern int iamcheck_mutant;\n" + read_file(core / place.file);
    const bool found = apply(place, number, text);
    for (const Mutant& mutant : place.mutants) {
      names += "{\"" + mutant.name + "\", " + (found ? "true" : "false") + "},\n";
      if (!found)
        std::cerr << "no such place, or several, for " << mutant.name << " in " << place.file
                  << "\n";
      ++number;
    }
  }
  for (const auto& [file, text] : files) write_if_changed(output / file, text);
  write_if_changed(output / "names.inc", names);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(std::vector<std::string>(argv + 1, argv + argc));
  } catch (const std::exception& error) {
    std::cerr << "write_mutants: " << error.what() << "\n";
    return 1;
  }
}
