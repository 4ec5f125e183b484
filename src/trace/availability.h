// Selective availability: the same goods to several destinations, month by month, with the days on
// which controls began and statements were made. "It is closed to one and open to the other": what
// do the rows say?
#ifndef TIDEWAITER_TRACE_AVAILABILITY_H_
#define TIDEWAITER_TRACE_AVAILABILITY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "tables/duckdb.h"
#include "trace/finding.h"

namespace tidewaiter::trace {

struct AvailabilityCell {
  std::string month;  // "2023-09"
  std::string destination;
  uint64_t lines = 0, lines_without_value = 0;
  double quantity = 0;
  double value_usd = 0;
};

struct Availability {
  std::string goods;
  std::vector<std::string> destinations;  // as asked for
  // Every month from the first line of the data to the last, for every destination: a month
  // without lines is there with 0, so that a gap is seen.
  std::vector<AvailabilityCell> cells;
  // Destinations of which no line of the data shows arrivals at all: nothing follows from their
  // zeros.
  std::vector<std::string> not_covered;
};

// `goods` are words that brand and model hold ("dji mavic"), or a code's beginning ("8806").
Result<Availability> FindAvailability(tables::Connection& connection, const std::string& goods,
                                      const std::vector<std::string>& destinations);

}  // namespace tidewaiter::trace

#endif  // TIDEWAITER_TRACE_AVAILABILITY_H_
