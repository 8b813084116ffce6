#include "analysis/domain.h"

#include <algorithm>

#include "analysis/principals.h"
#include "analysis/text_domain.h"
#include "analysis/typed_domain.h"

namespace iamcheck::analysis {

std::size_t Domain::HashKey::operator()(const std::vector<std::uint64_t>& key) const {
  std::uint64_t hash = 0x9E3779B97F4A7C15;
  for (const std::uint64_t word : key) {
    hash = (hash ^ word) * 0xff51afd7ed558ccd;
    hash ^= hash >> 33;
  }
  return static_cast<std::size_t>(hash);
}

const DomainAnswer& Domain::ask(AttributeId attribute, std::span<const Literal> literals) {
  std::vector<std::uint64_t>& key = key_;
  key = {attribute};
  for (const Literal& literal : literals) key.push_back(literal.code());
  std::sort(key.begin() + 1, key.end());
  key.erase(std::unique(key.begin() + 1, key.end()), key.end());
  const auto known = known_.find(key);
  if (known != known_.end()) return known->second;
  // The place is taken before the question is asked; nothing else asks in between.
  DomainAnswer& answer = known_[key];
  answer = solve(attribute, literals);
  return answer;
}

namespace {

// The same literal both ways.
bool contradict(std::span<const Literal> literals) {
  return std::ranges::any_of(literals, [&](const Literal& one) {
    return std::ranges::find(literals, one.opposite()) != literals.end();
  });
}

}  // namespace

DomainAnswer Domain::solve(AttributeId id, std::span<const Literal> literals) {
  const Attribute& attribute = universe_.attributes()[id];
  if (contradict(literals)) return {Feasible::kNo, {}};
  if (attribute.kind == Attribute::Kind::kOpen) return {Feasible::kYes, {}};
  std::vector<Wish> everywhere;  // of every value
  std::vector<Wish> somewhere;   // of some value each
  std::vector<Wish> all;
  bool list = false, no_list = false;
  for (const Literal& literal : literals) {
    if (literal.set == Literal::kIsList) {
      (literal.holds ? list : no_list) = true;
    } else if (literal.holds) {
      somewhere.push_back(all.emplace_back(Wish{literal.set, !literal.outside}));
    } else {
      everywhere.push_back(all.emplace_back(Wish{literal.set, literal.outside}));
    }
  }
  const bool required = attribute.kind != Attribute::Kind::kKey;
  using State = AttributeValue::State;
  if (somewhere.empty() && !list && !required) return {Feasible::kYes, {}};
  DomainAnswer answer;
  const auto add = [&](const std::vector<Wish>& wishes) {
    Found found = find(id, wishes);
    if (found.feasible == Feasible::kYes) {
      auto& values = answer.value.values;
      if (std::ranges::find(values, found.text) == values.end())
        values.push_back(std::move(found.text));
    } else if (answer.feasible != Feasible::kNo) {
      answer.feasible = found.feasible == Feasible::kNo || answer.feasible == Feasible::kYes
                            ? found.feasible
                            : answer.feasible;
    }
  };
  if (!attribute.lists || no_list) {
    answer.value.state = State::kSingle;
    add(all);
    return answer;
  }
  answer.value.state = State::kList;
  if (somewhere.empty()) add(everywhere);
  for (const Wish& wish : somewhere) {
    std::vector<Wish> wishes = everywhere;
    wishes.push_back(wish);
    add(wishes);
  }
  return answer;
}

bool Domain::grants(const std::vector<Wish>& wishes, const std::string& text) const {
  return std::ranges::all_of(wishes, [&](const Wish& wish) {
    return universe_.set(wish.set).can_place(text, wish.inside);
  });
}

Domain::Found Domain::find_sample(const std::vector<std::string>& samples,
                                  const std::vector<Wish>& wishes) const {
  for (const std::string& text : samples) {
    if (grants(wishes, text)) return {Feasible::kYes, text};
  }
  return {Feasible::kNo, {}};
}

// What other sets name makes no difference to these.
Domain::Found Domain::find_caller(const std::vector<Wish>& wishes) const {
  std::vector<const ValueSet*> sets;
  sets.reserve(wishes.size());
  for (const Wish& wish : wishes) sets.push_back(&universe_.set(wish.set));
  Found found = find_sample(sample_callers(sets), wishes);
  if (found.feasible == Feasible::kNo && any_open(wishes)) found.feasible = Feasible::kPerhaps;
  return found;
}

bool Domain::any_open(const std::vector<Wish>& wishes) const {
  return std::ranges::any_of(wishes,
                             [&](const Wish& wish) { return universe_.set(wish.set).open(); });
}

// Where a wish names single texts alone, each is tried.
std::optional<Domain::Found> Domain::find_among_few(const std::vector<Wish>& wishes) const {
  for (const Wish& wish : wishes) {
    const ValueSet& set = universe_.set(wish.set);
    if (!wish.inside || set.is_typed() || set.everything || set.or_mistyped) continue;
    if (!std::ranges::all_of(set.languages, &Language::is_single) || any_open(wishes)) continue;
    std::vector<std::string> candidates;
    candidates.reserve(set.languages.size());
    for (const Language& one : set.languages) candidates.push_back(one.instance({}));
    return find_sample(candidates, wishes);
  }
  return std::nullopt;
}

bool Domain::grants(const std::vector<Wish>& wishes, Model& model) const {
  constexpr unsigned kKnown = 1, kYes = 2, kOutside = 2;  // two bits each for inside and outside
  model.places.resize(universe_.set_count());
  return std::ranges::all_of(wishes, [&](const Wish& wish) {
    std::uint8_t& places = model.places[wish.set];
    const unsigned shift = wish.inside ? 0 : kOutside;
    if ((places >> shift & kKnown) == 0) {
      const bool can = universe_.set(wish.set).can_place(model.text, wish.inside);
      places = static_cast<std::uint8_t>(places | (kKnown | (can ? kYes : 0U)) << shift);
    }
    return (places >> shift & kYes) != 0;
  });
}

Domain::Found Domain::find(AttributeId id, const std::vector<Wish>& wishes) {
  // Most questions are whether one set more has anything in common with those that are known.
  for (std::size_t i = 0; i + 1 < wishes.size(); ++i) {
    if (are_apart(wishes[i], wishes.back())) return {Feasible::kNo, {}};
  }
  if (models_.size() <= id) models_.resize(universe_.attributes().size());
  Models& models = models_[id];
  // Whether a text lies outside a set that holds variables says nothing of the set.
  const bool open = any_open(wishes);
  for (Model& model : models.values) {
    if (!open && grants(wishes, model)) return {Feasible::kYes, model.text};
  }
  // Of many wishes the newest nearly always fails with one of the others, whatever the rest says.
  for (std::size_t i = 0; wishes.size() > 2 && i + 1 < wishes.size(); ++i) {
    if (excludes(id, wishes[i], wishes.back())) return {Feasible::kNo, {}};
  }
  Found found = search(universe_.attributes()[id], wishes);
  if (found.feasible != Feasible::kYes) return found;
  if (models.values.size() < kMaxModels) {
    models.values.push_back({found.text, {}});
  } else {
    models.values[models.oldest] = {found.text, {}};
    models.oldest = (models.oldest + 1) % kMaxModels;
  }
  return found;
}

// Seen from how the texts of the two sets begin: those of actions with their service.
bool Domain::are_apart(const Wish& a, const Wish& b) const {
  const auto is_texts = [](const ValueSet& set) {
    return !set.is_typed() && !set.everything && !set.or_mistyped;
  };
  const ValueSet& x = universe_.set(a.set);
  const ValueSet& y = universe_.set(b.set);
  return a.inside && b.inside && is_texts(x) && is_texts(y) &&
         !LanguageSet::may_meet(x.languages, y.languages);
}

bool Domain::excludes(AttributeId id, const Wish& a, const Wish& b) {
  const auto code = [](const Wish& wish) {
    return std::uint64_t{wish.set} << 1 | (wish.inside ? 1U : 0U);
  };
  const auto [known, fresh] =
      excludes_.emplace(std::array{std::uint64_t{id} << 33 | code(a), code(b)}, false);
  if (fresh) known->second = find(id, {a, b}).feasible == Feasible::kNo;
  return known->second;
}

bool Domain::fails_in_one_family(const std::vector<Wish>& wishes,
                                 const std::vector<std::string>& samples) const {
  for (const ConditionFamily family :
       {ConditionFamily::kNumeric, ConditionFamily::kDate, ConditionFamily::kBool,
        ConditionFamily::kBinary, ConditionFamily::kIpAddress}) {
    std::vector<Wish> own;
    for (const Wish& wish : wishes) {
      const ValueSet& set = universe_.set(wish.set);
      if (set.is_typed() && !set.everything && set.family == family) own.push_back(wish);
    }
    if (!own.empty() && find_sample(samples, own).feasible == Feasible::kNo) return true;
  }
  return false;
}

Domain::Found Domain::search(const Attribute& attribute, const std::vector<Wish>& wishes) {
  if (attribute.kind == Attribute::Kind::kPrincipal) return find_caller(wishes);
  if (attribute.kind == Attribute::Kind::kKey) {
    if (const auto found = find_among_few(wishes)) return *found;
  }
  std::vector<Wish> texts;
  std::vector<const ValueSet*> typed;
  for (const Wish& wish : wishes) {
    const ValueSet& set = universe_.set(wish.set);
    if (set.everything && wish.inside) continue;
    if (set.is_typed() && !set.everything) {
      typed.push_back(&set);
    } else {
      texts.push_back(wish);
    }
  }
  // Samples answer for emptiness too.
  const bool only_empty = std::ranges::all_of(
      texts, [&](const Wish& wish) { return wish.set == universe_.not_empty(); });
  if (typed.empty()) return find_text_value(attribute, texts);
  const SampleValues values = sample_values(typed);
  const std::vector<std::string>& samples = values.texts;
  Found found = find_sample(samples, wishes);
  if (found.feasible == Feasible::kYes) return found;
  // Families are looked at one by one: what none of them rules out alone may still not be.
  const ConditionFamily first = typed.front()->family;
  const bool one_family =
      std::ranges::all_of(typed, [&](const ValueSet* set) { return set->family == first; });
  if (!values.complete) return {Feasible::kPerhaps, {}};
  if (one_family && only_empty) return found;
  if (fails_in_one_family(wishes, samples)) return {Feasible::kNo, {}};
  Found text = find_text_value(attribute, texts);
  if (text.feasible == Feasible::kYes && !grants(wishes, text.text))
    text.feasible = Feasible::kPerhaps;
  return text;
}

Domain::Found Domain::find_text_value(const Attribute& attribute, const std::vector<Wish>& wishes) {
  TextWish wish;
  wish.kind = attribute.kind == Attribute::Kind::kAction     ? TextWish::Kind::kAction
              : attribute.kind == Attribute::Kind::kResource ? TextWish::Kind::kResource
                                                             : TextWish::Kind::kValue;
  for (const Wish& one : wishes)
    (one.inside ? wish.inside : wish.outside).push_back(&universe_.set(one.set));
  const TextSearch search = find_value(wish, budget_);
  switch (search.outcome) {
    case TextSearch::Outcome::kFound:
      return {Feasible::kYes, search.text};
    case TextSearch::Outcome::kNone:
      return {Feasible::kNo, {}};
    case TextSearch::Outcome::kUnknown:
      break;
  }
  return {Feasible::kUnknown, {}};
}

}  // namespace iamcheck::analysis
