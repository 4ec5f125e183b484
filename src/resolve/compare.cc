#include "resolve/compare.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "names/edit_distance.h"
#include "names/name_tokens.h"
#include "names/similarity.h"
#include "resolve/normal.h"

namespace tidewaiter::resolve {
namespace {

constexpr size_t kMemory = 1 << 15;  // pairs of words remembered

// The edits that a typing error may make in a text of this length.
uint32_t EditsAllowed(size_t shorter) { return shorter < 3 ? 0 : shorter < 6 ? 1 : 2; }

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
  constexpr double kHalfAlike = 0.7;
  if (longer <= 64 && names::LcsLength(a, b) >= kHalfAlike * static_cast<double>(longer))
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

bool Intersect(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b) {
  auto i = a.begin();
  auto j = b.begin();
  while (i != a.end() && j != b.end()) {
    if (*i == *j) return true;
    *i < *j ? ++i : ++j;
  }
  return false;
}

// How common a value is. A small table is no picture of the world: some mentions that share values
// as often as is assumed of strangers (`u`) count beside its own.
float Share(uint64_t count, uint64_t total, double u) {
  constexpr double kOthers = 50;
  return static_cast<float>((static_cast<double>(count) + kOthers * u) /
                            (static_cast<double>(total) + kOthers));
}

}  // namespace

Comparer::Comparer(const Mentions& mentions, const Weights& weights)
    : mentions_(mentions),
      weights_(weights),
      name_enough_(static_cast<float>(std::log(static_cast<double>(mentions.count) / 2 + 2))),
      memory_(kMemory) {}

Likeness Comparer::FreshLikeness(const Word& a, const Word& b) const {
  if (a.text.size() == 1 || b.text.size() == 1)
    return a.text[0] == b.text[0] ? Likeness::kInitial : Likeness::kDifferent;
  if (!a.key.empty() && a.key == b.key) return Likeness::kVariant;
  if (Intersect(a.groups, b.groups)) return Likeness::kVariant;
  const size_t shorter = std::min(a.text.size(), b.text.size());
  if (((a.flags | b.flags) & names::kNumber) != 0) return Likeness::kDifferent;
  if (shorter >= 3 && a.text.substr(0, shorter) == b.text.substr(0, shorter))
    return Likeness::kClose;
  if (std::popcount(a.letters ^ b.letters) > 2 * static_cast<int>(EditsAllowed(shorter)))
    return Likeness::kDifferent;
  return Near(a.text, b.text) ? Likeness::kClose : Likeness::kDifferent;
}

Likeness Comparer::CompareWords(uint32_t a, uint32_t b) {
  if (a == b) return Likeness::kEqual;
  if (a > b) std::swap(a, b);
  const uint64_t pair = uint64_t{a} << 32U | b;
  Slot& slot = memory_[(pair * 0x9E3779B97F4A7C15ULL) >> 49U];
  if (slot.pair != pair) slot = {pair, FreshLikeness(mentions_.words[a], mentions_.words[b])};
  return slot.likeness;
}

namespace {

// Words of one name by part. Names are short: fixed room, the rest is left out.
struct Parts {
  static constexpr size_t kRoom = 6;
  std::array<uint32_t, kRoom> family{}, given{}, middle{};
  size_t families = 0, givens = 0, middles = 0;

  explicit Parts(std::span<const NameWord> words) {
    for (const auto& [word, part] : words) {
      if (part == Part::kFamily && families < kRoom) family[families++] = word;
      if (part == Part::kGiven && givens < kRoom) given[givens++] = word;
      if (part == Part::kMiddle && middles < kRoom) middle[middles++] = word;
    }
  }
};

struct Best {
  Likeness likeness = Likeness::kDifferent;
  uint32_t a = 0, b = 0;
};

}  // namespace

Agreement Comparer::ComparePersons(const Phrase& a, const Phrase& b) {
  const Parts x(mentions_.WordsOf(a)), y(mentions_.WordsOf(b));
  const auto best = [&](const auto& p, size_t ps, const auto& q, size_t qs) {
    Best out;
    for (size_t i = 0; i < ps; ++i) {
      for (size_t j = 0; j < qs; ++j) {
        const Likeness likeness = CompareWords(p[i], q[j]);
        if (likeness < out.likeness) out = {likeness, p[i], q[j]};
      }
    }
    return out;
  };
  const auto& words = mentions_.words;
  constexpr double kAnyWord = 0.003;
  const double u_given = weights_.At(Aspect::kGiven, kSame).u;
  const double u_family = weights_.At(Aspect::kFamily, kSame).u;
  const auto other_share = [&](const Best& found) {
    return std::max(Share(words[found.a].other, mentions_.word_total, kAnyWord),
                    Share(words[found.b].other, mentions_.word_total, kAnyWord));
  };
  // Words of one name that stand in another part of the other one.
  const auto crossed = [&](const auto& p, size_t ps, const auto& q, size_t qs, Best& into) {
    const Best found = best(p, ps, q, qs);
    if (found.likeness < into.likeness && found.likeness != Likeness::kInitial) into = found;
  };

  Agreement out;
  // Family names.
  if (x.families > 0 && y.families > 0) {
    const Best found = best(x.family, x.families, y.family, y.families);
    if (found.likeness < Likeness::kInitial) {
      out.level[1] = static_cast<Level>(1 + static_cast<int>(found.likeness));
      out.frequency[1] = std::max(Share(words[found.a].family, mentions_.family_total, u_family),
                                  Share(words[found.b].family, mentions_.family_total, u_family));
    }
  }
  if (out.level[1] == kNothing && (x.families > 0 || y.families > 0)) {
    Best found;
    crossed(x.family, x.families, y.given, y.givens, found);
    crossed(x.family, x.families, y.middle, y.middles, found);
    crossed(y.family, y.families, x.given, x.givens, found);
    crossed(y.family, y.families, x.middle, x.middles, found);
    if (found.likeness < Likeness::kInitial) {
      out.level[1] = 4;
      out.frequency[1] = other_share(found);
    } else if (x.families > 0 && y.families > 0) {
      out.level[1] = 5;
    }
  }
  // Given names.
  if (x.givens > 0 && y.givens > 0) {
    const Best found = best(x.given, x.givens, y.given, y.givens);
    if (found.likeness == Likeness::kInitial) {
      out.level[0] = 4;
    } else if (found.likeness < Likeness::kInitial) {
      out.level[0] = static_cast<Level>(1 + static_cast<int>(found.likeness));
      out.frequency[0] = std::max(Share(words[found.a].given, mentions_.given_total, u_given),
                                  Share(words[found.b].given, mentions_.given_total, u_given));
    } else {
      Best cross;
      crossed(x.given, x.givens, y.middle, y.middles, cross);
      crossed(x.given, x.givens, y.family, y.families, cross);
      crossed(y.given, y.givens, x.middle, x.middles, cross);
      crossed(y.given, y.givens, x.family, x.families, cross);
      out.level[0] = cross.likeness < Likeness::kInitial ? 5 : 6;
      if (out.level[0] == 5) out.frequency[0] = other_share(cross);
    }
  }
  // Middle names.
  if (x.middles > 0 && y.middles > 0) {
    const Best found = best(x.middle, x.middles, y.middle, y.middles);
    out.level[2] = found.likeness < Likeness::kInitial    ? 1
                   : found.likeness == Likeness::kInitial ? 2
                                                          : 3;
    if (out.level[2] == 1) out.frequency[2] = other_share(found);
  }
  return out;
}

float Comparer::InformationOf(uint32_t word) const {
  const Word& w = mentions_.words[word];
  const auto total = static_cast<float>(std::max<size_t>(mentions_.count, 2));
  const float information = std::log(total * 2 / static_cast<float>(std::max(1U, w.other)));
  constexpr float kGenericShare = 0.3F;
  return std::max(0.2F, information) * ((w.flags & names::kGeneric) != 0 ? kGenericShare : 1.0F);
}

Comparer::Overlap Comparer::OverlapOf(const uint32_t* a, size_t a_count, const uint32_t* b,
                                      size_t b_count) {
  Overlap out;
  float said = 0;
  uint32_t used = 0;
  bool numbers_a = false, numbers_b = false, number_shared = false;
  for (size_t j = 0; j < b_count; ++j) {
    said += InformationOf(b[j]);
    numbers_b |= (mentions_.words[b[j]].flags & names::kNumber) != 0;
  }
  for (size_t i = 0; i < a_count; ++i) {
    const float mine = InformationOf(a[i]);
    const bool number = (mentions_.words[a[i]].flags & names::kNumber) != 0;
    numbers_a |= number;
    said += mine;
    Likeness likeness = Likeness::kDifferent;
    size_t with = b_count;
    for (size_t j = 0; j < b_count; ++j) {
      if ((used >> j & 1U) != 0) continue;
      const Likeness l = CompareWords(a[i], b[j]);
      if (l < likeness) likeness = l, with = j;
    }
    if (with == b_count) continue;
    used |= 1U << with;
    constexpr std::array<float, 5> kWorth = {1, 0.9F, 0.8F, 0.4F, 0};
    const float worth = kWorth[static_cast<size_t>(likeness)];
    const float theirs = InformationOf(b[with]);
    out.share += worth * (mine + theirs);
    out.information += worth * std::min(mine, theirs);
    number_shared |= number && likeness == Likeness::kEqual;
  }
  out.share /= std::max(said, 0.01F);
  out.numbers_clash = numbers_a && numbers_b && !number_shared;
  return out;
}

namespace {

Level LevelOfShare(float share) {
  return share > 0.97F ? 1 : share > 0.82F ? 2 : share > 0.62F ? 3 : share > 0.4F ? 4 : 5;
}

// Words of a phrase are not independent: their joint rarity is less than the product says.
float FrequencyOf(float information, size_t mentions) {
  constexpr float kIndependence = 0.7F;
  const float least = 0.25F / static_cast<float>(std::max<size_t>(mentions, 1));
  return std::max(least, std::exp(-kIndependence * information));
}

}  // namespace

Agreement Comparer::CompareOrganizations(const Phrase& a, const Phrase& b) {
  constexpr size_t kRoom = 24;
  std::array<uint32_t, kRoom> x{}, y{};
  const auto wa = mentions_.WordsOf(a), wb = mentions_.WordsOf(b);
  const size_t n = std::min(kRoom, wa.size()), k = std::min(kRoom, wb.size());
  for (size_t i = 0; i < n; ++i) x[i] = wa[i].word;
  for (size_t i = 0; i < k; ++i) y[i] = wb[i].word;
  const Overlap overlap = OverlapOf(x.data(), n, y.data(), k);
  Agreement out;
  out.level[3] = LevelOfShare(overlap.share);
  if (out.level[3] <= 3) out.frequency[3] = FrequencyOf(overlap.information, mentions_.count);
  return out;
}

Agreement Comparer::CompareNames(uint32_t a, uint32_t b) {
  Agreement best;
  float best_weight = -1e9F;
  for (const Phrase& x : mentions_.NamesOf(a)) {
    for (const Phrase& y : mentions_.NamesOf(b)) {
      const Agreement found =
          x.organization || y.organization ? CompareOrganizations(x, y) : ComparePersons(x, y);
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
  const Overlap overlap = OverlapOf(mentions_.address_words.data() + x[0].first, x[0].count,
                                    mentions_.address_words.data() + y[0].first, y[0].count);
  Level level = LevelOfShare(overlap.share);
  if (overlap.numbers_clash) level = std::max<Level>(level, 4);
  out.level[0] = level;
  if (level <= 3) out.frequency[0] = FrequencyOf(overlap.information, mentions_.count);
  return out;
}

Level Comparer::LevelOf(Field field, std::string_view a, std::string_view b) const {
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

Agreement Comparer::CompareSimple(Field field, uint32_t a, uint32_t b) {
  const FieldColumn& column = mentions_.field(field);
  Agreement out;
  if (a == b) {
    out.level[0] = kSame;
  } else if (!column.several[a] && !column.several[b]) {
    out.level[0] = LevelOf(field, column.values[a], column.values[b]);
  } else {
    const std::string_view x = column.values[a], y = column.values[b];
    for (size_t i = 0; i <= x.size();) {
      const size_t i_end = std::min(x.find(kValueSeparator, i), x.size());
      for (size_t j = 0; j <= y.size();) {
        const size_t j_end = std::min(y.find(kValueSeparator, j), y.size());
        const Level level = LevelOf(field, x.substr(i, i_end - i), y.substr(j, j_end - j));
        if (level != kNothing && (out.level[0] == kNothing || level < out.level[0]))
          out.level[0] = level;
        j = j_end + 1;
      }
      i = i_end + 1;
    }
  }
  out.frequency[0] = Share(std::max(column.counts[a], column.counts[b]), column.total,
                           weights_.At(AspectOf(field), kSame).u);
  return out;
}

Agreement Comparer::Compare(Field field, uint32_t a, uint32_t b) {
  if (field == Field::kName) return CompareNames(a, b);
  if (field == Field::kAddress) return CompareAddresses(a, b);
  return CompareSimple(field, a, b);
}

float Comparer::WeightOf(Field field, const Agreement& agreement) const {
  if (field != Field::kName)
    return weights_.Of(AspectOf(field), agreement.level[0], agreement.frequency[0]);
  float sum = 0;
  for (size_t i = 0; i < kNameAspects; ++i)
    sum += weights_.Of(static_cast<Aspect>(i), agreement.level[i], agreement.frequency[i]);
  // The parts of a name are drawn together (families, namesakes): a whole name is hardly ever rarer
  // than one in as many as there are entities, however rare its parts are.
  constexpr float kBeyond = 0.25F;
  return sum > name_enough_ ? name_enough_ + kBeyond * (sum - name_enough_) : sum;
}

}  // namespace tidewaiter::resolve
