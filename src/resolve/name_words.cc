#include "resolve/name_words.h"

#include <algorithm>
#include <unordered_map>

#include "base/hash.h"
#include "base/parallel.h"
#include "names/name_tokens.h"
#include "names/similarity.h"
#include "names/sound.h"
#include "names/tables.h"
#include "text/tokenize.h"

namespace tidewaiter::resolve {
namespace {

using names::NameToken;
using names::NameTokens;

constexpr size_t kBatch = 16384;        // names analysed at a time
constexpr size_t kMostWords = 24;       // of one name or address
constexpr double kCompanyShare = 0.25;  // of the names of a column, to take it for organisations

uint32_t AddWord(Mentions& out, const NameToken& token) {
  const std::string identity = token.Identity();
  const uint32_t id = out.word_texts.Intern(identity.empty() ? token.text : identity);
  if (out.words.empty()) out.words.resize(1);
  if (id < out.words.size()) return id;
  Word word;
  word.text = out.word_texts[id];
  word.key = token.key;
  word.flags = token.flags;
  word.letters = names::LettersOf(word.text);
  names::Tables::Get().GroupsOf(names::GroupKeyOf(token.text, token.key), false, word.groups);
  std::sort(word.groups.begin(), word.groups.end());
  out.words.push_back(std::move(word));
  return id;
}

// The names of one column, cut into words.
struct NameColumn {
  struct Name {
    uint32_t first = 0, count = 0;
    bool company = false;
  };
  const Column* column = nullptr;
  Kind kind = Kind::kName;
  std::vector<uint32_t> words;
  std::vector<Name> names;
  std::vector<uint32_t> names_of;  // by value, one more at the end
  bool organizations = false;      // most names of the column are of organisations

  std::span<const Name> NamesOf(uint32_t value) const {
    return {names.data() + names_of[value], names.data() + names_of[value + 1]};
  }
};

PartyKind PartyKindOf(Kind kind) {
  if (kind == Kind::kOrganization) return PartyKind::kOrganization;
  return kind == Kind::kName ? PartyKind::kUnknown : PartyKind::kPerson;
}

bool IsKept(const NameToken& token) {
  return !token.Is(names::kLegal) && !token.Is(names::kHonorific) && !token.Is(names::kParticle);
}

bool LooksLikeCompany(const NameTokens& name) {
  return std::any_of(name.tokens.begin(), name.tokens.end(), [](const NameToken& t) {
    return t.Is(names::kLegal) || t.Is(names::kWord) || t.Is(names::kNumber);
  });
}

void AppendName(const NameTokens& name, NameColumn& to, Mentions& out) {
  NameColumn::Name added;
  added.first = static_cast<uint32_t>(to.words.size());
  added.company = LooksLikeCompany(name);
  for (const NameToken& token : name.tokens) {
    if (IsKept(token) && to.words.size() - added.first < kMostWords)
      to.words.push_back(AddWord(out, token));
  }
  if (to.words.size() == added.first) {  // "Sir", "Ltd": better than nothing
    for (const NameToken& token : name.tokens) to.words.push_back(AddWord(out, token));
  }
  added.count = static_cast<uint32_t>(to.words.size()) - added.first;
  if (added.count > 0) to.names.push_back(added);
}

std::vector<NameTokens> AnalyseCell(std::string_view cell, Kind kind) {
  std::vector<NameTokens> out;
  for (size_t at = 0; at <= cell.size();) {
    const size_t end = std::min(cell.find(kValueSeparator, at), cell.size());
    if (end > at) out.push_back(names::AnalyseName(cell.substr(at, end - at), PartyKindOf(kind)));
    at = end + 1;
  }
  return out;
}

NameColumn CutColumn(const Column& column, Kind kind, unsigned threads, Mentions& out) {
  NameColumn to;
  to.column = &column;
  to.kind = kind;
  const size_t count = column.values.size();
  size_t companies = 0;
  std::vector<std::vector<NameTokens>> batch;
  for (size_t from = 0; from < count; from += kBatch) {
    batch.assign(std::min(kBatch, count - from), {});
    ParallelFor(batch.size(), threads, 64, [&](size_t i) {
      batch[i] = AnalyseCell(column.values[static_cast<uint32_t>(from + i)], kind);
    });
    for (const auto& cell : batch) {
      to.names_of.push_back(static_cast<uint32_t>(to.names.size()));
      for (const auto& name : cell) AppendName(name, to, out);
    }
  }
  to.names_of.push_back(static_cast<uint32_t>(to.names.size()));
  for (const auto& name : to.names) companies += name.company;
  to.organizations = kind == Kind::kOrganization ||
                     (kind == Kind::kName &&
                      static_cast<double>(companies) > kCompanyShare * static_cast<double>(count));
  return to;
}

// What entity_type says: 0 nothing, 1 person, 2 organisation.
std::vector<uint8_t> TypesOf(const Column& column) {
  std::vector<uint8_t> out(column.values.size(), 0);
  for (uint32_t value = 1; value < out.size(); ++value) {
    const auto kind = ParsePartyKind(column.values[value]);
    if (kind == PartyKind::kPerson) out[value] = 1;
    if (kind && *kind != PartyKind::kPerson && *kind != PartyKind::kUnknown) out[value] = 2;
  }
  return out;
}

class NameMaker {
 public:
  NameMaker(const std::vector<NameColumn>& columns, Mentions& out) : columns_(columns), out_(out) {
    out_.names_of.assign(1, 0);  // value 0 has no names
  }

  // The value that these cells (one a column, then the type) make.
  uint32_t ValueOf(const std::vector<uint32_t>& cells, uint8_t type) {
    std::string key(reinterpret_cast<const char*>(cells.data()), cells.size() * sizeof(uint32_t));
    key += static_cast<char>(type);
    const auto [at, fresh] = known_.try_emplace(Hash64(key), 0);
    if (fresh) at->second = Make(cells, type);
    return at->second;
  }
  void Finish() { out_.names_of.push_back(static_cast<uint32_t>(out_.names.size())); }

 private:
  struct Draft {
    std::vector<NameWord> words;
    bool organization = false;
    bool Has(uint32_t word) const {
      return std::any_of(words.begin(), words.end(), [&](const auto& w) { return w.word == word; });
    }
  };

  static Part PartIn(Kind kind, size_t position, size_t count) {
    if (kind == Kind::kFamilyName) return Part::kFamily;
    if (kind == Kind::kMiddleName) return Part::kMiddle;
    if (kind == Kind::kGivenName) return position == 0 ? Part::kGiven : Part::kMiddle;
    if (position + 1 == count && count > 1) return Part::kFamily;
    return position == 0 ? Part::kGiven : Part::kMiddle;
  }

  void AddWords(const NameColumn& column, const NameColumn::Name& name, bool organization,
                Draft& draft) const {
    draft.organization = organization;
    for (uint32_t i = 0; i < name.count; ++i) {
      const uint32_t word = column.words[name.first + i];
      if (draft.Has(word)) continue;
      const Part part = organization ? Part::kOrganization : PartIn(column.kind, i, name.count);
      draft.words.push_back({word, part});
    }
  }

  // A full name beside its parts: what the parts do not have are middle names.
  void AddRest(const NameColumn& column, const NameColumn::Name& name, Draft& draft) const {
    for (uint32_t i = 0; i < name.count; ++i) {
      const uint32_t word = column.words[name.first + i];
      if (!draft.Has(word)) draft.words.push_back({word, Part::kMiddle});
    }
  }

  static bool IsPart(Kind kind) {
    return kind == Kind::kGivenName || kind == Kind::kMiddleName || kind == Kind::kFamilyName;
  }

  std::vector<Draft> FromParts(const std::vector<uint32_t>& cells) const {
    size_t count = 0;
    for (size_t c = 0; c < columns_.size(); ++c) {
      if (IsPart(columns_[c].kind)) count = std::max(count, columns_[c].NamesOf(cells[c]).size());
    }
    std::vector<Draft> out(count);
    for (size_t c = 0; c < columns_.size(); ++c) {
      if (!IsPart(columns_[c].kind)) continue;
      const auto names = columns_[c].NamesOf(cells[c]);
      for (size_t i = 0; i < count && !names.empty(); ++i) {
        if (i < names.size() || names.size() == 1)
          AddWords(columns_[c], names[std::min(i, names.size() - 1)], false, out[i]);
      }
    }
    return out;
  }

  static bool Overlaps(const NameColumn& column, const NameColumn::Name& name, const Draft& draft) {
    for (uint32_t i = 0; i < name.count; ++i) {
      if (draft.Has(column.words[name.first + i])) return true;
    }
    return false;
  }

  void AddWhole(const NameColumn& column, const NameColumn::Name& name, uint8_t type,
                std::vector<Draft>& drafts) const {
    const bool organization = type == 2 || (type == 0 && column.organizations) ||
                              (type == 0 && column.kind == Kind::kName && name.company);
    if (!organization) {
      for (Draft& draft : drafts) {
        if (!draft.organization && Overlaps(column, name, draft))
          return AddRest(column, name, draft);
      }
    }
    drafts.emplace_back();
    AddWords(column, name, organization, drafts.back());
  }

  std::string TextOf(const std::vector<Draft>& drafts) const {
    std::string text;
    for (const Draft& draft : drafts) {
      if (!text.empty()) text += kValueSeparator;
      text += draft.organization ? 'o' : 'p';
      for (const auto& [word, part] : draft.words) {
        text += part == Part::kFamily ? '/' : part == Part::kMiddle ? '-' : ' ';
        text += out_.words[word].text;
      }
    }
    return text;
  }

  uint32_t Make(const std::vector<uint32_t>& cells, uint8_t type) {
    std::vector<Draft> drafts = FromParts(cells);
    for (size_t c = 0; c < columns_.size(); ++c) {
      if (IsPart(columns_[c].kind)) continue;
      for (const auto& name : columns_[c].NamesOf(cells[c]))
        AddWhole(columns_[c], name, type, drafts);
    }
    std::erase_if(drafts, [](const Draft& draft) { return draft.words.empty(); });
    const uint32_t value = out_.field(Field::kName).values.Intern(TextOf(drafts));
    if (value < out_.names_of.size()) return value;
    out_.names_of.push_back(static_cast<uint32_t>(out_.names.size()));
    for (const Draft& draft : drafts) {
      out_.names.push_back({static_cast<uint32_t>(out_.name_words.size()),
                            static_cast<uint32_t>(draft.words.size()), draft.organization});
      out_.name_words.insert(out_.name_words.end(), draft.words.begin(), draft.words.end());
    }
    return value;
  }

  const std::vector<NameColumn>& columns_;
  Mentions& out_;
  std::unordered_map<uint64_t, uint32_t> known_;
};

bool IsNameKind(Kind kind) {
  return kind == Kind::kName || kind == Kind::kFullName || kind == Kind::kOrganization ||
         kind == Kind::kGivenName || kind == Kind::kMiddleName || kind == Kind::kFamilyName;
}

NameToken AddressToken(const text::Token& token) {
  NameToken out;
  out.text = token.latin;
  const bool digit = std::any_of(token.latin.begin(), token.latin.end(),
                                 [](char c) { return c >= '0' && c <= '9'; });
  out.flags = digit ? names::kNumber : 0;
  names::FillSounds(out);
  return out;
}

}  // namespace

void FillNames(const Table& table, const Mapping& mapping, unsigned threads, Mentions& out) {
  out.words.resize(1);
  std::vector<NameColumn> columns;
  const Column* type_column = nullptr;
  std::vector<uint8_t> types;
  for (size_t i = 0; i < table.columns.size(); ++i) {
    if (IsNameKind(mapping.uses[i].kind))
      columns.push_back(CutColumn(table.columns[i], mapping.uses[i].kind, threads, out));
    if (mapping.uses[i].kind == Kind::kEntityType && type_column == nullptr) {
      type_column = &table.columns[i];
      types = TypesOf(*type_column);
    }
  }
  FieldColumn& field = out.field(Field::kName);
  NameMaker maker(columns, out);
  if (!columns.empty()) {
    field.cell.resize(table.rows);
    std::vector<uint32_t> cells(columns.size());
    for (size_t row = 0; row < table.rows; ++row) {
      for (size_t c = 0; c < columns.size(); ++c) cells[c] = columns[c].column->cell[row];
      field.cell[row] =
          maker.ValueOf(cells, type_column == nullptr ? 0 : types[type_column->cell[row]]);
    }
  }
  maker.Finish();
}

void FillAddressWords(unsigned threads, Mentions& out) {
  FieldColumn& field = out.field(Field::kAddress);
  const size_t count = field.values.size();
  out.addresses_of.assign(1, 0);
  std::vector<std::vector<text::Token>> batch;
  for (size_t from = 1; from < count; from += kBatch) {
    batch.assign(std::min(kBatch, count - from), {});
    ParallelFor(batch.size(), threads, 64, [&](size_t i) {
      batch[i] = text::Tokenize(field.values[static_cast<uint32_t>(from + i)]);
    });
    for (const auto& tokens : batch) {
      out.addresses_of.push_back(static_cast<uint32_t>(out.addresses.size()));
      Phrase phrase;
      phrase.first = static_cast<uint32_t>(out.address_words.size());
      for (const auto& token : tokens) {
        if (out.address_words.size() - phrase.first < kMostWords)
          out.address_words.push_back(AddWord(out, AddressToken(token)));
      }
      auto begin = out.address_words.begin() + phrase.first;
      std::sort(begin, out.address_words.end());
      out.address_words.erase(std::unique(begin, out.address_words.end()), out.address_words.end());
      phrase.count = static_cast<uint32_t>(out.address_words.size()) - phrase.first;
      if (phrase.count > 0) out.addresses.push_back(phrase);
    }
  }
  out.addresses_of.push_back(static_cast<uint32_t>(out.addresses.size()));
}

void CountWords(Mentions& out) {
  const FieldColumn& field = out.field(Field::kName);
  for (uint32_t value = 1; value < field.values.size(); ++value) {
    for (const Phrase& name : out.NamesOf(value)) {
      for (const auto& [word, part] : out.WordsOf(name)) {
        out.word_total += field.counts[value];
        out.words[word].other += field.counts[value];
        if (name.count < 2) continue;
        if (part == Part::kGiven) out.words[word].given += field.counts[value];
        if (part == Part::kFamily) out.words[word].family += field.counts[value];
      }
    }
  }
  for (Phrase& name : out.names) {
    if (name.count != 1 || name.organization) continue;
    NameWord& only = out.name_words[name.first];
    only.part =
        out.words[only.word].family > out.words[only.word].given ? Part::kFamily : Part::kGiven;
  }
  const FieldColumn& address = out.field(Field::kAddress);
  for (uint32_t value = 1; value < address.values.size(); ++value) {
    for (const Phrase& phrase : out.AddressesOf(value)) {
      for (uint32_t i = 0; i < phrase.count; ++i)
        out.words[out.address_words[phrase.first + i]].other += address.counts[value];
    }
  }
  for (const Word& word : out.words) {
    out.given_total += word.given;
    out.family_total += word.family;
  }
}

}  // namespace tidewaiter::resolve
