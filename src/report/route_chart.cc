// A small Sankey: three columns, a ribbon for each figure: countries (origin, departure,
// destination) or parties (sender, middleman, recipient). Ribbons by a third country or a middleman
// are drawn in the accent colour: they are what a reader looks for. A channel need not stand in
// every column: its ribbon passes by those that it leaves out.
#include <algorithm>
#include <array>
#include <map>

#include "model/country.h"
#include "report/charts.h"
#include "report/headline.h"

namespace tidewaiter::report {
namespace {

constexpr size_t kColumns = 3;
constexpr size_t kNodesShown = 7;
constexpr const char* kOther = "*";  // the small ones of a column, drawn as one
constexpr double kNodeWidth = 12;

struct Flow {
  std::array<std::string, kColumns> at;
  double weight = 0;
  uint64_t lines = 0;
  const Figure* figure = nullptr;  // nullptr: several routes drawn as one
};

struct Node {
  std::string code;
  double weight = 0, y = 0, height = 0;
  double in = 0, out = 0;  // how much of its height ribbons have taken on each side
};

double WeightOf(const Figure& figure, bool values) {
  return values ? std::max(figure.value_usd.value_or(0), 0.0)
                : static_cast<double>(figure.rows.count);
}

bool HasMiddlemen(const FigureTable& channels) {
  return std::any_of(channels.figures.begin(), channels.figures.end(),
                     [](const Figure& figure) { return !figure.key[1].empty(); });
}

class RouteChart {
 public:
  RouteChart(Writer& writer, const Totals& totals, const FigureTable& table, bool wide)
      : writer_(writer),
        totals_(totals),
        parties_(table.kind == FigureTable::Kind::kChannel),
        wide_(wide),
        width_(wide ? 960 : 330) {
    const bool middle = parties_ ? HasMiddlemen(table) : StatesDeparture(table);
    if (!middle) columns_ = {0, 2};
    std::vector<const Figure*> figures;
    for (const Figure& figure : table.figures) {
      // Direct trade would make the channels by a middleman thin as hairs.
      if (parties_ && middle && figure.key[1].empty()) continue;
      figures.push_back(&figure);
      values_ = values_ || figure.value_usd.has_value();
    }
    Collect(figures);
    Place();
  }

  void Write() {
    writer_.Put("<svg class=\"chart ", wide_ ? "wide" : "narrow", "\" viewBox=\"0 0 ",
                Coordinate(width_), " ", Coordinate(height_), "\" role=\"img\" aria-label=\"",
                writer_.Data(totals_.title +
                             (parties_ ? ": parties, from sender by middleman to recipient."
                                       : ": routes from origin by country of departure to "
                                         "destination.") +
                             " The table below holds the numbers."),
                "\">\n");
    WriteDescription();
    WriteHeadings();
    for (const Flow& flow : flows_) WriteRibbons(flow);
    for (size_t place = 0; place < columns_.size(); ++place) WriteNodes(place);
    writer_.Put("</svg>\n");
  }

 private:
  // Whether a ribbon of this key touches the column.
  bool IsIn(const std::array<std::string, kColumns>& at, size_t column) const {
    return !parties_ || !at[column].empty();
  }

  std::string NodeName(const std::string& code) const {
    if (code == kOther) return "others";
    if (code.empty()) return "not stated";
    return parties_ ? writer_.Plain(code) : std::string(CountryName(code));
  }

  // The largest ribbons, for those who do not see them.
  void WriteDescription() {
    constexpr size_t kSaid = 5;
    std::string words;
    for (size_t i = 0; i < std::min(flows_.size(), kSaid); ++i)
      words += (i > 0 ? "; " : "") + WordsOf(flows_[i]);
    writer_.Put("<desc>Largest: ", Escape(words), ".</desc>\n");
  }

  std::string WordsOf(const Flow& flow) const {
    std::string words;
    for (size_t c = 0; c < kColumns; ++c) {
      if (IsIn(flow.at, c)) words += (words.empty() ? "" : " > ") + NodeName(flow.at[c]);
    }
    return words + ": " + (values_ ? UsdInWords(flow.weight) + ", " : "") +
           Count(flow.lines, "line", "lines");
  }

  void Collect(const std::vector<const Figure*>& figures) {
    // What comes in on the left of a node may also leave it on the right, as another line.
    std::array<std::map<std::string, std::array<double, 2>>, kColumns> sums;
    for (const Figure* one : figures) {
      const Figure& figure = *one;
      const std::array<std::string, kColumns> at{figure.key[0], figure.key[1], figure.key[2]};
      for (size_t c = 0; c < kColumns; ++c) {
        if (!IsIn(at, c)) continue;
        const bool left = c > 0 && (c == 2 || IsIn(at, 0)),
                   right = c < 2 && (c == 0 || IsIn(at, 2));
        sums[c][at[c]][0] += left ? WeightOf(figure, values_) : 0;
        sums[c][at[c]][1] += right ? WeightOf(figure, values_) : 0;
      }
    }
    for (size_t c = 0; c < kColumns; ++c) KeepLargest(sums[c], nodes_[c]);
    std::map<std::array<std::string, kColumns>, Flow> flows;
    for (const Figure* figure : figures) AddTo(flows, *figure);
    for (auto& [at, flow] : flows) flows_.push_back(std::move(flow));
    std::stable_sort(flows_.begin(), flows_.end(),
                     [](const Flow& a, const Flow& b) { return a.weight > b.weight; });
  }

  static void KeepLargest(const std::map<std::string, std::array<double, 2>>& sums,
                          std::vector<Node>& nodes) {
    for (const auto& [code, weight] : sums) nodes.push_back({code, std::max(weight[0], weight[1])});
    std::stable_sort(nodes.begin(), nodes.end(),
                     [](const Node& a, const Node& b) { return a.weight > b.weight; });
    if (nodes.size() <= kNodesShown + 1) return;
    Node other{kOther};
    for (size_t i = kNodesShown; i < nodes.size(); ++i) other.weight += nodes[i].weight;
    nodes.resize(kNodesShown);
    nodes.push_back(other);
  }

  Node& NodeAt(size_t column, const std::string& code) {
    for (Node& node : nodes_[column]) {
      if (node.code == code) return node;
    }
    return nodes_[column].back();  // the others
  }

  void AddTo(std::map<std::array<std::string, kColumns>, Flow>& flows, const Figure& figure) {
    std::array<std::string, kColumns> at;
    for (size_t c = 0; c < kColumns; ++c) {
      if (!parties_ || !figure.key[c].empty()) at[c] = NodeAt(c, figure.key[c]).code;
    }
    const auto [place, is_new] = flows.try_emplace(at, Flow{at});
    Flow& flow = place->second;
    flow.figure = is_new ? &figure : nullptr;
    flow.weight += WeightOf(figure, values_);
    flow.lines += figure.rows.count;
  }

  void Place() {
    double total = 0;
    size_t most_nodes = 1;
    for (const auto& column : nodes_) {
      double sum = 0;
      for (const Node& node : column) sum += node.weight;
      total = std::max(total, sum);
      most_nodes = std::max(most_nodes, column.size());
    }
    const double bars = wide_ ? 220 : 180;
    scale_ = total > 0 ? bars / total : 0;
    height_ = kTop + bars + static_cast<double>(most_nodes) * kPitch + 8;
    for (auto& column : nodes_) {
      double y = kTop;
      for (Node& node : column) {
        node.height = std::max(node.weight * scale_, 2.0);
        node.y = y;
        y += node.height + kPitch;
      }
    }
  }

  // Of the column that stands at `place` from the left.
  double X(size_t place) const {
    return 1 + static_cast<double>(place) * (width_ - kNodeWidth - 2) /
                   static_cast<double>(columns_.size() - 1);
  }

  void WriteHeadings() {
    constexpr std::array<const char*, kColumns> kCountries = {"Origin", "Departure", "Destination"};
    constexpr std::array<const char*, kColumns> kParties = {"Sender", "Middleman", "Recipient"};
    const auto& names = parties_ ? kParties : kCountries;
    constexpr std::array<const char*, kColumns> kAnchors = {"start", "mid", "end"};
    for (size_t place = 0; place < columns_.size(); ++place) {
      const size_t c = columns_[place];
      const double x = X(place) + kNodeWidth / 2 * static_cast<double>(c);
      writer_.Put("<text class=\"head ", kAnchors[c], "\" x=\"", Coordinate(x), "\" y=\"14\">",
                  names[c], "</text>\n");
    }
  }

  // By a third country, or from or to a middleman.
  bool ByThird(const Flow& flow) const {
    if (parties_) return !flow.at[1].empty();
    return !flow.at[1].empty() && flow.at[1] != flow.at[0] && flow.at[1] != flow.at[2];
  }

  void WriteRibbons(const Flow& flow) {
    const double thickness = std::max(flow.weight * scale_, 0.8);
    writer_.Put("<g class=\"flow", ByThird(flow) ? " third" : "", "\"");
    if (flow.figure != nullptr) {
      const auto& key = flow.figure->key;
      const std::string title = parties_ ? ChannelInWords(key) : RouteInWords(key);
      writer_.Put(" data-set=\"", std::to_string(writer_.AddSet(flow.figure->rows, title)), "\"");
    }
    writer_.Put("><title>", Escape(WordsOf(flow)), "</title>");
    std::vector<size_t> places;  // of the columns that it touches
    for (size_t place = 0; place < columns_.size(); ++place) {
      if (IsIn(flow.at, columns_[place])) places.push_back(place);
    }
    for (size_t i = 0; i + 1 < places.size(); ++i) {
      const size_t left = columns_[places[i]], right = columns_[places[i + 1]];
      Node& from = NodeAt(left, flow.at[left]);
      Node& to = NodeAt(right, flow.at[right]);
      WriteRibbon(places[i], places[i + 1], from.y + from.out, to.y + to.in, thickness);
      from.out += flow.weight * scale_;
      to.in += flow.weight * scale_;
    }
    writer_.Put("</g>\n");
  }

  void WriteRibbon(size_t left, size_t right, double y0, double y1, double thickness) {
    const double x0 = X(left) + kNodeWidth, x1 = X(right), middle = (x0 + x1) / 2;
    const auto point = [](double x, double y) { return Coordinate(x) + " " + Coordinate(y); };
    writer_.Put("<path d=\"M", point(x0, y0), " C", point(middle, y0), " ", point(middle, y1), " ",
                point(x1, y1), " L", point(x1, y1 + thickness), " C", point(middle, y1 + thickness),
                " ", point(middle, y0 + thickness), " ", point(x0, y0 + thickness), "Z\"/>");
  }

  // Characters of a label: names of parties are long, and those of two columns share a gap.
  size_t LabelRoom() const {
    if (!parties_) return wide_ ? 28 : 13;
    if (columns_.size() == kColumns) return wide_ ? 24 : 10;
    return wide_ ? 44 : 20;
  }

  void WriteNodes(size_t place) {
    const bool last = place + 1 == columns_.size();
    for (const Node& node : nodes_[columns_[place]]) {
      const double x = X(place) + (last ? -5 : kNodeWidth + 5);
      const std::string name = Shorten(NodeName(node.code), LabelRoom());
      writer_.Put("<rect class=\"node\" x=\"", Coordinate(X(place)), "\" y=\"", Coordinate(node.y),
                  "\" width=\"", Coordinate(kNodeWidth), "\" height=\"", Coordinate(node.height),
                  "\"/><text class=\"node ", last ? "end" : "start", "\" x=\"", Coordinate(x),
                  "\" y=\"", Coordinate(node.y + node.height / 2 + 4), "\">", Escape(name));
      if (wide_ && !(parties_ && columns_.size() == kColumns)) {
        writer_.Put(" <tspan class=\"soft\">",
                    values_ ? UsdInWords(node.weight) : Amount(node.weight), "</tspan>");
      }
      writer_.Put("</text>\n");
    }
  }

  static constexpr double kTop = 26, kPitch = 17;
  Writer& writer_;
  const Totals& totals_;
  const bool parties_;
  const bool wide_;
  const double width_;
  bool values_ = false;
  double scale_ = 0, height_ = 0;
  std::array<std::vector<Node>, kColumns> nodes_;
  std::vector<Flow> flows_;
  std::vector<size_t> columns_ = {0, 1,
                                  2};  // those drawn: without departure when no row states one
};

}  // namespace

void WriteRouteChart(Writer& writer, const Totals& totals, const FigureTable& routes) {
  if (routes.figures.empty()) return;
  writer.Put("<figure class=\"chart-box\">\n");
  RouteChart(writer, totals, routes, true).Write();
  RouteChart(writer, totals, routes, false).Write();
  writer.Put(
      "<figcaption>A ribbon is as wide as the value of its route (its lines, when no value is "
      "stated). "
      "<span class=\"swatch third\"></span> leaves from a third country "
      "<span class=\"swatch\"></span> direct, or departure not stated.</figcaption>\n</figure>\n");
}

void WriteChannelChart(Writer& writer, const Totals& totals, const FigureTable& channels) {
  if (channels.figures.empty()) return;
  writer.Put("<figure class=\"chart-box\">\n");
  RouteChart(writer, totals, channels, true).Write();
  RouteChart(writer, totals, channels, false).Write();
  writer.Put(
      "<figcaption>A ribbon is as wide as the value of the lines between these parties (their "
      "number, when no value is stated). ",
      HasMiddlemen(channels)
          ? "A middleman receives in some lines and sends in others; that the same goods pass "
            "through is not shown here. Direct trade is in the table only."
          : "No party of these lines both receives and sends.",
      "</figcaption>\n</figure>\n");
}

}  // namespace tidewaiter::report
