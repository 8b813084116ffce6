// Literals given to names that say secret: which notations are read, which values count, and what
// gives way to what. Values are made up.
#include <string>
#include <utility>
#include <vector>

#include "catch.h"
#include "iamcheck/credentials.h"

using iamcheck::CredentialOptions;
using iamcheck::CredentialScanner;
using iamcheck::Finding;
using iamcheck::Severity;
using iamcheck::Source;

namespace {

using Texts = std::vector<std::string>;

// In halves, so that scanners of other projects leave this file alone.
const std::string kPassword = std::string("Wq7zTn4x") + "Rb2KdH";
const std::string kToken = std::string("kT4mZ81wQy6LdB0x") + "Rf7HsJ2pVc9NgU3e";
const std::string kHexadecimal = "c0ffee4b7d019a83e65f2c71d8b40a9e35f61d2cc0ffee4b7d019a83e65f2c71";
const std::string kGitHub = std::string("ghp_") + "c0ffeekT4mZ81wQy6LdB0xRf7HsJ2pVc9NgU";

std::vector<Finding> findings(const std::string& text, const std::string& file = "settings") {
  static const CredentialScanner kScanner;
  return kScanner.scan(*Source::from_bytes(file, text));
}

// `rule value` of everything found.
Texts found(const std::string& text, const std::string& file = "settings") {
  Texts texts;
  for (const Finding& finding : findings(text, file)) {
    texts.push_back(finding.rule + " " + text.substr(finding.span.begin, finding.span.size()));
  }
  return texts;
}

Texts generic(const std::string& value) { return {"generic-assignment " + value}; }

}  // namespace

TEST_CASE("a literal is read in every notation that gives it to a name") {
  const std::vector<std::pair<std::string, std::string>> kNotations = {
      {"password = \"", "\""},
      {"password='", "'"},
      {"\"password\": \"", "\","},
      {"'db_password' => '", "',"},
      {"DB_PASSWORD: str = \"", "\""},
      {"let password: &'static str = \"", "\";"},
      {"const dbPassword string = \"", "\""},
      {"password := \"", "\""},
      {"self.password = b'", "'"},
      {"config[\"db\"][\"password\"] = \"", "\""},
      {"conn.setPassword(\"", "\");"},
      {"os.environ.setdefault(\"DB_PASSWORD\", \"", "\")"},
      {"<password>", "</password>"},
      {"{\\\"password\\\": \\\"", "\\\"}"},
      {"password ?= \"", "\""},
      {"if (password === '", "') {"},
      {"export DB_PASSWORD=", "\n"},
      {"db.password=", "\n"},
      {"  password: ", "\n"},
      {"- DB_PASSWORD=", "\n"},
      {"ENV DB_PASSWORD=", "\n"},
      {"$env:DB_PASSWORD = \"", "\""},
      {"# password = ", "\n"},
      {"\"pwd\": \"", "\""},
      {"docker run -e DB_PASSWORD=", " app"},
      {"curl -H \"X-Password: ", "\" https://acme.io"},
  };
  for (const auto& [before, after] : kNotations) {
    const std::string text = before + kPassword + after;
    INFO(text);
    CHECK(found(text) == generic(kPassword));
  }
}

TEST_CASE("a value that is only a part of an expression, or goes on elsewhere, is silent") {
  for (const std::string& text :
       Texts{"password = \"" + kPassword + "\" + suffix",
             "password = \"" + kPassword + "\".format(x)", "password = \"" + kPassword + "\" % x",
             "password = \"" + kPassword + "\n\"", "password = " + kPassword + " or default",
             "password = f(" + kPassword + ")", "call(password=" + kPassword + ")",
             "password " + kPassword, "[\"password\", \"" + kPassword + "\"]",
             "the password is \"" + kPassword + "\""}) {
    INFO(text);
    CHECK(found(text).empty());
  }
}

TEST_CASE("a value without quotes counts in settings, not in programs") {
  const std::string text = "password = " + kToken + "\n";
  CHECK(found(text, "app.ini") == generic(kToken));
  for (const std::string file : {"app.py", "app.ts", "app.go", "app.java", "app.cc"}) {
    CHECK(found(text, file).empty());
    CHECK(found("password = \"" + kToken + "\"", file) == generic(kToken));
  }
}

TEST_CASE("lock files and minified code are not searched for names") {
  const std::string text = "\"token\": \"" + kToken + "\"";
  CHECK(found(text, "package-lock.json").empty());
  CHECK(found(text, "app.min.js").empty());
  CHECK(found(text, "package.json") == generic(kToken));
}

TEST_CASE("encrypted values are silent, whatever their name") {
  for (const std::string& text :
       Texts{"password: ENC[AES256_GCM,data:" + kToken + ",iv:" + kToken + ",type:str]",
             "db_password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  " + kHexadecimal + "\n",
             "password: \"$ANSIBLE_VAULT;1.1;AES256\"",
             "kind: SealedSecret\nspec:\n  encryptedData:\n    password: Ag" + kHexadecimal +
                 kToken + kHexadecimal + kToken + kHexadecimal + kToken + "\n"}) {
    INFO(text);
    CHECK(found(text).empty());
  }
}

TEST_CASE("names that only look like the name of a secret are silent") {
  for (const std::string name :
       {"password_hash", "passwordHash", "token_url", "tokenizer", "csrf_token", "next_token",
        "public_token", "secret_name", "secretArn", "password_min_length", "passes", "secretary",
        "token_type", "host_passes_check", "token_expires", "apiKeyId", "clientToken", "keyframes",
        "shared_secret"}) {
    INFO(name);
    CHECK(found(name + " = \"" + kToken + "\"").empty());
  }
  for (const std::string name : {"apiKey", "API_KEY_PROD", "secretkey", "tokenValue", "my-api-key",
                                 "stripe_secret", "refreshToken", "db.password.default"}) {
    INFO(name);
    const bool member = name == "db.password.default";
    CHECK(found(name + " = \"" + kToken + "\"").size() == (member ? 0 : 1));
  }
}

TEST_CASE("what has a shape of its own comes before what a name tells") {
  CHECK(found("token = \"" + kGitHub + "\"") == Texts{"github-classic " + kGitHub});
  CHECK(found("password: https://octo:" + kGitHub + "@github.com") ==
        Texts{"github-classic " + kGitHub});
  CHECK(found("api_secret = \"postgres://app:" + kPassword + "@db.acme.io/app\"") ==
        Texts{"db-url " + kPassword});
  const std::string id = std::string("AKIA") + "RTX3GSDSXCK32RD6";
  CHECK(found("secret_token = \"" + id + "\"") == Texts{"aws-access-key-id " + id});
}

TEST_CASE("a short password is a warning, a long random one an error") {
  CHECK(findings("password = \"lion-77\"")[0].severity == Severity::kWarning);
  CHECK(findings("password = \"" + kPassword + "\"")[0].severity == Severity::kError);
}

TEST_CASE("rules of the strict profile run with it, or when they are asked for by name") {
  const std::string text = "octo:$2y$10$" + kToken + kToken.substr(0, 21) + "\n";
  const auto source = Source::from_bytes("htpasswd", text);
  const CredentialScanner scanner;
  CHECK(scanner.examine(*source).findings.empty());
  CHECK(scanner.examine(*source).secrets.empty());
  CredentialOptions strict;
  strict.profile = iamcheck::Profile::kStrict;
  REQUIRE(scanner.scan(*source, strict).size() == 1);
  CHECK(scanner.scan(*source, strict)[0].rule == "hashed-password");
  CredentialOptions named;
  named.select = {"hashed-password"};
  CHECK(scanner.scan(*source, named).size() == 1);
  named.select = {"generic"};
  CHECK(scanner.scan(*source, named).empty());
}

TEST_CASE("what is decoded is not decoded again") {
  // A script that holds a script in base64 that holds a key: one level is read, not two.
  const std::string once =
      "I2Nsb3VkLWNvbmZpZwojIGF3c19zZWNyZXRfYWNjZXNzX2tleSA9IHA4U0dvMForMmw3WGgrSUFOTXZodk1KNmE1"
      "Tkl1KzY2aXRZUStaSjEK";
  const std::string twice =
      "IyEvYmluL3NoCmVjaG8gSTJOc2IzVmtMV052Ym1acFp3b2pJR0YzYzE5elpXTnlaWFJmWVdOalpYTnpYMnRsZVNB"
      "OUlIQTRVMGR2TUZvck1tdzNXR2dyU1VGT1RYWm9kazFLTm1FMVRrbDFLelkyYVhSWlVTdGFTakVLIHwgYmFzZTY0"
      "IC1kCg==";
  CHECK(found("UserData: " + once) == Texts{"aws-ec2-userdata " + once});
  CHECK(found("UserData: " + twice).empty());
}

TEST_CASE("an end before this version was made is an end, one after it is not asked about") {
  auto url = [](const std::string& date) {
    return "https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" +
           (std::string("AKIA") + "RTX3GSDSXCK32RD6") + "%2F" + date.substr(0, 8) +
           "%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=" + date +
           "&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=" + kHexadecimal;
  };
  REQUIRE(findings(url("20251201T000000Z")).size() == 1);
  CHECK(findings(url("20251201T000000Z"))[0].severity == Severity::kNote);
  CHECK(findings(url("20251230T000000Z"))[0].severity == Severity::kWarning);  // seven days
  CHECK(findings(url("20270101T000000Z"))[0].severity == Severity::kWarning);
  CHECK(findings(url("20260101T000000Z"))[0].credential->account_id == "111122223333");
}
