#include "names/similarity.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "names/edit_distance.h"
#include "names/readings.h"
#include "names/sound.h"

namespace tidewaiter::names {
namespace {

constexpr float kSameSoundValue = 0.97F;
constexpr float kVariantValue = 0.93F;
constexpr float kShortVariantValue = 0.88F;  // "Li" is a form of too many names
// A form that is also spelled alike counts for more.
constexpr float kSpelledAlike = 0.8F, kVariantSpelledAlike = 0.02F;
constexpr float kAdditionOmitted = 0.85F;
constexpr float kIdeographsDiffer = 0.7F;
constexpr float kLeast = 0.45F;
constexpr float kJoinedValue = 0.98F;
constexpr double kLooselyJoinedValue = 0.94;
constexpr size_t kLeastJoinedKey = 4;

bool Share(std::span<const uint32_t> a, std::span<const uint32_t> b) {
  size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (a[i] == b[j]) return true;
    if (a[i] < b[j])
      ++i;
    else
      ++j;
  }
  return false;
}

// What edits of this cost take from the likeness of words of which the longer has so many letters.
// Costs come in hundredths.
double EditPenalty(double cost, double longest) {
  static const auto powers = [] {
    std::array<double, 401> out{};
    for (size_t i = 0; i < out.size(); ++i)
      out[i] = 0.38 * std::pow(static_cast<double>(i) / 100, 1.3);
    return out;
  }();
  const auto hundredths = static_cast<size_t>(cost * 100 + 0.5);
  return powers[std::min(hundredths, powers.size() - 1)] / std::sqrt(longest);
}

// Words of a class of their own are the same or not, nothing between.
bool IsFixed(uint16_t flags) { return (flags & (kNumber | kLegal | kInitial)) != 0; }

// What is cheap to see before counting edits.
bool MayBeWithin(const WordView& a, const WordView& b, uint32_t edits) {
  const size_t longer = std::max(a.key.size(), b.key.size()),
               shorter = std::min(a.key.size(), b.key.size());
  return longer - shorter <= edits && HasAtMost(a.letters & ~b.letters, edits) &&
         HasAtMost(b.letters & ~a.letters, edits);
}

// Where every waw of the word from a script without vowels is a consonant ("أول", awal).
bool HasConsonantsOf(const WordView& abjad, const WordView& other) {
  return !other.skeleton.empty() && abjad.key.find('v') != std::string_view::npos &&
         Skeleton(abjad.key) == other.skeleton;
}

// How like two words with so many consonants are when one is from a script without vowels: one or
// two consonants fit many words.
struct ConsonantWorth {
  explicit ConsonantWorth(size_t consonants)
      : most(consonants < 2    ? 0.92
             : consonants == 2 ? 0.95
                               : 0.97),
        edit(0.9 / (static_cast<double>(consonants) + 0.5)) {}
  double most, edit;
};

Similarity CompareConsonants(const WordView& a, const WordView& b) {
  const bool a_abjad = (a.flags & kAbjad) != 0;
  if (a.skeleton != b.skeleton || a.skeleton.empty()) {
    const bool edited = a.skeleton.size() >= kLeastEditedSkeleton &&
                        b.skeleton.size() >= kLeastEditedSkeleton &&
                        IsWithinOsa(a.skeleton, b.skeleton, 1);
    const bool broadly = a.skeleton.size() == 2 && b.skeleton.size() == 2 &&
                         BroadSkeleton(a.skeleton) == BroadSkeleton(b.skeleton);
    if (!edited && !broadly && !(a_abjad ? HasConsonantsOf(a, b) : HasConsonantsOf(b, a)))
      return {};
  }
  const ConsonantWorth worth(std::max(a.skeleton.size(), b.skeleton.size()));
  const double limit = (worth.most - kLeast) / worth.edit + 0.01;
  const double cost =
      a_abjad ? AbjadDistance(a.key, b.key, limit) : AbjadDistance(b.key, a.key, limit);
  const double value = worth.most - worth.edit * cost;
  if (value < kLeast) return {};
  return {static_cast<float>(value), Likeness::kConsonants};
}

Similarity CompareKeys(const WordView& a, const WordView& b) {
  uint32_t limit = EditLimit(a.key.size(), b.key.size());
  // Vowels are written in many ways: words with the same consonants may differ in two places
  // sooner.
  if (limit == 1 && a.key.size() >= 4 && b.key.size() >= 4 && !a.skeleton.empty() &&
      a.skeleton == b.skeleton)
    limit = 2;
  else if (limit == 2 && a.skeleton.size() >= 3 && a.skeleton == b.skeleton)
    limit = 3;
  if (limit == 0 || !MayBeWithin(a, b, limit) || !IsWithinOsa(a.key, b.key, limit)) return {};
  const double longest = static_cast<double>(std::max(a.key.size(), b.key.size()));
  const double cost = SoundDistance(a.key, b.key, 3);
  // Other characters that are read otherwise are other names.
  if (!a.own.empty() && !b.own.empty() && a.own != b.own) return {};
  // Of a short word, and of a syllable read from Chinese or Korean, little is left after an edit.
  const size_t shorter = std::min(a.key.size(), b.key.size());
  const bool short_text = std::min(a.text.size(), b.text.size()) <= 3;
  if (shorter <= 3 && (short_text ? cost > 0.5 : cost > 0.7)) return {};
  if (((a.flags | b.flags) & kIdeographic) != 0 && (shorter < 5 || cost > 1)) return {};
  // An edit in a short word is one edit, not a third of the word; a second one weighs more than the
  // first.
  const double value = 0.97 - EditPenalty(cost, longest);
  if (value < kLeast) return {};
  return {static_cast<float>(value), Likeness::kEdited};
}

// "Saifullah" for "Abdul Saifullah", "Griffin" for "Griffinová".
bool IsWithoutAddition(const WordView& shorter, const WordView& longer) {
  if (longer.text.size() <= shorter.text.size()) return false;
  const std::string_view rest = WithoutAddition(longer);
  return !rest.empty() && rest == shorter.text;
}

}  // namespace

std::string_view WithoutAddition(const WordView& word) {
  constexpr size_t kLeastRest = 4;
  constexpr std::string_view kWife = "ova";
  const bool abjad = (word.flags & kAbjad) != 0;
  const std::string_view servant = abjad ? "abdal" : "abdul";
  if (word.text.size() >= servant.size() + kLeastRest && word.text.starts_with(servant))
    return word.text.substr(servant.size());
  if (!abjad && word.text.size() >= kWife.size() + kLeastRest && word.text.ends_with(kWife))
    return word.text.substr(0, word.text.size() - kWife.size());
  return {};
}

std::string JoinedKey(const WordView& a, const WordView& b) {
  std::string text;
  text.reserve(a.text.size() + b.text.size());
  return SoundKey(text.append(a.text).append(b.text));
}

namespace {

// Whether a part of a word may stand as a word of its own: a syllable that people write apart.
bool IsSyllable(const WordView& word) {
  return word.text.size() >= 2 && word.text.size() <= kLongestSyllable;
}

}  // namespace

bool MayJoinLoosely(const WordView& a, const WordView& b) {
  constexpr uint16_t kNoPart = kNumber | kInitial | kLegal | kHonorific | kWord | kAbjad;
  return ((a.flags | b.flags) & kNoPart) == 0 && (a.flags & kParticle) == 0 &&
         (IsSyllable(a) || IsSyllable(b)) && a.key.size() + b.key.size() >= kLeastJoinedKey;
}

Similarity CompareJoined(const WordView& a, const WordView& b, const WordView& whole) {
  // Dropped letters (vowels, doubles) leave room, but not for more than a few.
  const size_t together = a.text.size() + b.text.size();
  const bool abjad = ((a.flags | b.flags) & kAbjad) != 0, whole_abjad = (whole.flags & kAbjad) != 0;
  if (together > whole.text.size() * 2 + 4 || whole.text.size() > together * 2 + 4) return {};
  if (abjad == whole_abjad && (a.key.size() + b.key.size() > whole.key.size() + 4 ||
                               whole.key.size() > a.key.size() + b.key.size() + 2))
    return {};
  // What they begin with decides most cases without writing them together.
  if (abjad == whole_abjad ? a.key.empty() || whole.key.empty() || a.key[0] != whole.key[0]
                           : whole.skeleton.size() < kLeastJoinedSkeleton ||
                                 (!a.skeleton.empty() && a.skeleton[0] != whole.skeleton[0])) {
    return {};
  }
  const std::string key = JoinedKey(a, b);
  if (abjad == whole_abjad) {
    if (key == whole.key) return {kJoinedValue, Likeness::kJoined};
    if (abjad || !MayJoinLoosely(a, b) || key.size() < kLeastJoinedKey ||
        whole.key.size() < kLeastJoinedKey || !IsWithinOsa(key, whole.key, 1)) {
      return {};
    }
    const double longest = static_cast<double>(std::max(key.size(), whole.key.size()));
    const double cost = SoundDistance(key, whole.key, 3);
    return {static_cast<float>(kLooselyJoinedValue - EditPenalty(cost, longest)),
            Likeness::kJoined};
  }
  const std::string skeleton = Skeleton(key);
  if (skeleton.size() < kLeastJoinedSkeleton || skeleton != whole.skeleton) return {};
  const double limit = 0.25 * static_cast<double>(skeleton.size());
  const double cost =
      abjad ? AbjadDistance(key, whole.key, limit) : AbjadDistance(whole.key, key, limit);
  if (cost > limit) return {};
  const ConsonantWorth worth(skeleton.size());
  return {static_cast<float>(worth.most - worth.edit * cost), Likeness::kJoined};
}

namespace {

// One that somebody wrote beside one that was made of a whole name; two that were made say nothing.
Similarity CompareAcronym(const WordView& a, const WordView& b) {
  constexpr uint16_t kNoAcronym =
      kNumber | kInitial | kParticle | kLegal | kHonorific | kWord | kAbjad | kIdeographic;
  const bool one = ((a.flags ^ b.flags) & kAcronym) != 0;
  if (!one || ((a.flags | b.flags) & kNoAcronym) != 0 || a.text != b.text) return {};
  return {1, Likeness::kAcronym};
}

}  // namespace

uint32_t LettersOf(std::string_view key) {
  uint32_t out = 0;
  for (const char c : key) {
    const bool small = c >= 'a' && c <= 'z';
    out |= uint32_t{1} << (small ? c - 'a' : c == 'C' ? 26 : c == 'S' ? 27 : c == 'Z' ? 28 : 29);
  }
  return out;
}

Similarity CompareWords(const WordView& a, const WordView& b) {
  if (((a.flags | b.flags) & kAcronym) != 0) return CompareAcronym(a, b);
  if (a.text == b.text && ((a.flags ^ b.flags) & (kLegal | kWord | kAbjad)) == 0) {
    if (!a.own.empty() && !b.own.empty() && a.own != b.own)
      return {kIdeographsDiffer, Likeness::kSameSound};
    return {1, Likeness::kEqual};
  }
  if (IsFixed(a.flags) || IsFixed(b.flags)) {
    // An initial has groups where it may be a whole name (IsOneLetterName).
    if (Share(a.groups, b.groups)) return {kShortVariantValue, Likeness::kVariant};
    return {};
  }
  // Two meanings are the same or not; a word that is nearly one is one mistyped, if it is long
  // enough.
  if ((a.flags & b.flags & kWord) != 0) return {};
  if (((a.flags | b.flags) & kWord) != 0 && a.key != b.key &&
      std::min(a.key.size(), b.key.size()) < 6)
    return {};
  Similarity best;
  const bool one_abjad = ((a.flags ^ b.flags) & kAbjad) != 0;
  if (one_abjad) {
    best = CompareConsonants(a, b);
  } else if (a.key == b.key) {
    best = {kSameSoundValue, Likeness::kSameSound};
  } else {
    best = CompareKeys(a, b);
  }
  if (best.value < kAdditionOmitted && (IsWithoutAddition(a, b) || IsWithoutAddition(b, a)))
    best = {kAdditionOmitted, Likeness::kVariant};
  float variant = std::min(a.key.size(), b.key.size()) <= 3 ? kShortVariantValue : kVariantValue;
  if (best.value >= kSpelledAlike) variant += kVariantSpelledAlike;
  if (best.value < variant && Share(a.groups, b.groups)) best = {variant, Likeness::kVariant};
  return best;
}

}  // namespace tidewaiter::names
