#include "input/hcl_functions.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>

#include "input/hcl_values.h"
#include "text/letter_case.h"

namespace iamcheck {
namespace {

// Terraform's own limit for `range`.
constexpr std::size_t kLongestRange = 1024;
constexpr std::string_view kSpace = " \t\r\n";

using Arguments = std::vector<Node>;

struct Call {
  Arguments& arguments;
  const Span& span;
  HclWork& work;

  Node& at(std::size_t index) const { return arguments[index]; }
  std::size_t size() const { return arguments.size(); }
  Node node(Node::Kind kind, std::string text = {}) const {
    Node out;
    out.kind = kind;
    out.span = span;
    out.text = std::move(text);
    return out;
  }
  std::optional<Node> text(std::string text) const {
    if (!work.spend(1, text.size())) return std::nullopt;
    return node(Node::Kind::kText, std::move(text));
  }
  Node boolean(bool value) const { return node(Node::Kind::kBool, value ? "true" : "false"); }
};

using Function = std::optional<Node> (*)(const Call&);

std::string json_string(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool append_json(const Node& value, HclWork& work, std::string& out) {
  if (!work.spend(1, value.text.size())) return false;
  switch (value.kind) {
    case Node::Kind::kUnresolved:
      return false;
    case Node::Kind::kText:
      out += json_string(value.text);
      return true;
    case Node::Kind::kNull:
    case Node::Kind::kBool:
    case Node::Kind::kNumber:
      out += value.text;
      return true;
    case Node::Kind::kList:
      out += '[';
      for (const Node& item : value.items) {
        if (out.back() != '[') out += ',';
        if (!append_json(item, work, out)) return false;
      }
      out += ']';
      return true;
    case Node::Kind::kObject:
      out += '{';
      for (const Member& member : value.members) {
        if (out.back() != '{') out += ',';
        out += json_string(member.name);
        out += ':';
        if (!append_json(member.value, work, out)) return false;
      }
      out += '}';
      return true;
  }
  return false;
}

// A list whose items are known scalars, which a set can be made of.
std::optional<Node> without_repeats(const Call& call, bool sorted) {
  Node& list = call.at(0);
  if (!list.is_list()) return std::nullopt;
  std::set<std::string> seen;
  Node out = call.node(Node::Kind::kList);
  for (Node& item : list.items) {
    if (const auto json = hcl_json(item, call.work); json && !seen.insert(*json).second) continue;
    out.items.push_back(std::move(item));
  }
  if (sorted && std::ranges::all_of(out.items, is_known_scalar))
    std::ranges::sort(out.items, {}, &Node::text);
  return out;
}

std::optional<Node> concat(const Call& call) {
  Node out = call.node(Node::Kind::kList);
  for (Node& list : call.arguments) {
    if (!list.is_list()) return std::nullopt;
    std::ranges::move(list.items, std::back_inserter(out.items));
  }
  return out;
}

bool append_flat(Node& list, Node& out) {
  return std::ranges::all_of(list.items, [&](Node& item) {
    if (item.kind == Node::Kind::kUnresolved) return false;
    if (item.is_list()) return append_flat(item, out);
    out.items.push_back(std::move(item));
    return true;
  });
}

// An item that is not known may be a list.
std::optional<Node> flatten(const Call& call) {
  Node out = call.node(Node::Kind::kList);
  if (!call.at(0).is_list() || !append_flat(call.at(0), out)) return std::nullopt;
  return out;
}

std::optional<Node> merge(const Call& call) {
  Node out = call.node(Node::Kind::kObject);
  std::map<std::string, std::size_t, std::less<>> places;
  for (Node& object : call.arguments) {
    if (object.kind == Node::Kind::kNull) continue;
    if (!object.is_object()) return std::nullopt;
    for (Member& member : object.members) {
      const auto [place, fresh] = places.emplace(member.name, out.members.size());
      if (fresh) {
        out.members.push_back(std::move(member));
      } else {
        out.members[place->second] = std::move(member);
      }
    }
  }
  return out;
}

std::optional<Node> compact(const Call& call) {
  if (!call.at(0).is_list()) return std::nullopt;
  Node out = call.node(Node::Kind::kList);
  for (Node& item : call.at(0).items) {
    // What is not known may be empty, and would not be there then.
    if (item.kind == Node::Kind::kUnresolved) return std::nullopt;
    if (item.kind != Node::Kind::kNull && !item.text.empty()) out.items.push_back(std::move(item));
  }
  return out;
}

std::optional<Node> join(const Call& call) {
  if (!is_known_scalar(call.at(0)) || !call.at(1).is_list()) return std::nullopt;
  std::string text;
  bool first = true;
  for (const Node& item : call.at(1).items) {
    if (!is_known_scalar(item)) return std::nullopt;
    if (!call.work.spend(0, item.text.size() + call.at(0).text.size())) return std::nullopt;
    if (!first) text += call.at(0).text;
    text += item.text;
    first = false;
  }
  return call.text(std::move(text));
}

std::optional<Node> split(const Call& call) {
  const std::string &separator = call.at(0).text, &text = call.at(1).text;
  if (!is_known_scalar(call.at(0)) || !is_known_scalar(call.at(1)) || separator.empty())
    return std::nullopt;
  Node out = call.node(Node::Kind::kList);
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    std::optional<Node> part = call.text(text.substr(at, end - at));
    if (!part) return std::nullopt;
    out.items.push_back(*std::move(part));
    at = end + separator.size();
  }
  return out;
}

// `%s`, `%d`, `%v` and `%%`.
std::optional<Node> format(const Call& call) {
  if (!call.at(0).is_text()) return std::nullopt;
  const std::string& pattern = call.at(0).text;
  std::string text;
  std::size_t next = 1;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') {
      text += pattern[i];
      continue;
    }
    const char verb = i + 1 < pattern.size() ? pattern[++i] : '\0';
    if (verb == '%') {
      text += '%';
      continue;
    }
    if ((verb != 's' && verb != 'd' && verb != 'v') || next >= call.size() ||
        !is_known_scalar(call.at(next)) || !call.work.spend(0, call.at(next).text.size()))
      return std::nullopt;
    text += call.at(next++).text;
  }
  return call.text(std::move(text));
}

std::optional<Node> replace(const Call& call) {
  if (!std::ranges::all_of(call.arguments, is_known_scalar)) return std::nullopt;
  const std::string &text = call.at(0).text, &old = call.at(1).text, &fresh = call.at(2).text;
  // Between slashes stands a regular expression.
  if (old.empty() || (old.size() > 1 && old.starts_with('/') && old.ends_with('/')))
    return std::nullopt;
  std::string out;
  std::size_t at = 0;
  for (std::size_t found = text.find(old); found != text.npos; found = text.find(old, at)) {
    if (!call.work.spend(0, fresh.size())) return std::nullopt;
    out.append(text, at, found - at).append(fresh);
    at = found + old.size();
  }
  return call.text(out.append(text, at, text.npos));
}

template <typename Change>
std::optional<Node> changed(const Call& call, const Change& change) {
  if (!std::ranges::all_of(call.arguments, is_known_scalar)) return std::nullopt;
  return call.text(change(call.at(0).text));
}

std::optional<Node> lower(const Call& call) {
  return changed(call, [](const std::string& text) { return to_lower(std::string_view(text)); });
}

// Beyond ASCII it stays as it is: nobody writes such ARNs.
std::optional<Node> upper(const Call& call) {
  if (std::ranges::any_of(call.at(0).text, [](char c) { return (c & 0x80) != 0; }))
    return std::nullopt;
  return changed(call, [](std::string text) {
    for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
  });
}

std::optional<Node> trim_space(const Call& call) {
  return changed(call, [](const std::string& text) {
    const std::size_t begin = std::min(text.find_first_not_of(kSpace), text.size());
    return text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin);
  });
}

std::optional<Node> trim_prefix(const Call& call) {
  return changed(call, [&](const std::string& text) {
    return text.substr(text.starts_with(call.at(1).text) ? call.at(1).text.size() : 0);
  });
}

std::optional<Node> trim_suffix(const Call& call) {
  return changed(call, [&](const std::string& text) {
    return text.substr(
        0, text.size() - (text.ends_with(call.at(1).text) ? call.at(1).text.size() : 0));
  });
}

std::optional<Node> to_text(const Call& call) {
  return changed(call, [](const std::string& text) { return text; });
}

// `tolist`, `tomap`, `sensitive`: the value stays what it is.
std::optional<Node> same(const Call& call) { return std::move(call.at(0)); }
std::optional<Node> to_set(const Call& call) { return without_repeats(call, true); }
std::optional<Node> distinct(const Call& call) { return without_repeats(call, false); }

std::optional<Node> sort(const Call& call) {
  if (!call.at(0).is_list() || !std::ranges::all_of(call.at(0).items, is_known_scalar))
    return std::nullopt;
  std::ranges::sort(call.at(0).items, {}, &Node::text);
  return std::move(call.at(0));
}

std::optional<Node> set_union(const Call& call) {
  std::optional<Node> all = concat(call);
  if (!all) return std::nullopt;
  Arguments one = {*std::move(all)};
  return to_set({one, call.span, call.work});
}

std::optional<Node> length(const Call& call) {
  const Node& value = call.at(0);
  if (!value.is_list() && !value.is_object()) return std::nullopt;
  return call.node(Node::Kind::kNumber,
                   std::to_string(std::max(value.items.size(), value.members.size())));
}

std::optional<Node> lookup(const Call& call) {
  if (!call.at(0).is_object() || !is_known_scalar(call.at(1))) return std::nullopt;
  const Node* found = call.at(0).find(call.at(1).text);
  if (found != nullptr) return *found;
  return call.size() > 2 ? std::optional(std::move(call.at(2))) : std::nullopt;
}

std::optional<Node> keys(const Call& call) {
  if (!call.at(0).is_object()) return std::nullopt;
  Node out = call.node(Node::Kind::kList);
  for (Member& member : call.at(0).members) {
    Node key = call.node(Node::Kind::kText, std::move(member.name));
    key.span = member.name_span;
    out.items.push_back(std::move(key));
  }
  std::ranges::sort(out.items, {}, &Node::text);
  return out;
}

std::optional<Node> values(const Call& call) {
  if (!call.at(0).is_object()) return std::nullopt;
  Node out = call.node(Node::Kind::kList);
  std::ranges::sort(call.at(0).members, {}, &Member::name);
  for (Member& member : call.at(0).members) out.items.push_back(std::move(member.value));
  return out;
}

std::optional<Node> contains(const Call& call) {
  const auto wanted = hcl_json(call.at(1), call.work);
  if (!call.at(0).is_list() || !wanted) return std::nullopt;
  bool open = false;
  for (const Node& item : call.at(0).items) {
    const auto json = hcl_json(item, call.work);
    if (json == wanted) return call.boolean(true);
    open |= !json;
  }
  if (open) return std::nullopt;
  return call.boolean(false);
}

// The first that is neither null nor an empty text.
std::optional<Node> coalesce(const Call& call) {
  for (Node& value : call.arguments) {
    if (value.kind == Node::Kind::kUnresolved) return std::nullopt;
    if (value.kind != Node::Kind::kNull && !(value.is_text() && value.text.empty()))
      return std::move(value);
  }
  return std::nullopt;
}

std::optional<Node> coalesce_list(const Call& call) {
  for (Node& value : call.arguments) {
    if (value.kind == Node::Kind::kUnresolved) return std::nullopt;
    if (!value.items.empty()) return std::move(value);
  }
  return std::nullopt;
}

std::optional<std::size_t> whole_number(const Node& node) {
  std::size_t value = 0;
  const char* end = node.text.data() + node.text.size();
  const auto [stop, error] = std::from_chars(node.text.data(), end, value);
  if (!is_known_scalar(node) || error != std::errc() || stop != end) return std::nullopt;
  return value;
}

std::optional<Node> element(const Call& call) {
  const std::optional<std::size_t> index = whole_number(call.at(1));
  if (!call.at(0).is_list() || call.at(0).items.empty() || !index) return std::nullopt;
  return std::move(call.at(0).items[*index % call.at(0).items.size()]);
}

std::optional<Node> one(const Call& call) {
  if (!call.at(0).is_list() || call.at(0).items.size() > 1) return std::nullopt;
  if (call.at(0).items.empty()) return call.node(Node::Kind::kNull, "null");
  return std::move(call.at(0).items[0]);
}

std::optional<Node> range(const Call& call) {
  const std::optional<std::size_t> first = call.size() > 1 ? whole_number(call.at(0)) : 0;
  const std::optional<std::size_t> end = whole_number(call.at(call.size() > 1 ? 1 : 0));
  if (!first || !end || *end < *first || *end - *first > kLongestRange ||
      !call.work.spend(*end - *first))
    return std::nullopt;
  Node out = call.node(Node::Kind::kList);
  for (std::size_t i = *first; i < *end; ++i)
    out.items.push_back(call.node(Node::Kind::kNumber, std::to_string(i)));
  return out;
}

std::optional<Node> json_encode(const Call& call) {
  const auto json = hcl_json(call.at(0), call.work);
  if (!json) return std::nullopt;
  return call.text(*json);
}

struct Row {
  std::string_view name;
  std::size_t least, most;  // arguments
  Function function;
};

constexpr std::size_t kAny = 1'000'000;
constexpr std::array<Row, 33> kFunctions = {{
    {"coalesce", 1, kAny, coalesce},
    {"coalescelist", 1, kAny, coalesce_list},
    {"compact", 1, 1, compact},
    {"concat", 1, kAny, concat},
    {"contains", 2, 2, contains},
    {"distinct", 1, 1, distinct},
    {"element", 2, 2, element},
    {"flatten", 1, 1, flatten},
    {"format", 1, kAny, format},
    {"join", 2, 2, join},
    {"jsonencode", 1, 1, json_encode},
    {"keys", 1, 1, keys},
    {"length", 1, 1, length},
    {"lookup", 2, 3, lookup},
    {"lower", 1, 1, lower},
    {"merge", 1, kAny, merge},
    {"nonsensitive", 1, 1, same},
    {"one", 1, 1, one},
    {"range", 1, 2, range},
    {"replace", 3, 3, replace},
    {"sensitive", 1, 1, same},
    {"setunion", 1, kAny, set_union},
    {"sort", 1, 1, sort},
    {"split", 2, 2, split},
    {"tolist", 1, 1, same},
    {"tomap", 1, 1, same},
    {"toset", 1, 1, to_set},
    {"tostring", 1, 1, to_text},
    {"trimprefix", 2, 2, trim_prefix},
    {"trimspace", 1, 1, trim_space},
    {"trimsuffix", 2, 2, trim_suffix},
    {"upper", 1, 1, upper},
    {"values", 1, 1, values},
}};

}  // namespace

std::optional<std::string> hcl_json(const Node& value, HclWork& work) {
  std::string out;
  if (!append_json(value, work, out)) return std::nullopt;
  return out;
}

std::optional<Node> call_hcl_function(std::string_view name, std::vector<Node> arguments,
                                      const Span& span, HclWork& work) {
  const auto* row = std::ranges::find(kFunctions, name, &Row::name);
  if (row == kFunctions.end() || arguments.size() < row->least || arguments.size() > row->most)
    return std::nullopt;
  return row->function({arguments, span, work});
}

}  // namespace iamcheck
