#pragma once

// Which catalogue a command goes by.

#include <optional>
#include <string>

#include "iamcheck/catalogue.h"

namespace iamcheck::cli {

/// That of the file `--catalogue` names, else that of the environment variable IAMCHECK_CATALOGUE,
/// else the built-in one. Null: the file cannot be used, which was printed.
const Catalogue* chosen_catalogue(const std::string& flag);

/// Reads a catalogue file; nothing when it cannot be used, which was printed.
std::optional<Catalogue> read_catalogue(const std::string& path);

}  // namespace iamcheck::cli
