#include "lists/uk_sl/reader.h"

#include <span>
#include <utility>

#include "lists/dates.h"
#include "lists/delimited.h"

namespace tidewaiter::lists::uk_sl {
namespace {

constexpr std::pair<std::string_view, std::string SanctionsRow::*> kColumns[] = {
    {"Unique ID", &SanctionsRow::id},
    {"UN Reference Number", &SanctionsRow::un_reference},
    {"Name type", &SanctionsRow::name_type},
    {"Alias strength", &SanctionsRow::alias_strength},
    {"Title", &SanctionsRow::title},
    {"Name non-latin script", &SanctionsRow::original_name},
    {"Regime Name", &SanctionsRow::regime},
    {"Individual, Entity, Ship", &SanctionsRow::kind},
    {"Sanctions Imposed", &SanctionsRow::imposed},
    {"Other Information", &SanctionsRow::other_information},
    {"UK Statement of Reasons", &SanctionsRow::reasons},
    {"Address Postal Code", &SanctionsRow::postal_code},
    {"Address Country", &SanctionsRow::country},
    {"Phone number", &SanctionsRow::phone},
    {"Website", &SanctionsRow::website},
    {"Email address", &SanctionsRow::email},
    {"Date Designated", &SanctionsRow::designated},
    {"D.O.B", &SanctionsRow::birth_date},
    {"Nationality(/ies)", &SanctionsRow::nationality},
    {"National Identifier number", &SanctionsRow::national_id},
    {"Passport number", &SanctionsRow::passport},
    {"Position", &SanctionsRow::position},
    {"Gender", &SanctionsRow::gender},
    {"Town of birth", &SanctionsRow::birth_town},
    {"Country of birth", &SanctionsRow::birth_country},
    {"Parent company", &SanctionsRow::parent},
    {"Business registration number (s)", &SanctionsRow::registration},
    {"IMO number", &SanctionsRow::imo},
    {"Current owner/operator (s)", &SanctionsRow::owner},
    {"Current believed flag of ship", &SanctionsRow::flag},
};
// Without these a file is not read.
constexpr std::string_view kNeeded[] = {"Unique ID", "Name 6", "Name type", "Regime Name",
                                        "Date Designated"};

// The header is the first or the second line.
size_t HeaderLine(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (!bytes.starts_with("Report Date")) return 0;
  const size_t end = bytes.find('\n');
  return end == std::string_view::npos ? std::string_view::npos : end + 1;
}

void ReadRow(const Row& row, const Columns& columns, SanctionsRow& out) {
  const auto field = [&](std::string_view name) {
    const int at = columns.Find(name);
    return at < 0 ? std::string() : std::string(Trim(row.fields[static_cast<size_t>(at)]));
  };
  out.line = row.line;
  for (const auto& [name, member] : kColumns) out.*member = field(name);
  if (out.kind.empty()) out.kind = field("Designation Type");
  for (size_t i = 0; i < 6; ++i) {
    out.names[i] = field("Name " + std::to_string(i + 1));
    out.address[i] = field("Address Line " + std::to_string(i + 1));
  }
}

}  // namespace

std::string_view Part(std::string_view bytes) {
  const size_t header = HeaderLine(bytes);
  if (header == std::string_view::npos) return "";
  const size_t skip = header == 0 && bytes.starts_with("\xEF\xBB\xBF") ? 3 : header;
  const Columns columns(FirstRow(bytes.substr(skip), ','));
  for (const auto& name : kNeeded) {
    if (columns.Find(name) < 0) return "";
  }
  return "list";
}

std::string DayFirst(std::string_view text) {
  const auto parts = SplitTrimmed(text, "/");
  const auto digits = [](const std::string& part) {
    return !part.empty() && part.find_first_not_of("0123456789") == std::string::npos;
  };
  if (parts.size() != 3 || parts[2].size() != 4 || !digits(parts[2])) return {};
  const auto known = [&](const std::string& part) {
    return digits(part) && part.size() <= 2 && part != "0" && part != "00";
  };
  const auto two = [](const std::string& part) { return part.size() == 1 ? "0" + part : part; };
  if (!known(parts[1])) return parts[2];
  if (!known(parts[0])) return parts[2] + "-" + two(parts[1]);
  return parts[2] + "-" + two(parts[1]) + "-" + two(parts[0]);
}

Result<SanctionsFile> Read(const SourceFile& file) {
  if (!file.bytes.ends_with('\n')) {
    return BadInput("the last line has no end; the file is cut off, fetch it again", file.name,
                    LastLine(file.bytes));
  }
  TW_ASSIGN_OR_RETURN(const auto rows, SplitRows(file.bytes, ',', file.name));
  SanctionsFile out;
  size_t at = 0;
  if (!rows.empty() && rows[0].fields[0].find("Report Date") != std::string::npos) {
    const std::string& line = rows[0].fields[0];
    std::string day(Trim(std::string_view(line).substr(line.find(':') + 1)));
    for (char& c : day) c = c == '-' ? ' ' : c;
    out.date = ParseDay(day);
    at = 1;
  }
  if (at >= rows.size()) return BadInput("the file has no header; fetch it again", file.name, 1);
  const Row& header = rows[at];
  const Columns columns(header.fields);
  for (const auto& name : kNeeded) {
    if (columns.Find(name) < 0)
      return BadInput("the column is missing", file.name, header.line, std::string(name));
  }
  for (const Row& row : std::span(rows).subspan(at + 1)) {
    if (row.fields.size() != header.fields.size()) {
      return BadInput(std::to_string(row.fields.size()) + " columns where the header has " +
                          std::to_string(header.fields.size()) +
                          "; the file is cut off, fetch it again",
                      file.name, row.line);
    }
    ReadRow(row, columns, out.rows.emplace_back());
    if (out.rows.back().id.empty())
      return BadInput("a row without an id", file.name, row.line, "Unique ID");
  }
  return out;
}

}  // namespace tidewaiter::lists::uk_sl
