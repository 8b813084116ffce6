#include "corpus.h"

#include <cstdint>
#include <iterator>

#include "iamcheck/catalogue.h"

namespace iamcheck::bench {
namespace {

constexpr std::string_view kTen[] = {
    "PowerUserAccess",          "ReadOnlyAccess",       "SecurityAudit",
    "ViewOnlyAccess",           "AmazonEC2FullAccess",  "AmazonS3FullAccess",
    "AmazonDynamoDBFullAccess", "AWSLambda_FullAccess", "CloudWatchFullAccessV2",
    "AmazonSageMakerFullAccess"};

// A linear congruential sequence: the same on every machine.
class Sequence {
 public:
  std::size_t below(std::size_t count) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>((state_ >> 33U) % count);
  }

 private:
  std::uint64_t state_ = 1;
};

std::string resource_of(const Action& action, Sequence& sequence) {
  const auto uses = action.resource_types();
  if (uses.empty()) return "*";
  const std::string_view form = uses[sequence.below(uses.size())].type().arn_forms()[0];
  std::string text;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form.substr(i, 2) != "${") {
      text += form[i];
      continue;
    }
    const std::size_t end = form.find('}', i);
    const std::string_view name = form.substr(i + 2, end - i - 2);
    text += name == "Partition" ? "aws"
            : name == "Region"  ? "eu-west-1"
            : name == "Account" ? "111122223333"
                                : "thing-" + std::to_string(sequence.below(100));
    i = end;
  }
  return text;
}

RequestFields from_alice(std::string action, std::string resource) {
  RequestFields fields;
  fields.principal = "arn:aws:iam::111122223333:user/alice";
  fields.action = std::move(action);
  fields.resource = std::move(resource);
  fields.context.set("aws:username", "alice");  // iamcheck knows it from the ARN, peers do not
  fields.context.set("aws:SourceIp", "192.0.2.44");
  fields.context.set("aws:SecureTransport", "true");
  fields.context.set("aws:RequestedRegion", "eu-west-1");
  return fields;
}

}  // namespace

const std::vector<Document>& managed_policies() {
  static const std::vector<Document> documents = [] {
    std::vector<Document> all;
    for (const ManagedPolicy policy : Catalogue::embedded().managed_policies()) {
      all.push_back({std::string(policy.name()), *policy.document()});
    }
    return all;
  }();
  return documents;
}

std::size_t total_size(const std::vector<Document>& documents) {
  std::size_t size = 0;
  for (const Document& document : documents) size += document.text.size();
  return size;
}

std::vector<Document> ten_policies() {
  std::vector<Document> documents;
  for (const std::string_view name : kTen) {
    documents.push_back(
        {std::string(name), *Catalogue::embedded().find_managed_policy(name).value().document()});
  }
  return documents;
}

Document three_statements() {
  return {"three", R"({"Version": "2012-10-17", "Statement": [
    {"Sid": "Read", "Effect": "Allow", "Action": ["s3:Get*", "s3:List*"],
     "Resource": ["arn:aws:s3:::reports", "arn:aws:s3:::reports/*"],
     "Condition": {"IpAddress": {"aws:SourceIp": ["192.0.2.0/24", "198.51.100.0/24"]}}},
    {"Sid": "Write", "Effect": "Allow", "Action": "s3:PutObject",
     "Resource": "arn:aws:s3:::reports/people/${aws:username}/*"},
    {"Sid": "OnlyEncrypted", "Effect": "Deny", "Action": "s3:*", "Resource": "*",
     "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]})"};
}

Document three_bucket_statements() {
  Document document = three_statements();
  const std::string_view everything = R"("Resource": "*")";
  document.text.replace(document.text.find(everything), everything.size(),
                        R"("Resource": "arn:aws:s3:::*")");
  return document;
}

PolicySet compile(const std::vector<Document>& documents) {
  PolicySet set;
  for (const Document& document : documents) {
    set.add(document.name, PolicyKind::kIdentity, *parse_policy(document.name, document.text));
  }
  return set;
}

std::vector<RequestFields> requests(std::size_t count) {
  const Catalogue& catalogue = Catalogue::embedded();
  Sequence sequence;
  std::vector<RequestFields> list;
  for (std::size_t i = 0; i < count; ++i) {
    auto actions = catalogue.actions();
    if (i % 4 == 0) actions = catalogue.find_service("s3")->actions();
    if (i % 4 == 1) actions = catalogue.find_service("ec2")->actions();
    if (i % 4 == 2) actions = catalogue.find_service("iam")->actions();
    const Action action = actions[sequence.below(actions.size())];
    list.push_back(from_alice(action.full_name(), resource_of(action, sequence)));
  }
  return list;
}

std::vector<RequestFields> bucket_requests(std::size_t count) {
  struct Ask {
    std::string_view action;
    std::string_view resource;
  };
  constexpr Ask kAsks[] = {{"s3:GetObject", "arn:aws:s3:::reports/2026/11/20.csv"},
                           {"s3:GetObject", "arn:aws:s3:::payroll/2026.csv"},
                           {"s3:PutObject", "arn:aws:s3:::reports/people/alice/notes.txt"},
                           {"s3:PutObject", "arn:aws:s3:::reports/people/bob/notes.txt"},
                           {"s3:ListBucket", "arn:aws:s3:::reports"},
                           {"s3:DeleteObject", "arn:aws:s3:::reports/2026/11/20.csv"},
                           {"sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:jobs"}};
  Sequence sequence;
  std::vector<RequestFields> list;
  for (std::size_t i = 0; i < count; ++i) {
    const Ask& ask = kAsks[sequence.below(std::size(kAsks))];
    RequestFields fields = from_alice(std::string(ask.action), std::string(ask.resource));
    if (sequence.below(10) == 0) fields.context.set("aws:SecureTransport", "false");
    if (sequence.below(5) == 0) fields.context.set("aws:SourceIp", "203.0.113.9");
    list.push_back(std::move(fields));
  }
  return list;
}

}  // namespace iamcheck::bench
