#include "iamcheck/catalogue.h"

#include <fstream>

#include "catalogue/blob.h"
#include "catalogue/lists.h"
#include "catalogue/name_order.h"

// Defined by the build: core/pack/catalogue_blob.cc.in, or a generated array.
extern "C" {
extern const unsigned char iamcheck_catalogue_begin[];
extern const unsigned long long iamcheck_catalogue_size;
}

namespace iamcheck {

using layout::Section;

namespace {

/// Ten times the size of today's catalogue: a larger file is something else.
constexpr std::size_t kMaxFileSize = 32u << 20;

Error corrupt(const std::string& problem) {
  return {ErrorCode::kCorruptCatalogue,
          "the file is no usable catalogue: " + problem,
          "pack it again from rules/catalogue, or leave the option out to use the built-in one",
          {}};
}

RetiredName retired(const CatalogueBlob& blob, Section section, std::uint32_t position) {
  return {blob.text_field(section, position, 0), blob.text_field(section, position, 4)};
}

/// The first template that does not come before `letter`: templates lie in the order of their
/// names, and none begins with its placeholder (core/pack/catalogue_pack.cc).
std::uint32_t first_template_key(const CatalogueBlob& blob, std::string_view letter) {
  std::uint32_t begin = 0, end = blob.count(Section::kTemplateKeys);
  while (begin < end) {
    const std::uint32_t middle = begin + (end - begin) / 2;
    const ConditionKey key(&blob, layout::load16(blob.record(Section::kTemplateKeys, middle)));
    if (compare_names(key.name(), letter) < 0) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin;
}

}  // namespace

const Catalogue& Catalogue::embedded() {
  static const Catalogue catalogue(std::make_shared<const CatalogueBlob>(
      std::string_view(reinterpret_cast<const char*>(iamcheck_catalogue_begin),
                       static_cast<std::size_t>(iamcheck_catalogue_size))));
  return catalogue;
}

Result<Catalogue> Catalogue::from_bytes(std::string bytes) {
  if (auto problem = CatalogueBlob::check_header(bytes)) return corrupt(*problem);
  auto blob = std::make_shared<const CatalogueBlob>(std::move(bytes));
  if (auto problem = blob->check_records()) return corrupt(*problem);
  return Catalogue(std::move(blob));
}

Result<Catalogue> Catalogue::from_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes;
  char buffer[1 << 16];
  while (file && bytes.size() <= kMaxFileSize) {
    file.read(buffer, sizeof buffer);
    bytes.append(buffer, static_cast<std::size_t>(file.gcount()));
  }
  if (!file.eof() && bytes.size() <= kMaxFileSize) {
    return Error{ErrorCode::kUnreadable,
                 "the catalogue `" + path + "` cannot be read",
                 "check the path and its permissions",
                 {}};
  }
  if (bytes.size() > kMaxFileSize) return corrupt("it is larger than 32 MiB");
  return from_bytes(std::move(bytes));
}

// --- what is in it ---

std::string_view Catalogue::date() const { return sources()[0].date; }

CatalogueList<CatalogueSource> Catalogue::sources() const {
  return {blob_.get(), 0, blob_->count(Section::kSources),
          [](const CatalogueBlob& own, std::uint32_t position) {
            const auto text = [&](std::size_t field) {
              return own.text_field(Section::kSources, position, 4 * field);
            };
            return CatalogueSource{text(0), text(1), text(2), text(3), text(4), text(5)};
          }};
}

std::uint32_t Catalogue::format_version() const { return layout::kFormatVersion; }
std::size_t Catalogue::size_in_bytes() const { return blob_->bytes().size(); }
std::string_view Catalogue::bytes() const { return blob_->bytes(); }

CatalogueList<Service> Catalogue::services() const {
  return list_of<Service>(*blob_, 0, blob_->count(Section::kServices));
}
CatalogueList<Action> Catalogue::actions() const {
  return list_of<Action>(*blob_, 0, blob_->count(Section::kActions));
}
CatalogueList<ResourceType> Catalogue::resource_types() const {
  return list_of<ResourceType>(*blob_, 0, blob_->count(Section::kResourceTypes));
}
CatalogueList<ConditionKey> Catalogue::condition_keys() const {
  return list_of<ConditionKey>(*blob_, 0, blob_->count(Section::kKeys));
}
CatalogueList<ManagedPolicy> Catalogue::managed_policies() const {
  return list_of<ManagedPolicy>(*blob_, 0, blob_->count(Section::kPolicies));
}
CatalogueList<RetiredName> Catalogue::retired_services() const {
  return {blob_.get(), 0, blob_->count(Section::kRetiredServices),
          [](const CatalogueBlob& own, std::uint32_t position) {
            return retired(own, Section::kRetiredServices, position);
          }};
}
CatalogueList<RetiredName> Catalogue::retired_actions() const {
  return {blob_.get(), 0, blob_->count(Section::kRetiredActions),
          [](const CatalogueBlob& own, std::uint32_t position) {
            return retired(own, Section::kRetiredActions, position);
          }};
}
CatalogueList<std::string_view> Catalogue::key_prefixes() const {
  return text_list(*blob_, Section::kKeyPrefixes, 0, blob_->count(Section::kKeyPrefixes));
}

// --- lookups ---

std::optional<Service> Catalogue::find_service(std::string_view prefix) const {
  const auto id =
      find_name(*blob_, Section::kServices, 0, blob_->count(Section::kServices), prefix);
  if (!id) return std::nullopt;
  return Service(blob_.get(), *id);
}

std::optional<Action> Catalogue::find_action(std::string_view action) const {
  const std::size_t colon = action.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto service = find_service(action.substr(0, colon));
  if (!service) return std::nullopt;
  const RecordRange range = service_actions(*blob_, service->id());
  const auto id =
      find_name(*blob_, Section::kActions, range.begin, range.end, action.substr(colon + 1));
  if (!id) return std::nullopt;
  return Action(blob_.get(), *id);
}

std::optional<ResourceType> Catalogue::find_resource_type(std::string_view service,
                                                          std::string_view name) const {
  const auto found = find_service(service);
  if (!found) return std::nullopt;
  const RecordRange range = service_types(*blob_, found->id());
  const auto id = find_name(*blob_, Section::kResourceTypes, range.begin, range.end, name);
  if (!id) return std::nullopt;
  return ResourceType(blob_.get(), *id);
}

std::optional<ConditionKey> Catalogue::find_condition_key(std::string_view key) const {
  const auto id = find_name(*blob_, Section::kKeys, 0, blob_->count(Section::kKeys), key);
  if (id) return ConditionKey(blob_.get(), *id);
  // About 130 keys have a placeholder, which stands for one character or more. The template with
  // the most fixed text wins: `events:Metadata/x/Matcher` is not `events:Metadata/${MetadataKey}`.
  std::optional<ConditionKey> best;
  std::size_t best_fixed = 0;
  const std::string_view first_letter = key.substr(0, 1);
  for (std::uint32_t i = first_template_key(*blob_, first_letter);
       i < blob_->count(Section::kTemplateKeys); ++i) {
    const ConditionKey candidate(blob_.get(),
                                 layout::load16(blob_->record(Section::kTemplateKeys, i)));
    if (!starts_with_name(candidate.name(), first_letter)) break;
    const std::string_view prefix = candidate.template_prefix();
    const std::string_view suffix = candidate.template_suffix();
    const std::size_t fixed = prefix.size() + suffix.size();
    if (key.size() > fixed && fixed > best_fixed && starts_with_name(key, prefix) &&
        ends_with_name(key, suffix)) {
      best = candidate;
      best_fixed = fixed;
    }
  }
  return best;
}

bool Catalogue::knows_key_prefix(std::string_view prefix) const {
  if (same_name(prefix, "aws") || find_service(prefix)) return true;
  if (find_name(*blob_, Section::kKeyPrefixes, 0, blob_->count(Section::kKeyPrefixes), prefix)) {
    return true;
  }
  for (const std::string_view known : key_prefixes()) {
    const std::size_t open = known.find("${");
    const std::size_t close = known.find('}');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open) continue;
    const std::string_view suffix = known.substr(close + 1);
    if (prefix.size() > open + suffix.size() && starts_with_name(prefix, known.substr(0, open)) &&
        ends_with_name(prefix, suffix)) {
      return true;
    }
  }
  return false;
}

std::optional<RetiredName> Catalogue::find_retired_service(std::string_view prefix) const {
  const auto id = find_name(*blob_, Section::kRetiredServices, 0,
                            blob_->count(Section::kRetiredServices), prefix);
  if (!id) return std::nullopt;
  return retired(*blob_, Section::kRetiredServices, *id);
}

std::optional<RetiredName> Catalogue::find_retired_action(std::string_view action) const {
  const auto id = find_name(*blob_, Section::kRetiredActions, 0,
                            blob_->count(Section::kRetiredActions), action);
  if (!id) return std::nullopt;
  return retired(*blob_, Section::kRetiredActions, *id);
}

}  // namespace iamcheck
