// The canonical layout of policy files.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include "commands/commands.h"
#include "exit_code.h"
#include "file.h"
#include "file_walk.h"
#include "iamcheck/fix.h"
#include "iamcheck/input.h"
#include "iamcheck/layout.h"
#include "iamcheck/report.h"
#include "line_diff.h"

namespace iamcheck::cli {
namespace {

Error not_a_policy(const std::string& name) {
  return {ErrorCode::kNotAPolicy,
          "`" + name + "` is not one policy in JSON",
          "its layout was left alone; only files that are a policy and nothing else have one",
          {}};
}

// Line ends as the text has them.
std::string with_line_ends_of(std::string_view before, const std::string& text) {
  const std::size_t first = before.find('\n');
  const bool carriage = first != std::string_view::npos && first > 0 && before[first - 1] == '\r';
  std::string out;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n' && carriage) out += '\r';
    out += c;
  }
  return out;
}

Result<std::string> in_layout(const std::string& name, const std::string& bytes) {
  const std::shared_ptr<const Source> source = Source::from_bytes(name, bytes);
  if (auto error = check_editable(*source)) return *std::move(error);
  const FoundPolicies found = find_policies(source, {});
  const bool one = found.format == InputFormat::kJson && found.policies.size() == 1;
  const std::optional<Policy> before = one ? found.policies[0].policy : std::nullopt;
  if (!before || !found.policies[0].path.empty() || found.policies[0].embedded)
    return not_a_policy(name);
  ReadOptions tolerant;
  tolerant.tolerant = true;
  const Result<Document> document = read_json(source, tolerant);
  if (!document) return document.error();
  const std::string text = with_line_ends_of(bytes, canonical_layout(*document));
  // Nobody should have to trust the layout: what is written says what was read.
  const Result<Policy> after = parse_policy(name, text, tolerant);
  if (!after || !same_policy(*before, *after))
    return Error{ErrorCode::kInternal,
                 "the new layout of `" + name + "` would not be the same policy",
                 "this is a defect of iamcheck; the file was left alone",
                 {}};
  return text;
}

class Formatter {
 public:
  explicit Formatter(const FormatCommandOptions& options) : options_(options) {}

  int run() {
    WalkResult inputs = walk(options_.paths, {options_.exclude, options_.force_exclude});
    for (const FileError& error : inputs.errors) complain(error.error, kUndecided);
    for (const InputFile& file : inputs.files) format(file);
    // What may be given on to another program has nothing else beside it.
    const bool only_text = piped_ || (options_.diff && !options_.check);
    if (!only_text)
      print_out(std::to_string(changed_) + (options_.check ? " would change, " : " formatted, ") +
                std::to_string(policies_ - changed_) + " left as they are\n");
    return code_;
  }

 private:
  void complain(const Error& error, int code) {
    print_error(escape_controls(error.message + (error.help.empty() ? "" : "; " + error.help)));
    code_ = worst_of(code_, code);
  }

  void format(const InputFile& file) {
    const bool named = file.named && !options_.force_exclude;
    ReadLimits limits;
    limits.follow_links = named;
    limits.stop_at_binary = true;
    const Result<std::string> bytes = read_input(file.path, limits);
    if (!bytes) return complain(bytes.error(), kUndecided);
    const bool piped = file.path == "-";
    const std::string name = piped ? "<stdin>" : file.path;
    const Result<std::string> text = in_layout(name, *bytes);
    if (!text) {
      const bool defect = text.error().code == ErrorCode::kInternal;
      if (named || defect) complain(text.error(), defect ? kInternal : kUndecided);
      return;
    }
    const bool changed = *text != *bytes;
    piped_ = piped_ || piped;
    ++policies_;
    changed_ += changed ? 1 : 0;
    if (options_.check || options_.diff) {
      if (!changed) return;
      code_ = worst_of(code_, kFindings);
      if (options_.diff) print_out(unified_diff(name, *bytes, *text));
      if (options_.check) print_out("would change " + escape_controls(name) + "\n");
    } else if (piped) {
      print_out(*text);
    } else if (changed) {
      write(file.path, *text);
    }
  }

  void write(const std::string& path, const std::string& text) {
    if (const auto error = write_output(path, text)) return complain(*error, kInternal);
    if (!piped_) print_out("formatted " + escape_controls(path) + "\n");
  }

  const FormatCommandOptions& options_;
  int code_ = kClean;
  bool piped_ = false;  // standard input was among the files
  std::size_t policies_ = 0;
  std::size_t changed_ = 0;
};

}  // namespace

int run_fmt(const FormatCommandOptions& options) {
  if (!options.force_exclude && std::ranges::count(options.paths, "-") > 1) {
    print_error("standard input is named twice; name `-` once");
    return kUsage;
  }
  return Formatter(options).run();
}

}  // namespace iamcheck::cli
