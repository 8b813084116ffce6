#include "analysis/real_callers.h"

#include <algorithm>
#include <array>

#include "analysis/principals.h"
#include "iamcheck/arn.h"
#include "text/ascii.h"

namespace iamcheck::analysis {
namespace {

constexpr std::array<std::string_view, 4> kOwnKeys = {"aws:PrincipalArn", "aws:PrincipalAccount",
                                                      "aws:PrincipalType", "aws:username"};

// `A|111122223333|arn:aws:iam::111122223333:role/ci|session`
struct CallerText {
  std::string_view account, arn, session;
};

std::optional<CallerText> read_caller(std::string_view text) {
  if (!text.starts_with("A|")) return std::nullopt;
  text.remove_prefix(2);
  const std::size_t first = text.find('|'), last = text.rfind('|');
  if (first == std::string_view::npos || first == last) return std::nullopt;
  return CallerText{text.substr(0, first), text.substr(first + 1, last - first - 1),
                    text.substr(last + 1)};
}

bool is_of_somebody(std::string_view text) {
  return text.size() > 2 && text[1] == '|' &&
         std::string_view("ASFNC").find(text.front()) != std::string_view::npos &&
         std::ranges::count(text, '|') >= 2;
}

// Any account there is.
constexpr std::string_view kAnyAccount = "????????????";

}  // namespace

std::optional<AttributeId> RealCallers::find_key(std::string_view name) const {
  const std::vector<Attribute>& attributes = universe_.attributes();
  for (AttributeId id = kFirstKey; id < attributes.size(); ++id) {
    if (attributes[id].kind == Attribute::Kind::kKey &&
        equals_ignoring_case(attributes[id].name, name))
      return id;
  }
  return std::nullopt;
}

std::vector<RealCallers::Family> RealCallers::families_of(const std::string& caller, bool exact) {
  const auto read = read_caller(caller);
  if (!read) return {{}};
  const std::string account(read->account);
  const auto arn = Arn::parse(read->arn);
  if (!arn) return {{"", account, "", true}};
  // One that no policy names stands for all the others.
  const bool other = arn->partition.starts_with("aws-iso");
  const std::string arn_begin = "arn:" + (other ? "*" : std::string(arn->partition)) + ":";
  const std::string iam = arn_begin + "iam::" + account + ":";
  if (arn->resource == "root") return {{iam + "root", account, "", false}};
  if (arn->resource.starts_with("federated-user/"))
    return {{std::string(read->arn), account, "FederatedUser", false},
            {arn_begin + "sts::" + account + ":federated-user/*", account, "FederatedUser", false}};
  if (arn->resource.starts_with("role/")) {
    // Of a session the path of its role is not known (S8.3).
    const std::string name(arn->resource.substr(arn->resource.rfind('/') + 1));
    std::string role = iam;
    if (read->session.empty()) return {{role.append(arn->resource), account, "AssumedRole", false}};
    std::string below = role + "role/*/" + name;
    return {{role.append("role/").append(name), account, "AssumedRole", false},
            {std::move(below), account, "AssumedRole", false}};
  }
  if (exact) return {{std::string(read->arn), account, "User", true}};
  return {{iam + "user/*", account, "User", true}, {iam + "role/*", account, "AssumedRole", false}};
}

bool RealCallers::narrow(Piece& piece, std::string_view key, const std::string& pattern) {
  const auto attribute = find_key(key);
  if (!attribute || pattern.empty()) return true;
  const SetId set = universe_.set("own key like " + pattern, [&] {
    ValueSet values;
    values.languages.emplace(Pattern::like(pattern, {}));
    return values;
  });
  piece.literals.push_back({*attribute, set, false, true});
  return domain_.ask(*attribute, piece.about(*attribute)).feasible != Feasible::kNo;
}

bool RealCallers::narrow_to_absent(Piece& piece, std::string_view key) {
  const auto attribute = find_key(key);
  if (!attribute) return true;
  piece.literals.push_back({*attribute, universe_.everything(), false, false});
  return domain_.ask(*attribute, piece.about(*attribute)).feasible != Feasible::kNo;
}

std::optional<Piece> RealCallers::part_for(const Piece& piece, const Family& family) {
  Piece part = piece;
  if (!narrow(part, "aws:PrincipalAccount", family.account) ||
      !narrow(part, "aws:PrincipalArn", family.arn) ||
      !narrow(part, "aws:PrincipalType", family.type))
    return std::nullopt;
  const bool fits = family.has_username ? narrow(part, "aws:username", "?*")
                                        : narrow_to_absent(part, "aws:username");
  return fits ? std::optional(part) : std::nullopt;
}

// The caller that the piece's aws:PrincipalArn speaks of, if it may be that one.
bool RealCallers::set_caller(const std::string& caller, Piece& part) {
  part.caller = caller;
  const auto read = read_caller(caller);
  const auto arn = find_key("aws:PrincipalArn");
  if (!read || !arn || !read->session.empty() || names_.contains(caller)) return true;
  const DomainAnswer& answer = domain_.ask(*arn, part.about(*arn));
  if (answer.feasible != Feasible::kYes || answer.value.values.empty()) return true;
  part.caller = "A|" + std::string(read->account) + "|" + answer.value.values.front() + "|";
  return may_be(part, part.caller);
}

bool RealCallers::may_be(const Piece& piece, const std::string& caller) const {
  return std::ranges::all_of(piece.literals, [&](const Literal& literal) {
    return literal.attribute != kPrincipalAttribute ||
           universe_.set(literal.set).can_place(caller, literal.holds != literal.outside);
  });
}

// Who the policies name, and the accounts that they compare something with: likely ones for a
// caller. Read once, before sets are added that no policy has.
void RealCallers::read_names() {
  if (!callers_.empty()) return;
  constexpr std::size_t kMostAccounts = 32;
  std::vector<const ValueSet*> sets;
  sets.reserve(universe_.set_count());
  for (SetId id = 0; id < universe_.set_count(); ++id) sets.push_back(&universe_.set(id));
  callers_ = sample_callers(sets);
  std::erase_if(callers_, [](const std::string& caller) { return !is_of_somebody(caller); });
  for (const ValueSet* set : sets) {
    for (const Language& one : set->languages) {
      if (one.is_everything() || one.open()) continue;
      const std::string& text = one.pattern().text();
      if (one.is_single() && is_of_somebody(text)) names_.insert(text);
      for (std::size_t end = 0, begin = 0; begin < text.size(); begin = end + 1) {
        end = std::min(text.find(':', begin), text.size());
        std::string part = text.substr(begin, end - begin);
        if (is_account_id(part) && accounts_.size() < kMostAccounts)
          accounts_.insert(std::move(part));
      }
    }
  }
}

std::optional<Piece> RealCallers::part_with(const Piece& piece, const std::string& caller,
                                            std::optional<Piece>& loose) {
  for (const Family& family : families_of(caller, names_.contains(caller))) {
    std::optional<Piece> part = part_for(piece, family);
    if (!part) continue;
    if (!loose) loose = part;
    if (set_caller(caller, *part)) return part;
  }
  return std::nullopt;
}

std::optional<Piece> RealCallers::part_of(const Piece& piece) {
  const bool asks = std::ranges::any_of(kOwnKeys, [&](std::string_view name) {
    const auto key = find_key(name);
    return key && !piece.about(*key).empty();
  });
  if (!asks) return piece;
  read_names();
  // Where no policy names callers, they are users, roles and the like of some account.
  const bool named = !piece.about(kPrincipalAttribute).empty();
  // The first is in an account that no policy names as a caller, and stands for all of those.
  const auto first = read_caller(callers_.front());
  const std::string fresh(first ? first->account : std::string_view());
  std::optional<Piece> loose;
  for (const std::string& caller : callers_) {
    const auto read = read_caller(caller);
    if ((!named && !read) || !may_be(piece, caller)) continue;
    if (auto whole = part_with(piece, caller, loose)) return whole;
    if (!read || read->account != fresh) continue;
    const auto in_account = [&](std::string_view account) {
      std::string text = caller;
      for (std::size_t at = 0; (at = text.find(fresh, at)) != std::string::npos;)
        text.replace(at, fresh.size(), account);
      return text;
    };
    for (const std::string& account : accounts_) {
      const std::string other = in_account(account);
      if (!may_be(piece, other)) continue;
      if (auto whole = part_with(piece, other, loose)) return whole;
    }
    for (const Family& family : families_of(in_account(kAnyAccount), false)) {
      if (!loose) loose = part_for(piece, family);
    }
  }
  return loose;
}

}  // namespace iamcheck::analysis
