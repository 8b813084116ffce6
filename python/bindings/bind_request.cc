// Request: the question. Arguments were checked in Python; every text comes as UTF-8.
#include "bind_request.h"

#include <array>

#include "bind.h"

namespace iamcheck::python {
namespace {

struct TextField {
  std::string_view name;
  std::string RequestFields::* member;
};
constexpr std::array<TextField, 5> kTextFields = {{
    {"principal_account", &RequestFields::principal_account},
    {"resource_account", &RequestFields::resource_account},
    {"principal_role_arn", &RequestFields::principal_role_arn},
    {"issuer_arn", &RequestFields::issuer_arn},
    {"management_account", &RequestFields::management_account},
}};

// One of a closed list of names.
template <typename Value>
Value named(std::string_view field, const std::string& name, std::optional<Value> found,
            std::string_view names) {
  if (found) return *found;
  raise({ErrorCode::kInvalidArgument,
         std::string(field) + ": there is no `" + name + "`",
         "it is one of " + std::string(names),
         {}});
}

std::shared_ptr<Request> make_request(std::string principal, std::string action,
                                      std::string resource, const py::iterable& context, bool ask,
                                      const py::dict& others) {
  RequestFields fields = fields_from(others);
  fields.principal = std::move(principal);
  fields.action = std::move(action);
  fields.resource = std::move(resource);
  fields.context = context_from(context, ask);
  if (const std::optional<Error> error = check_origin(fields)) raise(*error);
  return std::make_shared<Request>(std::move(fields));
}

}  // namespace

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

RequestFields fields_from(const py::dict& given) {
  RequestFields fields;
  for (const auto& [key, value] : given) {
    const auto name = key.cast<std::string>();
    if (name == "s3_block_public_access") {
      fields.s3_block_public_access = value.cast<bool>();
      continue;
    }
    const auto text = value.cast<std::string>();
    if (name == "credential_kind") {
      fields.credential_kind =
          named(name, text, credential_kind_from(text),
                "long-term, console, assume-role, get-session-token, federation-token, "
                "web-identity, saml, assume-root, service");
    } else if (name == "endpoint_kind") {
      fields.endpoint_kind = named(name, text, endpoint_kind_from(text), "interface, gateway");
    } else {
      for (const TextField& field : kTextFields) {
        if (field.name == name) fields.*field.member = text;
      }
    }
  }
  return fields;
}

void bind_request(py::module_& module) {
  py::class_<Request, std::shared_ptr<Request>>(module, "Request")
      .def(py::init(&make_request), py::arg("principal"), py::arg("action"), py::arg("resource"),
           py::arg("context"), py::arg("ask"), py::arg("fields"));
}

}  // namespace iamcheck::python
