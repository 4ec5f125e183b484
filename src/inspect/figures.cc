#include "inspect/figures.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>

#include "base/parallel.h"
#include "inspect/row_sets.h"
#include "model/country.h"
#include "tables/duckdb.h"

namespace tidewaiter::inspect {
namespace {

using ledger::Id;
using ledger::Ledger;

constexpr size_t kFiguresPerTable = 30, kFirstPerTable = 20;

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
// have one key. Numbers are small: a table is held by them.
struct Dimension {
  report::FigureTable table;
  std::function<uint32_t(uint32_t line)> number;
  bool one_number_each = false;  // no two numbers have one key
  std::function<std::vector<std::string>(uint32_t line)> key;
  std::function<std::string(const std::vector<std::string>& key)> where;
  std::function<bool(uint32_t line)> person;
  // Keys of which up to kFirstPerTable stand before all others; empty: none do.
  std::function<bool(const std::vector<std::string>& key)> first;
};

std::string Equals(const std::string& column, const std::string& value) {
  return value.empty() ? column + " IS NULL" : column + " = " + tables::QuoteText(value);
}

using Order = std::vector<std::pair<const std::vector<std::string>*, const Sum*>>;

void MoveFirst(const Dimension& dimension, Order& order) {
  size_t moved = 0;
  std::stable_partition(order.begin(), order.end(), [&](const auto& entry) {
    return dimension.first(*entry.first) && ++moved <= kFirstPerTable;
  });
}

// By number: whether its key may be among the kFiguresPerTable largest. Most parties are not, and
// need neither a key nor their lines.
struct Largest {
  std::vector<bool> may_be;  // empty: any may
  size_t keys = 0;           // of all lines, where `may_be` is not empty
};

Largest FindLargest(const FigureInputs& in, const Dimension& dimension,
                    const std::vector<uint32_t>& lines) {
  if (!dimension.one_number_each) return {};
  using Size = std::pair<int64_t, uint64_t>;  // cents and lines, as figures are ordered
  std::vector<Size> sizes;
  for (const uint32_t line : lines) {
    const uint32_t number = dimension.number(line);
    if (number >= sizes.size()) sizes.resize(std::bit_ceil(uint64_t{number} + 1));
    const double value = in.ledger.lines.value_usd[line];
    if (!std::isnan(value)) sizes[number].first += Cents(value);
    ++sizes[number].second;
  }
  std::vector<Size> order;
  for (const Size& size : sizes) {
    if (size.second > 0) order.push_back(size);
  }
  Largest out;
  out.keys = order.size();
  if (order.size() <= kFiguresPerTable) return {};
  std::nth_element(order.begin(), order.begin() + kFiguresPerTable - 1, order.end(),
                   std::greater<>());
  const Size least = order[kFiguresPerTable - 1];
  out.may_be.resize(sizes.size());
  for (size_t number = 0; number < sizes.size(); ++number)
    out.may_be[number] = sizes[number].second > 0 && sizes[number] >= least;
  return out;
}

// `also`: keys that are shown without lines, too.
report::FigureTable MakeTable(const FigureInputs& in, const Dimension& dimension,
                              const std::vector<uint32_t>& lines, const std::string& scope,
                              const std::vector<std::vector<std::string>>& also = {}) {
  const Ledger& ledger = in.ledger;
  std::map<std::vector<std::string>, Sum> sums;
  for (const auto& key : also) sums[key];
  const Largest largest = FindLargest(in, dimension, lines);
  std::vector<Sum*> by_number;
  for (const uint32_t line : lines) {
    const uint32_t number = dimension.number(line);
    if (!largest.may_be.empty() && !largest.may_be[number]) continue;
    if (number >= by_number.size()) by_number.resize(std::bit_ceil(uint64_t{number} + 1));
    Sum*& sum = by_number[number];
    if (sum == nullptr) sum = &sums[dimension.key(line)];
    sum->Add(in, line);
  }
  Order order;
  for (const auto& [key, sum] : sums) order.emplace_back(&key, &sum);
  const bool months = dimension.table.kind == report::FigureTable::Kind::kMonth;
  if (!months) {
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
      return std::pair(a.second->cents, a.second->lines.size()) >
             std::pair(b.second->cents, b.second->lines.size());
    });
    if (dimension.first) MoveFirst(dimension, order);
    if (order.size() > kFiguresPerTable) order.resize(kFiguresPerTable);
  }
  report::FigureTable table = dimension.table;
  const size_t keys = largest.may_be.empty() ? sums.size() : largest.keys;
  if (!months && keys > kFiguresPerTable) {
    table.note += (table.note.empty() ? "" : " ") + std::string("The ") +
                  std::to_string(kFiguresPerTable) + " largest of " + std::to_string(keys) +
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
  d.number = [&](uint32_t line) { return judged.recognised_as[ledger.lines.goods[line]]; };
  d.key = [&](uint32_t line) {
    return std::vector<std::string>{judged.Recognised(ledger.lines.goods[line]).brand};
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

// By Ledger::parties: a number for each name that is shown.
std::vector<uint32_t> NumberNames(const Ledger& ledger) {
  constexpr uint32_t kNew = UINT32_MAX;
  std::vector<uint32_t> of_text(ledger.strings.size(), kNew), out;
  uint32_t names = 0;
  for (Id party = 0; party < ledger.parties.size(); ++party) {
    uint32_t& number = of_text[ledger.DisplayNameId(party)];
    if (number == kNew) number = names++;
    out.push_back(number);
  }
  return out;
}

Dimension ByParty(const Ledger& ledger, Role role, const std::vector<bool>& is_person,
                  const std::vector<uint32_t>& name_of) {
  Dimension d;
  d.one_number_each = true;
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
  d.number = [&ledger, &name_of, role](uint32_t line) {
    return name_of[ledger.lines.PartyOf(role, line)];
  };
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
  const auto& days = ledger.lines.from;
  Date first = kDistantFuture;
  for (const Date day : days) {
    if (day != kDistantPast) first = std::min(first, day);
  }
  d.number = [&days, first](uint32_t line) {
    return days[line] == kDistantPast ? 0 : static_cast<uint32_t>(days[line].days - first.days) + 1;
  };
  d.key = [&](uint32_t line) {
    return std::vector<std::string>{ToString(ledger.lines.from[line]).substr(0, 7)};
  };
  d.where = [](const auto& key) {
    return key[0].empty() ? std::string("date IS NULL")
                          : "substring(date::VARCHAR, 1, 7) = " + tables::QuoteText(key[0]);
  };
  return d;
}

// Who sent to whom, by entity: the first role that a line states on each side, in the order in
// which the indicators' `trades` takes them.
class Channels {
 public:
  Channels(const FigureInputs& in, const std::vector<uint32_t>& lines) : in_(in) {
    std::set<uint64_t> senders, recipients;
    for (const uint32_t line : lines) {
      const uint64_t from = Entity(First(kSending, line)), to = Entity(First(kReceiving, line));
      if (from == 0 || to == 0 || from == to) continue;
      senders.insert(from), recipients.insert(to);
      lines_.push_back(line);
    }
    std::set_intersection(senders.begin(), senders.end(), recipients.begin(), recipients.end(),
                          std::inserter(middlemen_, middlemen_.end()));
    for (const uint32_t line : lines_) Number(line);
  }

  // Nothing when no line names both sides.
  void AddTo(const std::string& scope, report::Totals& totals) const {
    if (lines_.empty()) return;
    Dimension d;
    d.table.kind = report::FigureTable::Kind::kChannel;
    d.table.columns = {"sender", "middleman", "recipient"};
    d.table.note =
        "Of a line's parties the first that it states of exporter, supplier, shipper, seller, "
        "consignor, and of consignee, importer, buyer, end user. A middleman receives in some of "
        "these lines and sends in others, or is the line's intermediate consignee; the channels of "
        "those through whom most can have gone come first.";
    const std::set<std::string> largest = LargestMiddlemen();
    d.first = [largest](const auto& key) { return largest.contains(key[1]); };
    d.number = [this](uint32_t line) { return numbers_.at(KeyOf(line)); };
    d.key = [this](uint32_t line) {
      std::vector<std::string> key;
      for (const Id party : KeyOf(line)) key.push_back(in_.ledger.EntityText(party));
      return key;
    };
    d.where = [this](const auto& key) { return Where(key); };
    totals.tables.push_back(MakeTable(in_, d, lines_, scope));
    std::unordered_map<std::string, Id> by_text;
    for (const auto& [entity, party] : party_of_)
      by_text.emplace(in_.ledger.EntityText(party), party);
    for (report::Figure& figure : totals.tables.back().figures) Name(by_text, figure);
  }

 private:
  using Key = std::array<Id, 3>;  // the first party seen of each entity; 0: none
  static constexpr std::array kSending = {Role::kExporter, Role::kSupplier, Role::kShipper,
                                          Role::kSeller, Role::kConsignor};
  static constexpr std::array kReceiving = {Role::kConsignee, Role::kImporter, Role::kBuyer,
                                            Role::kEndUser};
  static constexpr std::array kBetween = {Role::kIntermediateConsignee};

  template <size_t n>
  Id First(const std::array<Role, n>& roles, uint32_t line) const {
    for (const Role role : roles) {
      if (const Id party = in_.ledger.lines.PartyOf(role, line); party != 0) return party;
    }
    return 0;
  }

  uint64_t Entity(Id party) const { return party == 0 ? 0 : in_.ledger.parties[party].entity; }

  Id Shown(Id party) const { return party == 0 ? 0 : party_of_.at(Entity(party)); }

  void Number(uint32_t line) {
    for (const Id party : {First(kSending, line), First(kBetween, line), First(kReceiving, line)})
      if (party != 0) party_of_.try_emplace(Entity(party), party);
    numbers_.try_emplace(KeyOf(line), static_cast<uint32_t>(numbers_.size()));
  }

  Key KeyOf(uint32_t line) const {
    const Id from = Shown(First(kSending, line)), to = Shown(First(kReceiving, line));
    const Id between = Shown(First(kBetween, line));
    if (between != 0 && between != from && between != to) return {from, between, to};
    if (middlemen_.contains(Entity(to))) return {from, to, 0};
    if (middlemen_.contains(Entity(from))) return {0, from, to};
    return {from, 0, to};
  }

  // Through whom most can have gone: by the smaller of what they received and sent, in dollars and,
  // where no value is stated, in lines.
  std::set<std::string> LargestMiddlemen() const {
    constexpr size_t kMiddlemen = 5;
    struct Through {
      std::array<int64_t, 2> in{}, out{};  // cents, lines
    };
    std::map<uint64_t, Through> through;
    for (const uint32_t line : lines_) {
      const double value = in_.ledger.lines.value_usd[line];
      const std::array<int64_t, 2> worth{std::isnan(value) ? 0 : Cents(value), 1};
      const Id between = First(kBetween, line);
      const auto add = [&](Id party, bool in, bool out) {
        for (size_t i = 0; i < worth.size(); ++i) {
          if (in) through[Entity(party)].in[i] += worth[i];
          if (out) through[Entity(party)].out[i] += worth[i];
        }
      };
      if (between != 0) add(between, true, true);
      add(First(kReceiving, line), true, false);
      add(First(kSending, line), false, true);
    }
    std::vector<std::tuple<int64_t, int64_t, uint64_t>> order;
    for (const auto& [entity, sums] : through) {
      if (std::min(sums.in[1], sums.out[1]) == 0) continue;
      order.emplace_back(-std::min(sums.in[0], sums.out[0]), -std::min(sums.in[1], sums.out[1]),
                         entity);
    }
    std::sort(order.begin(), order.end());
    if (order.size() > kMiddlemen) order.resize(kMiddlemen);
    std::set<std::string> texts;
    for (const auto& entry : order)
      texts.insert(in_.ledger.EntityText(party_of_.at(std::get<2>(entry))));
    return texts;
  }

  // One column for each side: what the first filled role says.
  template <size_t n>
  static std::string Side(const std::array<Role, n>& roles) {
    std::string columns;
    for (const Role role : roles)
      columns += (columns.empty() ? "" : ", ") + std::string(ToString(role)) + "_entity";
    return roles.size() == 1 ? columns : "coalesce(" + columns + ")";
  }

  static std::string Where(const std::vector<std::string>& key) {
    std::string where;
    const auto add = [&](const std::string& column, const std::string& entity) {
      where += (where.empty() ? "" : " AND ") + Equals(column, entity);
    };
    const bool three = !key[0].empty() && !key[1].empty() && !key[2].empty();
    if (three) {
      add(Side(kBetween), key[1]);
    } else {  // an intermediate consignee that is one of the two is none
      std::string none = "''";
      for (const auto& entity : key)
        if (!entity.empty()) none += ", " + tables::QuoteText(entity);
      where = "coalesce(" + Side(kBetween) + ", '') IN (" + none + ")";
    }
    add(Side(kSending), key[0].empty() ? key[1] : key[0]);
    add(Side(kReceiving), key[2].empty() ? key[1] : key[2]);
    return where;
  }

  // Puts names in the place of entities.
  void Name(const std::unordered_map<std::string, Id>& by_text, report::Figure& figure) const {
    for (std::string& entity : figure.key) {
      figure.persons.push_back(false);
      if (entity.empty()) continue;
      const Id party = by_text.at(entity);
      figure.persons.back() = in_.is_person[party];
      entity = std::string(in_.ledger.DisplayName(party));
    }
  }

  const FigureInputs& in_;
  std::vector<uint32_t> lines_;
  std::set<uint64_t> middlemen_;
  std::unordered_map<uint64_t, Id> party_of_;  // by entity
  std::map<Key, uint32_t> numbers_;
};

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

report::Totals MakeTotalsOf(const FigureInputs& in, const std::vector<uint32_t>& name_of,
                            const std::vector<uint32_t>& lines, std::string title,
                            std::string scope, const std::string& where) {
  const Ledger& ledger = in.ledger;
  report::Totals totals = BeginTotals(in, lines, std::move(title), std::move(scope), where);
  std::vector<Dimension> dimensions = {ByMonth(ledger), ByBrand(ledger, in.judged)};
  for (const Role role : {Role::kExporter, Role::kSeller, Role::kSupplier, Role::kShipper,
                          Role::kConsignor, Role::kImporter, Role::kConsignee, Role::kBuyer}) {
    if (ledger.Covers(role)) dimensions.push_back(ByParty(ledger, role, in.is_person, name_of));
  }
  dimensions.push_back(ByRoute(ledger));
  totals.tables.resize(dimensions.size());
  ParallelFor(dimensions.size(), in.threads, 1,
              [&](size_t i) { totals.tables[i] = MakeTable(in, dimensions[i], lines, where); });
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
    return in_.judged.Recognised(in_.ledger.lines.goods[line]).brand;
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
    if (!in.judged.Recognised(in.ledger.lines.goods[line]).component_class.empty())
      drones.push_back(line);
  }
  const std::vector<uint32_t> name_of = NumberNames(in.ledger);
  std::vector<report::Totals> totals;
  if (!drones.empty()) {
    totals.push_back(MakeTotalsOf(
        in, name_of, drones, "Drones and drone parts",
        "Lines whose description or code was recognised as a drone, a part of one or an accessory.",
        "component_class IS NOT NULL"));
    Channels(in, drones).AddTo("component_class IS NOT NULL", totals.back());
  }
  totals.push_back(MakeTotalsOf(in, name_of, all, "All lines", "Every line of the files.", {}));
  Availability(in, drones).AddTo(totals);
  return totals;
}

}  // namespace tidewaiter::inspect
