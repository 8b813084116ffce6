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
/// `iamcheck: TEXT` on standard error.
void print_error(std::string_view text);

}  // namespace iamcheck::cli
