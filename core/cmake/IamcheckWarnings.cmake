# One interface target that every target of ours links: the warnings we hold ourselves to.
add_library(iamcheck_warnings INTERFACE)
if(NOT MSVC)
  target_compile_options(iamcheck_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor
    $<$<BOOL:${IAMCHECK_WERROR}>:-Werror>)
endif()
