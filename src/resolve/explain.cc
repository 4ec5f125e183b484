#include "resolve/explain.h"

#include <algorithm>
#include <cmath>

namespace tidewaiter::resolve {
namespace {

std::string_view ToString(CutWhy why) {
  switch (why) {
    case CutWhy::kBridge:
      return "bridge";
    case CutWhy::kWeak:
      return "no strong pair";
    default:
      return "weakest pair of two that conflict";
  }
}

double Rounded(double x) { return std::round(x * 1000) / 1000; }

// Several values of one mention are shown parted by " | ".
std::string Shown(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == kValueSeparator)
      out += " | ";
    else
      out += c;
  }
  return out;
}

Json ExplainField(Field field, const Mentions& mentions, uint32_t x, uint32_t y,
                  Comparer& comparer) {
  const Agreement agreement = comparer.Compare(field, x, y);
  Json levels = Json(Json::Object{});
  const size_t first = field == Field::kName ? 0 : static_cast<size_t>(AspectOf(field));
  for (size_t i = 0; i < (field == Field::kName ? kNameAspects : 1); ++i) {
    const auto aspect = static_cast<Aspect>(first + i);
    if (agreement.level[i] == kNothing) continue;
    levels.Set(std::string(ToString(aspect)),
               std::string(LevelsOf(aspect).names[agreement.level[i]]));
  }
  Json out;
  out.Set("a", Shown(mentions.field(field).values[x]));
  out.Set("b", Shown(mentions.field(field).values[y]));
  out.Set("agreement", std::move(levels));
  out.Set("weight", Rounded(static_cast<double>(comparer.WeightOf(field, agreement))));
  return out;
}

}  // namespace

Json Explainer::Merged(const Judgement& judgement, uint64_t number) {
  Json out = Explain(judgement, "merged");
  return out.Set("number", number);
}

Json Explainer::Refused(const Judgement& judgement) { return Explain(judgement, "refused"); }

Json Explainer::WasCut(const Cut& cut) {
  Json out = Explain(cut.pair, "cut");
  Json::Array sides;
  sides.emplace_back(static_cast<uint64_t>(cut.side_a));
  sides.emplace_back(static_cast<uint64_t>(cut.side_b));
  return out.Set("why", ToString(cut.why)).Set("mentions_of_sides", Json(std::move(sides)));
}

Json Explainer::Explain(const Judgement& judgement, std::string_view decision) {
  Json fields = Json(Json::Object{});
  for (size_t f = 0; f < kFields; ++f) {
    const auto field = static_cast<Field>(f);
    const uint32_t x = mentions_.Cell(field, judgement.a), y = mentions_.Cell(field, judgement.b);
    if (x != 0 && y != 0)
      fields.Set(std::string(ToString(field)), ExplainField(field, mentions_, x, y, comparer_));
  }
  Json out;
  out.Set("decision", decision);
  out.Set("a", mentions_.ids[judgement.a]);
  out.Set("b", mentions_.ids[judgement.b]);
  out.Set("pair_log_odds", Rounded(static_cast<double>(judgement.pair_weight)));
  out.Set("group_log_odds", Rounded(static_cast<double>(judgement.group_weight)));
  out.Set("fields", std::move(fields));
  Json reverse;
  reverse.Set("decision", decision == "merged" ? "split" : "merge")
      .Set("mentions", Json(Json::Array{out.StringOr("a"), out.StringOr("b")}));
  return out.Set("to_reverse", std::move(reverse));
}

}  // namespace tidewaiter::resolve
