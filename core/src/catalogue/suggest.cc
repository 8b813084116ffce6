// "Did you mean": names near to one that does not exist. The order is by distance, then by name.
#include <algorithm>
#include <utility>

#include "catalogue/blob.h"
#include "catalogue/lists.h"
#include "catalogue/name_order.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/suggestion.h"
#include "text/edit_distance.h"

namespace iamcheck {

using layout::Section;

namespace {

/// A name that many services share (TagResource, ListTags ...) says nothing about which was meant.
constexpr std::size_t kMaxServicesOfSameName = 3;
/// No name of AWS is longer; a longer one need not be compared with 22,000 others.
constexpr std::size_t kMaxNameSize = 128;

class Candidates {
 public:
  explicit Candidates(std::size_t limit) : limit_(limit) {}

  void add(std::size_t distance, std::string text) {
    found_.emplace_back(distance, std::move(text));
  }
  bool empty() const { return found_.empty(); }

  std::vector<std::string> best() {
    std::sort(found_.begin(), found_.end());
    std::vector<std::string> texts;
    for (auto& [distance, text] : found_) {
      if (texts.size() == limit_) break;
      if (std::find(texts.begin(), texts.end(), text) == texts.end()) {
        texts.push_back(std::move(text));
      }
    }
    return texts;
  }

 private:
  std::size_t limit_;
  std::vector<std::pair<std::size_t, std::string>> found_;
};

/// In a name of four letters two edits leave half of it: everything would be near; of one letter or
/// none, one edit leaves nothing.
std::size_t allowed_distance(std::string_view name) {
  if (name.size() < 2) return 0;
  return name.size() < 5 ? 1 : 2;
}

void add_near_actions(const CatalogueBlob& blob, std::uint32_t service, std::string_view name,
                      std::size_t distance_so_far, Candidates& candidates) {
  const RecordRange range = service_actions(blob, service);
  for (std::uint32_t id = range.begin; id < range.end; ++id) {
    const auto distance =
        edit_distance(name, blob.text_field(Section::kActions, id, 0), allowed_distance(name));
    if (distance) candidates.add(distance_so_far + *distance, Action(&blob, id).full_name());
  }
}

void add_same_name_elsewhere(const CatalogueBlob& blob, std::string_view name,
                             Candidates& candidates) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t service = 0; service < blob.count(Section::kServices); ++service) {
    const RecordRange range = service_actions(blob, service);
    const auto id = find_name(blob, Section::kActions, range.begin, range.end, name);
    if (id) found.push_back(*id);
  }
  if (found.size() > kMaxServicesOfSameName) return;
  // Behind every near name: the service was right more often than the name.
  for (const std::uint32_t id : found) candidates.add(100, Action(&blob, id).full_name());
}

}  // namespace

std::vector<std::string> Catalogue::suggest_action(std::string_view action,
                                                   std::size_t limit) const {
  const std::size_t colon = action.find(':');
  if (action.size() > 2 * kMaxNameSize) return {};
  Candidates candidates(limit);
  if (colon == std::string_view::npos) {
    add_same_name_elsewhere(*blob_, action, candidates);
    return candidates.best();
  }
  const std::string_view prefix = action.substr(0, colon);
  const std::string_view name = action.substr(colon + 1);
  if (const auto service = find_service(prefix)) {
    add_near_actions(*blob_, service->id(), name, 0, candidates);
  } else {
    for (const Service near : services()) {
      const auto distance = edit_distance(prefix, near.prefix(), allowed_distance(prefix));
      if (distance) add_near_actions(*blob_, near.id(), name, *distance, candidates);
    }
  }
  add_same_name_elsewhere(*blob_, name, candidates);
  return candidates.best();
}

std::vector<std::string> Catalogue::suggest_service(std::string_view prefix,
                                                    std::size_t limit) const {
  if (prefix.size() > kMaxNameSize) return {};
  Candidates candidates(limit);
  for (const Service service : services()) {
    const auto distance = edit_distance(prefix, service.prefix(), allowed_distance(prefix));
    if (distance) candidates.add(*distance, std::string(service.prefix()));
  }
  return candidates.best();
}

std::vector<std::string> Catalogue::suggest_condition_key(std::string_view key,
                                                          std::size_t limit) const {
  if (key.size() > kMaxNameSize) return {};
  Candidates candidates(limit);
  for (const ConditionKey known : condition_keys()) {
    const auto distance = edit_distance(key, known.name(), allowed_distance(key));
    if (distance) candidates.add(*distance, std::string(known.name()));
  }
  return candidates.best();
}

std::vector<std::string> Catalogue::suggest_managed_policy(std::string_view arn_or_name,
                                                           std::size_t limit) const {
  if (arn_or_name.starts_with("arn:")) arn_or_name.remove_prefix(arn_or_name.rfind('/') + 1);
  std::vector<std::string_view> names;
  for (const ManagedPolicy policy : managed_policies()) names.push_back(policy.name());
  return similar_names(arn_or_name, names, limit);
}

}  // namespace iamcheck
