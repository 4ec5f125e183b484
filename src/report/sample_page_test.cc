#include "report/sample_page.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>

#include "base/hash.h"

namespace tidewaiter::report {
namespace {

constexpr std::array<const char*, 6> kExporters = {
    "SYNTHETIC Harbour Lantern Trading Co., Ltd.",
    "SYNTHETIC Nine Reeds Electronics (Shenzhen) Ltd.",
    "SYNTHETIC Amber Quay FZE",
    "SYNTHETIC Steppe Courier LLP",
    "SYNTHETIC 测试光电有限公司",
    "SYNTHETIC Blue Kiln Components Ltd."};
constexpr std::array<const char*, 5> kImporters = {
    "SYNTHETIC ООО ПРИМЕР ЛОГИСТИК", "SYNTHETIC ООО ТЕСТ-АЭРО", "SYNTHETIC OOO BIRCH LINE",
    "SYNTHETIC АО НЕБЫЛИЦА", "SYNTHETIC ООО СЕВЕРНЫЙ ОБРАЗЕЦ"};

struct Product {
  const char *brand, *model, *kind, *description, *hs;
  double price, mass;
};
constexpr std::array<Product, 7> kProducts = {{
    {"DJI", "Mavic 3", "drone", "КВАДРОКОПТЕР DJI MAVIC 3, С КАМЕРОЙ / QUADCOPTER DJI MAVIC 3",
     "8806221011", 1400, 0.9},
    {"Autel", "EVO Max 4T", "drone", "UNMANNED AIRCRAFT AUTEL EVO MAX 4T WITH THERMAL CAMERA",
     "8806231000", 6900, 1.6},
    {"T-Motor", "", "motor", "БЕСКОЛЛЕКТОРНЫЙ ЭЛЕКТРОДВИГАТЕЛЬ T-MOTOR ДЛЯ БПЛА", "8501310000", 62,
     0.12},
    {"", "", "flight_controller", "FLIGHT CONTROLLER BOARD F7 FOR RC MODELS", "8537109100", 41,
     0.03},
    {"", "", "", "STEEL BOLTS M8, GALVANISED", "7318158100", 0.2, 0.02},
    {"", "", "", "КОФЕМАШИНА БЫТОВАЯ", "8516710000", 210, 7.5},
    {"DJI", "", "accessory", "CASE FOR DJI MINI, NYLON", "4202929100", 9, 0.3},
}};

// A fixed sequence: the sample is the same everywhere.
uint64_t Draw(uint64_t row, uint64_t salt) {
  return Hash64(std::to_string(row) + "/" + std::to_string(salt));
}
const Product& ProductOf(uint64_t row) { return kProducts[Draw(row, 1) % kProducts.size()]; }
const char* ExporterOf(uint64_t row) { return kExporters[Draw(row, 2) % kExporters.size()]; }
const char* ImporterOf(uint64_t row) { return kImporters[Draw(row, 3) % kImporters.size()]; }
bool IsDroneGoods(uint64_t row) {
  return ProductOf(row).kind[0] != 0 && ProductOf(row).kind[0] != 'a';
}

Date DateOf(uint64_t row) {
  return FromYearMonthDay({2022, 1, 3}) +
         static_cast<int32_t>((row * 1095 / 900 + Draw(row, 4) % 20) % 1100);
}
std::string DepartureOf(uint64_t row) {
  constexpr std::array<const char*, 8> kDepartures = {"CN", "CN", "CN", "HK", "AE", "KZ", "TR", ""};
  return kDepartures[Draw(row, 5) % kDepartures.size()];
}
double QuantityOf(uint64_t row) { return static_cast<double>(1 + Draw(row, 6) % 60); }
double ValueOf(uint64_t row) {
  return QuantityOf(row) * ProductOf(row).price *
         (0.8 + static_cast<double>(Draw(row, 7) % 40) / 100);
}
Outcome OutcomeOf(uint64_t row) {
  const std::string_view kind = ProductOf(row).kind;
  const bool later = DateOf(row) >= FromYearMonthDay({2023, 9, 1});
  if (kind == "drone") return later ? Outcome::kStop : Outcome::kAsk;
  if (kind == "motor" || kind == "flight_controller")
    return later ? Outcome::kAsk : Outcome::kClear;
  return Draw(row, 8) % 40 == 0 ? Outcome::kReview : Outcome::kClear;
}

class Sample {
 public:
  explicit Sample(uint64_t lines) : lines_(lines) {}

  Page Build() {
    FillRun();
    FillOutcomes();
    FillRules();
    FillQuestions();
    FillHits();
    page_.totals = {
        TotalsOf("Drones and drone parts",
                 "Lines whose goods were recognised as a drone or a part of one.", IsDroneGoods),
        TotalsOf("All goods", "Every line of the file.", [](uint64_t) { return true; })};
    FillIndicators();
    return std::move(page_);
  }

 private:
  RowSet Select(const std::function<bool(uint64_t)>& wanted, const std::string& condition) const {
    RowSet set;
    set.query = "select source, row from lines where " + condition + " order by all";
    std::string bytes;
    for (uint64_t row = 1; row <= lines_; ++row) {
      if (!wanted(row)) continue;
      set.rows.push_back({0, row});
      bytes += std::to_string(row) + "\n";
    }
    set.count = set.rows.size();
    set.hash = Sha256Hex(bytes);
    if (set.count > kEmbeddedRows) set.rows.clear();
    return set;
  }

  void FillRun() {
    page_.synthetic = true;
    page_.command = "tidewaiter inspect sample.csv --out out/sample";
    page_.first_date = DateOf(1);
    page_.last_date = FromYearMonthDay({2024, 12, 30});
    page_.engine = {
        "watchlist-5c1e", "rulepacks-77ab", "catalogue-90d2", "general@1f", "0.1.0", {}, {}};
    page_.who_is_who = "4ab1 (parties: 12, names as written: 15)";
    page_.inputs = {
        {"sample.csv",
         Sha256Hex("sample"),
         481516,
         "russia-import",
         lines_ + 3,
         lines_,
         3,
         {"IMP_DATE", "DECLARATION_NUMBER", "SUPPLIER_NAME", "IMPORTER_NAME", "HS_CODE",
          "PRODUCT_DESCRIPTION", "QUANTITY", "NET_WEIGHT_KG", "TOTAL_VALUE_USD", "BRAND"}}};
    page_.lists = {{"drone_trade", "Parties of the drone trade that an authority has listed",
                    Date{19700}, 31, ""},
                   {"ofac_sdn", "US Treasury, Specially Designated Nationals", Date{19753}, 13821,
                    "317 days old"}};
    page_.missing_lists = {"un_sc", "eu_fsf"};
    page_.warnings = {"ofac_sdn is 317 days old; `tidewaiter lists update` fetches the newest"};
    page_.checked = {"Importer of every line against 2 lists",
                     "Goods of every line against 101 rules"};
    page_.not_checked = {"End use: the file does not state it",
                         "Owners of the parties: the file names none"};
    page_.rejects = {{"11 cells where the header has 10", 2},
                     {"the date is not a day of the calendar", 1}};
    page_.control_dates = {
        {FromYearMonthDay({2022, 2, 24}),
         "Invasion of Ukraine: reference day of the indicators",
         {}},
        {FromYearMonthDay({2022, 4, 26}),
         "DJI states that it suspends business in both countries",
         {}},
        {FromYearMonthDay({2023, 9, 1}),
         "China: some consumer drones and engines controlled",
         {"CN-2023-28-2"}},
        {FromYearMonthDay({2023, 9, 20}), "An invented date close to the one before", {}},
        {FromYearMonthDay({2024, 9, 1}), "China: the list is widened", {"CN-2024-31-1"}}};
  }

  void FillOutcomes() {
    const auto of = [&](Outcome outcome, const std::string& name) {
      return Select([&](uint64_t row) { return OutcomeOf(row) == outcome; },
                    "outcome = '" + name + "'");
    };
    page_.outcomes = {of(Outcome::kStop, "stop"), of(Outcome::kAsk, "ask"),
                      of(Outcome::kReview, "review"), of(Outcome::kClear, "clear")};
    page_.verdicts = {
        {Outcome::kStop,
         {"OWN-1 prohibits it: no sale to these two countries, whatever the end use"},
         {{"CN-2024-31-1",
           RuleStatus::kApplies,
           {"in force on the line's day", "the exporter sits in CN", "HS 880622 is on the list"},
           {},
           false},
          {"CN-2023-28-2",
           RuleStatus::kDepends,
           {"the parameters are not met by what is known"},
           {"exporter_knows_of_prohibited_use"},
           false},
          {"OWN-1", RuleStatus::kApplies, {"the destination is RU"}, {}, false}},
         {"CN-ECL-12-3"}},
        {Outcome::kAsk,
         {"depends on mtow"},
         {{"CN-2023-28-2",
           RuleStatus::kDepends,
           {"mtow is not known"},
           {"mtow", "endurance"},
           false}},
         {}},
        {Outcome::kReview, {"a recipient looks like a listed party"}, {}, {}}};
    for (const Outcome outcome : {Outcome::kStop, Outcome::kReview, Outcome::kAsk})
      AddLines(outcome);
  }

  void AddLines(Outcome outcome) {
    const uint32_t verdict = outcome == Outcome::kStop ? 0 : outcome == Outcome::kAsk ? 1 : 2;
    for (uint64_t row = 1; row <= lines_; ++row) {
      if (OutcomeOf(row) != outcome) continue;
      Line line{{0, row}, verdict, {}};
      if (ImporterOf(row) == kImporters[1]) line.hits.push_back(0);
      page_.lines.push_back(std::move(line));
    }
  }

  void FillRules() {
    const auto stop = page_.outcomes.stop, ask = page_.outcomes.ask;
    page_.rules = {{"CN-2024-31-1",
                    "Some drones and their parts",
                    "MOFCOM",
                    "license",
                    {FromYearMonthDay({2024, 9, 1}), kDistantFuture},
                    "Ministry of Commerce, Announcement No. 31 of 2024, section 1",
                    "quoted",
                    "",
                    {},
                    stop,
                    {}},
                   {"OWN-1",
                    "No sale or spare part to customers in these two countries",
                    "Own policy",
                    "prohibit",
                    {FromYearMonthDay({2022, 4, 26}), kDistantFuture},
                    "Own policy, 2022-04-26",
                    "quoted",
                    "",
                    {},
                    stop,
                    {}},
                   {"CN-2023-28-2",
                    "Drones below the thresholds, for prohibited use",
                    "MOFCOM",
                    "license",
                    {FromYearMonthDay({2023, 9, 1}), FromYearMonthDay({2024, 8, 31})},
                    "Ministry of Commerce, Announcement No. 28 of 2023, section 2",
                    "quoted-secondary",
                    "",
                    {"Whether the threshold counts the battery is not sure."},
                    {},
                    ask},
                   {"XX-MEMORY-1",
                    "A rule written down from memory",
                    "Example authority",
                    "license",
                    {kDistantPast, kDistantFuture},
                    "not seen",
                    "memory",
                    "memory",
                    {"The whole of it is from memory."},
                    {},
                    ask}};
  }

  void FillQuestions() {
    const auto about = [&](const std::string& model) {
      return Select(
          [&](uint64_t row) {
            return OutcomeOf(row) == Outcome::kAsk && ProductOf(row).model == model;
          },
          "outcome = 'ask' and model = '" + model + "'");
    };
    page_.questions = {{"Take-off mass of this model?",
                        "DJI Mavic 3",
                        "mtow",
                        "kg",
                        {"CN-2023-28-2"},
                        about("Mavic 3")},
                       {"Take-off mass of this model?",
                        "Autel EVO Max 4T",
                        "mtow",
                        "kg",
                        {"CN-2023-28-2"},
                        about("EVO Max 4T")},
                       {"Does the exporter know of a prohibited use?",
                        "",
                        "exporter_knows_of_prohibited_use",
                        "",
                        {"CN-2023-28-2", "XX-MEMORY-1"},
                        about("")}};
    std::sort(page_.questions.begin(), page_.questions.end(),
              [](const auto& a, const auto& b) { return a.lines.count > b.lines.count; });
  }

  void FillHits() {
    ListedParty entry;
    entry.list = "drone_trade";
    entry.id = "SYN-1";
    entry.kind = PartyKind::kOrganization;
    entry.names = {{"SYNTHETIC TEST AERO LLC", NameStrength::kPrimary, "", "", ""},
                   {"SYNTHETIC ТЕСТ-АЭРО", NameStrength::kStrong, "original script", "", ""},
                   {"TAERO", NameStrength::kWeak, "aka", "", ""}};
    entry.addresses = {{"1 Invented Street, Nowhere", "Nowhere", "", "", "RU"}};
    entry.identifiers = {{"inn", "0000000000", "RU", "INN"}};
    entry.programs = {"SYNTHETIC-PROGRAMME"};
    entry.citations = {"Invented notice 1 of 2023"};
    entry.source_url = "no source: this entry is made up";
    entry.listed_on = FromYearMonthDay({2023, 5, 19});
    page_.entries = {entry};
    page_.hits = {HitOf(1, Role::kImporter, true, 1.0), HitOf(3, Role::kImporter, false, 0.87)};
    page_.hits[1].person = true;
    page_.hits[1].entry.reset();
  }

  PartyHit HitOf(size_t importer, Role role, bool agrees, double score) const {
    PartyHit out;
    out.name = kImporters[importer];
    out.role = role;
    out.country = "RU";
    out.hit.list = "drone_trade";
    out.hit.id = "SYN-1";
    out.hit.name = "SYNTHETIC TEST AERO LLC";
    out.hit.score = score;
    out.hit.identifier_agrees = agrees;
    out.hit.programs = {"SYNTHETIC-PROGRAMME"};
    out.hit.why = {"ТЕСТ-АЭРО is TEST AERO in Latin letters",
                   agrees ? "INN 0000000000 agrees" : "no identifier to compare"};
    out.entry = 0;
    out.consequence =
        agrees ? "The effect of the list for this exporter applies." : "A person must look.";
    out.rows = Select([&](uint64_t row) { return ImporterOf(row) == kImporters[importer]; },
                      "importer = '...'");
    return out;
  }

  using Key = std::function<std::vector<std::string>(uint64_t)>;

  FigureTable TableOf(FigureTable::Kind kind, std::vector<std::string> columns,
                      const std::function<bool(uint64_t)>& wanted, const Key& key) const {
    FigureTable table;
    table.kind = kind;
    table.columns = std::move(columns);
    std::map<std::vector<std::string>, bool> keys;
    for (uint64_t row = 1; row <= lines_; ++row) {
      if (wanted(row)) keys.emplace(key(row), true);
    }
    for (const auto& [k, unused] : keys) {
      table.figures.push_back(
          FigureOf(k, [&](uint64_t row) { return wanted(row) && key(row) == k; }));
    }
    if (kind != FigureTable::Kind::kMonth) {
      std::stable_sort(table.figures.begin(), table.figures.end(),
                       [](const Figure& a, const Figure& b) { return a.value_usd > b.value_usd; });
    }
    return table;
  }

  Figure FigureOf(std::vector<std::string> key, const std::function<bool(uint64_t)>& wanted) const {
    Figure figure;
    figure.key = std::move(key);
    double value = 0, quantity = 0;
    for (uint64_t row = 1; row <= lines_; ++row) {
      if (!wanted(row)) continue;
      value += ValueOf(row);
      quantity += QuantityOf(row);
    }
    figure.value_usd = value;
    figure.quantity = quantity;
    figure.unit = "pcs";
    figure.rows = Select(wanted, "... as shown");
    return figure;
  }

  Totals TotalsOf(std::string title, std::string scope,
                  const std::function<bool(uint64_t)>& wanted) const {
    Totals totals{std::move(title), std::move(scope), FigureOf({}, wanted), {}};
    totals.total.value_without_disputed = *totals.total.value_usd * 0.92;
    using Kind = FigureTable::Kind;
    totals.tables.push_back(TableOf(Kind::kMonth, {"Month"}, wanted, [](uint64_t row) {
      return std::vector<std::string>{ToString(DateOf(row)).substr(0, 7)};
    }));
    totals.tables.push_back(TableOf(
        Kind::kRoute, {"Origin", "Departure", "Destination"}, wanted,
        [](uint64_t row) { return std::vector<std::string>{"CN", DepartureOf(row), "RU"}; }));
    totals.tables.push_back(TableOf(Kind::kBrand, {"Brand"}, wanted, [](uint64_t row) {
      return std::vector<std::string>{ProductOf(row).brand};
    }));
    totals.tables.push_back(TableOf(Kind::kParty, {"Supplier"}, wanted, [](uint64_t row) {
      return std::vector<std::string>{ExporterOf(row)};
    }));
    totals.tables.back().role = Role::kSupplier;
    totals.tables.back().note =
        "The file does not say whether a supplier sold or shipped the goods.";
    return totals;
  }

  void FillIndicators() {
    IndicatorResult mass{18,
                         "mass_implausible",
                         "Mass implausible for the model",
                         "Invented source",
                         "The declared net mass of a piece is far from the mass of the model.",
                         "That somebody lied: a set, a typing error or a wrong unit look the same.",
                         "more than a factor of 2",
                         "",
                         {}};
    for (uint64_t row = 1; row <= lines_; ++row) {
      if (ProductOf(row).model[0] == 0 || Draw(row, 9) % 12 != 0) continue;
      mass.findings.push_back({"line", "row " + std::to_string(row), false,
                               "3.4 times the mass of the model", "", DateOf(row), DateOf(row),
                               Select([&](uint64_t r) { return r == row; }, "row = ...")});
    }
    IndicatorResult mirror{24,
                           "mirror_gap",
                           "Mirror gap",
                           "Invented source",
                           "Exports of one side missing on the other.",
                           "Where they went.",
                           "gap 0.5",
                           "no flow table is loaded",
                           {}};
    page_.indicators = {mass, mirror};
  }

  const uint64_t lines_;
  Page page_;
};

}  // namespace

Page SamplePage(uint64_t lines) { return Sample(lines).Build(); }

Row SampleRow(RowReference reference) {
  const uint64_t n = reference.row;
  const Product& product = ProductOf(n);
  Row row;
  row.reference = reference;
  row.offset = n * 512;
  row.length = 498;
  row.hash = RowHashHex("row " + std::to_string(n));
  row.date = DateOf(n);
  row.declaration = "SYNTHETIC/" + std::to_string(100000 + n);
  row.hs = product.hs;
  row.description = product.description;
  row.brand = product.brand;
  row.model = product.model;
  row.component_class = product.kind;
  row.quantity = QuantityOf(n);
  row.unit = "pcs";
  row.net_mass_kg = QuantityOf(n) * product.mass;
  row.value = row.value_usd = ValueOf(n);
  row.currency = "USD";
  row.origin = "CN";
  row.departure = DepartureOf(n);
  row.destination = "RU";
  row.parties = {{Role::kSupplier, ExporterOf(n), "CN", false},
                 {Role::kImporter, ImporterOf(n), "RU", ImporterOf(n) == kImporters[3]}};
  row.cells = {ToString(*row.date),
               row.declaration,
               ExporterOf(n),
               ImporterOf(n),
               row.hs,
               row.description,
               std::to_string(QuantityOf(n)),
               std::to_string(*row.net_mass_kg),
               std::to_string(ValueOf(n)),
               row.brand};
  return row;
}

Page WithRows(Page page) {
  for (const RowReference reference : RowsToEmbed(page)) page.rows.push_back(SampleRow(reference));
  return page;
}

}  // namespace tidewaiter::report
