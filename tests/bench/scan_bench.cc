// The credential scanner against a plain read of the same bytes.
#include <memory>

#include "corpus.h"
#include "iamcheck/credentials.h"
#include "measure.h"

using namespace iamcheck;

namespace {

std::size_t sum_of_bytes(std::string_view text) {
  std::size_t sum = 0;
  for (const char c : text) sum += static_cast<unsigned char>(c);
  return sum;
}

void compare(const char* title, const Source& source) {
  const CredentialScanner scanner;
  const double megabytes = static_cast<double>(source.text().size()) / 1e6;
  bench::Table table(title, "MB");
  table.add("a read of the bytes in memory", megabytes,
            [&] { bench::keep(sum_of_bytes(source.text())); });
  table.add("`std::string_view::find` of one absent keyword", megabytes,
            [&] { bench::keep(source.text().find("AKIA~")); });
  table.add("`CredentialScanner::scan`, every rule", megabytes,
            [&] { bench::keep(scanner.scan(source).size()); });
  table.run();
}

}  // namespace

int main() {
  std::string policies;
  for (const auto& document : bench::managed_policies()) policies += document.text + "\n";
  compare("Scanning text without credentials (the managed policies)",
          *Source::from_bytes("policies.json", policies));

  // The worst honest text: a keyword on every line, and nothing behind it that is a credential.
  std::string settings;
  for (int i = 0; i < 20000; ++i) {
    settings += "export AWS_SECRET_ACCESS_KEY=${SECRET_" + std::to_string(i) + "}\n";
    settings += "password: \"{{ lookup('env', 'PASSWORD') }}\"  # token = ask the vault\n";
  }
  compare("Scanning text full of keywords (variables, templates)",
          *Source::from_bytes("settings.env", settings));
}
