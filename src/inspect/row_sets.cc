#include "inspect/row_sets.h"

#include <array>

#include "base/hash.h"

namespace tidewaiter::inspect {
namespace {

void AppendBigEndian(uint64_t value, std::string& out) {
  std::array<char, sizeof value> bytes;
  for (char& byte : bytes) {
    byte = static_cast<char>(value >> 56);
    value <<= 8;
  }
  out.append(bytes.data(), bytes.size());
}

}  // namespace

std::string RowSetHash(const ledger::Ledger& ledger, const std::vector<uint32_t>& lines) {
  Sha256Stream hash;
  std::string buffer;
  uint32_t source = UINT32_MAX;
  for (const uint32_t line : lines) {
    if (ledger.lines.source[line] != source) {
      source = ledger.lines.source[line];
      buffer += ledger.sources[source].name + "\n";
    }
    AppendBigEndian(ledger.lines.row[line], buffer);
    for (const uint64_t half : ledger.lines.hash[line]) AppendBigEndian(half, buffer);
    if (buffer.size() > (1 << 16)) {
      hash.Add(buffer);
      buffer.clear();
    }
  }
  hash.Add(buffer);
  return hash.FinishHex();
}

report::RowReference ReferenceOf(const ledger::Ledger& ledger, size_t line) {
  return {ledger.lines.source[line], ledger.lines.row[line]};
}

report::RowSet MakeRowSet(const ledger::Ledger& ledger, const std::vector<uint32_t>& lines,
                          std::string_view where) {
  report::RowSet set;
  set.count = lines.size();
  set.hash = RowSetHash(ledger, lines);
  set.query = "SELECT * FROM lines";
  if (!where.empty()) set.query.append(" WHERE ").append(where);
  if (lines.size() <= report::kEmbeddedRows) {
    for (const uint32_t line : lines) set.rows.push_back(ReferenceOf(ledger, line));
  }
  return set;
}

}  // namespace tidewaiter::inspect
