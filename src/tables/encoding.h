// Bytes of a text file to UTF-8. Which encoding it is comes from the user, from a byte order mark,
// or from counts that are told as evidence; where two readings are as good as each other, nobody
// guesses.
#ifndef TIDEWAITER_TABLES_ENCODING_H_
#define TIDEWAITER_TABLES_ENCODING_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tidewaiter::tables {

// The last two are read when the user states them, and never recognised: nothing tells them apart.
enum class Encoding : uint8_t {
  kUtf8,
  kUtf16Le,
  kUtf16Be,
  kWindows1251,
  kGb18030,
  kWindows1252,
  kWindows1254
};
std::string_view ToString(Encoding encoding);  // "windows-1251"
// Case, blanks and hyphens do not matter; cp1251, gbk, gb2312, latin1 and utf16 are understood too.
std::optional<Encoding> ParseEncoding(std::string_view text);
std::string KnownEncodings();  // "utf-8, utf-16le, ..."

struct EncodingGuess {
  Encoding encoding = Encoding::kUtf8;
  std::string evidence;    // for people: "a byte order mark"
  bool undecided = false;  // two encodings fit; `evidence` names them
};
// Looks at all bytes for UTF-8 and at up to 1 MB of the lines that are not. Text in which only some
// lines are not UTF-8 is UTF-8 with bad lines.
// `rest` is called now and then, by any of the threads, while all bytes are read: what was read may
// leave the memory.
EncodingGuess GuessEncoding(std::string_view bytes, unsigned threads = 1,
                            const std::function<void()>& rest = {});

// The text without its byte order mark. What is no character of the encoding becomes the byte FF,
// which no UTF-8 holds: the row is rejected then, and not read with a hole in it.
std::string ToUtf8(std::string_view bytes, Encoding encoding);

}  // namespace tidewaiter::tables

#endif  // TIDEWAITER_TABLES_ENCODING_H_
