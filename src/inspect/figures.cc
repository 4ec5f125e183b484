#include "inspect/figures.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <unordered_map>

#include "inspect/row_sets.h"
#include "model/country.h"
#include "tables/duckdb.h"

namespace tidewaiter::inspect {
namespace {

using ledger::Id;
using ledger::Ledger;

constexpr size_t kFiguresPerTable = 30;

int64_t Cents(double value) { return static_cast<int64_t>(std::llround(value * 100)); }

struct Sum {
  std::vector<uint32_t> lines;
  int64_t cents = 0, undisputed_cents = 0;
  uint64_t with_value = 0, disputed = 0;
  double quantity = 0;
  Id unit = 0;
  bool units_differ = false;

  void Add(const FigureInputs& in, uint32_t line) {
    const Ledger& ledger = in.ledger;
    const double value = ledger.lines.value_usd[line];
    const bool in_dispute = !in.disputed.empty() && in.disputed[line];
    disputed += in_dispute;
    if (!std::isnan(value)) {
      cents += Cents(value);
      if (!in_dispute) undisputed_cents += Cents(value);
      ++with_value;
    }
    const double pieces = ledger.lines.quantity[line];
    units_differ =
        units_differ || std::isnan(pieces) || (!lines.empty() && unit != ledger.lines.unit[line]);
    unit = ledger.lines.unit[line];
    if (!std::isnan(pieces)) quantity += pieces;
    lines.push_back(line);
  }
};

report::Figure MakeFigure(const Ledger& ledger, std::vector<std::string> key, const Sum& sum,
                          std::string_view where) {
  report::Figure figure;
  figure.key = std::move(key);
  if (sum.with_value > 0) figure.value_usd = static_cast<double>(sum.cents) / 100;
  if (sum.with_value > 0 && sum.disputed > 0)
    figure.value_without_disputed = static_cast<double>(sum.undisputed_cents) / 100;
  figure.lines_without_value = sum.lines.size() - sum.with_value;
  if (!sum.units_differ && sum.unit != 0) {
    figure.quantity = sum.quantity;
    figure.unit = ledger.Text(sum.unit);
  }
  figure.rows = MakeRowSet(ledger, sum.lines, where);
  return figure;
}

// What one table needs: the key of a line, its columns, and the SQL condition of a key. Lines with
// the same number have the same key, so that a key is made once for many lines; several numbers may
// have one key.
struct Dimension {
  report::FigureTable table;
  std::function<uint32_t(uint32_t line)> number;
  std::function<std::vector<std::string>(uint32_t line)> key;
  std::function<std::string(const std::vector<std::string>& key)> where;
  std::function<bool(uint32_t line)> person;
};

std::string Equals(const std::string& column, const std::string& value) {
  return value.empty() ? column + " IS NULL" : column + " = " + tables::QuoteText(value);
}

// `also`: keys that are shown without lines, too.
report::FigureTable MakeTable(const FigureInputs& in, const Dimension& dimension,
                              const std::vector<uint32_t>& lines, const std::string& scope,
                              const std::vector<std::vector<std::string>>& also = {}) {
  const Ledger& ledger = in.ledger;
  std::map<std::vector<std::string>, Sum> sums;
  for (const auto& key : also) sums[key];
  std::unordered_map<uint32_t, Sum*> by_number;
  for (const uint32_t line : lines) {
    const auto [it, fresh] = by_number.try_emplace(dimension.number(line));
    if (fresh) it->second = &sums[dimension.key(line)];
    it->second->Add(in, line);
  }
  std::vector<std::pair<const std::vector<std::string>*, const Sum*>> order;
  for (const auto& [key, sum] : sums) order.emplace_back(&key, &sum);
  const bool months = dimension.table.kind == report::FigureTable::Kind::kMonth;
  if (!months) {
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
      return std::pair(a.second->cents, a.second->lines.size()) >
             std::pair(b.second->cents, b.second->lines.size());
    });
    if (order.size() > kFiguresPerTable) order.resize(kFiguresPerTable);
  }
  report::FigureTable table = dimension.table;
  if (!months && sums.size() > kFiguresPerTable) {
    table.note += (table.note.empty() ? "" : " ") + std::string("The ") +
                  std::to_string(kFiguresPerTable) + " largest of " + std::to_string(sums.size()) +
                  "; lines.parquet has all.";
  }
  for (const auto& [key, sum] : order) {
    const std::string where = dimension.where(*key) + (scope.empty() ? "" : " AND " + scope);
    table.figures.push_back(MakeFigure(ledger, *key, *sum, where));
    if (dimension.person) table.figures.back().person = dimension.person(sum->lines.front());
  }
  return table;
}

Dimension ByBrand(const Ledger& ledger, const Judged& judged) {
  Dimension d;
  d.table.kind = report::FigureTable::Kind::kBrand;
  d.table.columns = {"brand"};
  d.table.note =
      "The brand that the description or the brand column names; who made or sold the goods is "
      "another question.";
  d.number = [&](uint32_t line) { return ledger.lines.goods[line]; };
  d.key = [&](uint32_t line) {
    return std::vector<std::string>{judged.recognised[ledger.lines.goods[line]].brand};
  };
  d.where = [](const auto& key) { return Equals("brand", key[0]); };
  return d;
}

bool IsVendorMapped(const Ledger& ledger, Role role) {
  for (const auto& source : ledger.sources) {
    for (const auto& column : source.mapping.columns) {
      if (column.use.kind == ledger::ColumnUse::Kind::kParty && column.use.role == role &&
          column.use.basis == ledger::Basis::kVendorMapped)
        return true;
    }
  }
  return false;
}

Dimension ByParty(const Ledger& ledger, Role role, const std::vector<bool>& is_person) {
  Dimension d;
  d.table.kind = report::FigureTable::Kind::kParty;
  d.table.role = role;
  const std::string column(ToString(role));
  d.table.columns = {column};
  if (role == Role::kSupplier)
    d.table.note = "The supplier column does not say whether it names the seller or the shipper.";
  if (IsVendorMapped(ledger, role))
    d.table.note += (d.table.note.empty() ? "" : " ") +
                    std::string(
                        "A data vendor filled this column; the declaration may say "
                        "otherwise.");
  d.number = [&ledger, role](uint32_t line) { return ledger.lines.PartyOf(role, line); };
  d.key = [&ledger, role](uint32_t line) {
    return std::vector<std::string>{
        std::string(ledger.DisplayName(ledger.lines.PartyOf(role, line)))};
  };
  d.where = [column](const auto& key) { return Equals(column, key[0]); };
  d.person = [&ledger, role, &is_person](uint32_t line) {
    return static_cast<bool>(is_person[ledger.lines.PartyOf(role, line)]);
  };
  return d;
}

Dimension ByRoute(const Ledger& ledger) {
  Dimension d;
  d.table.kind = report::FigureTable::Kind::kRoute;
  d.table.columns = {"origin", "departure", "destination"};
  d.number = [&](uint32_t line) { return ledger.lines.route[line]; };
  d.key = [&](uint32_t line) {
    const auto& route = ledger.routes[ledger.lines.route[line]];
    return std::vector<std::string>{std::string(ledger.Text(route.origin)),
                                    std::string(ledger.Text(route.departure)),
                                    std::string(ledger.Text(route.destination))};
  };
  d.where = [](const auto& key) {
    return Equals("origin", key[0]) + " AND " + Equals("departure", key[1]) + " AND " +
           Equals("destination", key[2]);
  };
  return d;
}

Dimension ByMonth(const Ledger& ledger) {
  Dimension d;
  d.table.kind = report::FigureTable::Kind::kMonth;
  d.table.columns = {"month"};
  d.number = [&](uint32_t line) { return static_cast<uint32_t>(ledger.lines.from[line].days); };
  d.key = [&](uint32_t line) {
    return std::vector<std::string>{ToString(ledger.lines.from[line]).substr(0, 7)};
  };
  d.where = [](const auto& key) {
    return key[0].empty() ? std::string("date IS NULL")
                          : "substring(date::VARCHAR, 1, 7) = " + tables::QuoteText(key[0]);
  };
  return d;
}

report::Totals BeginTotals(const FigureInputs& in, const std::vector<uint32_t>& lines,
                           std::string title, std::string scope, const std::string& where) {
  report::Totals totals;
  totals.title = std::move(title);
  totals.scope = std::move(scope);
  Sum sum;
  for (const uint32_t line : lines) sum.Add(in, line);
  totals.total = MakeFigure(in.ledger, {}, sum, where);
  if (sum.disputed > 0)
    totals.scope += " " + std::to_string(sum.disputed) +
                    " of these lines are disputed: the first figure leaves them out.";
  return totals;
}

report::Totals MakeTotalsOf(const FigureInputs& in, const std::vector<uint32_t>& lines,
                            std::string title, std::string scope, const std::string& where) {
  const Ledger& ledger = in.ledger;
  report::Totals totals = BeginTotals(in, lines, std::move(title), std::move(scope), where);
  const auto add = [&](const Dimension& d) {
    totals.tables.push_back(MakeTable(in, d, lines, where));
  };
  add(ByMonth(ledger));
  add(ByBrand(ledger, in.judged));
  for (const Role role : {Role::kExporter, Role::kSeller, Role::kSupplier, Role::kShipper,
                          Role::kConsignor, Role::kImporter, Role::kConsignee, Role::kBuyer}) {
    if (ledger.Covers(role)) add(ByParty(ledger, role, in.is_person));
  }
  add(ByRoute(ledger));
  return totals;
}

// Lines by brand and destination of the brand whose drones are worth most.
class Availability {
 public:
  Availability(const FigureInputs& in, const std::vector<uint32_t>& drones) : in_(in) {
    std::map<std::string, int64_t> cents;
    for (const uint32_t line : drones) {
      const auto& brand = BrandOf(line);
      if (!brand.empty())
        cents[brand] += CentsOf(line) + 1;  // lines without a value count a little
    }
    int64_t most = 0;
    for (const auto& [brand, sum] : cents) {
      if (sum > most) most = sum, brand_ = brand;
    }
    for (const uint32_t line : drones) {
      const Id destination = in.ledger.routes[in.ledger.lines.route[line]].destination;
      if (!brand_.empty() && BrandOf(line) == brand_ && destination != 0)
        lines_[std::string(in.ledger.Text(destination))].push_back(line);
    }
  }

  // Nothing when the goods went to one country only.
  void AddTo(std::vector<report::Totals>& totals) const {
    if (lines_.size() < 2) return;
    std::vector<std::pair<int64_t, std::string>> order;
    for (const auto& [country, lines] : lines_) {
      int64_t sum = 0;
      for (const uint32_t line : lines) sum += CentsOf(line) + 1;
      order.emplace_back(-sum, country);
    }
    std::sort(order.begin(), order.end());
    order.resize(2);
    for (const auto& [sum, country] : order) {
      const std::string where = Equals("brand", brand_) + " AND " + Equals("destination", country);
      report::Totals one = BeginTotals(
          in_, lines_.at(country), brand_ + " to " + std::string(CountryName(country)),
          "The same goods to two destinations, month by month, beside the days of controls and "
          "statements. A month without lines may be a month without data.",
          where);
      one.tables.push_back(
          MakeTable(in_, ByMonth(in_.ledger), lines_.at(country), where, FirstAndLastMonth()));
      totals.push_back(std::move(one));
    }
  }

 private:
  // Of all these goods, so that the charts have one axis of time.
  std::vector<std::vector<std::string>> FirstAndLastMonth() const {
    std::optional<Date> first, last;
    for (const auto& [country, lines] : lines_) {
      for (const uint32_t line : lines) {
        const Date day = in_.ledger.lines.from[line];
        if (day == kDistantPast) continue;
        if (!first || day < *first) first = day;
        if (!last || *last < day) last = day;
      }
    }
    if (!first) return {};
    return {{ToString(*first).substr(0, 7)}, {ToString(*last).substr(0, 7)}};
  }
  const std::string& BrandOf(uint32_t line) const {
    return in_.judged.recognised[in_.ledger.lines.goods[line]].brand;
  }
  int64_t CentsOf(uint32_t line) const {
    const double value = in_.ledger.lines.value_usd[line];
    return std::isnan(value) ? 0 : Cents(value);
  }

  const FigureInputs& in_;
  std::string brand_;
  std::map<std::string, std::vector<uint32_t>> lines_;  // by destination
};

}  // namespace

std::vector<report::Totals> MakeTotals(const FigureInputs& in) {
  std::vector<uint32_t> all, drones;
  for (uint32_t line = 0; line < in.ledger.lines.size(); ++line) {
    all.push_back(line);
    if (!in.judged.recognised[in.ledger.lines.goods[line]].component_class.empty())
      drones.push_back(line);
  }
  std::vector<report::Totals> totals;
  if (!drones.empty()) {
    totals.push_back(MakeTotalsOf(
        in, drones, "Drones and drone parts",
        "Lines whose description or code was recognised as a drone, a part of one or an accessory.",
        "component_class IS NOT NULL"));
  }
  totals.push_back(MakeTotalsOf(in, all, "All lines", "Every line of the files.", {}));
  Availability(in, drones).AddTo(totals);
  return totals;
}

}  // namespace tidewaiter::inspect
