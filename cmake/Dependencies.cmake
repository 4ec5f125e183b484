# Everything the build uses from outside. dependencies.lock.tsv has the versions; tools/fetch_dependencies.sh
# brings them. Nothing is downloaded here.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(EXPAT REQUIRED)
find_package(CURL REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(GTest REQUIRED)
find_package(CLI11 REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n data)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(SIMDJSON REQUIRED IMPORTED_TARGET simdjson)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(YAML_CPP REQUIRED IMPORTED_TARGET yaml-cpp)

find_library(PHONENUMBER_LIBRARY phonenumber REQUIRED)
find_path(PHONENUMBER_HEADERS phonenumbers/phonenumberutil.h REQUIRED)

set(TIDEWAITER_DEPS ${CMAKE_SOURCE_DIR}/.deps CACHE PATH "where tools/fetch_dependencies.sh put DuckDB")
if(NOT EXISTS ${TIDEWAITER_DEPS}/duckdb/libduckdb.so)
  message(FATAL_ERROR "DuckDB is not in ${TIDEWAITER_DEPS}/duckdb; run `make deps` first")
endif()
add_library(duckdb SHARED IMPORTED)
set_target_properties(duckdb PROPERTIES
  IMPORTED_LOCATION ${TIDEWAITER_DEPS}/duckdb/libduckdb.so
  IMPORTED_NO_SONAME FALSE
  INTERFACE_INCLUDE_DIRECTORIES ${TIDEWAITER_DEPS}/duckdb)

# Its headers bring those of protobuf and abseil: as system headers they are not warned about.
add_library(phonenumber SHARED IMPORTED)
set_target_properties(phonenumber PROPERTIES
  IMPORTED_LOCATION ${PHONENUMBER_LIBRARY}
  INTERFACE_SYSTEM_INCLUDE_DIRECTORIES ${PHONENUMBER_HEADERS})
