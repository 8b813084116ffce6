// Reading what scripts hand to the AWS CLI. Sources: IAM API Reference, "SimulateCustomPolicy"; AWS
// CLI User Guide, "Using shorthand syntax in the AWS CLI".
#include <algorithm>
#include <array>
#include <utility>

#include "iamcheck/aws_simulation.h"
#include "iamcheck/document.h"
#include "text/utf8.h"

namespace iamcheck {
namespace {

constexpr std::array<std::string_view, 12> kContextTypes = {
    "string", "stringList", "numeric", "numericList", "boolean", "booleanList",
    "ip",     "ipList",     "binary",  "binaryList",  "date",    "dateList"};

Error invalid(std::string message, std::string help) {
  return {ErrorCode::kInvalidArgument, std::move(message), std::move(help), {}};
}

std::string quoted(std::string_view text) { return "`" + escape_hidden(text.substr(0, 120)) + "`"; }

Result<Document> read(const std::string& name, const std::string& text) {
  return read_json(Source::from_bytes(name, text), {});
}

std::optional<Error> read_texts(const Node& node, const std::string& name,
                                std::vector<std::string>& out) {
  if (!node.is_list()) return invalid(name + " is no list", "give a list of texts");
  for (const Node& item : node.items) {
    if (!item.is_text()) return invalid(name + " holds something else than texts", "quote it");
    out.push_back(item.text);
  }
  return std::nullopt;
}

std::optional<Error> add_entry(AwsContextEntry entry, AwsSimulation& simulation) {
  if (entry.name.empty())
    return invalid("a context entry has no ContextKeyName",
                   "write ContextKeyName=KEY,ContextKeyValues=VALUE,ContextKeyType=string");
  if (!entry.type.empty() && std::ranges::find(kContextTypes, entry.type) == kContextTypes.end())
    return invalid("there is no ContextKeyType " + quoted(entry.type),
                   "it is string, numeric, boolean, ip, binary or date, or one of these with List");
  if (!entry.type.empty() && !entry.type.ends_with("List") && entry.values.size() != 1)
    return invalid(quoted(entry.name) + " has " + std::to_string(entry.values.size()) +
                       " values, its type " + entry.type + " takes one",
                   "use the type " + entry.type + "List");
  simulation.context.push_back(std::move(entry));
  return std::nullopt;
}

std::optional<Error> read_entry(const Node& node, AwsSimulation& simulation) {
  if (!node.is_object())
    return invalid("a context entry is no object",
                   "it has ContextKeyName, ContextKeyValues and ContextKeyType");
  AwsContextEntry entry;
  for (const Member& member : node.members) {
    if (member.name == "ContextKeyName" && member.value.is_text()) {
      entry.name = member.value.text;
    } else if (member.name == "ContextKeyType" && member.value.is_text()) {
      entry.type = member.value.text;
    } else if (member.name == "ContextKeyValues") {
      if (auto error = read_texts(member.value, "ContextKeyValues", entry.values)) return error;
    } else {
      return invalid("a context entry cannot have this " + quoted(member.name),
                     "it has ContextKeyName, ContextKeyValues and ContextKeyType");
    }
  }
  return add_entry(std::move(entry), simulation);
}

// `Key=value`, `Key=a,b`, `Key=[a,b]`, with quotes around values and `\,` for a comma. A comma ends
// a value; what follows it is a new key when an `=` comes before the next comma.
class Shorthand {
 public:
  explicit Shorthand(std::string_view text) : text_(text) {}

  std::optional<Error> read(AwsContextEntry& entry) {
    while (at_ < text_.size()) {
      const std::string_view key = take_key();
      if (key.empty()) return bad();
      std::vector<std::string> values;
      if (!take_values(values)) return bad();
      if (key == "ContextKeyValues") {
        entry.values = std::move(values);
        continue;
      }
      std::string* const text = key == "ContextKeyName"   ? &entry.name
                                : key == "ContextKeyType" ? &entry.type
                                                          : nullptr;
      if (text == nullptr || values.size() != 1) return bad();
      *text = values[0];
    }
    return std::nullopt;
  }

 private:
  Error bad() const {
    return invalid(quoted(text_) + " is no context entry",
                   "write ContextKeyName=KEY,ContextKeyValues=VALUE,ContextKeyType=string");
  }

  bool key_follows(std::size_t at) const {
    const std::size_t end = text_.find_first_of(",=[]\"' ", at);
    return end != std::string_view::npos && end > at && text_[end] == '=';
  }

  std::string_view take_key() {
    if (!key_follows(at_)) return {};
    const std::size_t end = text_.find('=', at_);
    const std::string_view key = text_.substr(at_, end - at_);
    at_ = end + 1;
    return key;
  }

  bool take_values(std::vector<std::string>& values) {
    const bool bracketed = at_ < text_.size() && text_[at_] == '[';
    if (bracketed) ++at_;
    if (bracketed && at_ < text_.size() && text_[at_] == ']') return end_list();
    while (true) {
      if (!take_value(bracketed, values)) return false;
      if (at_ >= text_.size()) return !bracketed;
      if (bracketed && text_[at_] == ']') return end_list();
      if (text_[at_] != ',') return false;
      ++at_;
      if (!bracketed && key_follows(at_)) return true;
    }
  }

  bool end_list() {
    ++at_;
    if (at_ >= text_.size()) return true;
    return text_[at_++] == ',';
  }

  bool take_value(bool bracketed, std::vector<std::string>& values) {
    std::string value;
    if (at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'')) {
      const char quote = text_[at_++];
      while (at_ < text_.size() && text_[at_] != quote) {
        if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
        value += text_[at_++];
      }
      if (at_++ >= text_.size()) return false;
    } else {
      while (at_ < text_.size() && text_[at_] != ',' && !(bracketed && text_[at_] == ']')) {
        if (text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] == ',') ++at_;
        value += text_[at_++];
      }
    }
    values.push_back(std::move(value));
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

std::optional<Error> read_levels(const Node& node, AwsSimulation& simulation) {
  if (!node.is_list())
    return invalid("OrderedOrganizationPolicyInputList is no list", "give a list of levels");
  std::uint32_t level = 0;
  for (const Node& item : node.items) {
    const Node* list = item.find("ServiceControlPolicyInputList");
    if (list == nullptr || !list->is_list())
      return invalid("a level has no ServiceControlPolicyInputList", "give a list of policies");
    for (const Node& policy : list->items) {
      if (!policy.is_text()) return invalid("a policy is no text", "give its JSON as a text");
      simulation.policies.push_back({"ServiceControlPolicyInputList." + std::to_string(level + 1),
                                     "none", PolicyKind::kScp, policy.text, level});
    }
    simulation.scp_levels = ++level;
  }
  return std::nullopt;
}

// One member of the API's request.
std::optional<Error> read_member(const std::string& name, const Node& value,
                                 AwsSimulation& simulation) {
  std::vector<std::string> texts;
  if (name == "PolicyInputList" || name == "PermissionsBoundaryPolicyInputList") {
    std::optional<Error> error = read_texts(value, name, texts);
    const PolicyKind kind =
        name == "PolicyInputList" ? PolicyKind::kIdentity : PolicyKind::kBoundary;
    if (kind == PolicyKind::kIdentity) simulation.has_policy_list = true;
    for (std::size_t i = 0; i < texts.size(); ++i)
      simulation.policies.push_back(
          {name + "." + std::to_string(i + 1), "none", kind, texts[i], 0});
    return error;
  }
  if (name == "OrderedOrganizationPolicyInputList") return read_levels(value, simulation);
  if (name == "ActionNames") return read_texts(value, name, simulation.action_names);
  if (name == "ResourceArns") return read_texts(value, name, simulation.resource_arns);
  if (name == "ContextEntries") {
    if (!value.is_list()) return invalid("ContextEntries is no list", "give a list of entries");
    for (const Node& item : value.items) {
      if (auto wrong = read_entry(item, simulation)) return wrong;
    }
    return std::nullopt;
  }
  if (name == "ResourcePolicy" && value.is_text()) {
    simulation.policies.push_back(
        {"ResourcePolicy", "resource", PolicyKind::kResource, value.text, 0});
    return std::nullopt;
  }
  const std::array<std::pair<std::string_view, std::string*>, 3> kTexts = {{
      {"PolicySourceArn", &simulation.policy_source_arn},
      {"ResourceOwner", &simulation.resource_owner},
      {"CallerArn", &simulation.caller_arn},
  }};
  for (const auto& [known, text] : kTexts) {
    if (name != known || !value.is_text()) continue;
    *text = value.text;
    return std::nullopt;
  }
  return invalid("the input cannot have this " + quoted(name),
                 "it takes PolicySourceArn, PolicyInputList, PermissionsBoundaryPolicyInputList, "
                 "OrderedOrganizationPolicyInputList, ActionNames, ResourceArns, "
                 "ResourcePolicy, ResourceOwner, CallerArn and ContextEntries");
}

}  // namespace

std::optional<Error> read_aws_context(const std::string& text, AwsSimulation& simulation) {
  const std::string_view start = trimmed(text);
  if (!start.starts_with('[') && !start.starts_with('{')) {
    AwsContextEntry entry;
    if (auto error = Shorthand(text).read(entry)) return error;
    return add_entry(std::move(entry), simulation);
  }
  const Result<Document> document = read("--context-entries", text);
  if (!document) return document.error();
  if (!document->root.is_list()) return read_entry(document->root, simulation);
  for (const Node& item : document->root.items) {
    if (auto error = read_entry(item, simulation)) return error;
  }
  return std::nullopt;
}

std::optional<Error> read_aws_texts(std::string_view list_name, const std::string& text,
                                    std::vector<std::string>& out) {
  if (!trimmed(text).starts_with('[')) {
    out.push_back(text);
    return std::nullopt;
  }
  const Result<Document> document = read(std::string(list_name), text);
  if (document) return read_texts(document->root, std::string(list_name), out);
  Error error = document.error();
  error.message = std::string(list_name) + ": " + error.message;
  return error;
}

std::optional<Error> read_aws_policies(std::string_view list_name, const std::string& text,
                                       PolicyKind kind, std::uint32_t level,
                                       AwsSimulation& simulation) {
  std::vector<std::string> texts;
  if (auto error = read_aws_texts(list_name, text, texts)) return error;
  if (kind == PolicyKind::kIdentity) simulation.has_policy_list = true;
  const std::string prefix = std::string(list_name) + ".";
  auto number = std::ranges::count_if(simulation.policies, [&](const AwsPolicyInput& policy) {
    return policy.source_policy_id.starts_with(prefix);
  });
  for (std::string& one : texts) {
    simulation.policies.push_back(
        {prefix + std::to_string(++number), "none", kind, std::move(one), level});
  }
  return std::nullopt;
}

std::optional<Error> read_aws_input(const std::string& json, AwsSimulation& simulation) {
  const Result<Document> document = read("--cli-input-json", json);
  if (!document) return document.error();
  if (!document->root.is_object())
    return invalid("the input is no JSON object", "give the members of the API's request");
  for (const Member& member : document->root.members) {
    if (auto error = read_member(member.name, member.value, simulation)) return error;
  }
  return std::nullopt;
}

}  // namespace iamcheck
