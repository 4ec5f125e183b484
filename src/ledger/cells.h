// The text of one cell, understood as a number, a date, a code or a missing value. How a column
// writes its numbers and dates is decided for the column as a whole, from its first rows, never for
// a cell by luck.
#ifndef TIDEWAITER_LEDGER_CELLS_H_
#define TIDEWAITER_LEDGER_CELLS_H_

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace tidewaiter::ledger {

// Without blanks (and no-break spaces) at the ends.
std::string_view Trim(std::string_view text);

// The words that stand for "not known": those of every file and those of a layout. Compared without
// case (ASCII letters); the text must be trimmed.
class Nulls {
 public:
  explicit Nulls(const std::vector<std::string>& more);
  bool Contains(std::string_view text) const;

 private:
  std::vector<std::string> words_;  // upper case
  size_t longest_ = 0;
  std::array<bool, 256> begins_{};  // bytes with which some word begins
};

// A number written with this decimal sign; the other of . and , and blanks and ' may group
// thousands. A number of 15 or more significant digits is rounded to 12: what is behind is binary
// noise (8.640000000000001). nullopt: no number.
std::optional<double> ParseNumber(std::string_view text, char decimal);

// What the cells of a column say about its decimal sign.
class DecimalVote {
 public:
  void Add(std::string_view text);
  char Decide() const;  // '.' when nothing speaks for ','
  bool Contradictory() const { return points_ > 0 && commas_ > 0; }
  // Only numbers like 1,234, that can be read both ways.
  bool Ambiguous() const { return points_ == 0 && commas_ == 0 && unclear_ > 0; }

 private:
  int points_ = 0, commas_ = 0, unclear_ = 0;
};

// A format such as YYYY-MM-DD, DD.MM.YYYY, DD-MON-YYYY, MM/DD/YY, YYYYMMDD, YYYY-MM, MON-YYYY. MON
// is an English month of three or more letters. A month alone means all its days. A time behind the
// day is passed over.
class DateFormat {
 public:
  static Result<DateFormat> Parse(std::string_view format);
  std::optional<Interval> Read(std::string_view text) const;
  const std::string& text() const { return text_; }

 private:
  enum class Part : uint8_t { kYear4, kYear2, kMonth, kMonthName, kDay, kLiteral };
  struct Piece {
    Part part;
    char literal = 0;
  };
  std::string text_;
  std::vector<Piece> pieces_;
  bool separated_ = false;  // numbers end at a literal, so one digit may stand for two
};

// The formats of which one fits all cells of a column. More than one: what they disagree on is
// ambiguous.
std::vector<DateFormat> FormatsThatFit(const std::vector<std::string>& cells);

// The digits of a customs code: dots, blanks and a trailing ".0" left out. Where `digits` (or, when
// it is 0, an even number) says that leading zeros were lost, they are put back and `padded` is
// set. "" when the text is no code of 2 to 14 digits.
std::string ReadHs(std::string_view text, int digits, bool& padded);

}  // namespace tidewaiter::ledger

#endif  // TIDEWAITER_LEDGER_CELLS_H_
