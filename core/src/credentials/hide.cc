// Texts of our own that quote an inspected one.
#include "credentials/known_values.h"
#include "credentials/unescaped.h"
#include "iamcheck/credentials.h"

namespace iamcheck {

void hide_credentials(std::string_view inspected, std::vector<std::string>& texts) {
  if (texts.empty()) return;
  static const CredentialScanner kScanner;
  const auto source = Source::from_bytes("", std::string(inspected));
  std::vector<std::string> values;
  for (const Span& secret : kScanner.examine(*source).secrets) {
    const std::string_view written = source->slice(secret);
    values.push_back(unescaped(written));
    values.emplace_back(written);
  }
  const KnownValues known(values);
  for (std::string& text : texts) known.hide_in(text);
}

}  // namespace iamcheck
