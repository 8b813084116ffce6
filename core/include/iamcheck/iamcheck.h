#pragma once

// Everything at once.
//
// iamcheck reads AWS IAM policies, answers "can this principal do that", reports what is wrong or
// risky in them, and finds credentials in text. Each header below is one chapter; a program that
// cares for build times includes only the chapters it reads.
//
// ```cpp
// auto source = iamcheck::Source::from_bytes("policy.json", "{}");
// std::string text = std::string(source->name()) + " read by iamcheck " +
// std::string(iamcheck::version());
// ```

#include "iamcheck/access.h"
#include "iamcheck/access_answer.h"
#include "iamcheck/access_report.h"
#include "iamcheck/account.h"
#include "iamcheck/account_answer.h"
#include "iamcheck/account_report.h"
#include "iamcheck/action_list.h"
#include "iamcheck/action_list_report.h"
#include "iamcheck/analysis.h"
#include "iamcheck/arn.h"
#include "iamcheck/aws_simulation.h"
#include "iamcheck/baseline.h"
#include "iamcheck/call.h"
#include "iamcheck/catalogue.h"
#include "iamcheck/catalogue_report.h"
#include "iamcheck/check.h"
#include "iamcheck/condition.h"
#include "iamcheck/condition_operator.h"
#include "iamcheck/context.h"
#include "iamcheck/context_key.h"
#include "iamcheck/credentials.h"
#include "iamcheck/decision.h"
#include "iamcheck/decision_kind.h"
#include "iamcheck/document.h"
#include "iamcheck/evaluate.h"
#include "iamcheck/explanation.h"
#include "iamcheck/finding.h"
#include "iamcheck/fix.h"
#include "iamcheck/graph.h"
#include "iamcheck/guardrail.h"
#include "iamcheck/input.h"
#include "iamcheck/layout.h"
#include "iamcheck/limits.h"
#include "iamcheck/lint.h"
#include "iamcheck/pattern.h"
#include "iamcheck/policy.h"
#include "iamcheck/policy_set.h"
#include "iamcheck/policy_summary.h"
#include "iamcheck/report.h"
#include "iamcheck/request.h"
#include "iamcheck/result.h"
#include "iamcheck/rule_page.h"
#include "iamcheck/simulate.h"
#include "iamcheck/source.h"
#include "iamcheck/suggestion.h"
#include "iamcheck/summary.h"
#include "iamcheck/summary_report.h"
#include "iamcheck/suppression.h"
#include "iamcheck/test_cases.h"
#include "iamcheck/truth.h"
#include "iamcheck/version.h"
