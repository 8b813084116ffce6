# Runs one case: line 1 is the arguments, line 2 `exit N`, the rest standard output and error together.
file(READ "${CASE}" text)
string(REGEX MATCH "^([^\n]*)\nexit ([0-9]+)\n" head "${text}")
set(arguments "${CMAKE_MATCH_1}")
set(expected_code "${CMAKE_MATCH_2}")
string(LENGTH "${head}" length)
string(SUBSTRING "${text}" ${length} -1 expected)
separate_arguments(words UNIX_COMMAND "${arguments}")

set(ENV{SOURCE_DATE_EPOCH} 1767225600)
set(ENV{NO_COLOR} 1)
execute_process(COMMAND "${COMMAND}" ${words} WORKING_DIRECTORY "${FOLDER}"
  OUTPUT_VARIABLE output ERROR_VARIABLE output RESULT_VARIABLE code)

if(NOT "$ENV{IAMCHECK_UPDATE_GOLDEN}" STREQUAL "")
  file(WRITE "${CASE}" "${arguments}\nexit ${code}\n${output}")
elseif(NOT code STREQUAL expected_code)
  message(FATAL_ERROR "exit code ${code}, expected ${expected_code}\n${output}")
elseif(NOT output STREQUAL expected)
  message(FATAL_ERROR "expected:\n${expected}\ngot:\n${output}")
endif()
