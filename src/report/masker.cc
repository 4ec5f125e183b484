#include "report/masker.h"

#include <algorithm>
#include <cstring>

namespace tidewaiter::report {
namespace {

// Shorter names would be found inside other words.
constexpr size_t kShortestInText = 4;

std::string Mask(size_t number) { return "[person " + std::to_string(number) + "]"; }

// The four bytes at `at`: what a name in a text is first looked up by.
uint32_t PrefixAt(std::string_view text, size_t at) {
  uint32_t prefix = 0;
  std::memcpy(&prefix, text.data() + at, sizeof prefix);
  return prefix;
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
        for (size_t i = 0; i < std::min(figure.key.size(), figure.persons.size()); ++i) {
          if (figure.persons[i]) Add(figure.key[i]);
        }
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
  if (name.empty()) return;
  const auto [place, is_new] = numbers_.try_emplace(std::string(name), numbers_.size() + 1);
  if (is_new && name.size() >= kShortestInText) by_prefix_[PrefixAt(name, 0)].push_back(&*place);
}

std::string Masker::Name(std::string_view name) const {
  const auto found = numbers_.find(name);
  return found == numbers_.end() ? std::string(name) : Mask(found->second);
}

// The longest masked name that begins at `at`: a name may be the beginning of another.
const Masker::Numbered* Masker::NameAt(std::string_view text, size_t at) const {
  const Numbered* longest = nullptr;
  const auto found = by_prefix_.find(PrefixAt(text, at));
  if (found == by_prefix_.end()) return nullptr;
  for (const Numbered* name : found->second) {
    const bool longer = longest == nullptr || longest->first.size() < name->first.size();
    if (longer && text.substr(at).starts_with(name->first)) longest = name;
  }
  return longest;
}

std::string Masker::Text(std::string_view text) const {
  if (by_prefix_.empty()) return std::string(text);
  std::string out;
  size_t at = 0;
  while (at + kShortestInText <= text.size()) {
    const Numbered* name = NameAt(text, at);
    if (name == nullptr) {
      out += text[at++];
    } else {
      out += Mask(name->second);
      at += name->first.size();
    }
  }
  return out.append(text.substr(at));
}

}  // namespace tidewaiter::report
