// Where AWS keys stand: notations that need no rule of their own because the ids and secrets in
// them are found as what they are. Keys are made up; they decode to the documentation account.
#include <string>
#include <vector>

#include "catch.h"
#include "iamcheck/credentials.h"

using iamcheck::Finding;
using iamcheck::Severity;

namespace {

// In halves, so that scanners of other projects leave this file alone.
const std::string kId = std::string("AKIA") + "RTX3GSDSXCK32RD6";
const std::string kSecret = std::string("p8SGo0Z+2l7Xh+IANMvh") + "vMJ6a5NIu+66itYQ+ZJ1";

std::vector<Finding> scan(const std::string& name, const std::string& text) {
  static const iamcheck::CredentialScanner kScanner;
  return kScanner.scan(*iamcheck::Source::from_bytes(name, text));
}

struct Notation {
  std::string row;  // of the list of credentials to find
  std::string file;
  std::string text;
};

std::string filled(std::string text, const std::string& id, const std::string& secret) {
  const std::vector<std::pair<std::string, std::string>> values = {{"@ID@", id},
                                                                   {"@SECRET@", secret}};
  for (const auto& [word, value] : values) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word))
      text.replace(at, word.size(), value);
  }
  return text;
}

const std::vector<Notation>& notations() {
  static const std::vector<Notation> kNotations = {
      {"credentials file", ".aws/credentials",
       "[build]\naws_secret_access_key = @SECRET@\naws_access_key_id = @ID@\nregion = us-east-1\n"},
      {"credentials file, commented out", "config",
       "# aws_access_key_id=@ID@\n# aws_secret_access_key=@SECRET@"},
      {"environment of a container", "run.sh",
       "docker run -e AWS_ACCESS_KEY_ID=@ID@ -e AWS_SECRET_ACCESS_KEY=@SECRET@ app"},
      {"Dockerfile", "Dockerfile",
       "ENV AWS_ACCESS_KEY_ID @ID@\nENV AWS_SECRET_ACCESS_KEY @SECRET@\n"},
      {"setx", "a.cmd", "setx AWS_ACCESS_KEY_ID @ID@\nsetx AWS_SECRET_ACCESS_KEY @SECRET@\n"},
      {"compose", "compose.yaml",
       "environment:\n  - AWS_ACCESS_KEY_ID=@ID@\n  - AWS_SECRET_ACCESS_KEY=@SECRET@\n"},
      {"boto client", "a.py",
       "boto3.client('s3', aws_access_key_id='@ID@', aws_secret_access_key='@SECRET@')"},
      {"Java SDK", "A.java", "new BasicAWSCredentials(\"@ID@\", \"@SECRET@\")"},
      {"Go SDK", "a.go", "credentials.NewStaticCredentialsProvider(\"@ID@\", \"@SECRET@\", \"\")"},
      {"s3cfg", ".s3cfg", "[default]\naccess_key = @ID@\nsecret_key = @SECRET@\n"},
      {"s3fs", "passwd-s3fs", "@ID@:@SECRET@\n"},
      {"Terraform provider", "main.tf",
       "provider \"aws\" {\n  access_key = \"@ID@\"\n  secret_key = \"@SECRET@\"\n}\n"},
      {"Lambda", "template.yaml",
       "Environment:\n  Variables:\n    AWS_ACCESS_KEY_ID: @ID@\n    AWS_SECRET_ACCESS_KEY: "
       "@SECRET@\n"},
      {"task definition", "task.json",
       R"([{"name": "AWS_ACCESS_KEY_ID", "value": "@ID@"}, {"name": "AWS_SECRET_ACCESS_KEY", "value": "@SECRET@"}])"},
      {"console download", "accessKeys.csv",
       "\xEF\xBB\xBF"
       "Access key ID,Secret access key\r\n@ID@,@SECRET@\r\n"},
      {"root key", "rootkey.csv", "AWSAccessKeyId=@ID@\nAWSSecretKey=@SECRET@\n"},
      {"instance metadata", "creds.json",
       R"({"Code": "Success", "AccessKeyId": "@ID@", "SecretAccessKey": "@SECRET@", "Token": ""})"},
      {"Hadoop", "core-site.xml",
       "<name>fs.s3a.access.key</name>\n<value>@ID@</value>\n<name>fs.s3a.secret.key</name>\n"
       "<value>@SECRET@</value>\n"},
      {"Ansible", "play.yml", "ec2_access_key: @ID@\nec2_secret_key: @SECRET@\n"},
      {"Spring", "application.properties",
       "cloud.aws.credentials.access-key=@ID@\ncloud.aws.credentials.secret-key=@SECRET@\n"},
      {"Java properties", "a.properties", "aws.accessKeyId=@ID@\naws.secretKey=@SECRET@\n"},
  };
  return kNotations;
}

}  // namespace

TEST_CASE("AWS key pairs are one error in every file they are known to be kept in") {
  for (const Notation& notation : notations()) {
    INFO(notation.row);
    const std::string text = filled(notation.text, kId, kSecret);
    const auto findings = scan(notation.file, text);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].severity == Severity::kError);
    REQUIRE(findings[0].related.size() == 1);
    CHECK(findings[0].credential->account_id == "111122223333");
  }
}

TEST_CASE("the same files with variables are silent") {
  for (const Notation& notation : notations()) {
    for (const std::string variable : {"${AWS_KEY}", "<key>", "{{ aws_key }}", ""}) {
      const std::string text = filled(notation.text, variable, variable);
      INFO(text);
      CHECK(scan(notation.file, text).empty());
    }
  }
}
