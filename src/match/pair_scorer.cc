#include <algorithm>
#include <cmath>

#include "match/evidence.h"
#include "match/match.h"
#include "match/words.h"

namespace tidewaiter::match {
namespace {

Particulars ParticularsOf(const Query& query) {
  Particulars out;
  out.kind = query.kind;
  if (query.birth_date) out.birth_dates.push_back(*query.birth_date);
  out.birth_dates.insert(out.birth_dates.end(), query.birth_dates.begin(), query.birth_dates.end());
  out.countries = query.countries;
  out.gender = query.gender;
  out.identifiers = query.identifiers;
  return out;
}

class Scorer final : public PairScorer {
 public:
  Scorer(Profile profile, bool name_groups) : profile_(std::move(profile)), name_groups_(name_groups) {}

  double Score(const Query& left, const Query& right) const override {
    double best = -100;
    const std::vector<PreparedName> left_names = Prepare(left), right_names = Prepare(right);
    for (const PreparedName& a : left_names) {
      for (const PreparedName& b : right_names) {
        best = std::max(best, CompareNames(a.words(), b.words(), CompareAll(a.words(), b.words()), profile_).log_odds);
      }
    }
    const EvidenceScore evidence = CompareParticulars(ParticularsOf(left), ParticularsOf(right), profile_);
    if (evidence.identifier_agrees) return 1;
    if (best <= -100) return 0;
    return std::min(0.9999, std::round(Probability(best + evidence.log_odds) * 10000) / 10000);
  }

 private:
  std::vector<PreparedName> Prepare(const Query& query) const {
    std::vector<PreparedName> out;
    for (const std::string& name : query.names) {
      out.emplace_back(name, query.kind, name_groups_, profile_, [&](const names::NameToken&) { return 7.0; });
    }
    return out;
  }

  Profile profile_;
  bool name_groups_;
};

}  // namespace

Result<std::unique_ptr<const PairScorer>> PairScorer::Create(const std::string& resources, bool name_groups) {
  TW_ASSIGN_OR_RETURN(Profile profile, LoadProfile(resources));
  return std::unique_ptr<const PairScorer>(std::make_unique<Scorer>(std::move(profile), name_groups));
}

}  // namespace tidewaiter::match
