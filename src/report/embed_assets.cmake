# Writes OUTPUT, a C++ file that holds page.css and page.js of FOLDER as strings. Compilers bound the length of
# one literal, so each file becomes several adjacent ones.
function(literal file result)
  file(READ ${file} text)
  if(text MATCHES "\\)asset\"")
    message(FATAL_ERROR "${file} holds the delimiter of a raw string")
  endif()
  set(out "")
  string(LENGTH "${text}" length)
  set(at 0)
  while(at LESS length)
    string(SUBSTRING "${text}" ${at} 8000 piece)
    string(APPEND out "    R\"asset(${piece})asset\"\n")
    math(EXPR at "${at} + 8000")
  endwhile()
  set(${result} "${out}" PARENT_SCOPE)
endfunction()

literal(${FOLDER}/page.css css)
literal(${FOLDER}/page.js js)
file(WRITE ${OUTPUT} "// Made by embed_assets.cmake from src/report/assets; do not edit.
#include \"report/assets.h\"

namespace tidewaiter::report {

const std::string_view kStyle =
${css};

const std::string_view kScript =
${js};

}  // namespace tidewaiter::report
")
