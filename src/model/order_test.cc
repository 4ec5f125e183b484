#include "model/order.h"

#include <gtest/gtest.h>

#include "model/order_keys.h"

namespace tidewaiter {
namespace {

Result<Order> Read(std::string_view text) {
  EXPECT_TRUE(ParseJson(text)) << text;
  return ParseOrder(text);
}

std::string Complaint(std::string_view text) {
  const auto order = Read(text);
  return order ? std::string("accepted") : order.error().ToString();
}

constexpr std::string_view kWhole = R"({
  "id": "ORD-1", "date": "2023-10-05",
  "exporter": {"name": "Example Trading Co., Ltd.", "country": "China", "identifiers": {"uscc": "9133"}},
  "parties": [{"role": "consignee", "name": "OOO Primer", "country": "RU",
               "owners": [{"name": "Holding", "share_percent": 51}, {"name": "Other", "share_percent": null}]}],
  "origin": "CN", "departure": "CN", "via": ["KZ"], "destination": "RU", "license": {"authority": "MOFCOM", "number": "1"},
  "facts": {"military_end_use": null, "wmd_end_use": false},
  "items": [{"line": 7, "description": "drone", "hs": "8806.22 1011", "hs_edition": 2022, "eccn": null, "quantity": 10,
             "facts": {"endurance": "46 min"}, "components": [{"description": "chip", "origin": "US", "value": 40}]}]})";

TEST(Order, ReadsTheShapeOfTheContract) {
  const auto order = Read(kWhole);
  ASSERT_TRUE(order) << order.error().ToString();
  EXPECT_EQ(order->FindParty(Role::kExporter)->country, "CN");
  EXPECT_EQ(order->FindParty(Role::kConsignee)->owners.size(), 2);
  EXPECT_FALSE(order->FindParty(Role::kConsignee)->owners[1].share_percent);
  EXPECT_EQ(order->items[0].hs, "8806221011");
  EXPECT_EQ(order->items[0].line, 7);
  EXPECT_TRUE(order->items[0].has_components);
  EXPECT_FALSE(order->facts.contains("military_end_use"));
  EXPECT_TRUE(order->facts.contains("wmd_end_use"));
  EXPECT_EQ(order->licenses.size(), 1);
}

TEST(OrderKeys, EachNameFindsItsKeyAndNoOtherNameDoes) {
  for (size_t i = 0; i < kKeyCount; ++i) {
    const std::string name(kKeyNames[i]);
    EXPECT_EQ(kKeyTable.Find(name), static_cast<Key>(i));
    EXPECT_FALSE(kKeyTable.Find(name + "s")) << name;
    for (size_t at = 0; at < name.size(); ++at) {
      std::string other = name;
      other[at] = other[at] == 'q' ? 'Q' : 'q';
      EXPECT_FALSE(kKeyTable.Find(other)) << other;
    }
  }
  EXPECT_FALSE(kKeyTable.Find(""));
}

TEST(Order, NamesTheKeyAndTheNearestKnownOne) {
  EXPECT_EQ(Complaint(R"({"itmes": []})"), "itmes: unknown key; did you mean 'items'?");
  EXPECT_EQ(Complaint(R"({"items": [{"net_mas_kg": 1}]})"),
            "items[0].net_mas_kg: unknown key; did you mean 'net_mass_kg'?");
}

TEST(Order, NamesThePlaceOfWhatItCannotRead) {
  EXPECT_NE(Complaint(R"({"items": [{}, {"net_mass_kg": "9"}]})").find("items[1].net_mass_kg"),
            std::string::npos);
  EXPECT_NE(Complaint(R"({"parties": [{"role": "byuer"}]})").find("customs_broker"),
            std::string::npos);
  EXPECT_NE(Complaint(R"({"parties": [{"name": "X"}]})").find("needs a role"), std::string::npos);
  EXPECT_NE(Complaint(R"({"destination": "Atlantis"})").find("destination"), std::string::npos);
  EXPECT_NE(Complaint(R"({"date": "2023-02-30"})").find("date"), std::string::npos);
  EXPECT_NE(Complaint(R"({"items": [{"hs": "88x6"}]})").find("items[0].hs"), std::string::npos);
  EXPECT_NE(Complaint(R"({"items": [{"hs": 8806}]})").find("must be text"), std::string::npos);
  EXPECT_NE(Complaint(R"({"items": [{"facts": {"endurance": "46 furlongs"}}]})")
                .find("items[0].facts.endurance"),
            std::string::npos);
  EXPECT_NE(Complaint(R"({"items": [{"line": 1}, {"line": 1}]})").find("twice"), std::string::npos);
  EXPECT_NE(Complaint(R"({"items": [{"hs_edition": 2021}]})").find("hs_edition"),
            std::string::npos);
  EXPECT_NE(Complaint("[]").find("object"), std::string::npos);
}

TEST(Order, TakesALicenceOrAListOfThem) {
  EXPECT_EQ(Read(R"({"license": null})")->licenses.size(), 0);
  EXPECT_EQ(Read(R"({"license": [{"authority": "A"}, {"authority": "B", "until": "2025-01-01"}]})")
                ->licenses.size(),
            2);
  EXPECT_NE(Complaint(R"({"license": {"number": "1"}})").find("authority"), std::string::npos);
}

TEST(Order, NumbersLinesThatHaveNoNumber) {
  const auto order = Read(R"({"items": [{}, {}]})");
  EXPECT_EQ(order->items[0].line, 1);
  EXPECT_EQ(order->items[1].line, 2);
}

}  // namespace
}  // namespace tidewaiter
