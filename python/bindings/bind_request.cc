// Request: the question. Arguments were checked in Python; every text comes as UTF-8.
#include "bind.h"
#include "iamcheck/request.h"

namespace iamcheck::python {
namespace {

// `entries`: (key, None | text | list of texts) pairs.
Context context_from(const py::iterable& entries, bool ask) {
  Context context(ask ? Context::Mode::kAsk : Context::Mode::kStrict);
  for (py::handle item : entries) {
    auto pair = item.cast<py::tuple>();
    auto key = pair[0].cast<std::string>();
    py::object value = pair[1];
    if (value.is_none()) {
      context.set_absent(key);
    } else if (py::isinstance<py::list>(value)) {
      context.set_list(key, to_texts(value));
    } else {
      context.set(key, value.cast<std::string>());
    }
  }
  return context;
}

std::shared_ptr<Request> make_request(std::string principal, std::string action,
                                      std::string resource, const py::iterable& context, bool ask,
                                      std::string principal_account, std::string resource_account,
                                      std::string principal_role_arn, std::string issuer_arn,
                                      const std::string& credential_kind) {
  RequestFields fields;
  fields.principal = std::move(principal);
  fields.action = std::move(action);
  fields.resource = std::move(resource);
  fields.principal_account = std::move(principal_account);
  fields.resource_account = std::move(resource_account);
  fields.principal_role_arn = std::move(principal_role_arn);
  fields.issuer_arn = std::move(issuer_arn);
  if (!credential_kind.empty()) {
    std::optional<CredentialKind> kind = credential_kind_from(credential_kind);
    if (!kind) {
      raise({ErrorCode::kInvalidArgument,
             "credential_kind: there is no `" + credential_kind + "`",
             "it is one of long-term, console, assume-role, get-session-token, federation-token, "
             "web-identity, saml, assume-root, service",
             {}});
    }
    fields.credential_kind = *kind;
  }
  fields.context = context_from(context, ask);
  return std::make_shared<Request>(std::move(fields));
}

}  // namespace

void bind_request(py::module_& module) {
  py::class_<Request, std::shared_ptr<Request>>(module, "Request")
      .def(py::init(&make_request), py::arg("principal"), py::arg("action"), py::arg("resource"),
           py::arg("context"), py::arg("ask"), py::arg("principal_account"),
           py::arg("resource_account"), py::arg("principal_role_arn"), py::arg("issuer_arn"),
           py::arg("credential_kind"));
}

}  // namespace iamcheck::python
