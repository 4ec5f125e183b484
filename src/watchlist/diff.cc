#include "watchlist/diff.h"

#include <algorithm>
#include <map>

#include "lists/registry.h"
#include "watchlist/store.h"

namespace tidewaiter::watchlist {
namespace {

using Values = std::map<std::string, std::vector<std::string>>;  // field -> sorted values
struct Entry {
  std::string name;
  Values values;
};
using Entries = std::map<std::string, Entry>;

std::string Show(const Name& name) {
  return name.text + (name.strength == NameStrength::kWeak ? " (weak)" : "");
}

std::string Show(const Identifier& identifier) {
  return identifier.kind + " " + identifier.value +
         (identifier.country.empty() ? "" : " (" + identifier.country + ")");
}

void AddOne(const std::string& value, std::vector<std::string>& values) {
  if (!value.empty()) values.push_back(value);
}

void Collect(const ListedParty& party, Values& values) {
  for (const auto& name : party.names) values["names"].push_back(Show(name));
  for (const auto& date : party.birth_dates) values["birth_dates"].push_back(date.text);
  for (const auto& identifier : party.identifiers)
    values["identifiers"].push_back(Show(identifier));
  for (const auto& address : party.addresses) values["addresses"].push_back(address.text);
  const std::pair<const char*, const std::vector<std::string>*> lists[] = {
      {"birth_places", &party.birth_places},
      {"nationalities", &party.nationalities},
      {"programs", &party.programs},
      {"citations", &party.citations},
      {"owners", &party.owners}};
  for (const auto& [field, texts] : lists)
    values[field].insert(values[field].end(), texts->begin(), texts->end());
  AddOne(std::string(ToString(party.kind)), values["kind"]);
  AddOne(party.gender, values["gender"]);
  AddOne(party.title, values["title"]);
  AddOne(party.remarks, values["remarks"]);
  AddOne(party.listing_name, values["listing_name"]);
  AddOne(party.listed_on ? ToString(*party.listed_on) : "", values["listed_on"]);
  AddOne(party.ends_on ? ToString(*party.ends_on) : "", values["ends_on"]);
}

Entries EntriesOf(const std::vector<ListedParty>& parties) {
  Entries entries;
  for (const auto& party : parties) {
    Entry& entry = entries[party.id];
    if (entry.name.empty() && !party.names.empty()) entry.name = party.names[0].text;
    Collect(party, entry.values);
  }
  for (auto& [id, entry] : entries) {
    for (auto& [field, texts] : entry.values) {
      std::sort(texts.begin(), texts.end());
      texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    }
  }
  return entries;
}

std::vector<FieldChange> Compare(const Values& before, const Values& after) {
  std::vector<FieldChange> changes;
  static const std::vector<std::string> none;
  const auto of = [](const Values& values, const std::string& field) -> const auto& {
    const auto found = values.find(field);
    return found == values.end() ? none : found->second;
  };
  Values all = before;
  all.insert(after.begin(), after.end());
  for (const auto& [field, ignored] : all) {
    const auto &a = of(before, field), &b = of(after, field);
    if (a == b) continue;
    FieldChange change{field, {}, {}};
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(change.removed));
    std::set_difference(b.begin(), b.end(), a.begin(), a.end(), std::back_inserter(change.added));
    changes.push_back(std::move(change));
  }
  return changes;
}

Json ToJson(const std::vector<PartyChange>& changes, bool with_fields) {
  Json array{Json::Array{}};
  for (const auto& change : changes) {
    Json item;
    item.Set("id", change.id).Set("name", change.name);
    if (with_fields) {
      Json fields{Json::Array{}};
      for (const auto& field : change.fields) {
        fields.Add(Json()
                       .Set("field", field.field)
                       .Set("removed", TextsToJson(field.removed))
                       .Set("added", TextsToJson(field.added)));
      }
      item.Set("fields", std::move(fields));
    }
    array.Add(std::move(item));
  }
  return array;
}

// The newest snapshot of the list that is not younger than the day.
const Snapshot* At(const std::vector<Snapshot>& snapshots, Date day) {
  const Snapshot* found = nullptr;
  for (const auto& snapshot : snapshots) {
    if (snapshot.date <= day) found = &snapshot;
  }
  return found;
}

Result<std::vector<ListedParty>> PartiesOf(const Snapshot& snapshot) {
  TW_ASSIGN_OR_RETURN(const auto group, LoadFiles(snapshot));
  TW_ASSIGN_OR_RETURN(auto parsed, lists::Parse(group));
  return std::move(parsed.parties);
}

}  // namespace

Json ToJson(const ListDiff& diff) {
  Json json;
  json.Set("list", diff.list).Set("from", ToString(diff.from)).Set("to", ToString(diff.to));
  json.Set("added", ToJson(diff.added, false)).Set("removed", ToJson(diff.removed, false));
  json.Set("changed", ToJson(diff.changed, true));
  return json;
}

ListDiff DiffParties(const std::vector<ListedParty>& before,
                     const std::vector<ListedParty>& after) {
  const Entries a = EntriesOf(before), b = EntriesOf(after);
  ListDiff diff;
  for (const auto& [id, entry] : a) {
    const auto found = b.find(id);
    if (found == b.end()) {
      diff.removed.push_back({id, entry.name, {}});
    } else if (auto fields = Compare(entry.values, found->second.values); !fields.empty()) {
      diff.changed.push_back({id, found->second.name, std::move(fields)});
    }
  }
  for (const auto& [id, entry] : b) {
    if (!a.contains(id)) diff.added.push_back({id, entry.name, {}});
  }
  return diff;
}

Result<ListDiff> DiffSnapshots(const std::string& data_folder, const std::string& list,
                               std::optional<Date> from, std::optional<Date> to) {
  TW_ASSIGN_OR_RETURN(auto snapshots, ReadSnapshots(data_folder));
  std::erase_if(snapshots, [&](const Snapshot& snapshot) { return snapshot.list != list; });
  if (snapshots.empty())
    return MissingData("no snapshot of " + list +
                       "; `tidewaiter lists status` shows what there is");
  const Snapshot* later = to ? At(snapshots, *to) : &snapshots.back();
  const Snapshot* earlier = from    ? At(snapshots, *from)
                            : later ? At(snapshots, later->date - 1)
                                    : nullptr;
  if (later == nullptr || earlier == nullptr) {
    return MissingData("no earlier snapshot of " + list + " to compare with; the oldest is of " +
                       ToString(snapshots.front().date));
  }
  TW_ASSIGN_OR_RETURN(const auto before, PartiesOf(*earlier));
  TW_ASSIGN_OR_RETURN(const auto after, PartiesOf(*later));
  ListDiff diff = DiffParties(before, after);
  diff.list = list;
  diff.from = earlier->date;
  diff.to = later->date;
  return diff;
}

}  // namespace tidewaiter::watchlist
