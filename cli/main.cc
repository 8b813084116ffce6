#include <cstdio>
#include <exception>

#include "app.h"
#include "exit_code.h"

int main(int argc, char** argv) {
  try {
    return iamcheck::cli::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "iamcheck: internal error: %s; please report this\n", error.what());
    return iamcheck::cli::kInternal;
  }
}
