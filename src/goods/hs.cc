// One step of the concordance is a set of pairs (before, after). A conversion follows the pairs
// step by step and keeps the set of codes reached. Its kind is read off the pairs themselves:
// several targets make it 1:n, a target with several sources n:1, both in one step n:n; and a chain
// that holds an n:n step is n:n, however few candidates are left at its end, because which part of
// the goods went where is lost in that step.
#include "goods/hs.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <tuple>

namespace tidewaiter::goods {
namespace {

struct Pair {
  uint16_t edition;  // of `after`; `before` is of the edition before it
  uint32_t before, after;
};

constexpr Pair kPairs[] = {
#include "concordance.inc"
};

struct Description {
  std::string_view code, text;
};

constexpr Description kDescriptions[] = {
#include "hs_codes.inc"
};

struct ByBefore {
  bool operator()(const Pair& a, const Pair& b) const {
    return std::tuple(a.edition, a.before, a.after) < std::tuple(b.edition, b.before, b.after);
  }
};
struct ByAfter {
  bool operator()(const Pair& a, const Pair& b) const {
    return std::tuple(a.edition, a.after, a.before) < std::tuple(b.edition, b.after, b.before);
  }
};

// The pairs in both orders.
struct Table {
  std::vector<Pair> by_before{std::begin(kPairs), std::end(kPairs)}, by_after = by_before;
  Table() {
    std::sort(by_before.begin(), by_before.end(), ByBefore());
    std::sort(by_after.begin(), by_after.end(), ByAfter());
  }
};

const Table& Pairs() {
  static const Table table;
  return table;
}

std::span<const Pair> StartingAt(uint16_t edition, uint32_t before) {
  const auto& all = Pairs().by_before;
  return {std::lower_bound(all.begin(), all.end(), Pair{edition, before, 0}, ByBefore()),
          std::lower_bound(all.begin(), all.end(), Pair{edition, before + 1, 0}, ByBefore())};
}

std::span<const Pair> EndingAt(uint16_t edition, uint32_t after) {
  const auto& all = Pairs().by_after;
  return {std::lower_bound(all.begin(), all.end(), Pair{edition, 0, after}, ByAfter()),
          std::lower_bound(all.begin(), all.end(), Pair{edition, 0, after + 1}, ByAfter())};
}

struct Step {
  bool splits = false;  // a code has several targets
  bool merges = false;  // a target has several sources
  bool mixes = false;   // both at one code
};

// The targets of `code` in the step into or out of `edition`, added to `out`.
Step Follow(uint32_t code, uint16_t edition, bool forward, std::vector<uint32_t>& out) {
  const auto targets = forward ? StartingAt(edition, code) : EndingAt(edition, code);
  Step step;
  step.splits = targets.size() > 1;
  for (const Pair& pair : targets) {
    const uint32_t target = forward ? pair.after : pair.before;
    const auto sources = forward ? EndingAt(edition, target) : StartingAt(edition, target);
    step.merges = step.merges || sources.size() > 1;
    out.push_back(target);
  }
  step.mixes = step.splits && step.merges;
  return step;
}

void SortUnique(std::vector<uint32_t>& codes) {
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
}

std::string SixDigits(uint32_t code) {
  const std::string digits = std::to_string(code);
  return std::string(6 - digits.size(), '0') + digits;
}

Conversion KindOf(const Step& all, uint32_t code, const std::vector<uint32_t>& found) {
  if (found.empty()) return Conversion::kNone;
  if (all.mixes || (all.splits && all.merges)) return Conversion::kNToN;
  if (all.splits) return Conversion::kOneToN;
  if (all.merges) return Conversion::kNToOne;
  return found.front() == code ? Conversion::kSame : Conversion::kOneToOne;
}

// The six digits as a number, or 0.
uint32_t CodeNumber(std::string_view hs) {
  uint32_t code = 0;
  if (hs.size() < 6 ||
      !std::all_of(hs.begin(), hs.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return 0;
  std::from_chars(hs.data(), hs.data() + 6, code);
  return code;
}

ptrdiff_t EditionIndex(int edition) {
  return std::find(kHsEditions.begin(), kHsEditions.end(), edition) - kHsEditions.begin();
}

}  // namespace

bool IsHsEdition(int edition) { return EditionIndex(edition) < std::ssize(kHsEditions); }

std::string_view ToString(Conversion kind) {
  constexpr std::string_view kNames[] = {"same", "1:1", "n:1", "1:n", "n:n", "none"};
  return kNames[static_cast<size_t>(kind)];
}

Converted ConvertHs(std::string_view hs, int from_edition, int to_edition) {
  const uint32_t code = CodeNumber(hs);
  if (code == 0 || !IsHsEdition(from_edition) || !IsHsEdition(to_edition)) return {};
  const bool forward = from_edition < to_edition;
  std::vector<uint32_t> codes = {code};
  Step all;
  for (ptrdiff_t at = EditionIndex(from_edition), end = EditionIndex(to_edition); at != end;
       at += forward ? 1 : -1) {
    const auto edition =
        static_cast<uint16_t>(kHsEditions[static_cast<size_t>(forward ? at + 1 : at)]);
    std::vector<uint32_t> next;
    for (const uint32_t one : codes) {
      const Step step = Follow(one, edition, forward, next);
      all.splits |= step.splits, all.merges |= step.merges, all.mixes |= step.mixes;
    }
    SortUnique(next);
    codes = std::move(next);
  }
  Converted converted{KindOf(all, code, codes), {}};
  for (const uint32_t one : codes) converted.candidates.push_back(SixDigits(one));
  return converted;
}

bool IsKnownHs(std::string_view hs6, int edition) {
  const uint32_t code = hs6.size() == 6 ? CodeNumber(hs6) : 0;
  if (code == 0 || !IsHsEdition(edition)) return false;
  const auto at = static_cast<size_t>(EditionIndex(edition));
  if (!EndingAt(static_cast<uint16_t>(edition), code).empty()) return true;
  return at + 1 < kHsEditions.size() &&
         !StartingAt(static_cast<uint16_t>(kHsEditions[at + 1]), code).empty();
}

int HsEditionOn(Date date) {
  const int year = ToYearMonthDay(date).year;
  int edition = kHsEditions.front();
  for (const int one : kHsEditions) edition = one <= year ? one : edition;
  return edition;
}

std::string_view DescribeHs(std::string_view hs) {
  for (size_t digits : {size_t{6}, size_t{4}}) {
    const std::string_view code = hs.substr(0, digits);
    const auto* found =
        std::lower_bound(std::begin(kDescriptions), std::end(kDescriptions), code,
                         [](const Description& a, std::string_view b) { return a.code < b; });
    if (code.size() == digits && found != std::end(kDescriptions) && found->code == code)
      return found->text;
  }
  return {};
}

}  // namespace tidewaiter::goods
