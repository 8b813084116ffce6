# The rule pages become a table of the library: rules/*/*.md -> rule_pages.inc, rule_checks.inc.
# The packer refuses a page with a defect, so a wrong page stops the build.
add_executable(iamcheck_rules_pack
  "${PROJECT_SOURCE_DIR}/core/pack/rules_pack.cc"
  "${PROJECT_SOURCE_DIR}/core/pack/rule_page_reader.cc"
  "${PROJECT_SOURCE_DIR}/core/pack/front_matter.cc"
  "${PROJECT_SOURCE_DIR}/core/src/text/page_examples.cc")
target_include_directories(iamcheck_rules_pack PRIVATE "${PROJECT_SOURCE_DIR}/core/src")
target_link_libraries(iamcheck_rules_pack PRIVATE iamcheck_warnings)
target_compile_features(iamcheck_rules_pack PRIVATE cxx_std_20)

file(GLOB IAMCHECK_RULE_PAGES CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/rules/policy/*.md"
                                                "${PROJECT_SOURCE_DIR}/rules/credentials/*.md")
set(IAMCHECK_RULES_DIR "${CMAKE_CURRENT_BINARY_DIR}/rules")
add_custom_command(
  OUTPUT "${IAMCHECK_RULES_DIR}/rule_pages.inc" "${IAMCHECK_RULES_DIR}/rule_checks.inc"
  COMMAND ${CMAKE_COMMAND} -E make_directory "${IAMCHECK_RULES_DIR}"
  COMMAND iamcheck_rules_pack "${PROJECT_SOURCE_DIR}/rules" "${IAMCHECK_RULES_DIR}"
  DEPENDS iamcheck_rules_pack ${IAMCHECK_RULE_PAGES}
  COMMENT "Packing the rule pages"
  VERBATIM)
target_sources(iamcheck PRIVATE "${IAMCHECK_RULES_DIR}/rule_pages.inc"
                                "${IAMCHECK_RULES_DIR}/rule_checks.inc")
target_include_directories(iamcheck PRIVATE "${IAMCHECK_RULES_DIR}")
