#include "goods/heading_words.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "base/file.h"
#include "goods/hs.h"

namespace tidewaiter::goods {
namespace {

constexpr size_t kTop = 5;
constexpr size_t kHeading = 4;     // digits
constexpr size_t kLeastWords = 2;  // one word is no description
// The best of a few on 1,100 subheadings taken at random and left out of the table (docs/goods.md).
constexpr double kTemperature = 0.6, kBackground = 0.05, kFloor = 0.002;

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80);
}
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool EndsWithAny(std::string_view word, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return word.ends_with(ending); });
}

// One form for singular and plural; tools/make_hs_words.py does the same.
std::string Stem(std::string word) {
  if (word.size() > 4 && word.ends_with("ies"))
    word.replace(word.size() - 3, 3, "y");
  else if (word.size() > 4 && EndsWithAny(word, {"sses", "shes", "ches", "xes"}))
    word.resize(word.size() - 2);
  else if (word.size() > 3 && word.ends_with('s') && !EndsWithAny(word, {"ss", "us", "is"}))
    word.pop_back();
  return word;
}

// Runs of letters, each once, sorted. A run that touches a digit is a number of a part, not a word.
std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words;
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    bool letters = false, digits = false;
    for (; end < text.size() && (IsLetter(text[end]) || IsDigit(text[end])); ++end) {
      letters |= IsLetter(text[end]);
      digits |= IsDigit(text[end]);
    }
    if (letters && !digits && end - at > 1) {
      std::string word(text.substr(at, end - at));
      for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      words.push_back(Stem(std::move(word)));
    }
    at = std::max(end, at + 1);
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

// The headings of edition 2022 that the declared code is or became.
std::set<std::string> HeadingsOf(std::string_view declared) {
  std::set<std::string> headings;
  if (declared.size() < 4) return headings;
  headings.emplace(declared.substr(0, 4));
  for (const int edition : kHsEditions) {
    if (declared.size() < 6 || !IsKnownHs(declared, edition)) continue;
    for (const auto& code : ConvertHs(declared, edition, kHsEditions.back()).candidates)
      headings.insert(code.substr(0, 4));
  }
  return headings;
}

struct Line {
  std::string_view word;
  std::vector<std::pair<std::string_view, double>> counts;
};

// WORD <tab> HEADING COUNT HEADING COUNT ...
std::optional<Line> ParseLine(std::string_view text) {
  const size_t tab = text.find('\t');
  if (tab == std::string_view::npos || tab == 0) return std::nullopt;
  Line line{text.substr(0, tab), {}};
  for (size_t at = tab + 1; at < text.size();) {
    const size_t blank = std::min(text.find(' ', at), text.size());
    const size_t end = std::min(text.find(' ', std::min(blank + 1, text.size())), text.size());
    int count = 0;
    const auto parsed =
        std::from_chars(text.data() + std::min(blank + 1, text.size()), text.data() + end, count);
    if (blank - at != 4 || parsed.ec != std::errc() || parsed.ptr != text.data() + end ||
        count < 1 || count > 1000)
      return std::nullopt;
    line.counts.emplace_back(text.substr(at, 4), count);
    at = end + 1;
  }
  return line;
}

}  // namespace

Result<HeadingWords> HeadingWords::Parse(std::string_view table, const std::string& file) {
  std::vector<Line> lines;
  std::map<std::string_view, double> sizes;  // the words of a heading, each as often as it counts
  uint64_t number = 0;
  for (size_t at = 0; at < table.size();) {
    const size_t end = std::min(table.find('\n', at), table.size());
    const std::string_view text = table.substr(at, end - at);
    at = end + 1;
    ++number;
    if (text.empty() || text.front() == '#') continue;
    auto line = ParseLine(text);
    if (!line) return BadInput("expected WORD <tab> HEADING COUNT HEADING COUNT ...", file, number);
    for (const auto& [heading, count] : line->counts) sizes[heading] += count;
    lines.push_back(std::move(*line));
  }
  HeadingWords out;
  std::map<std::string_view, uint32_t> numbers;
  for (const auto& [heading, size] : sizes) {
    numbers.emplace(heading, static_cast<uint32_t>(out.headings_.size()));
    out.headings_.emplace_back(heading);
  }
  for (const Line& line : lines) {
    double everywhere = 0;
    for (const auto& [heading, count] : line.counts) everywhere += count / sizes[heading];
    const double background = everywhere / static_cast<double>(std::max<size_t>(1, sizes.size()));
    Word word{static_cast<uint32_t>(out.supports_.size()), 0};
    for (const auto& [heading, count] : line.counts) {
      const double share = count / sizes[heading];
      const double support = std::log1p(share / (kBackground * background + kFloor));
      out.supports_.push_back({numbers[heading], static_cast<float>(support)});
    }
    word.end = static_cast<uint32_t>(out.supports_.size());
    if (!out.words_.emplace(line.word, word).second)
      return BadInput("the same word twice: " + std::string(line.word), file);
  }
  return out;
}

Result<HeadingWords> HeadingWords::Load(const std::string& path) {
  TW_ASSIGN_OR_RETURN(const std::string table, ReadFile(path));
  return Parse(table, path);
}

HeadingWords::Sums HeadingWords::SumUp(std::string_view text) const {
  Sums out;
  std::vector<Word> known;
  size_t unknown = 0;
  for (std::string& word : WordsOf(text)) {
    const auto found = words_.find(word);
    if (found == words_.end()) {
      ++unknown;
    } else if (found->second.begin != found->second.end) {
      known.push_back(found->second);
      out.words.push_back(std::move(word));
    }
  }
  out.enough = known.size() >= kLeastWords && unknown <= known.size();
  if (!out.enough) return out;
  out.supports.resize(headings_.size());
  for (const Word& word : known) {
    for (uint32_t i = word.begin; i < word.end; ++i) {
      float& sum = out.supports[supports_[i].heading];
      if (sum == 0) out.headings.push_back(supports_[i].heading);
      sum += supports_[i].support;
    }
  }
  return out;
}

std::optional<uint32_t> HeadingWords::Find(std::string_view heading) const {
  const auto at = std::lower_bound(headings_.begin(), headings_.end(), heading);
  if (at == headings_.end() || *at != heading) return std::nullopt;
  return static_cast<uint32_t>(at - headings_.begin());
}

std::vector<uint32_t> HeadingWords::Declared(std::string_view declared) const {
  std::vector<uint32_t> out;
  for (const std::string& heading : HeadingsOf(declared)) {
    if (const auto known = Find(heading)) out.push_back(*known);
  }
  return out;
}

bool HeadingWords::IsAmongFirst(const Sums& sums, const std::vector<uint32_t>& declared) const {
  const auto comes_before = [&](uint32_t a, uint32_t b) {
    return std::pair(-sums.supports[a], a) < std::pair(-sums.supports[b], b);
  };
  return std::any_of(declared.begin(), declared.end(), [&](uint32_t own) {
    const auto before = std::count_if(sums.headings.begin(), sums.headings.end(),
                                      [&](uint32_t other) { return comes_before(other, own); });
    return sums.supports[own] > 0 && before < static_cast<ptrdiff_t>(kTop);
  });
}

HeadingEvidence HeadingWords::Weigh(Sums sums, const std::vector<uint32_t>& declared) const {
  HeadingEvidence out;
  std::vector<uint32_t>& ranked = sums.headings;
  std::sort(ranked.begin(), ranked.end(), [&](uint32_t a, uint32_t b) {
    return std::pair(-sums.supports[a], a) < std::pair(-sums.supports[b], b);
  });
  const double best = sums.supports[ranked.front()];
  const auto part = [&](double support) { return std::exp((support - best) * kTemperature); };
  double whole = static_cast<double>(headings_.size() - ranked.size()) * part(0);
  for (const uint32_t heading : ranked) whole += part(sums.supports[heading]);
  for (size_t i = 0; i < std::min(kTop, ranked.size()); ++i)
    out.top.push_back({headings_[ranked[i]], part(sums.supports[ranked[i]]) / whole});
  for (const uint32_t own : declared)
    out.declared = std::max(out.declared, part(sums.supports[own]) / whole);
  out.words = std::move(sums.words);
  return out;
}

HeadingEvidence HeadingWords::Read(std::string_view text, std::string_view declared) const {
  Sums sums = SumUp(text);
  HeadingEvidence out;
  if (!sums.enough) {
    out.words = std::move(sums.words);
    return out;
  }
  const std::vector<uint32_t> own = Declared(declared);
  const bool is_top = own.empty() || IsAmongFirst(sums, own);
  out = Weigh(std::move(sums), own);
  out.declared_is_top = is_top;
  return out;
}

std::optional<HeadingEvidence> HeadingWords::Against(std::string_view text,
                                                     std::string_view declared) const {
  Sums sums = SumUp(text);
  if (!sums.enough) return std::nullopt;
  // Mostly the words speak for the heading as it stands: what it was and became is not asked.
  const auto as_it_stands = Find(declared.substr(0, kHeading));
  if (as_it_stands && IsAmongFirst(sums, {*as_it_stands})) return std::nullopt;
  const std::vector<uint32_t> own = Declared(declared);
  if (own.empty() || IsAmongFirst(sums, own)) return std::nullopt;
  HeadingEvidence out = Weigh(std::move(sums), own);
  out.declared_is_top = false;
  return out;
}

}  // namespace tidewaiter::goods
