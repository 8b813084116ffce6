#pragma once

// Names to which a literal is given, read strictly.
//
// `binding.h` reads leniently because the shape of its values tells what they are. A password has
// no shape, so here the notation has to tell: an operator or a call behind the name, a value in
// quotes that ends where the expression ends, or a whole line of a settings file.
//
//     password = "V"          "password": "V"          password: str = "V"
//     config["password"] = "V"      setPassword("V")   setenv("DB_PASSWORD", "V")
//     {"name": "DB_PASSWORD", "value": "V"}            <add key="password" value="V"/>
//     <password>V</password>                           export DB_PASSWORD=V

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace iamcheck {

struct Statement {
  enum class Form : std::uint8_t {
    kAssigned,  ///< an operator stands between name and value
    kArgument,  ///< the value is the argument of a call, or the one behind the name
    kPaired,    ///< name and value are two members of one object
    kElement,   ///< the name is an XML element
  };
  Form form = Form::kAssigned;
  bool quoted = false;
  std::string_view name;
  std::size_t begin = 0;  ///< of the value in the text, without its quotes
  std::size_t end = 0;
};

/// The statement whose name holds the keyword `[begin, end)`. Nothing when no literal is given to
/// the name, when the value is only a part of an expression, is longer than `kMostValue`, or goes
/// on at the next line. Values without quotes are read only when `settings` says that the text may
/// be a settings file.
std::optional<Statement> read_statement(std::string_view text, std::size_t begin, std::size_t end,
                                        bool settings);

constexpr std::size_t kMostValue = 256;

/// Whether the name of a source ends like program text, where a value without quotes is a variable.
bool is_program_path(std::string_view path);

}  // namespace iamcheck
