#include "iamcheck/catalogue.h"

#include "chosen_catalogue.h"
#include "commands/commands.h"
#include "exit_code.h"
#include "file.h"
#include "iamcheck/catalogue_report.h"
#include "iamcheck/report.h"

namespace iamcheck::cli {
namespace {

int compare(const std::vector<std::string>& words, const Catalogue& chosen,
            CatalogueFormat format) {
  const std::optional<Catalogue> before = read_catalogue(words[1]);
  const std::optional<Catalogue> after = words.size() == 3 ? read_catalogue(words[2]) : chosen;
  if (!before || !after) return kUsage;
  print_out(catalogue_difference(*before, *after, format));
  return before->bytes() == after->bytes() ? kClean : kFindings;
}

}  // namespace

int run_catalogue(const CatalogueOptions& options) {
  const Catalogue* chosen = chosen_catalogue(options.catalogue_file);
  if (chosen == nullptr) return kUsage;
  std::vector<std::string> words = options.words;
  const CatalogueFormat format = options.json ? CatalogueFormat::kJson : CatalogueFormat::kText;
  if (!options.write.empty()) {
    if (const auto error = write_output(options.write, chosen->bytes())) {
      print_error(error->message + "; " + error->help);
      return kInternal;
    }
    if (options.write == "-") return kClean;
    print_out("the catalogue of " + std::string(chosen->date()) + " is written to " +
              escape_controls(options.write) + "\n");
    if (words.empty()) return kClean;
  }
  const bool diff = !words.empty() && words[0] == "diff";
  if (diff && (words.size() == 2 || words.size() == 3)) return compare(words, *chosen, format);
  if (words.size() == 2 && words[0] == "show") words.erase(words.begin());
  if (diff || words.size() > 1) {
    print_error("give one name, or diff OLD [NEW]; see `iamcheck catalogue --help`");
    return kUsage;
  }
  if (words.empty() || words[0] == "info") {
    print_out(catalogue_summary(*chosen, format));
    return kClean;
  }
  CatalogueAnswer answer = describe_name(*chosen, words[0], format);
  print_out(answer.output);
  return answer.found ? kClean : kFindings;
}

}  // namespace iamcheck::cli
