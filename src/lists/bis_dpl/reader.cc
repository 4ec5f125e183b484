#include "lists/bis_dpl/reader.h"

#include <array>

#include "lists/delimited.h"

namespace tidewaiter::lists::bis_dpl {
namespace {

constexpr std::array<std::string_view, 12> kColumns = {
    "Name",           "Street_Address",  "City",           "State",       "Country", "Postal_Code",
    "Effective_Date", "Expiration_Date", "Standard_Order", "Last_Update", "Action",  "FR_Citation"};

}  // namespace

std::string_view Part(std::string_view bytes) {
  const auto header = FirstRow(bytes, '\t');
  const Columns columns(header);
  const bool ours = columns.Find("Name") == 0 && columns.Find("Standard_Order") > 0 &&
                    columns.Find("FR_Citation") > 0;
  return ours ? "list" : "";
}

Result<std::vector<DeniedRow>> Read(const SourceFile& file) {
  TW_ASSIGN_OR_RETURN(auto rows, SplitRows(file.bytes, '\t', file.name));
  const Columns columns(rows.front().fields);
  std::array<int, 12> at{};
  for (size_t i = 0; i < kColumns.size(); ++i) {
    at[i] = columns.Find(kColumns[i]);
    if (at[i] < 0)
      return BadInput("the column is missing", file.name, rows.front().line,
                      std::string(kColumns[i]));
  }
  std::vector<DeniedRow> out;
  for (size_t r = 1; r < rows.size(); ++r) {
    auto& fields = rows[r].fields;
    // Trailing empty columns may be left out; less than up to the dates is a row cut off.
    if (fields.size() < 8 || fields.size() > rows.front().fields.size()) {
      return BadInput(std::to_string(fields.size()) + " columns where the header has " +
                          std::to_string(rows.front().fields.size()) +
                          "; the file is cut off, fetch it again",
                      file.name, rows[r].line);
    }
    fields.resize(rows.front().fields.size());
    const auto field = [&](size_t i) {
      return std::string(Trim(fields[static_cast<size_t>(at[i])]));
    };
    if (field(0).empty() && field(6).empty()) continue;
    out.push_back({rows[r].line, field(0), field(1), field(2), field(3), field(4), field(5),
                   field(6), field(7), field(8), field(9), field(10), field(11)});
  }
  return out;
}

}  // namespace tidewaiter::lists::bis_dpl
