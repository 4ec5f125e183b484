#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <memory>

#include "base/file.h"
#include "cli/eval_pairs.h"
#include "cli/eval_schemes.h"
#include "cli/eval_tables.h"
#include "cli/eval_texts.h"
#include "cli/session.h"
#include "screen/watchlist_file.h"

namespace tidewaiter::cli {
namespace {

struct Arguments {
  std::string file;
  std::string positives;
  std::string truth;
  std::string words;
  bool without_name_groups = false;
};

Status EvalPairs(const Session& session, const Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
  TW_ASSIGN_OR_RETURN(const auto scorer,
                      match::PairScorer::Create(resources, !arguments.without_name_groups));
  if (arguments.file != "-" && !FileExists(arguments.file))
    return MissingData("no such file", arguments.file);
  TW_ASSIGN_OR_RETURN(const std::string bytes, ReadMaybeGzip(arguments.file));
  TW_ASSIGN_OR_RETURN(const std::string out,
                      ScorePairs(bytes, arguments.file, *scorer, session.Threads()));
  Print(out);
  return {};
}

Result<std::unique_ptr<const match::Matcher>> OpenMatcher(const Session& session) {
  TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
  TW_ASSIGN_OR_RETURN(auto watchlist, screen::OpenWatchlist(session.data, resources));
  return match::Matcher::Create(std::move(watchlist), resources);
}

Status EvalRetrieval(const Session& session, const Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(const auto matcher, OpenMatcher(session));
  TW_ASSIGN_OR_RETURN(const auto rows, ReadEvalRows(arguments.file));
  TW_ASSIGN_OR_RETURN(const TableText table, RetrievalTable(*matcher, rows, session.Threads()));
  PrintTable(table.header, table.rows);
  return {};
}

Status EvalThresholds(const Session& session, const Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(const auto matcher, OpenMatcher(session));
  TW_ASSIGN_OR_RETURN(const auto innocents, ReadEvalRows(arguments.file));
  std::vector<EvalRow> positives;
  if (!arguments.positives.empty()) {
    TW_ASSIGN_OR_RETURN(positives, ReadEvalRows(arguments.positives));
  }
  TW_ASSIGN_OR_RETURN(const TableText table,
                      ThresholdTable(*matcher, innocents, positives, session.Threads()));
  PrintTable(table.header, table.rows);
  return {};
}

Status EvalTexts(const Arguments& arguments) {
  std::string table = arguments.words;
  if (table.empty()) {
    TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
    table = JoinPath(resources, "reference/hs/heading_words.tsv");
  }
  TW_ASSIGN_OR_RETURN(const auto words, goods::HeadingWords::Load(table));
  TW_ASSIGN_OR_RETURN(const TableText out, TextsTable(words, arguments.file));
  PrintTable(out.header, out.rows);
  return {};
}

std::string Decimals(double value, int decimals) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
  return text.data();
}

std::string Share(uint64_t part, uint64_t whole) {
  return whole == 0 ? std::string("-")
                    : Decimals(static_cast<double>(part) / static_cast<double>(whole), 2);
}

Status EvalSchemes(const Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
  TW_ASSIGN_OR_RETURN(const Finders finders, ReadFinders(JoinPath(resources, "synth/kinds.tsv")));
  TW_ASSIGN_OR_RETURN(const auto schemes, ReadSchemes(JoinPath(arguments.truth, "schemes.json")));
  TW_ASSIGN_OR_RETURN(const auto findings,
                      ReadFindings(JoinPath(arguments.file, "findings.parquet")));
  TW_ASSIGN_OR_RETURN(const auto not_computable,
                      ReadNotComputable(JoinPath(arguments.file, "findings.parquet")));
  const SchemeScores scores = ScoreSchemes(schemes, findings, finders, not_computable);
  std::vector<std::vector<std::string>> rows;
  for (const auto& [kind, s] : scores.kinds) {
    rows.push_back({kind, std::to_string(s.planted), std::to_string(s.found),
                    s.computable ? Share(s.found, s.planted) : "no data", std::to_string(s.right),
                    std::to_string(s.other), std::to_string(s.wrong), Share(s.wrong, s.right),
                    s.found == 0 ? "-" : Decimals(s.per_scheme, 1)});
  }
  PrintTable({"kind", "planted", "found", "recall", "right", "other kinds", "wrong",
              "wrong per right", "per scheme"},
             rows);
  Print("\n");
  rows.clear();
  for (const auto& [key, s] : scores.indicators) {
    rows.push_back({std::to_string(key.first), key.second, std::to_string(s.findings),
                    Share(s.meant, s.findings), Share(s.planted, s.findings)});
  }
  PrintTable({"id", "indicator", "findings", "touch the kind", "touch any scheme"}, rows);
  return {};
}

}  // namespace

void AddEval(CLI::App& app, Session& session) {
  CLI::App* eval =
      app.add_subcommand("eval", "Measure: names against labels, findings against a truth");
  eval->require_subcommand(1);
  CLI::App* pairs = eval->add_subcommand("pairs", "Score pairs of parties without any list");
  auto arguments = std::make_shared<Arguments>();
  pairs
      ->add_option("file", arguments->file,
                   "CSV with schema,name1,name2, or JSONL with left and right objects (- for "
                   "standard input)")
      ->required();
  pairs->add_flag("--without-name-groups", arguments->without_name_groups,
                  "Without the table of spelling equivalences");
  pairs->footer("Example:\n  tidewaiter eval pairs pairs.csv > scored.csv\n");
  pairs->callback(
      [&session, arguments] { Run(session, [&] { return EvalPairs(session, *arguments); }); });

  CLI::App* retrieval =
      eval->add_subcommand("retrieval", "Hold search against the exhaustive reference (slow)");
  retrieval->add_option("file", arguments->file, "CSV with a column name")->required();
  retrieval->callback(
      [&session, arguments] { Run(session, [&] { return EvalRetrieval(session, *arguments); }); });

  CLI::App* thresholds = eval->add_subcommand("thresholds", "Alerts and recall at each threshold");
  thresholds
      ->add_option("innocents", arguments->file,
                   "CSV with a column name: people who are on no list")
      ->required();
  thresholds->add_option("--positives", arguments->positives,
                         "CSV with name, list, id: names of listed parties");
  thresholds->callback(
      [&session, arguments] { Run(session, [&] { return EvalThresholds(session, *arguments); }); });

  CLI::App* texts =
      eval->add_subcommand("texts", "Descriptions of goods against the headings they belong under");
  texts->add_option("file", arguments->file, "CSV with the columns hs and description")->required();
  texts->add_option("--words", arguments->words,
                    "Another table than reference/hs/heading_words.tsv");
  texts->footer("Example:\n  tidewaiter eval texts src/goods/testdata/trade_texts.csv\n");
  texts->callback([&session, arguments] { Run(session, [&] { return EvalTexts(*arguments); }); });

  CLI::App* schemes =
      eval->add_subcommand("schemes", "Findings of a run against the truth of a synthetic corpus");
  schemes->add_option("run", arguments->file, "The folder that `inspect --out` wrote")->required();
  schemes->add_option("--truth", arguments->truth, "FILE.truth, which `synth` wrote")->required();
  schemes->footer("Example:\n  tidewaiter eval schemes run --truth demo.csv.truth\n");
  schemes->callback(
      [&session, arguments] { Run(session, [&] { return EvalSchemes(*arguments); }); });
}

}  // namespace tidewaiter::cli
