#include "input/terraform.h"

#include <algorithm>
#include <map>
#include <utility>

#include "input/hcl_json.h"
#include "input/place_name.h"
#include "input/policy_documents.h"
#include "input/sniff.h"
#include "input/terraform_uses.h"

namespace iamcheck {
namespace {

using Kind = HclExpression::Kind;

// As Terraform addresses it: `aws_iam_role.ci`, `data.aws_x.y`, `module.x`, `var.x`.
std::string address(const HclBlock& block) {
  std::string path = block.type == "resource"   ? ""
                     : block.type == "variable" ? "var"
                     : block.type == "locals"   ? "local"
                                                : block.type;
  for (const std::string& label : block.labels) path = place_below(path, label);
  return path;
}

// The text of a key that stands for itself.
std::string_view literal_key(const HclExpression& key) {
  if (key.kind == Kind::kText) return key.text;
  const bool plain =
      key.kind == Kind::kTemplate && key.parts.size() == 1 && key.parts[0].kind == Kind::kText;
  return plain ? std::string_view(key.parts[0].text) : std::string_view();
}

bool has_statement(const HclExpression& object) {
  for (std::size_t i = 0; i + 1 < object.parts.size(); i += 2) {
    if (literal_key(object.parts[i]) == "Statement") return true;
  }
  return false;
}

class Finder {
 public:
  Finder(const HclFile& file, const Limits& limits)
      : file_(file),
        limits_(limits),
        values_(file),
        documents_(values_, limits),
        uses_(values_, file) {}

  std::vector<TerraformValue> take() {
    for (const HclBlock& block : file_.body.blocks) {
      if (is_policy_document(block)) {
        add_document(block);
      } else if (block.labels.empty() || !is_of_other_cloud(block.labels[0])) {
        visit_body(block.body, address(block), uses_.attachment_of(block));
      }
    }
    drop_merged();
    if (values_.work().exhausted()) add_limit();
    return std::move(out_);
  }

 private:
  void add_document(const HclBlock& block) {
    TerraformValue& value = add(address(block), uses_.of_document(block.labels[1]));
    value.document.root = documents_.policy(block);
    document_names_.emplace(out_.size() - 1, block.labels[1]);
  }

  // Only now is it known which documents are a part of others.
  void drop_merged() {
    std::vector<TerraformValue> kept;
    for (std::size_t i = 0; i < out_.size(); ++i) {
      const auto name = document_names_.find(i);
      const bool part = name != document_names_.end() && documents_.is_merged(name->second) &&
                        !uses_.is_policy(name->second);
      if (!part) kept.push_back(std::move(out_[i]));
    }
    out_ = std::move(kept);
  }

  void add_limit() {
    add({}, {}).error =
        Error{ErrorCode::kLimitExceeded,
              "the expressions of the file make more than " + std::to_string(HclWork::kMostValues) +
                  " values or " + std::to_string(HclWork::kMostText >> 20) +
                  " MiB of text; what lies beyond was taken as not known",
              "check what `terraform show -json` says of the plan",
              {}};
  }

  void visit_body(const HclBody& body, const std::string& path, const Attachment& attachment) {
    for (const HclAttribute& attribute : body.attributes) {
      Attachment here = attachment;
      if (const Attachment* used = uses_.of_value(attribute.value)) here = *used;
      if (const auto kind = kind_of_member(attribute.name)) here = {kind, {}};
      visit(attribute.value, place_below(path, attribute.name), here);
    }
    std::map<std::string_view, std::size_t> counts;
    for (const HclBlock& block : body.blocks) {
      const std::size_t index = counts[block.type]++;
      visit_body(block.body, place_below(place_below(path, block.type), index), attachment);
    }
  }

  // What is written in an expression; names are followed where they are defined.
  void visit(const HclExpression& expression, const std::string& path,
             const Attachment& attachment) {
    if (expression.kind == Kind::kCall && expression.text == "jsonencode" &&
        expression.parts.size() == 1) {
      // An object behind a name is read where it is written, if it is a policy by itself.
      if (&values_.definition(expression.parts[0]) != &expression.parts[0] &&
          values_.definition(expression.parts[0]).kind == Kind::kObject)
        return;
      add(path, attachment).document.root = values_.evaluate(expression.parts[0]);
      return;
    }
    if (expression.kind == Kind::kObject && has_statement(expression)) {
      add(path, attachment).document.root = values_.evaluate(expression);
      return;
    }
    if (expression.kind == Kind::kTemplate && add_json(expression, path, attachment)) return;
    if (expression.kind == Kind::kObject) {
      for (std::size_t i = 0; i + 1 < expression.parts.size(); i += 2) {
        visit(expression.parts[i + 1], place_below(path, literal_key(expression.parts[i])),
              attachment);
      }
      return;
    }
    for (std::size_t i = 0; i < expression.parts.size(); ++i) {
      const bool list = expression.kind == Kind::kList;
      visit(expression.parts[i], list ? place_below(path, i) : path, attachment);
    }
  }

  bool add_json(const HclExpression& text, const std::string& path, const Attachment& attachment) {
    if (!may_hold_policy(file_.source->slice(text.span))) return false;
    auto json = read_hcl_json(values_, text, nullptr, limits_);
    if (!json) return false;
    TerraformValue& value = add(path, attachment);
    if (*json) {
      value.document = *std::move(*json);
    } else {
      value.error = json->error();
    }
    return true;
  }

  TerraformValue& add(std::string path, const Attachment& attachment) {
    TerraformValue value;
    value.document.source = file_.source;
    value.path = std::move(path);
    value.attachment = attachment;
    out_.push_back(std::move(value));
    return out_.back();
  }

  const HclFile& file_;
  const Limits& limits_;
  HclValues values_;
  PolicyDocuments documents_;
  TerraformUses uses_;
  std::vector<TerraformValue> out_;
  std::map<std::size_t, std::string> document_names_;
};

}  // namespace

std::vector<TerraformValue> find_terraform_values(const HclFile& file, const Limits& limits) {
  return Finder(file, limits).take();
}

}  // namespace iamcheck
