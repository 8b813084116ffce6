#include "analysis/text_domain.h"

#include <algorithm>

namespace iamcheck::analysis {
namespace {

using Outcome = TextSearch::Outcome;

// What is no ARN is of the wrong type for the Arn operators.
const Language& any_arn() {
  static const Language kArn{Pattern::like("arn:*:*:*:*:*", {})};
  return kArn;
}

const Language& any_text() {
  static const Language kText{Pattern::like("*", {})};
  return kText;
}

const Language& any_action() {
  static const Language kAction{Pattern::like("?*:?*", {})};
  return kAction;
}

class ValueSearch {
 public:
  ValueSearch(const TextWish& wish, Budget& budget) : wish_(wish), budget_(budget) {
    kind_ = wish.kind == TextWish::Kind::kResource ? TextKind::kResource : TextKind::kPlain;
    for (const ValueSet* set : wish.inside) {
      if (!set->everything) groups_.push_back(set);
    }
    // Few choices first: fewer ways to go wrong.
    std::ranges::stable_sort(groups_, {},
                             [](const ValueSet* set) { return set->languages.size(); });
    if (wish.kind == TextWish::Kind::kAction) wanted_.push_back(&any_action());
    for (const ValueSet* set : wish.outside) {
      if (set->everything) impossible_ = true;
      if (set->or_mistyped && set->family == ConditionFamily::kArn) wanted_.push_back(&any_arn());
    }
  }

  TextSearch run() {
    if (impossible_) return {};
    choose(0);
    if (!found_.text.empty() || found_.outcome == Outcome::kFound) return found_;
    // S6.5: the text `*` is matched by `*` alone.
    if (wish_.kind == TextWish::Kind::kResource && fits("*")) return {Outcome::kFound, "*", 0};
    if (unknown_) return {Outcome::kUnknown, {}, 0};
    return {};
  }

 private:
  // Picks a language of each set in turn. True when a text was found, or nothing more can be done.
  bool choose(std::size_t group) {
    if (!budget_.step()) {
      unknown_ = true;
      return true;
    }
    if (group == groups_.size()) return search();
    const ValueSet& set = *groups_[group];
    const auto covers_some = [&](const Language& one) {
      return std::ranges::any_of(wanted_, [&](const Language* wanted) {
        return &one == wanted || Language::covers(one, *wanted);
      });
    };
    const auto meets_all = [&](const Language& one) {
      return std::ranges::all_of(
          wanted_, [&](const Language* wanted) { return Language::may_meet(one, *wanted); });
    };
    std::vector<const Language*> choices;
    const auto offer = [&](const Language& one) {
      if (meets_all(one)) choices.push_back(&one);
      return false;
    };
    if (wanted_.empty()) {
      for (const Language& one : set.languages) offer(one);
    } else {
      set.languages.any_meeting(*wanted_.back(), offer);
    }
    for (const Language* one : choices) {
      if (!covers_some(*one)) continue;
      return choose(group + 1);
    }
    // Single texts are looked at first: they cost least.
    std::ranges::stable_partition(choices, [](const Language* one) { return one->is_single(); });
    for (const Language* one : choices) {
      wanted_.push_back(one);
      const bool done = !is_excluded(*one) && choose(group + 1);
      wanted_.pop_back();
      if (done) return true;
    }
    // Or a text of the wrong type.
    if (set.or_mistyped && set.family == ConditionFamily::kArn) {
      unwanted_.push_back(&any_arn());
      const bool done = choose(group + 1);
      unwanted_.pop_back();
      if (done) return true;
    }
    return false;
  }

  // Whether all of it lies in a set that the text must lie outside of.
  bool is_excluded(const Language& one) const {
    if (one.is_single()) return !fits_outside(one.instance({}));
    return std::ranges::any_of(wish_.outside, [&](const ValueSet* set) {
      return set->languages.any_meeting(
          one, [&](const Language& other) { return Language::covers(other, one); });
    });
  }

  bool search() {
    for (const Language* one : wanted_) {
      if (!one->is_single()) continue;
      const std::string text = one->instance({});
      return fits(text) && take(text);
    }
    const Language& any = kind_ == TextKind::kResource ? any_arn() : any_text();
    for (const std::u32string_view filling : {U"x", U"", U"xx1"}) {
      for (const Language* one : wanted_) {
        const std::string text = one->instance(filling);
        if (fits(text)) return take(text);
      }
      if (const std::string text = any.instance(filling); wanted_.empty() && fits(text))
        return take(text);
    }
    std::vector<const Language*> none_of = unwanted_;
    for (const ValueSet* set : wish_.outside) {
      const auto keep_out = [&](const Language& other) {
        if (!other.open() && std::ranges::all_of(wanted_, [&](const Language* wanted) {
              return Language::may_meet(other, *wanted);
            }))
          none_of.push_back(&other);
        return false;
      };
      if (wanted_.empty()) {
        for (const Language& other : set->languages) keep_out(other);
      } else {
        set->languages.any_meeting(*wanted_.back(), keep_out);
      }
    }
    TextSearch search = find_text(wanted_, none_of, kind_, budget_.states());
    budget_.spend_states(search.states);
    if (search.outcome == Outcome::kUnknown) unknown_ = true;
    if (search.outcome != Outcome::kFound) return false;
    found_ = std::move(search);
    return true;
  }

  bool take(const std::string& text) {
    found_ = {Outcome::kFound, text, 0};
    return true;
  }

  bool fits_outside(const std::string& text) const {
    return std::ranges::none_of(wish_.outside, [&](const ValueSet* set) {
      if (set->everything) return true;
      if (set->or_mistyped && set->family == ConditionFamily::kArn && !any_arn().has(text))
        return true;
      return set->languages.any_for(
          text, [&](const Language& one) { return !one.open() && one.has(text); });
    });
  }

  bool fits(const std::string& text) const {
    if (kind_ == TextKind::kResource && text != "*" && !any_arn().has(text)) return false;
    if (wish_.kind == TextWish::Kind::kAction && !any_action().has(text)) return false;
    return fits_outside(text) &&
           std::ranges::all_of(wish_.inside, [&](const ValueSet* set) { return set->has(text); });
  }

  const TextWish& wish_;
  Budget& budget_;
  TextKind kind_ = TextKind::kPlain;
  std::vector<const ValueSet*> groups_;
  std::vector<const Language*> wanted_, unwanted_;
  bool impossible_ = false;
  bool unknown_ = false;
  TextSearch found_;
};

}  // namespace

TextSearch find_value(const TextWish& wish, Budget& budget) {
  return ValueSearch(wish, budget).run();
}

}  // namespace iamcheck::analysis
