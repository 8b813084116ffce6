# One interface target that every target of ours links: the warnings we hold ourselves to.
add_library(iamcheck_warnings INTERFACE)
if(NOT MSVC)
  # GCC's flow warnings about memory see overlaps and overruns in its own std::string and
  # std::vector once they are inlined (GCC bugs 105329, 105651 and 107852), and which line they name
  # changes with the version and the options. Clang, asan and the tidy build judge memory instead.
  target_compile_options(iamcheck_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor
    # clang blames std::stable_sort of libstdc++ 12 for using its own deprecated buffer.
    $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>
    $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds>
    $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow>
    $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overread>
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
    $<$<BOOL:${IAMCHECK_WERROR}>:-Werror>)
endif()
