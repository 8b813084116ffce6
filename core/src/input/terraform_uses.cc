#include "input/terraform_uses.h"

#include "input/policy_documents.h"

namespace iamcheck {
namespace {

using Kind = HclExpression::Kind;

// The one text that an attribute says; empty when it is none.
std::string_view plain_text(const HclAttribute* attribute) {
  if (attribute == nullptr || attribute->value.kind != Kind::kTemplate ||
      attribute->value.parts.size() != 1)
    return {};
  return attribute->value.parts[0].text;
}

}  // namespace

TerraformUses::TerraformUses(HclValues& values, const HclFile& file) : values_(values) {
  for (const HclBlock& block : file.body.blocks) {
    // A local value is no use: who refers to it is.
    if (block.type == "locals" || block.type == "variable") continue;
    visit_body(block.body, attachment_of(block), is_policy_document(block));
  }
}

Attachment TerraformUses::attachment_of(const HclBlock& block) {
  if (block.type != "resource" || block.labels.empty()) return {};
  if (block.labels[0] != "aws_organizations_policy")
    return attachment_of_terraform_type(block.labels[0]);
  // Without a type it is a service control policy.
  const HclAttribute* type = block.body.find("type");
  return {type == nullptr ? PolicyKind::kScp : kind_of_organization_type(plain_text(type)), {}};
}

Attachment TerraformUses::of_document(std::string_view name) const {
  const auto found = documents_.find(name);
  return found == documents_.end() ? Attachment{} : found->second.attachment;
}

const Attachment* TerraformUses::of_value(const HclExpression& value) const {
  const auto found = defined_.find(&value);
  return found == defined_.end() ? nullptr : &found->second.attachment;
}

void TerraformUses::visit_body(const HclBody& body, const Attachment& attachment,
                               bool in_document) {
  for (const HclAttribute& attribute : body.attributes) {
    const bool part =
        in_document && (attribute.name == "source_policy_documents" ||
                        attribute.name == "override_policy_documents" ||
                        attribute.name == "source_json" || attribute.name == "override_json");
    if (part) continue;
    const auto kind = kind_of_member(attribute.name);
    visit(attribute.value, kind ? Attachment{kind, {}} : attachment);
  }
  for (const HclBlock& block : body.blocks) visit_body(block.body, attachment, false);
}

void TerraformUses::visit(const HclExpression& expression, const Attachment& attachment) {
  if (depth_ >= HclWork::kDeepest) return;
  ++depth_;
  if (const auto name = policy_document_name(expression)) {
    documents_[std::string(*name)].join(attachment);
  }
  // One name at a time, so that each definition on the way is known.
  if (const HclExpression* defined = values_.defined_as(expression)) {
    const int kind = attachment.kind ? static_cast<int>(*attachment.kind) : -1;
    if (followed_.emplace(defined, kind, attachment.resource_type).second) {
      // A member of a local value says nothing about the others.
      if (expression.parts.size() == 2) defined_[defined].join(attachment);
      visit(*defined, attachment);
    }
  }
  for (const HclExpression& part : expression.parts) visit(part, attachment);
  --depth_;
}

// A use that tells nothing, such as an output, is no contradiction.
void TerraformUses::Use::join(const Attachment& further) {
  if (!further.kind || disputed) return;
  if (!attachment.kind) {
    attachment = further;
  } else if (*attachment.kind != *further.kind) {
    attachment = {};
    disputed = true;
  } else if (attachment.resource_type != further.resource_type) {
    attachment.resource_type.clear();
  }
}

}  // namespace iamcheck
