#include "resolve/compare.h"

#include <algorithm>
#include <bit>

#include "names/edit_distance.h"
#include "names/similarity.h"
#include "resolve/normal.h"
#include "resolve/short_text.h"

namespace tidewaiter::resolve {
namespace {

constexpr unsigned kMemoryBits = 15;  // pairs of words and of texts remembered

// The edits that a typing error may make in a text of this length.
constexpr int kMostEdits = 2;
uint32_t EditsAllowed(size_t shorter) { return shorter < 3 ? 0 : shorter < 6 ? 1 : kMostEdits; }

bool Near(std::string_view a, std::string_view b) {
  const size_t shorter = std::min(a.size(), b.size()), longer = std::max(a.size(), b.size());
  const uint32_t allowed = EditsAllowed(shorter);
  return longer - shorter <= allowed && names::OsaDistance(a, b) <= allowed;
}

// One is the other cut off, or one is a whole word run of the other.
bool Contains(std::string_view a, std::string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  return b.size() >= 4 && a.find(b) != std::string_view::npos;
}

constexpr Level kTextClose = 2, kTextPartly = 3, kTextDifferent = 4;

Level TextLevel(std::string_view a, std::string_view b) {
  if (Near(a, b)) return kTextClose;
  if (Contains(a, b)) return kTextPartly;
  const size_t longer = std::max(a.size(), b.size());
  const double least = 0.7 * static_cast<double>(longer);  // of the longer text in the other one
  if (longer <= 64 && static_cast<double>(std::min(a.size(), b.size())) >= least &&
      names::LcsLength(a, b) >= least)
    return kTextPartly;
  return kTextDifferent;
}

Level DateLevel(std::string_view a, std::string_view b) {
  if (a.size() == 8 && b.size() == 8 && a.substr(0, 4) == b.substr(0, 4) &&
      a.substr(4, 2) == b.substr(6) && a.substr(6) == b.substr(4, 2))
    return 2;
  const uint32_t edits = names::OsaDistance(a, b);
  if (edits == 1) return 3;
  if (edits == 2) return 4;
  return a.substr(0, 4) == b.substr(0, 4) ? 5 : 6;
}

Level PostcodeLevel(std::string_view a, std::string_view b) {
  if (names::OsaDistance(a, b) <= 1) return 2;
  return PostcodeArea(a) == PostcodeArea(b) ? 3 : 4;
}

Level EmailLevel(std::string_view a, std::string_view b) {
  if (names::OsaDistance(a, b) <= 2) return 2;
  const size_t at_a = a.find('@'), at_b = b.find('@');
  if (a.substr(0, at_a) == b.substr(0, at_b)) return 3;
  return a.substr(at_a + 1) == b.substr(at_b + 1) ? 4 : 5;
}

Level PhoneLevel(std::string_view a, std::string_view b) {
  if (a.size() >= 7 && b.size() >= 7 && a.substr(a.size() - 7) == b.substr(b.size() - 7)) return 2;
  return names::OsaDistance(a, b) <= 1 ? 3 : 4;
}

// Numbers of different kinds say nothing about each other.
Level IdentifierLevel(std::string_view a, std::string_view b) {
  const size_t kind = a.find(':');
  if (b.substr(0, kind + 1) != a.substr(0, kind + 1)) return kNothing;
  return names::OsaDistance(a.substr(kind + 1), b.substr(kind + 1)) <= 1 ? 2 : 3;
}

// Whether a number has more than `most` bits. Counting them costs a call where the processor's own
// instruction cannot be taken for granted.
bool HasMoreBits(uint32_t number, int most) {
  for (; most > 0; --most) number &= number - 1;
  return number != 0;
}

bool Intersect(std::span<const uint32_t> a, std::span<const uint32_t> b) {
  auto i = a.begin();
  auto j = b.begin();
  while (i != a.end() && j != b.end()) {
    if (*i == *j) return true;
    *i < *j ? ++i : ++j;
  }
  return false;
}

size_t SlotOf(uint64_t key) { return (key * 0x9E3779B97F4A7C15ULL) >> (64 - kMemoryBits); }

Level DateLevel(uint64_t a, uint64_t b) {
  const auto year = [](uint64_t d) { return d & 0xFFFFFFFFU; };
  const auto swapped = [](uint64_t d) { return d >> 48U | (d >> 32U & 0xFFFFU) << 16U; };
  if (ShortSize(a) == 8 && ShortSize(b) == 8 && year(a) == year(b) && swapped(a) == b >> 32U)
    return 2;
  const uint32_t edits = ShortDistance(a, b);
  if (edits < 3) return static_cast<Level>(2 + edits);
  return year(a) == year(b) ? 5 : 6;
}

// PostcodeArea, packed.
uint64_t AreaOf(uint64_t postcode) {
  constexpr uint64_t kLetter = 0x4040404040404040ULL;
  const unsigned size = ShortSize(postcode);
  if ((postcode & kLetter) != 0) return size > 4 ? ShortPrefix(postcode, size - 3) : postcode;
  return ShortPrefix(postcode, 3);
}

Level PostcodeLevel(uint64_t a, uint64_t b) {
  if (ShortDistance(a, b) <= 1) return 2;
  return AreaOf(a) == AreaOf(b) ? 3 : 4;
}

}  // namespace

const std::array<Field, kFields>& FieldsByCost() {
  static constexpr std::array<Field, kFields> kOrder = {
      Field::kBirthDate,  Field::kPostcode, Field::kGender,     Field::kCountry, Field::kState,
      Field::kOccupation, Field::kCity,     Field::kBirthPlace, Field::kPhone,   Field::kEmail,
      Field::kIdentifier, Field::kAddress,  Field::kName};
  return kOrder;
}

Comparer::Comparer(const Facts& facts)
    : mentions_(facts.mentions()),
      weights_(facts.weights()),
      facts_(facts),
      words_(size_t{1} << kMemoryBits),
      texts_(size_t{1} << kMemoryBits) {}

Likeness Comparer::FreshLikeness(uint32_t a, uint32_t b) const {
  const WordFacts &x = facts_.words[a], &y = facts_.words[b];
  if (x.size == 1 || y.size == 1)
    return x.text[0] == y.text[0] ? Likeness::kInitial : Likeness::kDifferent;
  if (x.key != 0 && x.key == y.key) return Likeness::kVariant;
  const std::span<const uint32_t> groups(facts_.groups);
  if (Intersect(groups.subspan(x.groups, x.group_count), groups.subspan(y.groups, y.group_count)))
    return Likeness::kVariant;
  if (x.number || y.number) return Likeness::kDifferent;
  const size_t shorter = std::min(x.size, y.size);
  const std::string_view s = facts_.TextOf(a), t = facts_.TextOf(b);
  if (shorter >= 3 && s.substr(0, shorter) == t.substr(0, shorter)) return Likeness::kClose;
  if (HasMoreBits(x.letters ^ y.letters, 2 * static_cast<int>(EditsAllowed(shorter))))
    return Likeness::kDifferent;
  return Near(s, t) ? Likeness::kClose : Likeness::kDifferent;
}

Likeness Comparer::CompareWords(uint32_t a, uint32_t b) {
  if (a == b) return Likeness::kEqual;
  if (a > b) std::swap(a, b);
  const uint64_t pair = uint64_t{a} << 32U | b;
  WordSlot& slot = words_[SlotOf(pair)];
  if (slot.pair != pair) slot = {pair, FreshLikeness(a, b)};
  return slot.likeness;
}

// What CompareWords says, without the memory where the letters tell the words apart: neither is a
// piece of the other, and a typing error changes no more than two letters.
Likeness Comparer::CompareQuickly(const QuickWord& a, const QuickWord& b) {
  if (a.word == b.word) return Likeness::kEqual;
  const uint32_t common = a.letters & b.letters;
  const bool special = ((a.letters | b.letters) & QuickWord::kSpecial) != 0;
  if (!special && a.key != b.key && common != a.letters && common != b.letters &&
      HasMoreBits(a.letters ^ b.letters, 2 * kMostEdits))
    return Likeness::kDifferent;
  return CompareWords(a.word, b.word);
}

Comparer::Best Comparer::BestOf(std::span<const QuickWord> a, std::span<const QuickWord> b) {
  Best out;
  for (const QuickWord& x : a) {
    for (const QuickWord& y : b) {
      const Likeness likeness = CompareQuickly(x, y);
      if (likeness < out.likeness) out = {likeness, x.word, y.word};
    }
  }
  return out;
}

void Comparer::Cross(std::span<const QuickWord> a, std::span<const QuickWord> b, Best& into) {
  const Best found = BestOf(a, b);
  if (found.likeness < into.likeness && found.likeness != Likeness::kInitial) into = found;
}

float Comparer::RarityOfOther(const Best& found) const {
  return std::max(facts_.words[found.a].other, facts_.words[found.b].other);
}

void Comparer::CompareFamily(const PersonWords& x, const PersonWords& y, Agreement& out) {
  const Best found = BestOf(x.family, y.family);
  if (found.likeness < Likeness::kInitial) {
    out.level[1] = static_cast<Level>(1 + static_cast<int>(found.likeness));
    out.rarity[1] = std::max(facts_.words[found.a].family, facts_.words[found.b].family);
    return;
  }
  if (x.family.empty() && y.family.empty()) return;
  Best crossed;
  Cross(x.family, y.given, crossed);
  Cross(x.family, y.middle, crossed);
  Cross(y.family, x.given, crossed);
  Cross(y.family, x.middle, crossed);
  if (crossed.likeness < Likeness::kInitial) {
    out.level[1] = 4;
    out.rarity[1] = RarityOfOther(crossed);
  } else if (!x.family.empty() && !y.family.empty()) {
    out.level[1] = 5;
  }
}

void Comparer::CompareGiven(const PersonWords& x, const PersonWords& y, Agreement& out) {
  if (x.given.empty() || y.given.empty()) return;
  const Best found = BestOf(x.given, y.given);
  if (found.likeness == Likeness::kInitial) {
    out.level[0] = 4;
  } else if (found.likeness < Likeness::kInitial) {
    out.level[0] = static_cast<Level>(1 + static_cast<int>(found.likeness));
    out.rarity[0] = std::max(facts_.words[found.a].given, facts_.words[found.b].given);
  } else {
    Best crossed;
    Cross(x.given, y.middle, crossed);
    Cross(x.given, y.family, crossed);
    Cross(y.given, x.middle, crossed);
    Cross(y.given, x.family, crossed);
    out.level[0] = crossed.likeness < Likeness::kInitial ? 5 : 6;
    if (out.level[0] == 5) out.rarity[0] = RarityOfOther(crossed);
  }
}

void Comparer::CompareMiddle(const PersonWords& x, const PersonWords& y, Agreement& out) {
  if (x.middle.empty() || y.middle.empty()) return;
  const Best found = BestOf(x.middle, y.middle);
  out.level[2] = found.likeness < Likeness::kInitial    ? 1
                 : found.likeness == Likeness::kInitial ? 2
                                                        : 3;
  if (out.level[2] == 1) out.rarity[2] = RarityOfOther(found);
}

Agreement Comparer::ComparePersons(const PersonWords& x, const PersonWords& y) {
  Agreement out;
  CompareFamily(x, y, out);
  CompareGiven(x, y, out);
  CompareMiddle(x, y, out);
  return out;
}

Comparer::Overlap Comparer::OverlapOf(std::span<const uint32_t> a, std::span<const uint32_t> b) {
  Overlap out;
  float said = 0;
  uint32_t used = 0;
  bool numbers_a = false, numbers_b = false, number_shared = false;
  for (const uint32_t word : b) {
    said += facts_.words[word].information;
    numbers_b |= facts_.words[word].number;
  }
  for (const uint32_t word : a) {
    const WordFacts& mine = facts_.words[word];
    numbers_a |= mine.number;
    said += mine.information;
    Likeness likeness = Likeness::kDifferent;
    size_t with = b.size();
    for (size_t j = 0; j < b.size(); ++j) {
      if ((used >> j & 1U) != 0) continue;
      const Likeness l = CompareWords(word, b[j]);
      if (l < likeness) likeness = l, with = j;
    }
    if (with == b.size()) continue;
    used |= 1U << with;
    constexpr std::array<float, 5> kWorth = {1, 0.9F, 0.8F, 0.4F, 0};
    const float worth = kWorth[static_cast<size_t>(likeness)];
    const float theirs = facts_.words[b[with]].information;
    out.share += worth * (mine.information + theirs);
    out.information += worth * std::min(mine.information, theirs);
    number_shared |= mine.number && likeness == Likeness::kEqual;
  }
  out.share /= std::max(said, 0.01F);
  out.numbers_clash = numbers_a && numbers_b && !number_shared;
  return out;
}

namespace {

Level LevelOfShare(float share) {
  return share > 0.97F ? 1 : share > 0.82F ? 2 : share > 0.62F ? 3 : share > 0.4F ? 4 : 5;
}

// Words of one name by part. Names are short: fixed room, the rest is left out.
struct Parts {
  static constexpr size_t kRoom = 6;
  std::array<QuickWord, kRoom> family{}, given{}, middle{};
  size_t families = 0, givens = 0, middles = 0;

  Parts(const Facts& facts, std::span<const NameWord> words) {
    for (const auto& [word, part] : words) {
      const QuickWord quick = facts.QuickOf(word);
      if (part == Part::kFamily && families < kRoom) family[families++] = quick;
      if (part == Part::kGiven && givens < kRoom) given[givens++] = quick;
      if (part == Part::kMiddle && middles < kRoom) middle[middles++] = quick;
    }
  }
};

}  // namespace

Agreement Comparer::CompareOrganizations(const Phrase& a, const Phrase& b) {
  constexpr size_t kRoom = 24;
  std::array<uint32_t, kRoom> x{}, y{};
  const auto wa = mentions_.WordsOf(a), wb = mentions_.WordsOf(b);
  const size_t n = std::min(kRoom, wa.size()), k = std::min(kRoom, wb.size());
  for (size_t i = 0; i < n; ++i) x[i] = wa[i].word;
  for (size_t i = 0; i < k; ++i) y[i] = wb[i].word;
  const Overlap overlap = OverlapOf({x.data(), n}, {y.data(), k});
  Agreement out;
  out.level[3] = LevelOfShare(overlap.share);
  if (out.level[3] <= 3) out.rarity[3] = facts_.RarityOfWords(overlap.information);
  return out;
}

Agreement Comparer::ComparePhrases(const Phrase& a, const Phrase& b) {
  if (a.organization || b.organization) return CompareOrganizations(a, b);
  const Parts x(facts_, mentions_.WordsOf(a)), y(facts_, mentions_.WordsOf(b));
  return ComparePersons(
      {{x.family.data(), x.families}, {x.given.data(), x.givens}, {x.middle.data(), x.middles}},
      {{y.family.data(), y.families}, {y.given.data(), y.givens}, {y.middle.data(), y.middles}});
}

Agreement Comparer::CompareNames(uint32_t a, uint32_t b) {
  const NameFacts &p = facts_.names[a], &q = facts_.names[b];
  if (p.plain && q.plain) {
    const auto words = [](const NameFacts& n) -> PersonWords {
      const QuickWord* at = n.words.data();
      return {
          {at, n.families}, {at + n.families, n.givens}, {at + n.families + n.givens, n.middles}};
    };
    return ComparePersons(words(p), words(q));
  }
  Agreement best;
  float best_weight = -1e9F;
  for (const Phrase& x : mentions_.NamesOf(a)) {
    for (const Phrase& y : mentions_.NamesOf(b)) {
      const Agreement found = ComparePhrases(x, y);
      const float weight = WeightOf(Field::kName, found);
      if (weight > best_weight) best = found, best_weight = weight;
    }
  }
  return best;
}

Agreement Comparer::CompareAddresses(uint32_t a, uint32_t b) {
  Agreement out;
  const auto x = mentions_.AddressesOf(a), y = mentions_.AddressesOf(b);
  if (x.empty() || y.empty()) return out;
  const uint32_t* words = mentions_.address_words.data();
  const Overlap overlap =
      OverlapOf({words + x[0].first, x[0].count}, {words + y[0].first, y[0].count});
  Level level = LevelOfShare(overlap.share);
  if (overlap.numbers_clash) level = std::max<Level>(level, 4);
  out.level[0] = level;
  if (level <= 3) out.rarity[0] = facts_.RarityOfWords(overlap.information);
  return out;
}

namespace {

Level LevelOf(Field field, std::string_view a, std::string_view b) {
  if (a == b) return kSame;
  switch (field) {
    case Field::kBirthDate:
      return DateLevel(a, b);
    case Field::kGender:
    case Field::kCountry:
    case Field::kState:
      return 2;
    case Field::kPostcode:
      return PostcodeLevel(a, b);
    case Field::kEmail:
      return EmailLevel(a, b);
    case Field::kPhone:
      return PhoneLevel(a, b);
    case Field::kIdentifier:
      return IdentifierLevel(a, b);
    default:
      return TextLevel(a, b);
  }
}

}  // namespace

// Of values that may hold several texts: the best level of any two.
Level Comparer::FreshLevel(Field field, uint32_t a, uint32_t b) const {
  const std::string_view x = mentions_.field(field).values[a], y = mentions_.field(field).values[b];
  Level best = kNothing;
  for (size_t i = 0; i <= x.size();) {
    const size_t i_end = std::min(x.find(kValueSeparator, i), x.size());
    for (size_t j = 0; j <= y.size();) {
      const size_t j_end = std::min(y.find(kValueSeparator, j), y.size());
      const Level level = LevelOf(field, x.substr(i, i_end - i), y.substr(j, j_end - j));
      if (level != kNothing && (best == kNothing || level < best)) best = level;
      j = j_end + 1;
    }
    i = i_end + 1;
  }
  return best;
}

Level Comparer::LevelOfLong(Field field, uint32_t a, uint32_t b) {
  if (field == Field::kGender || field == Field::kCountry || field == Field::kState) {
    const FieldColumn& column = mentions_.field(field);
    if (!column.several[a] && !column.several[b]) return 2;
  }
  if (a > b) std::swap(a, b);
  // Values are fewer than 2^30, fields fewer than 16.
  const uint64_t key = uint64_t{a} << 34U | uint64_t{b} << 4U | static_cast<uint64_t>(field);
  TextSlot& slot = texts_[SlotOf(key)];
  if (slot.key != key) slot = {key, FreshLevel(field, a, b)};
  return slot.level;
}

Agreement Comparer::CompareSimple(Field field, uint32_t a, uint32_t b) {
  const auto& values = facts_.values[static_cast<size_t>(field)];
  const ValueFacts &x = values[a], &y = values[b];
  Agreement out;
  out.rarity[0] = std::max(x.rarity, y.rarity);
  const bool packed = x.packed != 0 && y.packed != 0;
  if (a == b)
    out.level[0] = kSame;
  else if (packed && field == Field::kBirthDate)
    out.level[0] = DateLevel(x.packed, y.packed);
  else if (packed && field == Field::kPostcode)
    out.level[0] = PostcodeLevel(x.packed, y.packed);
  else
    out.level[0] = LevelOfLong(field, a, b);
  return out;
}

Agreement Comparer::Compare(Field field, uint32_t a, uint32_t b) {
  if (field == Field::kName) return CompareNames(a, b);
  if (field == Field::kAddress) return CompareAddresses(a, b);
  return CompareSimple(field, a, b);
}

float Comparer::WeightOf(Field field, const Agreement& agreement) const {
  if (field != Field::kName)
    return weights_.Of(AspectOf(field), agreement.level[0], agreement.rarity[0]);
  float sum = 0;
  for (size_t i = 0; i < kNameAspects; ++i)
    sum += weights_.Of(static_cast<Aspect>(i), agreement.level[i], agreement.rarity[i]);
  return facts_.NameWeight(sum);
}

}  // namespace tidewaiter::resolve
