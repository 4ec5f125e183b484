// The ledger is opened read-only; everything made on the way is temporary. Statements return one
// row for each row of a finding, and the rows of one subject become one finding here: so the SQL
// needs no lists, on which engines differ, and the order of a finding's rows is ours.
#include "trace/trace.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "ledger/write.h"
#include "tables/duckdb.h"
#include "trace/false_discovery.h"
#include "trace/indicator.h"
#include "trace/reference_tables.h"

namespace tidewaiter::trace {
namespace {

// A file's first and last rows need not fall on the very first and last day of what it covers.
constexpr int32_t kSlackDays = 31;
constexpr double kMostTests = 1e12;
constexpr const char* kRate = "false_discovery_rate";

Date AddMonths(Date date, int months) {
  auto ymd = ToYearMonthDay(date);
  const int month = ymd.year * 12 + ymd.month - 1 + months;
  ymd.year = month / 12, ymd.month = month % 12 + 1;
  ymd.day = std::min(ymd.day, DaysInMonth(ymd.year, ymd.month));
  return FromYearMonthDay(ymd);
}

// What the ledger can answer at all.
struct Coverage {
  std::set<std::string, std::less<>> fields;
  std::optional<Date> first, last;
};

Result<Coverage> ReadCoverage(tables::Connection& connection) {
  Coverage coverage;
  TW_ASSIGN_OR_RETURN(auto fields, connection.Query("SELECT field FROM coverage"));
  while (fields.Next()) coverage.fields.emplace(fields.Text(0));
  TW_RETURN_IF_ERROR(fields.status());
  TW_ASSIGN_OR_RETURN(auto days, connection.Query("SELECT first_day, last_day FROM data_window"));
  if (days.Next() && !days.IsNull(0)) coverage.first = days.Day(0), coverage.last = days.Day(1);
  TW_RETURN_IF_ERROR(days.status());
  return coverage;
}

std::string Join(const std::vector<std::string>& words, std::string_view between) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : std::string(between)) + word;
  return out;
}

// Runs the indicators over one connection.
class Tracer {
 public:
  Tracer(tables::Connection& connection, const TraceOptions& options, Coverage coverage)
      : connection_(connection), options_(options), coverage_(std::move(coverage)) {}

  Status Run(const Indicator& indicator) {
    const auto parameters = Settle(indicator, options_.set);
    parameters_ = ParametersJson(parameters);
    const auto days = ControlDates(indicator);
    std::string reason = WhyNot(indicator, days);
    if (reason.empty()) {
      TW_ASSIGN_OR_RETURN(reason, WhyNotByData(indicator));
    }
    if (!reason.empty()) {
      Finding finding = Blank(indicator);
      finding.status = "not_computable";
      finding.reason = reason;
      Keep(std::move(finding));
      return {};
    }
    TW_RETURN_IF_ERROR(LoadControlDates(days));
    TW_ASSIGN_OR_RETURN(const std::string sql, Substitute(indicator, parameters));
    auto rows = connection_.Query(sql);
    if (!rows) return BadInput(rows.error().message, indicator.file);
    return Collect(indicator, *rows);
  }

  std::vector<Finding> Take() { return std::move(findings_); }

 private:
  Json ParametersJson(const std::vector<IndicatorParameter>& parameters) const {
    Json json = Json::Object{};
    for (const auto& parameter : parameters) json.Set(parameter.name, parameter.value);
    return json;
  }

  // Those whose window the data covers.
  std::vector<Date> ControlDates(const Indicator& indicator) const {
    std::vector<Date> days;
    if (!indicator.window || !coverage_.first) return days;
    for (const Date day : options_.control_dates) {
      const bool before =
          AddMonths(day, -indicator.window->before) + kSlackDays >= *coverage_.first;
      const bool after = AddMonths(day, indicator.window->after) - kSlackDays <= *coverage_.last;
      if (before && after && day <= *coverage_.last && day > *coverage_.first) days.push_back(day);
    }
    return days;
  }

  // Empty: it can be computed.
  std::string WhyNot(const Indicator& indicator, const std::vector<Date>& days) const {
    for (const auto& group : indicator.needs) {
      const bool filled = std::any_of(group.begin(), group.end(),
                                      [&](const auto& f) { return coverage_.fields.contains(f); });
      if (!filled) return "no source has " + Join(group, " or ");
    }
    if (!coverage_.first) return "no line has a date";
    if (!indicator.window || !days.empty()) return {};
    if (options_.control_dates.empty()) return "no control date concerns these goods";
    std::string dates;
    for (const Date day : options_.control_dates)
      dates += (dates.empty() ? "" : ", ") + ToString(day);
    return "the lines run from " + ToString(*coverage_.first) + " to " + ToString(*coverage_.last) +
           " and cover " + std::to_string(indicator.window->before) + " months before and " +
           std::to_string(indicator.window->after) + " months after none of the control dates (" +
           dates + ")";
  }

  Result<std::string> WhyNotByData(const Indicator& indicator) {
    if (indicator.not_computable_if.empty()) return std::string();
    auto rows = connection_.Query(indicator.not_computable_if);
    if (!rows) return BadInput(rows.error().message, indicator.file, 0, "not_computable_if");
    const std::string reason = rows->Next() ? std::string(rows->Text(0)) : std::string();
    TW_RETURN_IF_ERROR(rows->status());
    return reason;
  }

  Status LoadControlDates(const std::vector<Date>& days) {
    TW_RETURN_IF_ERROR(connection_.Run("CREATE OR REPLACE TEMP TABLE control_dates (day DATE)"));
    Json json = Json::Array{};
    for (const Date day : days) {
      TW_RETURN_IF_ERROR(
          connection_.Run("INSERT INTO control_dates VALUES (DATE '" + ToString(day) + "')"));
      json.Add(ToString(day));
    }
    if (!days.empty()) parameters_.Set("control_dates", std::move(json));
    return {};
  }

  Status Collect(const Indicator& indicator, tables::Rows& rows) {
    enum { kSubject, kName, kSource, kRow, kDay, kStatistic, kColumns };
    static constexpr std::array<std::string_view, kColumns> kNames = {
        "subject", "subject_name", "source", "row_no", "day", "statistic"};
    std::array<size_t, kColumns> at{};
    for (size_t i = 0; i < kColumns; ++i) {
      const int found = rows.Find(kNames[i]);
      if (found < 0)
        return BadInput("the statement returns no column " + std::string(kNames[i]),
                        indicator.file);
      at[i] = static_cast<size_t>(found);
    }
    const int grade = rows.Find("grade"), kind = rows.Find("subject_kind");
    TW_ASSIGN_OR_RETURN(const Chance chance, ChanceColumns(indicator, rows));
    std::map<std::string, Finding> by_subject;
    Tested tested;
    while (rows.Next()) {
      if (rows.IsNull(at[kSubject])) continue;
      auto [place, fresh] = by_subject.try_emplace(std::string(rows.Text(at[kSubject])));
      Finding& finding = place->second;
      if (fresh) {
        finding = Blank(indicator), finding.subject = place->first, finding.status = "found";
        if (kind >= 0 && !rows.IsNull(static_cast<size_t>(kind)))
          finding.subject_kind = rows.Text(static_cast<size_t>(kind));
      }
      // One subject may be spelt in several ways: the first in the alphabet, so that order does not
      // matter.
      Least(rows.Text(at[kName]), finding.subject_name);
      Least(rows.Text(at[kStatistic]), finding.statistic);
      if (grade >= 0) Least(rows.Text(static_cast<size_t>(grade)), finding.grade);
      ReadChance(chance, rows, finding, tested);
      // Flows of countries have no rows.
      if (!rows.IsNull(at[kRow]))
        finding.rows.push_back(
            {std::string(rows.Text(at[kSource])), static_cast<uint64_t>(rows.Integer(at[kRow]))});
      if (!rows.IsNull(at[kDay])) Widen(rows.Day(at[kDay]), finding);
    }
    if (!rows.status()) return BadInput(rows.status().error().message, indicator.file);
    if (chance.any()) DropChance(tested, by_subject);
    for (auto& [subject, finding] : by_subject) Keep(std::move(finding));
    return {};
  }

  // Columns of a statistical indicator: `p_value`, or `z` with the number of `looks` among which
  // it is the largest; `tests` is how many subjects were tested, those not returned among them.
  // `expected` stands in for p times tests where not every test can reach any p.
  struct Chance {
    int p_value = -1, z = -1, looks = -1, tests = -1, expected = -1;
    bool any() const { return p_value >= 0 || z >= 0; }
  };

  Result<Chance> ChanceColumns(const Indicator& indicator, const tables::Rows& rows) {
    const Chance chance{rows.Find("p_value"), rows.Find("z"), rows.Find("looks"),
                        rows.Find("tests"), rows.Find("expected")};
    const Json* rate = parameters_.Find(kRate);
    rate_ = rate != nullptr ? std::strtod(rate->as_string().c_str(), nullptr) : 0;
    if (chance.any() && !(rate_ > 0 && rate_ < 1)) {
      return BadInput("the statement returns a p value; the header needs `-- parameter: " +
                          std::string(kRate) + " = 0.05 | ...`, between 0 and 1",
                      indicator.file, 0, "parameter");
    }
    return chance;
  }

  struct Tested {
    size_t tests = 0;
    std::map<std::string, double> expected;  // by subject
  };

  static void ReadChance(const Chance& chance, const tables::Rows& rows, Finding& finding,
                         Tested& tested) {
    auto number = [&](int column, double otherwise) {
      return column < 0 || rows.IsNull(static_cast<size_t>(column))
                 ? otherwise
                 : rows.Number(static_cast<size_t>(column));
    };
    if (!chance.any()) return;
    double p = number(chance.p_value, 1);
    if (chance.p_value < 0) p = UpperTail(number(chance.z, -INFINITY)) * number(chance.looks, 1);
    p = std::clamp(p, 0.0, 1.0);
    if (!finding.p_value || p < *finding.p_value) finding.p_value = p;
    tested.tests = std::max(
        tested.tests, static_cast<size_t>(std::clamp(number(chance.tests, 0), 0.0, kMostTests)));
    if (chance.expected >= 0)
      tested.expected[finding.subject] = number(chance.expected, kMostTests);
  }

  void DropChance(const Tested& tested, std::map<std::string, Finding>& by_subject) const {
    std::vector<double> p, expected;
    for (const auto& [subject, finding] : by_subject) p.push_back(finding.p_value.value_or(1));
    for (const auto& [subject, value] : tested.expected) expected.push_back(value);
    const auto q = expected.size() == p.size() ? AdjustedForExpected(p, expected)
                                               : AdjustedForDiscovery(p, tested.tests);
    size_t i = 0;
    for (auto it = by_subject.begin(); it != by_subject.end(); ++i) {
      it->second.p_value = Rounded(p[i]), it->second.q_value = Rounded(q[i]);
      it = q[i] <= rate_ ? std::next(it) : by_subject.erase(it);
    }
  }

  // Six figures: beyond them mathematical libraries differ.
  static double Rounded(double value) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.6g", value);
    return std::strtod(text.data(), nullptr);
  }

  static void Least(std::string_view text, std::string& kept) {
    if (!text.empty() && (kept.empty() || text < kept)) kept = text;
  }
  static void Widen(Date day, Finding& finding) {
    if (!finding.from || day < *finding.from) finding.from = day;
    if (!finding.to || day > *finding.to) finding.to = day;
  }

  Finding Blank(const Indicator& indicator) const {
    Finding finding;
    finding.indicator = indicator.id;
    finding.indicator_key = indicator.key;
    finding.title = indicator.title;
    finding.subject_kind = indicator.subject_kind;
    finding.parameters = parameters_.Dump();
    finding.list_versions = options_.list_versions;
    return finding;
  }

  void Keep(Finding finding) {
    std::sort(finding.rows.begin(), finding.rows.end());
    finding.rows.erase(std::unique(finding.rows.begin(), finding.rows.end()), finding.rows.end());
    finding.id = FindingId(finding);
    findings_.push_back(std::move(finding));
  }

  // Of what the finding says, not of which lists were loaded: two people with the same file get the
  // same id.
  static std::string FindingId(const Finding& finding) {
    Json rows = Json::Array{};
    for (const auto& row : finding.rows) {
      Json one;
      one.Set("source", row.source).Set("row", row.row);
      rows.Add(std::move(one));
    }
    Json json;
    json.Set("indicator", finding.indicator_key)
        .Set("status", finding.status)
        .Set("subject", finding.subject);
    json.Set("kind", finding.subject_kind)
        .Set("parameters", finding.parameters)
        .Set("rows", std::move(rows));
    json.Set("statistic", finding.statistic)
        .Set("reason", finding.reason)
        .Set("grade", finding.grade);
    return "f" + Sha256Hex(json.Dump()).substr(0, 32);
  }

  tables::Connection& connection_;
  const TraceOptions& options_;
  Coverage coverage_;
  Json parameters_;
  double rate_ = 0;  // of false findings that the indicator at hand may have
  std::vector<Finding> findings_;
};

bool Wanted(const Indicator& indicator, const std::vector<std::string>& only) {
  if (only.empty()) return true;
  return std::any_of(only.begin(), only.end(), [&](const auto& name) {
    return name == indicator.key || name == std::to_string(indicator.id);
  });
}

// Not computable before found; of one kind by subject.
bool Before(const Finding& a, const Finding& b) {
  auto rank = [](const Finding& f) { return f.indicator == 0 ? 1000 : f.indicator; };
  return std::tuple(rank(a), a.indicator_key, a.status, a.subject) <
         std::tuple(rank(b), b.indicator_key, b.status, b.subject);
}

}  // namespace

namespace {

Result<std::vector<Finding>> RunPrepared(tables::Connection& connection,
                                         const TraceOptions& options, Progress& progress) {
  TW_ASSIGN_OR_RETURN(const auto indicators, LoadIndicators(options.indicators, options.own));
  TW_ASSIGN_OR_RETURN(Coverage coverage, ReadCoverage(connection));
  Tracer tracer(connection, options, std::move(coverage));
  progress.Stage("trace", indicators.size());
  uint64_t done = 0;
  for (const auto& indicator : indicators) {
    if (Wanted(indicator, options.only)) TW_RETURN_IF_ERROR(tracer.Run(indicator));
    progress.Done(++done);
  }
  auto findings = tracer.Take();
  std::sort(findings.begin(), findings.end(), Before);
  return findings;
}

}  // namespace

Result<std::vector<Finding>> RunIndicators(tables::Connection& connection,
                                           const TraceOptions& options, Progress& progress) {
  TW_RETURN_IF_ERROR(MakeReferenceTables(options, connection));
  return RunPrepared(connection, options, progress);
}

Result<tables::Connection> OpenLedger(const std::string& ledger_duckdb,
                                      const TraceOptions& options) {
  if (!FileExists(ledger_duckdb))
    return MissingData("there is no ledger; `tidewaiter inspect FILE --out DIR` makes one",
                       ledger_duckdb);
  // A database in memory beside the ledger: nothing can be appended to temporary tables of a
  // read-only one.
  tables::DatabaseOptions database_options;
  database_options.threads = options.threads;
  TW_ASSIGN_OR_RETURN(const tables::Database database,
                      tables::Database::Open("", database_options));
  TW_ASSIGN_OR_RETURN(tables::Connection connection, database.Connect());
  TW_RETURN_IF_ERROR(ledger::AttachLedger(ledger_duckdb, connection));
  TW_RETURN_IF_ERROR(MakeReferenceTables(options, connection));
  return connection;
}

Result<std::vector<Finding>> Trace(const std::string& ledger_duckdb, const TraceOptions& options,
                                   Progress& progress) {
  TW_ASSIGN_OR_RETURN(tables::Connection connection, OpenLedger(ledger_duckdb, options));
  return RunPrepared(connection, options, progress);
}

}  // namespace tidewaiter::trace
