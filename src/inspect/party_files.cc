#include "inspect/party_files.h"

#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "evidence/disputes.h"
#include "inspect/embedded_rows.h"
#include "tables/duckdb.h"

namespace tidewaiter::inspect {
namespace {

struct Likest {
  std::string_view name;
  const Hit* hit = nullptr;
};

// By entity, list and id.
using LikestHits = std::map<std::tuple<std::string, std::string, std::string>, Likest>;

LikestHits FindLikest(const ledger::Ledger& ledger, const Judged& judged) {
  LikestHits likest;
  for (ledger::Id party = 1; party < judged.hits.size(); ++party) {
    for (const Hit& hit : judged.hits[party]) {
      Likest& kept = likest[{ledger.EntityText(party), hit.list, hit.id}];
      if (kept.hit == nullptr || std::pair(hit.identifier_agrees, hit.score) >
                                     std::pair(kept.hit->identifier_agrees, kept.hit->score)) {
        kept = {ledger.DisplayName(party), &hit};
      }
    }
  }
  return likest;
}

}  // namespace

Status WritePartyHits(const ledger::Ledger& ledger, const Judged& judged, const std::string& path) {
  TW_ASSIGN_OR_RETURN(const tables::Database database, tables::Database::Open(""));
  TW_ASSIGN_OR_RETURN(tables::Connection connection, database.Connect());
  TW_RETURN_IF_ERROR(connection.Run(
      "CREATE TABLE hits (entity VARCHAR, name VARCHAR, list VARCHAR, id VARCHAR, listed_name "
      "VARCHAR, score DOUBLE, identifier_agrees BOOLEAN, listed_from DATE)"));
  {
    TW_ASSIGN_OR_RETURN(auto out, connection.Append("hits"));
    for (const auto& [key, likest] : FindLikest(ledger, judged)) {
      out.Text(0, std::get<0>(key));
      out.Text(1, likest.name);
      out.Text(2, std::get<1>(key));
      out.Text(3, std::get<2>(key));
      out.Text(4, likest.hit->name);
      out.Number(5, likest.hit->score);
      out.Boolean(6, likest.hit->identifier_agrees);
      if (likest.hit->listed_on) out.Day(7, *likest.hit->listed_on);
      TW_RETURN_IF_ERROR(out.EndRow());
    }
    TW_RETURN_IF_ERROR(out.Close());
  }
  return connection.WriteParquet("SELECT * FROM hits", path);
}

Status WritePersons(const ledger::Ledger& ledger, const std::vector<bool>& is_person,
                    const std::string& path) {
  std::set<std::pair<std::string, std::string>> persons;
  for (ledger::Id party = 1; party < is_person.size(); ++party) {
    if (is_person[party])
      persons.emplace(ledger.EntityText(party), std::string(ledger.DisplayName(party)));
  }
  TW_ASSIGN_OR_RETURN(const tables::Database database, tables::Database::Open(""));
  TW_ASSIGN_OR_RETURN(tables::Connection connection, database.Connect());
  TW_RETURN_IF_ERROR(connection.Run("CREATE TABLE persons (entity VARCHAR, name VARCHAR)"));
  {
    TW_ASSIGN_OR_RETURN(auto out, connection.Append("persons"));
    for (const auto& [entity, name] : persons) {
      out.Text(0, entity);
      out.Text(1, name);
      TW_RETURN_IF_ERROR(out.EndRow());
    }
    TW_RETURN_IF_ERROR(out.Close());
  }
  return connection.WriteParquet("SELECT * FROM persons", path);
}

Result<std::vector<bool>> FindDisputed(const ledger::Ledger& ledger, const std::string& disputes,
                                       tables::Connection& lines) {
  std::vector<bool> disputed;
  if (disputes.empty()) return disputed;
  TW_ASSIGN_OR_RETURN(const auto file, evidence::ReadDisputes(disputes));
  disputed.resize(ledger.lines.size(), false);
  const LineFinder finder(ledger);
  for (const auto& dispute : file.all) {
    if (dispute.status == "withdrawn") continue;
    TW_ASSIGN_OR_RETURN(auto rows, lines.Query("SELECT source, \"row\" FROM lines WHERE " +
                                               evidence::WhereDisputed(dispute.rows)));
    while (rows.Next()) {
      const auto line = finder.Find(rows.Text(0), static_cast<uint64_t>(rows.Integer(1)));
      if (line) disputed[*line] = true;
    }
    TW_RETURN_IF_ERROR(rows.status());
  }
  return disputed;
}

}  // namespace tidewaiter::inspect
