// Who is how near to a listed party, over shared addresses and repeated trade.
//
// A step weighs 1 / log2(2 + degree): one through a secretarial office or a large trader counts for
// little. A path's weight is the product of its steps'. Near is not the same as acting for.
#ifndef TIDEWAITER_TRACE_NETWORK_H_
#define TIDEWAITER_TRACE_NETWORK_H_

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "tables/duckdb.h"

namespace tidewaiter::trace {

struct Edge {
  std::string a, b;  // entities; an edge joins both ways
  std::string kind;  // address, trade
};

struct Listed {
  std::string entity;
  std::string name;  // as the list has it, with the list
};

struct PathOptions {
  size_t most_steps = 3;
  double least_weight = 0.2;
};

struct Step {
  std::string entity, kind;  // who is reached, and over what
};

struct Path {
  Listed from;
  std::vector<Step> steps;
  double weight = 1;
};

// For each party that is not listed itself the shortest path to a listed one, of equals the
// heaviest, of these the first in the alphabet; in order of steps, weight, party.
std::vector<Path> PathsToListed(const std::vector<Edge>& edges, const std::vector<Listed>& listed,
                                const PathOptions& options);

// From a connection that MakeReferenceTables prepared: parties at one unit-level address, and pairs
// with at least three lines of controlled goods.
Result<std::vector<Edge>> ReadEdges(tables::Connection& connection);
// Parties with an agreeing identifier or a name at least so like.
Result<std::vector<Listed>> ReadListed(tables::Connection& connection, double least_score);

}  // namespace tidewaiter::trace

#endif  // TIDEWAITER_TRACE_NETWORK_H_
