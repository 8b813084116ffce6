// catalogue_pack FOLDER BLOB [ARRAY.cc]
//
// Packs the text files of rules/catalogue into the binary form of core/src/catalogue/layout.h. With
// a third argument the blob is also written as a C++ array, for compilers without `.incbin`.

#include <zlib.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "blob_writer.h"
#include "catalogue_tables.h"
#include "text/ascii.h"

namespace iamcheck::pack {
namespace {

using layout::Section;

constexpr std::pair<std::string_view, unsigned> kLevels[] = {
    {"List", 1}, {"Read", 2}, {"Write", 4}, {"PermissionsManagement", 8}, {"Tagging", 16}};
constexpr std::string_view kTypes[] = {"String", "ARN",       "Bool",  "Numeric",
                                       "Date",   "IPAddress", "Binary"};

class Packer {
 public:
  explicit Packer(std::string folder) : folder_(std::move(folder)) { blob_.key_set({}); }

  std::string pack() {
    read_keys();
    read_resource_types();
    read_actions();
    write_services();
    write_small_tables();
    write_policies();
    return blob_.finish();
  }

 private:
  struct Key {
    std::string name;
    unsigned types = 0;
    unsigned marks = 0;
  };
  struct Type {
    std::uint32_t id = 0;
    std::vector<std::uint32_t> keys;
  };
  using KeyIds = std::vector<std::uint32_t>;

  // A key has one type whatever service lists it; the hand table of global keys has the last word.
  void read_keys() {
    std::map<std::string, Key> keys;
    const std::vector<Row> rows = read_table(folder_, "condition-keys.txt", 4);
    for (const Row& row : rows) {
      const Key key{row.fields[1], type_bits(row, row.fields[2]), mark_bits(row, row.fields[3])};
      // Catalogue::find_condition_key looks for templates by their first letter.
      if (key.name.starts_with("${")) fail(row, "the key begins with a placeholder");
      const auto [found, added] = keys.emplace(ascii_lower(key.name), key);
      if (!added && (found->second.types != key.types || found->second.marks != key.marks)) {
        fail(row, "the key has another type elsewhere: decide in key-overrides.txt");
      }
    }
    for (const Row& row : read_table(folder_, "global-keys.txt", 4)) {
      keys[ascii_lower(row.fields[0])] = {row.fields[0], type_bits(row, row.fields[1]),
                                          mark_bits(row, row.fields[2]) | layout::kKeyGlobal};
    }
    for (const auto& [name, key] : keys) {
      const std::uint32_t id = blob_.count(Section::kKeys);
      key_ids_[name] = id;
      blob_.put32(Section::kKeys, blob_.text(key.name));
      blob_.put8(Section::kKeys, key.types);
      blob_.put8(Section::kKeys, key.marks);
      if (key.name.find("${") != std::string::npos) blob_.put16(Section::kTemplateKeys, id);
    }
    for (const Row& row : rows) {
      service_keys_[row.fields[0]].push_back(key_ids_.at(ascii_lower(row.fields[1])));
    }
  }

  static unsigned type_bits(const Row& row, const std::string& text) {
    unsigned bits = 0;
    for (const std::string& name : split_list(text, ",")) {
      const auto* found = std::find(std::begin(kTypes), std::end(kTypes), name);
      if (found == std::end(kTypes)) fail(row, "unknown type of a condition key");
      bits |= 1u << (found - std::begin(kTypes));
    }
    return bits;
  }

  static unsigned mark_bits(const Row& row, const std::string& text) {
    if (text != "-" && text != "multivalued") fail(row, "unknown mark of a condition key");
    return text == "-" ? 0 : layout::kKeyMultivalued;
  }

  KeyIds keys(const Row& row, std::string_view text) const {
    KeyIds ids;
    for (const std::string& name : split_list(text, " ")) {
      const auto found = key_ids_.find(ascii_lower(name));
      if (found == key_ids_.end()) fail(row, "unknown condition key " + name);
      ids.push_back(found->second);
    }
    return ids;
  }

  // Services are numbered here because resource types name theirs.
  void read_resource_types() {
    service_rows_ = read_table(folder_, "services.txt", 3);
    for (const Row& row : service_rows_) {
      service_ids_.emplace(row.fields[0], static_cast<std::uint32_t>(service_ids_.size()));
    }
    std::pair<std::string, std::string> last;
    for (const Row& row : read_table(folder_, "resource-types.txt", 4)) {
      const std::pair<std::string, std::string> place{row.fields[0], ascii_lower(row.fields[1])};
      if (place <= last) fail(row, "not in order");
      last = place;
      const auto service = service_ids_.find(row.fields[0]);
      if (service == service_ids_.end()) fail(row, "unknown service");
      const Type type{blob_.count(Section::kResourceTypes), keys(row, row.fields[3])};
      first_type_.emplace(row.fields[0], type.id);
      const std::vector<std::string> forms = split_list(row.fields[2], " ");
      blob_.put32(Section::kResourceTypes, blob_.text(row.fields[1]));
      blob_.put32(Section::kResourceTypes, blob_.count(Section::kArnForms));
      blob_.put16(Section::kResourceTypes, service->second);
      blob_.put16(Section::kResourceTypes, blob_.key_set(type.keys));
      blob_.put8(Section::kResourceTypes, forms.size());
      blob_.put8(Section::kResourceTypes, 0);
      for (const std::string& form : forms) blob_.put32(Section::kArnForms, blob_.text(form));
      types_.emplace(place, type);
    }
  }

  void read_actions() {
    const std::vector<Row> rows = read_table(folder_, "actions.txt", 6);
    std::pair<std::string, std::string> last;
    for (const Row& row : rows) {
      const std::size_t colon = row.fields[0].find(':');
      const std::pair<std::string, std::string> place{row.fields[0].substr(0, colon),
                                                      ascii_lower(row.fields[0].substr(colon + 1))};
      if (colon == std::string::npos || !service_ids_.contains(place.first)) {
        fail(row, "unknown service");
      }
      if (!last.first.empty() && std::pair(service_ids_[place.first], place.second) <=
                                     std::pair(service_ids_[last.first], last.second)) {
        fail(row, "not in order");
      }
      last = place;
      const auto id = static_cast<std::uint32_t>(action_ids_.size());
      action_ids_.emplace(ascii_lower(row.fields[0]), id);
      first_action_.emplace(place.first, id);
    }
    for (const Row& row : rows) write_action(row);
  }

  void write_action(const Row& row) {
    const std::size_t colon = row.fields[0].find(':');
    const std::uint32_t first_use = blob_.count(Section::kUses);
    const KeyIds own = keys(row, row.fields[3]);
    // Reading rule 1: the keys of an action, of its rows, and of the resource types in them.
    KeyIds all = own;
    for (const std::string& use : split_list(row.fields[2], ", ")) {
      const KeyIds added = write_use(row, row.fields[0].substr(0, colon), use);
      all.insert(all.end(), added.begin(), added.end());
    }
    unsigned bits = row.fields[5] == "permission-only" ? layout::kActionPermissionOnly : 0;
    for (const std::string& name : split_list(row.fields[1], ",")) {
      const auto* level = std::find_if(std::begin(kLevels), std::end(kLevels),
                                       [&](const auto& each) { return each.first == name; });
      if (level == std::end(kLevels)) fail(row, "unknown access level " + name);
      bits |= level->second;
    }
    const std::uint32_t id = blob_.count(Section::kActions);
    blob_.put32(Section::kActions, blob_.text(row.fields[0].substr(colon + 1)));
    blob_.put32(Section::kActions, first_use);
    blob_.put16(Section::kActions, blob_.key_set(own));
    blob_.put16(Section::kActions, blob_.key_set(all));
    blob_.put8(Section::kActions, bits);
    blob_.put8(Section::kActions, blob_.count(Section::kUses) - first_use);

    const std::vector<std::string> dependents = split_list(row.fields[4], " ");
    if (dependents.empty()) return;
    blob_.put32(Section::kDependencies, id);
    blob_.put32(Section::kDependencies, blob_.count(Section::kDependents));
    blob_.put32(Section::kDependencies, dependents.size());
    for (const std::string& name : dependents) {
      const auto found = action_ids_.find(ascii_lower(name));
      if (found == action_ids_.end()) fail(row, "unknown dependent action " + name);
      blob_.put32(Section::kDependents, found->second);
    }
  }

  // `object!(s3:x s3:y)`: a required type and the keys that the action has only with it.
  KeyIds write_use(const Row& row, const std::string& service, std::string_view text) {
    KeyIds ids;
    const std::size_t open = text.find('(');
    if (open != std::string_view::npos) {
      ids = keys(row, text.substr(open + 1, text.size() - open - 2));
      text = text.substr(0, open);
    }
    const bool required = text.ends_with('!');
    if (required) text.remove_suffix(1);
    const auto type = types_.find({service, ascii_lower(text)});
    if (type == types_.end()) fail(row, "unknown resource type " + std::string(text));
    ids.insert(ids.end(), type->second.keys.begin(), type->second.keys.end());
    if (type->second.id >= layout::kUseRequired) fail(row, "too many resource types");
    blob_.put16(Section::kUses, type->second.id | (required ? layout::kUseRequired : 0u));
    blob_.put16(Section::kUses, blob_.key_set(ids));
    return ids;
  }

  void write_services() {
    std::uint32_t next_action = blob_.count(Section::kActions);
    std::uint32_t next_type = blob_.count(Section::kResourceTypes);
    // A service without actions starts where the following one does: walk backwards.
    for (std::size_t i = service_rows_.size(); i-- > 0;) {
      const std::string& prefix = service_rows_[i].fields[0];
      if (i > 0 && service_rows_[i - 1].fields[0] >= prefix) fail(service_rows_[i], "not in order");
      next_action = first_action_.emplace(prefix, next_action).first->second;
      next_type = first_type_.emplace(prefix, next_type).first->second;
    }
    for (const Row& row : service_rows_) {
      const std::string& prefix = row.fields[0];
      blob_.put32(Section::kServices, blob_.text(prefix));
      blob_.put32(Section::kServices, blob_.text(row.fields[1]));
      blob_.put32(Section::kServices, first_action_.at(prefix));
      blob_.put32(Section::kServices, first_type_.at(prefix));
      blob_.put32(Section::kServices, blob_.key_set(service_keys_[prefix]));
      blob_.put8(Section::kServices, row.fields[2] == "rcp" ? layout::kServiceRcp : 0);
    }
  }

  void write_small_tables() {
    std::map<std::string, std::uint32_t> prefixes;
    for (const Row& row : read_table(folder_, "key-prefixes.txt", 2)) {
      prefixes.emplace(ascii_lower(row.fields[0]), blob_.text(row.fields[0]));
    }
    for (const auto& [name, text] : prefixes) blob_.put32(Section::kKeyPrefixes, text);

    using Names = std::map<std::string, std::pair<std::string, std::string>>;
    Names services, actions;
    for (const Row& row : read_table(folder_, "retired-services.txt", 2)) {
      if (service_ids_.contains(row.fields[0])) fail(row, "the service is not retired");
      services[row.fields[0]] = {row.fields[0], optional_text(row.fields[1])};
    }
    for (const Row& row : read_table(folder_, "retired-actions.txt", 2)) {
      if (action_ids_.contains(ascii_lower(row.fields[0]))) fail(row, "the action is not retired");
      actions[ascii_lower(row.fields[0])] = {row.fields[0], row.fields[1]};
      const std::string service = row.fields[0].substr(0, row.fields[0].find(':'));
      if (!service_ids_.contains(service)) services.try_emplace(service, service, row.fields[1]);
    }
    const auto write = [this](Section section, const Names& names) {
      for (const auto& [key, name] : names) {
        blob_.put32(section, blob_.text(name.first));
        blob_.put32(section, blob_.text(name.second));
      }
    };
    write(Section::kRetiredServices, services);
    write(Section::kRetiredActions, actions);
    for (const Row& row : read_table(folder_, "PROVENANCE", 6)) {
      for (const std::string& field : row.fields) {
        blob_.put32(Section::kSources, blob_.text(optional_text(field)));
      }
    }
  }

  void write_policies() {
    std::vector<PolicyRow> policies = read_policies(folder_);
    std::sort(policies.begin(), policies.end(),
              [](const PolicyRow& a, const PolicyRow& b) { return a.name < b.name; });
    for (const PolicyRow& policy : policies) {
      uLongf size = compressBound(static_cast<uLong>(policy.document.size()));
      std::string packed(size, '\0');
      compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
                reinterpret_cast<const Bytef*>(policy.document.data()),
                static_cast<uLong>(policy.document.size()), Z_BEST_COMPRESSION);
      packed.resize(size);
      for (const std::string* text :
           {&policy.name, &policy.path, &policy.version, &policy.created, &policy.updated}) {
        blob_.put32(Section::kPolicies, blob_.text(*text));
      }
      blob_.put32(Section::kPolicies, blob_.count(Section::kPolicyBytes));
      blob_.put32(Section::kPolicies, packed.size());
      blob_.put32(Section::kPolicies, policy.document.size());
      blob_.put_bytes(Section::kPolicyBytes, packed);
    }
  }

  std::string folder_;
  BlobWriter blob_;
  std::map<std::string, std::uint32_t> key_ids_;
  std::map<std::string, KeyIds> service_keys_;
  std::vector<Row> service_rows_;
  std::map<std::string, std::uint32_t> service_ids_, first_type_, first_action_, action_ids_;
  std::map<std::pair<std::string, std::string>, Type> types_;
};

void write_array(const std::string& path, const std::string& blob) {
  std::ofstream out(path, std::ios::binary);
  out << "extern \"C\" {\n"
         "extern const unsigned char iamcheck_catalogue_begin[];\n"
         "extern const unsigned long long iamcheck_catalogue_size;\n"
         "const unsigned char iamcheck_catalogue_begin[] = {";
  for (std::size_t i = 0; i < blob.size(); ++i) {
    out << (i % 32 == 0 ? "\n" : "") << static_cast<unsigned>(static_cast<unsigned char>(blob[i]))
        << ",";
  }
  out << "};\nconst unsigned long long iamcheck_catalogue_size = " << blob.size() << "ull;\n}\n";
}

}  // namespace
}  // namespace iamcheck::pack

int main(int argc, char** argv) {
  if (argc < 3 || argc > 4) {
    std::cerr << "usage: catalogue_pack FOLDER BLOB [ARRAY.cc]\n";
    return 2;
  }
  const std::string blob = iamcheck::pack::Packer(argv[1]).pack();
  std::ofstream out(argv[2], std::ios::binary);
  out << blob;
  if (argc == 4) iamcheck::pack::write_array(argv[3], blob);
  out.close();
  return out ? 0 : 1;
}
