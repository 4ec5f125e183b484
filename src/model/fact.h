// What is known of one parameter of an item or a transaction. A fact may be an interval ("30 to 60
// min"), a set ("560 and 650 nm"), or several sources that contradict each other; all of these are
// values.
#ifndef TIDEWAITER_MODEL_FACT_H_
#define TIDEWAITER_MODEL_FACT_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace tidewaiter {

// What one source says.
struct FactReading {
  enum class Kind : uint8_t { kBool, kInterval, kSet, kText };
  Kind kind = Kind::kText;
  bool truth = false;       // kBool
  double min = 0, max = 0;  // kInterval: min == max for a plain number
  std::vector<double> set;  // kSet
  std::string text;         // kText
  std::string unit;         // empty: in the unit of the rule that asks
  std::string source;       // who says so; empty: the order itself
  bool operator==(const FactReading&) const = default;
};

struct Fact {
  std::vector<FactReading> readings;  // at least one; several may contradict each other
  bool operator==(const Fact&) const = default;
};

using Facts = std::map<std::string, Fact,
                       std::less<>>;  // by the name of the parameter; null facts are absent

// Reads a value in any form that an order may give it (CONTRACTS: bool, number, "46 min", {value,
// unit}, {min, max, unit}, {value: [..], unit}, a list of such with sources). Null gives a Fact
// without readings.
Result<Fact> ParseFact(const Json& value);
Json ToJson(const Fact& fact);

}  // namespace tidewaiter

#endif  // TIDEWAITER_MODEL_FACT_H_
