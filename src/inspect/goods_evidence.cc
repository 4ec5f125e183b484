#include "inspect/goods_evidence.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/file.h"
#include "base/parallel.h"

namespace tidewaiter::inspect {
namespace {

constexpr double kLeastMargin = 0.1;  // below it the words speak for nothing in particular

// As "a; b", each text once.
void Append(const std::string& text, std::vector<std::string>& known, std::string& out) {
  if (std::find(known.begin(), known.end(), text) != known.end()) return;
  out += (out.empty() ? "" : "; ") + text;
  known.push_back(text);
}

std::string InWords(const goods::HeadingGuess& guess) {
  std::array<char, 16> probability{};
  std::snprintf(probability.data(), probability.size(), " %.2f", guess.probability);
  return guess.heading + probability.data();
}

}  // namespace

Result<EvidenceReader> EvidenceReader::Load(const std::string& resources) {
  EvidenceReader out;
  TW_ASSIGN_OR_RETURN(
      out.words_, goods::HeadingWords::Load(JoinPath(resources, "reference/hs/heading_words.tsv")));
  TW_ASSIGN_OR_RETURN(out.stated_,
                      goods::StatedReader::Load(JoinPath(resources, "catalogue/stated.yaml")));
  return out;
}

EvidenceReader::Texts EvidenceReader::Read(const ledger::Ledger& ledger,
                                           const ledger::GoodsText& goods) const {
  Texts out;
  // The words of the nomenclature are English.
  const ledger::Id english = goods.description_en != 0 ? goods.description_en : goods.description;
  const auto against = words_.Against(ledger.Text(english), ledger.Text(goods.hs));
  if (against && against->margin() >= kLeastMargin) {
    std::vector<std::string> known;
    for (const auto& guess : against->top) Append(InWords(guess), known, out.headings);
    out.heading_margin = against->margin();
  }
  std::vector<std::string> part_numbers, parameters;
  for (const ledger::Id text : {goods.description, goods.description_en}) {
    const goods::Stated stated = stated_.Read(ledger.Text(text));
    for (const auto& number : stated.part_numbers) Append(number, part_numbers, out.part_numbers);
    for (const auto& one : stated.parameters) Append(ToString(one), parameters, out.parameters);
  }
  return out;
}

void EvidenceReader::AddTo(const ledger::Ledger& ledger, unsigned threads,
                           ledger::KnownGoods& known) const {
  constexpr size_t kAtOnce = 1 << 16, kBlock = 256;
  std::vector<Texts> some;
  known.evidence.reserve(ledger.goods.size());
  for (size_t from = 0; from < ledger.goods.size(); from += kAtOnce) {
    some.resize(std::min(kAtOnce, ledger.goods.size() - from));
    ParallelFor(some.size(), threads, kBlock,
                [&](size_t i) { some[i] = Read(ledger, ledger.goods[from + i]); });
    for (const Texts& one : some) {
      known.evidence.push_back({known.texts.Intern(one.headings),
                                known.texts.Intern(one.part_numbers),
                                known.texts.Intern(one.parameters), one.heading_margin});
    }
  }
}

}  // namespace tidewaiter::inspect
