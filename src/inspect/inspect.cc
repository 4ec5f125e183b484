#include "inspect/inspect.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <set>

#include "base/file.h"
#include "base/free_memory.h"
#include "base/json.h"
#include "base/parallel.h"
#include "evidence/claims.h"
#include "inspect/decisions.h"
#include "inspect/entities.h"
#include "inspect/figures.h"
#include "inspect/goods_evidence.h"
#include "inspect/judge.h"
#include "inspect/page.h"
#include "inspect/party_files.h"
#include "inspect/persons.h"
#include "inspect/staging.h"
#include "ledger/ledger.h"
#include "ledger/write.h"
#include "report/report.h"
#include "trace/trace.h"

namespace tidewaiter::inspect {
namespace {

// Seconds by stage, for run.json.
class Stopwatch {
 public:
  void Lap(std::string_view stage) {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - last_).count();
    seconds_.Set(std::string(stage),
                 static_cast<double>(static_cast<int64_t>(seconds * 1000)) / 1000);
    last_ = now;
  }
  const Json& seconds() const { return seconds_; }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
  Json seconds_;
};

// A layout is a name of layouts/, or a file.
Result<std::optional<ledger::Layout>> ChosenLayout(const ledger::Layouts& layouts,
                                                   const std::string& layout) {
  if (layout.empty()) return std::optional<ledger::Layout>();
  if (const ledger::Layout* known = layouts.Find(layout))
    return std::optional<ledger::Layout>(*known);
  if (FileExists(layout)) {
    TW_ASSIGN_OR_RETURN(ledger::Layout own, ledger::ReadLayout(layout));
    return std::optional<ledger::Layout>(std::move(own));
  }
  std::string known;
  for (const auto& one : layouts.all()) known += (known.empty() ? "" : ", ") + one.name;
  return UsageError("--layout: '" + layout + "' is neither a file nor one of " + known);
}

ledger::KnownGoods ForLedger(const Judged& judged) {
  ledger::KnownGoods out;
  for (const auto& r : judged.recognitions) {
    out.recognitions.push_back({r.brand, r.model, r.component_class, r.brand_confidence,
                                r.model_confidence, r.class_confidence, r.vagueness,
                                r.code_agreement});
  }
  out.recognised_as = judged.recognised_as;
  return out;
}

// The roles that a data vendor cleaned, completed or moved: what they say may not be what was
// declared.
Json VendorMapped(const ledger::Mapping& mapping) {
  std::set<std::string_view> roles;
  for (const auto& column : mapping.columns) {
    if (column.use.kind == ledger::ColumnUse::Kind::kParty &&
        column.use.basis == ledger::Basis::kVendorMapped)
      roles.insert(ToString(column.use.role));
  }
  Json json = Json::Array{};
  for (const auto role : roles) json.Add(role);
  return json;
}

Json SourcesJson(const ledger::Ledger& ledger) {
  Json::Array sources;
  for (const auto& source : ledger.sources) {
    Json json;
    json.Set("source", source.name).Set("sha256", source.sha256).Set("bytes", source.bytes);
    json.Set("format", source.kind);
    json.Set("layout", source.mapping.layout.empty() ? Json() : Json(source.mapping.layout));
    json.Set("rows", source.rows).Set("lines", source.lines).Set("rejects", source.rejects);
    json.Set("repeated", source.repeated);
    Json::Array notes;
    for (const auto& note : source.notes) notes.emplace_back(note);
    json.Set("vendor_mapped", VendorMapped(source.mapping));
    sources.push_back(json.Set("notes", Json(std::move(notes))));
  }
  return Json(std::move(sources));
}

// The days on which rules that touch these lines began.
std::vector<Date> ControlDates(const Judged& judged) {
  std::vector<Date> days;
  for (const Case& c : judged.cases) {
    for (const auto& rule : c.evaluation->rules) {
      if (rule.in_force.from != kDistantPast) days.push_back(rule.in_force.from);
    }
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

void WarnOfDays(const Judged& judged, Date today, std::vector<std::string>& warnings) {
  if (judged.undated == 0) return;
  warnings.push_back(
      std::to_string(judged.undated) +
      (judged.undated == 1 ? " line states no day and was" : " lines state no day and were") +
      " judged on " + ToString(today) + ", the day of the run; give --as-of DATE for another");
}

Json RunJson(const screen::Desk& desk, const ledger::Ledger& ledger, const Judged& judged,
             const InspectAnswer& answer, const InspectRequest& request, unsigned threads,
             const Stopwatch& watch) {
  Json counts;
  counts.Set("rows", answer.rows).Set("lines", answer.lines).Set("rejects", answer.rejected);
  counts.Set("stop", answer.stop)
      .Set("ask", answer.ask)
      .Set("review", answer.review)
      .Set("clear", answer.clear);
  counts.Set("findings", answer.findings)
      .Set("parties", static_cast<uint64_t>(ledger.parties.size() - 1));
  counts.Set("goods", static_cast<uint64_t>(ledger.goods.size() - 1))
      .Set("cases", static_cast<uint64_t>(judged.cases.size()));
  counts.Set("undated", judged.undated).Set("day_asked", judged.day_asked);
  const auto& inputs = desk.inputs();
  Json versions;
  versions.Set("engine", inputs.engine)
      .Set("rulepacks", inputs.rulepacks)
      .Set("catalogue", inputs.catalogue);
  versions.Set("watchlist", inputs.watchlist).Set("profile", inputs.profile);
  Json run;
  run.Set("inputs", SourcesJson(ledger))
      .Set("counts", std::move(counts))
      .Set("versions", std::move(versions));
  Json::Array control_dates;
  for (const Date day : ControlDates(judged)) control_dates.emplace_back(ToString(day));
  run.Set("control_dates", Json(std::move(control_dates)));
  run.Set("as_of", request.as_of.empty() ? Json() : Json(request.as_of))
      .Set("lists", desk.ListsUsed());
  run.Set("warnings", TextsToJson(answer.warnings)).Set("threads", static_cast<int64_t>(threads));
  return run.Set("seconds", watch.seconds());
}

void Count(const ledger::Ledger& ledger, const Judged& judged, InspectAnswer& answer) {
  for (const auto& source : ledger.sources) {
    answer.rows += source.rows;
    answer.rejected += source.rejects;
  }
  answer.lines = ledger.lines.size();
  std::array<uint64_t, 4> outcomes{};
  for (const Outcome outcome : judged.outcome) ++outcomes[static_cast<size_t>(outcome)];
  answer.clear = outcomes[0];
  answer.review = outcomes[1];
  answer.ask = outcomes[2];
  answer.stop = outcomes[3];
}

// What a reader of the figures must know of the files, beside what the page says of them.
void WarnOfSources(const ledger::Ledger& ledger, std::vector<std::string>& warnings) {
  for (const auto& source : ledger.sources) {
    for (const auto& doubt : source.doubts) warnings.push_back(source.name + ": " + doubt);
    if (source.repeated > 0)
      warnings.push_back(source.name + ": " + std::to_string(source.repeated) +
                         " of its rows repeat an earlier row byte for byte; each is counted");
  }
}

Result<JudgeOptions> JudgeOptionsOf(const InspectRequest& request, unsigned threads) {
  JudgeOptions options;
  options.threads = threads;
  options.as_of = ParseIsoDate(request.as_of);
  if (!request.as_of.empty() && !options.as_of)
    return UsageError("as_of: '" + request.as_of + "' is no date");
  const auto today = ParseIsoDate(request.today);
  if (!today) return UsageError("today: '" + request.today + "' is no date");
  options.today = *today;
  return options;
}

// What files and findings are made of.
struct Work {
  const screen::Desk& desk;
  const ledger::Ledger& ledger;
  const Judged& judged;
  const WhoIsWho& who;
  const InspectRequest& request;
  const Staging& staging;
  ledger::LedgerTables& tables;
};

// What is found out while the files are written.
struct Written {
  std::vector<bool> persons;  // by Ledger::parties
  std::vector<report::Totals> totals;
  Json resolution;         // for run.json
  std::string party_hits;  // a file; empty: nobody was screened
};

// Who is a person the totals must know.
Status WritePersonsAndSumUp(const Work& work, unsigned threads, const std::vector<bool>& disputed,
                            Written& written) {
  TW_ASSIGN_OR_RETURN(written.persons, FindPersons(work.desk.config().resources, work.ledger));
  TW_RETURN_IF_ERROR(
      WritePersons(work.ledger, written.persons, work.staging.Path("persons.parquet")));
  written.totals = MakeTotals({work.ledger, work.judged, written.persons, disputed, threads});
  return {};
}

// All files but lines.parquet. Each is written by one thread in order, so they are written at the
// same time, and the page's totals summed up; what takes longest comes first.
Status WriteFiles(const Work& work, unsigned threads, Written& written) {
  TW_ASSIGN_OR_RETURN(const std::vector<bool> disputed,
                      FindDisputed(work.ledger, work.request.disputes, work.tables.connection()));
  constexpr std::string_view kSnapshots = "resolution.snapshots.jsonl";
  const auto number = [&]() -> Status {
    TW_ASSIGN_OR_RETURN(written.resolution, NumberResolution(work.ledger, work.who,
                                                             JoinPath(work.request.out, kSnapshots),
                                                             work.staging.Path(kSnapshots)));
    return {};
  };
  const auto keep_hits = [&]() -> Status {
    if (work.desk.watchlist() == nullptr) return {};
    written.party_hits = work.staging.Path("party_hits.parquet");
    return WritePartyHits(work.ledger, work.judged, written.party_hits);
  };
  return DoTogether(
      threads,
      {[&] {
         return WriteDecisions(work.desk, work.ledger, work.judged,
                               work.staging.Path("decisions.parquet"));
       },
       [&] { return WritePersonsAndSumUp(work, threads, disputed, written); },
       [&] {
         return WriteResolution(work.ledger, work.who, work.staging.Path("resolution.parquet"));
       },
       [&] { return work.tables.WriteParties(work.staging.Path({})); }, keep_hits, number,
       [&] { return ledger::WriteRejects(work.ledger, work.staging.Path("rejects.csv")); }});
}

Result<std::vector<trace::Finding>> TraceLines(const Work& work, const trace::TraceOptions& options,
                                               Progress& progress) {
  TW_ASSIGN_OR_RETURN(auto findings,
                      trace::RunIndicators(work.tables.connection(), options, progress));
  TW_RETURN_IF_ERROR(trace::WriteFindings(findings, work.staging.Path("findings.parquet")));
  return findings;
}

}  // namespace

Result<InspectAnswer> Inspect(const screen::Desk& desk, const InspectRequest& request,
                              unsigned threads, Progress& progress) {
  Stopwatch watch;
  TW_ASSIGN_OR_RETURN(const JudgeOptions judge_options, JudgeOptionsOf(request, threads));
  TW_ASSIGN_OR_RETURN(const ledger::Layouts layouts,
                      ledger::Layouts::Load(desk.config().resources));
  TW_ASSIGN_OR_RETURN(const auto layout, ChosenLayout(layouts, request.layout));
  TW_ASSIGN_OR_RETURN(Staging staging, Staging::Open(request.out));

  ledger::ImportOptions import;
  import.layouts = &layouts;
  import.layout = layout ? &*layout : nullptr;
  import.encoding = request.encoding;
  import.sheet = request.sheet;
  import.threads = threads;
  TW_ASSIGN_OR_RETURN(ledger::Ledger ledger, ledger::Import(request.files, import, progress));
  if (std::all_of(ledger.sources.begin(), ledger.sources.end(),
                  [](const auto& source) { return source.rows == 0; })) {
    return BadInput("a header and no rows behind it; is the file whole?",
                    ledger.sources.front().path);
  }
  watch.Lap("import");

  // Who is who is for the tables and the page: nothing is judged by it.
  WhoIsWho who;
  Judged judged;
  const auto resolve = [&]() -> Status {
    TW_ASSIGN_OR_RETURN(
        who, ResolveParties(desk.config().resources, request.decisions, ledger, threads));
    return {};
  };
  const auto judge = [&]() -> Status {
    TW_ASSIGN_OR_RETURN(judged, Judge(desk, ledger, judge_options, progress));
    return {};
  };
  TW_RETURN_IF_ERROR(DoTogether(threads, {resolve, judge}));
  InspectAnswer answer;
  Count(ledger, judged, answer);
  answer.warnings = desk.ListWarnings(judge_options.as_of.value_or(judge_options.today));
  WarnOfSources(ledger, answer.warnings);
  answer.warnings.insert(answer.warnings.end(), who.notes.begin(), who.notes.end());
  WarnOfDays(judged, judge_options.today, answer.warnings);
  for (auto& warning : desk.PackWarnings(judge_options.as_of.value_or(judge_options.today)))
    answer.warnings.push_back(std::move(warning));
  watch.Lap("judge");

  ReturnFreeMemory();
  ledger::KnownGoods goods = ForLedger(judged);
  TW_ASSIGN_OR_RETURN(const auto reader, EvidenceReader::Load(desk.config().resources));
  reader.AddTo(ledger, threads, goods);
  TW_ASSIGN_OR_RETURN(auto tables, ledger::LedgerTables::Open(ledger, goods, threads));
  progress.Stage("write lines and decisions", 0);
  const Work work{desk, ledger, judged, who, request, staging, tables};
  Written written;
  trace::TraceOptions trace_options;
  trace_options.own = request.indicators;
  trace_options.tables = request.tables;
  trace_options.indicators = JoinPath(desk.config().resources, "indicators");
  trace_options.control_dates = ControlDates(judged);
  trace_options.goods = &desk.goods();
  trace_options.list_versions = desk.ListsUsed().Dump();
  trace_options.threads = threads;
  std::vector<trace::Finding> findings;
  const auto write_and_trace = [&]() -> Status {
    TW_RETURN_IF_ERROR(WriteFiles(work, threads, written));
    trace_options.party_hits = written.party_hits;
    watch.Lap("write rows");
    TW_ASSIGN_OR_RETURN(findings, TraceLines(work, trace_options, progress));
    return {};
  };
  // One thread writes the lines all that time.
  TW_RETURN_IF_ERROR(
      DoTogether(threads, {[&] { return tables.WriteLines(staging.Path({})); }, write_and_trace}));
  TW_RETURN_IF_ERROR(tables.Save(staging.Path({})));
  answer.findings = static_cast<uint64_t>(std::count_if(
      findings.begin(), findings.end(), [](const auto& f) { return f.status == "found"; }));
  watch.Lap("trace");

  progress.Stage("write report", 0);
  TW_ASSIGN_OR_RETURN(const auto indicators,
                      trace::LoadIndicators(trace_options.indicators, trace_options.own));
  TW_ASSIGN_OR_RETURN(const auto claims, evidence::ReadClaims(JoinPath(desk.config().resources,
                                                                       "claims/drone-trade.yaml")));
  TW_ASSIGN_OR_RETURN(const report::Page page,
                      MakePage({desk, ledger, judged, indicators, findings, written.persons,
                                request, written.totals, claims.timeline, written.resolution}));
  TW_ASSIGN_OR_RETURN(const std::string html, report::Render(page));
  TW_RETURN_IF_ERROR(WriteAtomically(staging.Path("report.html"), html));
  answer.summary = report::Summary(page);
  watch.Lap("report");

  Json run = RunJson(desk, ledger, judged, answer, request, threads, watch);
  run.Set("resolution", std::move(written.resolution));
  TW_RETURN_IF_ERROR(WriteAtomically(staging.Path("run.json"), run.DumpPretty() + "\n"));
  TW_RETURN_IF_ERROR(staging.Publish());
  answer.report = JoinPath(request.out, "report.html");
  return answer;
}

}  // namespace tidewaiter::inspect
