#include "git_objects.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string_view>
#include <utility>

#include "iamcheck/credentials.h"

namespace iamcheck::cli {
namespace {

constexpr std::size_t kMostCommitBytes = std::size_t{1024} * 1024;
constexpr std::size_t kMostAuthorBytes = 200;
// So many ids of 64 letters fit into what GitProcess::write takes.
constexpr std::size_t kMostAsked = 60;

Error unreadable(const std::string& name, const std::string& why) {
  return {ErrorCode::kUnreadable,
          "cannot read `" + name + "` from git: " + why,
          "check the repository with git fsck; a partial clone lacks objects",
          {}};
}

// The size in `ID TYPE SIZE`; nothing in `ID missing`.
std::optional<std::size_t> size_in(std::string_view answer) {
  const std::size_t blank = answer.rfind(' ');
  if (blank == std::string_view::npos || blank == answer.find(' ')) return std::nullopt;
  const std::string_view digits = answer.substr(blank + 1);
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return size;
}

std::string date_of(std::string_view seconds) {
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(seconds.data(), seconds.data() + seconds.size(), count);
  constexpr std::int64_t kYear10000 = 253402300800;
  if (error != std::errc() || end == seconds.data() || count < 0 || count >= kYear10000) return {};
  const std::chrono::sys_days day(std::chrono::days(count / 86400));
  const std::chrono::year_month_day date(day);
  const auto of_day = static_cast<unsigned>(count % 86400);
  std::array<char, 64> text;
  const int size = std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02u:%02u:%02uZ",
                                 static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                                 static_cast<unsigned>(date.day()), of_day / 3600, of_day / 60 % 60,
                                 of_day % 60);
  return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace

Result<std::string> ObjectReader::read(const std::string& id, const std::string& name,
                                       const ReadLimits& limits) {
  // It is put back when the whole answer was read: another question would get the rest.
  std::unique_ptr<GitProcess> git = std::move(git_);
  if (!git) {
    auto started = GitProcess::start({"cat-file", "--batch"}, true);
    if (!started) return started.error();
    git = std::move(*started);
  }
  const auto fail = [&] {
    git->ended_well();
    return unreadable(name, git->complaint());
  };
  const std::optional<std::string> answer =
      git->write(id + "\n") ? git->read_until('\n') : std::nullopt;
  if (!answer) return fail();
  const std::optional<std::size_t> size = size_in(*answer);
  if (!size) {
    git_ = std::move(git);
    return unreadable(name, "there is no such object");
  }
  // What nobody keeps is read all the same: the next answer comes behind it.
  const bool too_large = *size > limits.most_bytes;
  bool binary = false;
  std::string bytes;
  if (!too_large) bytes.reserve(*size);
  const bool whole = git->read(*size, [&](std::string_view block) {
    if (too_large || binary) return;
    const bool first = bytes.size() < kSniffed;
    bytes += block;
    binary = limits.stop_at_binary && first && is_binary(bytes);
  });
  if (!whole || !git->read(1, [](std::string_view) {})) return fail();
  git_ = std::move(git);
  if (!too_large) return bytes;
  return Error{ErrorCode::kLimitExceeded,
               "`" + name + "` is larger than " + std::to_string(limits.most_bytes) + " bytes",
               "split the file",
               {}};
}

Result<std::vector<std::optional<std::size_t>>> ObjectSizes::of(
    const std::vector<std::string>& ids) {
  std::vector<std::optional<std::size_t>> sizes;
  sizes.reserve(ids.size());
  for (std::size_t begin = 0; begin < ids.size(); begin += kMostAsked) {
    if (!git_) {
      auto started = GitProcess::start({"cat-file", "--batch-check"}, true);
      if (!started) return started.error();
      git_ = std::move(*started);
    }
    const std::size_t end = std::min(ids.size(), begin + kMostAsked);
    std::string question;
    for (std::size_t i = begin; i < end; ++i) question.append(ids[i]).append("\n");
    bool alive = git_->write(question);
    for (std::size_t i = begin; i < end; ++i) {
      const std::optional<std::string> answer = alive ? git_->read_until('\n') : std::nullopt;
      alive = answer.has_value();
      sizes.push_back(answer ? size_in(*answer) : std::nullopt);
    }
    // It died of one of them; reading them one by one will tell of which.
    if (!alive) git_.reset();
  }
  return sizes;
}

CommitPlace describe_commit(const std::string& id, ObjectReader& objects) {
  CommitPlace commit{id, "", ""};
  ReadLimits limits;
  limits.most_bytes = kMostCommitBytes;
  const Result<std::string> read = objects.read(id, id, limits);
  if (!read) return commit;
  // `author NAME <ADDRESS> SECONDS ZONE`, above the first empty line.
  std::string_view text = *read;
  text = text.substr(0, text.find("\n\n"));
  constexpr std::string_view kAuthor = "\nauthor ";
  const std::size_t at = text.find(kAuthor);
  if (at == std::string_view::npos) return commit;
  text.remove_prefix(at + kAuthor.size());
  text = text.substr(0, text.find('\n'));
  std::string_view name = text.substr(0, text.find('<'));
  while (name.ends_with(' ')) name.remove_suffix(1);
  std::vector<std::string> texts = {std::string(name)};
  hide_credentials(name, texts);
  if (texts[0].size() > kMostAuthorBytes) texts[0].resize(kMostAuthorBytes);
  commit.author = std::move(texts[0]);
  if (const std::size_t end = text.rfind("> "); end != std::string_view::npos)
    commit.date = date_of(text.substr(end + 2));
  return commit;
}

}  // namespace iamcheck::cli
