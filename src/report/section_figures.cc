#include <algorithm>

#include "model/country.h"
#include "report/charts.h"
#include "report/headline.h"
#include "report/sections.h"

namespace tidewaiter::report {
namespace {

using Kind = FigureTable::Kind;

std::string Heading(const FigureTable& table) {
  switch (table.kind) {
    case Kind::kBrand:
      return "By brand";
    case Kind::kRoute:
      return "By route";
    case Kind::kMonth:
      return "By month";
    case Kind::kChannel:
      return "By channel";
    case Kind::kParty:
      break;
  }
  return table.role ? "By " + std::string(RoleInWords(ToString(*table.role)))
                    : std::string("By party");
}

// What of the table is there, so that columns without a single value are left out.
struct Columns {
  bool value = false, disputed = false, unpriced = false, quantity = false;
  double most_value = 0;
};

Columns ColumnsOf(const FigureTable& table) {
  Columns columns;
  for (const Figure& figure : table.figures) {
    columns.value |= figure.value_usd.has_value();
    columns.disputed |= figure.value_without_disputed.has_value();
    columns.unpriced |= figure.lines_without_value > 0;
    columns.quantity |= figure.quantity.has_value();
    columns.most_value = std::max(columns.most_value, figure.value_usd.value_or(0));
  }
  return columns;
}

std::string KeyCell(const Writer& writer, const FigureTable& table, const Figure& figure,
                    size_t i) {
  const std::string& key = figure.key[i];
  if (table.kind == Kind::kChannel)
    return key.empty() ? "<span class=\"soft\">none named</span>" : writer.Name(key);
  if (key.empty()) return "<span class=\"soft\">not stated</span>";
  if (table.kind == Kind::kRoute) {
    return Escape(CountryName(key)) + " <span class=\"soft\">" + Escape(key) + "</span>";
  }
  return figure.person ? writer.Name(key) : writer.Data(key);
}

std::string KeyInWords(const FigureTable& table, const Figure& figure) {
  if (table.kind == Kind::kRoute) return RouteInWords(figure.key);
  if (table.kind == Kind::kChannel) return ChannelInWords(figure.key);
  return Heading(table) + ": " + (figure.key.front().empty() ? "not stated" : figure.key.front());
}

std::string MoneyCell(Writer& writer, const std::optional<double>& value, const Figure& figure,
                      const std::string& title, double share) {
  if (!value) return "<td class=\"num soft\" data-v=\"-1\">not stated</td>";
  return "<td class=\"num share\" data-v=\"" + Coordinate(*value) +
         "\" style=\"--share:" + Coordinate(share * 100) + "%\">" +
         writer.Opens(figure.rows, Amount(*value), title) + "</td>";
}

void WriteFigure(Writer& writer, const FigureTable& table, const Figure& figure,
                 const Columns& columns) {
  const std::string title = KeyInWords(table, figure);
  writer.Put("<tr>");
  for (size_t i = 0; i < table.columns.size(); ++i) {
    writer.Put(i == 0 ? "<th scope=\"row\" dir=\"auto\">" : "<td dir=\"auto\">",
               KeyCell(writer, table, figure, i), i == 0 ? "</th>" : "</td>");
  }
  if (columns.value) {
    const double share =
        columns.most_value > 0 ? figure.value_usd.value_or(0) / columns.most_value : 0;
    writer.Put(MoneyCell(writer, figure.value_usd, figure, title, share));
  }
  if (columns.disputed) {
    const auto without =
        figure.value_without_disputed ? figure.value_without_disputed : figure.value_usd;
    writer.Put("<td class=\"num\">", without ? Amount(*without) : std::string("not stated"),
               "</td>");
  }
  if (columns.quantity) {
    writer.Put(
        "<td class=\"num\" data-v=\"", figure.quantity ? Coordinate(*figure.quantity) : "-1", "\">",
        figure.quantity ? Amount(*figure.quantity, 2) + " " + Escape(figure.unit) : "", "</td>");
  }
  writer.Put("<td class=\"num\" data-v=\"", std::to_string(figure.rows.count), "\">",
             writer.Opens(figure.rows, title), "</td>");
  if (columns.unpriced)
    writer.Put("<td class=\"num\">", Grouped(figure.lines_without_value), "</td>");
  writer.Put("</tr>\n");
}

void WriteTable(Writer& writer, const Totals& totals, const FigureTable& table) {
  const Columns columns = ColumnsOf(table);
  const auto head = [&](std::string_view text) {
    writer.Put("<th scope=\"col\" class=\"num\" data-num>", text, "</th>");
  };
  writer.Put("<div class=\"scroll\"><table class=\"data figures\" data-page=\"10\"><caption>",
             writer.Data(totals.title), " b", Escape(Heading(table).substr(1)), ".",
             table.note.empty() ? "" : " " + writer.Data(table.note), "</caption>\n<thead><tr>");
  for (const std::string& column : table.columns)
    writer.Put("<th scope=\"col\">", Escape(column), "</th>");
  if (columns.value) head("Value, USD");
  if (columns.disputed) head("Without disputed rows");
  if (columns.quantity) head("Quantity");
  head("Lines");
  if (columns.unpriced) head("Of them without a value");
  writer.Put("</tr></thead>\n<tbody>\n");
  for (const Figure& figure : FirstOf(table.figures, kShownFigures)) {
    WriteFigure(writer, table, figure, columns);
  }
  writer.Put("</tbody></table></div>\n");
  WriteRest(writer, table.figures.size(), kShownFigures, "ledger.duckdb");
}

void WriteBlock(Writer& writer, const Totals& totals, const FigureTable& table) {
  writer.Put("<h4>", Escape(Heading(table)), "</h4>\n");
  if (table.figures.empty()) {
    writer.Put("<p class=\"soft\">Nothing to show.</p>\n");
    return;
  }
  if (table.kind == Kind::kMonth) {
    WriteMonthChart(writer, totals, table);
    writer.Put("<details class=\"fold\"><summary>The months as a table</summary>\n");
    WriteTable(writer, totals, table);
    writer.Put("</details>\n");
    return;
  }
  if (table.kind == Kind::kRoute) WriteRouteChart(writer, totals, table);
  if (table.kind == Kind::kChannel) WriteChannelChart(writer, totals, table);
  WriteTable(writer, totals, table);
}

void WriteTotals(Writer& writer, const Totals& totals) {
  const Figure& total = totals.total;
  writer.Put("<div class=\"totals\"><h3>", writer.Data(totals.title), "</h3>\n<p class=\"total\">");
  if (total.value_usd) {
    writer.Put("<b>",
               writer.Opens(total.rows, UsdRange(*total.value_usd, total.value_without_disputed),
                            totals.title),
               "</b> on ");
  }
  writer.Put("<b>",
             writer.Opens(total.rows, Count(total.rows.count, "line", "lines"), totals.title),
             "</b>");
  if (total.quantity) writer.Put(", ", Amount(*total.quantity), " ", Escape(total.unit));
  writer.Put(".");
  if (total.lines_without_value > 0) {
    writer.Put(" ", Count(total.lines_without_value, "line states", "lines state"),
               " no value in dollars.");
  }
  writer.Put(" <span class=\"soft\">", writer.Data(totals.scope), "</span></p>\n");
  for (const FigureTable& table : totals.tables) WriteBlock(writer, totals, table);
  writer.Put("</div>\n");
}

}  // namespace

void WriteFigures(Writer& writer) {
  writer.BeginSection("figures", "What went where");
  writer.Put(
      "<p>Roles are shown as the file declares them and are never merged. Every number opens the "
      "rows it "
      "is made of.</p>\n");
  for (const Totals& totals : writer.page().totals) WriteTotals(writer, totals);
  if (writer.page().totals.empty()) writer.Put("<p>No figures were asked for.</p>\n");
  writer.EndSection();
}

}  // namespace tidewaiter::report
