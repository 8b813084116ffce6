#include "account/collected_reader.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "account/collected_organization.h"
#include "iamcheck/arn.h"

namespace iamcheck {
namespace {

using Area = CollectedPlace::Area;

// What a folder describes, as its ARN says.
enum class Subject : std::uint8_t {
  kUser,
  kGroup,
  kRole,
  kManagedPolicy,
  kInstanceProfile,
  kEndpoint,
  kResource,
  kNothing,  // that a policy could hang on
};

struct Form {
  std::string_view service;
  std::string_view prefix;
  Subject subject;
};
// The first that fits counts.
constexpr std::array<Form, 8> kForms = {{
    {"iam", "user/", Subject::kUser},
    {"iam", "group/", Subject::kGroup},
    {"iam", "role/", Subject::kRole},
    {"iam", "policy/", Subject::kManagedPolicy},
    {"iam", "instance-profile/", Subject::kInstanceProfile},
    {"iam", "", Subject::kNothing},  // providers, certificates, devices
    {"sso", "", Subject::kNothing},  // what they grant, the roles carry that are made of them
    {"ec2", "vpc-endpoint/", Subject::kEndpoint},
}};

Subject subject_of(const std::string& text) {
  const Arn arn = Arn::parse(text).value_or(Arn{});
  for (const Form& form : kForms) {
    if (arn.service == form.service && arn.resource.starts_with(form.prefix)) return form.subject;
  }
  return Subject::kResource;
}

// Kinds of files that only users, groups, roles and managed policies have: whoever refers to one of
// these does not find it, and says so.
constexpr std::array<std::string_view, 5> kOfPrincipals = {
    "inline-policies", "managed-policies", "trust-policy", "groups", "current-policy"};

}  // namespace

void CollectedReader::add_file(const CollectedPlace& place, const CollectedFile& file) {
  CollectedFolder& folder = folders_[place.folder];
  folder.place = place;
  const auto [known, fresh] = folder.files.try_emplace(place.kind, file);
  if (fresh) return;
  // A folder that was named twice.
  const std::shared_ptr<const Document>& first = known->second.document;
  if (first != nullptr && file.document != nullptr &&
      first->source->text() == file.document->source->text())
    return;
  builder_.complain(file.document == nullptr ? nullptr : file.document->source, {},
                    "`" + place.folder + "` holds `" + place.kind + "` twice, differently",
                    "leave one of them; what hangs on it is undecided until then");
  known->second = {nullptr, builder_.last_complaint};
}

void CollectedReader::add(const CollectedPlace& place,
                          const std::shared_ptr<const Document>& document) {
  add_file(place, {document, ""});
}

void CollectedReader::add_unread(const CollectedPlace& place, std::string why) {
  add_file(place, {nullptr, std::move(why)});
}

// Whose folder it is, says the ARN.
void CollectedReader::identify(CollectedFolder& folder) {
  const auto metadata = folder.files.find("metadata");
  if (metadata == folder.files.end() || metadata->second.document == nullptr) return;
  const Document& document = *metadata->second.document;
  if (folder.place.inner.empty()) return;  // of the account or organization itself
  builder_.clean = true;
  const Node* arn = values_.member(document, document.root, {"arn"});
  if (arn == nullptr || !builder_.clean) return;
  const std::optional<Arn> parsed = arn->is_text() ? Arn::parse(arn->text) : std::nullopt;
  if (!parsed || parsed->resource.empty()) return;
  folder.arn = arn->text;
  folder.metadata = metadata->second.document;
}

// A service may have a metadata.json of its own; one with more beside it describes something.
void CollectedReader::say_nameless(const CollectedFolder& folder, const CollectedFile& file) {
  if (file.document == nullptr) return;  // said
  const Node& root = file.document->root;
  if (folder.files.size() > 1 || root.find("arn") != nullptr)
    builder_.complain(file.document->source, root.span,
                      "this has no `arn` that says what it describes", "collect it again");
}

// A folder of which nobody knows what it describes: nothing is lost unless it has policies.
void CollectedReader::read_unidentified(const CollectedFolder& folder,
                                        CollectedResources& resources) {
  const auto leave_all = [&] {
    folder_.leave_resources(builder_.last_complaint);
    folder_.leave_endpoints(builder_.last_complaint);
  };
  bool of_principal = false;
  for (const std::string_view kind : kOfPrincipals) of_principal |= folder.has(kind);
  for (const auto& [kind, file] : folder.files) {
    if (resources.add_account_block(folder, kind, file) || kind == "tags") continue;
    const bool of_account = folder.place.inner.empty();
    if (kind == "metadata") {
      if (!of_account) say_nameless(folder, file);
      continue;
    }
    if (!may_hold_policy(kind, file)) continue;
    if (file.document == nullptr) {
      builder_.last_complaint = file.why;
    } else {
      builder_.complain(file.document->source, file.document->root.span,
                        "no metadata.json beside it says whose this is", "collect it again");
    }
    if (!of_principal || kind == "policy" || kind == "endpoint-policy") leave_all();
    if (of_account) folder_.leave_organization(builder_.last_complaint);
  }
}

void CollectedReader::finish() {
  if (folders_.empty()) return;
  std::map<Subject, std::vector<const CollectedFolder*>> subjects;
  CollectedOrganization organization(builder_, folder_);
  CollectedResources resources(builder_);
  CollectedPrincipals principals(builder_);
  for (auto& [path, folder] : folders_) {
    identify(folder);
    if (folder.place.area == Area::kOrganization) {
      organization.add(folder);
    } else if (folder.arn.empty()) {
      read_unidentified(folder, resources);
    } else {
      subjects[subject_of(folder.arn)].push_back(&folder);
    }
  }
  for (const CollectedFolder* one : subjects[Subject::kManagedPolicy]) principals.add_managed(*one);
  for (const CollectedFolder* one : subjects[Subject::kGroup]) principals.add_group(*one);
  for (const CollectedFolder* one : subjects[Subject::kInstanceProfile])
    principals.add_instance_profile(*one);
  for (const CollectedFolder* one : subjects[Subject::kUser])
    principals.add_principal(*one, AccountPrincipal::Kind::kUser);
  for (const CollectedFolder* one : subjects[Subject::kRole])
    principals.add_principal(*one, AccountPrincipal::Kind::kRole);
  for (const CollectedFolder* one : subjects[Subject::kResource]) resources.add_resource(*one);
  for (const CollectedFolder* one : subjects[Subject::kEndpoint]) resources.add_endpoint(*one);
  resources.finish();
  organization.finish();
}

}  // namespace iamcheck
