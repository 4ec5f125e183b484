#include <cstdio>
#include <map>
#include <string>
#include <unordered_map>

#include "base/hash.h"
#include "base/parallel.h"
#include "ledger/ledger.h"
#include "ledger/words.h"

namespace tidewaiter::ledger {
namespace {

// Kinds of numbers that one party alone carries. What a file calls just a code ("other") counts
// too: within one file it names one party.
std::string StrongIdentifier(const Ledger& ledger, const Party& party) {
  for (const auto& [kind, value] : party.identifiers) {
    return std::string(ledger.Text(kind)) + ":" + NormaliseHeader(ledger.Text(value));
  }
  return {};
}

std::string NameKey(const Ledger& ledger, const Party& party) {
  for (const Attribute attribute :
       {Attribute::kName, Attribute::kNameEn, Attribute::kNameStandard, Attribute::kNameRaw}) {
    if (const Id id = party.Get(attribute); id != 0) {
      std::string key = NormaliseHeader(ledger.Text(id));
      return key.empty() ? std::string(ledger.Text(id)) : key;
    }
  }
  return {};
}

struct Keys {
  std::string identifier, name;
};

// By Ledger::parties.
std::vector<Keys> KeysOf(const Ledger& ledger, unsigned threads) {
  std::vector<Keys> all(ledger.parties.size());
  ParallelFor(all.size(), threads, 1024, [&](size_t i) {
    all[i] = {StrongIdentifier(ledger, ledger.parties[i]), NameKey(ledger, ledger.parties[i])};
  });
  return all;
}

// The one identifier that mentions of a name carry; "" when they carry several.
using IdentifierOfName = std::unordered_map<std::string_view, std::string_view>;

IdentifierOfName CollectIdentifiers(const std::vector<Keys>& parties) {
  IdentifierOfName all;
  for (const auto& [identifier, name] : parties) {
    if (identifier.empty() || name.empty()) continue;
    const auto [at, fresh] = all.emplace(name, identifier);
    if (!fresh && at->second != identifier) at->second = {};
  }
  return all;
}

}  // namespace

uint64_t EntityHash(std::string_view kind, std::string_view value) {
  return Hash64(std::string(kind) + "\x1F" + std::string(value));
}

void AssignEntities(Ledger& ledger, unsigned threads) {
  const std::vector<Keys> keys = KeysOf(ledger, threads);
  const IdentifierOfName identifier_of_name = CollectIdentifiers(keys);
  for (size_t i = 1; i < ledger.parties.size(); ++i) {
    Party& party = ledger.parties[i];
    const std::string_view name = keys[i].name;
    std::string_view identifier = keys[i].identifier;
    if (identifier.empty()) {
      const auto found = identifier_of_name.find(name);
      if (found != identifier_of_name.end()) identifier = found->second;
    }
    party.entity =
        identifier.empty() ? EntityHash("name", name) : EntityHash("identifier", identifier);
  }
}

Id Ledger::DisplayNameId(Id party) const {
  const Party& p = parties[party];
  for (const Attribute attribute : {Attribute::kName, Attribute::kNameEn, Attribute::kNameStandard,
                                    Attribute::kNameRaw, Attribute::kIdentifier}) {
    if (const Id id = p.Get(attribute); id != 0) return id;
  }
  return 0;
}

std::string Ledger::EntityText(Id party) const {
  if (party == 0) return {};
  char text[20];
  std::snprintf(text, sizeof text, "e%016llx",
                static_cast<unsigned long long>(parties[party].entity));
  return text;
}

std::string Ledger::RowHash(size_t line) const {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text(32, '0');
  for (size_t i = 0; i < text.size(); ++i) {
    text[i] = kDigits[lines.hash[line][i / 16] >> (60 - i % 16 * 4) & 15];
  }
  return text;
}

bool Ledger::Covers(Field field) const {
  for (const Source& source : sources) {
    if (source.mapping.Has(field)) return true;
  }
  return false;
}

bool Ledger::Covers(Role role) const {
  for (const Source& source : sources) {
    for (const auto& column : source.mapping.columns) {
      if (column.use.kind == ColumnUse::Kind::kParty && column.use.role == role) return true;
    }
  }
  return false;
}

}  // namespace tidewaiter::ledger
