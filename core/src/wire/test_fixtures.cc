#include "wire/test_fixtures.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "iamcheck/catalogue.h"
#include "text/edit_distance.h"
#include "text/letter_case.h"
#include "text/utf8.h"
#include "wire/request_reader.h"

namespace iamcheck {
namespace {

Error invalid(const Node& node, std::string message, std::string help) {
  return {ErrorCode::kInvalidArgument, std::move(message), std::move(help), node.span};
}

std::string quoted(std::string_view text) { return "`" + escape_hidden(text.substr(0, 120)) + "`"; }

Result<Policy> policy_of_text(const std::string& name, std::string text, const Node& place) {
  ReadOptions tolerant;
  tolerant.tolerant = true;
  const auto source = Source::from_bytes(name, std::move(text));
  const bool yaml = name.ends_with(".yaml") || name.ends_with(".yml");
  const Result<Document> document =
      yaml ? read_yaml(source, tolerant) : read_json(source, tolerant);
  Result<Policy> policy = document ? parse_policy(*document) : Result<Policy>(document.error());
  if (policy && policy->has_statement) return policy;
  if (policy)
    return Error{ErrorCode::kNotAPolicy, quoted(name) + " holds no policy: it has no `Statement`",
                 "name a file with a policy document", place.span};
  const Position at = source->position(policy.error().span.begin);
  Error error = policy.error();
  error.message = escape_hidden(name) + ":" + std::to_string(at.line) + ":" +
                  std::to_string(at.column) + ": " + error.message;
  error.span = place.span;
  return error;
}

}  // namespace

void set_member(Node& object, const Member& member) {
  for (Member& known : object.members) {
    if (known.name != member.name) continue;
    known = member;
    return;
  }
  object.members.push_back(member);
}

TestFixtures::TestFixtures(const Document& document, const TestOptions& options)
    : document_(document), options_(options) {}

const Node* TestFixtures::fixture(std::string_view group, const std::string& name) const {
  const Node* fixtures = document_.root.find(group);
  return fixtures != nullptr && fixtures->is_object() ? fixtures->find(name) : nullptr;
}

Result<Node> TestFixtures::complete(const Node& given) const {
  Node request;
  request.kind = Node::Kind::kObject;
  request.span = given.span;
  const auto add_all = [&](const Node& object) {
    for (const Member& member : object.members) set_member(request, member);
  };
  if (const Node* defaults = document_.root.find("defaults");
      defaults != nullptr && document_.root.is_object() && defaults->is_object())
    add_all(*defaults);
  std::vector<Member> subjects;
  for (const auto& [name, group] : {std::pair<const char*, const char*>{"principal", "principals"},
                                    {"resource", "resources"}}) {
    const Node* written = given.find(name);
    if (written == nullptr) written = request.find(name);
    if (written == nullptr || !written->is_text()) continue;
    const Node* found = fixture(group, written->text);
    if (found == nullptr) continue;
    if (found->is_object()) {
      if (found->find(name) == nullptr) {
        return invalid(*found,
                       quoted(written->text) + " under `" + group + "` has no `" + name + "`",
                       std::string("write its ARN as `") + name + "`");
      }
      add_all(*found);
      subjects.push_back({name, found->span, *found->find(name)});
    } else {
      subjects.push_back({name, found->span, *found});
    }
  }
  add_all(given);
  for (const Member& subject : subjects) set_member(request, subject);
  if (const Node* written = request.find("context")) {
    Result<Node> values = context(*written);
    if (!values) return values;
    set_member(request, {"context", written->span, *std::move(values)});
  }
  if (const Node* written = request.find("units")) {
    Result<Node> completed = units(*written);
    if (!completed) return completed;
    set_member(request, {"units", written->span, *std::move(completed)});
  }
  return request;
}

// A resource of a unit may be a name; what it stands for brings its account and context along. All
// units share the policies of the case, so that one with policies cannot be meant.
Result<Node> TestFixtures::units(const Node& list) const {
  Node out = list;
  for (Node& unit : out.items) {
    const Node* written = unit.is_object() ? unit.find("resource") : nullptr;
    const Node* found =
        written != nullptr && written->is_text() ? fixture("resources", written->text) : nullptr;
    if (found != nullptr) {
      Node whole;
      whole.kind = Node::Kind::kObject;
      whole.span = unit.span;
      const Node* arn = found->is_object() ? found->find("resource") : found;
      if (arn == nullptr)
        return invalid(*found, quoted(written->text) + " under `resources` has no `resource`",
                       "write its ARN as `resource`");
      for (const Member& member : found->members) {
        if (member.name != "resource" && member.name != "resourceAccountId" &&
            member.name != "context")
          return invalid(unit,
                         quoted(written->text) + " under `resources` has " + quoted(member.name) +
                             ", which one unit cannot have alone",
                         "give it to the case, for all its units");
        set_member(whole, member);
      }
      for (const Member& member : unit.members) set_member(whole, member);
      set_member(whole, {"resource", found->span, *arn});
      unit = std::move(whole);
    }
    const Node* keys = unit.is_object() ? unit.find("context") : nullptr;
    if (keys == nullptr) continue;
    Result<Node> values = context(*keys);
    if (!values) return values;
    set_member(unit, {"context", keys->span, *std::move(values)});
  }
  return out;
}

namespace {

// Keys of a later context take the place of the same keys, in any case, of an earlier one.
class JoinedContexts {
 public:
  explicit JoinedContexts(const Span& span) {
    values_.kind = Node::Kind::kObject;
    values_.span = span;
  }
  void add(const Node& context) {
    for (const Member& member : context.members) {
      const auto [known, fresh] = places_.emplace(to_lower(member.name), values_.members.size());
      if (fresh) {
        values_.members.push_back(member);
      } else {
        values_.members[known->second] = member;
      }
    }
  }
  Node take() { return std::move(values_); }

 private:
  Node values_;
  std::map<std::string, std::size_t> places_;
};

}  // namespace

// A name under `contexts`, an object, or a list of these; later ones win.
Result<Node> TestFixtures::context(const Node& node) const {
  if (node.is_object() || node.kind == Node::Kind::kNull) {
    if (auto error = find_same_key(node)) return *std::move(error);
    Node values = node;
    values.kind = Node::Kind::kObject;
    return values;
  }
  if (node.is_text()) {
    const Node* found = fixture("contexts", node.text);
    if (found != nullptr && found->is_object()) return context(*found);
    return Error{ErrorCode::kUnknownName, "there is no context " + quoted(node.text),
                 "name one under `contexts`, or write the keys as an object", node.span};
  }
  if (!node.is_list())
    return invalid(node, "`context` is no object of keys and values",
                   "write keys and values, or names under `contexts`");
  JoinedContexts values(node.span);
  for (const Node& item : node.items) {
    if (item.is_list()) return invalid(item, "a list stands in a list of contexts", "use one list");
    Result<Node> part = context(item);
    if (!part) return part;
    values.add(*part);
  }
  return values.take();
}

Result<std::shared_ptr<const Policy>> TestFixtures::policy(const Node& node) {
  if (!node.is_text()) return read(node);
  if (const auto known = named_.find(node.text); known != named_.end()) return known->second;
  const Node* found = fixture("policies", node.text);
  if (found == nullptr) {
    std::vector<std::string_view> names;
    if (const Node* policies = document_.root.find("policies")) {
      for (const Member& member : policies->members) names.push_back(member.name);
    }
    const std::string near = nearest_name(node.text, names);
    return Error{ErrorCode::kUnknownName, "there is no policy " + quoted(node.text),
                 near.empty() ? "name it under `policies`" : "did you mean `" + near + "`?",
                 node.span};
  }
  Result<std::shared_ptr<const Policy>> policy = read(*found);
  if (policy) named_.emplace(node.text, *policy);
  return policy;
}

std::vector<Error> TestFixtures::read_all() {
  std::vector<Error> errors;
  const Node* policies = document_.root.find("policies");
  if (policies == nullptr) return errors;
  for (const Member& member : policies->members) {
    Node name;
    name.kind = Node::Kind::kText;
    name.text = member.name;
    name.span = member.name_span;
    const auto read = policy(name);
    if (!read) errors.push_back(read.error());
  }
  return errors;
}

Result<std::shared_ptr<const Policy>> TestFixtures::read(const Node& node) {
  const auto shared = [](Result<Policy> policy) -> Result<std::shared_ptr<const Policy>> {
    if (!policy) return policy.error();
    return std::make_shared<const Policy>(*std::move(policy));
  };
  if (!node.is_object())
    return invalid(node, "a " + std::string(to_string(node.kind)) + " is no policy",
                   "write the document, {file: PATH} or {managed: NAME}");
  if (const Node* file = node.find("file"); file != nullptr && file->is_text()) {
    if (!options_.read_file)
      return invalid(*file, "no files are read here", "write the policy into the test file");
    Result<std::string> text = options_.read_file(document_.source->name(), file->text);
    if (!text) {
      Error error = text.error();
      error.span = file->span;
      return error;
    }
    return shared(policy_of_text(file->text, *std::move(text), *file));
  }
  if (const Node* name = node.find("managed"); name != nullptr && name->is_text()) {
    const auto managed = Catalogue::embedded().find_managed_policy(name->text);
    if (!managed)
      return Error{ErrorCode::kUnknownName, "there is no AWS managed policy " + quoted(name->text),
                   "see `iamcheck catalogue NAME`", name->span};
    Result<std::string> text = managed->document();
    if (!text) return text.error();
    return shared(policy_of_text(name->text, *std::move(text), *name));
  }
  Result<Policy> policy = parse_policy(document_, node);
  return shared(std::move(policy));
}

}  // namespace iamcheck
