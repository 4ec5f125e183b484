#include "match/words.h"

#include <algorithm>

#include "names/tables.h"

namespace tidewaiter::match {

Weights WeightsOf(uint16_t flags, double rarity, const Profile& profile) {
  const auto both = [](double weight) {
    return Weights{static_cast<float>(weight), static_cast<float>(weight)};
  };
  if ((flags & names::kLegal) != 0) return both(0);
  if ((flags & names::kParticle) != 0) return both(profile.particle);
  if ((flags & names::kHonorific) != 0) return both(profile.honorific);
  if ((flags & names::kInitial) != 0) return both(profile.initial);
  if ((flags & names::kNumber) != 0)
    return {static_cast<float>(profile.number_worth), static_cast<float>(profile.number)};
  if ((flags & names::kWord) != 0) {
    const bool generic = (flags & names::kGeneric) != 0;
    return {static_cast<float>(profile.company_word),
            static_cast<float>(generic ? profile.generic_word_claim : profile.company_word_claim)};
  }
  const double factor = (flags & names::kPatronymic) != 0 ? profile.patronymic_factor : 1;
  const double worth = std::clamp(rarity, profile.commonest, profile.rarest) * factor;
  return {static_cast<float>(worth),
          static_cast<float>(profile.claim_floor + profile.claim_slope * worth)};
}

std::vector<uint32_t> GroupsOfWord(const names::NameToken& token, bool spellings) {
  std::vector<uint32_t> groups;
  constexpr uint16_t kFixed = names::kNumber | names::kLegal | names::kWord | names::kInitial |
                              names::kParticle | names::kHonorific | names::kIdeographic |
                              names::kAcronym;
  const uint16_t fixed = token.flags & kFixed;
  const bool has_groups =
      fixed == names::kInitial ? names::IsOneLetterName(token.text) : fixed == 0;
  if (has_groups)
    names::Tables::Get().GroupsOf(names::GroupKeyOf(token.text, token.key), spellings, groups);
  std::sort(groups.begin(), groups.end());
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  return groups;
}

Likenesses CompareAll(std::span<const Word> left, std::span<const Word> right) {
  Likenesses out;
  out.reserve(left.size() * right.size());
  for (const Word& a : left) {
    for (const Word& b : right) out.push_back(names::CompareWords(a.view, b.view));
  }
  return out;
}

}  // namespace tidewaiter::match
