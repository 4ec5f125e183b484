#include "inspect/entities.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "base/parallel.h"
#include "resolve/parties.h"
#include "resolve/party_split.h"

namespace tidewaiter::inspect {
namespace {

using ledger::Attribute;
using ledger::Ledger;
using ledger::Party;

std::string_view FirstOf(const Ledger& ledger, const Party& party,
                         std::initializer_list<Attribute> attributes) {
  for (const Attribute attribute : attributes) {
    if (const ledger::Id id = party.Get(attribute); id != 0) return ledger.Text(id);
  }
  return {};
}

resolve::PartyText TextOf(const Ledger& ledger, const Party& party) {
  resolve::PartyText out;
  out.name = FirstOf(
      ledger, party,
      {Attribute::kName, Attribute::kNameEn, Attribute::kNameStandard, Attribute::kNameRaw});
  out.other_name = FirstOf(ledger, party, {Attribute::kNameEn});
  out.address = FirstOf(ledger, party,
                        {Attribute::kAddressEn, Attribute::kAddress, Attribute::kAddressStandard,
                         Attribute::kAddressRaw});
  out.country = FirstOf(ledger, party, {Attribute::kCountry});
  if (!party.identifiers.empty()) {
    const auto& [kind, value] = party.identifiers.front();
    out.identifier =
        std::string(ledger.Text(kind)) + ":" + ledger::NormaliseHeader(ledger.Text(value));
  }
  return out;
}

// A name that holds more: what it says of address and number counts where no column says it.
void SplitName(const resolve::PartyWords& words, resolve::PartyText& party) {
  const bool number = std::any_of(party.name.begin(), party.name.end(),
                                  [](char c) { return c >= '0' && c <= '9'; });
  if (!number) return;
  const resolve::SplitParty split = resolve::Split(party.name, words);
  party.name = split.name;
  if (party.address.empty()) party.address = split.address;
  if (party.identifier.empty() && !split.identifier.empty())
    party.identifier = split.kind + ":" + split.identifier;
}

}  // namespace

Status ResolveParties(const std::string& resources, Ledger& ledger, unsigned threads) {
  TW_ASSIGN_OR_RETURN(const auto words, resolve::PartyWords::Read(resources));
  std::vector<resolve::PartyText> texts(ledger.parties.size());
  ParallelFor(texts.size(), threads, 256, [&](size_t p) {
    if (p == 0) return;
    texts[p] = TextOf(ledger, ledger.parties[p]);
    SplitName(words, texts[p]);
  });
  const std::vector<uint32_t> first = resolve::GroupParties(texts, threads);
  std::vector<uint64_t> entity(first.size(), 0);
  std::vector<bool> sure(first.size(), false);
  for (size_t p = 1; p < first.size(); ++p) {
    const bool has_identifier = !texts[p].identifier.empty();
    if (entity[first[p]] != 0 && (sure[first[p]] || !has_identifier)) continue;
    entity[first[p]] = ledger.parties[p].entity;
    sure[first[p]] = has_identifier;
  }
  // Namesakes that are not one: the first keeps the name, the others say where they are.
  std::unordered_map<uint64_t, uint32_t> taken;
  for (size_t p = 1; p < first.size(); ++p) {
    uint64_t& mine = entity[first[p]];
    while (taken.try_emplace(mine, first[p]).first->second != first[p])
      mine = ledger::EntityHash("namesake", std::to_string(mine) + std::string(texts[p].country));
    ledger.parties[p].entity = mine;
  }
  return {};
}

}  // namespace tidewaiter::inspect
