# Finds RE2 and defines re2::re2.
#
# Newer packages ship a CMake configuration; Debian 12 does not, and its re2.pc claims version 0.0.0,
# so the fallback looks for the library itself. Set IAMCHECK_STATIC_RE2 to prefer libre2.a (wheels).
find_package(re2 CONFIG QUIET)
if(TARGET re2::re2)
  set(RE2_FOUND TRUE)
  return()
endif()

find_path(RE2_INCLUDE_DIR re2/re2.h)
if(IAMCHECK_STATIC_RE2)
  find_library(RE2_LIBRARY NAMES libre2.a re2)
else()
  find_library(RE2_LIBRARY NAMES re2)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(RE2 REQUIRED_VARS RE2_LIBRARY RE2_INCLUDE_DIR)

if(RE2_FOUND)
  find_package(Threads REQUIRED)
  add_library(re2::re2 UNKNOWN IMPORTED)
  set_target_properties(re2::re2 PROPERTIES
    IMPORTED_LOCATION "${RE2_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${RE2_INCLUDE_DIR}"
    INTERFACE_LINK_LIBRARIES Threads::Threads)
endif()
mark_as_advanced(RE2_INCLUDE_DIR RE2_LIBRARY)
