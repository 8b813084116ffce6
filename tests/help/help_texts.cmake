# What `iamcheck --help` and the --help of each of its commands print: the list `commands` (the first is
# `main`), and help_<command>.
function(read_help words variable)
  execute_process(COMMAND "${COMMAND}" ${words} --help OUTPUT_VARIABLE text RESULT_VARIABLE code)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "`iamcheck ${words} --help` exits with ${code}")
  endif()
  set(${variable} "${text}" PARENT_SCOPE)
endfunction()

read_help("" help_main)
set(commands main)
string(REGEX REPLACE "^.*\ncommands:\n" "" rest "${help_main}")
string(REGEX REPLACE "\n\noptions:.*$" "\n" rest "${rest}")
# Continuation lines are indented further.
# A line begins behind its line end: in MATCHALL `^` also stands behind each match.
string(REGEX MATCHALL "\n  [a-z][a-z-]*" names "\n${rest}")
foreach(name IN LISTS names)
  string(STRIP "${name}" name)
  list(APPEND commands ${name})
  read_help(${name} help_${name})
endforeach()
