#include "input/sniff.h"

#include <algorithm>
#include <array>

namespace iamcheck {
namespace {

constexpr std::size_t kSniffed = 8192;

// A line that only Terraform has, for files whose name does not tell.
bool begins_like_terraform(std::string_view head) {
  constexpr std::array<std::string_view, 2> kFirst = {"resource \"aws_",
                                                      "data \"aws_iam_policy_document\""};
  return std::ranges::any_of(kFirst, [&](std::string_view word) {
    const std::size_t at = head.find(word);
    return at != std::string_view::npos && (at == 0 || head[at - 1] == '\n');
  });
}

bool has_extension(std::string_view name, std::string_view extension) {
  return name.size() >= extension.size() && name.ends_with(extension);
}

}  // namespace

std::string_view to_string(InputFormat format) {
  static constexpr std::array<std::string_view, 6> kNames = {"json",   "markdown", "text",
                                                             "binary", "yaml",     "hcl"};
  return kNames[static_cast<std::size_t>(format)];
}

InputFormat sniff_format(std::string_view name, std::string_view text) {
  std::string_view head = text.substr(0, kSniffed);
  if (head.find('\0') != std::string_view::npos) return InputFormat::kBinary;
  // However much space stands before it.
  const std::size_t solid = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  const std::string_view content = text.substr(solid, kSniffed);
  const bool yaml_name = has_extension(name, ".yaml") || has_extension(name, ".yml");
  // A chart of Helm begins with `{{`.
  const bool filled_in = content.starts_with("{{") || content.starts_with("{%");
  if (yaml_name && filled_in) return InputFormat::kYaml;
  if (content.starts_with('{') || content.starts_with('[')) return InputFormat::kJson;
  if (has_extension(name, ".tf") || has_extension(name, ".tofu")) return InputFormat::kHcl;
  if (content.starts_with("//") || content.starts_with("/*")) {
    if (has_extension(name, ".json") || has_extension(name, ".jsonc")) return InputFormat::kJson;
  }
  if (has_extension(name, ".md") || has_extension(name, ".markdown") ||
      has_extension(name, ".mdx")) {
    return InputFormat::kMarkdown;
  }
  if (yaml_name || content.starts_with("AWSTemplateFormatVersion:") || content.starts_with("%YAML"))
    return InputFormat::kYaml;
  const bool fence = head.starts_with("```") || head.find("\n```") != std::string_view::npos ||
                     head.starts_with("> ```") || head.find("\n> ```") != std::string_view::npos;
  if (fence) return InputFormat::kMarkdown;
  return begins_like_terraform(head) ? InputFormat::kHcl : InputFormat::kText;
}

bool may_hold_hcl_policy(std::string_view text) {
  return text.find("aws_iam_policy_document") != std::string_view::npos || may_hold_policy(text);
}

bool may_hold_policy(std::string_view text) {
  const auto has = [&](std::string_view word) { return text.find(word) != std::string_view::npos; };
  return has("Statement") && (has("Effect") || has("Action"));
}

bool smells_of_policy(std::string_view text) {
  // In single quotes too: the text form of a Python dictionary is often pasted for JSON.
  auto has = [&](std::string_view word) {
    for (std::size_t at = text.find(word); at != std::string_view::npos;
         at = text.find(word, at + 1)) {
      const std::size_t end = at + word.size();
      if (at == 0 || end == text.size() || text[at - 1] != text[end]) continue;
      if (text[end] == '"' || text[end] == '\'') return true;
    }
    return false;
  };
  if (has("Version") && (has("2012-10-17") || has("2008-10-17"))) return true;
  return has("Statement") && (has("Effect") || has("Action") || has("NotAction"));
}

}  // namespace iamcheck
