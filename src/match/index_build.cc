// Records -> the index section. Everything is numbered in the order of the records, so the same
// records give the same bytes.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <string>
#include <unordered_map>

#include "base/hash.h"
#include "match/evidence.h"
#include "match/filed_hashes.h"
#include "match/index_format.h"
#include "match/index_view.h"
#include "match/match.h"
#include "match/neighbours.h"
#include "match/segments.h"
#include "match/words.h"
#include "names/readings.h"
#include "names/tables.h"

namespace tidewaiter::match {
namespace {

struct Token {
  names::NameToken token;
  std::vector<uint32_t> groups;
  uint32_t names = 0;      // how many hold it
  uint32_t last_name = 0;  // the last of them, from 1
};

uint64_t HashOfWords(std::span<const uint32_t> words) {
  return Hash64({reinterpret_cast<const char*>(words.data()), words.size_bytes()});
}

// The numbers of things that somebody else keeps, found by hash.
class IdTable {
 public:
  // The one that is the same, else `id`, which is added. `hash_of(other)`: of one that is here.
  template <typename IsSame, typename HashOf>
  uint32_t FindOrAdd(uint64_t hash, uint32_t id, const IsSame& is_same, const HashOf& hash_of) {
    if (2 * (count_ + 1) > slots_.size()) Grow(hash_of);
    uint32_t* slot = &slots_[hash & (slots_.size() - 1)];
    while (*slot != kNone) {
      if (is_same(*slot)) return *slot;
      if (++slot == slots_.data() + slots_.size()) slot = slots_.data();
    }
    *slot = id;
    ++count_;
    return id;
  }

 private:
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  template <typename HashOf>
  void Grow(const HashOf& hash_of) {
    constexpr size_t kFirst = 1024;
    std::vector<uint32_t> slots(std::max(kFirst, 2 * slots_.size()), kNone);
    for (const uint32_t id : slots_) {
      if (id == kNone) continue;
      size_t at = hash_of(id) & (slots.size() - 1);
      while (slots[at] != kNone) at = (at + 1) & (slots.size() - 1);
      slots[at] = id;
    }
    slots_ = std::move(slots);
  }

  std::vector<uint32_t> slots_;  // a power of two of them
  size_t count_ = 0;
};

class Builder {
 public:
  // `base`: the index that this one stands beside; its names count as listed too.
  explicit Builder(Profile profile, const IndexView* base = nullptr)
      : profile_(std::move(profile)), base_(base) {
    if (base != nullptr) base_names_ = NamesOfLists(*base);
  }

  bool SameStep() const { return CountInSteps(NameCount()) == CountInSteps(base_names_); }

  void Add(uint32_t index, const watchlist::Record& record) {
    const ListedParty& party = record.party;
    RecordEntry entry;
    entry.party = PartyId(party);
    entry.names = static_cast<uint32_t>(names_.size());
    entry.kind = static_cast<uint8_t>(party.kind);
    const size_t count = std::min<size_t>(party.names.size(), 65535);
    for (size_t i = 0; i < count; ++i)
      AddName(index, static_cast<uint16_t>(i), party.names[i], party.kind);
    for (size_t i = 0; i < count; ++i)
      AddOtherReadings(index, static_cast<uint16_t>(i), party.names[i], party.kind);
    for (size_t i = 0; i < count && party.kind == PartyKind::kOrganization; ++i)
      AddAcronyms(index, static_cast<uint16_t>(i), party.names[i]);
    entry.name_count = static_cast<uint16_t>(names_.size() - entry.names);
    records_.push_back(entry);
    for (const Identifier& identifier : party.identifiers) {
      const std::string value = ComparableIdentifier(identifier);
      if (!value.empty()) identifiers_.push_back({Hash64(value), index, 0});
    }
  }

  std::string Finish() {
    RankParties();
    IndexHeader header;
    header.record_count = static_cast<uint32_t>(records_.size());
    header.tables = Hash64(names::Tables::Get().hash());
    bytes_.reserve(SizeAtTheMost());
    bytes_.assign(sizeof(IndexHeader), '\0');
    header.profile = Hash64(profile_.id);
    header.records = Append(records_);
    Free(records_);
    OrderTokens();
    std::vector<TokenEntry> tokens = WeighTokens();
    for (FormEntry& form : forms_) SumClaims(WordsOf(form), tokens, profile_, form);
    OrderForms();
    header.form_classes = Append(ClassesOfForms());
    header.words = Append(words_);
    header.word_forms = Append(FormsOfWords());
    AppendTokens(tokens, header);
    header.form_names = Append(NamesOfForms());
    header.forms = Append(forms_);
    header.names = Append(names_);
    Free(names_);
    HashTokens();
    AppendHashes(header.token_buckets, header.token_hashes);
    HashJoins();
    AppendHashes(header.join_buckets, header.join_hashes);
    std::sort(identifiers_.begin(), identifiers_.end(),
              [](const IdentifierEntry& a, const IdentifierEntry& b) {
                return std::pair(a.hash, a.record) < std::pair(b.hash, b.record);
              });
    header.identifiers = Append(identifiers_);
    std::memcpy(bytes_.data(), &header, sizeof(header));
    return std::move(bytes_);
  }

 private:
  // Sorted by these keys, parties are sorted by list, then id.
  uint32_t PartyId(const ListedParty& party) {
    const std::string key = party.list + '\0' + party.id;
    const auto next = static_cast<uint32_t>(parties_.size());
    const uint32_t id = party_ids_.FindOrAdd(
        Hash64(key), next, [&](uint32_t other) { return parties_[other] == key; },
        [&](uint32_t other) { return Hash64(parties_[other]); });
    if (id == next) parties_.push_back(keys_.Keep(key));
    return id;
  }

  void AddName(uint32_t record, uint16_t place, const Name& name, PartyKind kind) {
    AddReading(record, place, name.text, name.strength, kind);
    ++listed_names_;
  }

  void AddReading(uint32_t record, uint16_t place, const std::string& text, NameStrength strength,
                  PartyKind kind) {
    std::vector<uint32_t> words;
    for (const names::NameToken& token : names::AnalyseName(text, kind).tokens)
      words.push_back(TokenId(token));
    AddForm(record, place, static_cast<uint8_t>(strength), words, kind);
  }

  void AddOtherReadings(uint32_t record, uint16_t place, const Name& name, PartyKind kind) {
    uint8_t reading = 0;
    for (const std::string& read : names::OtherReadings(name.text, kind, true)) {
      AddReading(record, place, read, name.strength, kind);
      names_.back().other_reading = ++reading;
    }
  }

  void AddAcronyms(uint32_t record, uint16_t place, const Name& name) {
    if (name.strength == NameStrength::kWeak) return;
    const names::NameTokens tokens = names::AnalyseName(name.text, PartyKind::kOrganization);
    for (const names::NameToken& acronym : names::AcronymsOf(name.text, tokens.tokens))
      AddForm(record, place, kAcronymOfName, {TokenId(acronym)}, PartyKind::kOrganization);
  }

  void AddForm(uint32_t record, uint16_t place, uint8_t strength,
               const std::vector<uint32_t>& words, PartyKind kind) {
    const auto id = static_cast<uint32_t>(names_.size());
    NameEntry entry;
    entry.record = record;
    entry.place = place;
    entry.strength = strength;
    for (const uint32_t word : words) {
      Token& token = tokens_[word];
      token.names += token.last_name != id + 1;
      token.last_name = id + 1;
    }
    entry.form = FormId(words);
    forms_[entry.form].kinds |= static_cast<uint8_t>(1U << static_cast<unsigned>(kind));
    ++forms_[entry.form].name_count;
    names_.push_back(entry);
  }

  uint32_t FormId(const std::vector<uint32_t>& words) {
    const auto id = static_cast<uint32_t>(forms_.size());
    const uint32_t known = form_ids_.FindOrAdd(
        HashOfWords(words), id,
        [&](uint32_t other) { return std::ranges::equal(WordsOf(forms_[other]), words); },
        [&](uint32_t other) { return HashOfWords(WordsOf(forms_[other])); });
    if (known != id) return known;
    FormEntry form;
    form.words = static_cast<uint32_t>(words_.size());
    form.word_count = static_cast<uint16_t>(words.size());
    for (const uint32_t word : words) {
      words_.push_back(word);
      const names::NameToken& token = tokens_[word].token;
      if (token.Is(names::kLegal)) form.legal |= LegalBit(token.text);
      if (token.Is(names::kInitial)) {
        ++form.initials;
        form.initial_letters |= LetterBit(token.text[0]);
      }
    }
    forms_.push_back(form);
    return id;
  }

  // By their keys: words that are like one word then stand near each other, and so do their
  // postings.
  void OrderTokens() {
    std::vector<uint32_t> order(tokens_.size()), places(tokens_.size());
    std::iota(order.begin(), order.end(), uint32_t{0});
    std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
      return tokens_[a].token.key < tokens_[b].token.key;
    });
    for (uint32_t place = 0; place < order.size(); ++place) places[order[place]] = place;
    for (uint32_t& word : words_) word = places[word];
    for (uint32_t id = 0; id < places.size(); ++id) {
      while (places[id] != id) {
        const uint32_t place = places[id];
        std::swap(tokens_[id], tokens_[place]);
        std::swap(places[id], places[place]);
      }
    }
  }

  // Those that claim less first; their words in the same order.
  void OrderForms() {
    std::vector<uint32_t> order(forms_.size());
    std::iota(order.begin(), order.end(), uint32_t{0});
    std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
      return ClaimsOfWords(forms_[a], profile_) < ClaimsOfWords(forms_[b], profile_);
    });
    std::vector<uint32_t> words, places(forms_.size());
    std::vector<FormEntry> forms;
    words.reserve(words_.size());
    forms.reserve(forms_.size());
    for (const uint32_t old : order) {
      places[old] = static_cast<uint32_t>(forms.size());
      FormEntry& form = forms.emplace_back(forms_[old]);
      form.words = static_cast<uint32_t>(words.size());
      const auto own = WordsOf(forms_[old]);
      words.insert(words.end(), own.begin(), own.end());
    }
    words_ = std::move(words);
    forms_ = std::move(forms);
    for (NameEntry& name : names_) name.form = places[name.form];
  }

  std::vector<uint32_t> FormsOfWords() const {
    std::vector<uint32_t> out;
    out.reserve(words_.size());
    for (uint32_t id = 0; id < forms_.size(); ++id)
      out.insert(out.end(), forms_[id].word_count, id);
    return out;
  }

  std::vector<FormClass> ClassesOfForms() const {
    std::vector<FormClass> out;
    for (size_t i = 0; i < std::min(kFormClasses, forms_.size()); ++i) {
      const size_t first = forms_.size() * i / std::min(kFormClasses, forms_.size());
      out.push_back({static_cast<uint32_t>(first), ClaimsOfWords(forms_[first], profile_)});
    }
    return out;
  }

  // The names of each form, one form's behind the other's.
  std::vector<uint32_t> NamesOfForms() {
    uint32_t from = 0;
    for (FormEntry& form : forms_) {
      form.names = from;
      from += form.name_count;
    }
    std::vector<uint32_t> out(from), filled(forms_.size());
    for (uint32_t id = 0; id < names_.size(); ++id) {
      const uint32_t form = names_[id].form;
      out[forms_[form].names + filled[form]++] = id;
    }
    return out;
  }

  uint32_t TokenId(const names::NameToken& token) {
    const auto [at, fresh] =
        token_ids_.try_emplace(token.Identity(), static_cast<uint32_t>(tokens_.size()));
    if (fresh) tokens_.push_back({token, GroupsOfWord(token, true), 0, 0});
    return at->second;
  }

  static names::WordView ViewOfToken(const Token& token) {
    return {token.token.text, token.token.key,   token.token.skeleton,
            token.token.own,  token.token.flags, names::LettersOf(token.token.key),
            token.groups};
  }

  void AddJoins(const FormEntry& form) {
    for (uint32_t at = form.words; at + 1 < form.words + form.word_count; ++at) {
      const names::WordView word = ViewOfToken(tokens_[words_[at]]),
                            next = ViewOfToken(tokens_[words_[at + 1]]);
      JoinHashes(word, next, true, joins_);
      for (const JoinHash& join : joins_) hashes_.Add({join.hash, join.signature, at});
    }
  }

  void RankParties() {
    std::vector<uint32_t> ranks(parties_.size());
    std::vector<uint32_t> order(parties_.size());
    std::iota(order.begin(), order.end(), uint32_t{0});
    std::sort(order.begin(), order.end(),
              [&](uint32_t a, uint32_t b) { return parties_[a] < parties_[b]; });
    for (uint32_t rank = 0; rank < order.size(); ++rank) ranks[order[rank]] = rank;
    for (RecordEntry& record : records_) record.rank = ranks[record.party];
  }

  void HashTokens() {
    for (uint32_t id = 0; id < tokens_.size(); ++id) {
      const names::WordView view = ViewOfToken(tokens_[id]);
      for (const WordHash& filed : FiledHashesOf(view))
        hashes_.Add({filed.hash, SignatureOf(view, filed.kind), id});
    }
  }

  void HashJoins() {
    for (const FormEntry& form : forms_) AddJoins(form);
  }

  void AppendHashes(Extent& buckets, Extent& extent) {
    extent.offset = bytes_.size();
    const std::vector<uint32_t> begins = hashes_.MoveTo(bytes_);
    extent.count = begins.back();
    Align();
    buckets = Append(begins);
  }

  // Where the forms that hold each token begin, and how many of them hold an initial.
  struct Postings {
    std::vector<uint32_t> begins, initials;  // begins: and one behind the last
  };

  // Calls back with each word of each form, once a form.
  template <typename Callback>
  void ForEachPosting(const Callback& callback) const {
    for (uint32_t id = 0; id < forms_.size(); ++id) {
      const auto words = std::span(words_).subspan(forms_[id].words, forms_[id].word_count);
      for (size_t i = 0; i < words.size(); ++i) {
        if (std::find(words.begin(), words.begin() + i, words[i]) == words.begin() + i)
          callback(words[i], id);
      }
    }
  }

  // The forms that hold each token, ascending; those with initials first. Written where they stay:
  // they are a large table.
  Postings AppendPostings(Extent& extent) {
    Postings out;
    out.begins.resize(tokens_.size() + 1);
    out.initials.resize(tokens_.size());
    ForEachPosting([&](uint32_t token, uint32_t form) {
      ++out.begins[token + 1];
      out.initials[token] += forms_[form].initials > 0;
    });
    for (size_t i = 1; i < out.begins.size(); ++i) out.begins[i] += out.begins[i - 1];
    extent = {bytes_.size(), out.begins.back()};
    bytes_.resize(bytes_.size() + out.begins.back() * sizeof(Posting));
    std::vector<uint32_t> next(out.begins.begin(), out.begins.end() - 1), others(next);
    for (size_t i = 0; i < others.size(); ++i) others[i] += out.initials[i];
    ForEachPosting([&](uint32_t token, uint32_t form) {
      auto& place = forms_[form].initials > 0 ? next[token] : others[token];
      const Posting posting = PostingOf(form, WordsOf(forms_[form]));
      std::memcpy(bytes_.data() + extent.offset + sizeof posting * place++, &posting,
                  sizeof posting);
    });
    Align();
    return out;
  }

  // With nothing but what they are and how rare.
  std::vector<TokenEntry> WeighTokens() const {
    std::vector<TokenEntry> out(tokens_.size());
    for (uint32_t id = 0; id < tokens_.size(); ++id) {
      const Token& token = tokens_[id];
      // As rare as in the list, and no rarer than in the world.
      const double in_list = std::log((static_cast<double>(CountInSteps(NameCount())) + 1) /
                                      static_cast<double>(ListedNames(token)));
      out[id].flags = token.token.flags;
      out[id].rarity = static_cast<float>(
          token.token.Is(names::kAcronym)
              ? names::AcronymRarity(token.token.text)
              : std::min(in_list, names::Tables::Get().RarityOf(token.token.text, in_list)));
    }
    return out;
  }

  void AppendTokens(std::vector<TokenEntry>& entries, IndexHeader& header) {
    std::vector<uint32_t> groups;
    std::string pool;
    const Postings postings = AppendPostings(header.postings);
    for (uint32_t id = 0; id < tokens_.size(); ++id) {
      const Token& token = tokens_[id];
      TokenEntry& entry = entries[id];
      entry.text = static_cast<uint32_t>(pool.size());
      entry.text_size = static_cast<uint8_t>(token.token.text.size());
      entry.key_size = static_cast<uint8_t>(token.token.key.size());
      entry.skeleton_size = static_cast<uint8_t>(token.token.skeleton.size());
      entry.own_size = static_cast<uint8_t>(std::min<size_t>(token.token.own.size(), 255));
      pool += token.token.text + token.token.key + token.token.skeleton +
              token.token.own.substr(0, 255);
      entry.letters = names::LettersOf(token.token.key);
      entry.names = token.names;
      entry.postings = postings.begins[id];
      entry.posting_count = postings.begins[id + 1] - entry.postings;
      entry.initial_postings = postings.initials[id];
      entry.groups = static_cast<uint32_t>(groups.size());
      entry.group_count = static_cast<uint16_t>(token.groups.size());
      groups.insert(groups.end(), token.groups.begin(), token.groups.end());
      entry.consonants = names::LettersOf(token.token.skeleton);
      token.token.key.copy(entry.key, sizeof entry.key);
      token.token.skeleton.copy(entry.skeleton, sizeof entry.skeleton);
    }
    Align(sizeof(TokenEntry));
    header.tokens = Append(entries);
    header.groups = Append(groups);
    header.pool = {bytes_.size(), pool.size()};
    bytes_ += pool;
    Align();
  }

  // Acronyms are no names of the lists.
  static size_t NamesOfLists(const IndexView& index) {
    return static_cast<size_t>(std::count_if(index.names.begin(), index.names.end(),
                                             [](const NameEntry& name) { return !IsMade(name); }));
  }
  size_t NameCount() const { return listed_names_ + base_names_; }
  // How many names hold the word.
  size_t ListedNames(const Token& token) const {
    const uint32_t known = base_ == nullptr ? IndexView::kNoToken : base_->FindToken(token.token);
    return token.names + (known == IndexView::kNoToken ? 0 : base_->tokens[known].names);
  }

  std::span<const uint32_t> WordsOf(const FormEntry& form) const {
    return std::span(words_).subspan(form.words, form.word_count);
  }

  template <typename T>
  static void Free(std::vector<T>& values) {
    std::vector<T>().swap(values);
  }

  // About; more costs only addresses, less only time.
  size_t SizeAtTheMost() const {
    constexpr size_t kBuckets = size_t{2} << (kMostBucketBits + 2), kOfWord = 110, kOfToken = 700;
    return kBuckets + records_.size() * sizeof(RecordEntry) + words_.size() * kOfWord +
           tokens_.size() * kOfToken + forms_.size() * sizeof(FormEntry) +
           names_.size() * (sizeof(NameEntry) + sizeof(uint32_t)) +
           identifiers_.size() * sizeof(IdentifierEntry);
  }

  void Align(size_t to = 8) { bytes_.resize((bytes_.size() + to - 1) / to * to); }

  template <typename T>
  Extent Append(const std::vector<T>& values) {
    const Extent extent{bytes_.size(), values.size()};
    bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
    Align();
    return extent;
  }

  Profile profile_;
  const IndexView* base_;
  size_t listed_names_ = 0, base_names_ = 0;
  watchlist::ByteArena keys_;
  std::vector<std::string_view> parties_;  // list and id of each, in the order of coming
  IdTable party_ids_;
  std::unordered_map<std::string, uint32_t> token_ids_;
  std::vector<Token> tokens_;
  IdTable form_ids_;
  std::vector<FormEntry> forms_;
  std::vector<NameEntry> names_;
  std::vector<RecordEntry> records_;
  std::vector<uint32_t> words_;
  FiledHashes hashes_;
  std::vector<JoinHash> joins_;  // of the neighbours at hand
  std::vector<IdentifierEntry> identifiers_;
  std::string bytes_;
};

}  // namespace

Result<watchlist::Section> BuildIndex(const std::vector<watchlist::Record>& records,
                                      const std::string& resources) {
  TW_ASSIGN_OR_RETURN(Profile profile, LoadProfile(resources));
  Builder builder(std::move(profile));
  for (uint32_t i = 0; i < records.size(); ++i) builder.Add(i, records[i]);
  return watchlist::Section{kIndexSection, builder.Finish()};
}

Result<watchlist::Section> BuildIndex(const watchlist::PackedRecords& records,
                                      const std::string& resources) {
  TW_ASSIGN_OR_RETURN(Profile profile, LoadProfile(resources));
  Builder builder(std::move(profile));
  for (uint32_t i = 0; i < records.size(); ++i) builder.Add(i, records.at(i));
  return watchlist::Section{kIndexSection, builder.Finish()};
}

Result<std::optional<watchlist::Section>> BuildChangesIndex(
    const watchlist::Watchlist& base, const std::vector<watchlist::Record>& records,
    const std::string& resources) {
  TW_ASSIGN_OR_RETURN(Profile profile, LoadProfile(resources));
  TW_ASSIGN_OR_RETURN(const IndexView index, IndexView::Open(base.section(kIndexSection)));
  Builder builder(std::move(profile), &index);
  for (uint32_t i = 0; i < records.size(); ++i) builder.Add(i, records[i]);
  if (!builder.SameStep()) return std::optional<watchlist::Section>();
  return std::optional<watchlist::Section>({kIndexSection, builder.Finish()});
}

}  // namespace tidewaiter::match
