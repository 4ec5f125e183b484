// Scored pairs -> entities.
//
// Following every good pair chains strangers together: a is like b, b is like c. So pairs only say
// which groups to look at. Whether two groups are one entity is asked of the groups as wholes,
// field by field: how well does what the mentions of the one say go with what those of the other
// say? A field's evidence is the mean likelihood ratio over all pairs of values, so that a mention
// that is near to one member and far from the rest joins nobody, and two groups that each are sure
// of another date of birth stay two.
#ifndef TIDEWAITER_RESOLVE_CLUSTER_H_
#define TIDEWAITER_RESOLVE_CLUSTER_H_

#include <cstdint>
#include <vector>

#include "resolve/facts.h"
#include "resolve/pairs.h"

namespace tidewaiter::resolve {

struct ClusterOptions {
  double threshold = 0.5;  // least probability of a merge
  // What a person has decided: always or never one entity (Decisions).
  std::vector<std::pair<uint32_t, uint32_t>> together, apart;
  // Whether Clusters::refusals say exactly how much speaks against a merge. Who is who is the same.
  bool weigh_refusals = true;
};

// Two groups that a pair of their mentions brought before the court.
struct Judgement {
  uint32_t a = 0, b = 0;
  float pair_weight = 0, group_weight = 0;  // with the prior: ln of the odds
};

// Where an entity hangs together by so little that its two sides were asked again.
enum class CutWhy : uint8_t {
  kBridge,    // the pair was the only one between the sides
  kWeak,      // no pair between the sides is strong enough alone
  kConflict,  // each side is sure of another birth or number; the pair is the weakest
};

// An entity that was cut (audit.h): the strongest pair between its sides.
struct Cut {
  Judgement pair;
  CutWhy why = CutWhy::kBridge;
  uint32_t side_a = 0, side_b = 0;  // mentions on the side of pair.a, of pair.b
};

struct Clusters {
  std::vector<uint32_t> entity_of;  // by mention: the least mention of its entity
  // By mention: the least probability of the merges by which it came to its entity; 1 when alone.
  std::vector<float> probability;
  std::vector<Judgement> merges;  // in the order of the work
  // Pairs strong enough to merge two groups, had not the groups as wholes spoken against it; one,
  // the strongest, for each two groups. Without ClusterOptions::weigh_refusals their group_weight
  // is a limit: the groups as wholes weigh no more.
  std::vector<Judgement> refusals;
  std::vector<Cut> cuts;  // merges that were taken back
};

Clusters MakeClusters(const Facts& facts, const ScoredPairs& scored, const ClusterOptions& options,
                      unsigned threads);

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_CLUSTER_H_
