#pragma once

// The subcommands: options in, exit code out. Flags are declared in app.cc.

#include <optional>
#include <string>
#include <vector>

#include "iamcheck/analysis.h"
#include "iamcheck/call.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/check.h"
#include "iamcheck/evaluate.h"
#include "iamcheck/finding.h"
#include "iamcheck/policy.h"
#include "iamcheck/request.h"
#include "iamcheck/rule_page.h"
#include "policy_files.h"
#include "request_context.h"
#include "terminal.h"

namespace iamcheck::cli {

struct CanOptions {
  std::vector<std::string> question;  ///< PRINCIPAL [do] ACTION [on] RESOURCE..
  std::vector<std::string> also;      ///< ACTION=RESOURCE: further units of the call
  UnitContextFlags unit_context;
  PolicyFiles policies;
  std::vector<std::string> accounts;  ///< dumps and folders; then PRINCIPAL may be a name
  ContextFlags context;
  std::string resource_account;
  std::string principal_account;
  std::string management_account;
  std::string role_arn;    ///< the role behind a session, with its path
  std::string issuer_arn;  ///< the user behind a federated-user session
  CredentialKind credential_kind = CredentialKind::kUnspecified;
  EndpointKind endpoint_kind = EndpointKind::kInterface;
  bool block_public_access = false;
  bool explain = false;
  bool json = false;
  std::string expect;  ///< empty, `allowed` or `denied`
  ColourChoice colour = ColourChoice::kAuto;
};
int run_can(const CanOptions& options);

/// Looks the principal of `call` up in a snapshot and gives each unit what that knows, all layers
/// among it. The exit code: 0, 2 for an unknown principal, 3 when nothing could be read.
int ask_account(const std::vector<std::string>& paths, const Call& call,
                std::vector<UnitQuestion>& units);

/// who-can, what-can and graph.
struct AccountCommandOptions {
  std::vector<std::string> accounts;
  std::vector<std::string> question;  ///< who-can: ACTION [on] RESOURCE
  std::string principal;              ///< what-can
  std::string on;                     ///< what-can: a resource; empty: any
  ContextFlags context;
  std::string resource_account;
  bool strict = false;
  std::string format = "text";
};
int run_who_can(const AccountCommandOptions& options);
int run_what_can(const AccountCommandOptions& options);
int run_graph(const AccountCommandOptions& options);

struct SimulateCommandOptions {
  std::string path = "-";
  bool explain = false;
  std::size_t jobs = 0;  ///< threads; 0: one for each processor
};
int run_simulate(const SimulateCommandOptions& options);

/// The flags of `aws iam simulate-custom-policy` and `simulate-principal-policy`; lists have what
/// stood behind one flag.
struct AwsCommandOptions {
  std::vector<std::string> accounts;  ///< of a principal, like policy_source_arn
  std::string policy_source_arn;
  std::vector<std::string> input_json;  ///< at most one, like resource_policy
  std::vector<std::string> policies;
  std::vector<std::string> boundaries;
  std::vector<std::string> actions;
  std::vector<std::string> resources;
  std::vector<std::string> resource_policy;
  std::vector<std::string> context;
  std::string resource_owner;
  std::string caller_arn;
  std::vector<std::string> ignored;  ///< flags about the connection
  bool no_pager = false;             ///< there is none
};
int run_simulate_custom_policy(const AwsCommandOptions& options);
int run_simulate_principal_policy(const AwsCommandOptions& options);

struct TestCommandOptions {
  std::vector<std::string> paths;
  std::string format = "text";  ///< text, tap or junit
  bool coverage = false;
};
int run_test(const TestCommandOptions& options);

/// `diff`: two files, two folders, or one OLD..NEW of git.
struct DiffOptions {
  std::vector<std::string> sides;
  std::optional<PolicyKind> policy_kind;  ///< nothing: what the content tells
  ArnMatching arn_matching = ArnMatching::kStrict;
  bool catalogued = false;      ///< only requests of the catalogue
  std::string format = "text";  ///< text, json or markdown
  ColourChoice colour = ColourChoice::kAuto;
};
int run_diff(const DiffOptions& options);

/// PASS, new access, or not decided.
int exit_code_of(Verdict verdict);

/// The arguments of `aws accessanalyzer check-...`; policies as JSON or file://PATH.
struct CheckOptions {
  AccessCheck::Kind kind = AccessCheck::Kind::kNoNewAccess;
  std::string existing, updated, policy;
  std::vector<std::string> access;
  std::string policy_type;
  std::string resource_type;
  std::string batch;  ///< JSON Lines instead of all that
};
int run_check_command(const CheckOptions& options);

/// A report that goes to a file.
struct ReportFile {
  std::string format, path;
};

struct LintCommandOptions {
  std::vector<std::string> paths;
  bool staged = false;  ///< what git's index adds or changes, `paths` narrow it
  std::string history;  ///< a range of commits, or --all; empty: none
  std::vector<std::string> select;
  std::vector<std::string> ignore;
  std::vector<std::string> rules;    ///< pages of guardrails, and folders of them
  std::vector<std::string> exclude;  ///< .gitignore patterns
  std::vector<std::string> outputs;  ///< FORMAT=FILE, as given
  std::vector<ReportFile> reports;   ///< the same, read
  std::string config;                ///< the configuration file; empty: looked for
  std::string baseline;              ///< a file; empty: the configuration's, or none
  std::string stdin_filename = "<stdin>";
  std::string format = "text";  ///< of what is printed
  std::string profile_name;     ///< empty: the configuration's, or default
  std::string min_confidence_name = "low";
  std::string fix;            ///< empty, `safe` or `all`
  std::string resource_type;  ///< AWS::S3::Bucket: what resource policies hang on
  std::string catalogue_file;
  const Catalogue* catalogue = nullptr;  ///< null: the built-in one
  std::size_t jobs = 0;                  ///< threads; 0: one for each processor
  Profile profile = Profile::kDefault;
  ColourChoice colour = ColourChoice::kAuto;
  Confidence min_confidence = Confidence::kLow;
  std::optional<PolicyKind> kind;
  std::optional<Severity> fail_on = Severity::kWarning;  ///< nothing: never
  bool no_config = false;                                ///< no configuration file counts
  bool force_exclude = false;                            ///< exclusions hold for named files too
  bool profile_given = false;                            ///< by a flag: no configuration changes it
  bool diff = false;                                     ///< print what the fixes would change
};
int run_lint(const LintCommandOptions& options);

/// `baseline`: what `lint` finds now, for later.
struct BaselineOptions {
  LintCommandOptions lint;
  std::string output = ".iamcheck-baseline.json";
};
int run_baseline(const BaselineOptions& options);

/// `fmt`: the canonical layout of policy files.
struct FormatCommandOptions {
  std::vector<std::string> paths;
  bool check = false;  ///< write nothing, say which files would change
  bool diff = false;   ///< write nothing, print what would change
  std::vector<std::string> exclude;
  bool force_exclude = false;
};
int run_fmt(const FormatCommandOptions& options);

struct ExplainCommandOptions {
  std::vector<std::string> paths;  ///< also AWS managed policies by name or ARN
  std::string policy_type;         ///< as written
  std::optional<PolicyKind> kind;
  bool json = false;
};
int run_explain(const ExplainCommandOptions& options);

struct ExpandCommandOptions {
  std::vector<std::string> patterns;
  std::string policy;  ///< instead of patterns
  bool count = false;
  bool json = false;
  std::string catalogue_file;
};
int run_expand(const ExpandCommandOptions& options);

struct MinimizeCommandOptions {
  std::vector<std::string> actions;
  bool json = false;
  std::string catalogue_file;
};
int run_minimize(const MinimizeCommandOptions& options);

struct CatalogueOptions {
  /// Nothing or `info`: the summary; a name, or `show` and a name; `diff` and one or two files.
  std::vector<std::string> words;
  bool json = false;
  std::string catalogue_file;
  std::string write;  ///< a file for the catalogue itself
};
int run_catalogue(const CatalogueOptions& options);

struct RuleOptions {
  std::vector<std::string> words;  ///< a slug, or `test` and pages
  bool list = false;
  std::string format = "text";  ///< of the list: text, json, markdown or peers
};
int run_rule(const RuleOptions& options);
/// Runs the examples of pages of the user's own.
int run_rule_test(const std::vector<std::string>& paths);

}  // namespace iamcheck::cli
