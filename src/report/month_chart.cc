#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

#include "report/charts.h"

namespace tidewaiter::report {
namespace {

constexpr int kMostMonths = 600;
constexpr double kMarkerSpace = 20;  // control dates nearer than this are numbered on another level

struct Month {
  int number = 0;  // year * 12 + month - 1
  const Figure* figure = nullptr;
};

std::optional<int> MonthNumber(const std::string& key) {
  const auto date = ParseIsoDate(key + "-01");
  if (!date) return std::nullopt;
  const YearMonthDay ymd = ToYearMonthDay(*date);
  return ymd.year * 12 + ymd.month - 1;
}

// Every month from the first to the last, those without rows too.
std::vector<Month> MonthsOf(const FigureTable& table) {
  std::map<int, const Figure*> known;
  for (const Figure& figure : table.figures) {
    if (figure.key.empty()) continue;
    if (const auto number = MonthNumber(figure.key.front())) known.emplace(*number, &figure);
  }
  std::vector<Month> months;
  if (known.empty() || known.rbegin()->first - known.begin()->first > kMostMonths) return months;
  for (int n = known.begin()->first; n <= known.rbegin()->first; ++n) {
    const auto found = known.find(n);
    months.push_back({n, found == known.end() ? nullptr : found->second});
  }
  return months;
}

bool HasValues(const FigureTable& table) {
  return std::any_of(table.figures.begin(), table.figures.end(),
                     [](const Figure& figure) { return figure.value_usd.has_value(); });
}

double Height(const Figure* figure, bool values) {
  if (figure == nullptr) return 0;
  return values ? figure->value_usd.value_or(0) : static_cast<double>(figure->rows.count);
}

// 1, 2 or 5 times a power of ten, so that about four steps reach `most`.
double NiceStep(double most) {
  const double raw = most / 4, power = std::pow(10, std::floor(std::log10(raw)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (raw <= factor * power) return factor * power;
  }
  return 10 * power;
}

std::string AxisLabel(double value) {
  if (value >= 1e9) return Amount(value / 1e9, 1) + " bn";
  if (value >= 1e6) return Amount(value / 1e6, 1) + " m";
  if (value >= 1e4) return Amount(value / 1e3, 1) + " k";
  return Amount(value, 1);
}

class MonthChart {
 public:
  MonthChart(Writer& writer, const Totals& totals, const FigureTable& table, bool wide)
      : writer_(writer),
        totals_(totals),
        table_(table),
        months_(MonthsOf(table)),
        values_(HasValues(table)),
        width_(wide ? 960 : 330),
        height_(wide ? 300 : 240),
        left_(wide ? 62 : 46),
        wide_(wide) {
    for (const Month& month : months_) most_ = std::max(most_, Height(month.figure, values_));
    step_ = NiceStep(most_ <= 0 ? 4 : most_);
    top_value_ = std::max(step_, std::ceil(most_ / step_) * step_);
  }

  void Write() {
    writer_.Put("<svg class=\"chart ", wide_ ? "wide" : "narrow", "\" viewBox=\"0 0 ",
                Coordinate(width_), " ", Coordinate(height_), "\" role=\"img\" aria-label=\"",
                Label(), "\">\n");
    WriteGrid();
    WriteBars();
    WriteControlDates();
    writer_.Put("</svg>\n");
  }

 private:
  std::string Label() const {
    return writer_.Data(totals_.title + ", " + (values_ ? "value in US dollars" : "lines") +
                        " by month from " + table_.figures.front().key.front() + " to " +
                        table_.figures.back().key.front() + ". The table below holds the numbers.");
  }
  double Slot() const { return (width_ - left_ - 8) / static_cast<double>(months_.size()); }
  double X(double month) const { return left_ + month * Slot(); }
  double Y(double value) const {
    return height_ - kBottom - value / top_value_ * (height_ - kTop - kBottom);
  }

  void WriteGrid() {
    writer_.Put("<text class=\"axis end\" x=\"", Coordinate(left_ - 6), "\" y=\"",
                Coordinate(kTop - 14), "\">", values_ ? "USD" : "lines", "</text>\n");
    for (double value = 0; value <= top_value_ + step_ / 2; value += step_) {
      const std::string y = Coordinate(Y(value));
      writer_.Put("<line class=\"grid\" x1=\"", Coordinate(left_), "\" x2=\"",
                  Coordinate(width_ - 8), "\" y1=\"", y, "\" y2=\"", y,
                  "\"/><text class=\"axis end\" x=\"", Coordinate(left_ - 6), "\" y=\"",
                  Coordinate(Y(value) + 4), "\">", AxisLabel(value), "</text>\n");
    }
  }

  // Months between two labels, so that labels do not touch.
  int LabelEvery() const {
    for (const int every : {1, 2, 3, 6, 12, 24, 60}) {
      if (every * Slot() >= (wide_ ? 66 : 56)) return every;
    }
    return 120;
  }

  void WriteBars() {
    const int every = LabelEvery();
    for (size_t i = 0; i < months_.size(); ++i) {
      const int number = months_[i].number;
      const std::string name =
          ToString(FromYearMonthDay({number / 12, number % 12 + 1, 1})).substr(0, 7);
      if (number % every == 0 || months_.size() == 1) WriteMonthLabel(static_cast<double>(i), name);
      if (months_[i].figure != nullptr) WriteBar(static_cast<double>(i), name, *months_[i].figure);
    }
  }

  void WriteMonthLabel(double i, const std::string& name) {
    if (X(i + 0.5) > width_ - 28) return;  // it would be cut off
    writer_.Put("<text class=\"axis mid\" x=\"", Coordinate(X(i + 0.5)), "\" y=\"",
                Coordinate(height_ - 8), "\">", name, "</text>\n");
  }

  void WriteBar(double i, const std::string& name, const Figure& figure) {
    const double y = Y(Height(&figure, values_));
    const std::string what = figure.value_usd ? UsdInWords(*figure.value_usd) + ", " : "";
    writer_.Put("<rect class=\"bar\" data-set=\"",
                std::to_string(writer_.AddSet(figure.rows, name)), "\" x=\"",
                Coordinate(X(i) + Slot() * 0.1), "\" y=\"", Coordinate(y), "\" width=\"",
                Coordinate(Slot() * 0.8), "\" height=\"",
                Coordinate(std::max(height_ - kBottom - y, 0.5)), "\"><title>", name, ": ", what,
                Count(figure.rows.count, "line", "lines"), "</title></rect>\n");
  }

  void WriteControlDates() {
    std::array<double, 3> last_x = {-1000, -1000, -1000};  // of each level
    int number = 0;
    for (const ControlDate* control : ControlDatesWithin(writer_.page(), table_)) {
      const YearMonthDay ymd = ToYearMonthDay(control->date);
      const double x = X(ymd.year * 12 + ymd.month - 1 - months_.front().number +
                         (ymd.day - 1.0) / DaysInMonth(ymd.year, ymd.month));
      size_t level = 0;
      while (level + 1 < last_x.size() && x - last_x[level] < kMarkerSpace) ++level;
      last_x[level] = x;
      WriteMarker(x, 11 + 18.0 * static_cast<double>(level), ++number, *control);
    }
  }

  void WriteMarker(double x, double y, int number, const ControlDate& control) {
    writer_.Put("<g class=\"control\"><line x1=\"", Coordinate(x), "\" x2=\"", Coordinate(x),
                "\" y1=\"", Coordinate(y), "\" y2=\"", Coordinate(height_ - kBottom),
                "\"/><circle cx=\"", Coordinate(x), "\" cy=\"", Coordinate(y),
                "\" r=\"9\"/><text x=\"", Coordinate(x), "\" y=\"", Coordinate(y + 4), "\">",
                std::to_string(number), "</text><title>", ToString(control.date), ": ",
                writer_.Data(control.label), "</title></g>\n");
  }

  static constexpr double kTop = 64, kBottom = 28;
  Writer& writer_;
  const Totals& totals_;
  const FigureTable& table_;
  const std::vector<Month> months_;
  const bool values_;
  const double width_, height_, left_;
  const bool wide_;
  double most_ = 0, step_ = 1, top_value_ = 1;
};

}  // namespace

std::vector<const ControlDate*> ControlDatesWithin(const Page& page, const FigureTable& months) {
  const std::vector<Month> shown = MonthsOf(months);
  std::vector<const ControlDate*> out;
  for (const ControlDate& control : page.control_dates) {
    const YearMonthDay ymd = ToYearMonthDay(control.date);
    const int number = ymd.year * 12 + ymd.month - 1;
    if (!shown.empty() && number >= shown.front().number && number <= shown.back().number) {
      out.push_back(&control);
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const ControlDate* a, const ControlDate* b) { return a->date < b->date; });
  return out;
}

void WriteMonthChart(Writer& writer, const Totals& totals, const FigureTable& months) {
  if (MonthsOf(months).size() < 2) return;
  writer.Put("<figure class=\"chart-box\">\n");
  MonthChart(writer, totals, months, true).Write();
  MonthChart(writer, totals, months, false).Write();
  const auto controls = ControlDatesWithin(writer.page(), months);
  if (!controls.empty()) {
    writer.Put("<figcaption>Controls and statements drawn in:<ol class=\"controls\">\n");
    for (const ControlDate* control : controls) {
      writer.Put("<li><b>", ToString(control->date), "</b> ", writer.Data(control->label));
      for (const std::string& rule : control->rules) writer.Put(" ", writer.RuleLink(rule));
      writer.Put("</li>\n");
    }
    writer.Put("</ol></figcaption>\n");
  }
  writer.Put("</figure>\n");
}

}  // namespace tidewaiter::report
