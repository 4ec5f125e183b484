#include "model/units.h"

#include <gtest/gtest.h>

namespace tidewaiter {
namespace {

double Converted(double value, const char* from, const char* to) {
  const auto converted = ConvertUnit(value, from, to);
  EXPECT_TRUE(converted.has_value()) << from << " to " << to;
  return converted.value_or(-1);
}

TEST(Units, ConvertsWithinAQuantity) {
  EXPECT_DOUBLE_EQ(Converted(895, "g", "kg"), 0.895);
  EXPECT_DOUBLE_EQ(Converted(1, "lb", "kg"), 0.45359237);
  EXPECT_DOUBLE_EQ(Converted(25, "kn", "km/h"), 46.3);
  EXPECT_DOUBLE_EQ(Converted(10, "m/s", "km/h"), 36);
  EXPECT_DOUBLE_EQ(Converted(0.75, "h", "min"), 45);
  EXPECT_DOUBLE_EQ(Converted(15.24, "km", "m"), 15240);
  EXPECT_DOUBLE_EQ(Converted(131, "degF", "degC"), 55);
  EXPECT_DOUBLE_EQ(Converted(1, "NM", "m"), 1852);
  EXPECT_DOUBLE_EQ(Converted(1000, "nm", "um"), 1);
}

TEST(Units, RefusesAnotherQuantity) {
  EXPECT_FALSE(ConvertUnit(46, "kg", "min"));
  EXPECT_FALSE(ConvertUnit(46, "km", "km/h"));
  EXPECT_FALSE(ConvertUnit(46, "furlong", "m"));
  EXPECT_FALSE(ConvertUnit(10, "aircraft", "elements"));
}

TEST(Units, CaseTellsMilliFromMega) {
  EXPECT_EQ(FindUnit("mW")->scale, 1e-3);
  EXPECT_EQ(FindUnit("MW")->scale, 1e6);
  EXPECT_EQ(FindUnit("NM")->scale, 1852);
  EXPECT_EQ(FindUnit("nm")->scale, 1e-9);
  EXPECT_EQ(FindUnit("mw"), nullptr);  // could be either
  EXPECT_EQ(FindUnit("KG")->name, "kg");
  EXPECT_EQ(FindUnit("Knots")->name, "kn");
}

TEST(Units, ThereAndBackIsTheSameNumberToElevenDigits) {
  for (const double value : {0.1, 7.0, 46.3, 1234.5678}) {
    EXPECT_NEAR(Converted(Converted(value, "kg", "lb"), "lb", "kg"), value, value * 1e-11);
    EXPECT_NEAR(Converted(Converted(value, "min", "h"), "h", "min"), value, value * 1e-11);
    EXPECT_NEAR(Converted(Converted(value, "kW", "hp"), "hp", "kW"), value, value * 1e-11);
  }
}

TEST(Units, FormatsShortestNumbers) {
  EXPECT_EQ(FormatQuantity(46.3, "km/h"), "46.3 km/h");
  EXPECT_EQ(FormatQuantity(30, "min"), "30 min");
  EXPECT_EQ(FormatQuantity(7, {}), "7");
}

}  // namespace
}  // namespace tidewaiter
