#include "config.h"

#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "file.h"
#include "iamcheck/document.h"
#include "iamcheck/suggestion.h"

namespace iamcheck::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kName = ".iamcheck.yaml";
constexpr std::size_t kMaxBytes = std::size_t{1} << 20;
constexpr std::array<std::string_view, 1> kKeys = {"rules"};

Error at(const Source& source, const Span& span, Error error) {
  const Position place = source.position(span.begin);
  error.message = source.name() + ":" + std::to_string(place.line) + ":" +
                  std::to_string(place.column) + ": " + error.message;
  return error;
}

Error invalid(const Source& source, const Span& span, std::string message, std::string help) {
  return at(source, span, {ErrorCode::kInvalidArgument, std::move(message), std::move(help), span});
}

}  // namespace

Result<Config> read_config(const std::string& path) {
  ReadLimits limits;
  limits.most_bytes = kMaxBytes;
  limits.follow_links = false;
  Result<std::string> bytes = read_input(path, limits);
  if (!bytes) return bytes.error();
  Config config;
  config.path = path;
  config.folder = fs::path(path).parent_path().generic_string();
  const auto source = Source::from_bytes(path, *std::move(bytes));
  const Result<Document> document = read_yaml(source, {});
  if (!document) return at(*source, document.error().span, document.error());
  const Node& root = document->root;
  if (root.kind == Node::Kind::kNull) return config;
  if (!root.is_object())
    return invalid(*source, root.span, "the configuration is no map", "write `rules: [my-rules]`");
  for (const Member& member : root.members) {
    if (member.name != "rules") {
      const std::string near =
          did_you_mean(similar_names(member.name, {kKeys.begin(), kKeys.end()}));
      return invalid(*source, member.name_span, "unknown key `" + member.name + "`",
                     near.empty() ? "known is `rules`" : near);
    }
    std::vector<const Node*> values;
    if (member.value.is_list()) {
      for (const Node& item : member.value.items) values.push_back(&item);
    } else {
      values.push_back(&member.value);
    }
    for (const Node* value : values) {
      if (!value->is_text() || value->text.empty())
        return invalid(*source, value->span, "`rules` names folders and pages",
                       "write `rules: [my-rules]`");
      if (fs::path(value->text).is_absolute())
        return invalid(*source, value->span, "`" + value->text + "` is no path below this file",
                       "name a folder beside the configuration, or use --rules");
      config.rules.push_back((fs::path(config.folder) / value->text).generic_string());
    }
  }
  return config;
}

std::optional<std::string> find_config() {
  std::error_code error;
  const fs::path start = fs::current_path(error);
  if (error) return std::nullopt;
  std::vector<std::string> up = {""};
  std::string prefix;
  // Only inside a repository do the folders above belong to the same people.
  for (fs::path folder = start; !fs::exists(folder / ".git", error);
       folder = folder.parent_path()) {
    if (folder == folder.parent_path()) {
      up.resize(1);
      break;
    }
    prefix += "../";
    up.push_back(prefix);
  }
  for (const std::string& folder : up) {
    std::string path = folder + std::string(kName);
    if (fs::exists(fs::symlink_status(path, error))) return path;
  }
  return std::nullopt;
}

}  // namespace iamcheck::cli
