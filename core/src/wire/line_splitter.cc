#include "wire/line_splitter.h"

#include <utility>

namespace iamcheck {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

std::vector<InputLine> LineSplitter::feed(std::string_view bytes) {
  std::vector<InputLine> lines;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    take(bytes.substr(0, end));
    if (end == std::string_view::npos) break;
    ++length_;
    end_line(lines);
    bytes.remove_prefix(end + 1);
  }
  return lines;
}

std::vector<InputLine> LineSplitter::finish() {
  std::vector<InputLine> lines;
  end_line(lines);
  return lines;
}

// A line that is too long is not kept: its bytes are only counted.
void LineSplitter::take(std::string_view bytes) {
  length_ += bytes.size();
  if (line_.too_long) return;
  if (line_.text.size() + bytes.size() > max_bytes_) {
    line_.too_long = true;
    line_.text = std::string();
    return;
  }
  line_.text += bytes;
}

void LineSplitter::end_line(std::vector<InputLine>& lines) {
  InputLine next;
  next.number = line_.number + 1;
  next.bytes_before = line_.bytes_before + length_;
  if (line_.number == 1 && line_.text.starts_with(kByteOrderMark)) {
    line_.text.erase(0, kByteOrderMark.size());
    line_.bytes_before += kByteOrderMark.size();
  }
  if (line_.too_long || !is_blank(line_.text)) lines.push_back(std::move(line_));
  line_ = std::move(next);
  length_ = 0;
}

}  // namespace iamcheck
