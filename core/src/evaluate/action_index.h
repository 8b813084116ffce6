#pragma once

// Which statements of a policy speak about an action.
//
// ReadOnlyAccess has more than a thousand entries in its Action elements, and a question is about
// one action. The index finds the service by hash, the entries without wildcards by hash too, and
// tries the few entries of the service that have wildcards. It answers what `ActionSet` answers,
// and `tests/unit/evaluate/action_index_test.cc` holds it to that.

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "iamcheck/pattern.h"
#include "iamcheck/request.h"

namespace iamcheck {

struct CompiledStatement;

class ActionIndex {
 public:
  /// Keeps views into `statements`, whose elements must stay where they are.
  explicit ActionIndex(const std::vector<CompiledStatement>& statements);

  /// Calls `visit(position, action_matches)`, in order, for every statement that may match the
  /// request's action: with true when its Action surely matches, with false when it must be asked.
  /// Unusable statements, which are worth a warning, are always among the latter.
  template <typename Visit>
  void each(const Request& request, Visit visit) const {
    Cursor cursor(*this, request);
    std::size_t next_general = 0;
    std::uint32_t own = cursor.next();
    while (true) {
      const std::uint32_t general = next_general < general_.size() ? general_[next_general] : kNone;
      if (own == kNone && general == kNone) return;
      if (own < general) {
        visit(own, true);
        own = cursor.next();
      } else {
        visit(general, false);
        ++next_general;
      }
    }
  }

 private:
  static constexpr std::uint32_t kNone = 0xffffffff;

  /// A run of `positions_`, ascending.
  struct Range {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  /// An entry without wildcards.
  struct Name {
    std::size_t hash = 0;
    std::string_view text;  ///< empty: a free slot
    Range statements;
  };
  /// An entry with wildcards.
  struct Wild {
    std::uint32_t statement = 0;
    std::string_view prefix;           ///< what the name must begin with
    const Pattern* pattern = nullptr;  ///< nothing: the prefix is all there is to match
  };
  struct Service {
    std::size_t hash = 0;
    std::string_view name;  ///< empty: a free slot
    Range names;            ///< of `names_`, a hash table; a power of two in size, or empty
    Range wild;             ///< of `wild_`, sorted by statement
  };

  /// The statements whose bounded Action matches, ascending, each once.
  class Cursor {
   public:
    Cursor(const ActionIndex& index, const Request& request) : name_(request.action_name()) {
      const Service* service = index.find_service(request.service_hash(), request.service());
      if (service == nullptr) return;
      wild_ = index.wild_.data() + service->wild.begin;
      wild_end_ = index.wild_.data() + service->wild.end;
      const Range exact = index.find_name(*service, request.action_hash(), name_);
      exact_ = index.positions_.data() + exact.begin;
      exact_end_ = index.positions_.data() + exact.end;
    }
    std::uint32_t next() {
      const std::uint32_t exact = exact_ == exact_end_ ? kNone : *exact_;
      while (wild_ != wild_end_ && wild_->statement <= exact) {
        const std::uint32_t statement = wild_->statement;
        if (statement == exact || !matches(*wild_)) {
          ++wild_;
          continue;
        }
        while (wild_ != wild_end_ && wild_->statement == statement) ++wild_;
        return statement;
      }
      if (exact != kNone) ++exact_;
      return exact;
    }

   private:
    bool matches(const Wild& wild) const {
      return name_.starts_with(wild.prefix) &&
             (wild.pattern == nullptr || wild.pattern->matches(name_));
    }

    std::string_view name_;
    const Wild* wild_ = nullptr;
    const Wild* wild_end_ = nullptr;
    const std::uint32_t* exact_ = nullptr;
    const std::uint32_t* exact_end_ = nullptr;
  };

  const Service* find_service(std::size_t hash, std::string_view name) const {
    if (services_.empty()) return nullptr;
    const std::size_t mask = services_.size() - 1;
    for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
      const Service& service = services_[slot];
      if (service.name.empty()) return nullptr;
      if (service.hash == hash && service.name == name) return &service;
    }
  }
  Range find_name(const Service& service, std::size_t hash, std::string_view name) const {
    if (service.names.begin == service.names.end) return {};
    const Name* names = names_.data() + service.names.begin;
    const std::size_t mask = service.names.end - service.names.begin - 1;
    for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
      if (names[slot].text.empty()) return {};
      if (names[slot].hash == hash && names[slot].text == name) return names[slot].statements;
    }
  }

  class Builder;

  std::vector<std::uint32_t> general_;  // statements that must be asked
  std::vector<Service> services_;       // a hash table; a power of two in size, or empty
  std::vector<Name> names_;
  std::vector<Wild> wild_;
  std::vector<std::uint32_t> positions_;
};

}  // namespace iamcheck
