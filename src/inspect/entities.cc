#include "inspect/entities.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <map>
#include <unordered_map>
#include <vector>

#include "base/file.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "model/role.h"
#include "resolve/party_split.h"
#include "resolve/snapshot.h"
#include "tables/duckdb.h"

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

// All that the rows say of a party: another file that says the same gives the same id.
uint64_t MentionOf(const Ledger& ledger, const Party& party) {
  std::string said;
  for (const ledger::Id id : party.attributes) said.append(ledger.Text(id)) += '\x1f';
  for (const auto& [kind, value] : party.identifiers)
    said.append(ledger.Text(kind)).append(":").append(ledger.Text(value)) += '\x1f';
  return Hash64(said);
}

// The parties that a decision means. Party::entity must still be what the import has filled in.
class Finder {
 public:
  Finder(const Ledger& ledger, const std::vector<uint64_t>& mentions,
         const resolve::Decisions& decisions)
      : ledger_(ledger) {
    if (decisions.all.empty()) return;
    for (uint32_t p = 1; p < ledger.parties.size(); ++p) {
      by_id_[MentionText(mentions[p])].push_back(p);
      by_id_[ledger.EntityText(p)].push_back(p);
    }
  }

  std::vector<uint32_t> Find(const std::string& id) const {
    if (const auto found = by_id_.find(id); found != by_id_.end()) return found->second;
    const size_t role_at = id.rfind(':');
    const size_t row_at = role_at == std::string::npos || role_at == 0 ? std::string::npos
                                                                       : id.rfind(':', role_at - 1);
    if (row_at == std::string::npos) return {};
    const auto role = ParseRole(std::string_view(id).substr(role_at + 1));
    uint32_t row = 0;
    const char* const end = id.data() + role_at;
    const auto read = std::from_chars(id.data() + row_at + 1, end, row);
    if (!role || read.ec != std::errc() || read.ptr != end) return {};
    return FindInRow(std::string_view(id).substr(0, row_at), row, *role);
  }

 private:
  std::vector<uint32_t> FindInRow(std::string_view source, uint32_t row, Role role) const {
    const auto& lines = ledger_.lines;
    for (uint16_t s = 0; s < ledger_.sources.size(); ++s) {
      if (ledger_.sources[s].name != source) continue;
      // Lines are in the order of sources and rows.
      const auto from = std::lower_bound(lines.source.begin(), lines.source.end(), s);
      const auto to = std::upper_bound(from, lines.source.end(), s);
      const auto first = lines.row.begin() + (from - lines.source.begin());
      const auto last = lines.row.begin() + (to - lines.source.begin());
      const auto at = std::lower_bound(first, last, row);
      if (at == last || *at != row) continue;
      const ledger::Id party = lines.PartyOf(role, static_cast<size_t>(at - lines.row.begin()));
      if (party != 0) return {party};
    }
    return {};
  }

  const Ledger& ledger_;
  std::unordered_map<std::string, std::vector<uint32_t>> by_id_;
};

// A group is called what its first party with an identifier is called, else its first party.
void NameEntities(const std::vector<resolve::PartyText>& texts, const std::vector<uint32_t>& first,
                  Ledger& ledger) {
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
}

// By party: the merge over which it hangs on the tree of its group, and the party at its other end;
// nothing for the first of a group.
struct Because {
  const resolve::PartyMerge* merge = nullptr;
  uint32_t with = 0;
};

std::vector<Because> TreeOf(const resolve::PartyGroups& groups) {
  std::vector<std::vector<const resolve::PartyMerge*>> near(groups.first.size());
  for (const auto& merge : groups.merges) {
    near[merge.a].push_back(&merge);
    near[merge.b].push_back(&merge);
  }
  std::vector<Because> out(groups.first.size());
  for (uint32_t p = 0; p < out.size(); ++p) {
    if (groups.first[p] != p) continue;
    std::vector<uint32_t> reached = {p};
    for (size_t i = 0; i < reached.size(); ++i) {
      for (const auto* merge : near[reached[i]]) {
        const uint32_t other = merge->a == reached[i] ? merge->b : merge->a;
        if (other == p || out[other].merge != nullptr) continue;
        out[other] = {merge, reached[i]};
        reached.push_back(other);
      }
    }
  }
  return out;
}

}  // namespace

std::string MentionText(uint64_t mention) {
  char text[20];
  std::snprintf(text, sizeof text, "p%016llx", static_cast<unsigned long long>(mention));
  return text;
}

Result<WhoIsWho> ResolveParties(const std::string& resources, const std::string& decisions,
                                Ledger& ledger, unsigned threads) {
  TW_ASSIGN_OR_RETURN(const auto words, resolve::PartyWords::Read(resources));
  WhoIsWho out;
  if (!decisions.empty()) {
    TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(decisions));
    TW_ASSIGN_OR_RETURN(out.decisions, resolve::ParseDecisions(text, decisions));
  }
  std::vector<resolve::PartyText> texts(ledger.parties.size());
  out.mention.resize(texts.size());
  ParallelFor(texts.size(), threads, 256, [&](size_t p) {
    if (p == 0) return;
    texts[p] = TextOf(ledger, ledger.parties[p]);
    SplitName(words, texts[p]);
    out.mention[p] = MentionOf(ledger, ledger.parties[p]);
  });
  const Finder finder(ledger, out.mention, out.decisions);
  TW_ASSIGN_OR_RETURN(auto decided, resolve::Decide(out.decisions, [&](const std::string& id) {
                        return finder.Find(id);
                      }));
  out.notes = std::move(decided.notes);
  out.groups = resolve::GroupParties(texts, {std::move(decided.together), std::move(decided.apart)},
                                     threads);
  for (uint32_t p = 1; p < texts.size(); ++p) out.entities += out.groups.first[p] == p;
  NameEntities(texts, out.groups.first, ledger);
  return out;
}

Status WriteResolution(const Ledger& ledger, const WhoIsWho& who, const std::string& path) {
  TW_ASSIGN_OR_RETURN(const tables::Database database, tables::Database::Open(""));
  TW_ASSIGN_OR_RETURN(tables::Connection connection, database.Connect());
  TW_RETURN_IF_ERROR(connection.Run(
      "CREATE TABLE resolution (mention VARCHAR, entity VARCHAR, name VARCHAR, because VARCHAR, "
      "\"with\" VARCHAR)"));
  {
    const auto tree = TreeOf(who.groups);
    TW_ASSIGN_OR_RETURN(auto out, connection.Append("resolution"));
    for (uint32_t p = 1; p < ledger.parties.size(); ++p) {
      out.Text(0, MentionText(who.mention[p]));
      out.Text(1, ledger.EntityText(p));
      out.Text(2, ledger.DisplayName(p));
      if (tree[p].merge != nullptr) {
        out.Text(3, ToString(tree[p].merge->why));
        out.Text(4, MentionText(who.mention[tree[p].with]));
      }
      TW_RETURN_IF_ERROR(out.EndRow());
    }
    TW_RETURN_IF_ERROR(out.Close());
  }
  return connection.WriteParquet("SELECT * FROM resolution", path);
}

Result<Json> NumberResolution(const Ledger& ledger, const WhoIsWho& who, const std::string& old_log,
                              const std::string& new_log) {
  resolve::SnapshotId id;
  for (uint32_t p = 1; p < ledger.parties.size(); ++p)
    id.Add(MentionText(who.mention[p]), ledger.EntityText(p));
  id.AddDecisions(resolve::TextOf(who.decisions));
  std::map<std::string_view, uint64_t> merges;
  for (const auto& merge : who.groups.merges) ++merges[ToString(merge.why)];
  Json by_why = Json::Object{};
  for (const auto& [why, count] : merges) by_why.Set(std::string(why), count);
  Json record;
  record.Set("snapshot", id.Finish())
      .Set("mentions", static_cast<uint64_t>(ledger.parties.size() - 1))
      .Set("entities", static_cast<uint64_t>(who.entities))
      .Set("merges", std::move(by_why))
      .Set("decisions", static_cast<uint64_t>(who.decisions.all.size()));
  std::string log;
  if (FileExists(old_log)) {
    TW_ASSIGN_OR_RETURN(log, ReadFile(old_log));
  }
  TW_ASSIGN_OR_RETURN(const auto numbered, resolve::NumberSnapshot(log, old_log, record));
  TW_RETURN_IF_ERROR(WriteAtomically(new_log, numbered.log));
  record.Set("number", numbered.number);
  return record.Set("previous", numbered.previous.empty() ? Json() : Json(numbered.previous));
}

}  // namespace tidewaiter::inspect
