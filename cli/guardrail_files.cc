#include "guardrail_files.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "file.h"

namespace iamcheck::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxPages = 1000;
constexpr std::size_t kMaxPageBytes = std::size_t{1} << 20;

class PageReader {
 public:
  PageReader(std::string inside, const Catalogue& catalogue)
      : inside_(std::move(inside)), catalogue_(catalogue) {}

  void read(const std::string& path) {
    std::error_code error;
    if (!inside_.empty() && !is_inside(path)) {
      return fail(path, {ErrorCode::kInvalidArgument,
                         "`" + path + "` is not below `" + inside_ + "`",
                         "keep the rules where the configuration is, or name them with --rules",
                         {}});
    }
    if (!fs::is_directory(path, error)) return read_page(path);
    std::vector<std::string> pages;
    fs::recursive_directory_iterator entries(path, error), end;
    for (; !error && entries != end; entries.increment(error)) {
      const fs::path& entry = entries->path();
      if (!fs::is_regular_file(entries->symlink_status(error)) || entry.extension() != ".md" ||
          entry.filename() == "README.md")
        continue;
      pages.push_back(entry.generic_string());
      if (pages.size() > kMaxPages) {
        return fail(path, {ErrorCode::kLimitExceeded,
                           "`" + path + "` holds more than " + std::to_string(kMaxPages) + " pages",
                           "name the folder with the rules",
                           {}});
      }
    }
    if (error)
      return fail(path, {ErrorCode::kUnreadable,
                         "cannot read `" + path + "`: " + error.message(),
                         "check the path and its permissions",
                         {}});
    if (pages.empty())
      return fail(path, {ErrorCode::kUnreadable,
                         "`" + path + "` holds no rules",
                         "a rule is a Markdown page, *.md, with `forbid:` in its front matter",
                         {}});
    std::ranges::sort(pages);
    for (const std::string& page : pages) read_page(page);
  }

  GuardrailFiles take() {
    std::ranges::sort(files_.guardrails, {}, &Guardrail::slug);
    return std::move(files_);
  }

 private:
  bool is_inside(const std::string& path) const {
    std::error_code error;
    const fs::path root = fs::canonical(inside_, error);
    const fs::path own = fs::weakly_canonical(path, error);
    const auto [end, rest] = std::mismatch(root.begin(), root.end(), own.begin(), own.end());
    return !error && end == root.end();
  }

  void read_page(const std::string& path) {
    ReadLimits limits;
    limits.most_bytes = kMaxPageBytes;
    limits.follow_links = inside_.empty();
    Result<std::string> bytes = read_input(path, limits);
    if (!bytes) return fail(path, bytes.error());
    const auto source = Source::from_bytes(path, *std::move(bytes));
    GuardrailPage page = read_guardrail(source, fs::path(path).stem().string(), catalogue_);
    for (Error& error : page.errors) {
      const Position place = source->position(error.span.begin);
      error.message = path + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) +
                      ": " + error.message;
      fail(path, std::move(error));
    }
    if (!page.guardrail) return;
    const auto same = std::ranges::find(files_.guardrails, page.guardrail->slug, &Guardrail::slug);
    if (same == files_.guardrails.end()) {
      files_.guardrails.push_back(*std::move(page.guardrail));
    } else if (same->file != path) {
      fail(path, {ErrorCode::kInvalidArgument,
                  "there are two rules `" + same->slug + "`: " + same->file + " and " + path,
                  "give one of the files another name",
                  {}});
    }
  }

  void fail(const std::string& path, Error error) {
    files_.errors.push_back({path, std::move(error)});
  }

  std::string inside_;
  const Catalogue& catalogue_;
  GuardrailFiles files_;
};

}  // namespace

GuardrailFiles read_guardrails(const std::vector<std::string>& paths, const std::string& inside,
                               const Catalogue& catalogue) {
  PageReader reader(inside, catalogue);
  for (const std::string& path : paths) reader.read(path);
  return reader.take();
}

}  // namespace iamcheck::cli
