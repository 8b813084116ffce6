#include "evaluate/action_index.h"

#include <bit>
#include <map>

#include "evaluate/compiled_policy.h"

namespace iamcheck {
namespace {

// At most half full, so that a free slot ends every search.
std::size_t table_size(std::size_t entries) { return std::bit_ceil(2 * entries + 1); }

// Action and NotAction are AND-ed, so Action alone bounds what both can match, but then it does not
// decide.
bool is_bounded(const CompiledStatement& statement) {
  return statement.usable && !statement.action.empty() && statement.not_action.empty() &&
         std::none_of(statement.action.begin(), statement.action.end(),
                      [](const ActionSet& set) { return set.speaks_about_any_service(); });
}

}  // namespace

class ActionIndex::Builder {
 public:
  void add(std::uint32_t statement, const ActionPattern& entry) {
    Drafts& drafts = services_[entry.service()];
    const Pattern& name = entry.name();
    if (name.shape() == Pattern::Shape::kExact) {
      std::vector<std::uint32_t>& statements = drafts.names[name.literal()];
      if (statements.empty() || statements.back() != statement) statements.push_back(statement);
      return;
    }
    Wild wild{statement, {}, &name};
    if (name.shape() == Pattern::Shape::kAny) wild.pattern = nullptr;
    if (name.shape() == Pattern::Shape::kPrefix) wild = {statement, name.literal(), nullptr};
    drafts.wild.push_back(wild);
  }

  void move_to(ActionIndex& index) const {
    if (services_.empty()) return;
    index.services_.resize(table_size(services_.size()));
    const std::size_t mask = index.services_.size() - 1;
    for (const auto& [name, drafts] : services_) {
      const Service service{request_hash(name), name, names_range(drafts, index),
                            wild_range(drafts, index)};
      std::size_t slot = service.hash & mask;
      while (!index.services_[slot].name.empty()) slot = (slot + 1) & mask;
      index.services_[slot] = service;
    }
  }

 private:
  struct Drafts {
    std::map<std::string_view, std::vector<std::uint32_t>> names;
    std::vector<Wild> wild;
  };

  static Range wild_range(const Drafts& drafts, ActionIndex& index) {
    const auto begin = static_cast<std::uint32_t>(index.wild_.size());
    index.wild_.insert(index.wild_.end(), drafts.wild.begin(), drafts.wild.end());
    return {begin, static_cast<std::uint32_t>(index.wild_.size())};
  }

  static Range names_range(const Drafts& drafts, ActionIndex& index) {
    if (drafts.names.empty()) return {};
    const auto begin = static_cast<std::uint32_t>(index.names_.size());
    const std::size_t size = table_size(drafts.names.size());
    index.names_.resize(begin + size);
    Name* table = index.names_.data() + begin;
    for (const auto& [text, statements] : drafts.names) {
      const auto first = static_cast<std::uint32_t>(index.positions_.size());
      index.positions_.insert(index.positions_.end(), statements.begin(), statements.end());
      const std::size_t hash = request_hash(text);
      std::size_t slot = hash & (size - 1);
      while (!table[slot].text.empty()) slot = (slot + 1) & (size - 1);
      table[slot] = {hash, text, {first, static_cast<std::uint32_t>(index.positions_.size())}};
    }
    return {begin, begin + static_cast<std::uint32_t>(size)};
  }

  std::map<std::string_view, Drafts> services_;
};

ActionIndex::ActionIndex(const std::vector<CompiledStatement>& statements) {
  Builder builder;
  for (std::uint32_t i = 0; i < statements.size(); ++i) {
    const CompiledStatement& statement = statements[i];
    if (!is_bounded(statement)) {
      // S2: with neither Action nor NotAction a statement never matches.
      if (!statement.usable || !statement.action.empty() || !statement.not_action.empty())
        general_.push_back(i);
      continue;
    }
    for (const ActionSet& set : statement.action) {
      for (const ActionPattern& entry : set.entries()) builder.add(i, entry);
    }
  }
  builder.move_to(*this);
}

}  // namespace iamcheck
