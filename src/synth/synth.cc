#include "synth/synth.h"

#include <algorithm>
#include <vector>

#include "base/file.h"
#include "base/json.h"
#include "synth/background.h"
#include "synth/layout.h"
#include "synth/plan.h"
#include "synth/truth.h"

namespace tidewaiter::synth {
namespace {

constexpr uint64_t kLeast = 1000, kMost = 100000000;

// How many honest rows were written up to the end of a day, so that all days together have exactly `rows`.
class Calendar {
 public:
  explicit Calendar(uint64_t rows) : rows_(rows) {
    for (Date day = kFirstDay; day <= kLastDay; day = day + 1) total_ += DayWeight(day);
  }
  uint64_t RowsOf(Date day) {
    sum_ += DayWeight(day);
    // rows below 2^27 and weights below 2^24 in sum: no overflow.
    const uint64_t until = rows_ * sum_ / total_;
    const uint64_t count = until - written_;
    written_ = until;
    return count;
  }

 private:
  uint64_t rows_, total_ = 0, sum_ = 0, written_ = 0;
};

// Puts the day's scheme rows at random places between honest declarations, each with a number of its own.
void Strew(const World& world, Date day, std::vector<Trade>& rows, std::vector<Trade> planted) {
  if (planted.empty()) return;
  uint64_t number = rows.empty() ? 0 : rows.back().declaration;
  std::vector<std::pair<size_t, Trade>> places;
  Random random(Mix(world.key, 501, static_cast<uint64_t>(day.days)));
  for (auto& trade : planted) {
    size_t place = random.Below(rows.size() + 1);
    // Not inside a declaration.
    while (place < rows.size() && place > 0 && rows[place].declaration == rows[place - 1].declaration) ++place;
    trade.declaration = ++number;
    places.emplace_back(place, trade);
  }
  std::stable_sort(places.begin(), places.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
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

// Writes the rows of a corpus and the truth about them, day after day.
class Writer {
 public:
  Writer(const World& world, Plan& plan, AtomicFile& file, TruthWriter& truth, bool faults)
      : world_(world), plan_(plan), namer_(world.vocabulary, world.key), file_(file), truth_(truth),
        faults_(faults) {}

  Status WriteDays(uint64_t lines, Progress& progress) {
    Calendar calendar(lines - plan_.trades.size());
    auto next = plan_.trades.begin();
    for (Date day = kFirstDay; day <= kLastDay; day = day + 1) {
      std::vector<Trade> rows, planted;
      AppendDay(world_, day, calendar.RowsOf(day), rows);
      for (; next != plan_.trades.end() && next->date == day; ++next) planted.push_back(*next);
      Strew(world_, day, rows, std::move(planted));
      TW_RETURN_IF_ERROR(WriteRows(rows));
      progress.Done(row_);
    }
    return {};
  }

  uint64_t rows() const { return row_; }
  uint64_t spoiled() const { return spoiled_; }

 private:
  Status WriteRows(const std::vector<Trade>& trades) {
    for (const auto& trade : trades) {
      const RowView row{trade, world_.vocabulary, namer_, ++row_, world_.layout.place};
      if (trade.scheme >= 0) plan_.schemes[static_cast<size_t>(trade.scheme)].rows.push_back(row_);
      text_.clear();
      world_.layout.AppendRow(row, scratch_, text_);
      if (faults_ && Mix(world_.key, 601, row_) % 500 == 0) Spoil();
      TW_RETURN_IF_ERROR(file_.Append(text_));
      TW_RETURN_IF_ERROR(truth_.AddRow(row, plan_));
    }
    return {};
  }

  // A row that lost its end, or that has one comma too many.
  void Spoil() {
    ++spoiled_;
    if (Mix(world_.key, 602, row_) % 2 == 0) {
      text_.insert(0, "SYNTHETIC FAULT,");
      return;
    }
    text_ = text_.substr(0, text_.find(',', text_.size() / 3)) + "\n";
    if (std::count(text_.begin(), text_.end(), '"') % 2 != 0) text_.insert(text_.size() - 1, "\"");
  }

  const World& world_;
  Plan& plan_;
  Namer namer_;
  AtomicFile& file_;
  TruthWriter& truth_;
  bool faults_;
  uint64_t row_ = 0, spoiled_ = 0;
  std::string text_, scratch_;
};

std::string About(const Request& request, const Summary& summary) {
  Json about;
  about.Set("notice", "SYNTHETIC: every row, party and scheme of this corpus is made up");
  about.Set("lines", request.lines).Set("seed", request.seed).Set("layout", request.layout);
  about.Set("faults", request.faults).Set("spoiled", summary.spoiled).Set("scheme_rows", summary.scheme_rows);
  about.Set("first_day", ToString(kFirstDay)).Set("last_day", ToString(kLastDay));
  Json kinds;
  for (const auto& [kind, count] : summary.schemes) kinds.Set(kind, count);
  about.Set("schemes", std::move(kinds));
  return about.DumpPretty() + "\n";
}

Status CheckRequest(const Request& request) {
  if (request.lines < kLeast || request.lines > kMost) {
    return UsageError("--lines " + std::to_string(request.lines) + " is out of range; use 1000 to 100000000");
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
  Writer writer(world, plan, file, truth, request.faults);
  TW_RETURN_IF_ERROR(writer.WriteDays(request.lines, progress));
  Summary summary{writer.rows(), writer.spoiled(), {}, plan.trades.size()};
  for (const auto& scheme : plan.schemes) ++summary.schemes[std::string(scheme.kind)];
  TW_RETURN_IF_ERROR(truth.Finish(world, plan, About(request, summary)));
  TW_RETURN_IF_ERROR(file.Commit());
  return summary;
}

}  // namespace tidewaiter::synth
