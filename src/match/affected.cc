// The same hashes as in search, with the sides exchanged: what a query seeks is filed here, and
// what the index files is sought. A word that a legal form alone makes has no worth, so search
// never follows it, and neither is it filed here.
#include "match/affected.h"

#include "base/hash.h"
#include "match/evidence.h"
#include "match/neighbours.h"
#include "match/words.h"
#include "names/name_tokens.h"
#include "names/readings.h"

namespace tidewaiter::match {
namespace {

struct Token {
  names::NameToken token;
  std::vector<uint32_t> groups;
  names::WordView View() const {
    return {token.text, token.key,   token.skeleton,
            token.own,  token.flags, names::LettersOf(token.key),
            groups};
  }
};

std::vector<Token> Tokens(std::string_view name, PartyKind kind) {
  std::vector<Token> out;
  for (auto& token : names::AnalyseName(name, kind).tokens) {
    auto groups = GroupsOfWord(token, true);
    out.push_back({std::move(token), std::move(groups)});
  }
  return out;
}

// Of the name as it stands, and as it may be read otherwise.
std::vector<std::vector<Token>> Readings(const std::string& name, PartyKind kind) {
  std::vector<std::vector<Token>> out = {Tokens(name, kind)};
  for (const std::string& read : names::OtherReadings(name, kind, true))
    out.push_back(Tokens(read, kind));
  return out;
}

void File(uint64_t hash, uint32_t customer,
          std::unordered_map<uint64_t, std::vector<uint32_t>>& filed) {
  auto& customers = filed[hash];
  if (customers.empty() || customers.back() != customer) customers.push_back(customer);
}

}  // namespace

void CustomerIndex::Add(uint32_t customer, const Query& query) {
  std::vector<JoinHash> whole_hashes, join_hashes;
  std::vector<WordHash> sought_hashes;
  // A name of a party whose kind is unknown is also read as a person's.
  std::vector<PartyKind> kinds = {query.kind};
  if (query.kind == PartyKind::kUnknown) kinds.push_back(PartyKind::kPerson);
  for (const std::string& name : query.names) {
    for (const PartyKind kind : kinds) {
      for (const std::vector<Token>& tokens : Readings(name, kind)) {
        for (size_t i = 0; i < tokens.size(); ++i) {
          const auto view = tokens[i].View();
          WholeHashes(view, whole_hashes);
          for (const JoinHash& whole : whole_hashes) File(whole.hash, customer, wholes_);
          if (!tokens[i].token.Is(names::kLegal)) {
            SoughtHashes(view, sought_hashes);
            for (const WordHash& sought : sought_hashes) File(sought.hash, customer, words_);
          }
          if (i + 1 == tokens.size()) break;
          JoinHashes(view, tokens[i + 1].View(), false, join_hashes);
          for (const JoinHash& join : join_hashes) File(join.hash, customer, words_);
        }
      }
    }
  }
  for (const std::string& name : query.names) {
    const auto tokens = names::AnalyseName(name, query.kind);
    for (const names::NameToken& acronym : names::AcronymsOf(name, tokens.tokens)) {
      SoughtHashes(ViewOf(acronym, {}), sought_hashes);
      for (const WordHash& sought : sought_hashes) File(sought.hash, customer, words_);
    }
  }
  for (const Identifier& identifier : query.identifiers) {
    const std::string value = ComparableIdentifier(identifier);
    if (!value.empty()) File(Hash64(value), customer, identifiers_);
  }
}

void CustomerIndex::MarkAll(const Filed& filed, uint64_t hash, std::vector<bool>& touched) {
  const auto found = filed.find(hash);
  if (found == filed.end()) return;
  for (const uint32_t customer : found->second) touched[customer] = true;
}

void CustomerIndex::Mark(const ListedParty& party, std::vector<bool>& touched) const {
  std::vector<JoinHash> join_hashes;
  for (const Name& name : party.names) {
    for (const std::vector<Token>& tokens : Readings(name.text, party.kind)) {
      for (size_t i = 0; i < tokens.size(); ++i) {
        const auto view = tokens[i].View();
        for (const WordHash& filed : FiledHashesOf(view)) MarkAll(words_, filed.hash, touched);
        if (i + 1 == tokens.size()) break;
        JoinHashes(view, tokens[i + 1].View(), true, join_hashes);
        for (const JoinHash& join : join_hashes) MarkAll(wholes_, join.hash, touched);
      }
    }
  }
  for (const Name& name : party.names) {
    if (party.kind != PartyKind::kOrganization) break;
    const auto tokens = names::AnalyseName(name.text, party.kind);
    for (const names::NameToken& acronym : names::AcronymsOf(name.text, tokens.tokens)) {
      for (const WordHash& filed : FiledHashesOf(ViewOf(acronym, {})))
        MarkAll(words_, filed.hash, touched);
    }
  }
  for (const Identifier& identifier : party.identifiers) {
    const std::string value = ComparableIdentifier(identifier);
    if (!value.empty()) MarkAll(identifiers_, Hash64(value), touched);
  }
}

}  // namespace tidewaiter::match
