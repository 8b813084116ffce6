#pragma once

// Everything that grows has a limit.
//
// The files iamcheck reads may be hostile. Passing a limit is a normal `Error` with the code
// `limit-exceeded`, never a crash and never a silently shorter answer.
//
// ```cpp
// iamcheck::Limits limits;
// limits.max_depth = 16;  // tighter than the default
// ```

#include <cstddef>

namespace iamcheck {

/// Defaults are far above any real policy: AWS's largest document is 20,480 characters.
struct Limits {
  /// Bytes of one input. In one above `max_document_bytes` only credentials are looked for.
  std::size_t max_bytes = std::size_t{512} * 1024 * 1024;
  /// Bytes of one text in which policies are looked for. With `max_nodes` it bounds the memory that
  /// a hostile text takes to about 1 GB: a value of two bytes costs some 200 while it is read.
  std::size_t max_document_bytes = std::size_t{64} * 1024 * 1024;
  /// Nesting of objects and lists in one document.
  std::size_t max_depth = 128;
  /// Values (objects, lists, scalars) in one document, or in all documents of one input.
  std::size_t max_nodes = 2'000'000;
  /// Policy documents taken from one input.
  std::size_t max_documents = 100'000;
  /// Findings kept for one input; the rest are counted.
  std::size_t max_findings = 10'000;
  /// Related places kept for one finding; the rest are counted.
  std::size_t max_related = 8;
};

}  // namespace iamcheck
