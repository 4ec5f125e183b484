// The fields that a layout can put into its columns. Files of customs vendors write one fact in
// several ways and leave others out in several ways; the choices follow the row's noise, so that
// they repeat exactly.
#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>

#include "base/date.h"
#include "synth/layout.h"
#include "synth/random.h"

namespace tidewaiter::synth {
namespace {

// Which of a row's small choices a number belongs to; part of the key, so that they do not move
// together.
enum Choice : uint64_t {
  kSpellExporter = 1,
  kSpellImporter,
  kSpellOther,
  kPick,
  kTextNoise,
  kIncoterms,
  kCurrency,
  kBinaryNoise,
  kOffice,
  kMissing,
  kArticle,
};

uint64_t Draw(const RowView& row, Choice choice) { return Mix(row.trade.noise, choice); }

const Good& GoodOf(const RowView& row) { return row.vocabulary.goods[row.trade.good]; }
const Country& At(const RowView& row, uint16_t country) {
  return row.vocabulary.countries[country];
}

void AppendInt(int64_t value, std::string& out) {
  char buffer[24];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  out.append(buffer, end);
}

// `value` in thousandths (or hundredths with two decimals), without trailing zeros.
void AppendDecimal(int64_t value, int decimals, std::string& out) {
  int64_t unit = 1;
  for (int i = 0; i < decimals; ++i) unit *= 10;
  AppendInt(value / unit, out);
  int64_t rest = value % unit;
  if (rest == 0) return;
  out += '.';
  for (unit /= 10; rest > 0; unit /= 10) {
    out += static_cast<char>('0' + rest / unit);
    rest %= unit;
  }
}

// One number in a hundred shows that it went through binary arithmetic: 8.640000000000001.
void AppendNoisyDecimal(const RowView& row, int64_t value, int decimals, std::string& out) {
  const size_t before = out.size();
  AppendDecimal(value, decimals, out);
  const size_t point = out.find('.', before);
  if (point == std::string::npos ||
      Mix(row.trade.noise, kBinaryNoise, static_cast<uint64_t>(value)) % 100 != 0)
    return;
  const size_t digits = out.size() - before - 1;
  out.append(15 - std::min<size_t>(14, digits), '0');
  out += '1';
}

void AppendTwo(int value, std::string& out) {
  out += static_cast<char>('0' + value / 10 % 10);
  out += static_cast<char>('0' + value % 10);
}

// Seven rows in ten have the usual spelling.
uint8_t Spelling(const RowView& row, Choice choice) {
  const uint64_t place = Draw(row, choice) % 100;
  return place < 76 ? 0 : place < 87 ? 1 : place < 97 ? 2 : 3;
}

void PartyName(const RowView& row, const Party& party, Choice choice, Script script,
               std::string& out) {
  if (party.present) row.namer.AppendName(party, Spelling(row, choice), script, out);
}
void PartyAddress(const RowView& row, const Party& party, Script script, std::string& out) {
  if (party.present) row.namer.AppendAddress(party, script, out);
}
void PartyCode(const RowView& row, const Party& party, std::string& out) {
  if (party.present) row.namer.AppendCode(party, out);
}

void AppendUpper(std::string_view text, std::string& out) {
  for (const char c : text) out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

// The word or the nothing with which a file says that there is no brand.
void NoBrand(const RowView& row, std::string& out) {
  out += row.absent[Draw(row, kMissing) % row.absent.size()];
}

void Brand(const RowView& row, std::string& out) {
  const Trade& trade = row.trade;
  const Good& good = GoodOf(row);
  if (trade.maker_brand) {
    std::string name;
    row.namer.AppendName(trade.maker, 0, Script::kLatin, name);
    const size_t begin = name.find(' ');
    out += name.substr(begin + 1, name.find(' ', begin + 1) - begin - 1);
    return;
  }
  const bool silent =
      good.brand.empty() || trade.disguise == Disguise::kVague || Draw(row, kPick) % 4 == 0;
  if (silent) return NoBrand(row, out);
  for (const char c : good.brand)
    out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

void Manufacturer(const RowView& row, std::string& out) {
  if (row.trade.maker.present)
    return PartyName(row, row.trade.maker, kSpellOther, Script::kLatin, out);
  const auto& brand = GoodOf(row).brand;
  if (brand.empty() || row.trade.disguise == Disguise::kVague) return NoBrand(row, out);
  out += brand;
}

void Declaration(const RowView& row, std::string& out) {
  static constexpr std::array<std::string_view, 6> kOffices = {"10999010", "10999020", "10999030",
                                                               "10999040", "10999050", "10999060"};
  const auto ymd = ToYearMonthDay(row.trade.date);
  out += kOffices[row.trade.declaration % kOffices.size()];
  out += '/', AppendTwo(ymd.day, out), AppendTwo(ymd.month, out), AppendTwo(ymd.year, out),
      out += '/';
  AppendInt(static_cast<int64_t>(3000000 + row.trade.declaration), out);
}

void RecordId(const RowView& row, std::string& out) {
  out += "SYNTHETIC-", out += row.place, out += '-';
  AppendInt(static_cast<int64_t>(row.row), out);
}

void Invoice(const RowView& row, std::string& out) {
  out += "SYN-";
  AppendInt(static_cast<int64_t>(
                Mix(row.trade.declaration, static_cast<uint64_t>(row.trade.date.days)) % 1000000),
            out);
}

void Hs(const RowView& row, std::string& out) {
  static constexpr std::array<std::string_view, 4> kCodes = {"9503008500", "8525890009",
                                                             "8529909200", "8543709000"};
  const auto disguise = row.trade.disguise;
  out += disguise == Disguise::kNone ? std::string_view(GoodOf(row).hs)
                                     : kCodes[static_cast<size_t>(disguise) - 1];
}
void HsPrefix(const RowView& row, size_t digits, std::string& out) {
  const size_t before = out.size();
  Hs(row, out);
  out.resize(before + digits);
}

void UsdPerKg(const RowView& row, std::string& out) {
  if (row.trade.net_g > 0)
    AppendNoisyDecimal(row, row.trade.value_cents * 1000 / row.trade.net_g, 2, out);
}

// A made-up rate near the real ones; files in local money need some figure.
void LocalValue(const RowView& row, std::string& out) {
  const int64_t rate = 70 + static_cast<int64_t>((row.trade.date - kFirstDay) / 60);
  AppendNoisyDecimal(row, row.trade.value_cents * rate, 2, out);
}

void Incoterms(const RowView& row, std::string& out) {
  static constexpr std::array<std::string_view, 8> kTerms = {"FOB", "CPT", "DAP", "FCA",
                                                             "EXW", "CIF", "CFR", "CIP"};
  out += kTerms[Draw(row, kIncoterms) % kTerms.size()];
}

void CurrencyCode(const RowView& row, std::string& out) {
  static constexpr std::array<std::string_view, 6> kCurrencies = {"USD", "USD", "CNY",
                                                                  "CNY", "EUR", "RUB"};
  out += kCurrencies[Draw(row, kCurrency) % kCurrencies.size()];
}

void ProcedureCode(const RowView& row, std::string& out) {
  static constexpr std::array<std::string_view, 3> kCodes = {"4000000", "7800000", "8000000"};
  out += kCodes[static_cast<size_t>(row.trade.procedure)];
}
void ProcedureTwo(const RowView& row, std::string& out) {
  const size_t before = out.size();
  ProcedureCode(row, out);
  out.resize(before + 2);
}

void ProcedureName(const RowView& row, bool russian, std::string& out) {
  static constexpr std::array<std::array<std::string_view, 2>, 3> kNames = {{
      {"RELEASE FOR HOME CONSUMPTION", "ВЫПУСК ДЛЯ ВНУТРЕННЕГО ПОТРЕБЛЕНИЯ"},
      {"FREE CUSTOMS ZONE", "СВОБОДНАЯ ТАМОЖЕННАЯ ЗОНА"},
      {"CUSTOMS TRANSIT", "ТАМОЖЕННЫЙ ТРАНЗИТ"},
  }};
  out += kNames[static_cast<size_t>(row.trade.procedure)][russian ? 1 : 0];
}

// The units of goods.tsv are Russian.
void EnglishUnit(const RowView& row, std::string& out) {
  static constexpr std::array<std::array<std::string_view, 2>, 6> kUnits = {{
      {"шт", "pcs"},
      {"кг", "kg"},
      {"м2", "m2"},
      {"пар", "pairs"},
      {"л", "l"},
      {"упак", "packs"},
  }};
  for (const auto& [russian, english] : kUnits) {
    if (GoodOf(row).unit == russian) out += english;
  }
}

void CountryName(const RowView& row, uint16_t country, bool russian, std::string& out) {
  const Country& c = At(row, country);
  out += russian && !c.russian_name.empty() ? c.russian_name : c.name;
}

// The town from which the goods were sold: the foreign place of delivery.
void DeliveryPlace(const RowView& row, bool russian, std::string& out) {
  const Country& country = At(row, row.trade.exporter.country);
  const auto& cities = !russian                          ? country.cities
                       : !country.russian_cities.empty() ? country.russian_cities
                       : !country.local_cities.empty()   ? country.local_cities
                                                         : country.cities;
  out += cities[row.namer.CityOf(row.trade.exporter) % cities.size()];
}

void Packages(const RowView& row, std::string& out) {
  AppendInt(1 + row.trade.gross_g / 22000, out);
}

struct Field {
  std::string_view name;
  FieldWriter write;
};

constexpr Field kFields[] = {
    {"record_id", RecordId},
    {"declaration", Declaration},
    {"invoice", Invoice},
    {"date", [](const RowView& r, std::string& o) { o += ToString(r.trade.date); }},
    {"item", [](const RowView& r, std::string& o) { AppendInt(r.trade.item, o); }},
    {"exporter_name", [](const RowView& r, std::string& o) { PartyName(r, r.trade.exporter, kSpellExporter, Script::kLatin, o); }},
    {"exporter_name_ru", [](const RowView& r, std::string& o) { PartyName(r, r.trade.exporter, kSpellExporter, Script::kRussian, o); }},
    {"exporter_address", [](const RowView& r, std::string& o) { PartyAddress(r, r.trade.exporter, Script::kLatin, o); }},
    {"exporter_address_ru", [](const RowView& r, std::string& o) { PartyAddress(r, r.trade.exporter, Script::kRussian, o); }},
    {"exporter_code", [](const RowView& r, std::string& o) { PartyCode(r, r.trade.exporter, o); }},
    {"exporter_country", [](const RowView& r, std::string& o) { o += At(r, r.trade.exporter.country).iso; }},
    {"importer_name", [](const RowView& r, std::string& o) { PartyName(r, r.trade.importer, kSpellImporter, Script::kLatin, o); }},
    {"importer_name_ru", [](const RowView& r, std::string& o) { PartyName(r, r.trade.importer, kSpellImporter, Script::kRussian, o); }},
    {"importer_address", [](const RowView& r, std::string& o) { PartyAddress(r, r.trade.importer, Script::kLatin, o); }},
    {"importer_address_ru", [](const RowView& r, std::string& o) { PartyAddress(r, r.trade.importer, Script::kRussian, o); }},
    {"importer_code", [](const RowView& r, std::string& o) { PartyCode(r, r.trade.importer, o); }},
    {"exporter_name_zh", [](const RowView& r, std::string& o) { PartyName(r, r.trade.exporter, kSpellExporter, Script::kChinese, o); }},
    {"exporter_address_zh", [](const RowView& r, std::string& o) { PartyAddress(r, r.trade.exporter, Script::kChinese, o); }},
    {"importer_address_35",
     [](const RowView& r, std::string& o) {
       PartyAddress(r, r.trade.importer, Script::kLatin, o);
       if (o.size() > 35) o.resize(35);
     }},
    {"procedure_name", [](const RowView& r, std::string& o) { ProcedureName(r, false, o); }},
    {"procedure_name_ru", [](const RowView& r, std::string& o) { ProcedureName(r, true, o); }},
    {"unit_en", EnglishUnit},
    {"bill", [](const RowView& r, std::string& o) { o += "SYNT"; AppendInt(static_cast<int64_t>(10000000 + Mix(r.trade.declaration, static_cast<uint64_t>(r.trade.date.days)) % 90000000), o); }},
    {"importer_country", [](const RowView& r, std::string& o) { o += At(r, r.trade.importer.country).iso; }},
    {"consignee_name", [](const RowView& r, std::string& o) { PartyName(r, r.trade.consignee, kSpellOther, Script::kLatin, o); }},
    {"consignee_address", [](const RowView& r, std::string& o) { PartyAddress(r, r.trade.consignee, Script::kLatin, o); }},
    {"broker_name_ru", [](const RowView& r, std::string& o) { PartyName(r, r.trade.broker, kSpellOther, Script::kRussian, o); }},
    {"broker_name", [](const RowView& r, std::string& o) { PartyName(r, r.trade.broker, kSpellOther, Script::kLatin, o); }},
    {"broker_code", [](const RowView& r, std::string& o) { PartyCode(r, r.trade.broker, o); }},
    {"declarant_name_ru", [](const RowView& r, std::string& o) { PartyName(r, r.trade.declarant, kSpellOther, Script::kRussian, o); }},
    {"declarant_name", [](const RowView& r, std::string& o) { PartyName(r, r.trade.declarant, kSpellOther, Script::kLatin, o); }},
    {"declarant_address", [](const RowView& r, std::string& o) { PartyAddress(r, r.trade.declarant, Script::kLatin, o); }},
    {"declarant_address_ru", [](const RowView& r, std::string& o) { PartyAddress(r, r.trade.declarant, Script::kRussian, o); }},
    {"declarant_code", [](const RowView& r, std::string& o) { PartyCode(r, r.trade.declarant, o); }},
    {"agent_name", [](const RowView& r, std::string& o) { PartyName(r, r.trade.agent, kSpellOther, Script::kLatin, o); }},
    {"agent_address", [](const RowView& r, std::string& o) { PartyAddress(r, r.trade.agent, Script::kLatin, o); }},
    {"manufacturer", Manufacturer},
    {"brand", Brand},
    {"hs", Hs},
    {"hs2", [](const RowView& r, std::string& o) { HsPrefix(r, 2, o); }},
    {"hs4", [](const RowView& r, std::string& o) { HsPrefix(r, 4, o); }},
    {"hs6", [](const RowView& r, std::string& o) { HsPrefix(r, 6, o); }},
    {"description", [](const RowView& r, std::string& o) { AppendDescription(r, "en", o); }},
    {"description_ru", [](const RowView& r, std::string& o) { AppendDescription(r, "ru", o); }},
    {"description_zh", [](const RowView& r, std::string& o) { AppendDescription(r, "zh", o); }},
    {"quantity", [](const RowView& r, std::string& o) { AppendInt(r.trade.quantity, o); }},
    {"unit", [](const RowView& r, std::string& o) { o += GoodOf(r).unit; }},
    {"net_kg", [](const RowView& r, std::string& o) { AppendNoisyDecimal(r, r.trade.net_g, 3, o); }},
    {"gross_kg", [](const RowView& r, std::string& o) { AppendNoisyDecimal(r, r.trade.gross_g, 3, o); }},
    {"gross_lb", [](const RowView& r, std::string& o) { AppendDecimal(r.trade.gross_g * 220462 / 1000000, 2, o); }},
    {"value_usd", [](const RowView& r, std::string& o) { AppendNoisyDecimal(r, r.trade.value_cents, 2, o); }},
    {"value_local", LocalValue},
    {"usd_per_kg", UsdPerKg},
    {"currency", CurrencyCode},
    {"incoterms", Incoterms},
    {"procedure", ProcedureCode},
    {"procedure2", ProcedureTwo},
    {"origin", [](const RowView& r, std::string& o) { o += At(r, r.trade.origin).iso; }},
    {"origin_name", [](const RowView& r, std::string& o) { CountryName(r, r.trade.origin, false, o); }},
    {"origin_name_russian", [](const RowView& r, std::string& o) { CountryName(r, r.trade.origin, true, o); }},
    {"departure", [](const RowView& r, std::string& o) { o += At(r, r.trade.departure).iso; }},
    {"departure_name", [](const RowView& r, std::string& o) { CountryName(r, r.trade.departure, false, o); }},
    {"departure_name_russian", [](const RowView& r, std::string& o) { CountryName(r, r.trade.departure, true, o); }},
    {"trading", [](const RowView& r, std::string& o) { o += At(r, r.trade.trading).iso; }},
    {"trading_name", [](const RowView& r, std::string& o) { CountryName(r, r.trade.trading, false, o); }},
    {"trading_name_russian", [](const RowView& r, std::string& o) { CountryName(r, r.trade.trading, true, o); }},
    {"destination", [](const RowView& r, std::string& o) { o += At(r, r.trade.destination).iso; }},
    {"destination_name", [](const RowView& r, std::string& o) { CountryName(r, r.trade.destination, false, o); }},
    {"destination_name_russian", [](const RowView& r, std::string& o) { CountryName(r, r.trade.destination, true, o); }},
    {"delivery_place", [](const RowView& r, std::string& o) { DeliveryPlace(r, false, o); }},
    {"delivery_place_russian", [](const RowView& r, std::string& o) { DeliveryPlace(r, true, o); }},
    {"delivery_place_short",
     [](const RowView& r, std::string& o) {
       const size_t before = o.size();
       DeliveryPlace(r, false, o);
       if (o.size() > before + 5) o.resize(before + 5);
     }},
    {"customs_office", [](const RowView& r, std::string& o) { AppendInt(static_cast<int64_t>(10999010 + 10 * (r.trade.declaration % 6)), o); }},
    {"containers", [](const RowView& r, std::string& o) { AppendInt(r.trade.gross_g / 18000000, o); }},
    {"packages", Packages},
};

// The k-th "{a|b|c}" of a template by the k-th draw; a language with fewer choices takes the same
// place.
void AppendTemplate(std::string_view text, uint64_t draw, std::string& out) {
  for (uint64_t k = 0; !text.empty(); ++k) {
    const size_t open = text.find('{');
    out += text.substr(0, open);
    if (open == std::string_view::npos) return;
    const size_t close = text.find('}', open);
    std::string_view choices = text.substr(open + 1, close - open - 1);
    uint64_t count = 1;
    for (const char c : choices) count += c == '|';
    for (uint64_t skip = Mix(draw, k) % count; skip > 0; --skip)
      choices.remove_prefix(choices.find('|') + 1);
    out += choices.substr(0, choices.find('|'));
    text.remove_prefix(close + 1);
  }
}

// Four honest rows in ten name an article of their seller's, one of some thirty for each kind of
// goods.
void AppendArticle(const RowView& row, std::string_view language, std::string& out) {
  const uint64_t draw = Draw(row, kArticle);
  if (!GoodOf(row).component_class.empty() || draw % 10 >= 4) return;
  const uint64_t article = Mix(row.trade.exporter.id, row.trade.good, draw / 10 % 32);
  out += language == "ru" ? ", АРТ. " : language == "zh" ? " 货号 " : ", ART. ";
  out += static_cast<char>('A' + article % 26);
  out += static_cast<char>('A' + article / 26 % 26);
  out += '-';
  AppendInt(static_cast<int64_t>(1000 + article / 676 % 9000), out);
}

std::string_view GoodText(const Good& good, std::string_view language) {
  return language == "ru" ? good.ru : language == "zh" ? good.zh : good.en;
}

struct Disguised {
  std::string_view ru, en, zh;
};
constexpr Disguised kDisguises[] = {
    {"ИГРУШКА НА РАДИОУПРАВЛЕНИИ, ", "RADIO CONTROLLED TOY, ", "遥控玩具, "},
    {"", "", ""},  // the camera's and the parts' code, and the honest text
    {"", "", ""},
    {"КОМПЛЕКТУЮЩИЕ ДЛЯ ЭЛЕКТРОННОГО ОБОРУДОВАНИЯ", "COMPONENTS FOR ELECTRONIC EQUIPMENT",
     "电子设备配件"},
};

// Cuts at `limit` bytes or before, never inside a character.
void CutAt(size_t begin, size_t limit, std::string& out) {
  if (out.size() - begin <= limit) return;
  size_t end = begin + limit;
  while (end > begin && (static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) --end;
  out.resize(end);
}

// Two in a hundred are cut short, two begin with a list number, two have doubled blanks.
void AddNoise(uint64_t draw, size_t begin, std::string& out) {
  switch (draw % 50) {
    case 0:
      return CutAt(begin, 48 + draw / 50 % 30, out);
    case 1:
      out.insert(begin, "1) ");
      return;
    case 2:
      if (const size_t blank = out.find(' ', begin); blank != std::string::npos)
        out.insert(blank, " ");
      return;
    default:
      return;
  }
}

}  // namespace

void AppendDescription(const RowView& row, std::string_view language, std::string& out) {
  const Good& good = GoodOf(row);
  const size_t begin = out.size();
  const auto disguise = row.trade.disguise;
  if (disguise != Disguise::kNone) {
    const auto& text = kDisguises[static_cast<size_t>(disguise) - 1];
    out += language == "ru" ? text.ru : language == "zh" ? text.zh : text.en;
  }
  if (disguise == Disguise::kVague) return;
  AppendTemplate(GoodText(good, language), Draw(row, kPick), out);
  AppendArticle(row, language, out);
  if (!row.trade.plain) AddNoise(Draw(row, kTextNoise), begin, out);
}

FieldWriter FindField(std::string_view name) {
  for (const auto& field : kFields) {
    if (field.name == name) return field.write;
  }
  return nullptr;
}

std::vector<std::string> FieldNames() {
  std::vector<std::string> names;
  for (const auto& field : kFields) names.emplace_back(field.name);
  return names;
}

}  // namespace tidewaiter::synth
