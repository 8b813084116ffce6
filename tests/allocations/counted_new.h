#pragma once

// Counts what the program takes from the heap through operator new, in every form of it.

#include <cstddef>

namespace iamcheck::test {

/// Since the program began, in all threads.
std::size_t allocations();

}  // namespace iamcheck::test
