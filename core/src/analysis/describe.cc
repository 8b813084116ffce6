#include "analysis/describe.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace iamcheck::analysis {
namespace {

// Each text once, in order.
class Texts {
 public:
  void add(const std::string& text) {
    if (known_.insert(text).second) list_.push_back(text);
  }
  std::vector<std::string> take() { return std::move(list_); }

 private:
  std::vector<std::string> list_;
  std::unordered_set<std::string> known_;
};

std::string join(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

std::vector<std::string> texts_of(const ValueSet& set) {
  if (set.is_typed()) return set.samples;
  Texts texts;
  for (const Language& one : set.languages) texts.add(one.written());
  return texts.take();
}

// One attribute of a piece: sets that the value lies in, and sets that it lies outside of.
struct Sides {
  std::vector<const ValueSet*> inside, outside;
};

Sides sides_of(const Piece& piece, AttributeId attribute, const Universe& universe) {
  Sides sides;
  for (const Literal& literal : piece.literals) {
    if (literal.attribute != attribute || literal.set == Literal::kIsList) continue;
    const ValueSet& set = universe.set(literal.set);
    (literal.holds != literal.outside ? sides.inside : sides.outside).push_back(&set);
  }
  return sides;
}

// Whether every text of `inner` belongs to `outer`, as far as patterns tell one by one.
bool covers(const ValueSet& outer, const ValueSet& inner) {
  return std::ranges::all_of(inner.languages, [&](const Language& one) {
    return outer.languages.any_meeting(
        one, [&](const Language& other) { return Language::covers(other, one); });
  });
}

// Without those that others lie in; the fewest patterns first.
std::vector<const ValueSet*> narrowest_of(const std::vector<const ValueSet*>& sets) {
  std::vector<const ValueSet*> kept;
  for (const ValueSet* set : sets) {
    if (set->everything || std::ranges::find(kept, set) != kept.end()) continue;
    if (std::ranges::any_of(kept, [&](const ValueSet* other) { return covers(*set, *other); }))
      continue;
    std::erase_if(kept, [&](const ValueSet* other) { return covers(*other, *set); });
    kept.push_back(set);
  }
  std::ranges::stable_sort(kept, {}, [](const ValueSet* set) { return set->languages.size(); });
  return kept;
}

// The patterns of the set with the fewest that can meet all others, and those of the outer sets
// that take something away from them.
void describe_texts(const Sides& sides, std::vector<std::string>& inside,
                    std::vector<std::string>& outside) {
  Texts in, out;
  const std::vector<const ValueSet*> narrowest = narrowest_of(sides.inside);
  const ValueSet* narrow = narrowest.empty() ? nullptr : narrowest.front();
  const auto is_taken = [&](const Language& one) {
    return std::ranges::any_of(sides.outside, [&](const ValueSet* set) {
      return set->languages.any_meeting(
          one, [&](const Language& other) { return Language::covers(other, one); });
    });
  };
  const auto meets_all = [&](const Language& one) {
    return std::ranges::all_of(sides.inside, [&](const ValueSet* set) {
      return set->everything ||
             set->languages.any_meeting(one, [](const Language&) { return true; });
    });
  };
  std::vector<const Language*> kept;
  if (narrow != nullptr) {
    for (const Language& one : narrow->languages) {
      if (is_taken(one) || !meets_all(one)) continue;
      kept.push_back(&one);
      in.add(one.written());
    }
    // The others narrow it further.
    for (std::size_t i = 1; i < narrowest.size(); ++i) {
      const bool narrows = !std::ranges::all_of(kept, [&](const Language* one) {
        return narrowest[i]->languages.any_meeting(
            *one, [&](const Language& other) { return Language::covers(other, *one); });
      });
      if (narrows) in.add("and within " + join(texts_of(*narrowest[i])));
    }
  }
  for (const ValueSet* set : sides.outside) {
    if (narrow == nullptr) {
      for (const Language& other : set->languages) out.add(other.written());
    } else {
      for (const Language* other : set->languages.meeting(kept)) out.add(other->written());
    }
  }
  inside = in.take();
  outside = out.take();
}

std::string caller_text(const std::string& pattern) {
  if (pattern == "*") return pattern;
  if (pattern.starts_with("A|")) {
    const std::size_t bar = pattern.find('|', 2);
    if (bar == std::string::npos) return "users and roles";
    if (pattern == "A|*:root|") return "root users";
    const std::string account = pattern.substr(2, bar - 2);
    std::string rest = pattern.substr(bar + 1);
    if (rest.empty() || rest == "*" || rest.ends_with(":*")) return "account " + account;
    const std::size_t end = rest.rfind('|');
    const std::string session = rest.substr(end + 1);
    rest.resize(end);
    if (session.empty() || session == "*" || session == "?*") return rest;
    const bool issued = rest.find(":federated-user/") != std::string::npos;
    return rest.append(issued ? " issued by " : " session ").append(session);
  }
  if (!pattern.ends_with('|')) return pattern;
  return pattern.substr(2, pattern.size() - 3);
}

void describe_key(const Attribute& attribute, AttributeId id, const Piece& piece,
                  const Universe& universe, AccessPiece& out) {
  for (const Literal& literal : piece.literals) {
    if (literal.attribute != id) continue;
    if (literal.set == Literal::kIsList) {
      if (literal.holds) out.conditions.push_back({attribute.name, "has several values"});
      continue;
    }
    const ValueSet& set = universe.set(literal.set);
    std::string phrase;
    if (literal.set == universe.not_empty() || literal.set == universe.everything()) {
      if (literal.outside) continue;
      phrase = literal.holds ? "is present" : "is absent";
    } else {
      const std::string values = join(texts_of(set));
      if (literal.holds) {
        phrase = (literal.outside ? "has a value other than " : "is ") + values;
      } else {
        phrase = literal.outside ? "is absent or " + values : "is absent or not " + values;
      }
    }
    out.conditions.push_back({attribute.name, std::move(phrase)});
  }
}

}  // namespace

AccessPiece describe(const Difference& difference, const Universe& universe) {
  AccessPiece out;
  out.allowed_by = difference.allowed_by;
  out.was_denied_by = difference.was_denied_by;
  const Piece& piece = difference.piece;
  describe_texts(sides_of(piece, kActionAttribute, universe), out.actions, out.actions_except);
  describe_texts(sides_of(piece, kResourceAttribute, universe), out.resources,
                 out.resources_except);
  describe_texts(sides_of(piece, kPrincipalAttribute, universe), out.callers, out.callers_except);
  for (std::vector<std::string>* list : {&out.callers, &out.callers_except}) {
    std::vector<std::string> texts;
    // A role and its sessions are called by one name.
    for (const std::string& caller : *list) {
      std::string text = caller_text(caller);
      if (std::ranges::find(texts, text) == texts.end()) texts.push_back(std::move(text));
    }
    *list = std::move(texts);
  }
  const std::vector<Attribute>& attributes = universe.attributes();
  for (AttributeId id = kFirstKey; id < attributes.size(); ++id) {
    if (attributes[id].kind == Attribute::Kind::kOpen) {
      for (const Literal& literal : piece.literals) {
        if (literal.attribute == id)
          out.conditions.push_back(
              {"known at deploy time", literal.holds ? "holds" : "does not hold"});
      }
      continue;
    }
    describe_key(attributes[id], id, piece, universe, out);
  }
  return out;
}

std::vector<std::string> lacks(const Box& box, const Piece& piece, const Universe& universe,
                               Domain& domain) {
  Texts names;
  for (const Literal& literal : box) {
    std::vector<Literal> known;
    for (const Literal& one : piece.literals) {
      if (one.attribute == literal.attribute) known.push_back(one);
    }
    known.push_back(literal);
    if (domain.ask(literal.attribute, known).feasible == Feasible::kYes) continue;
    const Attribute& attribute = universe.attributes()[literal.attribute];
    switch (attribute.kind) {
      case Attribute::Kind::kAction:
        names.add("Action");
        break;
      case Attribute::Kind::kResource:
        names.add("Resource");
        break;
      case Attribute::Kind::kPrincipal:
        names.add("Principal");
        break;
      default:
        names.add("Condition " + attribute.name);
    }
  }
  return names.take();
}

}  // namespace iamcheck::analysis
