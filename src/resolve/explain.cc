#include "resolve/explain.h"

#include <algorithm>
#include <cmath>

namespace tidewaiter::resolve {
namespace {

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

Json Explainer::Explain(const Judgement& judgement, bool merged) {
  Json fields = Json(Json::Object{});
  for (size_t f = 0; f < kFields; ++f) {
    const auto field = static_cast<Field>(f);
    const uint32_t x = mentions_.Cell(field, judgement.a), y = mentions_.Cell(field, judgement.b);
    if (x != 0 && y != 0)
      fields.Set(std::string(ToString(field)), ExplainField(field, mentions_, x, y, comparer_));
  }
  Json out;
  out.Set("decision", merged ? "merged" : "refused");
  out.Set("a", mentions_.ids[judgement.a]);
  out.Set("b", mentions_.ids[judgement.b]);
  out.Set("pair_log_odds", Rounded(static_cast<double>(judgement.pair_weight)));
  out.Set("group_log_odds", Rounded(static_cast<double>(judgement.group_weight)));
  out.Set("fields", std::move(fields));
  return out;
}

}  // namespace tidewaiter::resolve
