#include "inspect/strangers.h"

#include <algorithm>
#include <string>

#include "base/parallel.h"
#include "base/text_pool.h"

namespace tidewaiter::inspect {

using ledger::Attribute;
using ledger::Id;

namespace {

constexpr uint32_t kNone = 0xFFFFFFFF;

}  // namespace

Strangers::Strangers(const screen::Desk& desk, const ledger::Ledger& ledger,
                     const match::Options& how, unsigned threads)
    : ledger_(ledger), number_of_(ledger.strings.size(), kNone) {
  const std::vector<Id> examples = Number(NameTexts(), desk, threads);
  strange_.resize(examples.size());
  ParallelFor(examples.size(), threads, 64, [&](size_t i) {
    match::Query query;
    query.names.emplace_back(ledger.Text(examples[i]));
    query.any_place = true;
    const auto hits = desk.ScreenParty(query, how);
    strange_[i] = hits && hits->empty();
  });
}

bool Strangers::Has(const ledger::Party& party) const {
  return std::all_of(kPartyNames.begin(), kPartyNames.end(), [&](Attribute name) {
    const Id text = party.Get(name);
    return text == 0 || strange_[number_of_[text]] != 0;
  });
}

// The distinct ones, in their order.
std::vector<Id> Strangers::NameTexts() {
  std::vector<Id> out;
  for (const auto& party : ledger_.parties) {
    for (const Attribute name : kPartyNames) {
      const Id text = party.Get(name);
      if (text == 0 || number_of_[text] == 0) continue;
      number_of_[text] = 0;
      out.push_back(text);
    }
  }
  return out;
}

// Numbers what the matcher tells apart; of each the first text.
std::vector<Id> Strangers::Number(const std::vector<Id>& texts, const screen::Desk& desk,
                                  unsigned threads) {
  constexpr size_t kAtOnce = 1024;
  std::vector<Id> examples;
  TextPool keys;
  size_t taken = 0;
  TakeInOrder((texts.size() + kAtOnce - 1) / kAtOnce, threads, threads * 4,
              [&](size_t i) {
                std::vector<std::string> out;
                for (size_t t = i * kAtOnce; t < std::min(texts.size(), (i + 1) * kAtOnce); ++t)
                  out.push_back(desk.KeyOfName(ledger_.Text(texts[t])));
                return out;
              },
              [&](const std::vector<std::string>& of_texts) {
                for (const std::string& key : of_texts) {
                  const uint32_t number = keys.Intern(key);
                  if (number > examples.size()) examples.push_back(texts[taken]);
                  number_of_[texts[taken++]] = number - 1;
                }
              });
  return examples;
}

}  // namespace tidewaiter::inspect
