#include "evidence/figure.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/date.h"
#include "base/file.h"
#include "base/hash.h"
#include "evidence/lines.h"
#include "model/country.h"
#include "tables/duckdb.h"

namespace tidewaiter::evidence {
namespace {

const std::vector<Role>& ShippingRoles() {
  static const std::vector<Role> roles = {Role::kExporter, Role::kShipper, Role::kSupplier,
                                          Role::kSeller};
  return roles;
}
const std::vector<Role>& ReceivingRoles() {
  static const std::vector<Role> roles = {Role::kImporter, Role::kConsignee, Role::kBuyer,
                                          Role::kEndUser};
  return roles;
}

constexpr std::array<std::string_view, 4> kGoods = {"all", "controlled", "drones", "parts"};

// The SQL of a word of `by`; empty: unknown.
std::string Dimension(const std::string& word) {
  if (word == "brand" || word == "model" || word == "hs" || word == "origin" ||
      word == "departure" || word == "destination" || word == "source")
    return "coalesce(" + word + ", '')";
  if (word == "class") return "coalesce(component_class, '')";
  if (word == "month") return "coalesce(substr(CAST(date AS VARCHAR), 1, 7), '')";
  if (word == "route")
    return "coalesce(origin, '?') || '>' || coalesce(departure, '?') || '>' || "
           "coalesce(destination, '?')";
  if (ParseRole(word)) return "coalesce(" + word + ", '')";
  return {};
}

std::string WhereGoods(const std::string& goods) {
  if (goods == "drones") return "component_class = 'drone'";
  if (goods == "parts")
    return "component_class IS NOT NULL AND component_class NOT IN ('drone', 'accessory')";
  if (goods == "controlled")
    return "((component_class IS NOT NULL AND component_class <> 'accessory') OR EXISTS (SELECT 1 "
           "FROM controlled_hs c WHERE lines.hs LIKE c.hs || '%'))";
  return {};
}

// All of what is asked except who shipped.
std::vector<std::string> Conditions(const FigureQuestion& q) {
  std::vector<std::string> parts;
  const auto equals = [&](const char* column, const std::string& value) {
    if (!value.empty())
      parts.push_back(std::string("lower(") + column + ") = lower(" + tables::QuoteText(value) +
                      ")");
  };
  if (auto goods = WhereGoods(q.goods); !goods.empty()) parts.push_back(std::move(goods));
  equals("brand", q.brand);
  equals("model", q.model);
  equals("origin", q.origin);
  equals("destination", q.destination);
  if (!q.hs.empty()) parts.push_back("hs LIKE " + tables::QuoteText(q.hs + "%"));
  if (!q.received_by.empty()) parts.push_back(WhereParty(q.received_by, ReceivingRoles()));
  if (!q.from.empty()) parts.push_back("date >= DATE " + tables::QuoteText(q.from));
  if (!q.to.empty()) parts.push_back("date <= DATE " + tables::QuoteText(q.to));
  return parts;
}

std::string And(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : " AND ") + part;
  return out.empty() ? "true" : out;
}

std::string WhereOf(const FigureQuestion& q) {
  auto parts = Conditions(q);
  if (!q.shipped_by.empty()) parts.push_back(WhereParty(q.shipped_by, ShippingRoles()));
  return And(parts);
}

std::string Words(const std::string& before, const std::string& value) {
  return value.empty() ? std::string() : before + value;
}

std::string ScopeOf(const FigureQuestion& q, const Figure& figure) {
  std::string what = q.goods == "all"          ? "Lines"
                     : q.goods == "controlled" ? "Lines of drones, their parts and their codes"
                     : q.goods == "drones"     ? "Lines recognised as drones"
                                               : "Lines recognised as parts of drones";
  what += Words(" of the brand ", q.brand) + Words(", model ", q.model) + Words(" under HS ", q.hs);
  if (!q.shipped_by.empty())
    what += " that name " + q.shipped_by + " as exporter, shipper, supplier or seller";
  if (!q.received_by.empty())
    what += Words(q.shipped_by.empty() ? " that name " : " and ", q.received_by) +
            " as importer, consignee, buyer or end user";
  what += Words(" made in ", q.origin) + Words(" for ", q.destination);
  what += Words(", from ", q.from) + Words(q.from.empty() ? ", until " : " to ", q.to);
  what += ", in";
  for (size_t i = 0; i < figure.sources.size(); ++i)
    what += (i == 0 ? " " : ", ") + figure.sources[i].first;
  return what + ". Values are the files' own, in dollars.";
}

void Add(const FigureLineRow& row, FigureSum& sum) {
  ++sum.lines;
  if (row.cents) sum.cents += *row.cents;
  sum.lines_without_value += !row.cents;
}

// One group while its rows come in.
struct Gathering {
  FigureLine line;
  RowSetHasher all, undisputed;

  void Take(const FigureLineRow& row) {
    Add(row, line.all);
    all.Add(row.source, row.row, row.hash);
    if (row.disputes == 0) {
      Add(row, line.undisputed);
      undisputed.Add(row.source, row.row, row.hash);
    }
    if (!row.cents || row.component_class.empty() || row.component_class == "accessory") return;
    (row.component_class == "drone" ? line.drone_cents : line.part_cents) += *row.cents;
  }
  FigureLine Finish() {
    line.all.hash = all.Finish();
    line.undisputed.hash = undisputed.Finish();
    return std::move(line);
  }
};

class Computer {
 public:
  Computer(RunLines& lines, Figure& figure) : lines_(lines), figure_(figure) {}

  Status Compute() {
    TW_RETURN_IF_ERROR(Gather());
    TW_RETURN_IF_ERROR(AddClaimed());
    TW_RETURN_IF_ERROR(AddApart());
    figure_.scope = ScopeOf(figure_.question, figure_);
    return {};
  }

 private:
  std::vector<std::string> KeyColumns() const {
    std::vector<std::string> columns;
    for (const auto& word : figure_.question.by) columns.push_back(Dimension(word));
    return columns;
  }

  Status Gather() {
    std::map<std::vector<std::string>, Gathering> groups;
    Gathering total;
    std::vector<uint64_t> disputed(figure_.disputes.all.size());
    TW_RETURN_IF_ERROR(lines_.ForEach(
        WhereOf(figure_.question), KeyColumns(), figure_.disputes, [&](const FigureLineRow& row) {
          total.Take(row);
          auto& group = groups[row.key];
          group.line.key = row.key;
          group.Take(row);
          figure_.rows.push_back({row.source, row.row, row.hash, row.disputes != 0});
          for (size_t i = 0; i < disputed.size(); ++i) disputed[i] += (row.disputes >> i) & 1;
        }));
    figure_.total = total.Finish();
    for (auto& [key, group] : groups) figure_.lines.push_back(group.Finish());
    std::stable_sort(figure_.lines.begin(), figure_.lines.end(), [](const auto& a, const auto& b) {
      return std::pair(a.all.cents, a.all.lines) > std::pair(b.all.cents, b.all.lines);
    });
    for (size_t i = 0; i < disputed.size(); ++i) {
      if (disputed[i] > 0) figure_.disputed.emplace_back(figure_.disputes.all[i].id, disputed[i]);
    }
    return {};
  }

  Result<FigureSum> SumOf(const std::string& where) {
    FigureSum sum;
    RowSetHasher hash;
    TW_RETURN_IF_ERROR(lines_.ForEach(where, {}, {}, [&](const FigureLineRow& row) {
      Add(row, sum);
      hash.Add(row.source, row.row, row.hash);
    }));
    sum.hash = hash.Finish();
    return sum;
  }

  // Who is tied to the shipper by a claim that is itself in dispute: a second total, never the
  // first.
  Status AddClaimed() {
    const auto& q = figure_.question;
    if (q.including.empty()) return {};
    auto parts = Conditions(q);
    std::string either = WhereParty(q.shipped_by, ShippingRoles());
    for (const auto& party : q.including) either += " OR " + WhereParty(party, ShippingRoles());
    parts.push_back("(" + either + ")");
    TW_ASSIGN_OR_RETURN(figure_.with_claimed, SumOf(And(parts)));
    return {};
  }

  Status AddApart() {
    const auto& q = figure_.question;
    if (q.shipped_by.empty()) return {};
    const std::string shipped = WhereParty(q.shipped_by, ShippingRoles());
    for (const Role role : AllRoles()) {
      const auto& shipping = ShippingRoles();
      if (std::find(shipping.begin(), shipping.end(), role) != shipping.end()) continue;
      auto parts = Conditions(q);
      parts.push_back(WhereParty(q.shipped_by, {role}));
      parts.push_back("NOT " + shipped);
      TW_ASSIGN_OR_RETURN(FigureSum sum, SumOf(And(parts)));
      if (sum.lines > 0) figure_.apart.push_back({std::string(ToString(role)), std::move(sum)});
    }
    return {};
  }

  RunLines& lines_;
  Figure& figure_;
};

double Usd(int64_t cents) { return static_cast<double>(cents) / 100; }

Json ToJson(const FigureSum& sum) {
  Json json;
  json.Set("lines", sum.lines).Set("lines_without_value", sum.lines_without_value);
  json.Set("value_usd", sum.lines == sum.lines_without_value ? Json() : Json(Usd(sum.cents)));
  return json.Set("row_set_hash", sum.hash);
}

Json ToJson(const FigureLine& line) {
  Json range = Json::Array{}, of_which, json;
  range.Add(Usd(line.undisputed.cents)).Add(Usd(line.all.cents));
  of_which.Set("drones_usd", Usd(line.drone_cents)).Set("drone_parts_usd", Usd(line.part_cents));
  of_which.Set("other_usd", Usd(line.all.cents - line.drone_cents - line.part_cents));
  json.Set("key", TextsToJson(line.key)).Set("value_usd", std::move(range));
  json.Set("all", ToJson(line.all)).Set("without_disputed", ToJson(line.undisputed));
  return json.Set("of_which", std::move(of_which));
}

Result<std::vector<FigureRow>> RowsOf(const Json& saved) {
  std::vector<FigureRow> rows;
  const Json* list = saved.Find("rows");
  if (list == nullptr || !list->is_array())
    return BadInput("is no saved figure: it has no rows", {}, 0, "rows");
  for (const Json& item : list->as_array()) {
    if (!item.is_array() || item.as_array().size() != 4)
      return BadInput("a row is not [source, row, hash, disputed]", {}, 0, "rows");
    const auto& cells = item.as_array();
    if (!cells[0].is_string() || !cells[1].is_integer() || !cells[2].is_string() ||
        !cells[3].is_bool())
      return BadInput("a row is not [source, row, hash, disputed]", {}, 0, "rows");
    rows.push_back({cells[0].as_string(), static_cast<uint64_t>(cells[1].as_integer()),
                    cells[2].as_string(), cells[3].as_bool()});
  }
  return rows;
}

std::string Named(const FigureRow& row) {
  return "row " + std::to_string(row.row) + " of " + row.source;
}

constexpr size_t kMostDifferences = 100;

void CompareRows(std::vector<FigureRow> before, std::vector<FigureRow> now,
                 std::vector<std::string>& differences) {
  std::map<std::pair<std::string, uint64_t>, FigureRow> old;
  for (auto& row : before) old.emplace(std::pair(row.source, row.row), row);
  for (const auto& row : now) {
    const auto at = old.find({row.source, row.row});
    if (at == old.end())
      differences.push_back(Named(row) + " was not part of the figure");
    else if (at->second.hash != row.hash)
      differences.push_back(Named(row) + " has changed: its hash was " + at->second.hash +
                            " and is " + row.hash);
    else if (at->second.disputed != row.disputed)
      differences.push_back(Named(row) +
                            (row.disputed ? " is disputed now" : " is disputed no longer"));
    if (at != old.end()) old.erase(at);
  }
  for (const auto& [key, row] : old)
    differences.push_back(Named(row) + " is no longer part of the figure");
}

Result<Json> ReadSaved(const std::string& text) {
  const auto json = ParseJson(text);
  if (!json) return BadInput("is no saved figure: " + json.error().message);
  return *json;
}

}  // namespace

Json ToJson(const FigureQuestion& q) {
  Json json;
  const auto text = [&](const char* key, const std::string& value) {
    json.Set(key, value.empty() ? Json() : Json(value));
  };
  text("goods", q.goods), text("brand", q.brand), text("model", q.model), text("hs", q.hs);
  text("origin", q.origin), text("destination", q.destination);
  text("shipped_by", q.shipped_by), text("received_by", q.received_by);
  text("from", q.from), text("to", q.to);
  return json.Set("including", TextsToJson(q.including)).Set("by", TextsToJson(q.by));
}

Result<FigureQuestion> QuestionFromJson(const Json& json) {
  FigureQuestion q;
  for (const auto& [key, target] :
       std::initializer_list<std::pair<const char*, std::string*>>{{"goods", &q.goods},
                                                                   {"brand", &q.brand},
                                                                   {"model", &q.model},
                                                                   {"hs", &q.hs},
                                                                   {"origin", &q.origin},
                                                                   {"destination", &q.destination},
                                                                   {"shipped_by", &q.shipped_by},
                                                                   {"received_by", &q.received_by},
                                                                   {"from", &q.from},
                                                                   {"to", &q.to}}) {
    *target = json.StringOr(key);
  }
  for (const auto& [key, target] :
       std::initializer_list<std::pair<const char*, std::vector<std::string>*>>{
           {"including", &q.including}, {"by", &q.by}}) {
    const Json* list = json.Find(key);
    if (list == nullptr || !list->is_array()) continue;
    for (const Json& item : list->as_array()) {
      if (item.is_string()) target->push_back(item.as_string());
    }
  }
  TW_RETURN_IF_ERROR(CheckQuestion(q));
  return q;
}

Status CheckQuestion(const FigureQuestion& q) {
  if (std::find(kGoods.begin(), kGoods.end(), q.goods) == kGoods.end())
    return UsageError("goods: '" + q.goods + "' is none of all, controlled, drones, parts");
  for (const auto& word : q.by) {
    if (Dimension(word).empty())
      return UsageError("by: '" + word +
                        "' is none of brand, model, class, hs, month, route, origin, departure, "
                        "destination, source, or a role: " +
                        KnownRoles());
  }
  for (const auto* day : {&q.from, &q.to}) {
    if (!day->empty() && !ParseIsoDate(*day))
      return UsageError("'" + *day + "' is no date; use YYYY-MM-DD");
  }
  if (!q.including.empty() && q.shipped_by.empty())
    return UsageError("including: says who is tied to the party of shipped-by, which is missing");
  return {};
}

Result<Figure> ComputeFigure(const std::string& run, const FigureQuestion& question,
                             const Disputes& disputes, const std::string& resources) {
  TW_RETURN_IF_ERROR(CheckQuestion(question));
  Figure figure;
  figure.question = question;
  figure.disputes = disputes;
  TW_ASSIGN_OR_RETURN(RunLines lines, RunLines::Open(run, resources));
  figure.sources = lines.sources();
  figure.vendor_mapped = lines.vendor_mapped();
  TW_RETURN_IF_ERROR(Computer(lines, figure).Compute());
  return figure;
}

Json ToJson(const Figure& figure) {
  Json lines = Json::Array{}, apart = Json::Array{}, rows = Json::Array{}, sources = Json::Array{},
       disputed = Json::Array{}, json;
  for (const auto& line : figure.lines) lines.Add(ToJson(line));
  for (const auto& one : figure.apart) {
    Json item = ToJson(one.sum);
    apart.Add(item.Set("role", one.role));
  }
  for (const auto& row : figure.rows)
    rows.Add(Json::Array{row.source, row.row, row.hash, row.disputed});
  for (const auto& [name, sha256] : figure.sources) {
    Json item;
    sources.Add(item.Set("source", name).Set("sha256", sha256));
  }
  for (const auto& [id, count] : figure.disputed) {
    Json item;
    disputed.Add(item.Set("id", id).Set("rows", count));
  }
  json.Set("question", ToJson(figure.question)).Set("scope", figure.scope);
  json.Set("total", ToJson(figure.total)).Set("lines", std::move(lines));
  json.Set("apart", std::move(apart)).Set("sources", std::move(sources));
  json.Set("with_claimed", figure.with_claimed ? ToJson(*figure.with_claimed) : Json());
  json.Set("disputed", std::move(disputed)).Set("rows", std::move(rows));
  json.Set("disputes", figure.disputes.text.empty() ? Json() : Json(figure.disputes.text));
  return json.Set("vendor_mapped_roles", TextsToJson(figure.vendor_mapped));
}

Status ExportFigure(const std::string& run, const Figure& figure, const std::string& folder) {
  TW_RETURN_IF_ERROR(MakeFolders(folder));
  TW_ASSIGN_OR_RETURN(RunLines lines, RunLines::Open(run, {}));
  TW_RETURN_IF_ERROR(lines.WriteRows(figure, JoinPath(folder, "lines.parquet")));
  Json inputs = Json::Array{}, about;
  for (const auto& [name, sha256] : figure.sources) {
    Json item;
    inputs.Add(item.Set("source", name)
                   .Set("sha256", sha256)
                   .Set("vendor_mapped", TextsToJson(figure.vendor_mapped)));
  }
  about.Set("inputs", std::move(inputs)).Set("exported_from_a_run", true);
  TW_RETURN_IF_ERROR(WriteAtomically(JoinPath(folder, "run.json"), about.DumpPretty() + "\n"));
  return WriteAtomically(JoinPath(folder, "figure.json"), ToJson(figure).Dump() + "\n");
}

Result<ReplayAnswer> Replay(const std::string& saved_json, const std::string& run,
                            const std::string& resources) {
  TW_ASSIGN_OR_RETURN(const Json saved, ReadSaved(saved_json));
  const Json* asked = saved.Find("question");
  if (asked == nullptr) return BadInput("is no saved figure: it has no question");
  TW_ASSIGN_OR_RETURN(const FigureQuestion question, QuestionFromJson(*asked));
  Disputes disputes;
  if (const auto text = saved.StringOr("disputes"); !text.empty()) {
    TW_ASSIGN_OR_RETURN(disputes, ParseDisputes(text, "disputes of the saved figure"));
  }
  TW_ASSIGN_OR_RETURN(const Figure now, ComputeFigure(run, question, disputes, resources));
  ReplayAnswer answer;
  TW_ASSIGN_OR_RETURN(auto before, RowsOf(saved));
  CompareRows(std::move(before), now.rows, answer.differences);
  const Json again = ToJson(now);
  for (const char* part : {"scope", "total", "lines", "apart", "with_claimed", "disputed",
                           "sources", "vendor_mapped_roles"}) {
    const Json *a = saved.Find(part), *b = again.Find(part);
    if ((a == nullptr ? Json() : *a) == (b == nullptr ? Json() : *b)) continue;
    answer.differences.push_back(std::string(part) + " was " +
                                 (a == nullptr ? "missing" : a->Dump().substr(0, 300)) +
                                 " and is " + b->Dump().substr(0, 300));
  }
  answer.same = saved.Dump() == again.Dump();
  if (!answer.same && answer.differences.empty())
    answer.differences.emplace_back("the saved figure has other fields than this program writes");
  if (answer.differences.size() > kMostDifferences) answer.differences.resize(kMostDifferences);
  return answer;
}

Result<ReplayAnswer> ReplayBytes(const std::string& saved_json, const std::string& run,
                                 const std::string& original) {
  TW_ASSIGN_OR_RETURN(const Json saved, ReadSaved(saved_json));
  TW_ASSIGN_OR_RETURN(const auto rows, RowsOf(saved));
  TW_ASSIGN_OR_RETURN(const std::string bytes, ReadMaybeGzip(original));
  TW_ASSIGN_OR_RETURN(RunLines lines, RunLines::Open(run, {}));
  TW_ASSIGN_OR_RETURN(const auto places, lines.PlacesOf(BaseName(original)));
  ReplayAnswer answer;
  for (const FigureRow& row : rows) {
    if (row.source != BaseName(original)) continue;
    const auto at = places.find(row.row);
    const bool inside = at != places.end() && at->second.first <= bytes.size() &&
                        at->second.second <= bytes.size() - at->second.first;
    if (!inside)
      answer.differences.push_back(Named(row) + " is not in the file");
    else if (RowHashHex(std::string_view(bytes).substr(at->second.first, at->second.second)) !=
             row.hash)
      answer.differences.push_back(Named(row) + " has other bytes than the figure was made of");
    if (answer.differences.size() == kMostDifferences) break;
  }
  answer.same = answer.differences.empty();
  return answer;
}

}  // namespace tidewaiter::evidence
