# One way to declare each kind of target.

add_library(tidewaiter_options INTERFACE)
target_compile_options(tidewaiter_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                       -Wno-sign-conversion -Werror=return-type)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # False alarms of GCC 12 inside std::string and std::optional.
  target_compile_options(tidewaiter_options INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
endif()
target_include_directories(tidewaiter_options INTERFACE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/include)
target_link_libraries(tidewaiter_options INTERFACE Threads::Threads)
# assert() stays on in every build that tests run in; the release build keeps it too: a violated assumption
# about who may be supplied must not go on in silence.
string(REPLACE "-DNDEBUG" "" CMAKE_CXX_FLAGS_RELEASE "${CMAKE_CXX_FLAGS_RELEASE}")
string(REPLACE "-DNDEBUG" "" CMAKE_CXX_FLAGS_RELWITHDEBINFO "${CMAKE_CXX_FLAGS_RELWITHDEBINFO}")

set(TIDEWAITER_SANITIZE "" CACHE STRING "comma list of sanitizers, e.g. address,undefined")
if(TIDEWAITER_SANITIZE)
  add_compile_options(-fsanitize=${TIDEWAITER_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${TIDEWAITER_SANITIZE})
endif()
option(TIDEWAITER_FUZZ "build the fuzz targets (clang only)" OFF)
if(TIDEWAITER_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# tidewaiter_folder(NAME USES other folders... LIBRARIES external libraries...)
# The target of src/NAME: all its .cc files (those below subfolders too) but tests, and one test program of its
# *_test.cc files. USES lists the folders that it may include, and is what links.
function(tidewaiter_folder name)
  cmake_parse_arguments(ARG "" "" "USES;LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cc)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "(_test|_main)\\.cc$")
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  if(NOT sources)
    return()
  endif()
  add_library(${name} STATIC ${sources})
  set_property(GLOBAL APPEND PROPERTY TIDEWAITER_FOLDERS ${name})
  target_link_libraries(${name} PUBLIC tidewaiter_options ${ARG_USES} PRIVATE ${ARG_LIBRARIES})
  if(tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE ${name} ${ARG_LIBRARIES} GTest::gtest GTest::gmock GTest::gtest_main)
    add_test(NAME ${name} COMMAND ${name}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  endif()
endfunction()
