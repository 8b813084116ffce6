#pragma once

// One test suite for Catch2 v2 (Debian 12) and v3: include this, never a Catch2 header.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
