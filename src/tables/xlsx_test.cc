#include "tables/xlsx.h"

#include <gtest/gtest.h>

#include "tables/sheet_cells.h"
#include "tables/test_files.h"

namespace tidewaiter::tables {
namespace {

std::string Csv(const std::string& sheet_xml, const std::string& strings_xml = "",
                const std::string& workbook_more = "") {
  const auto sheet = ReadWorkbook(MakeZip(WorkbookParts(sheet_xml, strings_xml, workbook_more)),
                                  "book.xlsx", "", {});
  EXPECT_TRUE(sheet) << sheet.error().ToString();
  return sheet ? sheet->csv : "";
}

std::string Refusal(const std::string& bytes, const std::string& sheet = "",
                    const ZipLimits& limits = {}) {
  const auto read = ReadWorkbook(bytes, "book.xlsx", sheet, limits);
  EXPECT_FALSE(read);
  if (read) return "";
  EXPECT_EQ(read.error().code, ErrorCode::kBadInput);
  EXPECT_EQ(read.error().file, "book.xlsx");
  return read.error().message;
}

TEST(Workbook, TextsNumbersAndDatesAreTheTextOfTheirCells) {
  EXPECT_EQ(
      Csv("<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>"
          "<row><c t=\"inlineStr\"><is><r><t>a, </t></r><r><t>\"b\"</t></r></is></c></row>"
          "<row><c><v>8.806221011E9</v></c><c><v>0.10000000000000001</v></c></row>"
          "<row><c s=\"1\"><v>45204</v></c><c s=\"2\"><v>45204.604166666664</v></c></row>"
          "<row><c s=\"3\"><v>45204</v></c><c t=\"b\"><v>1</v></c></row>"
          "<row><c t=\"str\"><f>A1</f><v>x_x000D_y</v></c><c t=\"e\"><v>#N/A</v></c></row>",
          "<si><t>one</t><rPh sb=\"0\" eb=\"1\"><t>sound</t></rPh></si><si><r><t>t</t></r>"
          "<r><t>wo</t></r></si>"),
      "one,two\n\"a, \"\"b\"\"\",\n8806221011,0.1\n2023-10-05,2023-10-05 14:30:00\n45204,TRUE\n"
      "\"x\ry\",#N/A\n");
}

TEST(Workbook, DatesMayCountFrom1904) {
  EXPECT_EQ(Csv("<row><c s=\"1\"><v>43742</v></c></row>", "", "<workbookPr date1904=\"1\"/>"),
            "2023-10-05\n");
}

TEST(Workbook, RowsAreOfOneLengthAndEmptyOnesAreNone) {
  EXPECT_EQ(Csv("<row r=\"1\"><c r=\"B1\" t=\"str\"><v>Title</v></c></row><row r=\"2\"/>"
                "<row r=\"3\"><c r=\"D3\"><v>4</v></c><c r=\"A3\"><v>1</v></c></row>"
                "<row r=\"9\"><c r=\"A9\" t=\"str\"><v></v></c></row>"),
            ",Title,,\n1,,,4\n");
}

TEST(Workbook, TheFirstVisibleSheetThatHoldsAnythingIsReadAndTheOthersNamed) {
  auto parts = WorkbookParts("");
  parts[1].content =
      "<workbook><sheets><sheet name=\"Old\" state=\"hidden\" r:id=\"rId9\"/><sheet name=\"Empty\" "
      "r:id=\"rId1\"/><sheet name=\"Rows\" r:id=\"rId4\"/><sheet name=\"More\" r:id=\"rId5\"/>"
      "</sheets></workbook>";
  const std::string more =
      "<Relationship Id=\"rId4\" Target=\"worksheets/a.xml\"/><Relationship "
      "Id=\"rId5\" Target=\"worksheets/b.xml\"/></Relationships>";
  parts[2].content.replace(parts[2].content.find("</Relationships>"), std::string::npos, more);
  parts.push_back(
      {"xl/worksheets/a.xml", "<x:worksheet><x:row><x:c><x:v>1</x:v></x:c></x:row></x:worksheet>"});
  parts.push_back(
      {"xl/worksheets/b.xml", "<worksheet><row><c><v>2</v></c></row></worksheet>", false});
  const std::string bytes = MakeZip(parts);
  const auto first = ReadWorkbook(bytes, "book.xlsx", "", {});
  ASSERT_TRUE(first) << first.error().ToString();
  EXPECT_EQ(first->csv, "1\n");
  EXPECT_EQ(first->sheet, "Rows");
  const auto named = ReadWorkbook(bytes, "book.xlsx", "More", {});
  ASSERT_TRUE(named) << named.error().ToString();
  EXPECT_EQ(named->csv, "2\n");
  EXPECT_NE(Refusal(bytes, "Old").find("it has Empty, Rows, More"), std::string::npos);
}

TEST(Workbook, BombsAreRefusedBeforeTheyAreUnpacked) {
  auto parts = WorkbookParts(std::string(size_t{40} << 20, ' '));
  EXPECT_NE(Refusal(MakeZip(parts)).find("like a ZIP bomb"), std::string::npos);
  parts.back().said_size = 1000;  // a liar
  EXPECT_NE(Refusal(MakeZip(parts)).find("larger than it says"), std::string::npos);
  ZipLimits small;
  small.unpacked = 1000;
  EXPECT_NE(Refusal(MakeWorkbook({{std::string(5000, 'x')}}), "", small).find("more than is read"),
            std::string::npos);
}

TEST(Workbook, ATextSharedByMillionsOfCellsIsRefusedToo) {
  std::string sheet;
  for (int i = 0; i < 100; ++i) sheet += "<row><c t=\"s\"><v>0</v></c></row>";
  ZipLimits limits;
  limits.unpacked = 100000;
  const auto parts = WorkbookParts(sheet, "<si><t>" + std::string(20000, 'x') + "</t></si>");
  EXPECT_NE(Refusal(MakeZip(parts), "", limits).find("split the workbook"), std::string::npos);
}

TEST(Workbook, EntitiesAreNeverExpanded) {
  auto parts = WorkbookParts("");
  parts.back().content =
      "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><worksheet><row><c "
      "t=\"str\"><v>&b;</v></c></row></worksheet>";
  EXPECT_NE(Refusal(MakeZip(parts)).find("document type"), std::string::npos);
  parts.back().content = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><worksheet/>";
  EXPECT_NE(Refusal(MakeZip(parts)).find("document type"), std::string::npos);
}

TEST(Workbook, DamageIsSaidAtEveryByteOfTheFile) {
  const std::string bytes = MakeWorkbook({{"date", "importer"}, {"2023-10-05", "Синтетик"}});
  for (size_t cut = 4; cut < bytes.size(); cut += 7) Refusal(bytes.substr(0, cut));
  size_t refused = 0;
  for (size_t at = 0; at < bytes.size(); ++at) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 0x55);
    const auto read = ReadWorkbook(changed, "book.xlsx", "", {});
    refused += !read;
    if (read) EXPECT_TRUE(read->csv.empty() || read->csv.find("2023-10-05") != std::string::npos);
  }
  EXPECT_GT(refused, bytes.size() / 2);
  EXPECT_NE(Refusal(MakeZip({{"a.csv", "x"}})).find("no workbook"), std::string::npos);
}

TEST(Workbook, KnowsDateFormatsFromNumbersThatHoldLetters) {
  for (const char* code : {"yyyy\\-mm\\-dd", "d.m.yy", "[$-409]mmm d", "hh:mm", "[Red]dd/mm/yyyy"})
    EXPECT_TRUE(IsDateFormatCode(code)) << code;
  for (const char* code :
       {"General", "0.00", "#,##0.00 \"dollars\"", "[Red]0", "0\\d", "0;yyyy", "_d0"})
    EXPECT_FALSE(IsDateFormatCode(code)) << code;
}

TEST(Workbook, DaysFollowTheSheetsOwnCalendar) {
  EXPECT_EQ(DayText("1", false), "1900-01-01");
  EXPECT_EQ(DayText("59", false), "1900-02-28");
  EXPECT_EQ(DayText("61", false), "1900-03-01");
  EXPECT_EQ(DayText("0.5", false), "12:00:00");
  EXPECT_EQ(DayText("soon", false), "soon");
  EXPECT_EQ(DayText("-3", false), "-3");
  EXPECT_EQ(DayText("99999999", false), "99999999");
}

TEST(Workbook, ColumnsAreCountedInLetters) {
  EXPECT_EQ(ColumnOf("A1"), 0);
  EXPECT_EQ(ColumnOf("BC12"), 54);
  EXPECT_EQ(ColumnOf("XFD1"), 16383);
  EXPECT_EQ(ColumnOf("XFE1"), -1);
  EXPECT_EQ(ColumnOf("12"), -1);
}

}  // namespace
}  // namespace tidewaiter::tables
