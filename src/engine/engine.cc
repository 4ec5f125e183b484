// The public interface over the folders below: requests become queries and orders, answers become
// JSON.
#include "tidewaiter/engine.h"

#include <map>
#include <utility>

#include "base/date.h"
#include "base/file.h"
#include "base/json.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "inspect/inspect.h"
#include "model/order.h"
#include "screen/desk.h"
#include "screen/journal.h"
#include "screen/party_file.h"
#include "screen/rescreen.h"

namespace tidewaiter {
namespace {

constexpr size_t kScreenBatch = 2048;

Result<std::optional<Date>> ParseDay(const std::string& text, std::string_view field) {
  if (text.empty()) return std::optional<Date>();
  const auto date = ParseIsoDate(text);
  if (!date)
    return UsageError(std::string(field) + ": '" + text + "' is no date; write it like 2024-09-01");
  return std::optional<Date>(*date);
}

Result<std::optional<match::WeakAliases>> ParsePolicy(const std::string& weak_aliases) {
  const auto policy = match::ParseWeakAliases(weak_aliases);
  if (!policy && !weak_aliases.empty())
    return UsageError("weak aliases count full, less, supported or never, not '" + weak_aliases +
                      "'");
  return policy;
}

// A list of the user's own has no policy, but it is loaded.
bool HasList(const screen::Desk& desk, const std::string& name) {
  if (desk.watchlist() == nullptr) return false;
  for (const auto& list : desk.watchlist()->lists()) {
    if (list.name == name) return true;
  }
  return false;
}

Result<match::Options> OptionsOf(const ScreenOptions& request, const screen::Desk& desk) {
  match::Options options;
  if (request.threshold >= 0) options.threshold = request.threshold;
  options.top = request.top;
  TW_ASSIGN_OR_RETURN(options.as_of, ParseDay(request.as_of, "as_of"));
  options.lists = request.lists;
  for (const auto& list : options.lists) {
    if (desk.policies().Find(list) != nullptr || HasList(desk, list)) continue;
    std::string known;
    for (const auto& policy : desk.policies().all())
      known += (known.empty() ? "" : ", ") + policy.list;
    return UsageError("no list is called '" + list + "'; there are: " + known);
  }
  TW_ASSIGN_OR_RETURN(options.weak_aliases, ParsePolicy(request.weak_aliases));
  options.exhaustive = request.exhaustive;
  options.explain = request.explain;
  return options;
}

std::string ScreeningLine(uint64_t row, const std::optional<std::string>& id,
                          const std::string& name, const std::vector<Hit>& hits) {
  std::string line;
  {
    JsonMembers json(line);
    json.Each("hits", hits);
    (id ? Json(*id) : Json()).DumpTo(json.Begin("id"));
    json.Text("name", name);
    json.Begin("row") += std::to_string(row);
  }
  return line;
}

std::string ProblemLine(const screen::PartyRow& row, const std::string& problem) {
  Json json;
  json.Set("row", row.row).Set("id", row.id ? Json(*row.id) : Json()).Set("name", row.name);
  return json.Set("hits", Json(Json::Array{})).Set("error", problem).Dump();
}

class EngineOverDesk : public Engine {
 public:
  EngineOverDesk(std::unique_ptr<const screen::Desk> desk, unsigned threads)
      : desk_(std::move(desk)), threads_(threads) {}

  VersionAnswer Version() const override {
    const auto& inputs = desk_->inputs();
    const double threshold =
        desk_->matcher() == nullptr ? 0 : desk_->matcher()->default_threshold();
    return {inputs.engine,    inputs.profile,   inputs.rulepacks,
            inputs.catalogue, inputs.watchlist, threshold};
  }

  std::vector<std::string> ListWarnings(const std::string& day) const override {
    const auto date = ParseIsoDate(day);
    return date ? desk_->ListWarnings(*date) : std::vector<std::string>{};
  }

  Result<ScreenAnswer> Screen(const ScreenRequest& request) const override {
    TW_ASSIGN_OR_RETURN(const match::Options options, OptionsOf(request.options, *desk_));
    match::Query query;
    query.names = {request.name};
    const std::string problem =
        screen::FillQuery(request.schema, request.country, request.birth_date, request.identifiers,
                          request.address, query);
    if (!problem.empty()) return UsageError(problem);
    TW_ASSIGN_OR_RETURN(const std::vector<Hit> hits, desk_->ScreenWithOwners(query, options));
    ScreenAnswer answer;
    answer.json = ScreeningLine(1, std::nullopt, request.name, hits);
    for (const Hit& hit : hits)
      answer.hits.push_back({hit.list, hit.id, hit.name, hit.score, hit.programs, hit.why});
    return answer;
  }

  Result<ScreenFileAnswer> ScreenFile(const ScreenFileRequest& request,
                                      const std::function<bool(std::string_view)>& line,
                                      Progress& progress) const override {
    TW_ASSIGN_OR_RETURN(const match::Options options, OptionsOf(request.options, *desk_));
    progress.Stage("screen parties", 0);
    ScreenFileAnswer answer;
    const auto take = [&](std::vector<screen::PartyRow> rows) {
      for (const std::string& text : ScreenRows(rows, options, answer)) {
        if (!line(text)) return false;
      }
      progress.Done(answer.rows);
      return true;
    };
    TW_RETURN_IF_ERROR(screen::ReadPartyFile(
        {request.file, request.encoding, request.sheet, threads_}, kScreenBatch * threads_, take));
    return answer;
  }

  Result<CheckAnswer> Check(const CheckRequest& request) const override {
    const Result<Order> parsed = ParseOrder(request.order_json);
    if (!parsed) return parsed.error();
    const Order& order = *parsed;
    TW_RETURN_IF_ERROR(desk_->rules().CheckFacts(order));
    TW_ASSIGN_OR_RETURN(const std::optional<Date> as_of, ParseDay(request.as_of, "as_of"));
    TW_ASSIGN_OR_RETURN(const std::optional<Date> today, ParseDay(request.today, "today"));
    screen::CheckOptions options;
    if (as_of)
      options.as_of = *as_of;
    else if (order.date)
      options.as_of = *order.date;
    else if (today)
      options.as_of = *today;
    else
      return BadInput("missing; give the order a date or use --as-of", {}, 0, "date");
    options.explain_all = request.explain_all;
    TW_ASSIGN_OR_RETURN(const Decision decision, desk_->Check(order, options));
    CheckAnswer answer{std::string(ToString(decision.outcome)), JsonOf(decision)};
    if (request.journal) {
      TW_RETURN_IF_ERROR(screen::AppendEntry(desk_->config().data_folder,
                                             {0, request.order_json, ToString(options.as_of),
                                              request.explain_all, answer.decision_json}));
    }
    return answer;
  }

  Result<RescreenAnswer> Rescreen(const RescreenRequest& request,
                                  const std::function<bool(std::string_view)>& line,
                                  Progress& progress) const override {
    screen::RescreenOptions options;
    TW_ASSIGN_OR_RETURN(options.search, OptionsOf(request.options, *desk_));
    TW_ASSIGN_OR_RETURN(options.before, DaysBefore(request));
    options.everybody = request.everybody;
    options.threads = threads_;
    progress.Stage("reading the portfolio", 0);
    RescreenAnswer answer;
    std::vector<screen::PartyRow> customers;
    const auto take = [&](std::vector<screen::PartyRow> rows) {
      for (auto& row : rows) {
        answer.rejected += !row.problem.empty();
        customers.push_back(std::move(row));
      }
      return true;
    };
    TW_RETURN_IF_ERROR(screen::ReadPartyFile({request.file, {}, {}, threads_}, kScreenBatch, take));
    progress.Stage("screening those concerned", 0);
    TW_ASSIGN_OR_RETURN(const auto counts, screen::Rescreen(*desk_, customers, options, line));
    answer.customers = counts.customers;
    answer.changed_entries = counts.changed_entries;
    answer.touched = counts.touched;
    answer.changed = counts.changed;
    answer.state = screen::StateOf(*desk_).Dump();
    return answer;
  }

  Result<std::string> RecordPair(const PairRequest& request) const override {
    if (request.verdict != "same" && request.verdict != "different" &&
        request.verdict != "withdrawn")
      return UsageError("a pair is same, different or withdrawn");
    if (desk_->watchlist() == nullptr) return UsageError("without lists there is no pair");
    match::Query query;
    query.names = {request.party.name};
    const std::string problem =
        screen::FillQuery(request.party.schema, request.party.country, request.party.birth_date,
                          request.party.identifiers, request.party.address, query);
    if (!problem.empty()) return UsageError(problem);
    TW_ASSIGN_OR_RETURN(const ListedParty listed, NewestEntry(request.list, request.id));
    screen::Pair pair{request.verdict,
                      request.party.name,
                      request.list,
                      request.id,
                      listed.names.front().text,
                      request.by,
                      request.why,
                      request.today,
                      screen::MaterialHash(query),
                      screen::MaterialHash(listed)};
    TW_RETURN_IF_ERROR(screen::Pairs::Record(desk_->config().data_folder, pair));
    return ToJson(pair).Dump();
  }

  Result<JournalAnswer> Replay(uint64_t number,
                               const std::function<bool(std::string_view)>& line) const override {
    JournalAnswer answer;
    const auto replay = [&](const screen::JournalEntry& entry) -> Status {
      if (number != 0 && entry.number != number) return {};
      ++answer.replayed;
      const auto again = Check({entry.order, entry.as_of, {}, entry.explain_all, false});
      if (again && again->decision_json == entry.decision) return {};
      ++answer.differ;
      line(again ? Difference(entry, again->decision_json)
                 : Json().Set("n", entry.number).Set("error", again.error().ToString()).Dump());
      return {};
    };
    TW_ASSIGN_OR_RETURN(const auto state,
                        screen::ReadJournal(desk_->config().data_folder, {}, replay));
    if (number != 0 && answer.replayed == 0)
      return UsageError("the journal has no entry " + std::to_string(number));
    answer.entries = state.entries;
    answer.head = state.head;
    answer.unfinished = state.unfinished;
    return answer;
  }

  Result<InspectAnswer> Inspect(const InspectRequest& request, Progress& progress) const override {
    return inspect::Inspect(*desk_, request, threads_, progress);
  }

 private:
  // The days that the earlier answer was for, list by list.
  Result<std::map<std::string, Date>> DaysBefore(const RescreenRequest& request) const {
    if (request.since.empty() == request.state.empty())
      return UsageError("give either the day (--since) or the state (--from) to compare with");
    if (!request.state.empty()) return screen::ReadState(request.state);
    TW_ASSIGN_OR_RETURN(const auto day, ParseDay(request.since, "since"));
    std::map<std::string, Date> days;
    if (desk_->watchlist() == nullptr) return days;
    for (const auto& list : desk_->watchlist()->lists()) days[list.name] = *day;
    return days;
  }

  // The entry as the newest state of its list has it.
  Result<ListedParty> NewestEntry(const std::string& list, const std::string& id) const {
    const auto& watchlist = *desk_->watchlist();
    for (uint32_t i = watchlist.record_count(); i-- > 0;) {
      if (watchlist.on_list(i).to < watchlist.lists()[watchlist.list_index(i)].date) continue;
      const auto record = watchlist.record(i);
      if (record.party.list == list && record.party.id == id) return record.party;
    }
    return MissingData("the newest " + list + " has no entry " + id);
  }

  // Which inputs differ; the same inputs give the same bytes.
  static std::string Difference(const screen::JournalEntry& entry, const std::string& again) {
    Json inputs{Json::Array{}};
    const auto before = ParseJson(entry.decision), after = ParseJson(again);
    const Json* a = before ? before->Find("inputs") : nullptr;
    const Json* b = after ? after->Find("inputs") : nullptr;
    if (a != nullptr && b != nullptr && a->is_object()) {
      Json all = *a;
      for (const auto& [key, value] : b->as_object()) all.Set(key, value);
      for (const auto& [key, value] : all.as_object()) {
        const Json *x = a->Find(key), *y = b->Find(key);
        if (x == nullptr || y == nullptr || !(*x == *y)) inputs.Add(key);
      }
    }
    Json json;
    json.Set("n", entry.number).Set("inputs_differ", std::move(inputs));
    json.Set("was", before ? *before : Json()).Set("is", after ? *after : Json());
    return json.Dump();
  }

  std::vector<std::string> ScreenRows(const std::vector<screen::PartyRow>& rows,
                                      const match::Options& options,
                                      ScreenFileAnswer& answer) const {
    std::vector<std::string> lines(rows.size());
    std::vector<uint8_t> state(rows.size());  // 0: no hit, 1: hits, 2: rejected
    ParallelFor(rows.size(), threads_, 32, [&](size_t i) {
      const screen::PartyRow& row = rows[i];
      if (!row.problem.empty()) {
        lines[i] = ProblemLine(row, row.problem);
        state[i] = 2;
        return;
      }
      const auto hits = desk_->ScreenWithOwners(row.query, options);
      state[i] = !hits ? 2 : hits->empty() ? 0 : 1;
      lines[i] = hits ? ScreeningLine(row.row, row.id, row.name, *hits)
                      : ProblemLine(row, hits.error().ToString());
    });
    answer.rows += rows.size();
    for (const uint8_t s : state) {
      answer.rows_with_hits += s == 1;
      answer.rejected += s == 2;
    }
    return lines;
  }

  std::unique_ptr<const screen::Desk> desk_;
  unsigned threads_;
};

}  // namespace

Result<std::unique_ptr<const Engine>> Engine::Open(const EngineConfig& config) {
  screen::DeskConfig desk_config;
  desk_config.data_folder = config.data_folder;
  desk_config.resources = config.resources;
  if (config.resources.empty()) {
    TW_ASSIGN_OR_RETURN(desk_config.resources, ResourceFolder());
  }
  desk_config.policies = config.policies;
  desk_config.cache_folder = config.cache_folder;
  desk_config.relations = config.relations;
  desk_config.max_age_days = config.max_age_days;
  desk_config.max_pack_age_days = config.max_pack_age_days;
  desk_config.without_lists = config.without_lists;
  desk_config.without_name_groups = config.without_name_groups;
  TW_RETURN_IF_ERROR(ParsePolicy(config.weak_aliases));
  desk_config.weak_aliases = config.weak_aliases;
  desk_config.engine_version = TIDEWAITER_VERSION;
  TW_ASSIGN_OR_RETURN(auto desk, screen::Desk::Open(desk_config));
  return std::unique_ptr<const Engine>(
      std::make_unique<EngineOverDesk>(std::move(desk), config.threads));
}

}  // namespace tidewaiter
