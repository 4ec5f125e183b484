#include "trace/network.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

namespace tidewaiter::trace {
namespace {

struct Neighbour {
  std::string entity, kind;
  double weight = 0;
};
using Graph = std::map<std::string, std::vector<Neighbour>>;

Graph MakeGraph(const std::vector<Edge>& edges) {
  std::map<std::string, std::map<std::string, std::set<std::string>>> near;  // kind, party, others
  for (const Edge& edge : edges) {
    if (edge.a == edge.b) continue;
    near[edge.kind][edge.a].insert(edge.b);
    near[edge.kind][edge.b].insert(edge.a);
  }
  Graph graph;
  for (const auto& [kind, parties] : near) {
    for (const auto& [party, others] : parties) {
      for (const auto& other : others) {
        const auto degree = static_cast<double>(std::max(others.size(), parties.at(other).size()));
        graph[party].push_back({other, kind, 1 / std::log2(2 + degree)});
      }
    }
  }
  return graph;
}

// Of two paths to the same party the better one: fewer steps, then weight, then the alphabet.
bool Better(const Path& a, const Path& b) {
  if (a.steps.size() != b.steps.size()) return a.steps.size() < b.steps.size();
  if (a.weight != b.weight) return a.weight > b.weight;
  auto names = [](const Path& path) {
    std::vector<std::string> out = {path.from.entity};
    for (const Step& step : path.steps) out.push_back(step.entity);
    return out;
  };
  return names(a) < names(b);
}

}  // namespace

std::vector<Path> PathsToListed(const std::vector<Edge>& edges, const std::vector<Listed>& listed,
                                const PathOptions& options) {
  const Graph graph = MakeGraph(edges);
  std::map<std::string, Path> best, frontier;
  for (const Listed& one : listed) frontier.emplace(one.entity, Path{one, {}, 1});
  std::set<std::string> closed;
  for (const auto& [entity, path] : frontier) closed.insert(entity);
  for (size_t step = 0; step < options.most_steps; ++step) {
    std::map<std::string, Path> next;
    for (const auto& [entity, path] : frontier) {
      const auto at = graph.find(entity);
      if (at == graph.end()) continue;
      for (const Neighbour& neighbour : at->second) {
        Path longer = path;
        longer.weight *= neighbour.weight;
        if (closed.contains(neighbour.entity) || longer.weight < options.least_weight) continue;
        longer.steps.push_back({neighbour.entity, neighbour.kind});
        const auto [place, fresh] = next.try_emplace(neighbour.entity, longer);
        if (!fresh && Better(longer, place->second)) place->second = std::move(longer);
      }
    }
    for (const auto& [entity, path] : next) closed.insert(entity), best.emplace(entity, path);
    frontier = std::move(next);
  }
  std::vector<Path> paths;
  for (auto& [entity, path] : best) paths.push_back(std::move(path));
  std::stable_sort(paths.begin(), paths.end(), [](const Path& a, const Path& b) {
    return a.steps.size() != b.steps.size() ? a.steps.size() < b.steps.size() : a.weight > b.weight;
  });
  return paths;
}

Result<std::vector<Edge>> ReadEdges(tables::Connection& connection) {
  std::vector<Edge> edges;
  TW_ASSIGN_OR_RETURN(
      auto rows,
      connection.Query(
          "SELECT sender, recipient, 'trade' FROM controlled_trades WHERE sender IS NOT NULL AND "
          "recipient IS NOT NULL AND sender <> recipient GROUP BY sender, recipient HAVING "
          "count(*) >= 3 UNION ALL SELECT a.entity, b.entity, 'address' FROM party_addresses a "
          "JOIN party_addresses b ON b.address_key = a.address_key AND b.entity > a.entity WHERE "
          "a.unit_level AND a.address_key IN (SELECT address_key FROM party_addresses GROUP BY "
          "address_key HAVING count(DISTINCT entity) <= 50) ORDER BY ALL"));
  while (rows.Next())
    edges.push_back(
        {std::string(rows.Text(0)), std::string(rows.Text(1)), std::string(rows.Text(2))});
  TW_RETURN_IF_ERROR(rows.status());
  return edges;
}

Result<std::vector<Listed>> ReadListed(tables::Connection& connection, double least_score) {
  std::vector<Listed> listed;
  TW_ASSIGN_OR_RETURN(
      auto rows,
      connection.Query("SELECT entity, min(listed_name || ' (' || list || ')') FROM party_hits "
                       "WHERE identifier_agrees OR score >= ? GROUP BY entity ORDER BY entity",
                       {least_score}));
  while (rows.Next()) listed.push_back({std::string(rows.Text(0)), std::string(rows.Text(1))});
  TW_RETURN_IF_ERROR(rows.status());
  return listed;
}

}  // namespace tidewaiter::trace
