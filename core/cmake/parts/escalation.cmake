# The ways to escalate become a text of the library: rules/escalation/paths.csv -> escalation_paths.inc.
set(escalation_table "${PROJECT_SOURCE_DIR}/rules/escalation/paths.csv")
set(IAMCHECK_ESCALATION_DIR "${CMAKE_CURRENT_BINARY_DIR}/escalation")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${escalation_table}")
file(READ "${escalation_table}" escalation_text)
file(MAKE_DIRECTORY "${IAMCHECK_ESCALATION_DIR}")
file(CONFIGURE OUTPUT "${IAMCHECK_ESCALATION_DIR}/escalation_paths.inc"
  CONTENT "R\"iamcheck(@escalation_text@)iamcheck\"\n" @ONLY)
target_include_directories(iamcheck PRIVATE "${IAMCHECK_ESCALATION_DIR}")
