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
  // The same; but two groups that surely stay below `enough` get no more than a limit above their
  // score that lies below it: most large groups are told apart by a field or two.
  struct Scored {
    float weight = 0;
    bool exact = true;
  };
  Scored ScoreUpTo(std::span<const uint32_t> a, std::span<const uint32_t> b, float enough);
  static constexpr size_t kMostMembers = 32;

 private:
  struct Counted {
    uint32_t value = 0, count = 0;
    uint32_t joined = 0;  // of a_: how many of b_ say the same; of b_: whether some of a_ does
  };
  // What a group says, by field as in fields_.
  using Profile = std::vector<std::vector<Counted>>;
  void Count(std::span<const uint32_t> group, Profile& out) const;
  void CountBoth(std::span<const uint32_t> a, std::span<const uint32_t> b);
  bool BothSay(size_t k) const { return !a_[k].empty() && !b_[k].empty(); }
  float Total() const;
  float MostOf(size_t k) const;
  float ScoreField(size_t k);
  float Dissent(size_t k, uint32_t from_a, uint32_t from_b) const;
  // e^weight of two values of a field, remembered.
  float RatioOf(Field field, uint32_t a, uint32_t b);

  const Facts& facts_;
  const Mentions& mentions_;
  Comparer comparer_;
  std::vector<Field> fields_;    // that the table has
  std::vector<size_t> by_cost_;  // places in fields_: what is cheap and decides first
  Profile a_, b_;
  std::vector<float> score_, rest_;  // by place in fields_, in by_cost_
  struct Slot {
    uint64_t key = 0;
    float ratio = 0;
  };
  std::vector<Slot> memory_;
};

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_GROUPS_H_
