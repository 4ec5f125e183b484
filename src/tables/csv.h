// Delimited text, split so that nothing is lost: every record comes with its byte offset, its
// length and its line, and a record that cannot be read comes with the reason instead of fields.
// DuckDB's own reader gives neither offsets nor faithful rejects, which is why this one exists.
//
// What a record is (and the scanner and the splitter agree on it, because they are the same
// function):
//  * Fields are separated by the delimiter, records by \n, \r\n or \r at the end of the file.
//  * A quote opens a quoted field only at the field's first byte; elsewhere it is an ordinary
//  character
//    (`ACME "X" LTD` is read as it stands). Inside a quoted field "" is one quote, and line ends
//    are text.
//  * After the closing quote only a delimiter or a line end may follow. Where something else
//  follows, where the
//    quote never closes, or where a record of several lines has not the expected number of fields,
//    the quote is taken as never closed: the line on which the record began is rejected alone, and
//    reading goes on with the next line. One stray quote thus costs one line and never the rest of
//    the file.
//  * A line without any byte is no record.
//
// Speed comes from memchr, whole blocks checked at once for UTF-8 and NUL, and blocks that can be
// split on any number of threads: block borders depend on the bytes alone, so the result does too.
#ifndef TIDEWAITER_TABLES_CSV_H_
#define TIDEWAITER_TABLES_CSV_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tidewaiter::tables {

enum class RejectReason : uint8_t {
  kNone,
  kTooFewFields,
  kTooManyFields,
  kUnclosedQuote,
  kNul,
  kNotUtf8,
  kFieldTooLong,
  kTextAfterQuote,
  kNotJson,  // of JSON Lines (jsonl.h)
};

inline constexpr uint64_t kLongestField = uint64_t{10} << 20;  // bytes

struct Dialect {
  char delimiter = ',';
  uint32_t columns = 0;  // fields that every record must have; 0: any number
};

// One record. `fields` and what they point to live until the next record is asked for (unquoted
// text points into the file itself and lives as long as that).
struct Record {
  uint64_t offset = 0;  // of the first byte, in the bytes given
  uint64_t length = 0;  // without the line end
  uint64_t line = 0;    // from 1, of the line on which it begins
  RejectReason reason = RejectReason::kNone;
  std::span<const std::string_view>
      fields;  // of a reject: those that could be told apart, maybe none
};

// A run of whole records: what one thread splits at a time.
struct Block {
  uint64_t offset = 0, length = 0;
  uint64_t first_record = 0;  // number of records before it
  uint64_t first_line = 1;
  uint64_t records = 0;
};

// What a reject says, for people: "3 fields where the header has 5".
std::string Explain(RejectReason reason, const Dialect& dialect, size_t fields);

// The bytes behind a byte order mark start at this offset: 3 with a UTF-8 mark, else 0.
uint64_t AfterByteOrderMark(std::string_view bytes);

// The delimiter among , ; tab | that splits the first records most evenly. ',' when none does.
char DetectDelimiter(std::string_view bytes);

// Cuts bytes[from, end) into blocks of about `block_bytes`, sequentially, at several GB/s.
std::vector<Block> CutBlocks(std::string_view bytes, uint64_t from, uint64_t first_line,
                             const Dialect& dialect, uint64_t block_bytes,
                             const std::function<void()>& rest = {});

// Reads the records that begin in bytes[from, to), in order; to know where one ends it may look
// behind `to`. One reader a thread; `bytes` must outlive it.
class CsvReader {
 public:
  CsvReader(std::string_view bytes, uint64_t from, uint64_t to, uint64_t first_line,
            const Dialect& dialect);

  // The next record, or nullptr at the end.
  const Record* Next();
  uint64_t position() const { return position_; }  // where the next record begins
  uint64_t line() const { return line_; }

 private:
  void Split(std::string_view record);
  std::string_view Unquoted(std::string_view quoted);

  std::string_view bytes_;
  uint64_t position_, end_, line_;
  Dialect dialect_;
  bool suspicious_;  // the block holds a NUL or bytes that are not UTF-8: look at each record
  Record record_;
  std::vector<std::string_view> fields_;
  std::vector<std::unique_ptr<std::string>> unescaped_;  // of the current record
  size_t unescaped_used_ = 0;
};

// Appends `text` as one CSV field, quoted when it must be. Bytes that are not UTF-8 become U+FFFD.
void AppendCsvField(std::string_view text, std::string& out);

}  // namespace tidewaiter::tables

#endif  // TIDEWAITER_TABLES_CSV_H_
