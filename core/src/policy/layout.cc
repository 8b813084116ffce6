#include "iamcheck/layout.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace iamcheck {
namespace {

constexpr std::array<std::string_view, 3> kOfPolicy = {"Version", "Id", "Statement"};
constexpr std::array<std::string_view, 9> kOfStatement = {
    "Sid",       "Effect",   "Principal",   "NotPrincipal", "Action",
    "NotAction", "Resource", "NotResource", "Condition"};

/// One thing in brackets, with all that belongs to it.
struct Item {
  const Member* member = nullptr;  ///< null: of a list
  const Node* value = nullptr;
  std::uint32_t begin = 0, end = 0;
  std::vector<Span> before;  ///< comments on lines of their own
  std::vector<Span> behind;  ///< comments in the same line
};

class LayoutWriter {
 public:
  explicit LayoutWriter(const Document& document) : document_(document), source_(*document.source) {
    for (const Leniency& leniency : document.leniencies) {
      if (leniency.kind == Leniency::Kind::kComment) comments_.push_back(leniency.span);
    }
    std::ranges::sort(comments_, {}, &Span::begin);
  }

  std::string write() {
    const Node& root = document_.root;
    const auto length = static_cast<std::uint32_t>(source_.text().size());
    Item item{nullptr, &root, root.span.begin, root.span.end, {}, {}};
    std::vector<Item> items{item};
    const std::vector<Span> last = distribute(items, {0, length});
    put_item(items[0], 0, "", Place::kDocument);
    put_comments(last, 0);
    return std::move(out_);
  }

 private:
  enum class Place { kDocument, kStatementList, kStatement, kOther };

  // Comments between `range`, outside of the items, go to the item that they stand at. What is left
  // stands before the closing bracket.
  std::vector<Span> distribute(std::vector<Item>& items,
                               std::pair<std::uint32_t, std::uint32_t> range) {
    std::vector<Span> last;
    const auto from = std::ranges::lower_bound(comments_, range.first, {}, &Span::begin);
    std::size_t next = 0;  // the first item that does not end before the comment
    for (auto comment = from; comment != comments_.end() && comment->begin < range.second;
         ++comment) {
      while (next < items.size() && items[next].end <= comment->begin) ++next;
      if (next < items.size() && items[next].begin <= comment->begin) {
        // Within the item: its own affair, unless it stands around the colon.
        const Item& item = items[next];
        if (comment->begin < item.value->span.begin) items[next].before.push_back(*comment);
      } else if (next > 0 && is_same_line(items[next - 1].end, comment->begin)) {
        items[next - 1].behind.push_back(*comment);
      } else if (next < items.size()) {
        items[next].before.push_back(*comment);
      } else {
        last.push_back(*comment);
      }
    }
    return last;
  }

  bool is_same_line(std::uint32_t begin, std::uint32_t end) const {
    return source_.text().substr(begin, end - begin).find('\n') == std::string_view::npos;
  }

  void put_comments(const std::vector<Span>& comments, std::size_t indent) {
    for (const Span& comment : comments) {
      out_.append(indent, ' ');
      put_comment(comment);
      out_ += '\n';
    }
  }

  void put_comment(const Span& comment) {
    std::string_view text = source_.slice(comment);
    while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
    out_ += text;
  }

  void put_item(const Item& item, std::size_t indent, std::string_view comma, Place place) {
    put_comments(item.before, indent);
    out_.append(indent, ' ');
    if (item.member != nullptr) {
      out_ += source_.slice(item.member->name_span);
      out_ += ": ";
    }
    put_value(*item.value, indent, place);
    out_ += comma;
    for (const Span& comment : item.behind) {
      out_ += ' ';
      put_comment(comment);
    }
    out_ += '\n';
  }

  void put_value(const Node& node, std::size_t indent, Place place) {
    if (node.is_scalar()) {
      out_ += source_.slice(node.span);
      return;
    }
    std::vector<Item> items = items_of(node);
    const std::vector<Span> last = distribute(items, {node.span.begin, node.span.end});
    const bool is_object = node.is_object();
    if (items.empty() && last.empty()) {
      out_ += is_object ? "{}" : "[]";
      return;
    }
    if (is_object) sort(items, place);
    out_ += is_object ? "{\n" : "[\n";
    for (std::size_t i = 0; i < items.size(); ++i) {
      put_item(items[i], indent + 2, i + 1 < items.size() ? "," : "",
               place_of(items[i], is_object, place));
    }
    put_comments(last, indent + 2);
    out_.append(indent, ' ');
    out_ += is_object ? '}' : ']';
  }

  static std::vector<Item> items_of(const Node& node) {
    std::vector<Item> items;
    items.reserve(node.members.size() + node.items.size());
    for (const Member& member : node.members)
      items.push_back(
          {&member, &member.value, member.name_span.begin, member.value.span.end, {}, {}});
    for (const Node& item : node.items)
      items.push_back({nullptr, &item, item.span.begin, item.span.end, {}, {}});
    return items;
  }

  static Place place_of(const Item& item, bool in_object, Place outer) {
    if (outer == Place::kDocument && in_object && item.member->name == "Statement")
      return Place::kStatementList;
    return outer == Place::kStatementList && !in_object ? Place::kStatement : Place::kOther;
  }

  // One statement may stand without the brackets of the list.
  static void sort(std::vector<Item>& items, Place place) {
    if (place == Place::kOther) return;
    const auto rank = [place](const Item& item) -> std::size_t {
      const auto at = [&item](const auto& names) {
        return static_cast<std::size_t>(std::ranges::find(names, item.member->name) -
                                        names.begin());
      };
      return place == Place::kDocument ? at(kOfPolicy) : at(kOfStatement);
    };
    std::ranges::stable_sort(items, {}, rank);
  }

  const Document& document_;
  const Source& source_;
  std::vector<Span> comments_;
  std::string out_;
};

}  // namespace

std::string canonical_layout(const Document& document) { return LayoutWriter(document).write(); }

}  // namespace iamcheck
