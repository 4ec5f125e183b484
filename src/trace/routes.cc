#include "trace/routes.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace tidewaiter::trace {
namespace {

constexpr double kNothing = 1e-9;

bool Known(double quantity) { return quantity > 0; }  // false for NaN too

bool Contradict(const std::string& a, const std::string& b) {
  return !a.empty() && !b.empty() && a != b;
}

bool ShareSerial(const Leg& a, const Leg& b) {
  return std::any_of(a.serials.begin(), a.serials.end(), [&](const std::string& serial) {
    return std::binary_search(b.serials.begin(), b.serials.end(), serial);
  });
}

bool Near(double a, double b) { return std::abs(a - b) <= 0.05 * b; }

// The grade at which the goods that came in with one leg may be those that went out with the other;
// 5: none.
int GradeOf(const Leg& in, const Leg& out) {
  const bool same_code = !in.hs6.empty() && in.hs6 == out.hs6;
  const bool same_article = !in.article.empty() && in.article == out.article;
  if (Contradict(in.article, out.article)) return 5;
  if ((same_code || same_article) && ShareSerial(in, out)) return 1;
  if (!Known(in.quantity) || !Known(out.quantity)) return 5;
  if (same_article && in.quantity == out.quantity) return 2;
  if (!same_code) return 5;
  return Near(in.quantity, out.quantity) ? 3 : 4;
}

std::vector<size_t> ByDay(const std::vector<Leg>& legs) {
  std::vector<size_t> order(legs.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return std::tie(legs[a].day, legs[a].row) < std::tie(legs[b].day, legs[b].row);
  });
  return order;
}

// Hands out what came in, grade by grade, so that a good link is never used up by a bad one.
class Linker {
 public:
  Linker(const std::vector<Leg>& legs, const LinkOptions& options)
      : legs_(legs), options_(options), in_left_(legs.size()), out_left_(legs.size()) {
    for (const size_t i : ByDay(legs)) {
      in_left_[i] = out_left_[i] = Known(legs[i].quantity) ? legs[i].quantity : 0;
      if (legs[i].recipient != legs[i].sender) received_[legs[i].recipient].push_back(i);
      order_.push_back(i);
    }
  }

  std::vector<Link> Find() {
    for (int grade = 1; grade <= options_.weakest_grade; ++grade) {
      for (const size_t out : order_) LinkOut(out, grade);
    }
    return std::move(links_);
  }

 private:
  void LinkOut(size_t out, int grade) {
    const Leg& leg = legs_[out];
    const auto at = received_.find(leg.sender);
    if (leg.sender.empty() || at == received_.end()) return;
    const auto& ins = at->second;
    auto in = std::lower_bound(ins.begin(), ins.end(), leg.day - options_.days,
                               [&](size_t i, Date day) { return legs_[i].day < day; });
    for (; in != ins.end() && legs_[*in].day < leg.day; ++in) {
      if (*in == out || GradeOf(legs_[*in], leg) != grade) continue;
      if (Use(*in, out, grade) && grade < 4) return;
    }
  }

  bool Use(size_t in, size_t out, int grade) {
    const bool whole = grade == 2 || grade == 3;
    if (whole && (in_left_[in] < legs_[in].quantity || out_left_[out] < legs_[out].quantity))
      return false;
    const bool counted = Known(legs_[in].quantity) && Known(legs_[out].quantity);
    const double quantity = counted ? std::min(in_left_[in], out_left_[out]) : 0;
    if (counted && quantity <= kNothing) return false;
    // Within the tolerance of G3 the rest of either side is no other consignment.
    in_left_[in] = whole ? 0 : in_left_[in] - quantity;
    out_left_[out] = whole ? 0 : out_left_[out] - quantity;
    links_.push_back({in, out, grade, quantity});
    return true;
  }

  const std::vector<Leg>& legs_;
  const LinkOptions& options_;
  std::vector<double> in_left_, out_left_;
  std::map<std::string, std::vector<size_t>> received_;  // by recipient, in order of day
  std::vector<size_t> order_;
  std::vector<Link> links_;
};

// Walks back from each last leg along its links and gathers what went the same way.
class ChainFinder {
 public:
  ChainFinder(const std::vector<Leg>& legs, const std::vector<Link>& links,
              const ChainOptions& options)
      : legs_(legs), options_(options), incoming_(legs.size()), sent_on_(legs.size(), false) {
    for (const Link& link : links) {
      incoming_[link.out].push_back(&link);
      sent_on_[link.in] = true;
    }
  }

  std::vector<Chain> Find() {
    for (size_t leg = 0; leg < legs_.size(); ++leg) {
      if (!IsLast(leg) || incoming_[leg].empty()) continue;
      path_.clear();
      Walk(leg);
    }
    std::vector<Chain> chains;
    for (auto& [subject, chain] : chains_) {
      std::sort(chain.rows.begin(), chain.rows.end());
      chain.rows.erase(std::unique(chain.rows.begin(), chain.rows.end()), chain.rows.end());
      chains.push_back(std::move(chain));
    }
    std::stable_sort(chains.begin(), chains.end(), [](const Chain& a, const Chain& b) {
      return std::pair(a.value_usd, a.quantity) > std::pair(b.value_usd, b.quantity);
    });
    return chains;
  }

 private:
  static constexpr size_t kMostBranches = 4;

  bool IsLast(size_t leg) const {
    if (options_.to.empty()) return !sent_on_[leg];
    return std::find(options_.to.begin(), options_.to.end(), legs_[leg].to_country) !=
           options_.to.end();
  }

  // `path_` holds the links from the last leg back to `leg`.
  void Walk(size_t leg) {
    if (incoming_[leg].empty() || path_.size() == options_.most_hops) {
      if (!path_.empty()) Add();
      return;
    }
    size_t branches = 0;
    for (const Link* link : incoming_[leg]) {
      if (++branches > kMostBranches) break;
      path_.push_back(link);
      Walk(link->in);
      path_.pop_back();
    }
  }

  void Add() {
    Chain chain;
    const Leg& first = legs_[path_.back()->in];
    AddPlace(first.sender, first.sender_name, first.from_country, chain);
    double quantity = legs_[path_.front()->out].quantity;
    for (auto link = path_.rbegin(); link != path_.rend(); ++link) {
      const Leg& in = legs_[(*link)->in];
      AddPlace(in.recipient, in.recipient_name, in.to_country, chain);
      chain.grade = std::max(chain.grade, (*link)->grade);
      quantity = std::min(quantity, (*link)->quantity);
      chain.rows.push_back(in.row);
    }
    const Leg& last = legs_[path_.front()->out];
    AddPlace(last.recipient, last.recipient_name, last.to_country, chain);
    chain.rows.push_back(last.row);
    chain.from = first.day, chain.to = last.day;
    Merge(std::move(chain), last, std::isnan(quantity) ? 0 : quantity);
  }

  static void AddPlace(const std::string& party, const std::string& name,
                       const std::string& country, Chain& chain) {
    chain.parties.push_back(party);
    chain.names.push_back(name);
    chain.countries.push_back(country);
  }

  void Merge(Chain chain, const Leg& last, double quantity) {
    const int grade = chain.grade;
    auto [at, fresh] = chains_.try_emplace(chain.Subject(), chain);
    Chain& kept = at->second;
    if (!fresh) {
      kept.grade = std::max(kept.grade, grade);
      kept.from = std::min(kept.from, chain.from);
      kept.to = std::max(kept.to, chain.to);
      kept.rows.insert(kept.rows.end(), chain.rows.begin(), chain.rows.end());
      for (size_t i = 0; i < chain.names.size(); ++i)
        kept.names[i] = std::min(kept.names[i], chain.names[i]);
    }
    kept.quantity += quantity;
    if (!counted_.insert({at->first, last.row}).second) return;
    ++kept.consignments;
    ++kept.consignments_of[static_cast<size_t>(grade)];
    if (!std::isnan(last.value_usd)) kept.value_usd += last.value_usd;
  }

  const std::vector<Leg>& legs_;
  const ChainOptions& options_;
  std::vector<std::vector<const Link*>> incoming_;
  std::vector<bool> sent_on_;
  std::vector<const Link*> path_;
  std::map<std::string, Chain> chains_;
  std::set<std::pair<std::string, RowReference>> counted_;  // last legs of each chain
};

bool SameGoods(const Leg& a, const Leg& b) {
  if (Contradict(a.article, b.article)) return false;
  const bool same = a.article.empty() || b.article.empty() ? !a.hs6.empty() && a.hs6 == b.hs6
                                                           : a.article == b.article;
  return same && Known(a.quantity) && Known(b.quantity) && Near(a.quantity, b.quantity);
}

int PartiesInCommon(const Leg& a, const Leg& b) {
  return (!a.sender.empty() && a.sender == b.sender) +
         (!a.recipient.empty() && a.recipient == b.recipient);
}

// Finds the import lines that an export line may be.
class Comparer {
 public:
  Comparer(const std::vector<Leg>& legs, int32_t days) : legs_(legs), days_(days) {
    for (const size_t i : ByDay(legs)) {
      if (legs[i].direction == "import") imports_[legs[i].to_country].push_back(i);
      if (legs[i].direction == "export") exports_.push_back(i);
    }
    taken_.resize(legs.size(), false);
  }

  Comparison Compare() {
    for (const int common : {2, 1}) Pass(common);
    // Parties are written in other ways: only where there is exactly one candidate on either side.
    std::map<size_t, std::vector<size_t>> candidates, exports_of;
    for (const size_t e : exports_) {
      if (taken_[e]) continue;
      for (const size_t i : Candidates(e)) {
        if (legs_[i].article.empty() || legs_[i].quantity != legs_[e].quantity) continue;
        candidates[e].push_back(i);
        exports_of[i].push_back(e);
      }
    }
    for (const auto& [e, imports] : candidates) {
      if (imports.size() == 1 && exports_of[imports[0]].size() == 1) Take(e, imports[0]);
    }
    for (const size_t e : exports_) {
      if (!taken_[e]) answer_.only_exported.push_back(e);
    }
    for (const auto& [country, imports] : imports_) {
      for (const size_t i : imports) {
        if (!taken_[i]) answer_.only_imported.push_back(i);
      }
    }
    return std::move(answer_);
  }

 private:
  std::vector<size_t> Candidates(size_t e) const {
    std::vector<size_t> found;
    const auto at = imports_.find(legs_[e].to_country);
    if (at == imports_.end()) return found;
    auto i = std::lower_bound(at->second.begin(), at->second.end(), legs_[e].day,
                              [&](size_t leg, Date day) { return legs_[leg].day < day; });
    for (; i != at->second.end() && legs_[*i].day <= legs_[e].day + days_; ++i) {
      if (!taken_[*i] && SameGoods(legs_[*i], legs_[e])) found.push_back(*i);
    }
    return found;
  }

  void Pass(int common) {
    for (const size_t e : exports_) {
      if (taken_[e]) continue;
      for (const size_t i : Candidates(e)) {
        if (PartiesInCommon(legs_[e], legs_[i]) != common) continue;
        Take(e, i);
        break;
      }
    }
  }

  void Take(size_t e, size_t i) {
    taken_[e] = taken_[i] = true;
    answer_.twins.push_back({e, i});
  }

  const std::vector<Leg>& legs_;
  int32_t days_;
  std::map<std::string, std::vector<size_t>> imports_;  // by country of destination, by day
  std::vector<size_t> exports_;
  std::vector<bool> taken_;
  Comparison answer_;
};

}  // namespace

std::vector<Link> FindLinks(const std::vector<Leg>& legs, const LinkOptions& options) {
  return Linker(legs, options).Find();
}

std::string Chain::Subject() const {
  std::string out;
  for (size_t i = 0; i < parties.size(); ++i) {
    if (!countries[i].empty()) out += (out.empty() ? "" : ">") + countries[i];
    if (!parties[i].empty()) out += (out.empty() ? "" : ">") + parties[i];
  }
  return out;
}

std::vector<Chain> FindChains(const std::vector<Leg>& legs, const std::vector<Link>& links,
                              const ChainOptions& options) {
  return ChainFinder(legs, links, options).Find();
}

Comparison CompareSources(const std::vector<Leg>& legs, int32_t days) {
  return Comparer(legs, days).Compare();
}

std::vector<Leg> WithoutTwins(const std::vector<Leg>& legs, const Comparison& comparison) {
  std::vector<bool> dropped(legs.size(), false);
  for (const Twin& twin : comparison.twins) dropped[twin.imported] = true;
  std::vector<Leg> kept;
  for (size_t i = 0; i < legs.size(); ++i) {
    if (!dropped[i]) kept.push_back(legs[i]);
  }
  return kept;
}

namespace {

// Both are ordered by source and row.
Status ReadSerials(tables::Connection& connection, std::vector<Leg>& legs) {
  TW_ASSIGN_OR_RETURN(auto rows, connection.Query("SELECT source, row_no, serial FROM serials "
                                                  "ORDER BY source, row_no, serial"));
  size_t leg = 0;
  while (rows.Next()) {
    const std::pair row(rows.Text(0), static_cast<uint64_t>(rows.Integer(1)));
    const auto is_before = [&](const Leg& l) {
      return std::pair(std::string_view(l.row.source), l.row.row) < row;
    };
    while (leg < legs.size() && is_before(legs[leg])) ++leg;
    if (leg < legs.size() && legs[leg].row.source == row.first && legs[leg].row.row == row.second)
      legs[leg].serials.emplace_back(rows.Text(2));
  }
  return rows.status();
}

}  // namespace

Result<std::vector<Leg>> ReadLegs(tables::Connection& connection) {
  TW_ASSIGN_OR_RETURN(
      auto rows, connection.Query(
                     "SELECT source, row_no, day, sender, recipient, sender_name, recipient_name, "
                     "coalesce(departure, sender_country, origin), destination, direction, "
                     "brand || ' ' || model, hs6, quantity, value_usd FROM controlled_trades "
                     "WHERE day IS NOT NULL AND destination IS NOT NULL ORDER BY source, row_no"));
  std::vector<Leg> legs;
  while (rows.Next()) {
    Leg leg;
    leg.row = {std::string(rows.Text(0)), static_cast<uint64_t>(rows.Integer(1))};
    leg.day = rows.Day(2);
    leg.sender = rows.Text(3), leg.recipient = rows.Text(4);
    leg.sender_name = rows.Text(5), leg.recipient_name = rows.Text(6);
    leg.from_country = rows.Text(7), leg.to_country = rows.Text(8);
    leg.direction = rows.Text(9), leg.article = rows.Text(10), leg.hs6 = rows.Text(11);
    leg.quantity = rows.IsNull(12) ? NAN : rows.Number(12);
    leg.value_usd = rows.IsNull(13) ? NAN : rows.Number(13);
    legs.push_back(std::move(leg));
  }
  TW_RETURN_IF_ERROR(rows.status());
  TW_RETURN_IF_ERROR(ReadSerials(connection, legs));
  return legs;
}

}  // namespace tidewaiter::trace
