#include "config.h"

#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "file.h"
#include "iamcheck/document.h"
#include "iamcheck/suggestion.h"
#include "iamcheck/suppression.h"

namespace iamcheck::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kName = ".iamcheck.yaml";
constexpr std::size_t kMaxBytes = std::size_t{1} << 20;
Error at(const Source& source, const Span& span, Error error) {
  const Position place = source.position(span.begin);
  error.message = source.name() + ":" + std::to_string(place.line) + ":" +
                  std::to_string(place.column) + ": " + error.message;
  return error;
}

Error invalid(const Source& source, const Span& span, std::string message, std::string help) {
  return at(source, span, {ErrorCode::kInvalidArgument, std::move(message), std::move(help), span});
}

// Reads the members of one file; the first mistake ends it.
class ConfigReader {
 public:
  ConfigReader(const Source& source, Config& config) : source_(source), config_(config) {}

  std::optional<Error> read(const Node& root) {
    if (root.kind == Node::Kind::kNull) return std::nullopt;
    if (!root.is_object()) {
      fail(root.span, "the configuration is no map", "write `rules: [my-rules]`");
      return error_;
    }
    for (const Member& member : root.members) {
      read_member(member);
      if (error_) break;
    }
    return error_;
  }

 private:
  using Read = void (ConfigReader::*)(const Member&);

  void read_member(const Member& member) {
    static constexpr std::array<std::pair<std::string_view, Read>, 7> kKeys = {{
        {"rules", &ConfigReader::read_rules},
        {"profile", &ConfigReader::read_profile},
        {"ignore", &ConfigReader::read_ignore},
        {"exclude", &ConfigReader::read_exclude},
        {"severity", &ConfigReader::read_severity},
        {"suppress", &ConfigReader::read_suppress},
        {"baseline", &ConfigReader::read_baseline},
    }};
    std::vector<std::string_view> names;
    for (const auto& [name, read] : kKeys) {
      if (member.name == name) return (this->*read)(member);
      names.push_back(name);
    }
    unknown(member, names);
  }

  void read_rules(const Member& member) {
    for (const std::string& path : paths(member)) config_.rules.push_back(path);
  }
  void read_baseline(const Member& member) {
    const std::vector<std::string> names = paths(member);
    if (names.size() > 1) fail(member.value.span, "there is one baseline", "name one file");
    if (names.size() == 1 &&
        fs::path(member.value.text).lexically_normal().begin()->string() == "..")
      fail(member.value.span, "`" + member.value.text + "` is not below this file",
           "keep the baseline beside the configuration, or use --baseline");
    if (names.size() == 1) config_.baseline = names.front();
  }
  void read_ignore(const Member& member) { config_.ignore = texts(member); }
  void read_exclude(const Member& member) { config_.exclude = texts(member); }

  void read_profile(const Member& member) {
    if (member.value.text == "default") {
      config_.profile = Profile::kDefault;
    } else if (member.value.text == "strict") {
      config_.profile = Profile::kStrict;
    } else {
      fail(member.value.span, "`profile` is default or strict", "write `profile: strict`");
    }
  }

  void read_severity(const Member& member) {
    if (!member.value.is_object())
      return fail(member.value.span, "`severity` is a map of rules",
                  "write `severity: {unknown-action: warning}`");
    for (const Member& one : member.value.members) {
      const auto severity = severity_of(one.value.text);
      if (!one.value.is_text() || !severity)
        return fail(one.value.span, "a severity is error, warning or note",
                    "write `" + one.name + ": note`");
      config_.severity[one.name] = *severity;
    }
  }

  void read_suppress(const Member& member) {
    if (!member.value.is_list())
      return fail(member.value.span, "`suppress` is a list", kSuppressionHelp);
    for (const Node& item : member.value.items) {
      if (!item.is_object()) return fail(item.span, "a suppression is a map", kSuppressionHelp);
      ConfiguredSuppression one;
      one.line = source_.position(item.span.begin).line;
      for (const Member& part : item.members) read_suppression(part, one);
      if (error_) return;
      if (one.rules.empty())
        return fail(item.span, "the suppression names no rule", kSuppressionHelp);
      if (one.reason.empty())
        return fail(item.span, "the suppression gives no reason", "add `reason:`");
      config_.suppress.push_back(std::move(one));
    }
  }

  void read_suppression(const Member& part, ConfiguredSuppression& one) {
    if (part.name == "rules") {
      one.rules = texts(part);
    } else if (part.name == "files") {
      one.files = texts(part);
    } else if (part.name == "until") {
      one.until = days_of_date(part.value.text);
      if (!one.until) fail(part.value.span, "`until` needs a date", "write `until: 2027-01-01`");
    } else {
      std::string* out = part.name == "sid"      ? &one.sid
                         : part.name == "at"     ? &one.at
                         : part.name == "value"  ? &one.value
                         : part.name == "reason" ? &one.reason
                                                 : nullptr;
      if (out == nullptr)
        return unknown(part, {"rules", "files", "sid", "at", "value", "reason", "until"});
      if (!part.value.is_text())
        return fail(part.value.span, "`" + part.name + "` is a text", kSuppressionHelp);
      *out = part.value.text;
    }
  }

  std::vector<std::string> texts(const Member& member) {
    std::vector<std::string> out;
    const auto add = [&](const Node& value) {
      if (!value.is_text() || value.text.empty())
        return fail(value.span, "`" + member.name + "` takes texts",
                    "write `" + member.name + ": [a, b]`");
      out.push_back(value.text);
    };
    if (!member.value.is_list()) add(member.value);
    for (const Node& item : member.value.items) add(item);
    return out;
  }

  // Below the folder of the configuration: nothing of it leads anywhere else.
  std::vector<std::string> paths(const Member& member) {
    std::vector<std::string> out;
    for (const std::string& text : texts(member)) {
      if (fs::path(text).is_absolute())
        fail(member.value.span, "`" + text + "` is no path below this file",
             "name something beside the configuration, or use a flag of the command");
      out.push_back((fs::path(config_.folder) / text).generic_string());
    }
    return out;
  }

  static std::optional<Severity> severity_of(std::string_view text) {
    for (const Severity one : {Severity::kNote, Severity::kWarning, Severity::kError}) {
      if (to_string(one) == text) return one;
    }
    return std::nullopt;
  }

  void unknown(const Member& member, const std::vector<std::string_view>& names) {
    std::string help = did_you_mean(similar_names(member.name, names));
    if (help.empty()) {
      help = "known are";
      for (const std::string_view name : names) help.append(" `").append(name).append("`");
    }
    fail(member.name_span, "unknown key `" + member.name + "`", help);
  }
  void fail(const Span& span, std::string message, std::string help) {
    if (!error_) error_ = invalid(source_, span, std::move(message), std::move(help));
  }

  static constexpr const char* kSuppressionHelp =
      "write `suppress: [{rules: [service-wildcard], files: [policies/ci.json], reason: why}]`";

  const Source& source_;
  Config& config_;
  std::optional<Error> error_;
};

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
  if (auto error = ConfigReader(*source, config).read(document->root)) return *std::move(error);
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
