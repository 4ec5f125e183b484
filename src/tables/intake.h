// Any file that people have, as rows of text: opened, unpacked, decoded, told by its content. Names
// and extensions say nothing.
//
// What is read: delimited text (comma, semicolon, tab, bar), JSON Lines, XLSX workbooks and Parquet
// files; each as it is, in gzip or in zstd; from a file, a pipe, or standard input ("-"). Text may
// be UTF-8, UTF-16, windows-1251 or GB18030, recognised with evidence, or in any encoding that is
// stated.
//
// Where a row lies (its offset and length) counts in bytes():
//   delimited text, JSON Lines   the file itself, when it is UTF-8 and not packed
//   packed or in another encoding  the unpacked text in UTF-8, without a byte order mark
//   XLSX, Parquet                the CSV that this reader makes of them (xlsx.h, parquet.h), which
//   is the
//                                same on every machine
//
// Immutable once opened; any number of threads may read.
#ifndef TIDEWAITER_TABLES_INTAKE_H_
#define TIDEWAITER_TABLES_INTAKE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "tables/rows.h"

namespace tidewaiter::tables {

struct IntakeOptions {
  std::string encoding;  // stated by the user; empty: recognised
  std::string sheet;     // of a workbook; empty: the first that holds anything
  unsigned threads = 1;
  uint64_t limit = uint64_t{4} << 30;  // bytes of text that a packed file or a workbook may become
};

class Intake {
 public:
  // kBadInput, naming the file, when it is damaged, a bomb, or of a kind that is not read; the
  // message says what to do. An empty file is opened.
  static Result<std::shared_ptr<const Intake>> Open(const std::string& path,
                                                    const IntakeOptions& options = {});
  // The same of bytes that are there already; `name` stands in messages.
  static Result<std::shared_ptr<const Intake>> OfBytes(std::string raw, const std::string& name,
                                                       const IntakeOptions& options = {});

  std::string_view raw() const;    // the file as it lies on the disk
  std::string_view bytes() const;  // its rows: UTF-8 text, delimited or JSON Lines
  // The pages of a mapped file may leave the memory; what reads it again brings them back.
  void Rest() const;
  bool json_lines() const { return format_.keys != nullptr; }
  // The delimiter and the keys. `columns` is 0: that is for whoever finds the header to say.
  const RowFormat& format() const { return format_; }
  // "csv", "xlsx (gzip)", "csv (windows-1251)"
  const std::string& kind() const { return kind_; }
  // What was recognised or left out: one sentence each.
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  Intake() = default;
  static Result<std::shared_ptr<const Intake>> Read(std::shared_ptr<Intake> intake,
                                                    const std::string& name,
                                                    const IntakeOptions& options);
  Status Unpacked(const std::string& name, const IntakeOptions& options);
  Status FromWorkbook(const std::string& name, const IntakeOptions& options);
  Status FromParquet(const std::string& name, const IntakeOptions& options);
  Status FromText(const std::string& name, const IntakeOptions& options);
  Status Decode(const std::string& name, const IntakeOptions& options);
  void SetText(std::string text);

  std::unique_ptr<const MappedFile> mapped_;
  std::string raw_, text_;
  bool own_text_ = false;  // bytes() is text_, else raw()
  RowFormat format_;
  std::string kind_, packing_;
  std::vector<std::string> notes_;
};

// A file that holds no table (orders as JSON): unpacked and decoded as above, without a byte order
// mark.
Result<std::string> ReadText(const std::string& path, const IntakeOptions& options = {});

}  // namespace tidewaiter::tables

#endif  // TIDEWAITER_TABLES_INTAKE_H_
