// Writes a C++ file whose functions are the ```cpp examples of a header, so that the build compiles
// them.
//
//   examples HEADER STEM OUTPUT
//
// #line sends the compiler's messages to the header.
#include <fstream>
#include <iostream>
#include <string>

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: examples HEADER STEM OUTPUT\n";
    return 2;
  }
  std::ifstream in(argv[1]);
  std::string body;
  std::string line;
  int number = 0;
  int examples = 0;
  bool inside = false;
  while (std::getline(in, line)) {
    ++number;
    if (!inside && line == "// ```cpp") {
      inside = true;
      body += "\n[[maybe_unused]] void example_" + std::string(argv[2]) + "_" +
              std::to_string(++examples) + "() {\n";
      body += "#line " + std::to_string(number + 1) + " \"" + argv[1] + "\"\n";
    } else if (inside && line == "// ```") {
      inside = false;
      body += "}\n";
    } else if (inside) {
      body += line.starts_with("// ") ? line.substr(3) : (line == "//" ? "" : line);
      body += "\n";
    }
  }
  std::ofstream out(argv[3]);
  out << "#include \"iamcheck/" << argv[2]
      << ".h\"\n\n#include <string>\n#include <vector>\n\nnamespace {\n"
      << body << "\n}  // namespace\n";
  out.close();
  return in.eof() && out ? 0 : 1;
}
