// The idea: nearly all hashes are different, so they are sorted bare to find the few that are not,
// and only those are looked up again line by line.
#include "ledger/repeated.h"

#include <algorithm>
#include <unordered_map>

namespace tidewaiter::ledger {
namespace {

constexpr size_t kUnseen = SIZE_MAX;

// The hashes (their low halves: an accident among these has odds of one in 10^5 for ten million
// rows, and the high halves are compared before anything is said) that occur more than once.
std::unordered_map<uint64_t, size_t> HashesOfSeveral(const Lines& lines) {
  std::vector<uint64_t> hashes;
  hashes.reserve(lines.size());
  for (const auto& hash : lines.hash) hashes.push_back(hash[1]);
  std::sort(hashes.begin(), hashes.end());
  std::unordered_map<uint64_t, size_t> several;
  for (size_t i = 1; i < hashes.size(); ++i) {
    if (hashes[i] == hashes[i - 1]) several.emplace(hashes[i], kUnseen);
  }
  return several;
}

std::string RowText(const Ledger& ledger, size_t line, size_t source) {
  const size_t other = ledger.lines.source[line];
  return "row " + std::to_string(ledger.lines.row[line]) +
         (other == source ? std::string() : " of " + ledger.sources[other].name);
}

void NoteEqualFiles(Ledger& ledger) {
  for (size_t i = 1; i < ledger.sources.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      if (ledger.sources[i].sha256 != ledger.sources[j].sha256) continue;
      ledger.sources[i].notes.push_back("is the same file as " + ledger.sources[j].name +
                                        ", byte for byte; all its rows are counted twice");
      break;
    }
  }
}

}  // namespace

void NoteRepeatedRows(Ledger& ledger) {
  NoteEqualFiles(ledger);
  auto several = HashesOfSeveral(ledger.lines);
  if (several.empty()) return;
  std::vector<std::string> first(ledger.sources.size());
  for (size_t line = 0; line < ledger.lines.size(); ++line) {
    const auto found = several.find(ledger.lines.hash[line][1]);
    if (found == several.end()) continue;
    if (found->second == kUnseen) {
      found->second = line;
    } else if (ledger.lines.hash[found->second] == ledger.lines.hash[line]) {
      const size_t source = ledger.lines.source[line];
      if (ledger.sources[source].repeated++ == 0)
        first[source] = "row " + std::to_string(ledger.lines.row[line]) + " repeats " +
                        RowText(ledger, found->second, source);
    }
  }
  for (size_t i = 0; i < first.size(); ++i) {
    const uint64_t count = ledger.sources[i].repeated;
    if (count == 0) continue;
    ledger.sources[i].notes.push_back(
        std::to_string(count) + (count == 1 ? " row repeats" : " rows repeat") +
        " an earlier row byte for byte (" + first[i] + "); each is counted as a line of its own");
  }
}

}  // namespace tidewaiter::ledger
