// Figures that only a program inside can measure; bench/bench.py runs it and prints the table.
//
//   tidewaiter_bench open DATA RESOURCES            {"open_ms", "open_cpu_ms", "records"}
//   tidewaiter_bench delta DATA RESOURCES SDN.csv   {"parse_ms", "parse_cpu_ms", "open_ms", ...}:
//                                                   one more snapshot laid over a watchlist
//   tidewaiter_bench screen DATA RESOURCES NAMES    {"names", "seconds", "p50_us", "p99_us",
//                                                   "max_us"}; one thread, one name a line;
//                                                   CPU seconds, the rest by the clock
//   tidewaiter_bench check DATA RESOURCES ORDERS    {"orders", "cold_per_second",
//                                                   "warm_per_second"}; one thread, one JSON
//                                                   order a line, each checked once, then five
//                                                   times more
//   tidewaiter_bench copy CSV PARQUET THREADS       DuckDB's own CSV -> zstd Parquet
//   tidewaiter_bench intake FILE RESOURCES THREADS  {"seconds", "lines"}: the import alone
//   tidewaiter_bench table FILE READER THREADS      {"seconds"}: DuckDB's reader of the same file
//   tidewaiter_bench convert CSV FILE OPTIONS       the rows of a CSV in another format
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/json.h"
#include "ledger/ledger.h"
#include "lists/registry.h"
#include "match/match.h"
#include "screen/watchlist_file.h"
#include "tables/duckdb.h"
#include "tidewaiter/engine.h"
#include "watchlist/changes.h"
#include "watchlist/state.h"

namespace tidewaiter {
namespace {

using Clock = std::chrono::steady_clock;

double Seconds(Clock::time_point from) {
  return std::chrono::duration<double>(Clock::now() - from).count();
}

// Of this thread: a figure per core must not depend on what else the machine does.
double CpuSeconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

Status Open(const std::string& data, const std::string& resources) {
  const auto start = Clock::now();
  const double cpu = CpuSeconds();
  TW_ASSIGN_OR_RETURN(const auto watchlist, screen::OpenWatchlist(data, resources));
  TW_ASSIGN_OR_RETURN(const auto matcher, match::Matcher::Create(watchlist, resources));
  Json json;
  json.Set("open_ms", Seconds(start) * 1000)
      .Set("open_cpu_ms", (CpuSeconds() - cpu) * 1000)
      .Set("records", static_cast<int64_t>(watchlist->record_count()));
  std::printf("%s\n", json.Dump().c_str());
  return {};
}

Status Screen(const std::string& data, const std::string& resources,
              const std::string& names_file) {
  TW_ASSIGN_OR_RETURN(const auto watchlist, screen::OpenWatchlist(data, resources));
  TW_ASSIGN_OR_RETURN(const auto matcher, match::Matcher::Create(watchlist, resources));
  TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(names_file));
  std::vector<double> micros;
  uint64_t hits = 0;
  const double start = CpuSeconds();
  for (size_t from = 0; from < text.size();) {
    const size_t end = std::min(text.find('\n', from), text.size());
    match::Query query;
    query.names = {text.substr(from, end - from)};
    const auto one = Clock::now();
    TW_ASSIGN_OR_RETURN(const auto found, matcher->Search(query, {}));
    micros.push_back(Seconds(one) * 1e6);
    hits += found.size();
    from = end + 1;
  }
  const double seconds = CpuSeconds() - start;
  std::sort(micros.begin(), micros.end());
  const auto at = [&](double share) {
    return micros[static_cast<size_t>(share * static_cast<double>(micros.size() - 1))];
  };
  Json json;
  json.Set("names", static_cast<uint64_t>(micros.size())).Set("seconds", seconds).Set("hits", hits);
  json.Set("p50_us", at(0.5)).Set("p99_us", at(0.99)).Set("max_us", at(1));
  std::printf("%s\n", json.Dump().c_str());
  return {};
}

// CPU seconds for all orders, JSON text to JSON text.
Result<double> CheckAll(const Engine& engine, const std::string& orders, uint64_t& count) {
  const double start = CpuSeconds();
  count = 0;
  for (size_t from = 0; from < orders.size(); ++count) {
    const size_t end = std::min(orders.find('\n', from), orders.size());
    CheckRequest request;
    request.order_json = orders.substr(from, end - from);
    TW_ASSIGN_OR_RETURN(const CheckAnswer answer, engine.Check(request));
    if (answer.decision_json.empty()) return InternalError("an order without a decision");
    from = end + 1;
  }
  return CpuSeconds() - start;
}

Status Check(const std::string& data, const std::string& resources,
             const std::string& orders_file) {
  EngineConfig config;
  config.data_folder = data;
  config.resources = resources;
  TW_ASSIGN_OR_RETURN(const auto engine, Engine::Open(config));
  TW_ASSIGN_OR_RETURN(const std::string orders, ReadFile(orders_file));
  uint64_t count = 0;
  TW_ASSIGN_OR_RETURN(const double cold, CheckAll(*engine, orders, count));
  constexpr int kPasses = 5;
  double warm = 0;
  for (int pass = 0; pass < kPasses; ++pass) {
    TW_ASSIGN_OR_RETURN(const double seconds, CheckAll(*engine, orders, count));
    warm += seconds / kPasses;
  }
  Json json;
  json.Set("orders", count)
      .Set("cold_per_second", static_cast<double>(count) / cold)
      .Set("warm_per_second", static_cast<double>(count) / warm);
  std::printf("%s\n", json.Dump().c_str());
  return {};
}

// The steps of laying one more snapshot of a list over a watchlist, apart. Writes changes.tw into
// DATA, and nothing else. `file`: the list's main file.
Status Delta(const std::string& data, const std::string& resources, const std::string& file) {
  auto start = Clock::now();
  double cpu = CpuSeconds();
  Json json;
  const auto lap = [&](const std::string& what) {
    json.Set(what + "_ms", Seconds(start) * 1000);
    json.Set(what + "_cpu_ms", (CpuSeconds() - cpu) * 1000);
    start = Clock::now();
    cpu = CpuSeconds();
  };
  std::vector<lists::SourceFile> files;
  TW_ASSIGN_OR_RETURN(std::string text, ReadMaybeGzip(file));
  files.push_back({file, std::move(text), {}});
  TW_ASSIGN_OR_RETURN(const auto groups, lists::Arrange(std::move(files)));
  TW_ASSIGN_OR_RETURN(const auto parsed, lists::Parse(groups.at(0)));
  lap("parse");
  TW_ASSIGN_OR_RETURN(const auto current, screen::OpenWatchlist(data, resources));
  auto state = watchlist::HistoryState::Load(data, *current);
  if (!state) return MissingData("the watchlist has no history; import the lists again", data);
  lap("open");
  std::vector<watchlist::ListInfo> lists = current->lists();
  const auto at = std::find_if(lists.begin(), lists.end(),
                               [&](const auto& list) { return list.name == parsed.list; });
  if (at == lists.end()) return MissingData("the list is not in the watchlist", parsed.list);
  const Date last = at->date;
  at->date = last + 1;
  auto change = watchlist::DiffWithState(*state, static_cast<uint8_t>(at - lists.begin()), *at,
                                         watchlist::PackedParties(parsed.parties));
  json.Set("came", uint64_t{change.came.size()}).Set("gone", uint64_t{change.gone.size()});
  lap("compare");
  std::vector<uint64_t> touched;
  const auto extra = screen::MatchSections(resources);
  if (!watchlist::ApplyToState(std::move(change), last, *state, touched))
    return BadInput("the change cannot be laid over the watchlist", file);
  TW_ASSIGN_OR_RETURN(const auto bytes,
                      watchlist::MakeChanges(*current, "watchlist-bench.tw", lists, *state, touched,
                                             extra.build_changes));
  if (!bytes) return BadInput("all would be made anew", file);
  lap("apply");
  TW_RETURN_IF_ERROR(WriteAtomically(JoinPath(data, "changes.tw"), *bytes));
  lap("write");
  json.Set("bytes", uint64_t{bytes->size()});
  std::printf("%s\n", json.Dump().c_str());
  return {};
}

Status Copy(const std::string& csv, const std::string& parquet, unsigned threads) {
  tables::DatabaseOptions options;
  options.threads = threads;
  TW_ASSIGN_OR_RETURN(const auto database, tables::Database::Open({}, options));
  TW_ASSIGN_OR_RETURN(auto connection, database.Connect());
  return connection.Run("COPY (SELECT * FROM read_csv(" + tables::QuoteText(csv) + ")) TO " +
                        tables::QuoteText(parquet) + " (FORMAT parquet, COMPRESSION zstd)");
}

// The import alone: the file's own bytes to lines in memory.
Status Intake(const std::string& file, const std::string& resources, unsigned threads) {
  TW_ASSIGN_OR_RETURN(const auto layouts, ledger::Layouts::Load(resources));
  ledger::ImportOptions options;
  options.layouts = &layouts;
  options.threads = threads;
  NoProgress progress;
  const auto start = Clock::now();
  TW_ASSIGN_OR_RETURN(const auto ledger, ledger::Import({file}, options, progress));
  Json json;
  json.Set("seconds", Seconds(start)).Set("lines", static_cast<uint64_t>(ledger.lines.size()));
  std::printf("%s\n", json.Dump().c_str());
  return {};
}

// DuckDB reading the same file into a table of texts. `reader`: read_csv, read_json, read_parquet.
Status Table(const std::string& file, const std::string& reader, unsigned threads) {
  tables::DatabaseOptions options;
  options.threads = threads;
  TW_ASSIGN_OR_RETURN(const auto database, tables::Database::Open({}, options));
  TW_ASSIGN_OR_RETURN(auto connection, database.Connect());
  const std::string more = reader == "read_csv" ? ", all_varchar = true" : "";
  const auto start = Clock::now();
  TW_RETURN_IF_ERROR(connection.Run("CREATE TABLE t AS SELECT * FROM " + reader + "(" +
                                    tables::QuoteText(file) + more + ")"));
  Json json;
  json.Set("seconds", Seconds(start));
  std::printf("%s\n", json.Dump().c_str());
  return {};
}

// The rows of a CSV in another format: COPY options such as "FORMAT json".
Status Convert(const std::string& csv, const std::string& to, const std::string& how) {
  TW_ASSIGN_OR_RETURN(const auto database, tables::Database::Open({}, {}));
  TW_ASSIGN_OR_RETURN(auto connection, database.Connect());
  return connection.Run("COPY (SELECT * FROM read_csv(" + tables::QuoteText(csv) +
                        ", all_varchar = true)) TO " + tables::QuoteText(to) + " (" + how + ")");
}

Status Main(const std::vector<std::string>& a) {
  if (a.size() == 4 && a[0] == "intake")
    return Intake(a[1], a[2], static_cast<unsigned>(std::atoi(a[3].c_str())));
  if (a.size() == 4 && a[0] == "table")
    return Table(a[1], a[2], static_cast<unsigned>(std::atoi(a[3].c_str())));
  if (a.size() == 4 && a[0] == "convert") return Convert(a[1], a[2], a[3]);
  if (a.size() == 3 && a[0] == "open") return Open(a[1], a[2]);
  if (a.size() == 4 && a[0] == "delta") return Delta(a[1], a[2], a[3]);
  if (a.size() == 4 && a[0] == "screen") return Screen(a[1], a[2], a[3]);
  if (a.size() == 4 && a[0] == "check") return Check(a[1], a[2], a[3]);
  if (a.size() == 4 && a[0] == "copy")
    return Copy(a[1], a[2], static_cast<unsigned>(std::atoi(a[3].c_str())));
  return UsageError(
      "open DATA RESOURCES | delta DATA RESOURCES SDN.csv | screen DATA RESOURCES NAMES | check "
      "DATA RESOURCES ORDERS | copy CSV "
      "PARQUET THREADS | intake FILE RESOURCES THREADS | table FILE READER THREADS | convert CSV "
      "FILE OPTIONS");
}

}  // namespace
}  // namespace tidewaiter

int main(int argc, char** argv) {
  const tidewaiter::Status status =
      tidewaiter::Main(std::vector<std::string>(argv + 1, argv + argc));
  if (!status) std::fprintf(stderr, "tidewaiter_bench: %s\n", status.error().ToString().c_str());
  return status ? 0 : static_cast<int>(status.error().code);
}
