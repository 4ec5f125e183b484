// Scales are exact where the unit is defined by a number (lb, kn, hp); conversion goes through the
// base unit of the quantity and is skipped for equal units, so that a threshold compares as it was
// printed.
#include "model/units.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "base/json.h"

namespace tidewaiter {
namespace {

constexpr double kPi = 3.14159265358979323846;

constexpr std::array kUnits = {Unit{"mg", "mass", 1e-6},
                               Unit{"g", "mass", 1e-3},
                               Unit{"kg", "mass", 1},
                               Unit{"t", "mass", 1e3},
                               Unit{"lb", "mass", 0.45359237},
                               Unit{"oz", "mass", 0.028349523125},
                               Unit{"ms", "time", 1e-3},
                               Unit{"s", "time", 1},
                               Unit{"min", "time", 60},
                               Unit{"h", "time", 3600},
                               Unit{"d", "time", 86400},
                               Unit{"nm", "length", 1e-9},
                               Unit{"um", "length", 1e-6},
                               Unit{"mm", "length", 1e-3},
                               Unit{"cm", "length", 1e-2},
                               Unit{"m", "length", 1},
                               Unit{"km", "length", 1e3},
                               Unit{"in", "length", 0.0254},
                               Unit{"ft", "length", 0.3048},
                               Unit{"mi", "length", 1609.344},
                               Unit{"NM", "length", 1852},
                               Unit{"m/s", "speed", 1},
                               Unit{"km/h", "speed", 1 / 3.6},
                               Unit{"kn", "speed", 1852.0 / 3600},
                               Unit{"mph", "speed", 0.44704},
                               Unit{"ft/s", "speed", 0.3048},
                               Unit{"mW", "power", 1e-3},
                               Unit{"W", "power", 1},
                               Unit{"kW", "power", 1e3},
                               Unit{"MW", "power", 1e6},
                               Unit{"hp", "power", 745.69987158227022},
                               Unit{"PS", "power", 735.49875},
                               Unit{"nJ", "energy", 1e-9},
                               Unit{"uJ", "energy", 1e-6},
                               Unit{"mJ", "energy", 1e-3},
                               Unit{"J", "energy", 1},
                               Unit{"kJ", "energy", 1e3},
                               Unit{"Wh", "energy", 3600},
                               Unit{"kWh", "energy", 3.6e6},
                               Unit{"Hz", "frequency", 1},
                               Unit{"kHz", "frequency", 1e3},
                               Unit{"MHz", "frequency", 1e6},
                               Unit{"GHz", "frequency", 1e9},
                               Unit{"mK", "temperature difference", 1e-3},
                               Unit{"K", "temperature difference", 1},
                               Unit{"degC", "temperature", 1},
                               Unit{"degF", "temperature", 5.0 / 9, -160.0 / 9},
                               Unit{"urad", "angle", 1e-6},
                               Unit{"mrad", "angle", 1e-3},
                               Unit{"rad", "angle", 1},
                               Unit{"deg", "angle", kPi / 180},
                               Unit{"mL", "volume", 1e-3},
                               Unit{"L", "volume", 1},
                               Unit{"m3", "volume", 1e3},
                               Unit{"gal", "volume", 3.785411784},
                               Unit{"N", "force", 1},
                               Unit{"kN", "force", 1e3},
                               Unit{"lbf", "force", 4.4482216152605},
                               Unit{"mV", "voltage", 1e-3},
                               Unit{"V", "voltage", 1},
                               Unit{"kV", "voltage", 1e3},
                               Unit{"mA", "current", 1e-3},
                               Unit{"A", "current", 1},
                               Unit{"mAh", "charge", 1e-3},
                               Unit{"Ah", "charge", 1},
                               Unit{"kg/N/h", "specific consumption", 1},
                               Unit{"%", "share", 1},
                               Unit{"rpm", "rotation", 1},
                               Unit{"MP", "image points", 1e6},
                               Unit{"dB", "level", 1},
                               Unit{"dBm", "radio level", 1},
                               Unit{"kbit/s", "data rate", 1e3},
                               Unit{"Mbit/s", "data rate", 1e6},
                               Unit{"Gbit/s", "data rate", 1e9},
                               Unit{"aircraft", "aircraft", 1},
                               Unit{"elements", "elements", 1},
                               Unit{"pcs", "pieces", 1}};

struct Spelling {
  std::string_view text, name;
};

// Spellings that people write; looked up in lower case after the exact names.
constexpr std::array kSpellings = {Spelling{"gram", "g"},
                                   Spelling{"grams", "g"},
                                   Spelling{"kilogram", "kg"},
                                   Spelling{"kilograms", "kg"},
                                   Spelling{"kgs", "kg"},
                                   Spelling{"lbs", "lb"},
                                   Spelling{"pound", "lb"},
                                   Spelling{"pounds", "lb"},
                                   Spelling{"ounce", "oz"},
                                   Spelling{"ounces", "oz"},
                                   Spelling{"tonne", "t"},
                                   Spelling{"tonnes", "t"},
                                   Spelling{"sec", "s"},
                                   Spelling{"second", "s"},
                                   Spelling{"seconds", "s"},
                                   Spelling{"mins", "min"},
                                   Spelling{"minute", "min"},
                                   Spelling{"minutes", "min"},
                                   Spelling{"hr", "h"},
                                   Spelling{"hrs", "h"},
                                   Spelling{"hour", "h"},
                                   Spelling{"hours", "h"},
                                   Spelling{"day", "d"},
                                   Spelling{"days", "d"},
                                   Spelling{"µm", "um"},
                                   Spelling{"μm", "um"},
                                   Spelling{"micron", "um"},
                                   Spelling{"metre", "m"},
                                   Spelling{"metres", "m"},
                                   Spelling{"meter", "m"},
                                   Spelling{"meters", "m"},
                                   Spelling{"kilometre", "km"},
                                   Spelling{"kilometres", "km"},
                                   Spelling{"kilometer", "km"},
                                   Spelling{"kilometers", "km"},
                                   Spelling{"feet", "ft"},
                                   Spelling{"foot", "ft"},
                                   Spelling{"inch", "in"},
                                   Spelling{"inches", "in"},
                                   Spelling{"mile", "mi"},
                                   Spelling{"miles", "mi"},
                                   Spelling{"nmi", "NM"},
                                   Spelling{"nautical miles", "NM"},
                                   Spelling{"kph", "km/h"},
                                   Spelling{"kmh", "km/h"},
                                   Spelling{"knot", "kn"},
                                   Spelling{"knots", "kn"},
                                   Spelling{"kt", "kn"},
                                   Spelling{"kts", "kn"},
                                   Spelling{"mi/h", "mph"},
                                   Spelling{"mps", "m/s"},
                                   Spelling{"watt", "W"},
                                   Spelling{"watts", "W"},
                                   Spelling{"kilowatt", "kW"},
                                   Spelling{"kilowatts", "kW"},
                                   Spelling{"horsepower", "hp"},
                                   Spelling{"bhp", "hp"},
                                   Spelling{"°c", "degC"},
                                   Spelling{"°f", "degF"},
                                   Spelling{"celsius", "degC"},
                                   Spelling{"fahrenheit", "degF"},
                                   Spelling{"°", "deg"},
                                   Spelling{"degree", "deg"},
                                   Spelling{"degrees", "deg"},
                                   Spelling{"litre", "L"},
                                   Spelling{"litres", "L"},
                                   Spelling{"liter", "L"},
                                   Spelling{"liters", "L"},
                                   Spelling{"ltr", "L"},
                                   Spelling{"gallon", "gal"},
                                   Spelling{"gallons", "gal"},
                                   Spelling{"percent", "%"},
                                   Spelling{"per cent", "%"},
                                   Spelling{"fps", "Hz"},
                                   Spelling{"frames/s", "Hz"},
                                   Spelling{"piece", "pcs"},
                                   Spelling{"pieces", "pcs"},
                                   Spelling{"pc", "pcs"},
                                   Spelling{"µj", "uJ"},
                                   Spelling{"μj", "uJ"},
                                   Spelling{"m³", "m3"},
                                   Spelling{"pixels", "elements"}};

const Unit* FindExact(std::string_view text) {
  for (const Unit& unit : kUnits) {
    if (unit.name == text) return &unit;
  }
  return nullptr;
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

// The only unit whose name is `lower` when case is not looked at; nullptr when two are (mW and MW).
const Unit* FindFolded(const std::string& lower) {
  const Unit* found = nullptr;
  for (const Unit& unit : kUnits) {
    if (Lower(unit.name) != lower) continue;
    if (found != nullptr) return nullptr;
    found = &unit;
  }
  return found;
}

// Twelve significant digits hide what the conversion through the base unit adds or takes away.
double Rounded(double value) {
  if (value == 0 || !std::isfinite(value)) return value;
  const double magnitude = std::pow(10, 11 - std::floor(std::log10(std::fabs(value))));
  return std::isfinite(magnitude) && magnitude != 0 ? std::round(value * magnitude) / magnitude
                                                    : value;
}

}  // namespace

const Unit* FindUnit(std::string_view text) {
  if (const Unit* unit = FindExact(text)) return unit;
  const std::string lower = Lower(text);
  for (const Spelling& spelling : kSpellings) {
    if (spelling.text == lower) return FindExact(spelling.name);
  }
  return FindFolded(lower);
}

std::optional<double> ConvertUnit(double value, std::string_view from, std::string_view to) {
  if (from == to) return value;
  const Unit* a = FindUnit(from);
  const Unit* b = FindUnit(to);
  if (a == nullptr || b == nullptr || a->quantity != b->quantity) return std::nullopt;
  if (a == b) return value;
  return Rounded((value * a->scale + a->offset - b->offset) / b->scale);
}

std::string FormatQuantity(double value, std::string_view unit) {
  std::string text;
  AppendJsonNumber(value, text);
  if (!unit.empty()) (text += ' ') += unit;
  return text;
}

}  // namespace tidewaiter
