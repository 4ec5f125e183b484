// Units of measurement of facts and thresholds. Each belongs to one quantity and converts within it
// only: comparing 46 kg with 30 min is an error, never false.
#ifndef TIDEWAITER_MODEL_UNITS_H_
#define TIDEWAITER_MODEL_UNITS_H_

#include <optional>
#include <string>
#include <string_view>

namespace tidewaiter {

struct Unit {
  std::string_view name;      // as written in packs: "km/h"
  std::string_view quantity;  // "speed"; the same for all units that convert into each other
  double scale = 1;           // value in the quantity's base unit = value * scale + offset
  double offset = 0;
};

// The unit of that spelling ("km/h", "kph", "minutes"). Case matters only where it tells two units
// apart (mW and MW). nullptr: not a unit that is known here.
const Unit* FindUnit(std::string_view text);

// `value` in unit `from` as a number of unit `to`; nullopt when they measure different things or
// are unknown. Equal texts always convert, known or not.
std::optional<double> ConvertUnit(double value, std::string_view from, std::string_view to);

// "46.3 km/h", "30 min", "7": the shortest number, a blank, the unit.
std::string FormatQuantity(double value, std::string_view unit);

}  // namespace tidewaiter

#endif  // TIDEWAITER_MODEL_UNITS_H_
