// What the scanner reports, keeps silent about, and pairs. Keys are made up; they decode to the
// documentation account 111122223333.
#include <algorithm>
#include <ctime>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "catch.h"
#include "iamcheck/credentials.h"

using iamcheck::CredentialOptions;
using iamcheck::CredentialScanner;
using iamcheck::Finding;
using iamcheck::Severity;
using iamcheck::Source;

namespace {

// In two halves, so that scanners of other projects leave this file alone.
const std::string kId = std::string("AKIA") + "RTX3GSDSXCK32RD6";
const std::string kOtherId = std::string("AKIA") + "RTX3GSDSYJRPORVU";
const std::string kTemporaryId = std::string("ASIA") + "RTX3GSDSRXWHVSFN";
const std::string kSecret = std::string("p8SGo0Z+2l7Xh+IANMvh") + "vMJ6a5NIu+66itYQ+ZJ1";
const std::string kOtherSecret = std::string("DH//CZzZNIRhba9O9y/M") + "qYQSrvCmECQbxaIYNEeU";
const std::string kExampleId = std::string("AKIAIOSF") + "ODNN7EXAMPLE";
const std::string kExampleSecret = std::string("wJalrXUtnFEMI/K7MDENG/") + "bPxRfiCYEXAMPLEKEY";

std::string token() {
  std::mt19937 random(7);
  std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text = "IQoJb3JpZ2luX2VjE";
  while (text.size() < 400) text += letters[random() % letters.size()];
  return text;
}

std::vector<Finding> scan(std::string text, std::string name = "input") {
  static const CredentialScanner kScanner;
  return kScanner.scan(*Source::from_bytes(std::move(name), std::move(text)));
}

std::vector<std::string> found(const std::string& text) {
  std::vector<std::string> texts;
  for (const Finding& finding : scan(text)) {
    texts.push_back(text.substr(finding.span.begin, finding.span.size()));
    for (const auto& other : finding.related) {
      texts.back() += " " + text.substr(other.span.begin, other.span.size());
    }
  }
  return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a pair is one error on the id, whatever the notation between name and value") {
  const std::vector<std::pair<std::string, std::string>> kNotations = {
      {"aws_access_key_id = ", "\naws_secret_access_key = "},
      {"export AWS_ACCESS_KEY_ID=", "\nexport AWS_SECRET_ACCESS_KEY="},
      {"$env:AWS_ACCESS_KEY_ID = '", "'\n$env:AWS_SECRET_ACCESS_KEY = '"},
      {"{\"AccessKeyId\": \"", "\",\n \"SecretAccessKey\": \""},
      {"\"{\\\"AccessKeyId\\\": \\\"", "\\\", \\\"SecretAccessKey\\\": \\\""},
      {"accessKeyId: ", "\nsecretAccessKey: >-\n  "},
      {"access_key = \"", "\"\n  secret_key = \""},
      {"s3 = boto3.client('s3', aws_access_key_id='", "', aws_secret_access_key='"},
      {"- name: AWS_ACCESS_KEY_ID\n  value: ", "\n- name: AWS_SECRET_ACCESS_KEY\n  value: "},
      {"AWS Access Key ID [None]: ", "\nAWS Secret Access Key [None]: "},
      {"<accessKey>", "</accessKey><secretKey>"},
      {"| key | `", "` |\n| secret key | `"},
      {"'access_key' => '", "',\n'secret_key' => '"},
      {"Credentials::new(\"", "\", \""},
      {"s3n://", ":"},
      {"aws configure set aws_access_key_id ", "\naws configure set aws_secret_access_key "},
  };
  for (const auto& [before_id, before_secret] : kNotations) {
    for (const char* line_end : {"\n", "\r\n"}) {
      std::string text;
      for (char c : before_id + kId + before_secret + kSecret + "\n") {
        text += c == '\n' ? std::string(line_end) : std::string(1, c);
      }
      if (before_id == "s3n://") text.insert(text.size() - std::string(line_end).size(), "@bucket");
      INFO(text);
      auto findings = scan(text);
      REQUIRE(findings.size() == 1);
      CHECK(findings[0].severity == Severity::kError);
      CHECK(found(text) == Texts{kId + " " + kSecret});
      CHECK(findings[0].credential->account_id == "111122223333");
      CHECK(findings[0].credential->validated);
      CHECK(findings[0].credential->redacted == "AKIA...D6");
    }
  }
}

TEST_CASE("a secret with escaped letters is found whole") {
  std::string escaped = "DH\\/\\/CZzZNIRhba9O9y\\/MqYQSrvCmECQbxaIYNEeU";
  CHECK(found("{\"SecretAccessKey\":\"" + escaped + "\"}") == Texts{escaped});
  std::string percent = "DH%2F%2FCZzZNIRhba9O9y%2FMqYQSrvCmECQbxaIYNEeU";
  CHECK(found("secret_key=" + percent + "&x=1") == Texts{percent});
}

TEST_CASE("a value that contains true, false or null is not dropped") {
  // One scanner's global allow list binds its anchors to the first and last branch only.
  std::string secret = "p8SGo0Z+2falseh+IANMvhvMJ6a5NInulltrueJ1";
  CHECK(found("aws_secret_access_key = " + secret) == Texts{secret});
}

TEST_CASE("a nameless secret next to a documented id is found") {
  auto findings = scan("login('" + kExampleId + "', '" + kSecret + "')");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].severity == Severity::kError);
  CHECK(findings[0].related.size() == 1);
}

TEST_CASE("a documented secret makes no error of a real id") {
  auto findings = scan("id = " + kId + "\nsecret_key = " + kExampleSecret + "\n");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].severity == Severity::kWarning);
}

TEST_CASE("the documented pair is one note in every notation") {
  for (std::string text : {"id = " + kExampleId + "\nsecret_key = " + kExampleSecret,
                           "f('" + kExampleId + "', '" + kExampleSecret + "')"}) {
    auto findings = scan(text);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].severity == Severity::kNote);
    CHECK_FALSE(findings[0].credential->validated);
    CHECK(findings[0].security_severity == iamcheck::SecuritySeverity::kNone);
  }
}

TEST_CASE("the account is decoded from new ids only, and an impossible one demotes") {
  CHECK(scan("k " + kId)[0].credential->account_id == "111122223333");
  std::string old_id = std::string("AKIA") + "JWO37D2XCU656YRZ";  // fifth character A-P: no account
  REQUIRE(scan("k " + old_id).size() == 1);
  CHECK(scan("k " + old_id)[0].credential->account_id.empty());
  CHECK(scan("k " + old_id)[0].severity == Severity::kWarning);
  // Forty bits reach above 999,999,999,999; only a new id carries an account that could be
  // impossible.
  std::string old_and_large = std::string("ASIA") + "OZW6VBVAZFJHJLQA";
  REQUIRE(scan("k " + old_and_large).size() == 1);
  CHECK(scan("k " + old_and_large)[0].severity == Severity::kWarning);
  std::string too_large = std::string("AKIA") + "77777777" + "QXB2KD4M";
  REQUIRE(scan("k " + too_large).empty());  // eight equal letters: a placeholder
  too_large = std::string("AKIA") + "7X7W7V7UQXB2KD4M";
  REQUIRE(scan("k " + too_large).size() == 1);
  CHECK(scan("k " + too_large)[0].severity == Severity::kNote);
}

TEST_CASE("unique ids are never more than a note") {
  auto findings = scan("\"aws:userId\": \"AROARTX3GSDSTPSQBPO75:*\"");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].rule == "aws-unique-id");
  CHECK(findings[0].severity == Severity::kNote);
}

TEST_CASE("placeholders, variables and templates are silent") {
  for (const char* text :
       {"aws_access_key_id=XXX\naws_secret_access_key=XXX",
        "aws_access_key_id=AAAAAAAAAAAAAEXAMPLE\naws_secret_access_key=123456789123456789",
        "\"SecretAccessKey\": \"secret-access-key\", \"AccessKeyId\": \"access-key-id\"",
        "# AWS Access Key ID [None]: aldjasldjsa\n# AWS Secret Access Key [None]: dkfljdsfljdf",
        "Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request",
        "arn:aws:iam::205810638802:role/<role>",
        "secret_key = <YOUR_SECRET_KEY>",
        "secret_key = {{ vault_secret }}",
        "secret_key: !Ref Secret",
        "secret_key: ${secret_key}",
        "secret_key: '{{resolve:secretsmanager:app:SecretString:secret}}'",
        "aws_secret_access_key = aws_secret_access_key",
        "secret_key = ****************************************",
        "secret_key = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "secret_key = YourSecretAccessKeyYourSecretAccessKey12",
        "secret_key = 0123456789abcdefghijABCDEFGHIJklmnopqrst",
        "AKIAABCDEFGHIJKLMNOP",
        "AKIADEADBEEFDEADBEEF",
        "AKIA1234567890EXAMPLE",
        "AKIAXXXXXXXXXXXXXXXX"}) {
    INFO(text);
    CHECK(found(text).empty());
  }
}

TEST_CASE("forty characters that are no key are silent") {
  for (const char* value : {"9fceb02d0ae598e95dc970b74767f19372d61af8",  // a commit
                            "com/windows/installer/latest/AWSAgentIn1",  // a path
                            "MyLambdaFunctionEnvironmentVariableName1",  // a name of a resource
                            "VGhpcyBpcyByZWFkYWJsZSB0ZXh0LCByZWFsbHku",  // base64 of readable text
                            "ABCDEFGHIJKLMNOPQRSTUVWXYZ23456789QWERTZ"}) {  // no small letter
    REQUIRE(std::string(value).size() == 40);
    INFO(value);
    CHECK(found("aws_secret_access_key = " + std::string(value)).empty());
    CHECK(found(kId + "," + value) == Texts{kId});
  }
}

TEST_CASE("a token inside a longer run of letters is chance") {
  CHECK(found("x" + kId).empty());
  CHECK(found(kId + "x").empty());
  CHECK(found("_" + kId).empty());
  CHECK(found("sha512-Zz2jK0SmdMBnXavSx3kTEHUTgCeAlc/" + kId + "+eio").empty());
  CHECK(found("TODAYINASIAASACKOFRICEFELLOVER").empty());
  // Not chance: the letter before it ends an escape, the path around it is a path.
  CHECK(found("\"id\\n" + kId + "\"") == Texts{kId});
  CHECK(found("Credential%3D" + kId + "%2F20261120") == Texts{kId});
  CHECK(found("/home/user/projects/something/" + kId + "/x") == Texts{kId});
}

TEST_CASE("two ids and two secrets are two pairs, each reported once") {
  CHECK(found("a = " + kId + "\nb = " + kOtherId + "\nsecret_key = " + kSecret + "\nsecret_key = " +
              kOtherSecret) == Texts{kId + " " + kSecret, kOtherId + " " + kOtherSecret});
  CHECK(found(kId + "," + kSecret + "\n" + kOtherId + "," + kOtherSecret) ==
        Texts{kId + " " + kSecret, kOtherId + " " + kOtherSecret});
  CHECK(found("secret_key = " + kSecret + "\nk = " + kId + "\nsecret_key = " + kOtherSecret +
              "\nk = " + kOtherId) == Texts{kId + " " + kSecret, kOtherId + " " + kOtherSecret});
}

TEST_CASE("ten lines are the distance of a pair") {
  auto apart = [](int lines) {
    return "id = " + kId + std::string(static_cast<std::size_t>(lines), '\n') +
           "secret_key = " + kSecret;
  };
  CHECK(found(apart(10)) == Texts{kId + " " + kSecret});
  CHECK(found(apart(11)) == Texts{kId, kSecret});
}

TEST_CASE("id, secret and session token of STS are one finding") {
  std::string all = "AWS_ACCESS_KEY_ID=" + kTemporaryId + "\nAWS_SECRET_ACCESS_KEY=" + kSecret +
                    "\nAWS_SESSION_TOKEN=" + token();
  CHECK(found(all) == Texts{kTemporaryId + " " + kSecret + " " + token()});
  CHECK(scan(all)[0].severity == Severity::kError);
  CHECK(scan("id = " + kTemporaryId)[0].severity == Severity::kWarning);
}

TEST_CASE("a session token longer than 200 characters is found whole, by name or by its head") {
  CHECK(found("aws_session_token = " + token()) == Texts{token()});
  CHECK(scan("aws_session_token = " + token())[0].rule == "aws-session-token");
  CHECK(found("call(\"" + token() + "\")") == Texts{token()});
  CHECK(scan("call(\"" + token() + "\")")[0].rule == "aws-session-token-bare");
}

TEST_CASE("errors in tests and documentation are warnings, nothing is silenced") {
  std::string text = "secret_key = " + kSecret;
  CHECK(scan(text, "src/app.py")[0].severity == Severity::kError);
  for (const char* name : {"tests/app.py", "a/docs/x.md", ".env.example"}) {
    CHECK(scan(text, name)[0].severity == Severity::kWarning);
  }
  CHECK(scan(text, "contest.py")[0].severity == Severity::kError);
  CredentialOptions as_is;
  as_is.lower_by_path = false;
  auto source = Source::from_bytes("tests/app.py", text);
  CHECK(CredentialScanner().scan(*source, as_is)[0].severity == Severity::kError);
}

TEST_CASE("lock files are searched for tokens and names, not for neighbours") {
  std::string text = kId + " " + kSecret;
  CHECK(scan(text, "package-lock.json")[0].related.empty());
  CHECK(scan(text, "package.json")[0].related.size() == 1);
}

TEST_CASE("findings above the limit are counted") {
  std::string text;
  for (int i = 0; i < 30; ++i) text += "id = " + kId + "\n";
  CredentialOptions options;
  options.limits.max_findings = 10;
  std::size_t omitted = 0;
  auto source = Source::from_bytes("x", text);
  CHECK(CredentialScanner().scan(*source, options, &omitted).size() == 10);
  CHECK(omitted == 20);
}

TEST_CASE("a scanner is safe to share between threads") {
  const CredentialScanner scanner;
  auto source =
      Source::from_bytes("x", "id = " + kId + "\nsecret_key = " + kSecret + "\n" + token());
  std::vector<std::thread> threads;
  std::vector<std::size_t> counts(8, 0);
  for (std::size_t& count : counts) {
    threads.emplace_back([&] { count = scanner.scan(*source).size(); });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(counts == std::vector<std::size_t>(8, 2));
}

TEST_CASE("any bytes are safe") {
  std::mt19937 random(3);
  const std::vector<std::string> kPieces = {"AKIA",
                                            "secret_key",
                                            " = ",
                                            "\"",
                                            "\\",
                                            "-----BEGIN PRIVATE KEY-----",
                                            "-----END",
                                            "\n",
                                            "\r",
                                            std::string(1, '\0'),
                                            "\xFF\xFE",
                                            "PuTTY-User-Key-File-3",
                                            "Private-Lines:",
                                            "Private-MAC:",
                                            "Encryption:",
                                            "IQoJb3JpZ2luX2Vj",
                                            "LS0tLS1CRUdJTi",
                                            "%2",
                                            "\\u00",
                                            "[",
                                            "<",
                                            "=",
                                            kId,
                                            kSecret,
                                            std::string(300, 'A'),
                                            "session_token:",
                                            "password",
                                            "\"token\": \"",
                                            "| password |\n|--|\n| ",
                                            "\"kty\"",
                                            "\"d\": \"",
                                            "https://u:p4x",
                                            "@",
                                            "eyJhbGciOiJI.",
                                            "AWS::SSM::Parameter",
                                            "Value: \"",
                                            "<",
                                            "</",
                                            "kind: Secret",
                                            "\"type\": \"aws_db_instance\"",
                                            "\"result\": \"",
                                            "-at-111122223333",
                                            "X-Amz-Credential=",
                                            "IyEvYmlu",
                                            "aoaAAAAA",
                                            "\"expiresAt\": \"",
                                            "name\": \"api_key\", \"value\": \"",
                                            "\xC3\xA9"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t i = 0; i < random() % 12; ++i) text += kPieces[random() % kPieces.size()];
    for (const Finding& finding : scan(text)) {
      CHECK(finding.span.begin < finding.span.end);
      CHECK(finding.span.end <= text.size());
    }
  }
}

TEST_CASE("the time grows with the text, not with its square") {
  // Loose on purpose: four times the text may take eight times the time on a busy machine, a
  // quadratic step would take sixteen times, on texts that are nothing but the worst.
  const std::vector<std::string> kWorst = {"secret_key",
                                           "AKIARTX3GSDSXCK32RD6,",
                                           "-----BEGIN PRIVATE KEY-----",
                                           "IQoJb3JpZ2luX2Vj",
                                           "PuTTY-User-Key-File-3",
                                           "{\"secretKey\":\"\",\"session_token\":\"a\",\"b\":",
                                           kSecret + ",",
                                           "password=",
                                           "| password |",
                                           "\"kty\"{",
                                           "https://a:",
                                           "eyJhbGciOiJI.eyJ",
                                           "AWS::SSM::Parameter Type: ",
                                           "\"type\":\"x\",\"secret\":\"aaaaaaaaaaa1\"",
                                           "kind: Secret password: \"a1b2c3d4\" ",
                                           "IyEvYmlu",
                                           "BS0lB",
                                           "create-login-profile \\\n",
                                           "X-Amz-Algorithm=AWS4-HMAC-SHA256&",
                                           "-at-111122223333 ",
                                           "Server=x;Uid=a;Pwd=Xq7zTn4x;",
                                           "A"};
  auto time = [](const std::string& piece, std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += piece;
    auto begin = std::clock();
    scan(text);
    return static_cast<double>(std::clock() - begin);
  };
  for (const std::string& piece : kWorst) {
    INFO(piece);
    double small = std::max(time(piece, 250'000), 2000.0);
    CHECK(time(piece, 1'000'000) < 12 * small);
  }
}

TEST_CASE("a rule that is left out takes no partner with it") {
  const std::string text =
      "aws_access_key_id = " + kId + "\naws_secret_access_key = " + kSecret + "\n";
  const auto source = Source::from_bytes("c", text);
  auto rules_with = [&](std::vector<std::string> select, std::vector<std::string> ignore) {
    CredentialOptions options;
    options.select = std::move(select);
    options.ignore = std::move(ignore);
    std::vector<std::string> rules;
    for (const Finding& finding : CredentialScanner().examine(*source, options).findings) {
      rules.push_back(finding.rule + " " + text.substr(finding.span.begin, 4) + " " +
                      std::string(to_string(finding.severity)));
    }
    return rules;
  };
  CHECK(rules_with({}, {}) == Texts{"aws-access-key-id AKIA error"});
  CHECK(rules_with({}, {"aws-access-key-id"}) == Texts{"aws-secret-key p8SG error"});
  CHECK(rules_with({"aws-secret-key"}, {}) == Texts{"aws-secret-key p8SG error"});
  CHECK(rules_with({}, {"aws-secret-key"}) == Texts{"aws-access-key-id AKIA warning"});
  CHECK(rules_with({"aws-access-key-id", "aws-secret-key"}, {}) ==
        Texts{"aws-access-key-id AKIA error"});
  CHECK(rules_with({"admin-star-star"}, {}).empty());
}

TEST_CASE("every place of a secret is told, reported or not") {
  const std::string text = "\"" + kSecret + "\"\naws_secret_access_key = " + kSecret + "\n# not " +
                           kSecret + "\nid " + kId;
  CredentialOptions options;
  options.ignore = {"aws-secret-key", "aws-access-key-id", "aws-secret-near-id"};
  const auto scan = CredentialScanner().examine(*Source::from_bytes("c", text), options);
  CHECK(scan.findings.empty());
  Texts places;
  for (const auto& span : scan.secrets) places.push_back(text.substr(span.begin, span.size()));
  CHECK(places == Texts{kSecret, kSecret, kSecret, kId});
}

TEST_CASE("escapes of JSON hide no credential") {
  auto escaped = [](const std::string& text, std::size_t at) {
    const char* hex = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(text[at]);
    return text.substr(0, at) + "\\u00" + hex[byte >> 4] + hex[byte & 15] + text.substr(at + 1);
  };
  for (std::size_t at : {0, 1, 7, 19}) {
    const std::string id = escaped(kId, at);
    CHECK(found("{\"id\": \"" + id + "\"}") == Texts{id});
  }
  const std::string id = escaped(kId, 0), secret = escaped(kSecret, 5);
  CHECK(found("{\"a\": \"" + id + "\", \"aws_secret_acc\\u0065ss_key\": \"" + secret + "\"}") ==
        Texts{id + " " + secret});
  const auto findings = scan("{\"id\": \"" + id + "\"}");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].credential->redacted == iamcheck::redact(kId));
  // An escaped backslash escapes nothing else.
  CHECK(found("{\"id\": \"\\\\u0041" + kId.substr(1) + "\"}").empty());
}
