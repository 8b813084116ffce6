#pragma once

// The commit of an old state of a file, in words.

#include <string>

#include "iamcheck/report.h"

namespace iamcheck {

/// `first in commit 0123456789ab by Ana, 2026-01-02T03:04:05Z`; not escaped.
inline std::string commit_text(const CommitPlace& commit) {
  std::string text = "first in commit " + commit.id.substr(0, 12);
  if (!commit.author.empty()) text.append(" by ").append(commit.author);
  if (!commit.date.empty()) text.append(", ").append(commit.date);
  return text;
}

}  // namespace iamcheck
