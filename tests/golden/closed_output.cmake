# What happens when standard output goes away: a reader that has seen enough is no error, a full disk is.
function(expect shell_words expected)
  execute_process(COMMAND sh -c "${shell_words}" TIMEOUT 60 OUTPUT_QUIET ERROR_VARIABLE errors)
  if(NOT errors STREQUAL expected)
    message(FATAL_ERROR "${shell_words}\nexpected: ${expected}\ngot: ${errors}")
  endif()
endfunction()

# The reader is gone before the first byte is written. Python's subprocess and others start us with
# SIGPIPE ignored; a shell does not.
expect("(sleep 0.3; '${COMMAND}' rule --list; echo \"code $?\" >&2) | true" "code 0\n")
expect("trap '' PIPE; (sleep 0.3; '${COMMAND}' rule --list; echo \"code $?\" >&2) | true" "code 0\n")
if(EXISTS /dev/full)
  expect("'${COMMAND}' rule --list > /dev/full; echo \"code $?\" >&2"
    "iamcheck: cannot write the output: No space left on device\ncode 4\n")
endif()
