#pragma once

// The only place that knows about the terminal.

#include <string>
#include <string_view>

namespace iamcheck::cli {

enum class ColourChoice { kAuto, kAlways, kNever };

/// Whether to colour what goes to standard output: --color, then NO_COLOR and FORCE_COLOR
/// (https://no-color.org, https://force-color.org), then whether it is a terminal.
bool use_colour(ColourChoice choice);

void print_out(std::string_view text);
/// Hands what was printed to its reader now, who may be waiting for it. False: nobody reads any
/// more.
bool flush_out();
/// `iamcheck: TEXT` on standard error, in one line: control characters are escaped.
void print_error(std::string_view text);

/// A reader that closes its end early, as `head` does, is no reason to be killed.
void ignore_closed_pipes();
/// Writes what is still buffered. The exit code: `code`, or 4 when standard output is full or gone
/// for another reason than a closed pipe.
int finish_output(int code);
/// `auto`, `always` or `never`.
ColourChoice colour_from(const std::string& text);

}  // namespace iamcheck::cli
