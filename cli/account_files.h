#pragma once

// The files of an account snapshot.

#include <optional>
#include <string>
#include <vector>

#include "iamcheck/account.h"

namespace iamcheck::cli {

/// Reads the dumps and folders that were named; `-` is standard input. In a folder every *.json
/// file is read, at any depth, whatever .gitignore says: dumps are often ignored. Symbolic links
/// below a folder are not followed. What is wrong is said on standard error. Nothing when nothing
/// could be read; `worst` becomes 3 when something could not be.
std::optional<Account> load_account(const std::vector<std::string>& paths, int& worst);

}  // namespace iamcheck::cli
