#include "rules/codes.h"

#include <algorithm>
#include <cctype>

#include "goods/hs.h"

namespace tidewaiter::rules {
namespace {

constexpr std::string_view kUnlisted = "ear99";
constexpr size_t kBaseLength = 5;  // "9a012"

// How the codes of a list stand to one code: some begins it, or it begins some.
Truth MatchPrefix(std::string_view hs, const std::vector<std::string>& codes) {
  // Most lists have nothing of the code's chapter.
  const std::string_view chapter = hs.substr(0, 2);
  const auto of_chapter = std::lower_bound(codes.begin(), codes.end(), chapter);
  if (of_chapter == codes.end() || !of_chapter->starts_with(chapter)) return Truth::kFalse;
  for (size_t length = 2; length <= hs.size(); ++length) {
    if (std::binary_search(codes.begin(), codes.end(), hs.substr(0, length))) return Truth::kTrue;
  }
  const auto next = std::lower_bound(codes.begin(), codes.end(), hs);
  return next != codes.end() && next->starts_with(hs) ? Truth::kUnknown : Truth::kFalse;
}

HsMatch MatchCandidates(const goods::Converted& converted, const HsList& list) {
  bool all = true, none = true;
  for (const std::string& candidate : converted.candidates) {
    const Truth truth = MatchPrefix(candidate, list.codes);
    all = all && truth == Truth::kTrue;
    none = none && truth == Truth::kFalse;
  }
  if (none) return {};
  if (all) return {Truth::kTrue, false, {}};
  return {Truth::kUnknown, true, converted.candidates};
}

HsMatch MatchConverted(std::string_view hs, int edition, const HsList& list) {
  const goods::Converted converted = goods::ConvertHs(hs, edition, list.edition);
  switch (converted.kind) {
    case goods::Conversion::kSame:
      return {MatchPrefix(hs, list.codes), false, {}};
    case goods::Conversion::kNone:
      // The table knows the chapters that move between editions; a code that it does not know stays
      // what it is.
      if (goods::IsKnownHs(hs.substr(0, 6), edition)) return {};
      return {MatchPrefix(hs, list.codes), false, {}};
    default:
      return MatchCandidates(converted, list);
  }
}

// A heading of another edition: unknown when one of its subheadings could match.
HsMatch MatchHeading(std::string_view hs, int edition, const HsList& list) {
  if (hs.size() != 4) return {MatchPrefix(hs.substr(0, 2), list.codes), false, {}};
  for (int i = 0; i < 100; ++i) {
    const std::string hs6 =
        std::string(hs) + static_cast<char>('0' + i / 10) + static_cast<char>('0' + i % 10);
    if (!goods::IsKnownHs(hs6, edition)) continue;
    if (MatchConverted(hs6, edition, list).truth != Truth::kFalse)
      return {Truth::kUnknown, false, {}};
  }
  return {MatchPrefix(hs, list.codes), false, {}};
}

bool MatchesWildcards(std::string_view code, std::string_view pattern) {
  if (code.size() < pattern.size()) return false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '?' && pattern[i] != code[i]) return false;
  }
  return code.size() == pattern.size() || code[pattern.size()] == '.';
}

// "9a012.a" is below "9a012"; "9a0123" is not.
bool IsBelow(std::string_view code, std::string_view above) {
  return code.size() > above.size() && code.starts_with(above) && code[above.size()] == '.';
}

std::pair<std::string_view, std::string_view> SplitSystem(std::string_view code) {
  const size_t colon = code.find(':');
  if (colon == std::string_view::npos) return {{}, code};
  return {code.substr(0, colon), code.substr(colon + 1)};
}

}  // namespace

HsMatch MatchHs(std::string_view hs, int edition, const HsList& list) {
  if (hs.empty()) return {Truth::kUnknown, false, {}};
  if (edition == list.edition || list.edition == 0) return {MatchPrefix(hs, list.codes), false, {}};
  if (hs.size() < 6) return MatchHeading(hs, edition, list);
  return MatchConverted(hs, edition, list);
}

std::string FoldControlCode(std::string_view code) {
  std::string folded;
  for (const char c : code) {
    if (std::isspace(static_cast<unsigned char>(c))) continue;
    folded += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return folded;
}

ControlPattern ParseControlPattern(std::string_view text) {
  const std::string folded = FoldControlCode(text);
  const auto [system, code] = SplitSystem(folded);
  ControlPattern pattern{std::string(system), std::string(code), {}};
  const size_t dash = code.find('-');
  if (dash != std::string_view::npos) {
    pattern.text = std::string(code.substr(0, dash));
    pattern.last = std::string(code.substr(dash + 1));
  }
  return pattern;
}

Truth MatchControl(std::string_view folded, const ControlPattern& pattern) {
  const auto [system, code] = SplitSystem(folded);
  if (system != pattern.system || code == kUnlisted) return Truth::kFalse;
  if (pattern.text == "*") return Truth::kTrue;
  if (!pattern.last.empty()) {
    const std::string_view base = code.substr(0, kBaseLength);
    return ToTruth(pattern.text <= base && base <= pattern.last);
  }
  if (pattern.text.find('?') != std::string::npos)
    return ToTruth(MatchesWildcards(code, pattern.text));
  if (code == pattern.text || IsBelow(code, pattern.text)) return Truth::kTrue;
  return IsBelow(pattern.text, code) ? Truth::kUnknown : Truth::kFalse;
}

}  // namespace tidewaiter::rules
