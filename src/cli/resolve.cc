#include "resolve/resolve.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "base/file.h"
#include "cli/session.h"
#include "tables/duckdb.h"

namespace tidewaiter::cli {
namespace {

struct Arguments {
  std::vector<std::string> files;
  std::string id, config, out, weights, explain, decisions;
  double threshold = 0;
};

Status Write(const std::string& path, const resolve::Mentions& mentions,
             const resolve::Clusters& clusters) {
  const auto names = resolve::EntityNames(mentions, clusters);
  TW_ASSIGN_OR_RETURN(const auto database, tables::Database::Open({}));
  TW_ASSIGN_OR_RETURN(auto connection, database.Connect());
  TW_RETURN_IF_ERROR(connection.Run(
      "CREATE TABLE resolution (mention_id VARCHAR, entity_id VARCHAR, probability DOUBLE)"));
  TW_ASSIGN_OR_RETURN(auto appender, connection.Append("resolution"));
  for (size_t m = 0; m < mentions.count; ++m) {
    appender.Text(0, mentions.ids[m]);
    appender.Text(1, names[m]);
    appender.Number(2, static_cast<double>(clusters.probability[m]));
    TW_RETURN_IF_ERROR(appender.EndRow());
  }
  TW_RETURN_IF_ERROR(appender.Close());
  return connection.WriteParquet("SELECT * FROM resolution", path);
}

std::vector<std::string> SplitCommas(const std::string& text) {
  std::vector<std::string> out;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find(',', at), text.size());
    if (end > at) out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

Status Resolve(Session& session, const Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
  TW_ASSIGN_OR_RETURN(const auto names, resolve::ColumnNames::Read(resources));
  TW_ASSIGN_OR_RETURN(const auto before, resolve::Weights::Read(resources));
  TW_ASSIGN_OR_RETURN(const auto table, resolve::ReadTable(arguments.files, session.Threads()));
  TW_ASSIGN_OR_RETURN(const auto mapping,
                      resolve::MapColumns(table, SplitCommas(arguments.id), names, {}));
  for (const auto& column : mapping.unused) session.Warn("column '" + column + "' is not used");
  TW_ASSIGN_OR_RETURN(const auto mentions,
                      resolve::MakeMentions(table, mapping, session.Threads()));
  const auto progress = session.MakeProgress();
  resolve::Options options;
  options.threads = session.Threads();
  if (arguments.threshold > 0) options.clusters.threshold = arguments.threshold;
  options.on_plan = [&](const resolve::Blocks& blocks) {
    session.Warn("at most " + std::to_string(blocks.comparisons) + " comparisons in " +
                 std::to_string(blocks.size()) + " blocks of at most " +
                 std::to_string(blocks.largest) + " mentions");
  };
  const auto resolution = resolve::Resolve(mentions, before, options, *progress);
  if (!arguments.weights.empty())
    TW_RETURN_IF_ERROR(WriteAtomically(arguments.weights, resolution.learned.weights.ToJson().DumpPretty()));
  session.Warn(std::to_string(mentions.count) + " mentions, " +
               std::to_string(resolution.scored.compared) + " pairs compared, " +
               std::to_string(resolution.scored.pairs.size()) + " kept, prior " + std::to_string(resolution.scored.prior) + ", " +
               std::to_string(resolution.clusters.merges.size()) + " merges, " +
               std::to_string(resolution.clusters.refusals.size()) + " refused");
  return Write(arguments.out, mentions, resolution.clusters);
}

}  // namespace

void AddResolve(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("resolve", "Say who is who in any table");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("files", arguments->files, "CSV, JSON lines or Parquet")->required();
  command->add_option("--id", arguments->id, "Column of the mention's id; A,B joins two with ':'")->required();
  command->add_option("--config", arguments->config, "What the columns hold (YAML)");
  command->add_option("--out", arguments->out, "Parquet file to write")->required();
  command->add_option("--weights", arguments->weights, "Write the weights here");
  command->add_option("--threshold", arguments->threshold, "Least probability of a merge");
  command->callback([&session, arguments] { Run(session, [&] { return Resolve(session, *arguments); }); });
}

}  // namespace tidewaiter::cli
