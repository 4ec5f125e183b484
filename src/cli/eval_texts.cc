#include "cli/eval_texts.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace tidewaiter::cli {
namespace {

struct Counts {
  size_t texts = 0, read = 0, first = 0, among_five = 0, wrongly_against = 0;
  size_t wrong_codes = 0, wrong_codes_found = 0;
};

constexpr double kMargin = 0.3;  // indicator 14's

bool SpeakAgainst(const goods::HeadingWords& words, const std::string& text,
                  const std::string& code) {
  const auto evidence = words.Against(text, code);
  return evidence && evidence->margin() >= kMargin;
}

Counts Count(const goods::HeadingWords& words, const std::vector<std::vector<std::string>>& rows) {
  Counts out;
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::string &hs = rows[i][0], &text = rows[i][1];
    const auto evidence = words.Read(text, hs);
    ++out.texts;
    out.read += !evidence.top.empty();
    out.first += !evidence.top.empty() && hs.starts_with(evidence.top[0].heading);
    out.among_five += std::any_of(evidence.top.begin(), evidence.top.end(),
                                  [&](const auto& guess) { return hs.starts_with(guess.heading); });
    out.wrongly_against += SpeakAgainst(words, text, hs);
    const std::string& other = rows[(i + rows.size() / 2) % rows.size()][0];
    if (other.substr(0, 2) == hs.substr(0, 2)) continue;
    ++out.wrong_codes;
    out.wrong_codes_found += SpeakAgainst(words, text, other);
  }
  return out;
}

}  // namespace

Result<TableText> TextsTable(const goods::HeadingWords& words, const std::string& file) {
  TW_ASSIGN_OR_RETURN(const auto rows, ReadColumns(file, {"hs", "description"}));
  const Counts counts = Count(words, rows);
  TableText out;
  out.header = {"measure", "texts", "of", "share"};
  const auto add = [&](const std::string& measure, size_t part, size_t whole) {
    std::array<char, 16> share{};
    const double value = whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
    std::snprintf(share.data(), share.size(), "%.3f", value);
    out.rows.push_back({measure, std::to_string(part), std::to_string(whole), share.data()});
  };
  add("enough known words to say something", counts.read, counts.texts);
  add("right heading first", counts.first, counts.texts);
  add("right heading among the first five", counts.among_five, counts.texts);
  add("words speak against the right code", counts.wrongly_against, counts.texts);
  add("words speak against a wrong code", counts.wrong_codes_found, counts.wrong_codes);
  return out;
}

}  // namespace tidewaiter::cli
