#include "tables/xlsx.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "tables/csv.h"
#include "tables/sax.h"
#include "tables/sheet_cells.h"

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
class WorkbookPart : public Sax {
 public:
  using Sax::Sax;
  struct Sheet {
    std::string name, relation;
  };
  std::vector<Sheet> visible;
  bool from_1904 = false;

 protected:
  void Start(std::string_view name, const char** attributes) override {
    if (name == "workbookPr") from_1904 = IsTrue(Attribute(attributes, "date1904"));
    if (name != "sheet") return;
    const auto state = Attribute(attributes, "state");
    if (state.empty() || state == "visible")
      visible.push_back(
          {std::string(Attribute(attributes, "name")), std::string(Attribute(attributes, "id"))});
  }
  void End(std::string_view) override {}
};

// The .rels of the workbook: under which id which part is found.
class RelationsPart : public Sax {
 public:
  using Sax::Sax;
  std::map<std::string, std::string> target;
  std::string strings, styles;  // parts of these types, where there are some

 protected:
  void Start(std::string_view name, const char** attributes) override {
    if (name != "Relationship") return;
    std::string part(Attribute(attributes, "Target"));
    part = part.starts_with('/') ? part.substr(1) : "xl/" + part;
    const auto type = Attribute(attributes, "Type");
    if (type.ends_with("/sharedStrings")) strings = part;
    if (type.ends_with("/styles")) styles = part;
    target[std::string(Attribute(attributes, "Id"))] = part;
  }
  void End(std::string_view) override {}
};

// xl/styles.xml: which cell styles show dates.
class StylesPart : public Sax {
 public:
  using Sax::Sax;
  std::vector<bool> shows_date;  // by cell style

 protected:
  void Start(std::string_view name, const char** attributes) override {
    if (name == "numFmt") {
      if (IsDateFormatCode(Attribute(attributes, "formatCode")))
        own_dates_.push_back(Whole(Attribute(attributes, "numFmtId"), 0));
    } else if (name == "cellXfs") {
      inside_ = true;
    } else if (name == "xf" && inside_) {
      const uint32_t id = Whole(Attribute(attributes, "numFmtId"), 0);
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
class StringsPart : public Sax {
 public:
  using Sax::Sax;
  std::vector<std::string> all;

 protected:
  void Start(std::string_view name, const char**) override {
    if (name == "si") text_.clear();
    phonetic_ += name == "rPh";
    taking_ = name == "t" && phonetic_ == 0;
  }
  void End(std::string_view name) override {
    if (name == "si") all.push_back(WithoutEscapes(text_));
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
  void Set(size_t column, std::string text) {
    if (column >= cells_.size()) cells_.resize(column + 1);
    used_ = std::max(used_, column + 1);
    cells_[column] = std::move(text);
  }
  void EndRow() {
    for (size_t i = 0; i < used_; ++i) {
      if (i > 0) text_ += ',';
      AppendCsvField(cells_[i], text_);
      cells_[i].clear();
    }
    if (used_ > 0) rows_.push_back({text_.size(), used_});
    widest_ = std::max(widest_, used_);
    used_ = 0;
  }
  size_t size() const { return text_.size() + rows_.size() * widest_; }
  std::string Finished() {
    std::string out;
    out.reserve(text_.size() + rows_.size() * 2);
    size_t from = 0;
    for (const Row& row : rows_) {
      out.append(text_, from, row.end - from).append(widest_ - row.fields, ',').append(1, '\n');
      from = row.end;
    }
    return out;
  }

 private:
  struct Row {
    size_t end, fields;
  };
  std::vector<std::string> cells_;
  size_t used_ = 0, widest_ = 0;
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

// xl/worksheets/sheetN.xml.
class SheetPart : public Sax {
 public:
  SheetPart(const Book& book, const std::string& part) : Sax(book.path, part), book_(book) {}
  CsvText text;

 protected:
  void Start(std::string_view name, const char** attributes) override {
    if (name == "row") {
      next_column_ = 0;
    } else if (name == "c") {
      const auto reference = Attribute(attributes, "r");
      const int column = reference.empty() ? next_column_ : ColumnOf(reference);
      if (column < 0)
        return Stop(BadInput("a cell is called " + std::string(reference), book_.path));
      column_ = static_cast<size_t>(column);
      next_column_ = column + 1;
      type_ = Attribute(attributes, "t");
      style_ = Whole(Attribute(attributes, "s"), 0);
      value_.clear();
    }
    phonetic_ += name == "rPh";
    taking_ = phonetic_ == 0 && (name == "v" || name == "t");
  }
  void End(std::string_view name) override {
    phonetic_ -= name == "rPh";
    taking_ = false;
    if (name == "c") {
      std::string cell = CellText();
      if (!cell.empty()) text.Set(column_, std::move(cell));
    } else if (name == "row") {
      text.EndRow();
      if (text.size() > book_.most_bytes)
        Stop(BadInput("the sheet's text is more than " + std::to_string(book_.most_bytes >> 20) +
                          " MB; split the workbook or save it as CSV",
                      book_.path));
    }
  }
  void Text(std::string_view piece) override {
    if (taking_) value_.append(piece);
  }

 private:
  std::string CellText() const {
    if (value_.empty()) return {};
    if (type_ == "s") {
      const uint32_t number = Whole(value_, UINT32_MAX);
      return number < book_.strings.size() ? book_.strings[number] : std::string();
    }
    if (type_ == "b") return value_ == "1" ? "TRUE" : "FALSE";
    if (type_ == "inlineStr" || type_ == "str") return WithoutEscapes(value_);
    if (type_ == "e") return value_;
    if (type_ == "d") return value_;
    const bool date = style_ < book_.shows_date.size() && book_.shows_date[style_];
    return date ? DayText(value_, book_.from_1904) : PlainNumber(value_);
  }

  const Book& book_;
  size_t column_ = 0;
  int next_column_ = 0;
  std::string type_, value_;
  uint32_t style_ = 0;
  int phonetic_ = 0;
  bool taking_ = false;
};

Status ReadPart(const ZipArchive& archive, const std::string& name, Sax& part) {
  TW_RETURN_IF_ERROR(archive.Read(name, [&](std::string_view piece) { return part.Feed(piece); }));
  return part.Finish();
}

Status ReadStringsAndStyles(const RelationsPart& relations, Book& book) {
  if (!relations.strings.empty() && book.archive.Has(relations.strings)) {
    StringsPart strings(book.path, relations.strings);
    TW_RETURN_IF_ERROR(ReadPart(book.archive, relations.strings, strings));
    book.strings = std::move(strings.all);
  }
  if (!relations.styles.empty() && book.archive.Has(relations.styles)) {
    StylesPart styles(book.path, relations.styles);
    TW_RETURN_IF_ERROR(ReadPart(book.archive, relations.styles, styles));
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
  SheetPart reader(book, part->second);
  TW_RETURN_IF_ERROR(ReadPart(book.archive, part->second, reader));
  return reader.text.Finished();
}

}  // namespace

Result<SheetText> ReadWorkbook(std::string_view bytes, const std::string& path,
                               const std::string& sheet, const ZipLimits& limits) {
  TW_ASSIGN_OR_RETURN(const ZipArchive archive, ZipArchive::Open(bytes, path, limits));
  if (!archive.Has("xl/workbook.xml") || !archive.Has("xl/_rels/workbook.xml.rels"))
    return BadInput("is a ZIP file and no workbook; unpack it and give what is inside", path);
  WorkbookPart workbook(path, "xl/workbook.xml");
  TW_RETURN_IF_ERROR(ReadPart(archive, "xl/workbook.xml", workbook));
  RelationsPart relations(path, "xl/_rels/workbook.xml.rels");
  TW_RETURN_IF_ERROR(ReadPart(archive, "xl/_rels/workbook.xml.rels", relations));
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
