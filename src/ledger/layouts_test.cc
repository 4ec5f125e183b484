// The layouts that were described in detail, each with a SYNTHETIC row that has its quirks.
#include <array>
#include <cmath>
#include <map>

#include "ledger/testing.h"

namespace tidewaiter::ledger {
namespace {

using Cells = std::map<std::string, std::string>;  // by column, as the feed writes its names

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

// A file of this layout with a title row before the header and an unnamed first column that holds
// "DATA".
Result<Ledger> ImportRow(const std::string& layout, const Cells& cells) {
  const Layout* known = ShippedLayouts().Find(layout);
  EXPECT_NE(known, nullptr) << layout;
  std::string header = "\"\"", row = "DATA";
  std::map<std::string, std::string> by_name;
  for (const auto& [name, value] : cells) by_name[NormaliseHeader(name)] = value;
  for (const auto& [name, use] : known->columns) {
    header += "," + Quoted(name);
    row += "," + Quoted(by_name[name]);
    by_name.erase(name);
  }
  EXPECT_TRUE(by_name.empty()) << layout << " does not name " << by_name.begin()->first;
  return ImportFiles({TestFile("rows.csv", ",SYNTHETIC export\n" + header + "\n" + row + "\n")});
}

std::string NumberText(double value) {
  if (std::isnan(value)) return "";
  std::string out;
  AppendJsonNumber(value, out);
  return out;
}

// What became of the row, under the words of CONTRACTS; parties as
// "name|name_en|address|kind=value".
Cells Described(const Ledger& ledger) {
  Cells out;
  const Lines& lines = ledger.lines;
  const auto put = [&](const std::string& name, std::string_view value) {
    if (!value.empty()) out[name] = value;
  };
  const GoodsText& goods = ledger.goods[lines.goods[0]];
  const Route& route = ledger.routes[lines.route[0]];
  put("date", ToString(lines.from[0]));
  put("declaration", ledger.Text(lines.declaration[0]));
  put("procedure", ledger.Text(lines.procedure[0]));
  put("unit", ledger.Text(lines.unit[0]));
  put("currency", ledger.Text(lines.currency[0]));
  put("hs", ledger.Text(goods.hs));
  put("brand", ledger.Text(goods.brand));
  put("route", std::string(ledger.Text(route.direction)) + " " +
                   std::string(ledger.Text(route.origin)) + ">" +
                   std::string(ledger.Text(route.departure)) + ">" +
                   std::string(ledger.Text(route.destination)));
  put("quantity", NumberText(lines.quantity[0]));
  put("net", NumberText(lines.net_mass_kg[0]));
  put("gross", NumberText(lines.gross_mass_kg[0]));
  put("value", NumberText(lines.value[0]));
  put("value_usd", NumberText(lines.value_usd[0]));
  for (const Role role : AllRoles()) {
    const Party& party = ledger.parties[lines.PartyOf(role, 0)];
    std::string text;
    for (const Attribute attribute :
         {Attribute::kName, Attribute::kNameEn, Attribute::kNameRaw, Attribute::kAddress})
      text.append(text.empty() ? "" : "|").append(ledger.Text(party.Get(attribute)));
    for (const auto& [kind, value] : party.identifiers)
      text.append("|").append(ledger.Text(kind)).append("=").append(ledger.Text(value));
    while (text.ends_with('|')) text.pop_back();
    put(std::string(ToString(role)), text);
  }
  return out;
}

void ExpectRow(const std::string& layout, const Cells& cells, const Cells& expected) {
  SCOPED_TRACE(layout);
  const auto ledger = ImportRow(layout, cells);
  ASSERT_TRUE(ledger) << ledger.error().ToString();
  ASSERT_EQ(ledger->sources[0].mapping.layout, layout);
  ASSERT_EQ(ledger->lines.size(), 1U);
  EXPECT_EQ(Described(*ledger), expected);
}

TEST(Layouts, Russia) {
  ExpectRow("russia-import",
            {{"DECLARATION_NUMBER", "10000000/051023/3000001"},
             {"IMP_DATE", "2023-10-05"},
             {"SUPPLIER_NAME", "SYNTHETIC CO., LTD."},
             {"SUPPLIER_ADDRESS", "SHENZHEN"},
             {"IMPORTER_CODE", "7700000001"},
             {"IMPORTER_NAME", "ООО \"СИНТЕЗ\""},
             {"IMPORTER_NAME_EN", "OOO SINTEZ"},
             {"CUSTOMS_INN_CODE", "7730176610"},
             {"IMPORT_PORT", "МУНДРА"},
             {"IMPORT_PORT_EN", "MUNDR"},
             {"BRAND", "ОТСУТСТВУЕТ"},
             {"MANUFACTURER", "N/A"},
             {"HS_CODE", "8806221000"},
             {"PRODUCT_DESCRIPTION", "ДРОН"},
             {"QUANTITY", "0"},
             {"UNIT", "ШТ"},
             {"NET_WEIGHT_KG", "8.640000000000001"},
             {"GROSS_WEIGHT_KG", ""},
             {"INVOICE_VALUE_RUB", "NULL"},
             {"TOTAL_VALUE_USD", "1200.5"},
             {"ORIGIN_COUNTRY", ""},
             {"COUNTRY_ISO_CODE_2", "CN"},
             {"DESTINATION_COUNTRY", "РОССИЯ"},
             {"CUSTOMS_BROKER_NAME", "ООО БРОКЕР"},
             {"CUSTOMS_BROKER_CODE", "0"},
             {"CUSTOMS_DECLARANT_NAME", "ООО \"СИНТЕЗ\""},
             {"CUSTOMS_PROCEDURE_CODE", "4000000"}},
            {{"date", "2023-10-05"},
             {"declaration", "10000000/051023/3000001"},
             {"procedure", "4000000"},
             {"unit", "ШТ"},
             {"currency", "RUB"},
             {"hs", "8806221000"},
             {"route", "import CN>>RU"},
             {"net", "8.64"},
             {"value_usd", "1200.5"},
             {"supplier", "SYNTHETIC CO., LTD.|||SHENZHEN"},
             {"importer", "ООО \"СИНТЕЗ\"|OOO SINTEZ|||inn=7700000001"},
             {"customs_broker", "ООО БРОКЕР"},
             {"declarant", "ООО \"СИНТЕЗ\""}});
}

TEST(Layouts, Kazakhstan) {
  const Cells common = {{"DECLARATION_NUMBER", "55300/051023/0000001"},
                        {"REGISTRATION_DATE", "2023-10-05"},
                        {"CUSTOMS_PROCEDURE_CODE", "40"},
                        {"HS_CODE", "8806221000"},
                        {"GUARANTEE_NAME", "ТОО СИНТЕЗ"},
                        {"GUARANTEE_CODE", "000000000001"},
                        {"DECLARANT_NAME", "ТОО ДЕКЛАРАНТ"},
                        {"TOTAL_QUANTITY", "0"},
                        {"QUANTITY", "3"},
                        {"UNIT_OF_QUANTITY", "ШТ"},
                        {"N_WEIGHT", "2.7"},
                        {"G_WEIGHT", "3"},
                        {"CARGO_VALUE_USD", "0"},
                        {"CUSTOMS_VALUE_USD", "900"},
                        {"CUSTOMS_VALUE_KZT", "0"},
                        {"FROM_COUNTRY_NAME_EN", "CHINA"},
                        {"TO_COUNTRY_NAME_EN", "KAZAKHSTAN"},
                        {"TRADING_COUNTRY_NAME_EN", "HONG KONG"},
                        {"COUNTRY_ISO_CODE_2", "ZZ"},
                        {"ORIGIN_COUNTRY_NAME_EN", "CHINA"},
                        {"MANUFACTURER", "ABSENT"}};
  Cells in = common, out = common;
  in.insert({{"IMPORTER_NAME", "ТОО СИНТЕЗ"},
             {"IMPORTER_NAME_EN", "LLP SINTEZ"},
             {"IMPORTER_CODE", "000000000001"},
             {"IMPORTER_ADDRESS", "КАЗАХСТАН-Г.АСТАНА-УЛ. ВЫДУМАННАЯ"},
             {"SUPPLIER_NAME", "SYNTHETIC CO LIMITED"}});
  const Cells expected = {{"date", "2023-10-05"},
                          {"declaration", "55300/051023/0000001"},
                          {"procedure", "40"},
                          {"unit", "ШТ"},
                          {"currency", "KZT"},
                          {"hs", "8806221000"},
                          {"quantity", "3"},
                          {"net", "2.7"},
                          {"gross", "3"},
                          {"value_usd", "900"},
                          {"declarant", "ТОО ДЕКЛАРАНТ"},
                          {"guarantor", "ТОО СИНТЕЗ||||bin=000000000001"}};
  Cells imported = expected;
  imported.insert(
      {{"route", "import CN>CN>KZ"},
       {"supplier", "SYNTHETIC CO LIMITED"},
       {"importer", "ТОО СИНТЕЗ|LLP SINTEZ||КАЗАХСТАН-Г.АСТАНА-УЛ. ВЫДУМАННАЯ|bin=000000000001"}});
  ExpectRow("kazakhstan-import", in, imported);
  out["FROM_COUNTRY_NAME_EN"] = "KAZAKHSTAN";
  out["TO_COUNTRY_NAME_EN"] = "";
  out["COUNTRY_ISO_CODE_2"] = "RU";
  out["CUSTOMS_PROCEDURE_CODE"] = "10";
  out.insert({{"EXPORTER_NAME", "ТОО СИНТЕЗ"},
              {"EXPORTER_CODE", "000000000001"},
              {"BUYER_NAME", "ООО ПРИМЕР"}});
  Cells exported = expected;
  exported["procedure"] = "10";
  exported.insert({{"route", "export CN>KZ>RU"},
                   {"exporter", "ТОО СИНТЕЗ||||bin=000000000001"},
                   {"buyer", "ООО ПРИМЕР"}});
  ExpectRow("kazakhstan-export", out, exported);
}

TEST(Layouts, Turkey) {
  const Cells common = {{"REGISTRATION_NO", "23341200IM000001"},
                        {"REGISTRATION_DATE", "2023-10-05"},
                        {"ITEM_REGIME_CODE", "4000"},
                        {"HS_CODE", "8806221000"},
                        {"QUANTITY", "0"},
                        {"UNIT", "NULL"},
                        {"NET_WEIGHT_KG", "5"},
                        {"INVOICE_AMOUNT", "100"},
                        {"CURRENCY", "EUR"},
                        {"STATISTICAL_VALUE_USD", "0"},
                        {"CALCULATED_TOTAL_VALUE_USD", "110"},
                        {"ORIGIN_COUNTRY_CODE", "720"},
                        {"ORIGIN_COUNTRY", "CHINA"}};
  Cells in = common, out = common;
  in.insert({{"IMPORTER_CODE", "0000000001"},
             {"IMPORTER_NAME", "SENTETİK A.Ş."},
             {"DISPATCH_COUNTRY", "CHINA"},
             {"IMPORTER_NAME_EN", "SYNTHETIC FIRM FOR TRADE AND FOREIGN LIMITED TI"},
             {"SUPPLIER_NAME", "SYNTHETIC LTD"}});
  const Cells expected = {{"date", "2023-10-05"}, {"declaration", "23341200IM000001"},
                          {"procedure", "4000"},  {"currency", "EUR"},
                          {"hs", "8806221000"},   {"net", "5"},
                          {"value", "100"},       {"value_usd", "110"}};
  Cells imported = expected;
  imported.insert(
      {{"route", "import CN>CN>TR"},
       {"supplier", "SYNTHETIC LTD"},
       {"importer",
        "SENTETİK A.Ş.|SYNTHETIC FIRM FOR TRADE AND FOREIGN LIMITED TI|||tax_id=0000000001"}});
  ExpectRow("turkey-import", in, imported);
  out.insert({{"EXPORTER_CODE", "0000000001"},
              {"EXPORTER_NAME", "SENTETİK A.Ş."},
              {"BUYER_NAME", "OOO PRIMER"},
              {"DESTINATION_COUNTRY", "RUSSIA"}});
  const auto ledger = ImportRow("turkey-export", out);
  ASSERT_TRUE(ledger) << ledger.error().ToString();
  const Cells exported = Described(*ledger);
  EXPECT_EQ(exported.at("exporter"), "SENTETİK A.Ş.||||tax_id=0000000001");
  EXPECT_EQ(exported.at("buyer"), "OOO PRIMER");
  EXPECT_TRUE(exported.at("route").starts_with("export CN>") &&
              exported.at("route").ends_with(">RU"));
}

TEST(Layouts, UnitedStatesBillsOfLading) {
  ExpectRow("us-bol",
            {{"BILL_OF_LADING", "SYNT0001"},
             {"ACTUAL_ARRIVAL_DATE", ""},
             {"ESTIMATE_ARRIVAL_DATE", "2023-10-05"},
             {"HS_CODE", "880622"},
             {"HS_CODE_SURE_LEVEL", "3"},
             {"SHIPPER_NAME", "N/A"},
             {"RAW_SHIPPER_NAME", "N/A"},
             {"CONSIGNEE_NAME", "SYNTHETIC IMPORTS"},
             {"RAW_CONSIGNEE_NAME", "SYNTHETIC IMPORTS INC."},
             {"CONSIGNEE_ADDRESS", "1 EXAMPLE STREET"},
             {"NOTIFY_PARTY_NAME", "SYNTHETIC FORWARDING"},
             {"INDICATOR_OF_TRUE_BUYER", "Y"},
             {"INDICATOR_OF_TRUE_SUPPLIER", "N"},
             {"CARRIER_SASC_CODE", "SYNX"},
             {"QUANTITY", "10"},
             {"QUANTITY_UNIT", "CTN"},
             {"WEIGHT", "220.46"},
             {"WEIGHT_UNIT", "LB"},
             {"WEIGHT_IN_KG", "100"},
             {"COUNTRY", "CHINA"},
             {"CIF", "0"},
             {"CONTAINER_ID", "AAAA1,BBBB2"}},
            {{"date", "2023-10-05"},
             {"declaration", "SYNT0001"},
             {"hs", "880622"},
             {"unit", "CTN"},
             {"quantity", "10"},
             {"gross", "100"},
             {"route", "import CN>>US"},
             {"notify_party", "SYNTHETIC FORWARDING"},
             {"consignee", "SYNTHETIC IMPORTS||SYNTHETIC IMPORTS INC.|1 EXAMPLE STREET"},
             {"carrier", "|other=SYNX"}});
}

TEST(Layouts, Pakistan) {
  ExpectRow("pakistan-import",
            {{"CASH_NO", "KAPW-1"},
             {"IMP_DATE", "2023-10-05"},
             {"HS_CODE", "8806220"},
             {"IMPORTER_NTN", "0000001"},
             {"IMPORTER_NAME", "SYNTHETIC TRADERS"},
             {"IMPORTER_ADDRESS", "FIRST TO WN ....."},
             {"SUPPLIER_NAME", "SYNTHETIC CO"},
             {"AGENT_NAME", "CLEARING SYNTHETIC"},
             {"QUANTITY", "4"},
             {"UNIT", "NOS"},
             {"TOTAL_DCL_VALUE_USD", "40"},
             {"TOTAL_ASSESS_VALUE_USD", "11000"},
             {"ORIGIN_COUNTRY", "CHINA"}},
            {{"date", "2023-10-05"},
             {"declaration", "KAPW-1"},
             {"hs", "08806220"},
             {"unit", "NOS"},
             {"quantity", "4"},
             {"currency", "PKR"},
             {"value_usd", "40"},
             {"route", "import CN>>PK"},
             {"supplier", "SYNTHETIC CO"},
             {"agent", "CLEARING SYNTHETIC"},
             {"importer", "SYNTHETIC TRADERS|||FIRST TO WN .....|tax_id=0000001"}});
}

TEST(Layouts, Uzbekistan) {
  ExpectRow("uzbekistan-import",
            {{"REGISTRATION_NUMBER", "26001/1"},
             {"DATE_OF_ISSUE", "2023-10-05"},
             {"CUSTOMS_MODE_CODE", "40"},
             {"HS_CODE", "8806221000"},
             {"IMPORTER_CODE", "300000001"},
             {"IMPORTER_NAME", "OOO SINTEZ"},
             {"SUPPLIER_NAME", "SYNTHETIC LTD"},
             {"SUPPLIER_CODE", "0"},
             {"CONTRACT_HOLDER_NAME", "OOO SINTEZ"},
             {"TRUSTEE_NAME", "DIRECTOR: INVENTED PERSON +998"},
             {"PIECES_OR_NUMBER_OF_GOODS", "2"},
             {"NUMBER_OF_GOODS", "17"},
             {"ADDITIONAL_MEASUREMENT_UNIT", "ШТ"},
             {"NET_WEIGHT_KG", "3"},
             {"TOTAL_INVOICE_VALUE_FC", "500"},
             {"CONTRACT_CURRENCY", "CNY"},
             {"TOTAL_INVOICE_VALUE_USD", "70"},
             {"STATISTICAL_VALUE_IN_1000_USD", "0.07"},
             {"COUNTRY_OF_EXPORTER", "CHINA"},
             {"ORIGIN_COUNTRY", "CHINA"},
             {"DESTINATION_COUNTRY", "UZBEKISTAN"}},
            {{"date", "2023-10-05"},
             {"declaration", "26001/1"},
             {"procedure", "40"},
             {"hs", "8806221000"},
             {"unit", "ШТ"},
             {"quantity", "2"},
             {"net", "3"},
             {"value", "500"},
             {"currency", "CNY"},
             {"value_usd", "70"},
             {"route", "import CN>CN>UZ"},
             {"supplier", "SYNTHETIC LTD"},
             {"contract_holder", "OOO SINTEZ"},
             {"trustee", "DIRECTOR: INVENTED PERSON +998"},
             {"importer", "OOO SINTEZ||||tax_id=300000001"}});
}

TEST(Layouts, OrderLinesOfAnErpSystem) {
  const std::vector<std::string> headers = {
      "Sales Order,Order Date,Sold-to Name,Ship-to Name,Ship-to Country,Material "
      "Description,Commodity Code,Order Quantity,Sales Unit,Net Value,Document Currency",
      "订单号,订单日期,客户名称,Ship to,Destination,产品名称,HS Code,QTY,UoM,金额,Currency"};
  for (const auto& header : headers) {
    const auto ledger =
        ImportFiles({TestFile("orders.csv", header + "\n4711,2023-10-05,Synthetic Buyer,Synthetic "
                                                     "Depot,RU,Drone,8806221011,5,PCS,900,USD\n")});
    ASSERT_TRUE(ledger) << ledger.error().ToString();
    EXPECT_EQ(ledger->sources[0].mapping.layout, "generic-orders") << header;
    EXPECT_EQ(Described(*ledger), (Cells{{"declaration", "4711"},
                                         {"date", "2023-10-05"},
                                         {"buyer", "Synthetic Buyer"},
                                         {"consignee", "Synthetic Depot"},
                                         {"hs", "8806221011"},
                                         {"quantity", "5"},
                                         {"unit", "PCS"},
                                         {"value", "900"},
                                         {"value_usd", "900"},
                                         {"currency", "USD"},
                                         {"route", "export >>RU"}}));
  }
}

TEST(Layouts, ColumnsThatNameAnotherUnitAreScaled) {
  const auto ledger = ImportFiles({TestFile("pounds.csv",
                                            "date,exporter,description,Net weight (lbs),Value in "
                                            "1000 USD\n2023-10-05,A Ltd,drone,10,1.5\n")});
  ASSERT_TRUE(ledger) << ledger.error().ToString();
  EXPECT_DOUBLE_EQ(ledger->lines.net_mass_kg[0], 4.5359237);
  EXPECT_DOUBLE_EQ(ledger->lines.value_usd[0], 1500);
}

}  // namespace
}  // namespace tidewaiter::ledger
