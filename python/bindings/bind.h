#pragma once

// What the files of the extension share. `_core` is private: people use the plain Python package
// in python/iamcheck, which checks arguments before they come here.

#include <pybind11/pybind11.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iamcheck/policy.h"
#include "iamcheck/result.h"
#include "iamcheck/source.h"

namespace iamcheck::python {

namespace py = pybind11;

/// A Python str. Bytes that are not UTF-8 become U+FFFD: no text of an inspected file may raise.
py::str to_str(std::string_view text);
/// An empty text is None.
py::object to_str_or_none(std::string_view text);
/// A list of bytes or str as texts.
std::vector<std::string> to_texts(const py::iterable& items);

/// Becomes the exception of iamcheck.errors that belongs to the code of the error. `source` gives
/// the place; null where there is none. Never called without the interpreter lock.
[[noreturn]] void raise(const Error& error, const Source* source = nullptr);

/// Runs something long without the interpreter lock. It must not touch Python objects.
template <typename Work>
auto unlocked(Work work) {
  py::gil_scoped_release release;
  return work();
}

/// A policy and the bytes it was read from.
struct PolicyHandle {
  std::shared_ptr<const Policy> policy;
  /// The file's bytes where they are not the text of the source: UTF-16, or a byte order mark.
  std::shared_ptr<const std::string> original;
  bool aws_managed = false;
  /// Nothing: what the content tells.
  std::optional<PolicyKind> kind = std::nullopt;
  /// Found in a larger text, which `policy->source` is, at this path; it may be the whole of it.
  bool is_part = false;
  std::string path = {};
};

// The table of contents of the module; one function a file.
void bind_errors(py::module_& module);
void bind_policy(py::module_& module);
void bind_policy_set(py::module_& module);
void bind_request(py::module_& module);
void bind_decision(py::module_& module);
void bind_call(py::module_& module);
void bind_matrix(py::module_& module);
void bind_simulate(py::module_& module);
void bind_report(py::module_& module);
void bind_lint(py::module_& module);
void bind_catalogue(py::module_& module);
void bind_rules(py::module_& module);
void bind_summary(py::module_& module);
void bind_analysis(py::module_& module);
void bind_account(py::module_& module);

}  // namespace iamcheck::python
