#include "report/masker.h"

#include <algorithm>
#include <vector>

namespace tidewaiter::report {
namespace {

// Shorter names would be found inside other words.
constexpr size_t kShortestInText = 4;

std::string Mask(size_t number) { return "[person " + std::to_string(number) + "]"; }

void ReplaceAll(std::string& text, std::string_view what, std::string_view with) {
  for (size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

}  // namespace

Masker::Masker(const Page& page) {
  if (page.show_persons) return;
  for (const PartyHit& hit : page.hits) {
    if (hit.person) Add(hit.name);
  }
  for (const Totals& totals : page.totals) {
    for (const FigureTable& table : totals.tables) {
      for (const Figure& figure : table.figures) {
        if (figure.person && !figure.key.empty()) Add(figure.key.front());
      }
    }
  }
  for (const IndicatorResult& indicator : page.indicators) {
    for (const Finding& finding : indicator.findings) {
      if (finding.person) Add(finding.subject_name);
    }
  }
  for (const Row& row : page.rows) {
    for (const RowParty& party : row.parties) {
      if (party.person) Add(party.name);
    }
  }
}

void Masker::Add(std::string_view name) {
  if (!name.empty()) numbers_.try_emplace(std::string(name), numbers_.size() + 1);
}

std::string Masker::Name(std::string_view name) const {
  const auto found = numbers_.find(name);
  return found == numbers_.end() ? std::string(name) : Mask(found->second);
}

std::string Masker::Text(std::string_view text) const {
  std::string out(text);
  // Longest first: a name may be a part of another.
  std::vector<std::pair<std::string_view, size_t>> found;
  for (const auto& [name, number] : numbers_) {
    if (name.size() >= kShortestInText && text.find(name) != std::string_view::npos) {
      found.emplace_back(name, number);
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  for (const auto& [name, number] : found) ReplaceAll(out, name, Mask(number));
  return out;
}

}  // namespace tidewaiter::report
