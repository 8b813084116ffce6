// AWS managed policies: found by name, inflated only when somebody asks for the text.
#include <zlib.h>

#include "catalogue/blob.h"
#include "iamcheck/catalogue.h"

namespace iamcheck {

using layout::Section;
using Field = layout::PolicyField;

std::string_view ManagedPolicy::name() const {
  return blob_->text_field(Section::kPolicies, id_, Field::kName);
}
std::string_view ManagedPolicy::path() const {
  return blob_->text_field(Section::kPolicies, id_, Field::kPath);
}
std::string ManagedPolicy::arn() const {
  std::string text = "arn:aws:iam::aws:policy";
  text += path();
  text += name();
  return text;
}
std::string_view ManagedPolicy::version() const {
  return blob_->text_field(Section::kPolicies, id_, Field::kVersion);
}
std::string_view ManagedPolicy::created() const {
  return blob_->text_field(Section::kPolicies, id_, Field::kCreated);
}
std::string_view ManagedPolicy::updated() const {
  return blob_->text_field(Section::kPolicies, id_, Field::kUpdated);
}

Result<std::string> ManagedPolicy::document() const {
  std::string text(blob_->field32(Section::kPolicies, id_, Field::kDocumentSize), '\0');
  auto size = static_cast<uLongf>(text.size());
  const unsigned char* packed =
      blob_->record(Section::kPolicyBytes, blob_->field32(Section::kPolicies, id_, Field::kOffset));
  const int outcome = uncompress(reinterpret_cast<Bytef*>(text.data()), &size, packed,
                                 blob_->field32(Section::kPolicies, id_, Field::kSize));
  if (outcome != Z_OK || size != text.size()) {
    return Error{ErrorCode::kCorruptCatalogue,
                 "the managed policy `" + std::string(name()) + "` is damaged in the catalogue",
                 "fetch the catalogue file again",
                 {}};
  }
  return text;
}

std::optional<ManagedPolicy> Catalogue::find_managed_policy(std::string_view arn_or_name) const {
  // A policy name is unique in an account and never holds a slash, so the name finds the ARN.
  const bool is_arn = arn_or_name.starts_with("arn:");
  std::string_view name = arn_or_name;
  if (is_arn) name.remove_prefix(arn_or_name.rfind('/') + 1);  // npos + 1 is 0
  std::uint32_t begin = 0;
  std::uint32_t end = blob_->count(Section::kPolicies);
  while (begin < end) {
    const std::uint32_t middle = begin + (end - begin) / 2;
    if (blob_->text_field(Section::kPolicies, middle, Field::kName) < name) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  if (begin == blob_->count(Section::kPolicies)) return std::nullopt;
  const ManagedPolicy policy(blob_.get(), begin);
  if (policy.name() != name || (is_arn && policy.arn() != arn_or_name)) return std::nullopt;
  return policy;
}

}  // namespace iamcheck
