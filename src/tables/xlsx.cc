#include "tables/xlsx.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "tables/csv.h"
#include "tables/sax.h"
#include "tables/sheet_cells.h"
#include "tables/xml_scan.h"

namespace tidewaiter::tables {
namespace {

uint32_t Whole(std::string_view text, uint32_t otherwise) {
  uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && !text.empty() ? value
                                                                                   : otherwise;
}

bool IsTrue(std::string_view text) { return text == "1" || text == "true"; }

// xl/workbook.xml: which sheets there are, and from which day their dates count.
class WorkbookPart : public XmlHandler {
 public:
  struct Sheet {
    std::string name, relation;
  };
  std::vector<Sheet> visible;
  bool from_1904 = false;

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr") from_1904 = IsTrue(attributes.Find("date1904"));
    if (name != "sheet") return;
    const auto state = attributes.Find("state");
    if (state.empty() || state == "visible")
      visible.push_back({std::string(attributes.Find("name")), std::string(attributes.Find("id"))});
  }
  void End(std::string_view) override {}
};

// The .rels of the workbook: under which id which part is found.
class RelationsPart : public XmlHandler {
 public:
  std::map<std::string, std::string> target;
  std::string strings, styles;  // parts of these types, where there are some

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship") return;
    std::string part(attributes.Find("Target"));
    part = part.starts_with('/') ? part.substr(1) : "xl/" + part;
    const auto type = attributes.Find("Type");
    if (type.ends_with("/sharedStrings")) strings = part;
    if (type.ends_with("/styles")) styles = part;
    target[std::string(attributes.Find("Id"))] = part;
  }
  void End(std::string_view) override {}
};

// xl/styles.xml: which cell styles show dates.
class StylesPart : public XmlHandler {
 public:
  std::vector<bool> shows_date;  // by cell style

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "numFmt") {
      if (IsDateFormatCode(attributes.Find("formatCode")))
        own_dates_.push_back(Whole(attributes.Find("numFmtId"), 0));
    } else if (name == "cellXfs") {
      inside_ = true;
    } else if (name == "xf" && inside_) {
      const uint32_t id = Whole(attributes.Find("numFmtId"), 0);
      shows_date.push_back(IsDateFormat(id) ||
                           std::find(own_dates_.begin(), own_dates_.end(), id) != own_dates_.end());
    }
  }
  void End(std::string_view name) override {
    if (name == "cellXfs") inside_ = false;
  }

 private:
  std::vector<uint32_t> own_dates_;
  bool inside_ = false;
};

// xl/sharedStrings.xml. A text may come in runs; how it is pronounced (rPh) is not part of it.
class StringsPart : public XmlHandler {
 public:
  std::vector<std::string> all;

  void Start(std::string_view name, const XmlAttributes&) override {
    if (name == "si") text_.clear();
    phonetic_ += name == "rPh";
    taking_ = name == "t" && phonetic_ == 0;
  }
  void End(std::string_view name) override {
    if (name == "si") all.push_back(HasEscapes(text_) ? WithoutEscapes(text_) : text_);
    phonetic_ -= name == "rPh";
    taking_ = false;
  }
  void Text(std::string_view text) override {
    if (taking_) text_.append(text);
  }

 private:
  std::string text_;
  int phonetic_ = 0;
  bool taking_ = false;
};

// The rows of a sheet as CSV; a row ends with its last filled cell until Finished() makes all
// equal.
class CsvText {
 public:
  void Set(size_t column, std::string_view text) {
    if (column >= cells_.size()) cells_.resize(column + 1);
    for (; used_ <= column; ++used_) cells_[used_].clear();
    cells_[column] = text;
  }
  void EndRow() {
    if (used_ == 0) return;
    for (size_t i = 0; i < used_; ++i) {
      if (i > 0) text_ += ',';
      AppendCsvField(cells_[i], text_);
    }
    rows_.push_back({text_.size(), used_});
    text_ += '\n';
    widest_ = std::max(widest_, used_);
    narrowest_ = std::min(narrowest_, used_);
    used_ = 0;
  }
  size_t size() const { return text_.size() + rows_.size() * widest_; }
  std::string Finished() {
    if (rows_.empty() || narrowest_ == widest_) return std::move(text_);
    std::string out;
    out.reserve(text_.size() + rows_.size());
    size_t from = 0;
    for (const Row& row : rows_) {
      out.append(text_, from, row.end - from).append(widest_ - row.fields, ',').append(1, '\n');
      from = row.end + 1;
    }
    return out;
  }

 private:
  struct Row {
    size_t end, fields;  // where its line end stands
  };
  std::vector<std::string> cells_;  // of the row; used over and over
  size_t used_ = 0, widest_ = 0, narrowest_ = SIZE_MAX;
  std::string text_;
  std::vector<Row> rows_;
};

struct Book {
  const ZipArchive& archive;
  std::string path;
  uint64_t most_bytes;
  std::vector<std::string> strings;
  std::vector<bool> shows_date;
  bool from_1904 = false;
};

// How the value of a cell is written.
enum class CellType : uint8_t { kNumber, kShared, kBoolean, kPlain, kEscaped };

CellType CellTypeOf(std::string_view text) {
  if (text == "s") return CellType::kShared;
  if (text == "inlineStr" || text == "str") return CellType::kEscaped;
  if (text == "b") return CellType::kBoolean;
  return text == "e" || text == "d" ? CellType::kPlain : CellType::kNumber;
}

// xl/worksheets/sheetN.xml.
class SheetPart : public XmlHandler {
 public:
  explicit SheetPart(const Book& book) : book_(&book) {}
  CsvText text;

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "row") {
      next_column_ = 0;
    } else if (name == "c") {
      StartCell(attributes);
    }
    phonetic_ += name == "rPh";
    taking_ = phonetic_ == 0 && (name == "v" || name == "t");
  }
  void End(std::string_view name) override {
    phonetic_ -= name == "rPh";
    taking_ = false;
    if (name == "c") {
      if (const std::string_view cell = CellText(); !cell.empty()) text.Set(column_, cell);
    } else if (name == "row") {
      text.EndRow();
      if (text.size() > book_->most_bytes)
        Stop(BadInput("the sheet's text is more than " + std::to_string(book_->most_bytes >> 20) +
                          " MB; split the workbook or save it as CSV",
                      book_->path));
    }
  }
  void Text(std::string_view piece) override {
    if (taking_) value_.append(piece);
  }

 private:
  void StartCell(const XmlAttributes& attributes) {
    std::string_view reference;
    type_ = CellType::kNumber;
    style_ = 0;
    value_.clear();
    for (const auto& attribute : attributes.all()) {
      const std::string_view name = WithoutPrefix(attribute.name);
      if (name.size() != 1) continue;
      if (name[0] == 'r') reference = attribute.value;
      if (name[0] == 't') type_ = CellTypeOf(attribute.value);
      if (name[0] == 's') style_ = Whole(attribute.value, 0);
    }
    const int column = reference.empty() ? next_column_ : ColumnOf(reference);
    if (column < 0)
      return Stop(BadInput("a cell is called " + std::string(reference), book_->path));
    column_ = static_cast<size_t>(column);
    next_column_ = column + 1;
  }

  // Lives until the next cell.
  std::string_view CellText() {
    if (value_.empty()) return {};
    switch (type_) {
      case CellType::kShared: {
        const uint32_t number = Whole(value_, UINT32_MAX);
        if (number >= book_->strings.size()) return {};
        return book_->strings[number];
      }
      case CellType::kBoolean:
        return value_ == "1" ? "TRUE" : "FALSE";
      case CellType::kPlain:
        return value_;
      case CellType::kEscaped:
        if (HasEscapes(value_)) value_ = WithoutEscapes(value_);
        return value_;
      case CellType::kNumber:
        break;
    }
    const bool date = style_ < book_->shows_date.size() && book_->shows_date[style_];
    value_ = date ? DayText(value_, book_->from_1904) : PlainNumber(value_);
    return value_;
  }

  const Book* book_;
  size_t column_ = 0;
  int next_column_ = 0;
  CellType type_ = CellType::kNumber;
  std::string value_;
  uint32_t style_ = 0;
  int phonetic_ = 0;
  bool taking_ = false;
};

// A part of the archive as `Part` understands it. `path` is the file's, for messages.
template <typename Part, typename... Arguments>
Result<Part> ReadPart(const ZipArchive& archive, const std::string& path, const std::string& name,
                      const Arguments&... arguments) {
  Part quick(arguments...);
  XmlScanner scanner(quick);
  Status read = archive.Read(name, [&](std::string_view piece) { return scanner.Feed(piece); });
  if (read) read = scanner.Finish();
  if (!scanner.declined()) {
    TW_RETURN_IF_ERROR(read);
    return quick;
  }
  Part part(arguments...);
  Sax sax(part, path, name);
  TW_RETURN_IF_ERROR(archive.Read(name, [&](std::string_view piece) { return sax.Feed(piece); }));
  TW_RETURN_IF_ERROR(sax.Finish());
  return part;
}

Status ReadStringsAndStyles(const RelationsPart& relations, Book& book) {
  if (!relations.strings.empty() && book.archive.Has(relations.strings)) {
    TW_ASSIGN_OR_RETURN(StringsPart strings,
                        ReadPart<StringsPart>(book.archive, book.path, relations.strings));
    book.strings = std::move(strings.all);
  }
  if (!relations.styles.empty() && book.archive.Has(relations.styles)) {
    TW_ASSIGN_OR_RETURN(StylesPart styles,
                        ReadPart<StylesPart>(book.archive, book.path, relations.styles));
    book.shows_date = std::move(styles.shows_date);
  }
  return {};
}

std::string Names(const std::vector<WorkbookPart::Sheet>& sheets) {
  std::string all;
  for (const auto& sheet : sheets) all += (all.empty() ? "" : ", ") + sheet.name;
  return all;
}

Result<std::string> ReadSheet(const Book& book, const RelationsPart& relations,
                              const WorkbookPart::Sheet& sheet) {
  const auto part = relations.target.find(sheet.relation);
  if (part == relations.target.end() || !book.archive.Has(part->second))
    return BadInput("the sheet " + sheet.name + " is missing inside; save the file again",
                    book.path);
  TW_ASSIGN_OR_RETURN(SheetPart reader,
                      ReadPart<SheetPart>(book.archive, book.path, part->second, book));
  return reader.text.Finished();
}

}  // namespace

Result<SheetText> ReadWorkbook(std::string_view bytes, const std::string& path,
                               const std::string& sheet, const ZipLimits& limits) {
  TW_ASSIGN_OR_RETURN(const ZipArchive archive, ZipArchive::Open(bytes, path, limits));
  if (!archive.Has("xl/workbook.xml") || !archive.Has("xl/_rels/workbook.xml.rels"))
    return BadInput("is a ZIP file and no workbook; unpack it and give what is inside", path);
  TW_ASSIGN_OR_RETURN(const WorkbookPart workbook,
                      ReadPart<WorkbookPart>(archive, path, "xl/workbook.xml"));
  TW_ASSIGN_OR_RETURN(const RelationsPart relations,
                      ReadPart<RelationsPart>(archive, path, "xl/_rels/workbook.xml.rels"));
  Book book{archive, path, limits.unpacked, {}, {}, workbook.from_1904};
  TW_RETURN_IF_ERROR(ReadStringsAndStyles(relations, book));
  SheetText chosen;
  for (const auto& candidate : workbook.visible) {
    const bool wanted = sheet.empty() ? chosen.csv.empty() : candidate.name == sheet;
    if (wanted) {
      TW_ASSIGN_OR_RETURN(chosen.csv, ReadSheet(book, relations, candidate));
      chosen.sheet = candidate.name;
    }
    if (candidate.name != chosen.sheet) chosen.others.push_back(candidate.name);
  }
  if (!sheet.empty() && chosen.sheet != sheet)
    return BadInput("has no visible sheet " + sheet + "; it has " + Names(workbook.visible), path);
  return chosen;
}

}  // namespace tidewaiter::tables
