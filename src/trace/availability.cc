#include "trace/availability.h"

#include <algorithm>
#include <map>
#include <utility>

namespace tidewaiter::trace {
namespace {

bool IsCode(const std::string& goods) {
  return goods.size() >= 2 &&
         std::all_of(goods.begin(), goods.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The condition on a row and its parameter.
std::pair<std::string, std::string> Condition(const std::string& goods) {
  if (IsCode(goods)) return {"hs LIKE ? || '%'", goods};
  return {"(brand || ' ' || coalesce(model, '')) ILIKE '%' || ? || '%'", goods};
}

std::string Month(int number) {
  const int month = number % 12 + 1;
  return std::to_string(number / 12) + (month < 10 ? "-0" : "-") + std::to_string(month);
}

int MonthNumber(Date day) {
  const auto ymd = ToYearMonthDay(day);
  return ymd.year * 12 + ymd.month - 1;
}

}  // namespace

Result<Availability> FindAvailability(tables::Connection& connection, const std::string& goods,
                                      const std::vector<std::string>& destinations) {
  Availability answer{goods, destinations, {}, {}};
  TW_ASSIGN_OR_RETURN(auto window, connection.Query("SELECT first_day, last_day FROM data_window"));
  if (!window.Next() || window.IsNull(0)) return answer;
  const int first = MonthNumber(window.Day(0)), last = MonthNumber(window.Day(1));
  const auto [condition, value] = Condition(goods);
  for (const auto& destination : destinations) {
    std::map<int, AvailabilityCell> months;
    TW_ASSIGN_OR_RETURN(
        auto rows, connection.Query("SELECT year(day) * 12 + month(day) - 1 AS in_month, count(*), "
                                    "count(*) - count(value_usd), coalesce(sum(quantity), 0), "
                                    "coalesce(sum(CAST(value_usd AS DECIMAL(18, 2))), 0) FROM "
                                    "trades WHERE day IS NOT NULL AND destination = ? AND " +
                                        condition + " GROUP BY in_month ORDER BY in_month",
                                    {destination, value}));
    while (rows.Next()) {
      months[static_cast<int>(rows.Integer(0))] = {{},
                                                   {},
                                                   static_cast<uint64_t>(rows.Integer(1)),
                                                   static_cast<uint64_t>(rows.Integer(2)),
                                                   rows.Number(3),
                                                   rows.Number(4)};
    }
    TW_RETURN_IF_ERROR(rows.status());
    for (int month = first; month <= last; ++month) {
      AvailabilityCell cell = months[month];
      cell.month = Month(month), cell.destination = destination;
      answer.cells.push_back(std::move(cell));
    }
    TW_ASSIGN_OR_RETURN(
        auto any,
        connection.Query("SELECT 1 FROM trades WHERE destination = ? LIMIT 1", {destination}));
    if (!any.Next()) answer.not_covered.push_back(destination);
  }
  return answer;
}

}  // namespace tidewaiter::trace
