#pragma once

// Terraform's other spelling: the same blocks and expressions as JSON (`main.tf.json`, the output
// of CDK for Terraform). Source: Terraform documentation, "JSON Configuration Syntax".

#include "document/hcl.h"

namespace iamcheck {

/// Whether a JSON document is a Terraform file: it has resources or data sources of AWS.
bool is_terraform_json(const Document& document);

/// The file that a document with `is_terraform_json` spells, with the places of the JSON. Which
/// members are blocks is known of `aws_iam_policy_document`; of other blocks all are attributes.
HclFile read_hcl_from_json(const Document& document, const ReadOptions& options);

}  // namespace iamcheck
