# The install tree: headers, library, package configuration, and the command when it is built.
#
#   <prefix>/bin/iamcheck
#   <prefix>/include/iamcheck/*.h
#   <prefix>/lib/libiamcheck.a
#   <prefix>/lib/cmake/iamcheck/
#
# Everything but the command is in the component `development`, so that a package can leave it out.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(IAMCHECK_CMAKE_DIR "${CMAKE_INSTALL_LIBDIR}/cmake/iamcheck")

install(TARGETS iamcheck EXPORT iamcheckTargets COMPONENT development
  INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/core/include/iamcheck" COMPONENT development
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.h")
install(EXPORT iamcheckTargets NAMESPACE iamcheck:: COMPONENT development
  DESTINATION "${IAMCHECK_CMAKE_DIR}")

configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/iamcheckConfig.cmake.in"
  "${PROJECT_BINARY_DIR}/iamcheckConfig.cmake" INSTALL_DESTINATION "${IAMCHECK_CMAKE_DIR}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/iamcheckConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/iamcheckConfig.cmake"
              "${PROJECT_BINARY_DIR}/iamcheckConfigVersion.cmake"
              "${CMAKE_CURRENT_LIST_DIR}/FindRE2.cmake"
  COMPONENT development DESTINATION "${IAMCHECK_CMAKE_DIR}")

if(TARGET iamcheck_cli)
  install(TARGETS iamcheck_cli COMPONENT command RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()
