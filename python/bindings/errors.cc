// The one place where an Error of the library becomes a Python exception.
#include <exception>

#include "bind.h"
#include "iamcheck/report.h"

namespace iamcheck::python {
namespace {

// What travels from `raise` to the translator.
class Raised : public std::exception {
 public:
  Raised(Error error, const Source* source) : error_(std::move(error)) {
    if (source == nullptr) return;
    name_ = source->name();
    position_ = source->position(error_.span.begin);
    placed_ = true;
  }
  const char* what() const noexcept override { return error_.message.c_str(); }

  void set_python_error() const {
    py::object make = py::module_::import("iamcheck.errors").attr("error_of");
    py::object line = py::none(), column = py::none();
    if (placed_) {
      line = py::int_(position_.line);
      column = py::int_(position_.column);
    }
    py::object error = make(to_str(to_string(error_.code)), to_str(escape_controls(error_.message)),
                            to_str(escape_controls(error_.help)),
                            placed_ ? py::object(to_str(name_)) : py::none(), line, column);
    PyErr_SetObject(py::type::of(error).ptr(), error.ptr());
  }

 private:
  Error error_;
  std::string name_;
  Position position_;
  bool placed_ = false;
};

}  // namespace

void raise(const Error& error, const Source* source) { throw Raised(error, source); }

py::str to_str(std::string_view text) {
  PyObject* decoded =
      PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace");
  if (decoded == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::str>(decoded);
}

py::object to_str_or_none(std::string_view text) {
  if (text.empty()) return py::none();
  return to_str(text);
}

std::vector<std::string> to_texts(const py::iterable& items) {
  std::vector<std::string> texts;
  for (py::handle item : items) texts.push_back(item.cast<std::string>());
  return texts;
}

void bind_errors(py::module_& module) {
  py::register_local_exception_translator([](std::exception_ptr pointer) {
    try {
      if (pointer) std::rethrow_exception(pointer);
    } catch (const Raised& raised) {
      try {
        raised.set_python_error();
      } catch (py::error_already_set& failure) {
        failure.restore();
      }
    }
  });
  module.def(
      "escape_controls", [](const std::string& text) { return to_str(escape_controls(text)); },
      py::arg("text"));
}

}  // namespace iamcheck::python
