// Chains of consignments: what one party received and sent on, link by link, until it reaches where
// somebody asks.
//
// A link joins a line in which a party receives with a later line in which the same party sends.
// Its grade says on what it rests: G1 a serial or lot number in both texts, G2 the same model and
// quantity, G3 the same subheading and a quantity within 5%, G4 the same subheading. Quantities are
// conserved: what came in is used up by what goes out, the better grades first, so that one
// consignment never explains two. Goods of the same code are not the same goods: a link is a
// question whose grade says how good it is.
#ifndef TIDEWAITER_TRACE_ROUTES_H_
#define TIDEWAITER_TRACE_ROUTES_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "tables/duckdb.h"
#include "trace/finding.h"

namespace tidewaiter::trace {

// One consignment of controlled goods.
struct Leg {
  RowReference row;
  Date day;
  std::string sender, recipient;  // entities
  std::string sender_name, recipient_name;
  std::string from_country, to_country;  // of departure (else of the sender), of destination
  std::string direction;                 // import, export or empty
  std::string article;                   // brand and model; empty: not recognised
  std::string hs6;
  double quantity = 0;
  double value_usd = 0;  // NaN: not stated
  std::vector<std::string> serials;
};

struct Link {
  size_t in = 0, out = 0;  // indices of legs
  int grade = 4;           // 1 to 4
  double quantity = 0;     // pieces that came in with the one and went out with the other
};

struct LinkOptions {
  int32_t days = 90;      // from arrival to departure
  int weakest_grade = 3;  // 1 to 4
};

// Links among the legs, in order of grade, day and row. Every leg's quantity is used at most once
// on each side.
std::vector<Link> FindLinks(const std::vector<Leg>& legs, const LinkOptions& options);

// Consignments that went the same way through the same parties.
struct Chain {
  // The sender of the first leg, who passed the goods on, the recipient of the last leg; each with
  // the country where the goods were then.
  std::vector<std::string> parties, names, countries;
  int grade = 1;                              // of the weakest link
  std::array<uint64_t, 5> consignments_of{};  // [1] to [4]: last legs by grade
  uint64_t consignments = 0;                  // last legs
  double quantity = 0;                        // pieces: of each consignment the least of its links
  double value_usd = 0;                       // of the last legs, where stated
  Date from, to;
  std::vector<RowReference> rows;  // sorted, each once
  std::string Subject() const;     // countries and parties in order, joined by >
};

struct ChainOptions {
  std::vector<std::string> to;  // countries where a chain must end; empty: anywhere
  size_t most_hops = 4;         // parties between the first and the last
};

// Chains of two legs and more, the largest value first.
std::vector<Chain> FindChains(const std::vector<Leg>& legs, const std::vector<Link>& links,
                              const ChainOptions& options);

// The same consignment told twice, by the exporter's country and by the importer's.
struct Twin {
  size_t exported = 0, imported = 0;  // indices of legs
};
struct Comparison {
  std::vector<Twin> twins;
  std::vector<size_t> only_exported, only_imported;
};

// Pairs each line of an export file with at most one line of an import file: the same country of
// destination, model (or subheading) and quantity within 5%, at most `days` later, and either a
// party in common or, where files write their parties in other ways, nobody else who could be
// meant.
Comparison CompareSources(const std::vector<Leg>& legs, int32_t days);

// The legs without the import side of each twin, so that nothing is counted twice.
std::vector<Leg> WithoutTwins(const std::vector<Leg>& legs, const Comparison& comparison);

// Reads the consignments of controlled goods from a connection that MakeReferenceTables prepared.
Result<std::vector<Leg>> ReadLegs(tables::Connection& connection);

}  // namespace tidewaiter::trace

#endif  // TIDEWAITER_TRACE_ROUTES_H_
