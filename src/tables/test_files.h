// Files made for tests: archives, workbooks, packed texts.
#ifndef TIDEWAITER_TABLES_TEST_FILES_H_
#define TIDEWAITER_TABLES_TEST_FILES_H_

#include <zlib.h>
#include <zstd.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tidewaiter::tables {

inline std::string LittleEndian(uint64_t value, size_t size) {
  std::string out;
  for (size_t i = 0; i < size; ++i) out += static_cast<char>(i < 8 ? value >> (8 * i) & 0xFF : 0);
  return out;
}

// window 31: gzip; -15: bare, as in a ZIP.
inline std::string Deflated(std::string_view text, int window) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

inline std::string Gzipped(std::string_view text) { return Deflated(text, 31); }

inline std::string Zstandard(std::string_view text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

struct ZipEntry {
  std::string name, content;
  bool deflated = true;
  uint64_t said_size = UINT64_MAX;  // an unpacked size that is not true
};

inline std::string MakeZip(const std::vector<ZipEntry>& entries) {
  std::string out, directory;
  for (const auto& entry : entries) {
    const std::string packed = entry.deflated ? Deflated(entry.content, -15) : entry.content;
    const auto crc =
        crc32_z(0, reinterpret_cast<const Bytef*>(entry.content.data()), entry.content.size());
    const uint64_t size = entry.said_size == UINT64_MAX ? entry.content.size() : entry.said_size;
    const std::string common =
        LittleEndian(20, 2) + LittleEndian(0, 2) + LittleEndian(entry.deflated ? 8 : 0, 2) +
        LittleEndian(0, 4) + LittleEndian(crc, 4) + LittleEndian(packed.size(), 4) +
        LittleEndian(size, 4) + LittleEndian(entry.name.size(), 2) + LittleEndian(0, 2);
    directory += "PK\x01\x02" + LittleEndian(20, 2) + common + LittleEndian(0, 10) +
                 LittleEndian(out.size(), 4) + entry.name;
    out += "PK\x03\x04" + common + entry.name + packed;
  }
  const std::string count = LittleEndian(entries.size(), 2);
  return out + directory + "PK\x05\x06" + LittleEndian(0, 4) + count + count +
         LittleEndian(directory.size(), 4) + LittleEndian(out.size(), 4) + LittleEndian(0, 2);
}

inline std::string XmlText(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
  return out;
}

// The parts of a workbook around one sheet; more may be added, or these replaced.
inline std::vector<ZipEntry> WorkbookParts(const std::string& sheet_xml,
                                           const std::string& strings_xml = "",
                                           const std::string& workbook_more = "") {
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  auto relation = [&](const std::string& id, const std::string& type, const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + office + "/" + type + "\" Target=\"" +
           target + "\"/>";
  };
  return {{"[Content_Types].xml", "<Types/>"},
          {"xl/workbook.xml", "<workbook xmlns:r=\"" + office + "\">" + workbook_more +
                                  "<sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"rId1\"/>"
                                  "</sheets></workbook>"},
          {"xl/_rels/workbook.xml.rels",
           "<Relationships>" + relation("rId1", "worksheet", "worksheets/sheet1.xml") +
               relation("rId2", "sharedStrings", "/xl/sharedStrings.xml") +
               relation("rId3", "styles", "styles.xml") + "</Relationships>"},
          {"xl/sharedStrings.xml", "<sst>" + strings_xml + "</sst>"},
          {"xl/styles.xml",
           "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd\\.mm\\.yyyy\"/>"
           "<numFmt numFmtId=\"165\" formatCode=\"&quot;dem&quot; 0.00\"/></numFmts>"
           "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"
           "<xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs>"
           "</styleSheet>"},
          {"xl/worksheets/sheet1.xml",
           "<worksheet><sheetData>" + sheet_xml + "</sheetData></worksheet>"}};
}

// A workbook of texts, every other of them shared.
inline std::string MakeWorkbook(const std::vector<std::vector<std::string>>& rows) {
  std::string sheet, strings;
  size_t shared = 0, cells = 0;
  for (const auto& row : rows) {
    sheet += "<row>";
    for (const auto& cell : row) {
      if (cell.empty()) {
        sheet += "<c/>";
      } else if (++cells % 2 == 0) {
        sheet += "<c t=\"s\"><v>" + std::to_string(shared++) + "</v></c>";
        strings += "<si><t xml:space=\"preserve\">" + XmlText(cell) + "</t></si>";
      } else {
        sheet += "<c t=\"inlineStr\"><is><t>" + XmlText(cell) + "</t></is></c>";
      }
    }
    sheet += "</row>";
  }
  return MakeZip(WorkbookParts(sheet, strings));
}

}  // namespace tidewaiter::tables

#endif  // TIDEWAITER_TABLES_TEST_FILES_H_
