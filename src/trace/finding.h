// What an indicator found, or why it could not be computed. A finding is never a verdict of guilt.
#ifndef TIDEWAITER_TRACE_FINDING_H_
#define TIDEWAITER_TRACE_FINDING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"

namespace tidewaiter::trace {

struct RowReference {
  std::string source;  // the input's file name
  uint64_t row = 0;    // data row, from 1
  auto operator<=>(const RowReference&) const = default;
};

struct Finding {
  std::string id;     // hash of what the finding says
  int indicator = 0;  // 1 to 30; 0: a user's own
  std::string indicator_key, title;
  std::string subject_kind;  // party, pair, route, line, product, group
  std::string
      subject;  // of a party the value in <role>_entity; of a pair a|b; of a route joined by >
  std::string subject_name;
  std::vector<RowReference> rows;  // sorted
  std::optional<Date> from, to;
  std::string statistic;      // for people, with its unit
  std::string parameters;     // JSON
  std::string grade;          // G1 to G4, or strong, weak; empty: none
  std::string status;         // found, not_computable
  std::string reason;         // of not_computable: why
  std::string list_versions;  // JSON
  // Of statistical indicators: the chance of such a value when nothing is there, and the share of
  // false findings among all that are at least as unlikely (Benjamini and Hochberg).
  std::optional<double> p_value, q_value;
};

}  // namespace tidewaiter::trace

#endif  // TIDEWAITER_TRACE_FINDING_H_
