#include "lists/delimited.h"

#include <algorithm>
#include <array>

namespace tidewaiter::lists {
namespace {

constexpr size_t kMaxField = 1 << 20;

// The characters of Windows-1252 at 0x80 to 0x9F; 0 where it has none.
constexpr std::array<uint16_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

bool IsUtf8(std::string_view text) {
  const auto at = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  for (size_t i = 0; i < text.size();) {
    const unsigned lead = at(i);
    const size_t length = lead < 0x80   ? 1
                          : lead < 0xC2 ? 0
                          : lead < 0xE0 ? 2
                          : lead < 0xF0 ? 3
                          : lead < 0xF5 ? 4
                                        : 0;
    if (length == 0 || i + length > text.size()) return false;
    for (size_t k = 1; k < length; ++k) {
      if ((at(i + k) & 0xC0U) != 0x80) return false;
    }
    if (length == 3 && ((lead == 0xE0 && at(i + 1) < 0xA0) || (lead == 0xED && at(i + 1) >= 0xA0)))
      return false;
    if (length == 4 && ((lead == 0xF0 && at(i + 1) < 0x90) || (lead == 0xF4 && at(i + 1) >= 0x90)))
      return false;
    i += length;
  }
  return true;
}

// Walks over the text; one call of Next() a row.
class Splitter {
 public:
  Splitter(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  }

  bool AtEnd() const { return at_ >= text_.size() || text_[at_] == '\x1a'; }
  uint64_t line() const { return line_; }
  uint64_t open_quote() const { return open_quote_; }  // 0: every quote closed
  bool too_long() const { return too_long_; }

  Row Next() {
    Row row;
    row.line = line_;
    bool more = true;
    while (more) more = Field(row);
    return row;
  }

 private:
  // Appends one field; true when another follows in this row.
  bool Field(Row& row) {
    std::string value;
    size_t start = at_;
    while (start < text_.size() && text_[start] == ' ' && delimiter_ != ' ') ++start;
    const bool quoted = start < text_.size() && text_[start] == '"';
    if (quoted) {
      at_ = start + 1;
      QuotedPart(value);
    }
    const size_t from = at_;
    while (at_ < text_.size() && text_[at_] != delimiter_ && text_[at_] != '\n' &&
           text_[at_] != '\x1a')
      ++at_;
    std::string_view rest = text_.substr(from, at_ - from);
    if (rest.ends_with('\r')) rest.remove_suffix(1);
    if (!quoted || rest.find_first_not_of(' ') != std::string_view::npos) value += rest;
    too_long_ |= value.size() > kMaxField;
    row.fields.push_back(std::move(value));
    row.quoted.push_back(quoted);
    if (at_ >= text_.size() || text_[at_] == '\x1a') return false;
    const bool more = text_[at_] == delimiter_;
    if (!more) ++line_;
    ++at_;
    return more;
  }

  void QuotedPart(std::string& value) {
    const uint64_t opened = line_;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
          ++at_;
        } else {
          ++at_;
          return;
        }
      }
      if (c == '\n') ++line_;
      value += c;
    }
    open_quote_ = opened;
  }

  std::string_view text_;
  char delimiter_;
  size_t at_ = 0;
  uint64_t line_ = 1;
  uint64_t open_quote_ = 0;
  bool too_long_ = false;
};

}  // namespace

std::string ToUtf8(std::string_view bytes) {
  if (IsUtf8(bytes)) return std::string(bytes);
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 16);
  for (const char raw : bytes) {
    unsigned c = static_cast<unsigned char>(raw);
    if (c >= 0x80 && c < 0xA0) c = kWindows1252[c - 0x80] == 0 ? 0xFFFD : kWindows1252[c - 0x80];
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xC0 | (c >> 6));
      out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
      out += static_cast<char>(0xE0 | (c >> 12));
      out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      out += static_cast<char>(0x80 | (c & 0x3F));
    }
  }
  return out;
}

Status ForEachRow(std::string_view bytes, char delimiter, const std::string& file,
                  const std::function<Status(Row)>& take) {
  if (const size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
    const auto line =
        static_cast<uint64_t>(std::count(bytes.begin(), bytes.begin() + nul, '\n')) + 1;
    return BadInput("a zero byte: this is not text; fetch the file again", file, line);
  }
  const std::string decoded = IsUtf8(bytes) ? std::string() : ToUtf8(bytes);
  Splitter splitter(decoded.empty() ? bytes : std::string_view(decoded), delimiter);
  bool any = false;
  while (!splitter.AtEnd()) {
    Row row = splitter.Next();
    if (splitter.open_quote() != 0) {
      return BadInput("the file ends inside a quoted field; it looks cut off, fetch it again", file,
                      splitter.open_quote());
    }
    if (splitter.too_long())
      return BadInput("a field of more than 1 MB; a quote is missing", file, row.line);
    const bool blank = row.fields.size() == 1 && Trim(row.fields[0]).empty();
    if (blank) continue;
    any = true;
    TW_RETURN_IF_ERROR(take(std::move(row)));
  }
  if (!any) return BadInput("is empty; fetch the file again", file, 1);
  return {};
}

Result<std::vector<Row>> SplitRows(std::string_view bytes, char delimiter,
                                   const std::string& file) {
  std::vector<Row> rows;
  const auto keep = [&](Row row) -> Status {
    rows.push_back(std::move(row));
    return {};
  };
  TW_RETURN_IF_ERROR(ForEachRow(bytes, delimiter, file, keep));
  return rows;
}

std::vector<std::string> FirstRow(std::string_view bytes, char delimiter) {
  const std::string text = ToUtf8(bytes.substr(0, 1 << 16));
  Splitter splitter(text, delimiter);
  if (splitter.AtEnd()) return {};
  return splitter.Next().fields;
}

uint64_t LastLine(std::string_view bytes) {
  return static_cast<uint64_t>(std::count(bytes.begin(), bytes.end(), '\n')) + 1;
}

Columns::Columns(const std::vector<std::string>& header) {
  for (const auto& name : header) names_.push_back(Lower(Trim(name)));
}

int Columns::Find(std::string_view name) const {
  const auto found = std::find(names_.begin(), names_.end(), Lower(name));
  return found == names_.end() ? -1 : static_cast<int>(found - names_.begin());
}

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const size_t from = text.find_first_not_of(kBlanks);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kBlanks) - from + 1);
}

std::vector<std::string> SplitTrimmed(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find(separator, at), text.size());
    const std::string_view part = Trim(text.substr(at, end - at));
    if (!part.empty()) parts.emplace_back(part);
    at = end + separator.size();
  }
  return parts;
}

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

bool ContainsNoCase(std::string_view text, std::string_view lower_case_word) {
  return Lower(text).find(lower_case_word) != std::string::npos;
}

}  // namespace tidewaiter::lists
