#include "screen/pairs.h"

#include <algorithm>

#include "base/file.h"
#include "base/hash.h"
#include "base/journal_file.h"
#include "match/evidence.h"
#include "screen/ownership.h"

namespace tidewaiter::screen {
namespace {

std::string PathOf(const std::string& data_folder) { return JoinPath(data_folder, "pairs.jsonl"); }

std::string KeyOf(const std::string& name, const std::string& list, const std::string& id) {
  return FoldOwner(name) + "\x1f" + list + "\x1f" + id;
}

// Sorted, so that the order in which a publisher or a customer file writes things does not matter.
void Put(std::string field, std::vector<std::string> values, std::string& out) {
  std::sort(values.begin(), values.end());
  out += field + "\x1e";
  for (const auto& value : values) out += value + "\x1f";
}

std::vector<std::string> Values(const std::vector<Identifier>& identifiers) {
  std::vector<std::string> out;
  for (const auto& identifier : identifiers) {
    const std::string value = match::ComparableIdentifier(identifier);
    out.push_back(identifier.kind + ":" + (value.empty() ? identifier.value : value));
  }
  return out;
}

std::string Days(const PartialDate& date) {
  return ToString(date.days.from) + ".." + ToString(date.days.to);
}

Result<Pair> ReadPair(std::string_view line, const std::string& path, uint64_t number) {
  const auto json = ParseJson(line);
  if (!json) return BadInput("no JSON: " + json.error().message, path, number);
  Pair pair;
  const std::pair<const char*, std::string*> fields[] = {{"verdict", &pair.verdict},
                                                         {"name", &pair.name},
                                                         {"list", &pair.list},
                                                         {"id", &pair.id},
                                                         {"listed_name", &pair.listed_name},
                                                         {"by", &pair.by},
                                                         {"why", &pair.why},
                                                         {"when", &pair.when},
                                                         {"query_hash", &pair.query_hash},
                                                         {"listed_hash", &pair.listed_hash}};
  for (const auto& [key, text] : fields) {
    *text = json->StringOr(key);
    if (text->empty()) return BadInput("missing", path, number, key);
  }
  return pair;
}

}  // namespace

Json ToJson(const Pair& pair) {
  Json json;
  json.Set("verdict", pair.verdict).Set("name", pair.name).Set("list", pair.list);
  json.Set("id", pair.id).Set("listed_name", pair.listed_name).Set("by", pair.by);
  json.Set("why", pair.why).Set("when", pair.when);
  return json.Set("query_hash", pair.query_hash).Set("listed_hash", pair.listed_hash);
}

std::string MaterialHash(const match::Query& query) {
  std::string out;
  std::vector<std::string> names;
  for (const auto& name : query.names) names.push_back(FoldOwner(name));
  Put("names", std::move(names), out);
  Put("kind", {std::string(ToString(query.kind))}, out);
  Put("countries", query.countries, out);
  if (query.birth_date) Put("born", {Days(*query.birth_date)}, out);
  Put("identifiers", Values(query.identifiers), out);
  return Sha256Hex(out);
}

std::string MaterialHash(const ListedParty& party) {
  std::string out;
  std::vector<std::string> names, born;
  for (const auto& name : party.names) names.push_back(name.text);
  for (const auto& date : party.birth_dates) born.push_back(Days(date));
  Put("names", std::move(names), out);
  Put("kind", {std::string(ToString(party.kind))}, out);
  Put("born", std::move(born), out);
  Put("countries", party.nationalities, out);
  Put("gender", {party.gender}, out);
  Put("identifiers", Values(party.identifiers), out);
  return Sha256Hex(out);
}

Result<Pairs> Pairs::Load(const std::string& data_folder) {
  Pairs pairs;
  const std::string path = PathOf(data_folder);
  if (!FileExists(path)) return pairs;
  TW_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path));
  pairs.hash_ = Sha256Hex(bytes);
  uint64_t number = 0;
  for (size_t at = 0;;) {
    const size_t end = bytes.find('\n', at);
    if (end == std::string::npos) break;  // an unfinished line was never promised to anybody
    const std::string_view line = std::string_view(bytes).substr(at, end - at);
    at = end + 1;
    TW_ASSIGN_OR_RETURN(Pair pair, ReadPair(line, path, ++number));
    pairs.latest_[KeyOf(pair.name, pair.list, pair.id)] = pairs.pairs_.size();
    pairs.pairs_.push_back(std::move(pair));
  }
  return pairs;
}

Status Pairs::Record(const std::string& data_folder, const Pair& pair) {
  if (pair.by.empty()) return UsageError("say who says so with --by");
  if (pair.why.empty()) return UsageError("say why with --because");
  TW_RETURN_IF_ERROR(MakeFolders(data_folder));
  return AppendLine(PathOf(data_folder),
                    [&](std::string_view) { return Result<std::string>(ToJson(pair).Dump()); });
}

std::vector<Pair> Pairs::Standing() const {
  std::vector<Pair> out;
  for (size_t i = 0; i < pairs_.size(); ++i) {
    const Pair& pair = pairs_[i];
    if (latest_.at(KeyOf(pair.name, pair.list, pair.id)) == i && pair.verdict != "withdrawn")
      out.push_back(pair);
  }
  return out;
}

void Pairs::Apply(const match::Query& query, const watchlist::Watchlist& watchlist,
                  std::vector<Hit>& hits) const {
  if (pairs_.empty() || query.names.empty()) return;
  for (Hit& hit : hits) {
    const auto found = latest_.find(KeyOf(query.names[0], hit.list, hit.id));
    if (found == latest_.end() || pairs_[found->second].verdict == "withdrawn") continue;
    const Pair& pair = pairs_[found->second];
    const std::string said = pair.by + " said on " + pair.when +
                             (pair.verdict == "same" ? " that the two are the same: "
                                                     : " that the two are not the same: ") +
                             pair.why;
    const bool query_holds = MaterialHash(query) == pair.query_hash;
    const bool listed_holds = MaterialHash(watchlist.record(hit.entry).party) == pair.listed_hash;
    if (query_holds && listed_holds) {
      hit.pair = pair.verdict;
      hit.why.push_back(said);
    } else {
      hit.why.push_back(said + "; it no longer holds, because " +
                        (listed_holds ? "the party asked about" : "the listed entry") +
                        " has changed since");
    }
  }
}

}  // namespace tidewaiter::screen
