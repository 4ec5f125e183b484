#include "resolve/resolve.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "base/file.h"
#include "base/hash.h"
#include "cli/open_engine.h"
#include "resolve/decisions.h"
#include "resolve/explain.h"
#include "resolve/links.h"
#include "resolve/party_columns.h"
#include "resolve/snapshot.h"
#include "tables/duckdb.h"
#include "tables/virtual_table.h"

namespace tidewaiter::cli {
namespace {

struct Arguments {
  std::vector<std::string> files;
  std::string id, config, out, weights, explain, decisions, links;
  double threshold = 0;
};

using resolve::Mentions;
using resolve::Resolution;

std::vector<std::string> SplitCommas(const std::string& text) {
  std::vector<std::string> out;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find(',', at), text.size());
    if (end > at) out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// What is written, and what it says of the runs before.
struct Outcome {
  std::string snapshot;             // its id
  std::optional<uint64_t> changed;  // mentions whose entity the file that was there calls otherwise
};

// Rows stand as in the input, mentions by name: what the next rows need is on its way.
constexpr size_t kRowsAhead = 16;

uint32_t MentionOf(const Mentions& mentions, size_t row) {
  if (row + kRowsAhead < mentions.of_row.size())
    __builtin_prefetch(&mentions.ids[mentions.of_row[row + kRowsAhead]]);
  return mentions.of_row[row];
}

// What is written, as it lies in memory.
class ResolutionTable : public tables::VirtualTable {
 public:
  ResolutionTable(const Mentions& mentions, const Resolution& resolution,
                  const resolve::EntityNames& names)
      : mentions_(mentions), resolution_(resolution), names_(names) {}
  const std::vector<tables::VirtualColumn>& columns() const override { return columns_; }
  uint64_t rows() const override { return mentions_.count; }
  void Fill(size_t column, uint64_t first, size_t count, tables::CellWriter& cells) const override {
    for (size_t i = 0; i < count; ++i) {
      const uint32_t m = MentionOf(mentions_, first + i);
      if (column == 0) cells.Text(i, mentions_.ids[m]);
      if (column == 1) cells.Text(i, names_[m]);
      if (column == 2) cells.Number(i, static_cast<double>(resolution_.clusters.probability[m]));
    }
  }

 private:
  const Mentions& mentions_;
  const Resolution& resolution_;
  const resolve::EntityNames& names_;
  std::vector<tables::VirtualColumn> columns_ = {{"mention_id", tables::CellType::kText},
                                                 {"entity_id", tables::CellType::kText},
                                                 {"probability", tables::CellType::kNumber}};
};

std::string SnapshotOf(const Mentions& mentions, const resolve::EntityNames& names,
                       const resolve::Decisions& decisions) {
  resolve::SnapshotId id;
  for (size_t row = 0; row < mentions.count; ++row) {
    const uint32_t m = MentionOf(mentions, row);
    id.Add(mentions.ids[m], names[m]);
  }
  id.AddDecisions(resolve::TextOf(decisions));
  return id.Finish();
}

// Nothing when what lies there is no earlier answer.
std::optional<uint64_t> CountChanged(const std::string& path, tables::Connection& connection) {
  if (!FileExists(path)) return std::nullopt;
  auto rows = connection.Query(
      "SELECT count(*) FROM resolution() AS now JOIN read_parquet(" + tables::QuoteText(path) +
      ") AS before USING (mention_id) WHERE now.entity_id <> before.entity_id");
  if (!rows || !rows->Next()) return std::nullopt;
  return static_cast<uint64_t>(rows->Integer(0));
}

// Written beside the target and put in its place whole.
Result<Outcome> WriteEntities(const std::string& path, const Mentions& mentions,
                              const Resolution& resolution, const resolve::Decisions& decisions) {
  const resolve::EntityNames names(mentions, resolution.clusters);
  const ResolutionTable table(mentions, resolution, names);
  TW_ASSIGN_OR_RETURN(const auto database, tables::Database::Open({}));
  TW_ASSIGN_OR_RETURN(auto connection, database.Connect());
  TW_RETURN_IF_ERROR(tables::Register(connection, "resolution", table));
  Outcome out{SnapshotOf(mentions, names, decisions), CountChanged(path, connection)};
  const std::string beside = path + ".part";
  TW_RETURN_IF_ERROR(connection.WriteParquet(
      "SELECT *, " + tables::QuoteText(out.snapshot) + " AS snapshot FROM resolution()", beside));
  TW_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(beside));
  TW_RETURN_IF_ERROR(RemoveAll(beside));
  TW_RETURN_IF_ERROR(WriteAtomically(path, bytes));
  return out;
}

Json InputsJson(const std::vector<std::string>& files) {
  Json out = Json::Array{};
  for (const auto& file : files) {
    Json one;
    one.Set("file", BaseName(file));
    const auto mapped =
        file == "-" ? Result<MappedFile>(MissingData("", file)) : MappedFile::Open(file);
    one.Set("sha256", mapped ? Json(Sha256Hex(mapped->bytes())) : Json());
    out.Add(std::move(one));
  }
  return out;
}

size_t EntitiesOf(const Mentions& mentions, const Resolution& resolution) {
  size_t entities = 0;
  for (uint32_t m = 0; m < mentions.count; ++m) entities += resolution.clusters.entity_of[m] == m;
  return entities;
}

// The log of snapshots beside the output.
Status LogSnapshot(Session& session, const Arguments& arguments, const Mentions& mentions,
                   const Resolution& resolution, const resolve::Decisions& decisions,
                   const Outcome& outcome) {
  Json record;
  record.Set("snapshot", outcome.snapshot).Set("on", Today(session));
  record.Set("mentions", static_cast<uint64_t>(mentions.count))
      .Set("entities", static_cast<uint64_t>(EntitiesOf(mentions, resolution)))
      .Set("merges", static_cast<uint64_t>(resolution.clusters.merges.size()))
      .Set("cuts", static_cast<uint64_t>(resolution.clusters.cuts.size()))
      .Set("decisions", static_cast<uint64_t>(decisions.all.size()))
      .Set("changed", outcome.changed ? Json(*outcome.changed) : Json())
      .Set("inputs", InputsJson(arguments.files));
  const std::string path = arguments.out + ".snapshots.jsonl";
  std::string log;
  if (FileExists(path)) {
    TW_ASSIGN_OR_RETURN(log, ReadFile(path));
  }
  TW_ASSIGN_OR_RETURN(const auto numbered, resolve::NumberSnapshot(log, path, std::move(record)));
  session.Warn("snapshot " + std::to_string(numbered.number) + " (" + outcome.snapshot + ")" +
               (outcome.changed ? ": " + std::to_string(*outcome.changed) +
                                      " mentions have another entity than in the file before"
                                : ""));
  return numbered.log == log ? Status() : WriteAtomically(path, numbered.log);
}

Status WriteExplanations(const std::string& path, const Mentions& mentions,
                         const Resolution& resolution) {
  TW_ASSIGN_OR_RETURN(AtomicFile file, AtomicFile::Create(path));
  resolve::Explainer explainer(mentions, resolution.learned.weights);
  uint64_t number = 0;
  for (const auto& merge : resolution.clusters.merges)
    TW_RETURN_IF_ERROR(file.Append(explainer.Merged(merge, ++number).Dump() + "\n"));
  for (const auto& refusal : resolution.clusters.refusals)
    TW_RETURN_IF_ERROR(file.Append(explainer.Refused(refusal).Dump() + "\n"));
  for (const auto& cut : resolution.clusters.cuts)
    TW_RETURN_IF_ERROR(file.Append(explainer.WasCut(cut).Dump() + "\n"));
  return file.Commit();
}

Status WriteLinks(Session& session, const std::string& path, const std::string& resources,
                  const Mentions& mentions, const Resolution& resolution) {
  TW_ASSIGN_OR_RETURN(const auto words, resolve::LinkWords::Read(resources));
  const auto links = resolve::FindLinks(mentions, resolution.clusters, words);
  const resolve::EntityNames names(mentions, resolution.clusters);
  TW_ASSIGN_OR_RETURN(AtomicFile file, AtomicFile::Create(path));
  size_t offices = 0;
  for (const auto& link : links) {
    offices += link.office;
    TW_RETURN_IF_ERROR(file.Append(resolve::ToJson(link, mentions, names).Dump() + "\n"));
  }
  session.Warn(std::to_string(links.size()) +
               " addresses, phones and mail hosts are shared by several entities; " +
               std::to_string(offices) + " of them by so many unrelated ones that they say little");
  return file.Commit();
}

void Report(Session& session, const Mentions& mentions, const Resolution& resolution) {
  session.Warn(std::to_string(mentions.count) + " mentions of " +
               std::to_string(EntitiesOf(mentions, resolution)) + " entities; " +
               std::to_string(resolution.scored.compared) + " pairs compared, " +
               std::to_string(resolution.clusters.refusals.size()) +
               " merges refused because the groups as wholes contradict each other, " +
               std::to_string(resolution.clusters.cuts.size()) +
               " merges taken back because the entity as a whole does not hold");
}

void ReportPlan(Session& session, const resolve::Blocks& blocks) {
  session.Warn("at most " + std::to_string(blocks.comparisons) + " comparisons in " +
               std::to_string(blocks.size()) + " blocks of at most " +
               std::to_string(blocks.largest) + " mentions; " +
               std::to_string(blocks.too_large_atoms) +
               " values too common to be a block alone were joined with others, " +
               std::to_string(blocks.left_out) + " keys left out");
}

Result<resolve::Options> MakeOptions(Session& session, const Arguments& arguments,
                                     const resolve::Config& config, const Mentions& mentions,
                                     const resolve::Decisions& decisions) {
  resolve::Options options;
  options.threads = session.Threads();
  if (config.threshold) options.clusters.threshold = *config.threshold;
  if (arguments.threshold != 0) options.clusters.threshold = arguments.threshold;
  if (options.clusters.threshold <= 0 || options.clusters.threshold >= 1)
    return UsageError("--threshold: a probability between 0 and 1");
  options.clusters.weigh_refusals = !arguments.explain.empty();
  if (config.largest_block) options.blocks.largest = static_cast<uint32_t>(*config.largest_block);
  options.on_plan = [&session](const resolve::Blocks& blocks) { ReportPlan(session, blocks); };
  TW_ASSIGN_OR_RETURN(auto decided, resolve::Decide(decisions, mentions));
  for (const auto& note : decided.notes) session.Warn(note);
  options.clusters.together = std::move(decided.together);
  options.clusters.apart = std::move(decided.apart);
  return options;
}

Result<resolve::Decisions> ReadDecisions(const std::string& file) {
  if (file.empty()) return resolve::Decisions();
  TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(file));
  return resolve::ParseDecisions(text, file);
}

Status Resolve(Session& session, const Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
  TW_ASSIGN_OR_RETURN(const auto names, resolve::ColumnNames::Read(resources));
  TW_ASSIGN_OR_RETURN(const auto before, resolve::Weights::Read(resources));
  resolve::Config config;
  if (!arguments.config.empty()) {
    TW_ASSIGN_OR_RETURN(const YamlNode root, ReadYaml(arguments.config));
    TW_ASSIGN_OR_RETURN(config, resolve::ParseConfig(root));
  }
  Mentions mentions;
  {
    const auto ids = SplitCommas(arguments.id);
    const auto is_wanted = [&](std::string_view column) {
      return std::find(ids.begin(), ids.end(), column) != ids.end() ||
             resolve::UseOf(column, names, config.columns).kind != resolve::Kind::kIgnored;
    };
    TW_ASSIGN_OR_RETURN(auto table,
                        resolve::ReadTable(arguments.files, session.Threads(), is_wanted));
    TW_ASSIGN_OR_RETURN(auto mapping, resolve::MapColumns(table, ids, names, config.columns));
    for (const auto& note : table.notes) session.Warn(note);
    if (table.rejected > 0) {
      session.Warn(std::to_string(table.rejected) + " rows could not be read");
      session.exit_code = static_cast<int>(ErrorCode::kBadInput);
    }
    for (const auto& column : mapping.unused) session.Warn("column '" + column + "' is not used");
    TW_ASSIGN_OR_RETURN(const auto party_words, resolve::PartyWords::Read(resources));
    resolve::SplitPartyColumns(party_words, session.Threads(), table, mapping);
    auto made = resolve::MakeMentions(std::move(table), mapping, session.Threads());
    if (!made) return std::move(made).error().In(arguments.files[0]);
    mentions = std::move(*made);
  }
  TW_ASSIGN_OR_RETURN(const auto decisions, ReadDecisions(arguments.decisions));
  TW_ASSIGN_OR_RETURN(const auto options,
                      MakeOptions(session, arguments, config, mentions, decisions));
  const auto progress = session.MakeProgress();
  const Resolution resolution = resolve::Resolve(mentions, before, options, *progress);
  Report(session, mentions, resolution);
  if (!arguments.weights.empty())
    TW_RETURN_IF_ERROR(WriteAtomically(arguments.weights,
                                       resolution.learned.weights.ToJson().DumpPretty() + "\n"));
  if (!arguments.explain.empty())
    TW_RETURN_IF_ERROR(WriteExplanations(arguments.explain, mentions, resolution));
  if (!arguments.links.empty())
    TW_RETURN_IF_ERROR(WriteLinks(session, arguments.links, resources, mentions, resolution));
  TW_ASSIGN_OR_RETURN(const Outcome outcome,
                      WriteEntities(arguments.out, mentions, resolution, decisions));
  return LogSnapshot(session, arguments, mentions, resolution, decisions, outcome);
}

}  // namespace

void AddResolve(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("resolve", "Say who is who in any table");
  auto arguments = std::make_shared<Arguments>();
  command
      ->add_option("files", arguments->files, "CSV, JSON lines or Parquet; several are one table")
      ->required();
  command->add_option("--id", arguments->id, "Column of the mention's id; A,B joins two with ':'")
      ->required();
  command
      ->add_option("--out", arguments->out,
                   "Parquet file to write: mention_id, entity_id, probability, snapshot")
      ->required();
  command->add_option("--config", arguments->config, "YAML file: what the columns hold");
  command->add_option("--threshold", arguments->threshold,
                      "Least probability of a merge (default 0.5)");
  command->add_option("--decisions", arguments->decisions,
                      "JSON lines: what a person has merged or split, who, when and why");
  command->add_option("--weights", arguments->weights, "Write the learned weights here (JSON)");
  command->add_option("--explain", arguments->explain,
                      "Write here why groups were merged or not (JSON lines)");
  command->add_option("--links", arguments->links,
                      "Write here what entities share without being one: addresses, phones, mail "
                      "hosts (JSON lines)");
  command->footer(
      "Examples:\n  tidewaiter resolve suppliers.csv --id supplier_no --out who.parquet\n"
      "  tidewaiter resolve a.jsonl b.jsonl --id SOURCE,ID --out who.parquet --explain why.jsonl");
  command->callback(
      [&session, arguments] { Run(session, [&] { return Resolve(session, *arguments); }); });
}

}  // namespace tidewaiter::cli
