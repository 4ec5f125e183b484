// The idea: a line without a quote is a record, found by two memchr at memory speed; only a line
// with a quote is walked field by field. The walk decides alone where a record ends, so cutting
// blocks and splitting fields cannot disagree.
#include "tables/csv.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <map>

namespace tidewaiter::tables {
namespace {

constexpr char kQuote = '"';

// The extent of one record.
struct Extent {
  uint64_t length = 0;  // without the line end
  uint64_t next = 0;    // where the next one begins
  uint64_t lines = 1;   // physical lines covered
  RejectReason reason = RejectReason::kNone;
};

uint64_t Seek(std::string_view bytes, char what, uint64_t from, uint64_t to) {
  const void* found = from < to ? std::memchr(bytes.data() + from, what, to - from) : nullptr;
  return found == nullptr ? to
                          : static_cast<uint64_t>(static_cast<const char*>(found) - bytes.data());
}

// Where the content of the line that ends at `line_end` stops: before a carriage return.
uint64_t WithoutReturn(std::string_view bytes, uint64_t from, uint64_t line_end) {
  return line_end > from && bytes[line_end - 1] == '\r' ? line_end - 1 : line_end;
}

bool EndsLine(std::string_view bytes, uint64_t at, uint64_t end) {
  return at == end || bytes[at] == '\n' ||
         (bytes[at] == '\r' && (at + 1 == end || bytes[at + 1] == '\n'));
}

struct Quoted {
  uint64_t close = 0;  // of the closing quote
  RejectReason reason = RejectReason::kNone;
};

// The end of the quoted field that opens at `open`.
Quoted CloseQuote(std::string_view bytes, uint64_t open, uint64_t end, char delimiter) {
  const uint64_t limit = std::min(end, open + kLongestField + 2);
  for (uint64_t at = open + 1;;) {
    at = Seek(bytes, kQuote, at, limit);
    if (at == limit)
      return {0, limit == end ? RejectReason::kUnclosedQuote : RejectReason::kFieldTooLong};
    if (at + 1 < end && bytes[at + 1] == kQuote) {
      at += 2;
      continue;
    }
    if (EndsLine(bytes, at + 1, end) || bytes[at + 1] == delimiter)
      return {at, RejectReason::kNone};
    const bool same_line = Seek(bytes, '\n', open, at) == at;
    return {0, same_line ? RejectReason::kTextAfterQuote : RejectReason::kUnclosedQuote};
  }
}

// The record at `from`, whose first line ends at `line_end`, field by field.
Extent Walk(std::string_view bytes, uint64_t from, uint64_t line_end, uint64_t end,
            const Dialect& dialect) {
  const Extent first_line{
      WithoutReturn(bytes, from, line_end) - from, std::min(line_end + 1, end), 1, {}};
  auto rejected = [&](RejectReason reason) {
    Extent extent = first_line;
    extent.reason = reason;
    return extent;
  };
  uint64_t fields = 0, lines = 1, current_end = line_end;
  for (uint64_t at = from;; ++at) {
    ++fields;
    if (at < end && bytes[at] == kQuote) {
      const Quoted quoted = CloseQuote(bytes, at, end, dialect.delimiter);
      if (quoted.reason != RejectReason::kNone) return rejected(quoted.reason);
      while (current_end < quoted.close) {
        current_end = Seek(bytes, '\n', current_end + 1, end);
        ++lines;
      }
      at = quoted.close + 1;
    } else {
      at = Seek(bytes, dialect.delimiter, at, current_end);
    }
    if (at >= current_end || bytes[at] != dialect.delimiter) break;
  }
  if (lines > 1 && dialect.columns != 0 && fields != dialect.columns) {
    return rejected(RejectReason::kUnclosedQuote);
  }
  return {
      WithoutReturn(bytes, from, current_end) - from, std::min(current_end + 1, end), lines, {}};
}

Extent FindRecord(std::string_view bytes, uint64_t from, uint64_t end, const Dialect& dialect) {
  const uint64_t line_end = Seek(bytes, '\n', from, end);
  if (Seek(bytes, kQuote, from, line_end) != line_end)
    return Walk(bytes, from, line_end, end, dialect);
  return {WithoutReturn(bytes, from, line_end) - from, std::min(line_end + 1, end), 1, {}};
}

bool IsUtf8(std::string_view bytes) { return simdjson::validate_utf8(bytes.data(), bytes.size()); }
bool HasNul(std::string_view bytes) { return bytes.find('\0') != std::string_view::npos; }

// How evenly a delimiter splits the first records: the share of records with the commonest number
// of fields, and that number.
struct Evenness {
  double share = 0;
  size_t fields = 0;
  auto operator<=>(const Evenness&) const = default;
};

Evenness Measure(std::string_view sample, char delimiter) {
  constexpr int kRecords = 100;
  std::map<size_t, int> counts;
  int records = 0;
  CsvReader reader(sample, 0, sample.size(), 1, Dialect{delimiter, 0});
  for (const Record* record = reader.Next(); record != nullptr && records < kRecords;
       record = reader.Next()) {
    ++counts[record->fields.size()];
    ++records;
  }
  Evenness best;
  for (const auto& [fields, count] : counts) {
    if (fields >= 2) best = std::max(best, Evenness{static_cast<double>(count) / records, fields});
  }
  return best;
}

}  // namespace

std::string Explain(RejectReason reason, const Dialect& dialect, size_t fields) {
  switch (reason) {
    case RejectReason::kNone:
      return "";
    case RejectReason::kTooFewFields:
    case RejectReason::kTooManyFields:
      return std::to_string(fields) + (fields == 1 ? " field" : " fields") +
             " where the header has " + std::to_string(dialect.columns);
    case RejectReason::kUnclosedQuote:
      return "a quote opens and is never closed";
    case RejectReason::kNul:
      return "a NUL byte";
    case RejectReason::kNotUtf8:
      return "not UTF-8";
    case RejectReason::kFieldTooLong:
      return "a field of more than " + std::to_string(kLongestField >> 20) + " MB";
    case RejectReason::kTextAfterQuote:
      return "text behind a closing quote";
    case RejectReason::kNotJson:
      return "no JSON object";
  }
  return "";
}

uint64_t AfterByteOrderMark(std::string_view bytes) {
  return bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

char DetectDelimiter(std::string_view bytes) {
  constexpr size_t kSample = 256 << 10;
  std::string_view sample = bytes.substr(AfterByteOrderMark(bytes));
  if (sample.size() > kSample) {
    sample = sample.substr(0, kSample);
    sample = sample.substr(0, sample.rfind('\n') + 1);
  }
  Evenness best;
  char chosen = ',';
  for (const char delimiter : {',', ';', '\t', '|'}) {
    const Evenness evenness = Measure(sample, delimiter);
    if (evenness > best) {
      best = evenness;
      chosen = delimiter;
    }
  }
  return chosen;
}

std::vector<Block> CutBlocks(std::string_view bytes, uint64_t from, uint64_t first_line,
                             const Dialect& dialect, uint64_t block_bytes,
                             const std::function<void()>& rest) {
  std::vector<Block> blocks;
  Block block{from, 0, 0, first_line, 0};
  uint64_t line = first_line;
  for (uint64_t at = from; at < bytes.size();) {
    const Extent extent = FindRecord(bytes, at, bytes.size(), dialect);
    if (extent.length > 0) ++block.records;
    line += extent.lines;
    at = extent.next;
    block.length = at - block.offset;
    if (block.length >= block_bytes) {
      blocks.push_back(block);
      if (rest) rest();
      block = Block{at, 0, block.first_record + block.records, line, 0};
    }
  }
  if (block.length > 0) blocks.push_back(block);
  return blocks;
}

CsvReader::CsvReader(std::string_view bytes, uint64_t from, uint64_t to, uint64_t first_line,
                     const Dialect& dialect)
    : bytes_(bytes), position_(from), end_(to), line_(first_line), dialect_(dialect) {
  const std::string_view block = bytes.substr(from, to - from);
  suspicious_ = HasNul(block) || !IsUtf8(block);
}

const Record* CsvReader::Next() {
  for (;;) {
    if (position_ >= end_) return nullptr;
    const Extent extent = FindRecord(bytes_, position_, bytes_.size(), dialect_);
    record_ = Record{position_, extent.length, line_, extent.reason, {}};
    position_ = extent.next;
    line_ += extent.lines;
    if (extent.length > 0) break;
  }
  const std::string_view text = bytes_.substr(record_.offset, record_.length);
  if (suspicious_) {
    if (HasNul(text)) {
      record_.reason = RejectReason::kNul;
    } else if (!IsUtf8(text)) {
      record_.reason = RejectReason::kNotUtf8;
    }
  }
  if (record_.reason == RejectReason::kNone) Split(text);
  return &record_;
}

void CsvReader::Split(std::string_view record) {
  fields_.clear();
  unescaped_used_ = 0;
  size_t longest = 0;
  for (size_t at = 0;; ++at) {
    size_t to;
    if (at < record.size() && record[at] == kQuote) {
      to = CloseQuote(record, at, record.size(), dialect_.delimiter).close + 1;
      fields_.push_back(Unquoted(record.substr(at + 1, to - at - 2)));
    } else {
      to = Seek(record, dialect_.delimiter, at, record.size());
      fields_.push_back(record.substr(at, to - at));
    }
    longest = std::max(longest, fields_.back().size());
    at = to;
    if (at >= record.size()) break;
  }
  record_.fields = fields_;
  if (longest > kLongestField) {
    record_.reason = RejectReason::kFieldTooLong;
  } else if (dialect_.columns != 0 && fields_.size() != dialect_.columns) {
    record_.reason = fields_.size() < dialect_.columns ? RejectReason::kTooFewFields
                                                       : RejectReason::kTooManyFields;
  }
}

std::string_view CsvReader::Unquoted(std::string_view quoted) {
  size_t at = quoted.find(kQuote);
  if (at == std::string_view::npos) return quoted;
  if (unescaped_used_ == unescaped_.size()) unescaped_.push_back(std::make_unique<std::string>());
  std::string& text = *unescaped_[unescaped_used_++];
  text.clear();
  size_t from = 0;
  for (; at != std::string_view::npos; at = quoted.find(kQuote, from)) {
    text.append(quoted.substr(from, at + 1 - from));
    from = at + 2;
  }
  text.append(quoted.substr(from));
  return text;
}

namespace {

// Length of the UTF-8 character at text[at], 0 when the bytes there are none.
size_t CharacterLength(std::string_view text, size_t at) {
  for (size_t length = 1; length <= 4 && at + length <= text.size(); ++length) {
    if (IsUtf8(text.substr(at, length))) return length;
  }
  return 0;
}

std::string Repaired(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t length = CharacterLength(text, at);
    out.append(length == 0 ? "\xEF\xBF\xBD" : text.substr(at, length));
    at += std::max<size_t>(length, 1);
  }
  return out;
}

}  // namespace

void AppendCsvField(std::string_view text, std::string& out) {
  std::string repaired;
  if (!IsUtf8(text)) {
    repaired = Repaired(text);
    text = repaired;
  }
  const bool plain = std::none_of(text.begin(), text.end(), [](char c) {
    return (c == ',') | (c == kQuote) | (c == '\n') | (c == '\r');
  });
  if (plain) {
    out.append(text);
    return;
  }
  out.push_back(kQuote);
  for (const char c : text) {
    if (c == kQuote) out.push_back(kQuote);
    out.push_back(c);
  }
  out.push_back(kQuote);
}

}  // namespace tidewaiter::tables
