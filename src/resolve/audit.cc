#include "resolve/audit.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "base/parallel.h"
#include "resolve/groups.h"

namespace tidewaiter::resolve {
namespace {

constexpr size_t kMostCandidates = 64;  // of an entity in one round
constexpr uint32_t kSure = 2;           // mentions that make a value sure
constexpr float kDecided = std::numeric_limits<float>::infinity();

// Two mentions of one entity, by their place in it; `odds` with the prior.
struct Edge {
  uint32_t a = 0, b = 0;
  float odds = 0;
};

// A part of an entity under consideration.
struct Piece {
  std::vector<uint32_t> members;  // mentions, ascending
  std::vector<Edge> edges;
};

// Where a piece may be cut: `side` says of each member on which side it is.
struct Place {
  std::vector<bool> side;
  CutWhy why = CutWhy::kBridge;
};

// Edges by member.
class Neighbours {
 public:
  Neighbours(size_t members, const std::vector<Edge>& edges, float least) : first_(members + 1) {
    for (const Edge& e : edges) {
      if (e.odds >= least) ++first_[e.a + 1], ++first_[e.b + 1];
    }
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    to_.resize(first_.back());
    std::vector<uint32_t> at(first_.begin(), first_.end() - 1);
    for (uint32_t i = 0; i < edges.size(); ++i) {
      if (edges[i].odds < least) continue;
      to_[at[edges[i].a]++] = {edges[i].b, i};
      to_[at[edges[i].b]++] = {edges[i].a, i};
    }
  }
  struct To {
    uint32_t member = 0, edge = 0;
  };
  std::span<const To> Of(uint32_t member) const {
    return {to_.data() + first_[member], to_.data() + first_[member + 1]};
  }

 private:
  std::vector<uint32_t> first_;
  std::vector<To> to_;
};

constexpr uint32_t kNone = UINT32_MAX;

// Tarjan's bridges and the connected parts, by a walk that keeps its own stack.
class Walk {
 public:
  Walk(size_t members, const Neighbours& near)
      : near_(near), order_(members, kNone), low_(members), part_(members, kNone), end_(members) {
    for (uint32_t m = 0; m < members; ++m) {
      if (order_[m] != kNone) continue;
      From(m);
      ++parts_;
    }
  }
  uint32_t parts() const { return parts_; }
  uint32_t PartOf(uint32_t member) const { return part_[member]; }
  // By the member at which the walk came over the bridge; what lies behind it was walked next.
  const std::vector<uint32_t>& bridges() const { return bridges_; }
  bool Behind(uint32_t bridge, uint32_t member) const {
    return order_[member] >= order_[bridge] && order_[member] < end_[bridge];
  }

 private:
  struct Step {
    uint32_t member = 0, by_edge = kNone;
    size_t next = 0;
  };

  void Enter(uint32_t member, uint32_t by_edge) {
    order_[member] = low_[member] = clock_++;
    part_[member] = parts_;
    stack_.push_back({member, by_edge, 0});
  }

  void From(uint32_t start) {
    Enter(start, kNone);
    while (!stack_.empty()) {
      Step& step = stack_.back();
      const auto near = near_.Of(step.member);
      if (step.next < near.size()) {
        const auto [member, edge] = near[step.next++];
        if (edge == step.by_edge) continue;
        if (order_[member] == kNone)
          Enter(member, edge);
        else
          low_[step.member] = std::min(low_[step.member], order_[member]);
        continue;
      }
      const uint32_t done = step.member;
      end_[done] = clock_;
      stack_.pop_back();
      if (stack_.empty()) break;
      const uint32_t before = stack_.back().member;
      low_[before] = std::min(low_[before], low_[done]);
      if (low_[done] > order_[before]) bridges_.push_back(done);
    }
  }

  const Neighbours& near_;
  std::vector<uint32_t> order_, low_, part_, end_, bridges_;
  std::vector<Step> stack_;
  uint32_t clock_ = 0, parts_ = 0;
};

// One thread's part of the work.
class Auditor {
 public:
  Auditor(const Facts& facts, const ScoredPairs& scored, float least)
      : facts_(facts),
        scorer_(facts),
        comparer_(facts),
        prior_(static_cast<float>(scored.prior)),
        least_(least) {}

  // Cuts the piece as often as needed; what is left is appended to `pieces`.
  void Cut(Piece piece, std::vector<resolve::Cut>& cuts, std::vector<Piece>& pieces) {
    std::vector<Piece> open;
    open.push_back(std::move(piece));
    while (!open.empty()) {
      Piece now = std::move(open.back());
      open.pop_back();
      const auto at = WorstPlace(now);
      if (!at) {
        pieces.push_back(std::move(now));
        continue;
      }
      cuts.push_back(Describe(now, *at));
      open.push_back(Side(now, at->place, true));
      open.push_back(Side(now, at->place, false));
    }
  }

 private:
  struct Judged {
    Place place;
    float odds = 0;
  };

  std::optional<Judged> WorstPlace(const Piece& piece) {
    if (piece.members.size() < 3) return std::nullopt;
    std::optional<Judged> worst;
    for (Place& place : PlacesOf(piece)) {
      const float odds = OddsOf(piece, place);
      if (odds < least_ && (!worst || odds < worst->odds)) worst = Judged{std::move(place), odds};
    }
    return worst;
  }

  std::vector<Place> PlacesOf(const Piece& piece) {
    std::vector<Place> out;
    const size_t count = piece.members.size();
    const Neighbours strong(count, piece.edges, least_);
    const Walk walk(count, strong);
    for (uint32_t part = 0; walk.parts() > 1 && part < walk.parts(); ++part)
      Add(piece, CutWhy::kWeak, [&](uint32_t m) { return walk.PartOf(m) == part; }, out);
    for (const uint32_t bridge : walk.bridges()) {
      if (out.size() == kMostCandidates) break;
      Add(piece, CutWhy::kBridge, [&](uint32_t m) { return walk.Behind(bridge, m); }, out);
    }
    // What does not change in a life.
    for (const Field field : {Field::kBirthDate, Field::kBirthPlace, Field::kIdentifier})
      AddConflict(piece, field, out);
    return out;
  }

  // Unless a person has decided that what lies on both sides is one.
  template <typename OnSide>
  static void Add(const Piece& piece, CutWhy why, const OnSide& on_side, std::vector<Place>& out) {
    Place place{std::vector<bool>(piece.members.size()), why};
    for (uint32_t m = 0; m < place.side.size(); ++m) place.side[m] = on_side(m);
    for (const Edge& e : piece.edges) {
      if (e.odds == kDecided && place.side[e.a] != place.side[e.b]) return;
    }
    out.push_back(std::move(place));
  }

  struct Held {
    uint32_t value = 0, count = 0, member = 0;
  };

  // The two most held values of a field that exclude each other.
  std::optional<std::pair<Held, Held>> Conflict(const Piece& piece, Field field) {
    if (!facts_.mentions().field(field).present()) return std::nullopt;
    held_.clear();
    for (uint32_t m = 0; m < piece.members.size(); ++m) {
      const uint32_t value = facts_.mentions().Cell(field, piece.members[m]);
      if (value == 0) continue;
      const auto at = std::find_if(held_.begin(), held_.end(),
                                   [&](const Held& held) { return held.value == value; });
      if (at == held_.end())
        held_.push_back({value, 1, m});
      else
        ++at->count;
    }
    std::stable_sort(held_.begin(), held_.end(),
                     [](const Held& x, const Held& y) { return x.count > y.count; });
    const Level different = static_cast<Level>(LevelsOf(AspectOf(field)).count - 1);
    for (size_t i = 1; i < held_.size() && held_[i].count >= kSure; ++i) {
      if (comparer_.Compare(field, held_[0].value, held_[i].value).level[0] == different)
        return std::pair(held_[0], held_[i]);
    }
    return std::nullopt;
  }

  // Joins from the strongest pair on until only the two that exclude each other are left: between
  // them lie the weakest pairs.
  void AddConflict(const Piece& piece, Field field, std::vector<Place>& out) {
    const auto conflict = Conflict(piece, field);
    if (!conflict) return;
    std::vector<uint32_t> parent(piece.members.size()), order(piece.edges.size());
    std::iota(parent.begin(), parent.end(), 0U);
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](uint32_t x, uint32_t y) {
      return piece.edges[x].odds > piece.edges[y].odds;
    });
    const auto find = [&](uint32_t x) {
      while (parent[x] != x) x = parent[x] = parent[parent[x]];
      return x;
    };
    for (const uint32_t i : order) {
      const uint32_t x = find(piece.edges[i].a), y = find(piece.edges[i].b);
      const uint32_t one = find(conflict->first.member), other = find(conflict->second.member);
      if (std::minmax(x, y) != std::minmax(one, other)) parent[std::max(x, y)] = std::min(x, y);
    }
    const uint32_t one = find(conflict->first.member);
    Add(piece, CutWhy::kConflict, [&](uint32_t m) { return find(m) == one; }, out);
  }

  float OddsOf(const Piece& piece, const Place& place) {
    x_.clear(), y_.clear();
    for (size_t m = 0; m < piece.members.size(); ++m)
      (place.side[m] ? x_ : y_).push_back(piece.members[m]);
    if (x_.empty() || y_.empty()) return kDecided;
    return prior_ + scorer_.Score(x_, y_);
  }

  static resolve::Cut Describe(const Piece& piece, const Judged& judged) {
    resolve::Cut out;
    out.why = judged.place.why;
    const Edge* strongest = nullptr;
    for (const Edge& e : piece.edges) {
      if (judged.place.side[e.a] == judged.place.side[e.b]) continue;
      if (strongest == nullptr || e.odds > strongest->odds) strongest = &e;
    }
    if (strongest != nullptr)
      out.pair = {piece.members[strongest->a], piece.members[strongest->b], strongest->odds, 0};
    out.pair.group_weight = judged.odds;
    const bool side = strongest != nullptr && judged.place.side[strongest->a];
    for (const bool one : judged.place.side) ++(one == side ? out.side_a : out.side_b);
    return out;
  }

  static Piece Side(const Piece& piece, const Place& place, bool side) {
    Piece out;
    std::vector<uint32_t> number(piece.members.size());
    for (uint32_t m = 0; m < number.size(); ++m) {
      if (place.side[m] != side) continue;
      number[m] = static_cast<uint32_t>(out.members.size());
      out.members.push_back(piece.members[m]);
    }
    for (const Edge& e : piece.edges) {
      if (place.side[e.a] == side && place.side[e.b] == side)
        out.edges.push_back({number[e.a], number[e.b], e.odds});
    }
    return out;
  }

  const Facts& facts_;
  GroupScorer scorer_;
  Comparer comparer_;
  float prior_, least_;
  std::vector<Held> held_;
  std::vector<uint32_t> x_, y_;
};

// Members and pairs of each entity of at least three mentions.
class Entities {
 public:
  Entities(const Clusters& clusters, const ScoredPairs& scored, const ClusterOptions& options)
      : clusters_(clusters), scored_(scored), options_(options) {
    const auto& entity_of = clusters.entity_of;
    Sort(entity_of.size(), [&](size_t m) { return entity_of[m]; }, first_member_, members_);
    Sort(
        scored.pairs.size(),
        [&](size_t i) {
          const Pair& pair = scored.pairs[i];
          const uint32_t entity = entity_of[pair.a];
          return entity == entity_of[pair.b] && Size(entity) > 2 ? entity : kNone;
        },
        first_pair_, pairs_);
    for (uint32_t entity = 0; entity < entity_of.size(); ++entity) {
      if (Size(entity) > 2) large_.push_back(entity);
    }
  }
  const std::vector<uint32_t>& large() const { return large_; }

  Piece PieceOf(uint32_t entity) const {
    Piece out;
    out.members.assign(members_.begin() + first_member_[entity],
                       members_.begin() + first_member_[entity + 1]);
    const auto place = [&](uint32_t mention) {
      return static_cast<uint32_t>(
          std::lower_bound(out.members.begin(), out.members.end(), mention) - out.members.begin());
    };
    for (uint32_t i = first_pair_[entity]; i < first_pair_[entity + 1]; ++i) {
      const Pair& pair = scored_.pairs[pairs_[i]];
      out.edges.push_back(
          {place(pair.a), place(pair.b), pair.weight + static_cast<float>(scored_.prior)});
    }
    for (const auto& [a, b] : options_.together) {
      if (clusters_.entity_of[a] == entity && a != b)
        out.edges.insert(out.edges.end(), 2, {place(a), place(b), kDecided});
    }
    return out;
  }

 private:
  uint32_t Size(uint32_t entity) const { return first_member_[entity + 1] - first_member_[entity]; }

  template <typename EntityOf>
  void Sort(size_t count, const EntityOf& entity_of, std::vector<uint32_t>& first,
            std::vector<uint32_t>& sorted) const {
    first.assign(clusters_.entity_of.size() + 1, 0);
    for (size_t i = 0; i < count; ++i) {
      if (const uint32_t entity = entity_of(i); entity != kNone) ++first[entity + 1];
    }
    std::partial_sum(first.begin(), first.end(), first.begin());
    sorted.resize(first.back());
    std::vector<uint32_t> at(first.begin(), first.end() - 1);
    for (size_t i = 0; i < count; ++i) {
      if (const uint32_t entity = entity_of(i); entity != kNone)
        sorted[at[entity]++] = static_cast<uint32_t>(i);
    }
  }

  const Clusters& clusters_;
  const ScoredPairs& scored_;
  const ClusterOptions& options_;
  std::vector<uint32_t> first_member_, members_, first_pair_, pairs_, large_;
};

}  // namespace

void CutClusters(const Facts& facts, const ScoredPairs& scored, const ClusterOptions& options,
                 unsigned threads, Clusters& clusters) {
  constexpr size_t kShare = 4096;  // entities that one thread takes at a time
  const auto least = static_cast<float>(std::log(options.threshold / (1 - options.threshold)));
  const Entities entities(clusters, scored, options);
  const auto& large = entities.large();
  struct Found {
    std::vector<Cut> cuts;
    std::vector<Piece> pieces;
  };
  std::vector<Found> found((large.size() + kShare - 1) / kShare);
  ParallelFor(found.size(), threads, 1, [&](size_t share) {
    Auditor auditor(facts, scored, least);
    std::vector<Piece> pieces;
    const size_t end = std::min(large.size(), (share + 1) * kShare);
    for (size_t i = share * kShare; i < end; ++i) {
      pieces.clear();
      auditor.Cut(entities.PieceOf(large[i]), found[share].cuts, pieces);
      if (pieces.size() < 2) continue;
      for (Piece& piece : pieces) found[share].pieces.push_back(std::move(piece));
    }
  });
  for (const Found& share : found) {
    clusters.cuts.insert(clusters.cuts.end(), share.cuts.begin(), share.cuts.end());
    for (const Piece& piece : share.pieces) {
      for (const uint32_t m : piece.members) clusters.entity_of[m] = piece.members[0];
      if (piece.members.size() == 1) clusters.probability[piece.members[0]] = 1;
    }
  }
}

}  // namespace tidewaiter::resolve
