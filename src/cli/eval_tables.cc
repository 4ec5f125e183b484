#include "cli/eval_tables.h"

#include <algorithm>
#include <cstdio>

#include "base/file.h"
#include "base/parallel.h"
#include "tables/csv.h"

namespace tidewaiter::cli {
namespace {

std::string Decimals(double value, int places) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", places, value);
  return text;
}

double Share(size_t part, size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::vector<Hit> HitsOf(const match::Matcher& matcher, const std::string& name,
                        const match::Options& options) {
  match::Query query;
  query.names = {name};
  auto hits = matcher.Search(query, options);
  return hits ? std::move(*hits) : std::vector<Hit>{};
}

bool IsRight(const Hit& hit, const EvalRow& row) {
  return hit.id == row.id && (row.list.empty() || hit.list == row.list);
}

}  // namespace

Result<std::vector<std::vector<std::string>>> ReadColumns(const std::string& file,
                                                          const std::vector<std::string>& columns) {
  if (file != "-" && !FileExists(file)) return MissingData("no such file", file);
  TW_ASSIGN_OR_RETURN(const std::string bytes, ReadMaybeGzip(file));
  tables::CsvReader reader(bytes, tables::AfterByteOrderMark(bytes), bytes.size(), 1,
                           {tables::DetectDelimiter(bytes), 0});
  std::vector<std::vector<std::string>> out;
  std::vector<size_t> places;  // by column; past the header's end: not there
  while (const tables::Record* record = reader.Next()) {
    const auto& fields = record->fields;
    if (places.empty()) {
      for (const std::string& column : columns)
        places.push_back(
            static_cast<size_t>(std::find(fields.begin(), fields.end(), column) - fields.begin()));
      if (places[0] == fields.size()) return BadInput("has no column " + columns[0], file, 1);
      continue;
    }
    auto& row = out.emplace_back();
    for (const size_t place : places)
      row.emplace_back(place < fields.size() ? std::string(fields[place]) : std::string());
  }
  return out;
}

Result<std::vector<EvalRow>> ReadEvalRows(const std::string& file) {
  TW_ASSIGN_OR_RETURN(auto rows, ReadColumns(file, {"name", "list", "id"}));
  std::vector<EvalRow> out;
  for (auto& row : rows) out.push_back({std::move(row[0]), std::move(row[1]), std::move(row[2])});
  return out;
}

Result<TableText> RetrievalTable(const match::Matcher& matcher, const std::vector<EvalRow>& rows,
                                 unsigned threads) {
  TableText out;
  out.header = {"threshold", "queries", "hits of the reference",
                "recall",    "equal",   "names compared"};
  for (const double threshold : {0.0, 0.01, 0.1, 0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95}) {
    match::Options options;
    options.threshold = threshold;
    options.top = 0;
    std::vector<size_t> wanted(rows.size()), found(rows.size()), equal(rows.size());
    const uint64_t before = matcher.names_compared();
    std::vector<std::vector<Hit>> fast(rows.size());
    ParallelFor(rows.size(), threads, 4,
                [&](size_t i) { fast[i] = HitsOf(matcher, rows[i].name, options); });
    const uint64_t compared = matcher.names_compared() - before;
    options.exhaustive = true;
    ParallelFor(rows.size(), threads, 1, [&](size_t i) {
      const std::vector<Hit> slow = HitsOf(matcher, rows[i].name, options);
      wanted[i] = slow.size();
      equal[i] = slow.size() == fast[i].size();
      for (size_t k = 0; k < slow.size(); ++k) {
        const bool same = k < fast[i].size() && JsonOf(slow[k]) == JsonOf(fast[i][k]);
        equal[i] = equal[i] && same;
        found[i] += same || std::any_of(fast[i].begin(), fast[i].end(), [&](const Hit& hit) {
                      return hit.list == slow[k].list && hit.id == slow[k].id;
                    });
      }
    });
    size_t all_wanted = 0, all_found = 0, all_equal = 0;
    for (size_t i = 0; i < rows.size(); ++i)
      all_wanted += wanted[i], all_found += found[i], all_equal += equal[i];
    out.rows.push_back(
        {Decimals(threshold, 2), std::to_string(rows.size()), std::to_string(all_wanted),
         Decimals(all_wanted == 0 ? 1 : Share(all_found, all_wanted), 6),
         all_equal == rows.size() ? "yes" : std::to_string(rows.size() - all_equal) + " differ",
         Decimals(100 * Share(compared, rows.size() * matcher.name_count()), 4) + "%"});
  }
  return out;
}

Result<TableText> ThresholdTable(const match::Matcher& matcher,
                                 const std::vector<EvalRow>& innocents,
                                 const std::vector<EvalRow>& positives, unsigned threads) {
  match::Options options;
  options.threshold = 0.3;
  options.top = 50;
  std::vector<double> top(innocents.size()), right(positives.size()), first(positives.size());
  ParallelFor(innocents.size(), threads, 16, [&](size_t i) {
    const std::vector<Hit> hits = HitsOf(matcher, innocents[i].name, options);
    if (!hits.empty()) top[i] = hits[0].score;
  });
  ParallelFor(positives.size(), threads, 16, [&](size_t i) {
    const std::vector<Hit> hits = HitsOf(matcher, positives[i].name, options);
    for (const Hit& hit : hits) {
      if (!IsRight(hit, positives[i])) continue;
      right[i] = hit.score;
      // The first place shared by n counts one n-th.
      const auto tied = std::count_if(hits.begin(), hits.end(),
                                      [&](const Hit& other) { return other.score == hit.score; });
      if (hits[0].score == hit.score) first[i] = 1.0 / static_cast<double>(tied);
      break;
    }
  });
  TableText out;
  out.header = {"threshold", "alerts per 1,000 innocents", "right party found",
                "right party first"};
  for (int percent = 50; percent <= 98; percent += 2) {
    const double threshold = percent / 100.0;
    size_t alerts = 0, found = 0;
    double at_first = 0;
    for (const double score : top) alerts += score >= threshold;
    for (size_t i = 0; i < positives.size(); ++i) {
      if (right[i] < threshold) continue;
      ++found;
      at_first += first[i];
    }
    out.rows.push_back(
        {Decimals(threshold, 2),
         innocents.empty() ? "-" : Decimals(1000 * Share(alerts, innocents.size()), 2),
         positives.empty() ? "-" : Decimals(Share(found, positives.size()), 4),
         positives.empty()
             ? "-"
             : Decimals(at_first / static_cast<double>(std::max<size_t>(1, positives.size())), 4)});
  }
  return out;
}

}  // namespace tidewaiter::cli
