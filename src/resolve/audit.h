// Finished entities looked at once more, each as a whole.
//
// Groups are judged when they are merged, with what was known of them then. When all mentions are
// in their places an entity may turn out to hang together by a single pair, by pairs that alone
// would not have been enough, or to hold two dates or places of birth or numbers that several of
// its mentions are sure of. There, and nowhere else, it is asked again whether the two sides go
// together as wholes (groups.h); when they do not, the entity is cut. What a person has decided to
// be one is never cut.
#ifndef TIDEWAITER_RESOLVE_AUDIT_H_
#define TIDEWAITER_RESOLVE_AUDIT_H_

#include "resolve/cluster.h"

namespace tidewaiter::resolve {

// Cuts the entities of `clusters` and writes each cut into Clusters::cuts, in the order of the
// entities. Same cuts on any number of threads.
void CutClusters(const Facts& facts, const ScoredPairs& scored, const ClusterOptions& options,
                 unsigned threads, Clusters& clusters);

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_AUDIT_H_
