#include "match/score.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

#include "names/sound.h"

namespace tidewaiter::match {
namespace {

using names::Likeness;
using names::Similarity;

// The assignment of rows to columns that is worth most (Hungarian method, rows <= columns after
// padding). worth(i, j) >= 0; returns the column of each row, -1 for none.
class Assignment {
 public:
  Assignment(size_t rows, size_t columns, const std::vector<double>& worth)
      : rows_(rows), columns_(columns), worth_(worth) {}

  std::vector<int> Solve() {
    std::vector<int> out(rows_, -1);
    if (Greedy(out)) return out;
    return Optimal();
  }

 private:
  double Worth(size_t i, size_t j) const {
    return i < rows_ && j < columns_ ? worth_[i * columns_ + j] : 0;
  }

  // When the best column of each row is its own and differs from the others', that is the optimum.
  bool Greedy(std::vector<int>& out) const {
    std::vector<char> used(columns_, 0);
    for (size_t i = 0; i < rows_; ++i) {
      size_t best = 0;
      for (size_t j = 1; j < columns_; ++j) {
        if (Worth(i, j) > Worth(i, best)) best = j;
      }
      if (Worth(i, best) <= 0) continue;
      if (used[best]) return false;
      used[best] = true;
      out[i] = static_cast<int>(best);
    }
    return true;
  }

  std::vector<int> Optimal() const {
    const size_t n = std::max(rows_, columns_);
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    std::vector<double> u(n + 1, 0), v(n + 1, 0);
    std::vector<size_t> match(n + 1, 0), way(n + 1, 0);
    for (size_t i = 1; i <= n; ++i) {
      match[0] = i;
      size_t j0 = 0;
      std::vector<double> least(n + 1, kInfinity);
      std::vector<bool> used(n + 1, false);
      do {
        used[j0] = true;
        const size_t i0 = match[j0];
        double delta = kInfinity;
        size_t j1 = 0;
        for (size_t j = 1; j <= n; ++j) {
          if (used[j]) continue;
          const double cost = -Worth(i0 - 1, j - 1) - u[i0] - v[j];
          if (cost < least[j]) least[j] = cost, way[j] = j0;
          if (least[j] < delta) delta = least[j], j1 = j;
        }
        for (size_t j = 0; j <= n; ++j) {
          if (used[j])
            u[match[j]] += delta, v[j] -= delta;
          else
            least[j] -= delta;
        }
        j0 = j1;
      } while (match[j0] != 0);
      do {
        const size_t j1 = way[j0];
        match[j0] = match[j1];
        j0 = j1;
      } while (j0 != 0);
    }
    std::vector<int> out(rows_, -1);
    for (size_t j = 1; j <= columns_; ++j) {
      if (match[j] != 0 && match[j] <= rows_ && Worth(match[j] - 1, j - 1) > 0)
        out[match[j] - 1] = static_cast<int>(j - 1);
    }
    return out;
  }

  size_t rows_, columns_;
  const std::vector<double>& worth_;
};

bool IsPlain(const Word& word) {
  return (word.view.flags & (names::kNumber | names::kLegal | names::kWord | names::kInitial |
                             names::kHonorific | names::kAcronym)) == 0;
}

class Comparison {
 public:
  Comparison(std::span<const Word> left, std::span<const Word> right, const Likenesses& likeness,
             bool company, const Profile& profile)
      : left_(left),
        right_(right),
        likeness_(likeness),
        company_(company),
        profile_(profile),
        left_free_(left.size(), 1),
        right_free_(right.size(), 1),
        left_like_(left.size(), 0),
        right_like_(right.size(), 0) {}

  NameScore Run() {
    MarkLike();
    JoinNeighbours(true);
    Align();
    JoinNeighbours(false);
    MatchInitials();
    Sum();
    return std::move(score_);
  }

 private:
  const Similarity& At(size_t i, size_t j) const { return likeness_[i * right_.size() + j]; }

  // Which words are much like a word of the other side.
  void MarkLike() {
    constexpr float kMuch = 0.9F;
    for (size_t i = 0; i < left_.size(); ++i) {
      for (size_t j = 0; j < right_.size(); ++j) {
        if (At(i, j).value >= kMuch) left_like_[i] = right_like_[j] = 1;
      }
    }
  }

  void Align() {
    thread_local std::vector<double> worth;
    worth.assign(left_.size() * right_.size(), 0);
    bool any = false;
    for (size_t i = 0; i < left_.size(); ++i) {
      for (size_t j = 0; j < right_.size(); ++j) {
        const double share = Share(At(i, j).value, profile_);
        // A tie goes to the more alike, then to the same place.
        worth[i * right_.size() + j] =
            share <= 0 || !left_free_[i] || !right_free_[j]
                ? 0
                : share * (0.01 + std::min(left_[i].worth, right_[j].worth));
        any |= share > 0;
      }
    }
    if (!any) return;
    const std::vector<int> columns = Assignment(left_.size(), right_.size(), worth).Solve();
    for (size_t i = 0; i < columns.size(); ++i) {
      if (columns[i] >= 0)
        Pair(i, 1, static_cast<size_t>(columns[i]), 1, At(i, static_cast<size_t>(columns[i])));
    }
  }

  void Pair(size_t i, size_t i_count, size_t j, size_t j_count, Similarity likeness) {
    for (size_t k = 0; k < i_count; ++k) left_free_[i + k] = false;
    for (size_t k = 0; k < j_count; ++k) right_free_[j + k] = false;
    score_.pairs.push_back({static_cast<uint8_t>(i), static_cast<uint8_t>(j),
                            static_cast<uint8_t>(i_count), static_cast<uint8_t>(j_count),
                            likeness});
  }

  // "Good Will" and "Goodwill". `first`: before the words are aligned one to one, and then only of
  // words none of which has its like on the other side.
  void JoinNeighbours(bool first) {
    for (size_t i = 0; i < left_.size(); ++i) {
      for (size_t j = 0; j < right_.size(); ++j) {
        if (!left_free_[i] || !right_free_[j]) continue;
        const bool left_two = i + 1 < left_.size() && left_free_[i + 1],
                   right_two = j + 1 < right_.size() && right_free_[j + 1];
        if (left_two && (!first || !(left_like_[i] || left_like_[i + 1] || right_like_[j]))) {
          const Similarity joined = Joined(left_[i], left_[i + 1], right_[j]);
          if (joined.value > 0) {
            Pair(i, 2, j, 1, joined);
            continue;
          }
        }
        if (right_two && (!first || !(left_like_[i] || right_like_[j] || right_like_[j + 1]))) {
          const Similarity joined = Joined(right_[j], right_[j + 1], left_[i]);
          if (joined.value > 0) Pair(i, 1, j, 2, joined);
        }
      }
    }
  }

  static Similarity Joined(const Word& a, const Word& b, const Word& whole) {
    if (!IsPlain(whole) || whole.Is(names::kParticle)) return {};
    return names::CompareJoined(a.view, b.view, whole.view);
  }

  void MatchInitials() {
    for (size_t i = 0; i < left_.size(); ++i) {
      for (size_t j = 0; j < right_.size(); ++j) {
        if (!left_free_[i] || !right_free_[j]) continue;
        const bool left_initial = left_[i].Is(names::kInitial) && IsPlain(right_[j]);
        const bool right_initial = right_[j].Is(names::kInitial) && IsPlain(left_[i]);
        if ((left_initial || right_initial) && left_[i].view.text[0] == right_[j].view.text[0]) {
          Pair(i, 1, j, 1, {0.6F, Likeness::kInitial});
        }
      }
    }
  }

  static bool HasPatronymic(std::span<const Word> words) {
    return std::any_of(words.begin(), words.end(),
                       [](const Word& word) { return word.Is(names::kPatronymic); });
  }
  // A patronymic that the other side simply does not give claims little; another patronymic claims
  // all.
  double Claim(const Word& word, bool other_has_patronymic) const {
    return word.Is(names::kPatronymic) && !other_has_patronymic
               ? word.claim * profile_.patronymic_omitted
               : word.claim;
  }

  void Sum() {
    const bool left_patronymic = HasPatronymic(left_), right_patronymic = HasPatronymic(right_);
    const auto left_claim = [&](const Word& word) { return Claim(word, right_patronymic); };
    const auto right_claim = [&](const Word& word) { return Claim(word, left_patronymic); };
    for (const Word& word : left_) score_.left += left_claim(word);
    for (const Word& word : right_) score_.right += right_claim(word);
    for (const WordPair& pair : score_.pairs) {
      const bool whole = pair.likeness.why == Likeness::kInitial ||
                         (pair.likeness.why == Likeness::kJoined && pair.likeness.value >= 0.98F);
      const double share = whole ? 1 : Share(pair.likeness.value, profile_);
      const double settled = pair.likeness.why == Likeness::kInitial ? kInitialSettles : share;
      double a = 0, b = 0;
      for (size_t k = 0; k < pair.left_count; ++k) {
        a += left_[pair.left + k].worth;
        score_.left -= left_claim(left_[pair.left + k]) * settled;
      }
      for (size_t k = 0; k < pair.right_count; ++k) {
        b += right_[pair.right + k].worth;
        score_.right -= right_claim(right_[pair.right + k]) * settled;
      }
      score_.evidence += std::min(a, b) * share;
    }
    score_.left = std::max(0.0, score_.left);
    score_.right = std::max(0.0, score_.right);
    // Initials alone are nothing, and nothing more beside a legal form.
    const bool words =
        std::any_of(score_.pairs.begin(), score_.pairs.end(), [&](const WordPair& pair) {
          return pair.likeness.why != Likeness::kInitial && left_[pair.left].worth > 0 &&
                 right_[pair.right].worth > 0;
        });
    if (!words) score_.evidence = 0;
    if (score_.evidence <= 0) return;
    score_.log_odds = LogOdds(score_.evidence, score_.left, score_.right, company_, profile_);
    score_.legal_differs = LegalDiffers();
    if (score_.legal_differs) score_.log_odds -= profile_.legal_form_differs;
    score_.reordered = !company_ && Reordered();
    if (score_.reordered) score_.log_odds -= profile_.reordered;
    const auto plain =
        std::count_if(score_.pairs.begin(), score_.pairs.end(), [&](const WordPair& pair) {
          return pair.likeness.why != Likeness::kInitial && CountsAsPlain(left_[pair.left]) &&
                 CountsAsPlain(right_[pair.right]);
        });
    score_.single = plain <= 1 && std::max(score_.left, score_.right) > kSingleLeft;
    if (score_.single) score_.log_odds -= profile_.single_word;
  }

  // Whether the words that go together stand in another order on the other side, and not only
  // because the family name comes first there.
  bool Reordered() {
    const auto has_place = [](const Word& word) {
      return IsPlain(word) && !word.Is(names::kParticle);
    };
    thread_local std::vector<std::pair<uint8_t, uint8_t>> places;
    places.clear();
    for (const WordPair& pair : score_.pairs) {
      if (has_place(left_[pair.left]) && has_place(right_[pair.right]))
        places.emplace_back(pair.left, pair.right);
    }
    std::sort(places.begin(), places.end());
    size_t descents = 0;
    for (size_t i = 0; i < places.size(); ++i)
      descents += places[i].second > places[(i + 1) % places.size()].second;
    return descents > 1;
  }

  bool LegalDiffers() const {
    bool left_has = false, right_has = false;
    for (const Word& a : left_) {
      left_has |= a.Is(names::kLegal);
      for (const Word& b : right_) {
        right_has |= b.Is(names::kLegal);
        if (a.Is(names::kLegal) && b.Is(names::kLegal) && a.view.text == b.view.text) return false;
      }
    }
    return left_has && right_has;
  }

  std::span<const Word> left_, right_;
  const Likenesses& likeness_;
  bool company_;
  const Profile& profile_;
  std::vector<char> left_free_, right_free_, left_like_, right_like_;
  NameScore score_;
};

}  // namespace

NameScore CompareNames(std::span<const Word> left, std::span<const Word> right,
                       const Likenesses& likeness, bool company, const Profile& profile) {
  return Comparison(left, right, likeness, company, profile).Run();
}

double LogOdds(double evidence, double left, double right, bool company, const Profile& profile) {
  const double contradiction = std::min(left, right), omission = std::max(left, right);
  const double omission_weight = company ? profile.company_omission : profile.omission;
  const double tail = std::clamp(evidence - profile.evidence_cap, 0.0, 2 * profile.evidence_cap);
  return profile.base +
         profile.evidence * std::min(evidence, profile.evidence_cap) / profile.evidence_cap +
         profile.evidence_tail * tail -
         (company ? profile.company_contradiction : profile.contradiction) * contradiction -
         omission_weight * omission / (evidence + omission + 1e-9);
}

double AcronymPenalty(size_t letters, const Profile& profile) {
  constexpr size_t kFewest = 3;
  const auto times = static_cast<double>(std::max(letters, kFewest) - kFewest + 1);
  return profile.acronym / std::pow(times, 1.5);
}

double Share(double likeness, const Profile& profile) {
  if (likeness <= profile.likeness_floor) return 0;
  if (likeness >= 1) return 1;
  const double share = (likeness - profile.likeness_floor) / (1 - profile.likeness_floor);
  return profile.likeness_power == 1 ? share : std::pow(share, profile.likeness_power);
}

double MainNamesPenalty(double best, double main_names, const Profile& profile) {
  return std::clamp(profile.main_names * (best - main_names), 0.0, profile.main_names_most);
}

double Probability(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }
double LogOddsOf(double probability) { return std::log(probability / (1 - probability)); }

}  // namespace tidewaiter::match
