// Policy: reading, the model as plain tuples, printing, comparing.
#include <functional>
#include <optional>

#include "bind.h"
#include "bind_statement.h"
#include "iamcheck/credentials.h"
#include "iamcheck/policy.h"

namespace iamcheck::python {
namespace {

PolicyHandle parse(const std::string& bytes, const std::string& name, bool strict,
                   bool aws_managed) {
  std::shared_ptr<const Source> source;
  std::optional<Result<Policy>> policy;
  PolicyHandle handle;
  handle.aws_managed = aws_managed;
  {
    py::gil_scoped_release release;
    source = Source::from_bytes(name, bytes);
    ReadOptions options;
    options.tolerant = !strict;
    Result<Document> document = bytes.size() > options.limits.max_bytes
                                    ? Error{ErrorCode::kLimitExceeded,
                                            "the text is larger than " +
                                                std::to_string(options.limits.max_bytes) + " bytes",
                                            "split it", Span{}}
                                    : read_json(source, options);
    policy = document ? parse_policy(*document) : Result<Policy>(document.error());
    if (*policy) {
      handle.policy = std::make_shared<const Policy>(std::move(**policy));
      if (source->encoding() != Source::Encoding::kUtf8)
        handle.original = std::make_shared<const std::string>(bytes);
    }
  }
  if (!handle.policy) raise(policy->error(), source.get());
  return handle;
}

py::bytes source_bytes(const PolicyHandle& handle) {
  if (handle.is_part) return print(*handle.policy);
  std::string_view bytes =
      handle.original ? std::string_view(*handle.original) : handle.policy->source->text();
  return {bytes.data(), bytes.size()};
}

// The text with credentials masked by stars, byte for byte, so that offsets stay true.
py::bytes masked_text(const PolicyHandle& handle) {
  std::string text = unlocked([&] {
    const Source& source = *handle.policy->source;
    std::string masked(source.text());
    auto mask = [&](const Span& span) {
      for (std::size_t i = span.begin; i < span.end && i < masked.size(); ++i) {
        if (masked[i] != '\n' && masked[i] != '\r') masked[i] = '*';
      }
    };
    for (const Span& secret : CredentialScanner().examine(source).secrets) mask(secret);
    return masked;
  });
  return py::bytes(text);
}

py::object text_or_none(const std::optional<Text>& text) {
  return text ? py::object(to_str(text->value)) : py::none();
}

std::string_view name_of(PolicyDiagnostic::Kind kind) {
  switch (kind) {
    case PolicyDiagnostic::Kind::kUnknownElement:
      return "unknown-element";
    case PolicyDiagnostic::Kind::kDuplicateMember:
      return "duplicate-member";
    case PolicyDiagnostic::Kind::kWrongType:
      return "wrong-type";
    case PolicyDiagnostic::Kind::kForgiven:
      return "forgiven";
  }
  return "unknown-element";
}

// Each in the order of the fields of iamcheck.policy.Diagnostic. Any name in the policy may be a
// secret, and messages are for logs.
py::list diagnostics_of(const Policy& policy) {
  std::vector<std::string> texts = unlocked([&] {
    std::vector<std::string> quoting;
    for (const PolicyDiagnostic& diagnostic : policy.diagnostics) {
      for (const std::string* text : {&diagnostic.message, &diagnostic.help, &diagnostic.path})
        quoting.push_back(*text);
    }
    hide_credentials(policy.source->slice(policy.span), quoting);
    return quoting;
  });
  py::list items;
  auto text = texts.cbegin();
  for (const PolicyDiagnostic& diagnostic : policy.diagnostics) {
    const Position place = policy.source->position(diagnostic.span.begin);
    items.append(py::make_tuple(to_str(name_of(diagnostic.kind)), to_str(text[0]), to_str(text[1]),
                                to_str(text[2]), place.line, place.column));
    text += 3;
  }
  return items;
}

// A text that may quote the policy, for logs: without its credentials.
py::str redacted(const PolicyHandle& handle, const std::string& text) {
  std::vector<std::string> texts = {text};
  unlocked([&] {
    const Policy& policy = *handle.policy;
    hide_credentials(policy.source->slice(policy.span), texts);
  });
  return to_str(texts.front());
}

// The text of `FullAWSAccess` or `RCPFullAWSAccess`; None for another name.
py::object full_access(const std::string& name) {
  for (PolicyKind kind : {PolicyKind::kScp, PolicyKind::kRcp}) {
    std::optional<Policy> policy = full_access_policy(name, kind);
    if (!policy) continue;
    std::string_view text = policy->source->text();
    return py::bytes(text.data(), text.size());
  }
  return py::none();
}

// Takes in only what `same_policy` compares.
std::size_t digest(const Policy& policy) {
  std::hash<std::string> hash;
  std::size_t value = policy.statements.size();
  auto add = [&](const std::string& text) { value = value * 1000003u + hash(text); };
  if (policy.version) add(policy.version->value);
  for (const Statement& statement : policy.statements) {
    if (statement.sid) add(statement.sid->value);
    if (statement.effect_text) add(statement.effect_text->value);
    for (const auto* element : {&statement.action, &statement.resource}) {
      if (!*element) continue;
      for (const Text& text : (*element)->values) add(text.value);
    }
  }
  return value >> 1;  // Python's hashes are signed
}

}  // namespace

void bind_policy(py::module_& module) {
  py::class_<PolicyHandle>(module, "Policy")
      .def_static("parse", &parse, py::arg("source"), py::arg("name"), py::arg("strict"),
                  py::arg("aws_managed") = false)
      .def_property_readonly("name",
                             [](const PolicyHandle& p) { return to_str(p.policy->source->name()); })
      .def_property_readonly("kind",
                             [](const PolicyHandle& p) {
                               return to_str(info(p.kind ? *p.kind : detect_kind(*p.policy)).name);
                             })
      .def_property_readonly("place",
                             [](const PolicyHandle& p) {
                               const Position place =
                                   p.policy->source->position(p.policy->span.begin);
                               return py::make_tuple(place.line, place.column);
                             })
      .def_property_readonly("path", [](const PolicyHandle& p) { return to_str(p.path); })
      .def_readonly("aws_managed", &PolicyHandle::aws_managed)
      .def_property_readonly("has_statement",
                             [](const PolicyHandle& p) { return p.policy->has_statement; })
      .def_property_readonly("version",
                             [](const PolicyHandle& p) { return text_or_none(p.policy->version); })
      .def_property_readonly("id", [](const PolicyHandle& p) { return text_or_none(p.policy->id); })
      .def_property_readonly("source", &source_bytes)
      .def_property_readonly("masked_text", &masked_text)
      .def_property_readonly("statements",
                             [](const PolicyHandle& p) {
                               py::list items;
                               for (const Statement& statement : p.policy->statements)
                                 items.append(statement_tuple(*p.policy, statement));
                               return items;
                             })
      .def("places", [](const PolicyHandle& p) { return places_of(*p.policy); })
      .def_property_readonly("diagnostics",
                             [](const PolicyHandle& p) { return diagnostics_of(*p.policy); })
      .def("redacted", &redacted, py::arg("text"))
      .def("print", [](const PolicyHandle& p) { return to_str(print(*p.policy)); })
      .def(
          "same",
          [](const PolicyHandle& p, const PolicyHandle& other) {
            return same_policy(*p.policy, *other.policy);
          },
          py::arg("other"))
      .def("digest", [](const PolicyHandle& p) { return digest(*p.policy); });
  module.def("full_access", &full_access, py::arg("name"));
}

}  // namespace iamcheck::python
