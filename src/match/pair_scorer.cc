#include <algorithm>
#include <cmath>

#include "match/evidence.h"
#include "match/match.h"
#include "match/query.h"
#include "match/words.h"
#include "names/readings.h"
#include "names/tables.h"

namespace tidewaiter::match {
namespace {

class Scorer final : public PairScorer {
 public:
  Scorer(Profile profile, bool name_groups)
      : profile_(std::move(profile)), name_groups_(name_groups) {}

  double Score(const Query& left, const Query& right) const override {
    double best = -100, main_names = -100;
    const bool company =
        left.kind == PartyKind::kOrganization || right.kind == PartyKind::kOrganization;
    const std::vector<PreparedName> left_names = Prepare(left), right_names = Prepare(right);
    for (const PreparedName& a : left_names) {
      for (const PreparedName& b : right_names) {
        if ((a.is_acronym() || b.is_acronym()) && !MayBeCompanies(left, right)) continue;
        const double log_odds =
            CompareNames(a.words(), b.words(), CompareAll(a.words(), b.words()), company, profile_)
                .log_odds -
            PenaltyOf(a) - PenaltyOf(b);
        best = std::max(best, log_odds);
        if (&a == &left_names.front() && &b == &right_names.front()) main_names = log_odds;
      }
    }
    if (left.names.size() > 1 && right.names.size() > 1)
      best -= MainNamesPenalty(best, main_names, profile_);
    const EvidenceScore evidence =
        CompareParticulars(ParticularsOf(left), ParticularsOf(right), profile_);
    if (evidence.serial_agrees) best = std::max(best, profile_.serial_alone);
    if (best <= -100 && !evidence.identifier_agrees) return 0;
    return RoundedScore(best + evidence.log_odds, evidence.identifier_agrees, profile_);
  }

 private:
  std::vector<PreparedName> Prepare(const Query& query) const {
    std::vector<PreparedName> out;
    const auto rarity = [&](const names::NameToken& token) {
      return names::Tables::Get().RarityOf(token.text, profile_.unknown_rarity);
    };
    for (const std::string& name : query.names)
      out.emplace_back(name, query.kind, name_groups_, profile_, rarity);
    for (const std::string& name : query.names) {
      for (const std::string& read : names::OtherReadings(name, query.kind, name_groups_))
        out.emplace_back(read, query.kind, name_groups_, profile_, rarity);
    }
    for (size_t i = 0; i < query.names.size(); ++i) {
      for (const names::NameToken& acronym : names::AcronymsOf(query.names[i], out[i].tokens()))
        out.emplace_back(acronym, profile_);
    }
    return out;
  }

  static bool MayBeCompanies(const Query& left, const Query& right) {
    const auto may = [](PartyKind kind) {
      return kind == PartyKind::kOrganization || kind == PartyKind::kUnknown;
    };
    return may(left.kind) && may(right.kind);
  }
  double PenaltyOf(const PreparedName& name) const {
    return name.is_acronym() ? AcronymPenalty(name.words()[0].view.text.size(), profile_) : 0;
  }

  Profile profile_;
  bool name_groups_;
};

}  // namespace

Result<std::unique_ptr<const PairScorer>> PairScorer::Create(const std::string& resources,
                                                             bool name_groups) {
  TW_ASSIGN_OR_RETURN(Profile profile, LoadProfile(resources));
  return std::unique_ptr<const PairScorer>(
      std::make_unique<Scorer>(std::move(profile), name_groups));
}

}  // namespace tidewaiter::match
