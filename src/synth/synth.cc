#include "synth/synth.h"

#include <algorithm>
#include <vector>

#include "base/file.h"
#include "base/json.h"
#include "base/parallel.h"
#include "synth/background.h"
#include "synth/layout.h"
#include "synth/plan.h"
#include "synth/truth.h"

namespace tidewaiter::synth {
namespace {

constexpr uint64_t kLeast = 1000, kMost = 100000000;

// What one day needs to be made without the days before it.
struct DayJob {
  Date day;
  uint64_t honest = 0;                  // rows
  uint64_t row = 0;                     // number of the row before the day's first
  size_t planted = 0, planted_end = 0;  // in Plan::trades
};

// So many honest rows a day that all days together have what the schemes leave over.
std::vector<DayJob> MakeJobs(const Plan& plan, uint64_t lines) {
  const uint64_t honest = lines - plan.trades.size();
  uint64_t total = 0, sum = 0, written = 0, row = 0;
  for (Date day = kFirstDay; day <= kLastDay; day = day + 1) total += DayWeight(day);
  std::vector<DayJob> jobs;
  size_t planted = 0;
  for (Date day = kFirstDay; day <= kLastDay; day = day + 1) {
    sum += DayWeight(day);
    const uint64_t until = honest * sum / total;  // below 2^27 times below 2^24: no overflow
    DayJob job{day, until - written, row, planted, planted};
    while (job.planted_end < plan.trades.size() && plan.trades[job.planted_end].date == day)
      ++job.planted_end;
    written = until, planted = job.planted_end;
    row += job.honest + job.planted_end - job.planted;
    jobs.push_back(job);
  }
  return jobs;
}

// Puts the day's scheme rows at random places between honest declarations, each with a number of
// its own.
void Strew(const World& world, Date day, std::vector<Trade>& rows, std::vector<Trade> planted) {
  if (planted.empty()) return;
  uint64_t number = rows.empty() ? 0 : rows.back().declaration;
  std::vector<std::pair<size_t, Trade>> places;
  Random random(Mix(world.key, 501, static_cast<uint64_t>(day.days)));
  for (auto& trade : planted) {
    size_t place = random.Below(rows.size() + 1);
    // Not inside a declaration.
    while (place < rows.size() && place > 0 &&
           rows[place].declaration == rows[place - 1].declaration)
      ++place;
    trade.declaration = ++number;
    places.emplace_back(place, trade);
  }
  std::stable_sort(places.begin(), places.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Trade> merged;
  merged.reserve(rows.size() + places.size());
  size_t from = 0;
  for (const auto& [place, trade] : places) {
    merged.insert(merged.end(), rows.begin() + static_cast<std::ptrdiff_t>(from),
                  rows.begin() + static_cast<std::ptrdiff_t>(place));
    merged.push_back(trade);
    from = place;
  }
  merged.insert(merged.end(), rows.begin() + static_cast<std::ptrdiff_t>(from), rows.end());
  rows = std::move(merged);
}

// A row that lost its end, or that has one field too many.
void Spoil(uint64_t draw, std::string& line) {
  if (draw % 2 == 0) {
    line.insert(0, "SYNTHETIC FAULT,");
    return;
  }
  line.resize(line.find(',', line.size() / 3));
  if (std::count(line.begin(), line.end(), '"') % 2 != 0) line += '"';
  line += '\n';
}

// The bytes that a day adds to the corpus.
struct DayText {
  std::string rows;
  TruthRows truth;
  std::vector<std::pair<int32_t, uint64_t>> planted;  // scheme, row
  uint64_t spoiled = 0;
};

class DayMaker {
 public:
  DayMaker(const World& world, const Plan& plan, bool faults)
      : world_(world), plan_(plan), namer_(world.vocabulary, world.key), faults_(faults) {}

  DayText Make(const DayJob& job) const {
    std::vector<Trade> trades;
    AppendDay(world_, job.day, job.honest, trades);
    Strew(world_, job.day, trades,
          {plan_.trades.begin() + static_cast<std::ptrdiff_t>(job.planted),
           plan_.trades.begin() + static_cast<std::ptrdiff_t>(job.planted_end)});
    DayText out;
    std::string line, scratch;
    uint64_t number = job.row;
    for (const auto& trade : trades) {
      const RowView row{trade,    world_.vocabulary,    namer_,
                        ++number, world_.layout.absent, world_.layout.place};
      if (trade.scheme >= 0) out.planted.emplace_back(trade.scheme, number);
      line.clear();
      world_.layout.AppendRow(row, scratch, line);
      if (faults_ && Mix(world_.key, 601, number) % 500 == 0) {
        Spoil(Mix(world_.key, 602, number), line);
        ++out.spoiled;
      }
      out.rows += line;
      AppendTruth(row, plan_, out.truth);
    }
    return out;
  }

 private:
  const World& world_;
  const Plan& plan_;
  Namer namer_;
  bool faults_;
};

struct Outputs {
  AtomicFile& file;
  TruthWriter& truth;
};

// Makes some days at a time on all threads, and writes them in order.
Status WriteDays(const World& world, Plan& plan, const Request& request, Outputs out,
                 Summary& summary, Progress& progress) {
  const DayMaker maker(world, plan, request.faults);
  const auto jobs = MakeJobs(plan, request.lines);
  const size_t batch = std::max<size_t>(request.threads, 1) * (request.lines < 10000000 ? 8 : 1);
  for (size_t from = 0; from < jobs.size(); from += batch) {
    std::vector<DayText> texts(std::min(batch, jobs.size() - from));
    ParallelFor(texts.size(), request.threads, 1,
                [&](size_t i) { texts[i] = maker.Make(jobs[from + i]); });
    for (const auto& text : texts) {
      TW_RETURN_IF_ERROR(out.file.Append(text.rows));
      TW_RETURN_IF_ERROR(out.truth.Add(text.truth));
      for (const auto& [scheme, row] : text.planted)
        plan.schemes[static_cast<size_t>(scheme)].rows.push_back(row);
      summary.spoiled += text.spoiled;
    }
    progress.Done(jobs[from + texts.size() - 1].row);
  }
  return {};
}

std::string About(const Request& request, const Summary& summary) {
  Json about;
  about.Set("notice", "SYNTHETIC: every row, party and scheme of this corpus is made up");
  about.Set("lines", request.lines).Set("seed", request.seed).Set("layout", request.layout);
  about.Set("faults", request.faults)
      .Set("spoiled", summary.spoiled)
      .Set("scheme_rows", summary.scheme_rows);
  about.Set("first_day", ToString(kFirstDay)).Set("last_day", ToString(kLastDay));
  Json kinds;
  for (const auto& [kind, count] : summary.schemes) kinds.Set(kind, count);
  about.Set("schemes", std::move(kinds));
  return about.DumpPretty() + "\n";
}

Status CheckRequest(const Request& request) {
  if (request.lines < kLeast || request.lines > kMost) {
    return UsageError("--lines " + std::to_string(request.lines) +
                      " is out of range; use 1000 to 100000000");
  }
  if (request.out.empty()) return UsageError("--out is missing; name the CSV file to write");
  return {};
}

}  // namespace

Result<Summary> Write(const Request& request, Progress& progress) {
  TW_RETURN_IF_ERROR(CheckRequest(request));
  TW_ASSIGN_OR_RETURN(const Vocabulary vocabulary, Vocabulary::Load(request.resources));
  TW_ASSIGN_OR_RETURN(const Layout layout, Layout::Load(request.resources, request.layout));
  const World world = World::Make(vocabulary, layout, request.seed, request.lines);
  Plan plan = MakePlan(world, request.lines);
  TW_ASSIGN_OR_RETURN(AtomicFile file, AtomicFile::Create(request.out));
  TW_ASSIGN_OR_RETURN(TruthWriter truth, TruthWriter::Create(request.out + ".truth"));
  std::string header;
  layout.AppendHeader(header);
  TW_RETURN_IF_ERROR(file.Append(header));

  progress.Stage("synth", request.lines);
  Summary summary{request.lines, 0, {}, plan.trades.size()};
  TW_RETURN_IF_ERROR(WriteDays(world, plan, request, {file, truth}, summary, progress));
  for (const auto& scheme : plan.schemes) ++summary.schemes[std::string(scheme.kind)];
  TW_RETURN_IF_ERROR(truth.Finish(world, plan, About(request, summary)));
  TW_RETURN_IF_ERROR(file.Commit());
  return summary;
}

}  // namespace tidewaiter::synth
