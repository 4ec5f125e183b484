// How well two groups of mentions go together.
#ifndef TIDEWAITER_RESOLVE_GROUPS_H_
#define TIDEWAITER_RESOLVE_GROUPS_H_

#include <span>
#include <vector>

#include "resolve/compare.h"
#include "resolve/mentions.h"

namespace tidewaiter::resolve {

// One a thread.
class GroupScorer {
 public:
  explicit GroupScorer(const Facts& facts);

  // ln of the likelihood ratio that the mentions of both groups are of one entity, without prior.
  // Of a large group the first kMostMembers are looked at.
  float Score(std::span<const uint32_t> a, std::span<const uint32_t> b);
  static constexpr size_t kMostMembers = 32;

 private:
  struct Counted {
    uint32_t value = 0, count = 0;
    uint32_t joined = 0;  // of a_: how many of b_ say the same; of b_: whether some of a_ does
  };
  void Count(Field field, std::span<const uint32_t> group, std::vector<Counted>& out) const;
  float ScoreField(Field field);
  float Dissent(uint32_t from_a, uint32_t from_b) const;
  // e^weight of two values of a field, remembered.
  float RatioOf(Field field, uint32_t a, uint32_t b);

  const Mentions& mentions_;
  Comparer comparer_;
  std::vector<Field> fields_;
  std::vector<Counted> a_, b_;
  struct Slot {
    uint64_t key = 0;
    float ratio = 0;
  };
  std::vector<Slot> memory_;
};

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_GROUPS_H_
