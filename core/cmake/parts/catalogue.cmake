# The service authorization catalogue: rules/catalogue/*.txt -> packer -> blob -> the library.
#
# The packer runs on the machine that builds. Where that is not the machine that runs the result, pack
# once natively and pass the file as IAMCHECK_CATALOGUE_BLOB.
set(IAMCHECK_CATALOGUE_BLOB "" CACHE FILEPATH "A packed catalogue to embed instead of rules/catalogue")
if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang" AND NOT WIN32)
  set(catalogue_incbin_default ON)
else()
  set(catalogue_incbin_default OFF)
endif()
option(IAMCHECK_CATALOGUE_INCBIN "Embed the catalogue with the assembler's .incbin, not as a C array"
       ${catalogue_incbin_default})

set(catalogue_folder "${PROJECT_SOURCE_DIR}/rules/catalogue")
set(catalogue_binary_dir "${CMAKE_CURRENT_BINARY_DIR}/catalogue")
set(catalogue_array "${catalogue_binary_dir}/catalogue_array.cc")
file(MAKE_DIRECTORY "${catalogue_binary_dir}")

add_executable(iamcheck_catalogue_pack
  "${CMAKE_CURRENT_SOURCE_DIR}/pack/catalogue_pack.cc"
  "${CMAKE_CURRENT_SOURCE_DIR}/pack/catalogue_tables.cc"
  "${CMAKE_CURRENT_SOURCE_DIR}/pack/blob_writer.cc")
target_include_directories(iamcheck_catalogue_pack PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}/src"
                                                           "${CMAKE_CURRENT_SOURCE_DIR}/pack")
target_link_libraries(iamcheck_catalogue_pack PRIVATE iamcheck_warnings ZLIB::ZLIB)

if(IAMCHECK_CATALOGUE_BLOB)
  set(catalogue_blob "${IAMCHECK_CATALOGUE_BLOB}")
  if(NOT IAMCHECK_CATALOGUE_INCBIN)
    message(FATAL_ERROR "IAMCHECK_CATALOGUE_BLOB needs IAMCHECK_CATALOGUE_INCBIN")
  endif()
else()
  set(catalogue_blob "${catalogue_binary_dir}/catalogue.bin")
  file(GLOB catalogue_texts CONFIGURE_DEPENDS "${catalogue_folder}/*.txt")
  if(IAMCHECK_CATALOGUE_INCBIN)
    set(catalogue_extra_argument "")
    set(catalogue_extra_output "")
  else()
    set(catalogue_extra_argument "${catalogue_array}")
    set(catalogue_extra_output "${catalogue_array}")
  endif()
  add_custom_command(
    OUTPUT "${catalogue_blob}" ${catalogue_extra_output}
    COMMAND iamcheck_catalogue_pack "${catalogue_folder}" "${catalogue_blob}"
            ${catalogue_extra_argument}
    DEPENDS iamcheck_catalogue_pack ${catalogue_texts} "${catalogue_folder}/PROVENANCE"
    COMMENT "Packing the service authorization catalogue"
    VERBATIM)
endif()

if(IAMCHECK_CATALOGUE_INCBIN)
  set(IAMCHECK_CATALOGUE_BLOB_PATH "${catalogue_blob}")
  set(catalogue_source "${catalogue_binary_dir}/catalogue_blob.cc")
  configure_file("${CMAKE_CURRENT_SOURCE_DIR}/pack/catalogue_blob.cc.in" "${catalogue_source}" @ONLY)
  set_source_files_properties("${catalogue_source}" PROPERTIES OBJECT_DEPENDS "${catalogue_blob}")
else()
  set(catalogue_source "${catalogue_array}")
endif()
target_sources(iamcheck PRIVATE "${catalogue_source}")
set_property(GLOBAL PROPERTY IAMCHECK_CATALOGUE_FILE "${catalogue_blob}")
