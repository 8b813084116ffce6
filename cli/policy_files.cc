#include "policy_files.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include "exit_code.h"
#include "file.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/report.h"
#include "iamcheck/suggestion.h"
#include "terminal.h"

namespace iamcheck::cli {
namespace {

int complain(const Error& error, const Source* source = nullptr) {
  std::string place;
  if (source != nullptr) {
    Position position = source->position(error.span.begin);
    place = source->name() + ":" + std::to_string(position.line) + ":" +
            std::to_string(position.column) + ": ";
  }
  print_error(
      escape_controls(place + error.message + (error.help.empty() ? "" : "; " + error.help)));
  return kUndecided;
}

Result<Policy> read_policy(const std::shared_ptr<const Source>& source) {
  ReadOptions tolerant;
  tolerant.tolerant = true;
  Result<Document> document = read_json(source, tolerant);
  return document ? parse_policy(*document) : Result<Policy>(document.error());
}

// The catalogue keeps its documents in one line; printed, their lines are worth pointing at.
Result<Policy> read_managed(const ManagedPolicy& managed) {
  Result<std::string> document = managed.document();
  if (!document) return document.error();
  std::string name(managed.name());
  Result<Policy> stored = parse_policy(name, *std::move(document));
  return stored ? parse_policy(name, print(*stored)) : stored;
}

// Kinds that IAM lets AWS managed policies be attached as.
bool takes_managed(PolicyKind kind) {
  return kind == PolicyKind::kIdentity || kind == PolicyKind::kBoundary ||
         kind == PolicyKind::kSession;
}

class PolicyReader {
 public:
  explicit PolicyReader(PolicySet& set) : set_(set) {}

  int add_all(const std::vector<std::string>& paths, PolicyKind kind) {
    int worst = kClean;
    for (const std::string& path : paths) worst = worst_of(worst, add(path, kind));
    return worst;
  }

  // Levels stand in the order in which they are first named; what has no level lies on the last
  // one, the account.
  int add_levels(const std::vector<std::string>& texts, PolicyKind kind) {
    std::vector<std::pair<std::string, std::vector<std::string>>> levels;
    std::vector<std::string> account;
    for (const std::string& text : texts) {
      const std::size_t equals = text.find('=');
      std::error_code ignored;
      if (equals == std::string::npos || equals == 0 || std::filesystem::exists(text, ignored)) {
        account.push_back(text);
        continue;
      }
      const std::string name = text.substr(0, equals);
      auto level = levels.begin();
      while (level != levels.end() && level->first != name) ++level;
      if (level == levels.end()) level = levels.insert(level, {name, {}});
      // A level without policies denies everything: nobody means that by a word that was cut off.
      if (equals + 1 == text.size()) {
        print_error("`--" + std::string(info(kind).name) + " " + escape_controls(text) +
                    "` names no file; write --" + std::string(info(kind).name) + " " +
                    escape_controls(text) + "FILE");
        return kUsage;
      }
      level->second.push_back(text.substr(equals + 1));
    }
    if (!account.empty()) levels.emplace_back("account", std::move(account));
    int worst = kClean;
    for (const auto& [name, paths] : levels) {
      if (!set_.add_level(kind, name)) {
        print_error("there are more than " + std::to_string(PolicySet::kMaxLevels) +
                    " levels of a " + std::string(info(kind).title) + "; AWS has seven at most");
        return kUsage;
      }
      worst = worst_of(worst, add_all(paths, kind));
    }
    return worst;
  }

 private:
  int add(const std::string& path, PolicyKind kind) {
    if (path == "-" && std::exchange(stdin_was_read_, true)) {
      print_error("standard input holds one policy, but `-` was given twice");
      return kUsage;
    }
    Result<std::string> text = read_input(path, {});
    if (!text) return add_known(path, kind, text.error());
    std::shared_ptr<const Source> source = Source::from_bytes(path, *std::move(text));
    Result<Policy> policy = read_policy(source);
    if (!policy) return complain(policy.error(), source.get());
    if (!policy->has_statement) {
      print_error("`" + escape_controls(path) + "` holds no policy: it has no `Statement`");
      return kUndecided;
    }
    if (kind == PolicyKind::kResource && detect_kind(*policy) == PolicyKind::kTrust)
      kind = PolicyKind::kTrust;
    set_.add(path, kind, *std::move(policy));
    return kClean;
  }

  // A policy of AWS, which has a name and no file.
  int add_known(const std::string& name, PolicyKind kind, const Error& unreadable) {
    Result<Policy> policy = unreadable;
    std::optional<ManagedPolicy> managed;
    if (takes_managed(kind)) managed = Catalogue::embedded().find_managed_policy(name);
    if (managed) policy = read_managed(*managed);
    if (std::optional<Policy> full = full_access_policy(name, kind)) policy = *std::move(full);
    if (!policy) {
      Error error = policy.error();
      const std::vector<std::string> near = Catalogue::embedded().suggest_managed_policy(name);
      if (takes_managed(kind) && !near.empty()) error.help = did_you_mean(near);
      return complain(error);
    }
    set_.add({.name = managed ? std::string(managed->name()) : name,
              .kind = kind,
              .policy = std::make_shared<const Policy>(*std::move(policy)),
              .aws_managed = true});
    return kClean;
  }

  PolicySet& set_;
  bool stdin_was_read_ = false;
};

}  // namespace

bool PolicyFiles::empty() const {
  return identity.empty() && resource.empty() && boundary.empty() && session.empty() &&
         scp.empty() && rcp.empty() && endpoint.empty();
}

bool PolicyFiles::names_stdin() const {
  const auto has = [](const std::vector<std::string>& paths, std::string_view end) {
    return std::ranges::any_of(paths, [&](const std::string& path) {
      return path == "-" || (!end.empty() && path.ends_with(end));
    });
  };
  return has(identity, "") || has(resource, "") || has(boundary, "") || has(session, "") ||
         has(scp, "=-") || has(rcp, "=-") || has(endpoint, "");
}

int read_policies(const PolicyFiles& files, PolicySet& set) {
  PolicyReader reader(set);
  int worst = reader.add_all(files.identity, PolicyKind::kIdentity);
  worst = worst_of(worst, reader.add_all(files.resource, PolicyKind::kResource));
  worst = worst_of(worst, reader.add_all(files.boundary, PolicyKind::kBoundary));
  worst = worst_of(worst, reader.add_all(files.session, PolicyKind::kSession));
  worst = worst_of(worst, reader.add_levels(files.scp, PolicyKind::kScp));
  worst = worst_of(worst, reader.add_levels(files.rcp, PolicyKind::kRcp));
  return worst_of(worst, reader.add_all(files.endpoint, PolicyKind::kEndpoint));
}

}  // namespace iamcheck::cli
