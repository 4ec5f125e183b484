#include "match/index_view.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/hash.h"
#include "match/neighbours.h"
#include "match/words.h"
#include "names/tables.h"

namespace tidewaiter::match {
namespace {

template <typename T>
bool Take(std::string_view section, const Extent& extent, std::span<const T>& out) {
  if (extent.offset % 8 != 0 || extent.offset > section.size() ||
      extent.count > (section.size() - extent.offset) / sizeof(T)) {
    return false;
  }
  out = {reinterpret_cast<const T*>(section.data() + extent.offset), extent.count};
  return true;
}

}  // namespace

bool HashTable::Take(std::span<const uint32_t> buckets, std::span<const HashEntry> entries) {
  const size_t count = buckets.size() - 1;
  if (buckets.empty() || !std::has_single_bit(count) || count < size_t{1} << kFewestBucketBits ||
      count > size_t{1} << kMostBucketBits || buckets.back() != entries.size())
    return false;
  buckets_ = buckets;
  entries_ = entries;
  shift_ = 32 - static_cast<uint32_t>(std::countr_zero(count));
  return true;
}

const HashEntry* HashTable::FirstNotBelow(const HashEntry* from, const HashEntry* to,
                                          uint32_t tag) {
  return std::lower_bound(from, to, tag,
                          [](const HashEntry& e, uint32_t least) { return e.tag < least; });
}

Result<IndexView> IndexView::Open(std::string_view section) {
  IndexHeader header;
  if (section.size() < sizeof(header))
    return MissingData("the watchlist has no match index; import the lists again");
  std::memcpy(&header, section.data(), sizeof(header));
  if (header.magic != kIndexMagic)
    return BadInput("the match index of the watchlist is damaged; import the lists again");
  if (header.version != kIndexVersion || header.tables != Hash64(names::Tables::Get().hash())) {
    return MissingData("the match index is of version " + std::to_string(header.version) +
                       " or made with other name tables, this program has version " +
                       std::to_string(kIndexVersion) +
                       "; run `tidewaiter lists import` or `lists update` again");
  }
  IndexView view;
  std::span<const char> pool;
  std::span<const uint32_t> token_buckets, join_buckets;
  std::span<const HashEntry> token_hashes, join_hashes;
  const bool good =
      Take(section, header.tokens, view.tokens) && Take(section, header.forms, view.forms) &&
      Take(section, header.form_classes, view.classes) && Take(section, header.names, view.names) &&
      Take(section, header.form_names, view.form_names) &&
      Take(section, header.records, view.records) && Take(section, header.words, view.words) &&
      Take(section, header.word_forms, view.word_forms) &&
      Take(section, header.postings, view.postings) && Take(section, header.groups, view.groups) &&
      Take(section, header.token_buckets, token_buckets) &&
      Take(section, header.token_hashes, token_hashes) &&
      Take(section, header.join_buckets, join_buckets) &&
      Take(section, header.join_hashes, join_hashes) &&
      Take(section, header.identifiers, view.identifiers) && Take(section, header.pool, pool);
  if (!good || view.word_forms.size() != view.words.size() || view.classes.size() > kFormClasses ||
      !view.token_hashes.Take(token_buckets, token_hashes) ||
      !view.join_hashes.Take(join_buckets, join_hashes)) {
    return BadInput("the match index of the watchlist is cut off; import the lists again");
  }
  view.pool = {pool.data(), pool.size()};
  view.profile = header.profile;
  return view;
}

uint32_t IndexView::FindToken(std::string_view text, std::string_view own, uint16_t flags) const {
  for (const HashEntry& entry : token_hashes.With(TextHash(text))) {
    const names::WordView view = ViewOf(entry.target);
    constexpr uint16_t kClass = names::kLegal | names::kWord | names::kParticle |
                                names::kHonorific | names::kAbjad | names::kAcronym;
    if (view.text == text && view.own == own && ((view.flags ^ flags) & kClass) == 0)
      return entry.target;
  }
  return kNoToken;
}

std::span<const IdentifierEntry> IndexView::IdentifiersWith(uint64_t hash) const {
  const auto low =
      std::lower_bound(identifiers.begin(), identifiers.end(), hash,
                       [](const IdentifierEntry& e, uint64_t h) { return e.hash < h; });
  auto high = low;
  while (high != identifiers.end() && high->hash == hash) ++high;
  return {low, high};
}

void SumClaims(std::span<const uint32_t> words, std::span<const TokenEntry> tokens,
               const Profile& profile, FormEntry& form) {
  form.claims = form.greatest_claim = 0;
  for (const uint32_t word : words) {
    const TokenEntry& token = tokens[word];
    const auto claim = static_cast<float>(
        LeastClaim(token.flags, WeightsOf(token.flags, token.rarity, profile).claim, profile));
    form.claims += claim;
    form.greatest_claim = std::max(form.greatest_claim, claim);
  }
}

}  // namespace tidewaiter::match
