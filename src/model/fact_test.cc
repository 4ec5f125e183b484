#include "model/fact.h"

#include <gtest/gtest.h>

namespace tidewaiter {
namespace {

Fact Parsed(const char* json) {
  const auto value = ParseJson(json);
  EXPECT_TRUE(value) << json;
  const auto fact = ParseFact(*value);
  EXPECT_TRUE(fact) << json << ": " << (fact ? "" : fact.error().message);
  return fact ? *fact : Fact{};
}

std::string Refusal(const char* json) {
  const auto fact = ParseFact(*ParseJson(json));
  return fact ? std::string("accepted") : fact.error().message;
}

TEST(Fact, ReadsEveryFormOfTheContract) {
  EXPECT_TRUE(Parsed("null").readings.empty());
  EXPECT_TRUE(Parsed("true").readings[0].truth);
  EXPECT_EQ(Parsed("46").readings[0].min, 46);
  EXPECT_EQ(Parsed("\"46 min\"").readings[0].unit, "min");
  EXPECT_EQ(Parsed("\"46min\"").readings[0].max, 46);
  const Fact range = Parsed("\"30 to 60 min\"");
  EXPECT_EQ(range.readings[0].min, 30);
  EXPECT_EQ(range.readings[0].max, 60);
  EXPECT_EQ(Parsed("\"30-60 min\"").readings[0].max, 60);
  EXPECT_EQ(Parsed(R"({"min": 30, "max": 60, "unit": "min"})").readings[0].max, 60);
  const Fact set = Parsed(R"({"value": [560, 650], "unit": "nm"})");
  EXPECT_EQ(set.readings[0].kind, FactReading::Kind::kSet);
  EXPECT_EQ(set.readings[0].set, (std::vector<double>{560, 650}));
  EXPECT_EQ(Parsed("[560, 650]").readings[0].kind, FactReading::Kind::kSet);
}

TEST(Fact, KeepsNamesAsText) {
  EXPECT_EQ(Parsed("\"3R\"").readings[0].text, "3R");
  EXPECT_EQ(Parsed("\"4\"").readings[0].kind, FactReading::Kind::kText);
  EXPECT_EQ(Parsed("\"1M\"").readings[0].text, "1M");
}

TEST(Fact, KeepsSourcesThatContradictEachOther) {
  const Fact fact = Parsed(
      R"([{"value": 0.895, "unit": "kg", "source": "maker"}, {"value": 1.05, "unit": "kg"}])");
  ASSERT_EQ(fact.readings.size(), 2);
  EXPECT_EQ(fact.readings[0].source, "maker");
  EXPECT_EQ(fact.readings[1].min, 1.05);
}

TEST(Fact, RefusesWhatItCannotRead) {
  EXPECT_NE(Refusal("\"46 furlongs\"").find("unknown unit"), std::string::npos);
  EXPECT_NE(Refusal(R"({"value": 46, "unti": "min"})").find("unknown key"), std::string::npos);
  EXPECT_NE(Refusal(R"({"unit": "min"})").find("needs a value"), std::string::npos);
  EXPECT_NE(Refusal(R"({"min": 60, "max": 30})").find("ends before"), std::string::npos);
  EXPECT_NE(Refusal("[1, \"x\"]").find("numbers only"), std::string::npos);
  EXPECT_NE(Refusal("[[1]]").find("not read"), std::string::npos);
}

TEST(Fact, WritesWhatItReads) {
  for (const char* json :
       {"true", "46", R"({"unit":"min","value":46})", R"({"max":60,"min":30,"unit":"min"})",
        R"([{"source":"maker","value":1},{"source":"tester","value":2}])", R"("3R")",
        R"({"unit":"nm","value":[560,650]})"}) {
    EXPECT_EQ(ToJson(Parsed(json)).Dump(), json);
  }
}

}  // namespace
}  // namespace tidewaiter
