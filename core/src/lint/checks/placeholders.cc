// Values that were copied from a documentation and never filled in.
#include <algorithm>
#include <array>
#include <string>

#include "lint/condition_values.h"
#include "lint/context.h"
#include "text/ascii.h"

namespace iamcheck {
namespace {

// Accounts of the documentation. AWS has promised none of them to anybody.
constexpr std::array<std::string_view, 8> kAccounts = {
    "111122223333", "123456789012", "444455556666", "777788889999",
    "000000000000", "111111111111", "123412341234", "999999999999"};

// Names of the documentation, in lower case.
constexpr std::array<std::string_view, 7> kNames = {
    "amzn-s3-demo-",  "doc-example-bucket", "awsexamplebucket", "examplebucket",
    "example-bucket", "example-corp",       "mycorporatebucket"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The twelve digits stand alone, and not inside of a longer number.
std::string_view documented_account(std::string_view text) {
  for (const std::string_view account : kAccounts) {
    for (std::size_t at = text.find(account); at != std::string_view::npos;
         at = text.find(account, at + 1)) {
      const std::size_t end = at + account.size();
      const bool alone =
          (at == 0 || !is_digit(text[at - 1])) && (end == text.size() || !is_digit(text[end]));
      if (alone) return account;
    }
  }
  return {};
}

std::string_view documented_name(std::string_view text) {
  const std::string lower = ascii_lower(text);
  for (const std::string_view name : kNames) {
    if (lower.find(name) != std::string::npos) return name;
  }
  return {};
}

// `<bucket>` or `{{ bucket }}`.
bool is_to_be_filled_in(std::string_view text) {
  const auto between = [&](std::string_view open, std::string_view close) {
    const std::size_t begin = text.find(open);
    return begin != std::string_view::npos &&
           text.find(close, begin + open.size() + 1) != std::string_view::npos;
  };
  return between("<", ">") || between("{{", "}}");
}

void report_placeholder(RuleContext& context, const Text& text, const std::string& path) {
  if (text.unresolved) return;
  std::string message;
  if (is_to_be_filled_in(text.value)) {
    message = quoted(text.value) + " is still to be filled in";
  } else if (const auto account = documented_account(text.value); !account.empty()) {
    message = quoted(account) + " is an account of the documentation";
  } else if (const auto name = documented_name(text.value); !name.empty()) {
    message = quoted(text.value) + " is a name of the documentation";
  } else {
    return;
  }
  Finding& finding = context.report(text.span, path, std::move(message));
  finding.help = "write your own";
}

}  // namespace

void check_placeholder_value(RuleContext& context) {
  const Policy& policy = context.policy();
  for (const ListEntry& entry : resource_entries(policy))
    report_placeholder(context, entry.text, path_of(policy, entry));
  for (const ConditionValuePlace& value : condition_values(policy))
    report_placeholder(context, value.text, path_of(policy, value));
  for (const Statement& statement : policy.statements) {
    const auto report = [&](std::string_view name, const std::optional<PrincipalElement>& element) {
      if (!element) return;
      for (const PrincipalEntry& entry : element->entries) {
        std::string path = path_of(policy, statement) + "." + std::string(name);
        if (!entry.bare) path.append(".").append(entry.type_name);
        report_placeholder(context, entry.value, path);
      }
    };
    report("Principal", statement.principal);
    report("NotPrincipal", statement.not_principal);
  }
}

}  // namespace iamcheck
