#include "terminal.h"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "exit_code.h"
#include "iamcheck/report.h"

namespace iamcheck::cli {
namespace {

// Why standard output could not be written; 0 when it could. A process has one standard output.
int write_error = 0;

bool is_set(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

}  // namespace

bool use_colour(ColourChoice choice) {
  if (choice != ColourChoice::kAuto) return choice == ColourChoice::kAlways;
  if (is_set("NO_COLOR")) return false;
  if (is_set("FORCE_COLOR")) return true;
  const char* terminal = std::getenv("TERM");
  bool dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
  return !dumb && isatty(STDOUT_FILENO) != 0;
}

void print_out(std::string_view text) {
  if (write_error != 0) return;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) write_error = errno;
}

bool flush_out() {
  if (std::fflush(stdout) != 0 && write_error == 0) write_error = errno;
  return write_error == 0;
}

void print_error(std::string_view text) {
  // Here and nowhere else, so that no caller can forget it: messages quote files and arguments.
  const std::string line = "iamcheck: " + escape_controls(text) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

void ignore_closed_pipes() { std::signal(SIGPIPE, SIG_IGN); }

int finish_output(int code) {
  if (std::fflush(stdout) != 0 && write_error == 0) write_error = errno;
  // The reader of `iamcheck lint . | head` has seen enough; the answer is still the answer.
  if (write_error == 0 || write_error == EPIPE) return code;
  print_error("cannot write the output: " + std::string(std::strerror(write_error)));
  return worst_of(code, kInternal);
}

ColourChoice colour_from(const std::string& text) {
  if (text == "always") return ColourChoice::kAlways;
  return text == "never" ? ColourChoice::kNever : ColourChoice::kAuto;
}

}  // namespace iamcheck::cli
