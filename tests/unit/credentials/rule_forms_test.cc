// The forms a credential page can have beside a keyword at the start of the token: a fixed part
// inside, a group, names, words nearby. Values are made up.
#include <string>
#include <vector>

#include "catch.h"
#include "iamcheck/credentials.h"

namespace {

struct Report {
  std::string rule;
  std::string text;
  friend bool operator==(const Report&, const Report&) = default;
};

std::vector<Report> reports(const std::string& text) {
  static const iamcheck::CredentialScanner scanner;
  auto source = iamcheck::Source::from_bytes("app.env", text);
  std::vector<Report> all;
  for (const iamcheck::Finding& finding : scanner.scan(*source)) {
    all.push_back({finding.rule, std::string(source->slice(finding.span))});
  }
  return all;
}

// In halves, so that scanners of other projects leave this file alone.
const std::string kNoise =
    "kT4mZ81wQy6LdB0xRf7HsJ2pVc9NgU3eXa5KiOtYoPbWvMnEjDqGzFhSrAlCu8T4mZ81wQy6LdB0";
const std::string kDevOps = kNoise.substr(0, 76) + "AZDO" + "7HsJ";
const std::string kSecret24 = "kT4mZ81wQy6LdB0xRf7HsJ2p";
const std::string kClient = "123456789012-abc.apps.googleusercontent" + std::string(".com");

}  // namespace

TEST_CASE("a token whose fixed part stands inside is found from its first character on") {
  CHECK(reports(kDevOps) == std::vector<Report>{{"azure-devops-pat", kDevOps}});
  CHECK(reports("pat: " + kDevOps + "\n") == std::vector<Report>{{"azure-devops-pat", kDevOps}});
  CHECK(reports("x" + kDevOps).empty());
  CHECK(reports(kDevOps.substr(1)).empty());
  CHECK(reports(std::string("AZDO") + "7HsJ").empty());
}

TEST_CASE("the group of a pattern is the credential, the rest of the match its surroundings") {
  const std::string line = "machine host.example.com login octo password ";
  CHECK(reports(line + kSecret24) == std::vector<Report>{{"netrc", kSecret24}});
}

TEST_CASE("a page that asks for a word nearby leaves alone what stands too far away") {
  auto text = [](std::size_t between) {
    return kClient + std::string(between, '\n') + "client_secret = " + kSecret24;
  };
  const std::vector<Report> found = {{"gcp-oauth-pair-legacy", kSecret24}};
  CHECK(reports(text(10)) == found);
  CHECK(reports(text(460)) == found);
  const std::vector<Report> other = {{"generic-assignment", kSecret24}};
  CHECK(reports(text(520)) == other);
  CHECK(reports("client_secret = " + kSecret24) == other);
  CHECK(reports("client_secret = " + kSecret24 + "\n" + kClient) == found);
}

TEST_CASE("a value without a shape of its own counts only when its name calls it a credential") {
  const std::string hex = "c0ffee4b7d019a83e65f2c71d8b40a9e35f61d2c";
  CHECK(reports("GITEA_TOKEN=" + hex) == std::vector<Report>{{"gitea-token", hex}});
  CHECK(reports("GITEA_SHA=" + hex).empty());
  CHECK(reports("GITEA_TOKEN_SHA256=" + hex).empty());
  CHECK(reports("GITEA_PUBLIC_KEY=" + hex).empty());
  CHECK(reports("GITEA_TOKEN=0000000000000000000000000000000000000000").empty());
}
