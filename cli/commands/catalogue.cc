#include "iamcheck/catalogue.h"

#include "commands/commands.h"
#include "exit_code.h"
#include "iamcheck/catalogue_report.h"

namespace iamcheck::cli {

int run_catalogue(const CatalogueOptions& options) {
  const Catalogue& catalogue = Catalogue::embedded();
  CatalogueFormat format = options.json ? CatalogueFormat::kJson : CatalogueFormat::kText;
  if (options.name.empty() || options.name == "info") {
    print_out(catalogue_summary(catalogue, format));
    return kClean;
  }
  CatalogueAnswer answer = describe_name(catalogue, options.name, format);
  print_out(answer.output);
  return answer.found ? kClean : kFindings;
}

}  // namespace iamcheck::cli
