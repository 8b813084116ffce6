#include "input/embedded.h"

#include <utility>

#include "input/sniff.h"

namespace iamcheck {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

// Walks the inside of a double-quoted string. `\"` opens and closes the strings of the inner JSON;
// the blank stands outside of them.
bool blank_escapes(std::string_view text, std::string* out) {
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') continue;
    const char escaped = i + 1 < text.size() ? text[i + 1] : '\0';
    if (escaped == '"') {
      if (out != nullptr) out->replace(i, 2, in_string ? "\" " : " \"");
      in_string = !in_string;
    } else if (escaped == 'n' || escaped == 't' || escaped == 'r') {
      if (in_string) return false;  // a line end inside of a text is no JSON
      if (out != nullptr) out->replace(i, 2, "  ");
    } else if (escaped == '/' && in_string) {
      // Means the same on the inside.
    } else if (escaped == 'u' && in_string && i + 5 < text.size()) {
      // `\u003c` means the same on the inside, unless it is what the inner JSON would escape.
      const std::string_view digits = text.substr(i + 2, 4);
      if (digits < "0020" || digits == "0022" || digits == "005c" || digits == "005C") return false;
    } else {
      return false;
    }
    ++i;
  }
  return !in_string;
}

}  // namespace

bool is_embedded_policy(const Node& node) {
  if (!node.is_text()) return false;
  const std::size_t first = node.text.find_first_not_of(kSpace);
  return first != std::string::npos && node.text[first] == '{' && smells_of_policy(node.text);
}

void EmbeddedTexts::add(const Node& node, std::string path, const Attachment& attachment) {
  texts_.push_back({node.span, std::move(path), attachment});
}

std::shared_ptr<const Source> EmbeddedTexts::unescaped() const {
  if (texts_.empty()) return source_;
  std::string text(source_->text());
  for (const EmbeddedText& one : texts_) {
    const auto part = inside(one);
    if (!part || !source_->slice(one.span).starts_with('"')) continue;
    std::string plain(source_->slice(*part));
    blank_escapes(source_->slice(*part), &plain);
    text.replace(part->begin, part->size(), plain);
  }
  return Source::from_bytes(source_->name(), std::move(text), source_->id());
}

std::optional<Span> EmbeddedTexts::inside(const EmbeddedText& one) const {
  const std::string_view text = source_->slice(one.span);
  Span part = one.span;
  if (text.starts_with('"') || text.starts_with('\'')) {
    if (text.size() < 2) return std::nullopt;
    ++part.begin;
    --part.end;
    const std::string_view content = source_->slice(part);
    if (text[0] == '"') return blank_escapes(content, nullptr) ? std::optional(part) : std::nullopt;
    return content.find("''") == std::string_view::npos ? std::optional(part) : std::nullopt;
  }
  // A block scalar of YAML: what stands before the first bracket is its header.
  const std::size_t bracket = text.find('{');
  if (bracket == std::string_view::npos) return std::nullopt;
  part.begin += static_cast<std::uint32_t>(bracket);
  return part;
}

}  // namespace iamcheck
