// The index section, read where it is mapped.
#ifndef TIDEWAITER_MATCH_INDEX_VIEW_H_
#define TIDEWAITER_MATCH_INDEX_VIEW_H_

#include <span>
#include <string_view>

#include "base/result.h"
#include "match/index_format.h"
#include "match/profile.h"
#include "match/score.h"
#include "names/name_tokens.h"

namespace tidewaiter::match {

// The entries of a hash.
class HashTable {
 public:
  // False when the sizes cannot be those of a table.
  bool Take(std::span<const uint32_t> buckets, std::span<const HashEntry> entries);
  std::span<const HashEntry> With(uint32_t hash) const {
    const uint32_t tag = TagOf(hash);
    const uint32_t* bucket = &buckets_[hash >> shift_];
    const HashEntry* from = entries_.data() + bucket[0];
    const HashEntry* to = entries_.data() + bucket[1];
    constexpr ptrdiff_t kFew = 16;
    if (to - from > kFew) from = FirstNotBelow(from, to, tag);
    while (from != to && from->tag < tag) ++from;
    const HashEntry* end = from;
    while (end != to && ((end->tag ^ tag) >> kSignatureBits) == 0) ++end;
    return {from, end};
  }
  // Bring near what With() will read, in two steps.
  void PrefetchBucket(uint32_t hash) const { __builtin_prefetch(&buckets_[hash >> shift_]); }
  void PrefetchEntries(uint32_t hash) const {
    __builtin_prefetch(entries_.data() + buckets_[hash >> shift_]);
  }

 private:
  static const HashEntry* FirstNotBelow(const HashEntry* from, const HashEntry* to, uint32_t tag);

  std::span<const uint32_t> buckets_;
  std::span<const HashEntry> entries_;
  uint32_t shift_ = 32 - kFewestBucketBits;
};

class IndexView {
 public:
  // Checks header and extents, nothing else; `section` must outlive the view.
  static Result<IndexView> Open(std::string_view section);

  std::span<const TokenEntry> tokens;
  std::span<const FormEntry> forms;
  std::span<const FormClass> classes;  // of the forms
  std::span<const NameEntry> names;
  std::span<const RecordEntry> records;
  std::span<const Posting> postings;
  std::span<const uint32_t> words, word_forms;  // and the form that each belongs to
  std::span<const uint32_t> groups, form_names;
  HashTable token_hashes, join_hashes;  // deletions, skeletons, groups; neighbours as one word
  std::span<const IdentifierEntry> identifiers;
  std::string_view pool;
  uint64_t profile = 0;  // hash of the id of the profile behind FormEntry::claims

  names::WordView ViewOf(uint32_t token) const {
    const TokenEntry& entry = tokens[token];
    const char* at = pool.data() + entry.text;
    names::WordView view;
    view.text = {at, entry.text_size};
    view.key = {at + entry.text_size, entry.key_size};
    view.skeleton = {at + entry.text_size + entry.key_size, entry.skeleton_size};
    view.own = {at + entry.text_size + entry.key_size + entry.skeleton_size, entry.own_size};
    view.flags = entry.flags;
    view.letters = entry.letters;
    view.groups = groups.subspan(entry.groups, entry.group_count);
    return view;
  }
  std::span<const uint32_t> WordsOf(const FormEntry& form) const {
    return words.subspan(form.words, form.word_count);
  }
  // Ascending.
  std::span<const uint32_t> NamesOf(const FormEntry& form) const {
    return form_names.subspan(form.names, form.name_count);
  }
  std::span<const Posting> PostingsOf(uint32_t token) const {
    return postings.subspan(tokens[token].postings, tokens[token].posting_count);
  }
  static constexpr uint32_t kNoToken = 0xFFFFFFFF;
  // The token with this identity.
  uint32_t FindToken(const names::NameToken& token) const {
    return FindToken(token.text, token.own, token.flags);
  }
  uint32_t FindToken(const names::WordView& word) const {
    return FindToken(word.text, word.own, word.flags);
  }
  uint32_t FindToken(std::string_view text, std::string_view own, uint16_t flags) const;
  std::span<const IdentifierEntry> IdentifiersWith(uint64_t hash) const;
};

// What the words of a form claim that are no initials: what classes go by.
inline float ClaimsOfWords(const FormEntry& form, const Profile& profile) {
  return form.claims - static_cast<float>(profile.initial) * static_cast<float>(form.initials);
}

// Fills what the words of a form claim.
void SumClaims(std::span<const uint32_t> words, std::span<const TokenEntry> tokens,
               const Profile& profile, FormEntry& form);

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_INDEX_VIEW_H_
