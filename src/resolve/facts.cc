#include "resolve/facts.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "names/name_tokens.h"
#include "resolve/short_text.h"

namespace tidewaiter::resolve {
namespace {

// How common a value is. A small table is no picture of the world: some mentions that share values
// as often as is assumed of strangers (`u`) count beside its own.
float RarityOf(uint64_t count, uint64_t total, double u) {
  constexpr double kOthers = 50;
  return std::min(0.0F, static_cast<float>(std::log((static_cast<double>(count) + kOthers * u) /
                                                    (static_cast<double>(total) + kOthers))));
}

float InformationOf(const Word& word, size_t mentions) {
  constexpr float kGenericShare = 0.3F;
  const auto total = static_cast<float>(std::max<size_t>(mentions, 2));
  const float information = std::log(total * 2 / static_cast<float>(std::max(1U, word.other)));
  return std::max(0.2F, information) * ((word.flags & names::kGeneric) != 0 ? kGenericShare : 1.0F);
}

}  // namespace

Facts::Facts(const Mentions& mentions, const Weights& weights)
    : mentions_(mentions),
      weights_(weights),
      name_enough_(static_cast<float>(std::log(static_cast<double>(mentions.count) / 2 + 2))) {
  FillWords();
  for (size_t f = 0; f < kFields; ++f) FillValues(static_cast<Field>(f));
  FillNames();
  FillAddresses();
}

float Facts::NameWeight(float sum) const {
  // The parts of a name are drawn together (families, namesakes): a whole name is hardly ever rarer
  // than one in as many as there are entities, however rare its parts are.
  constexpr float kBeyond = 0.25F;
  return sum > name_enough_ ? name_enough_ + kBeyond * (sum - name_enough_) : sum;
}

float Facts::RarityOfWords(float information) const {
  // Words of a phrase are not independent: their joint rarity is less than the product says.
  constexpr float kIndependence = 0.7F;
  const float least = std::log(0.25F / static_cast<float>(std::max<size_t>(mentions_.count, 1)));
  return std::max(least, -kIndependence * information);
}

void Facts::FillWords() {
  constexpr double kAnyWord = 0.003;
  const double u_given = weights_.At(Aspect::kGiven, kSame).u;
  const double u_family = weights_.At(Aspect::kFamily, kSame).u;
  std::unordered_map<std::string_view, uint32_t> keys;
  words.resize(mentions_.words.size());
  for (size_t i = 0; i < words.size(); ++i) {
    const Word& from = mentions_.words[i];
    WordFacts& to = words[i];
    to.size = static_cast<uint32_t>(from.text.size());
    std::copy_n(from.text.begin(), std::min(from.text.size(), WordFacts::kInline), to.text.begin());
    to.letters = from.letters;
    if (!from.key.empty())
      to.key = keys.try_emplace(from.key, static_cast<uint32_t>(keys.size() + 1)).first->second;
    to.groups = static_cast<uint32_t>(groups.size());
    to.group_count = static_cast<uint16_t>(std::min<size_t>(from.groups.size(), UINT16_MAX));
    groups.insert(groups.end(), from.groups.begin(), from.groups.begin() + to.group_count);
    to.number = (from.flags & names::kNumber) != 0;
    to.given = RarityOf(from.given, mentions_.given_total, u_given);
    to.family = RarityOf(from.family, mentions_.family_total, u_family);
    to.other = RarityOf(from.other, mentions_.word_total, kAnyWord);
    to.information = InformationOf(from, mentions_.count);
  }
}

float Facts::Most(Aspect aspect, float rarity) const {
  float most = 0;
  for (size_t level = 1; level < LevelsOf(aspect).count; ++level)
    most = std::max(most, weights_.Of(aspect, static_cast<Level>(level), rarity));
  return most;
}

void Facts::FillValues(Field field) {
  const FieldColumn& column = mentions_.field(field);
  if (field == Field::kName || field == Field::kAddress || !column.present()) return;
  const Aspect aspect = AspectOf(field);
  const double u = weights_.At(aspect, kSame).u;
  auto& out = values[static_cast<size_t>(field)];
  out.resize(column.values.size());
  for (uint32_t value = 1; value < out.size(); ++value) {
    ValueFacts& facts = out[value];
    if (!column.several[value]) facts.packed = PackShort(column.values[value]);
    facts.rarity = RarityOf(column.counts[value], column.total, u);
    facts.most = Most(aspect, facts.rarity);
  }
}

float Facts::MostOfWords(Aspect aspect, float information) const {
  return Most(aspect, RarityOfWords(information));
}

// Each part agrees at best on the rarest word of the name.
float Facts::MostOfPerson(const Phrase& name) const {
  float given = 0, family = 0, other = 0;
  for (const auto& [word, part] : mentions_.WordsOf(name)) {
    const WordFacts& w = words[word];
    given = std::min({given, w.given, w.other});
    family = std::min({family, w.family, w.other});
    other = std::min(other, w.other);
  }
  return Most(Aspect::kGiven, given) + Most(Aspect::kFamily, family) + Most(Aspect::kMiddle, other);
}

float Facts::MostOfName(uint32_t value) const {
  float out = 0;
  for (const Phrase& name : mentions_.NamesOf(value)) {
    float information = 0;
    for (const auto& [word, part] : mentions_.WordsOf(name)) information += words[word].information;
    float most = MostOfWords(Aspect::kOrganization, information);
    if (!name.organization) most = std::max(most, MostOfPerson(name));
    out = std::max(out, NameWeight(most));
  }
  return out;
}

NameFacts Facts::FactsOfName(uint32_t value) const {
  NameFacts out;
  const auto all = mentions_.NamesOf(value);
  if (all.size() != 1 || all[0].organization || all[0].count > NameFacts::kRoom) return out;
  out.plain = true;
  size_t at = 0;
  const auto take = [&](Part part, uint8_t& count) {
    for (const auto& word : mentions_.WordsOf(all[0])) {
      if (word.part == part) out.words[at++] = QuickOf(word.word), ++count;
    }
  };
  take(Part::kFamily, out.families);
  take(Part::kGiven, out.givens);
  take(Part::kMiddle, out.middles);
  return out;
}

void Facts::FillNames() {
  const FieldColumn& column = mentions_.field(Field::kName);
  if (!column.present()) return;
  names.resize(column.values.size());
  name_most.resize(names.size());
  for (uint32_t value = 1; value < names.size(); ++value) {
    names[value] = FactsOfName(value);
    name_most[value] = MostOfName(value);
  }
}

void Facts::FillAddresses() {
  const FieldColumn& column = mentions_.field(Field::kAddress);
  if (!column.present()) return;
  address_most.resize(column.values.size());
  for (uint32_t value = 1; value < address_most.size(); ++value) {
    float information = 0;
    for (const Phrase& phrase : mentions_.AddressesOf(value)) {
      for (uint32_t i = 0; i < phrase.count; ++i)
        information += words[mentions_.address_words[phrase.first + i]].information;
    }
    address_most[value] = MostOfWords(Aspect::kAddress, information);
  }
}

float Facts::MostOf(Field field, uint32_t value) const {
  if (value == 0) return 0;
  if (field == Field::kName) return name_most[value];
  if (field == Field::kAddress) return address_most[value];
  return values[static_cast<size_t>(field)][value].most;
}

}  // namespace tidewaiter::resolve
