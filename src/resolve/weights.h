// How much each level of agreement says, after Fellegi and Sunter: m is how often two mentions of
// one entity are on that level, u how often two mentions of different ones are. The weight of a
// level is ln(m / u).
//
// Where agreement has a value (both are called "Englefield"), u is how common that very value is:
// sharing a rare one says more. Near agreement on a rare value says more too: u is then the value's
// frequency times how much more often mentions are near than equal by chance.
#ifndef TIDEWAITER_RESOLVE_WEIGHTS_H_
#define TIDEWAITER_RESOLVE_WEIGHTS_H_

#include <algorithm>
#include <array>
#include <string>

#include "base/json.h"
#include "base/result.h"
#include "base/yaml.h"
#include "resolve/fields.h"

namespace tidewaiter::resolve {

inline constexpr float kUnshared = 1;

struct LevelWeight {
  double m = 0, u = 0;
  bool by_value = false;  // u is the frequency of the value, times `spread`
  double spread = 1;
};

class Weights {
 public:
  // reference/resolve/weights.yaml: what is assumed before any data is seen.
  static Result<Weights> Read(const std::string& resources);
  static Result<Weights> FromYaml(const YamlNode& root);
  // As --weights writes and reads it (schemas/resolve-weights.schema.json).
  Json ToJson() const;

  const LevelWeight& At(Aspect aspect, Level level) const {
    return table_[static_cast<size_t>(aspect)][level];
  }
  LevelWeight& At(Aspect aspect, Level level) { return table_[static_cast<size_t>(aspect)][level]; }
  // Call after changing m or u.
  void Prepare();

  // ln(m / u); `rarity` of the value agreed on (ln of its share), kUnshared when there is none. 0
  // for kNothing. Never grows with `rarity`.
  float Of(Aspect aspect, Level level, float rarity) const {
    const Fast& fast = fast_[static_cast<size_t>(aspect)][level];
    return fast.by_value && rarity <= 0 ? fast.log_m - std::min(0.0F, rarity + fast.log_spread)
                                        : fast.plain;
  }

  double strength = 0;    // of the prior, in pairs of one entity, when learning
  double duplicates = 1;  // expected other mentions of a mention's entity, before any data

 private:
  struct Fast {
    float plain = 0, log_m = 0, log_spread = 0;
    bool by_value = false;
  };
  std::array<std::array<LevelWeight, kLevels>, kAspects> table_{};
  std::array<std::array<Fast, kLevels>, kAspects> fast_{};
};

constexpr bool SaysWhere(Field field) {
  return field == Field::kBirthPlace || field == Field::kCountry || field == Field::kAddress ||
         field == Field::kCity || field == Field::kState || field == Field::kPostcode;
}

// The weight of a pair from the weights of its fields. Fields that say where somebody is say much
// the same thing several times: of those the strongest counts, the others a quarter. Adding a field
// never adds more than its weight or zero.
class Tally {
 public:
  void Add(Field field, float weight) {
    if (!SaysWhere(field)) {
      sum_ += weight;
      return;
    }
    all_ += weight;
    highest_ = std::max(highest_, weight);
    lowest_ = std::min(lowest_, weight);
  }
  float Weight() const {
    const float ends = highest_ + lowest_;
    return sum_ + ends + kRest * (all_ - ends);
  }

 private:
  static constexpr float kRest = 0.25F;
  float sum_ = 0, all_ = 0, highest_ = 0, lowest_ = 0;
};

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_WEIGHTS_H_
