#include "lint/service_principal.h"

#include <algorithm>
#include <array>

#include "iamcheck/suggestion.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

// Beside `<service prefix>.amazonaws.com`. From the AWS managed policies of the catalogue and the
// documentation of the services; sorted.
constexpr std::array<std::string_view, 157> kNames = {
    "access.connect",
    "agent.wellarchitected",
    "agentless.inspector2",
    "airflow-env",
    "ami.inspector2",
    "apidestinations.events",
    "application-insights",
    "application-signals.cloudwatch",
    "application.qbusiness",
    "appstream.application-autoscaling",
    "assets.marketplace",
    "aws-artifact-account-sync",
    "aws-mcp",
    "batchoperations.s3",
    "billingconsole",
    "cases.connect",
    "cassandra-streams",
    "cassandra.application-autoscaling",
    "channels.lex",
    "channels.lexv2",
    "cloudwatch-crossaccount",
    "codecatalyst-runner",
    "cognito-identity-us-gov",
    "comprehend.application-autoscaling",
    "config-conforms",
    "config-multiaccountsetup",
    "context.cloudtrail",
    "continuousexport.discovery",
    "contract.iq",
    "contributorinsights.dynamodb",
    "cost-optimization-hub.bcm",
    "costalerts",
    "credentials.iot",
    "custom-resource.application-autoscaling",
    "custom.rds",
    "custom.rds-preview",
    "deepcomposer",
    "delivery.apigateway",
    "delivery.logs",
    "deployment.marketplace",
    "diode",
    "directquery.opensearchservice",
    "dmsintegration.migrationhub",
    "dynamodb.application-autoscaling",
    "ec2-images",
    "ec2.application-autoscaling",
    "ec2.application-status-checks",
    "ec2.capacitymanager",
    "ec2fastlaunch",
    "ec2fleet",
    "ec2scheduled",
    "ec2sqlha",
    "ecs-compute",
    "ecs-tasks",
    "ecs.application-autoscaling",
    "edgelambda",
    "eks-connector",
    "eks-fargate",
    "eks-fargate-pods",
    "eks-nodegroup",
    "elasticache.application-autoscaling",
    "email.cognito-idp",
    "event-processor.health",
    "events.managedservices",
    "events.workmail",
    "export.rds",
    "gateway.eks",
    "iotroborunner",
    "job.sagemaker",
    "justintimeaccess.ssm",
    "kafka.application-autoscaling",
    "kinesisreplication.dynamodb",
    "lexv2",
    "license-management.marketplace",
    "license-manager.master-account",
    "license-manager.member-account",
    "logdelivery.elasticloadbalancing",
    "logger.cloudfront",
    "logging.s3",
    "macie",
    "maintenance.elasticbeanstalk",
    "maintenance.s3tables",
    "malware-protection-plan.guardduty",
    "malware-protection.guardduty",
    "managedservices",
    "managedupdates.elasticbeanstalk",
    "marketplace",
    "marketplace-mcp",
    "member.org.stacksets.cloudformation",
    "metadata.s3tables",
    "metering-marketplace",
    "metrics.wellarchitected",
    "migrationhub",
    "monitoring",
    "monitoring.rds",
    "monitoring.thinclient",
    "mturk-requester",
    "network-connectors.lambda",
    "network.bedrock-agentcore",
    "notifications.ssm",
    "observability.aoss",
    "opensearchservice",
    "ops.apigateway",
    "ops.athena",
    "ops.emr-serverless",
    "orgsdatasync.servicecatalog",
    "permission.iq",
    "pinpoint",
    "pods.eks",
    "preview.kinesisanalytics",
    "private-marketplace.marketplace",
    "purchaseorders",
    "rds-preview",
    "rds.application-autoscaling",
    "redshift.glue",
    "remediation.config",
    "replication.cassandra",
    "replication.dynamodb",
    "replication.ecr",
    "replication.lexv2",
    "replication.s3tables",
    "replicator.lambda",
    "reporting.trustedadvisor",
    "resale-authorization.marketplace",
    "resource-management.securitylake",
    "resource-snapshot-job.partnercentral-selling",
    "restore-testing.backup",
    "runtime-identity.bedrock-agentcore",
    "runtime-instances.bedrock-agentcore",
    "s3.data-source.lustre.fsx",
    "sagemaker.application-autoscaling",
    "scaler.lambda",
    "schema-conversion.dms",
    "scraper.aps",
    "securityhubv2",
    "servicecatalog-appregistry",
    "simpledb",
    "smsintegration.migrationhub",
    "spot",
    "spotfleet",
    "ssm.integrations",
    "stacksets.cloudformation",
    "storage-lens.s3",
    "streams.metrics.cloudwatch",
    "sync.proton",
    "tagging",
    "tagpolicies.tag",
    "telemetry-enablement.observabilityadmin",
    "telemetry-pipelines.observabilityadmin",
    "thirdparty.config",
    "thirdparty.inspector2",
    "transitgateway",
    "triage.security-ir",
    "tts",
    "vmie",
    "vpc-flow-logs",
    "zocalo",
};

// The ends of a service principal: the public partitions, and Alexa's skills.
constexpr std::array<std::string_view, 8> kDomains = {
    ".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu", ".amazon.com",
    ".c2s.ic.gov",    ".sc2s.sgov.gov",    ".aws.internal", ".cloud.adc-e.uk"};

bool is_label_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

// Such as `eu-west-1` or `us-gov-east-1`.
bool is_region(std::string_view label) {
  const std::size_t dash = label.rfind('-');
  return dash != std::string_view::npos && dash + 1 < label.size() &&
         label.substr(0, dash).find('-') == 2 &&
         label.find_first_not_of("0123456789", dash + 1) == std::string_view::npos;
}

}  // namespace

ServicePrincipal read_service_principal(std::string_view text) {
  ServicePrincipal read;
  const auto domain = std::find_if(kDomains.begin(), kDomains.end(), [&](std::string_view end) {
    return text.size() > end.size() && text.ends_with(end);
  });
  if (domain == kDomains.end()) return read;
  read.aws = domain->starts_with(".amazonaws.");
  std::string_view name = text.substr(0, text.size() - domain->size());
  read.label = name;
  bool well_formed = true;
  while (well_formed) {
    const std::size_t dot = std::min(name.find('.'), name.size());
    const std::string_view label = name.substr(0, dot);
    well_formed = !label.empty() && std::all_of(label.begin(), label.end(), is_label_character);
    ++read.labels;
    read.last = label;
    if (dot == name.size()) break;
    name.remove_prefix(dot + 1);
  }
  read.well_formed = well_formed;
  read.regional = read.labels > 1 && is_region(read.last);
  return read;
}

bool is_known_service_principal(const Catalogue& catalogue, const ServicePrincipal& principal) {
  if (!principal.aws) return true;  // nobody lists the others
  std::string_view label = principal.label;
  if (principal.regional) label.remove_suffix(principal.last.size() + 1);
  return std::binary_search(kNames.begin(), kNames.end(), label) ||
         catalogue.find_service(label).has_value() ||
         catalogue.find_retired_service(label).has_value();
}

std::vector<std::string> similar_service_principals(const Catalogue& catalogue,
                                                    const ServicePrincipal& principal) {
  std::vector<std::string_view> known(kNames.begin(), kNames.end());
  for (const Service& service : catalogue.services()) known.push_back(service.prefix());
  return similar_names(principal.label, known);
}

std::string service_of_principal(std::string_view text) {
  const std::string lower = ascii_lower(text);
  const ServicePrincipal read = read_service_principal(lower);
  std::string label(read.label);
  if (read.regional) label.resize(label.size() - read.last.size() - 1);
  return label;
}

}  // namespace iamcheck
