#include "ledger/layout.h"

#include <fstream>
#include <map>

#include "ledger/testing.h"

namespace tidewaiter::ledger {
namespace {

std::vector<std::string> Split(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::string UseOf(const std::string& name) {
  return ToString(ShippedLayouts().Recognise({name}).columns[0].use);
}

TEST(Layout, EveryShippedLayoutRecognisesItsOwnHeaderInAnyOrderAndCase) {
  for (const Layout& layout : ShippedLayouts().all()) {
    std::vector<std::string> header = {"something between"};
    for (auto at = layout.columns.rbegin(); at != layout.columns.rend(); ++at) {
      std::string name = at->first;
      for (char& c : name) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
      header.push_back(name);
    }
    const Mapping mapping = ShippedLayouts().Recognise(header);
    EXPECT_EQ(mapping.layout, layout.name);
    EXPECT_EQ(mapping.columns[0].use.kind, ColumnUse::Kind::kUnknown);
    EXPECT_TRUE(mapping.Usable()) << layout.name;
  }
}

TEST(Layout, AMappingWrittenAsYamlReadsBackTheSame) {
  for (const Layout& layout : ShippedLayouts().all()) {
    std::vector<std::string> header;
    for (const auto& [name, use] : layout.columns) header.push_back(name);
    const Mapping mapping = ShippedLayouts().Recognise(header);
    const auto own = ParseLayout(mapping.ToYaml(), "own.yaml");
    ASSERT_TRUE(own) << own.error().ToString();
    const auto again = ShippedLayouts().Apply(*own, header);
    ASSERT_TRUE(again);
    ASSERT_EQ(again->columns.size(), mapping.columns.size());
    for (size_t i = 0; i < header.size(); ++i)
      EXPECT_EQ(again->columns[i].use, mapping.columns[i].use) << header[i];
    EXPECT_EQ(again->constants, mapping.constants);
    EXPECT_EQ(again->date_formats, mapping.date_formats);
    EXPECT_EQ(again->hs_digits, mapping.hs_digits);
    EXPECT_EQ(again->zero_is_missing, mapping.zero_is_missing);
  }
}

TEST(Layout, NamesOfColumnsAreUnderstoodOrUnknownNeverGuessed) {
  const std::map<std::string, std::string> expected = {
      {"Importer Name EN", "importer.name_en"},
      {"STD_SUPPLIER_NAME", "supplier.name_standard"},
      {"raw_notify_party_name", "notify_party.name_raw"},
      {"Notify Party Address", "notify_party.address"},
      {"customsBrokerName", "customs_broker.name"},
      {"CUSTOMS_AGENT", "customs_broker.name"},
      {"IMPORTER_TIN", "importer.identifier"},
      {"EXPORTER_POSTAL_CODE", "exporter.postal_code"},
      {"COUNTRY_OF_EXPORTER", "exporter.country"},
      {"Наименование получателя", "consignee.name"},
      {"Адрес грузополучателя", "consignee.address"},
      {"Страна отправителя", "consignor.country"},
      {"Телефон импортёра", "importer.phone"},
      {"收货人地址", "consignee.address"},
      {"境内发货人名称", "exporter.name"},
      {"出口企业统一社会信用代码", "exporter.identifier"},
      {"最终用户", "end_user.name"},
      {"收货人签字", "unknown"},
      {"目的国", "destination"},
      {"Nombre del importador", "importer.name"},
      {"Dirección del exportador", "exporter.address"},
      {"País del proveedor", "supplier.country"},
      {"Nom de l'expéditeur", "consignor.name"},
      {"Destinataire adresse", "consignee.address"},
      {"İthalatçı adresi", "importer.address"},
      {"Alıcı unvanı", "buyer.name"},
      {"Empfänger Land", "consignee.country"},
      {"Net weight (lbs)", "net_mass_kg"},
      {"Value in 1000 USD", "value_usd"},
      {"Получатель", "consignee.name"},
      {"Импортер ИНН", "importer.identifier"},
      {"Ship date", "date"},
      {"qty_unit", "unit"},
      {"Shipping Bill No.", "declaration"},
      {"COO", "origin"},
      {"Dest country", "destination"},
      {"consignee_addr", "consignee.address"},
      {"Importer tax no", "importer.identifier"},
      {"Total amount", "value"},
      {"Масса нетто, кг", "net_mass_kg"},
      {"净重(千克)", "net_mass_kg"},
      {"Weight", "unknown"},
      {"country_departure", "departure"},
      {"Country Code of Destination", "destination"},
      {"COUNTRY_ORIGIN_CODE", "origin"},
      {"CUSTOMS_CODE", "unknown"},
      {"STD_UNIT", "unknown"},
      {"INDICATOR_OF_TRUE_BUYER", "unknown"},
      {"WAREHOUSE_OF_IMPORTER", "unknown"},
      {"CONSIGNEE_CONTRACT_HOLDER", "unknown"},
      {"IMPORT_PORT", "unknown"},
      {"GUARANTEE_AMOUNT", "unknown"},
      {"CURRENCY_OF_CONTRACT_PRICE", "unknown"},
      {"", "unknown"},
  };
  for (const auto& [name, as] : expected) EXPECT_EQ(UseOf(name), as) << name;
}

TEST(Layout, AWeightWithoutAUnitIsReadAsKilogramsAndSaidUnlessUnitsStandBesideIt) {
  const auto uses = [](const std::vector<std::string>& header) {
    const Mapping mapping = ShippedLayouts().Recognise(header);
    std::string all;
    for (const auto& column : mapping.columns) all += ToString(column.use) + " ";
    return all + std::to_string(mapping.assumptions.size());
  };
  EXPECT_EQ(uses({"X", "Net weight", "G_WEIGHT"}), "unknown net_mass_kg gross_mass_kg 2");
  EXPECT_EQ(uses({"Net weight", "Weight unit"}), "net_mass_kg mass_unit 1");
  EXPECT_EQ(uses({"Net weight", "Gross weight", "GROSS_WEIGHT_UNIT"}),
            "unknown gross_mass_kg gross_mass_unit 1")
      << "of what the units of one mass say nothing, nothing is assumed";
  EXPECT_EQ(uses({"Net weight", "NET_WEIGHT_KG"}), "unknown net_mass_kg 0");
  EXPECT_EQ(uses({"Net weight", "NET_WEIGHT_LB"}), "unknown net_mass_kg 0");
  EXPECT_EQ(uses({"Weight"}), "unknown 0");
}

TEST(Layout, AMassThatTakesItsUnitFromAColumnIsWrittenAndReadAgain) {
  const std::vector<std::string> header = {"Importer", "Description", "Net weight", "Weight unit"};
  const Mapping mapping = ShippedLayouts().Recognise(header);
  EXPECT_NE(mapping.ToYaml().find("{as: net_mass_kg, unit: by_row}"), std::string::npos);
  const auto own = ParseLayout(mapping.ToYaml(), "my.yaml");
  ASSERT_TRUE(own) << own.error().ToString();
  const auto again = ShippedLayouts().Apply(*own, header);
  ASSERT_TRUE(again);
  for (size_t i = 0; i < header.size(); ++i)
    EXPECT_EQ(again->columns[i].use, mapping.columns[i].use) << header[i];
  EXPECT_FALSE(ParseLayout("name: x\ncolumns:\n  A: {as: quantity, unit: by_row}\n", "my.yaml"));
}

TEST(Layout, TheRealHeadersAreRecognisedWhereTheyNameARolePlainly) {
  const std::string path = Shared("customs/port_schema_matrix.tsv");
  if (path.empty()) GTEST_SKIP() << "SKIPPED: the shared data is not there";
  // Names that hold a role's word and are no column of that party.
  const std::vector<std::string> no_party = {"INDICATOR", "WAREHOUSE", "AMOUNT", "NUMBER AGENT",
                                             "CONSIGNEE CONTRACT"};
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  int files = 0, plain = 0, recognised = 0;
  while (std::getline(file, line)) {
    ++files;
    const Mapping mapping = ShippedLayouts().Recognise(Split(Split(line, '\t')[3], '|'));
    for (const auto& column : mapping.columns) {
      std::string words;
      bool role = false;
      for (const auto& token : HeaderTokens(column.name)) {
        words += (words.empty() ? "" : " ") + token;
        for (const auto* word :
             {"EXPORTER", "IMPORTER", "SUPPLIER", "BUYER", "CONSIGNEE", "SHIPPER", "DECLARANT",
              "AGENT", "CARRIER", "FORWARDER", "BROKER", "NOTIFY", "TRUSTEE", "MANUFACTURER",
              "HOLDER", "GUARANTEE", "BANK"}) {
          role = role || token == word;
        }
      }
      for (const auto& other : no_party) role = role && words.find(other) == std::string::npos;
      if (!role) continue;
      ++plain;
      if (column.use.kind == ColumnUse::Kind::kParty || ToString(column.use) == "departure") {
        ++recognised;
      } else {
        std::cout << "not recognised: " << Split(line, '\t')[0] << ": " << column.name << "\n";
      }
    }
  }
  EXPECT_EQ(files, 188);
  EXPECT_GT(plain, 700);
  EXPECT_GE(recognised * 100, plain * 95) << recognised << " of " << plain;
}

TEST(Layout, SaysWhatIsWrongWithALayoutFileAndWhere) {
  const std::map<std::string, std::string> wrong = {
      {"name: x\ncolumns:\n  A: importr.name\n", "unknown role \"importr\""},
      {"name: x\ncolumns:\n  A: importer.nam\n", "unknown part of a party \"nam\""},
      {"name: x\ncolumns:\n  A: quantitty\n", "unknown field \"quantitty\""},
      {"name: x\ncolumns:\n  A: date\n  a: hs\n", "the same column twice"},
      {"name: x\ncolums: {}\n", "colum"},
      {"columns: {A: date}\n", "needs a name"},
      {"name: x\n", "needs columns"},
      {"name: x\ncolumns: {A: date}\nconstants: {destination: Mars}\n", "no ISO country code"},
      {"name: x\ncolumns: {A: date}\ndecimal: ;\n", "decimal"},
      {"name: x\ncolumns: {A: date}\nhs_digits: 6.5\n", "a whole number from 0 to 14"},
      {"name: x\ncolumns: {A: date}\nhs_edition: 20777777777777723\n", "from 1988 to 2100"},
  };
  for (const auto& [yaml, message] : wrong) {
    const auto layout = ParseLayout(yaml, "my.yaml");
    ASSERT_FALSE(layout) << yaml;
    EXPECT_NE(layout.error().ToString().find(message), std::string::npos)
        << layout.error().ToString();
    EXPECT_EQ(layout.error().file, "my.yaml");
  }
}

TEST(Layout, AChosenLayoutThatDoesNotFitNamesTheMissingColumn) {
  const auto mapping =
      ShippedLayouts().Apply(*ShippedLayouts().Find("korea-import"), {"Date", "Importer ID"});
  ASSERT_FALSE(mapping);
  EXPECT_EQ(mapping.error().field, "DECLARATIONID");
}

}  // namespace
}  // namespace tidewaiter::ledger
