#include "match/words.h"

#include <algorithm>

#include "names/tables.h"

namespace tidewaiter::match {

float WordWeight(uint16_t flags, double rarity, const Profile& profile) {
  double weight = std::clamp(rarity, profile.commonest, profile.rarest);
  if ((flags & names::kLegal) != 0) weight = 0;
  else if ((flags & names::kParticle) != 0) weight = profile.particle;
  else if ((flags & names::kHonorific) != 0) weight = profile.honorific;
  else if ((flags & names::kInitial) != 0) weight = profile.initial;
  else if ((flags & names::kNumber) != 0) weight = profile.number;
  else if ((flags & names::kWord) != 0) weight = profile.company_word;
  else if ((flags & names::kPatronymic) != 0) weight *= profile.patronymic_factor;
  return static_cast<float>(weight);
}

std::vector<uint32_t> GroupsOfWord(const names::NameToken& token, bool spellings) {
  std::vector<uint32_t> groups;
  constexpr uint16_t kFixed = names::kNumber | names::kLegal | names::kWord | names::kInitial | names::kParticle | names::kHonorific;
  if ((token.flags & kFixed) == 0) names::Tables::Get().GroupsOf(token.key, spellings, groups);
  std::sort(groups.begin(), groups.end());
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  return groups;
}

void PreparedName::MakeWords() {
  for (size_t i = 0; i < tokens_.tokens.size(); ++i) {
    const names::NameToken& token = tokens_.tokens[i];
    words_.push_back({{token.text, token.key, token.skeleton, token.own, token.flags, groups_[i]}, weights_[i]});
  }
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
