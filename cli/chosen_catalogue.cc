#include "chosen_catalogue.h"

#include <cstdlib>
#include <memory>
#include <utility>

#include "iamcheck/report.h"
#include "terminal.h"

namespace iamcheck::cli {

const Catalogue* chosen_catalogue(const std::string& flag) {
  static std::unique_ptr<const Catalogue> from_file;
  if (from_file) return from_file.get();
  const char* variable = std::getenv("IAMCHECK_CATALOGUE");
  const std::string path = !flag.empty() ? flag : variable != nullptr ? variable : "";
  if (path.empty()) return &Catalogue::embedded();
  std::optional<Catalogue> read = read_catalogue(path);
  if (!read) return nullptr;
  from_file = std::make_unique<const Catalogue>(*std::move(read));
  return from_file.get();
}

std::optional<Catalogue> read_catalogue(const std::string& path) {
  Result<Catalogue> read = Catalogue::from_file(path);
  if (read) return *std::move(read);
  const Error& error = read.error();
  const bool named = error.message.find(path) != std::string::npos;
  print_error(
      escape_controls((named ? "" : "`" + path + "`: ") + error.message + "; " + error.help));
  return std::nullopt;
}

}  // namespace iamcheck::cli
