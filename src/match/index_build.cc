// Records -> the index section. Everything is numbered in the order of the records, so the same
// records give the same bytes.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <string>
#include <unordered_map>

#include "base/hash.h"
#include "match/evidence.h"
#include "match/index_format.h"
#include "match/index_view.h"
#include "match/match.h"
#include "match/neighbours.h"
#include "match/segments.h"
#include "match/words.h"
#include "names/tables.h"

namespace tidewaiter::match {
namespace {

struct Token {
  names::NameToken token;
  std::vector<uint32_t> groups;
  std::vector<uint32_t> forms;  // ascending
  uint32_t names = 0;           // how many hold it
  uint32_t last_name = 0;       // the last of them, from 1
};

struct WordsHash {
  size_t operator()(const std::vector<uint32_t>& words) const {
    return Hash64({reinterpret_cast<const char*>(words.data()), words.size() * sizeof(uint32_t)});
  }
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
    const auto [at, fresh] =
        parties_.try_emplace({party.list, party.id}, static_cast<uint32_t>(parties_.size()));
    RecordEntry entry;
    entry.party = at->second;
    entry.names = static_cast<uint32_t>(names_.size());
    entry.kind = static_cast<uint8_t>(party.kind);
    const size_t count = std::min<size_t>(party.names.size(), 65535);
    for (size_t i = 0; i < count; ++i)
      AddName(index, static_cast<uint16_t>(i), party.names[i], party.kind);
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
    HashTokens();
    RankParties();
    IndexHeader header;
    header.record_count = static_cast<uint32_t>(records_.size());
    header.tables = Hash64(names::Tables::Get().hash());
    bytes_.assign(sizeof(IndexHeader), '\0');
    header.profile = Hash64(profile_.id);
    header.records = Append(records_);
    header.words = Append(words_);
    const std::vector<TokenEntry> tokens = AppendTokens(header);
    header.form_names = Append(NamesOfForms());
    for (FormEntry& form : forms_)
      SumClaims(std::span(words_).subspan(form.words, form.word_count), tokens, profile_, form);
    header.forms = Append(forms_);
    header.names = Append(names_);
    SortAndAppend(token_hashes_, header.token_buckets, header.token_hashes);
    SortAndAppend(join_hashes_, header.join_buckets, header.join_hashes);
    std::sort(identifiers_.begin(), identifiers_.end(),
              [](const IdentifierEntry& a, const IdentifierEntry& b) {
                return std::pair(a.hash, a.record) < std::pair(b.hash, b.record);
              });
    header.identifiers = Append(identifiers_);
    std::memcpy(bytes_.data(), &header, sizeof(header));
    return std::move(bytes_);
  }

 private:
  void AddName(uint32_t record, uint16_t place, const Name& name, PartyKind kind) {
    std::vector<uint32_t> words;
    for (const names::NameToken& token : names::AnalyseName(name.text, kind).tokens)
      words.push_back(TokenId(token));
    AddForm(record, place, static_cast<uint8_t>(name.strength), words, kind);
    ++listed_names_;
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
    const auto [at, fresh] = form_ids_.try_emplace(words, id);
    if (!fresh) return at->second;
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
      std::vector<uint32_t>& postings = tokens_[word].forms;
      if (postings.empty() || postings.back() != id) postings.push_back(id);
    }
    forms_.push_back(form);
    AddJoins(form);
    return id;
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
    if (fresh) tokens_.push_back({token, GroupsOfWord(token, true), {}, 0, 0});
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
      for (const JoinHash& join : joins_) join_hashes_.push_back({join.hash, join.signature, at});
    }
  }

  void RankParties() {
    std::vector<uint32_t> ranks(parties_.size());
    uint32_t rank = 0;
    for (const auto& [list_and_id, party] : parties_) ranks[party] = rank++;
    for (RecordEntry& record : records_) record.rank = ranks[record.party];
  }

  // A hash on its way into the index.
  struct Filed {
    uint32_t hash, signature, target;
    auto operator<=>(const Filed&) const = default;
  };

  void HashTokens() {
    for (uint32_t id = 0; id < tokens_.size(); ++id) {
      const names::WordView view = ViewOfToken(tokens_[id]);
      for (const WordHash& filed : FiledHashes(view))
        token_hashes_.push_back({filed.hash, SignatureOf(view, filed.kind), id});
    }
  }

  // By the digits of the hash first: hundreds of thousands of evenly spread keys, most of them
  // alone with theirs. What shares a hash is then put in order by comparing.
  static void Sort(std::vector<Filed>& filed) {
    constexpr unsigned kDigitBits = 11;
    constexpr size_t kDigits = size_t{1} << kDigitBits;
    std::vector<Filed> other(filed.size());
    for (unsigned shift = 0; shift < 32; shift += kDigitBits) {
      std::vector<size_t> places(kDigits + 1);
      for (const Filed& one : filed) ++places[((one.hash >> shift) & (kDigits - 1)) + 1];
      for (size_t i = 1; i < kDigits; ++i) places[i] += places[i - 1];
      for (const Filed& one : filed) other[places[(one.hash >> shift) & (kDigits - 1)]++] = one;
      filed.swap(other);
    }
    for (auto from = filed.begin(); from != filed.end();) {
      const auto to =
          std::find_if(from, filed.end(), [&](const Filed& one) { return one.hash != from->hash; });
      std::sort(from, to);
      from = to;
    }
  }

  // `buckets`: where the hashes of each value of the upper bits begin, and one behind the last.
  void SortAndAppend(std::vector<Filed>& filed, Extent& buckets, Extent& extent) {
    Sort(filed);
    filed.erase(std::unique(filed.begin(), filed.end()), filed.end());
    const uint32_t bits = BucketBitsFor(filed.size()), shift = 32 - bits;
    std::vector<HashEntry> entries;
    entries.reserve(filed.size());
    std::vector<uint32_t> begins((size_t{1} << bits) + 1);
    for (const Filed& one : filed) {
      entries.push_back({TagOf(one.hash) | one.signature, one.target});
      ++begins[(one.hash >> shift) + 1];
    }
    for (size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
    if (bits < kSignatureBits) {  // else the order of the hashes is that of the tags
      for (size_t i = 1; i < begins.size(); ++i) {
        std::sort(entries.begin() + begins[i - 1], entries.begin() + begins[i],
                  [](const HashEntry& a, const HashEntry& b) {
                    return std::pair(a.tag, a.target) < std::pair(b.tag, b.target);
                  });
      }
    }
    extent = Append(entries);
    buckets = Append(begins);
  }

  static ShapeEntry ShapeOf(const names::NameToken& token) {
    ShapeEntry shape;
    shape.letters = names::LettersOf(token.key);
    shape.consonants = names::LettersOf(token.skeleton);
    shape.flags = token.flags;
    shape.key_size = static_cast<uint8_t>(token.key.size());
    shape.skeleton_size = static_cast<uint8_t>(token.skeleton.size());
    token.key.copy(shape.key, sizeof shape.key);
    token.skeleton.copy(shape.skeleton, sizeof shape.skeleton);
    return shape;
  }

  std::vector<TokenEntry> AppendTokens(IndexHeader& header) {
    std::vector<TokenEntry> entries;
    std::vector<ShapeEntry> shapes;
    std::vector<uint32_t> postings, groups;
    std::string pool;
    for (const Token& token : tokens_) {
      TokenEntry entry;
      entry.text = static_cast<uint32_t>(pool.size());
      entry.text_size = static_cast<uint8_t>(token.token.text.size());
      entry.key_size = static_cast<uint8_t>(token.token.key.size());
      entry.skeleton_size = static_cast<uint8_t>(token.token.skeleton.size());
      entry.own_size = static_cast<uint8_t>(std::min<size_t>(token.token.own.size(), 255));
      pool += token.token.text + token.token.key + token.token.skeleton +
              token.token.own.substr(0, 255);
      entry.flags = token.token.flags;
      entry.letters = names::LettersOf(token.token.key);
      // As rare as in the list, and no rarer than in the world.
      const double in_list = std::log((static_cast<double>(CountInSteps(NameCount())) + 1) /
                                      static_cast<double>(ListedNames(token)));
      entry.rarity = static_cast<float>(
          token.token.Is(names::kAcronym)
              ? names::AcronymRarity(token.token.text)
              : std::min(in_list, names::Tables::Get().RarityOf(token.token.text, in_list)));
      entry.postings = static_cast<uint32_t>(postings.size());
      entry.names = token.names;
      entry.posting_count = static_cast<uint32_t>(token.forms.size());
      for (const bool initials : {true, false}) {
        for (const uint32_t form : token.forms) {
          if ((forms_[form].initials > 0) == initials) postings.push_back(form);
        }
        if (initials)
          entry.initial_postings = static_cast<uint32_t>(postings.size()) - entry.postings;
      }
      entry.groups = static_cast<uint32_t>(groups.size());
      entry.group_count = static_cast<uint16_t>(token.groups.size());
      groups.insert(groups.end(), token.groups.begin(), token.groups.end());
      entries.push_back(entry);
      shapes.push_back(ShapeOf(token.token));
    }
    header.tokens = Append(entries);
    header.shapes = Append(shapes);
    header.postings = Append(postings);
    header.groups = Append(groups);
    header.pool = {bytes_.size(), pool.size()};
    bytes_ += pool;
    Align();
    return entries;
  }

  // Acronyms are no names of the lists.
  static size_t NamesOfLists(const IndexView& index) {
    return static_cast<size_t>(
        std::count_if(index.names.begin(), index.names.end(),
                      [](const NameEntry& name) { return name.strength != kAcronymOfName; }));
  }
  size_t NameCount() const { return listed_names_ + base_names_; }
  // How many names hold the word.
  size_t ListedNames(const Token& token) const {
    const uint32_t known = base_ == nullptr ? IndexView::kNoToken : base_->FindToken(token.token);
    return token.names + (known == IndexView::kNoToken ? 0 : base_->tokens[known].names);
  }

  void Align() { bytes_.resize((bytes_.size() + 7) / 8 * 8); }

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
  std::map<std::pair<std::string, std::string>, uint32_t> parties_;
  std::unordered_map<std::string, uint32_t> token_ids_;
  std::vector<Token> tokens_;
  std::unordered_map<std::vector<uint32_t>, uint32_t, WordsHash> form_ids_;
  std::vector<FormEntry> forms_;
  std::vector<NameEntry> names_;
  std::vector<RecordEntry> records_;
  std::vector<uint32_t> words_;
  std::vector<Filed> token_hashes_, join_hashes_;
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
