#include "trace/serials.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace tidewaiter::trace {
namespace {

bool IsWordByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         (static_cast<unsigned char>(c) >= 0x80);
}
bool IsSerialByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.';
}

// Words that may stand between the marker and the number: "NUMBER", "NO.", "№", ":", "номер".
size_t SkipFiller(std::string_view text, size_t at, const SerialWords& words) {
  for (bool moved = true; moved && at < text.size();) {
    moved = false;
    while (at < text.size() && (text[at] == ' ' || text[at] == ':' || text[at] == '.')) ++at;
    for (const auto& filler : words.fillers) {
      const size_t end = at + filler.size();
      if (text.substr(at, filler.size()) != filler) continue;
      const bool letters = std::isalpha(static_cast<unsigned char>(filler.back())) != 0;
      if (letters && end < text.size() && std::isalnum(static_cast<unsigned char>(text[end])) != 0)
        continue;
      at = end, moved = true;
      break;
    }
  }
  return at;
}

// A number that could be a size, a year or a code of goods is none.
bool IsConvincing(std::string_view serial) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto digits = static_cast<size_t>(std::count_if(serial.begin(), serial.end(), is_digit));
  const size_t letters = serial.size() - digits;
  // "00000000000" and "111111111111" fill a field.
  if (std::set<char>(serial.begin(), serial.end()).size() < 4) return false;
  return letters > 0 ? serial.size() >= 8 && digits >= 3 : digits >= 11;
}

std::string Normal(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return out;
}

// The numbers of a list "A1, A2; A3" that begins at `at`.
void ReadList(std::string_view text, size_t at, const SerialWords& words,
              std::vector<std::string>& out) {
  for (at = SkipFiller(text, at, words); at < text.size();) {
    size_t end = at;
    while (end < text.size() && IsSerialByte(text[end])) ++end;
    std::string serial = Normal(text.substr(at, end - at));
    if (!IsConvincing(serial)) return;
    out.push_back(std::move(serial));
    while (end < text.size() &&
           (text[end] == ' ' || text[end] == ',' || text[end] == ';' || text[end] == '/'))
      ++end;
    at = end;
  }
}

}  // namespace

std::vector<std::string> SerialsIn(std::string_view text, const SerialWords& words) {
  std::vector<std::string> found;
  for (const auto& marker : words.markers) {
    for (size_t at = text.find(marker); at != std::string_view::npos;
         at = text.find(marker, at + marker.size())) {
      if (at > 0 && IsWordByte(text[at - 1]) && IsWordByte(marker.front()) &&
          static_cast<unsigned char>(marker.front()) < 0x80)
        continue;
      ReadList(text, at + marker.size(), words, found);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace tidewaiter::trace
