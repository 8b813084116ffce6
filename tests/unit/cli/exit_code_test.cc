#include "exit_code.h"

#include "catch.h"

using iamcheck::cli::worst_of;

TEST_CASE("exit codes: several at once count as 4, 2, 3, 1 in that order") {
  CHECK(worst_of(0, 0) == 0);
  CHECK(worst_of(0, 1) == 1);
  CHECK(worst_of(1, 3) == 3);
  CHECK(worst_of(3, 1) == 3);
  CHECK(worst_of(2, 3) == 2);
  CHECK(worst_of(3, 2) == 2);
  CHECK(worst_of(2, 4) == 4);
  CHECK(worst_of(4, 1) == 4);
}
