#include "policy_pairs.h"

#include <map>
#include <string_view>
#include <utility>

#include "iamcheck/input.h"

namespace iamcheck::cli {
namespace {

struct PlacedPolicy {
  std::string place;  // `Resources.Role`, and the number of those before it at the same place
  std::string path;
  Policy policy;
  std::optional<PolicyKind> kind;
};

struct Version {
  std::vector<PlacedPolicy> policies;
  bool complete = true;
};

class PairReader {
 public:
  explicit PairReader(const FilePair& files) : files_(files) {}

  PolicyPairs read() {
    Version before = read_version(files_.old_name, files_.old_text);
    Version after = read_version(files_.new_name, files_.new_text);
    if (before.policies.empty() && !after.policies.empty())
      ask_for_errors(files_.old_name, files_.old_text, before);
    if (after.policies.empty() && !before.policies.empty())
      ask_for_errors(files_.new_name, files_.new_text, after);
    if (files_.named && before.policies.size() == 1 && after.policies.size() == 1) {
      // Whatever they are wrapped in.
      add(&before.policies[0], &after.policies[0]);
      return std::move(out_);
    }
    std::map<std::string_view, const PlacedPolicy*> old;
    for (const PlacedPolicy& one : before.policies) old.emplace(one.place, &one);
    for (const PlacedPolicy& one : after.policies) {
      if (const auto pair = old.extract(one.place)) {
        add(pair.mapped(), &one);
      } else if (before.complete) {
        add(nullptr, &one);
      }
    }
    if (!after.complete) return std::move(out_);
    for (const PlacedPolicy& one : before.policies) {
      if (old.contains(one.place)) add(&one, nullptr);
    }
    return std::move(out_);
  }

 private:
  Version read_version(const std::string& name, const std::optional<std::string>& text) {
    Version version;
    if (!text) return version;
    InputOptions options;
    options.expect_policy = files_.named;
    std::map<std::string, int> seen;
    for (FoundPolicy& found : find_policies(Source::from_bytes(name, *text), options).policies) {
      if (found.policy && !found.error && !found.policy->has_statement)
        found.error = Error{ErrorCode::kNotAPolicy,
                            "it holds no policy: it has no `Statement`",
                            "name the file of a policy",
                            {}};
      if (found.error || !found.policy) {
        out_.unread.push_back({name, found.error.value_or(Error()), *text});
        version.complete = false;
        continue;
      }
      const int before = seen[found.path]++;
      version.policies.push_back({found.path + "\n" + std::to_string(before), found.path,
                                  *std::move(found.policy), found.kind});
    }
    return version;
  }

  // Where the other version has policies, a text that cannot be read was meant to have them too.
  void ask_for_errors(const std::string& name, const std::optional<std::string>& text,
                      Version& version) {
    if (!text || !version.complete) return;
    InputOptions options;
    const auto source = Source::from_bytes(name, *text);
    const InputFormat format = find_policies(source, options).format;
    if (format != InputFormat::kJson && format != InputFormat::kYaml && format != InputFormat::kHcl)
      return;
    options.expect_policy = true;
    for (const FoundPolicy& found : find_policies(source, options).policies) {
      if (!found.error || found.error->code == ErrorCode::kNotAPolicy) continue;
      out_.unread.push_back({name, *found.error, *text});
      version.complete = false;
      return;
    }
  }

  void add(const PlacedPolicy* before, const PlacedPolicy* after) {
    if (before != nullptr && after != nullptr && !files_.named &&
        same_policy(before->policy, after->policy))
      return;
    const auto named = [](const std::string& file, const PlacedPolicy* one,
                          const PlacedPolicy* other) {
      const std::string& path = one != nullptr ? one->path : other->path;
      return path.empty() ? file : file + " " + path;
    };
    PolicyPair pair;
    pair.old_name = named(files_.old_name, before, after);
    pair.new_name = named(files_.new_name, after, before);
    pair.new_path = files_.new_path;
    if (before != nullptr) pair.before = before->policy;
    if (after != nullptr) pair.after = after->policy;
    const PlacedPolicy& telling =
        after != nullptr && (before == nullptr || !after->policy.statements.empty()) ? *after
                                                                                     : *before;
    pair.kind = telling.kind ? *telling.kind : detect_kind(telling.policy);
    out_.pairs.push_back(std::move(pair));
  }

  const FilePair& files_;
  PolicyPairs out_;
};

}  // namespace

PolicyPairs pair_policies(const FilePair& files) { return PairReader(files).read(); }

}  // namespace iamcheck::cli
