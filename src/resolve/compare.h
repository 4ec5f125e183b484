// Two values of a field -> the levels on which they agree, and how common what they share is.
#ifndef TIDEWAITER_RESOLVE_COMPARE_H_
#define TIDEWAITER_RESOLVE_COMPARE_H_

#include <array>
#include <cstdint>
#include <vector>

#include "resolve/mentions.h"
#include "resolve/weights.h"

namespace tidewaiter::resolve {

// Of a field; all but the name use only the first entry.
struct Agreement {
  std::array<Level, kNameAspects> level{};
  std::array<float, kNameAspects> frequency{};  // of the value shared; 0: none
};

// How alike two words are.
enum class Likeness : uint8_t { kEqual, kVariant, kClose, kInitial, kDifferent };

// One a thread; holds a memory of pairs of words. `mentions` and `weights` (which choose between
// the alternatives of a value) must outlive it.
class Comparer {
 public:
  Comparer(const Mentions& mentions, const Weights& weights);

  // Both values must be numbers of the field, not 0.
  Agreement Compare(Field field, uint32_t a, uint32_t b);
  // The weight of an agreement.
  float WeightOf(Field field, const Agreement& agreement) const;
  // The weight of two values: 0 when one is 0.
  float Weight(Field field, uint32_t a, uint32_t b) {
    return a == 0 || b == 0 ? 0 : WeightOf(field, Compare(field, a, b));
  }
  Likeness CompareWords(uint32_t a, uint32_t b);

 private:
  Agreement CompareNames(uint32_t a, uint32_t b);
  Agreement ComparePersons(const Phrase& a, const Phrase& b);
  Agreement CompareOrganizations(const Phrase& a, const Phrase& b);
  Agreement CompareAddresses(uint32_t a, uint32_t b);
  Agreement CompareSimple(Field field, uint32_t a, uint32_t b);
  Level LevelOf(Field field, std::string_view a, std::string_view b) const;
  Likeness FreshLikeness(const Word& a, const Word& b) const;
  float InformationOf(uint32_t word) const;
  struct Overlap {
    float share = 0, information = 0;  // of what both say; of what they share
    bool numbers_clash = false;
  };
  Overlap OverlapOf(const uint32_t* a, size_t a_count, const uint32_t* b, size_t b_count);

  const Mentions& mentions_;
  const Weights& weights_;
  float name_enough_;  // beyond this weight a name says little more
  struct Slot {
    uint64_t pair = 0;
    Likeness likeness = Likeness::kDifferent;
  };
  std::vector<Slot> memory_;
};

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_COMPARE_H_
