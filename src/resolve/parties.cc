#include "resolve/parties.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "base/parallel.h"
#include "base/text_pool.h"
#include "resolve/firm_names.h"
#include "text/tokenize.h"

namespace tidewaiter::resolve {
namespace {

constexpr size_t kLongPrefix = 12;   // letters of a name that was cut off
constexpr size_t kCutFrom = 30;      // bytes of a field that may have been cut off
constexpr size_t kMostAlike = 64;    // that share a number and a word of an address
constexpr size_t kMostPlaces = 8;    // mentions of a group whose places are compared
constexpr size_t kMostPairs = 4096;  // of groups of two names: beyond, the names say too little

// The numbers and long words of an address.
struct Place {
  std::vector<std::string> numbers, words;
};

Place PlaceOf(std::string_view address) {
  constexpr size_t kLongWord = 5;
  Place out;
  for (const auto& token : text::Tokenize(address)) {
    const bool number = token.latin[0] >= '0' && token.latin[0] <= '9';
    if (number)
      out.numbers.push_back(token.latin);
    else if (token.latin.size() >= kLongWord)
      out.words.push_back(token.latin);
  }
  for (auto* list : {&out.numbers, &out.words}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  return out;
}

size_t CommonOf(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  size_t out = 0;
  for (const auto& text : a) out += std::binary_search(b.begin(), b.end(), text);
  return out;
}

enum class Places { kUnknown, kSame, kDifferent };

Places ComparePlaces(const Place& a, const Place& b) {
  if (a.numbers.empty() || b.numbers.empty()) return Places::kUnknown;
  const size_t numbers = CommonOf(a.numbers, b.numbers);
  if (numbers == std::min(a.numbers.size(), b.numbers.size()) && CommonOf(a.words, b.words) > 0)
    return Places::kSame;
  return Places::kDifferent;
}

bool Within(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::includes(b.begin(), b.end(), a.begin(), a.end());
}

class Grouper {
 public:
  Grouper(std::span<const PartyText> parties, const PartyDecisions& decisions, unsigned threads)
      : parties_(parties), group_(parties.size()), groups_(parties.size()) {
    std::iota(group_.begin(), group_.end(), 0U);
    for (const auto& [a, b] : decisions.apart) {
      apart_.emplace_back(a, b);
      apart_.emplace_back(b, a);
    }
    std::sort(apart_.begin(), apart_.end());
    Analyse(threads);
    for (uint32_t p = 0; p < parties.size(); ++p) {
      groups_[p].members = {p};
      groups_[p].claims = ClaimsOf(parties[p]);
    }
  }

  PartyGroups Run(const PartyDecisions& decisions) {
    for (const auto& [a, b] : decisions.together) Unite(a, b, PartyMergeWhy::kPerson);
    ByIdentifier();
    ByName();
    ByTypingError();
    ByBeginning();
    out_.first.resize(parties_.size());
    for (uint32_t p = 0; p < parties_.size(); ++p) {
      const auto& members = groups_[group_[p]].members;
      out_.first[p] = *std::min_element(members.begin(), members.end());
    }
    return std::move(out_);
  }

 private:
  // What speaks for itself: two that differ in it are two. Numbers of texts; 0: not said.
  struct Claims {
    uint32_t identifier = 0, kind = 0;  // of identifier
    uint32_t country = 0;
    bool Contradict(const Claims& other) const {
      return (kind == other.kind && identifier != other.identifier) ||
             (country != 0 && other.country != 0 && country != other.country);
    }
  };
  struct Group {
    std::vector<uint32_t> members;
    Claims claims;
  };

  Claims ClaimsOf(const PartyText& party) {
    const std::string_view identifier = party.identifier;
    return {claim_texts_.Intern(identifier),
            claim_texts_.Intern(identifier.substr(0, identifier.find(':'))),
            claim_texts_.Intern(party.country)};
  }

  void Analyse(unsigned threads) {
    ParallelFor(2, threads, 1, [&](size_t i) { i == 0 ? InternNames() : InternPlaces(); });
    names_.emplace(name_texts_, threads);
    place_of_.resize(place_texts_.size());
    ParallelFor(place_of_.size(), threads, 64,
                [&](size_t i) { place_of_[i] = PlaceOf(place_texts_[static_cast<uint32_t>(i)]); });
    ListPartiesOfNames();
  }

  void ListPartiesOfNames() {
    first_party_of_.assign(names_->size() + 1, 0);
    for (const auto& names : names_of_) {
      for (const uint32_t name : names) first_party_of_[name + 1] += name != 0;
    }
    std::partial_sum(first_party_of_.begin(), first_party_of_.end(), first_party_of_.begin());
    parties_by_name_.resize(first_party_of_.back());
    std::vector<uint32_t> next(first_party_of_.begin(), first_party_of_.end() - 1);
    for (uint32_t p = 0; p < parties_.size(); ++p) {
      for (const uint32_t name : names_of_[p]) {
        if (name != 0) parties_by_name_[next[name]++] = p;
      }
    }
  }
  std::span<const uint32_t> PartiesOf(uint32_t name) const {
    return std::span(parties_by_name_)
        .subspan(first_party_of_[name], first_party_of_[name + 1] - first_party_of_[name]);
  }

  void InternNames() {
    names_of_.reserve(parties_.size());
    for (const PartyText& party : parties_) {
      const uint32_t name = name_texts_.Intern(party.name);
      const uint32_t other = name_texts_.Intern(party.other_name);
      names_of_.push_back({name, other == name ? 0 : other});
    }
  }

  void InternPlaces() {
    places_.reserve(parties_.size());
    for (const PartyText& party : parties_) places_.push_back(place_texts_.Intern(party.address));
  }

  Places PlacesOf(uint32_t x, uint32_t y) const {
    Places out = Places::kUnknown;
    const auto &a = groups_[x].members, &b = groups_[y].members;
    for (size_t i = 0; i < std::min(kMostPlaces, a.size()); ++i) {
      for (size_t k = 0; k < std::min(kMostPlaces, b.size()); ++k) {
        const Places found = ComparePlaces(place_of_[places_[a[i]]], place_of_[places_[b[k]]]);
        if (found == Places::kSame) return found;
        if (found == Places::kDifferent) out = found;
      }
    }
    return out;
  }

  // Whether a person has decided that some of the two groups are not one.
  bool KeptApart(uint32_t x, uint32_t y) const {
    if (apart_.empty()) return false;
    for (const uint32_t p : groups_[x].members) {
      auto at = std::lower_bound(apart_.begin(), apart_.end(), std::pair(p, 0U));
      for (; at != apart_.end() && at->first == p; ++at) {
        if (group_[at->second] == y) return true;
      }
    }
    return false;
  }

  bool Contradict(uint32_t x, uint32_t y) const {
    if (KeptApart(x, y)) return true;
    return groups_[x].claims.Contradict(groups_[y].claims);
  }

  // The groups of two parties.
  void Unite(uint32_t a, uint32_t b, PartyMergeWhy why) {
    uint32_t x = group_[a], y = group_[b];
    if (x == y) return;
    out_.merges.push_back({a, b, why});
    if (groups_[x].members.size() < groups_[y].members.size()) std::swap(x, y);
    Group &to = groups_[x], &from = groups_[y];
    for (const uint32_t p : from.members) group_[p] = x;
    to.members.insert(to.members.end(), from.members.begin(), from.members.end());
    if (to.claims.identifier == 0)
      to.claims.identifier = from.claims.identifier, to.claims.kind = from.claims.kind;
    if (to.claims.country == 0) to.claims.country = from.claims.country;
    from = {};
  }

  // An identifier may be shared by firms of several countries: of one file it names one party.
  void ByIdentifier() {
    std::vector<uint32_t> order;
    for (uint32_t p = 0; p < parties_.size(); ++p) {
      if (!parties_[p].identifier.empty()) order.push_back(p);
    }
    std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
      return parties_[a].identifier < parties_[b].identifier;
    });
    for (size_t i = 1; i < order.size(); ++i) {
      if (parties_[order[i]].identifier == parties_[order[i - 1]].identifier &&
          !KeptApart(group_[order[i - 1]], group_[order[i]]))
        Unite(order[i - 1], order[i], PartyMergeWhy::kIdentifier);
    }
  }

  // Of each group of the parties with these names a party, in the order of the parties. Groups are
  // named by a party in all that follows: it stays in its group, whatever that is called.
  void GroupsOf(std::span<const uint32_t> names, std::vector<uint32_t>& out) const {
    out.clear();
    if (names.size() == 1 && PartiesOf(names[0]).size() == 1) {
      out.push_back(PartiesOf(names[0])[0]);
      return;
    }
    std::vector<std::pair<uint32_t, uint32_t>> all;  // group, party
    for (const uint32_t name : names) {
      for (const uint32_t p : PartiesOf(name)) all.emplace_back(group_[p], p);
    }
    std::sort(all.begin(), all.end());
    for (size_t i = 0; i < all.size(); ++i) {
      if (i == 0 || all[i].first != all[i - 1].first) out.push_back(all[i].second);
    }
    std::sort(out.begin(), out.end());
  }

  // Groups that go by one name: those that say who they are, then each other one with the only one
  // of these that it does not contradict, or that stands at its address.
  void UniteNamesakes(const std::vector<uint32_t>& groups) {
    if (groups.size() < 2) return;
    Namesakes firm;
    std::vector<uint32_t> loose;
    for (const uint32_t party : groups) {
      if (groups_[group_[party]].claims.identifier == 0)
        loose.push_back(party);
      else
        Add(firm, party);
    }
    for (const uint32_t party : loose) {
      const auto [only, near] = DecidedAbout(party) ? AskAll(firm, party) : Ask(firm, party);
      const uint32_t chosen = near != kNone ? near : only;
      if (chosen == kNone) {
        Add(firm, party);
        continue;
      }
      const uint32_t group = group_[firm.parties[chosen]];
      const uint32_t before = groups_[group].claims.country;
      AddPlaces(firm, chosen, party);
      Unite(firm.parties[chosen], party, PartyMergeWhy::kName);
      const uint32_t after = groups_[group_[firm.parties[chosen]]].claims.country;
      if (before == after) continue;
      firm.by_country[before].erase(chosen);
      firm.by_country[after].insert(chosen);
    }
  }

  // Of each group of one name a party, and how to find those that another one may belong to: a name
  // that a hundred thousand parties bear is normal ("TRADING LLC").
  struct Namesakes {
    std::vector<uint32_t> parties;
    std::map<uint32_t, std::set<uint32_t>> by_country;               // -> places in `parties`
    std::unordered_map<uint64_t, std::vector<uint32_t>> by_address;  // a number and a word -> these
  };
  struct Choice {
    uint32_t only = kNone, near = kNone;  // places in Namesakes::parties
  };

  void Add(Namesakes& to, uint32_t party) const {
    const auto at = static_cast<uint32_t>(to.parties.size());
    to.parties.push_back(party);
    to.by_country[groups_[group_[party]].claims.country].insert(at);
    AddPlaces(to, at, party);
  }

  void AddPlaces(Namesakes& to, uint32_t at, uint32_t party) const {
    ForAddressKeys(party, [&](uint64_t key) {
      auto& list = to.by_address[key];
      if (list.size() < kMostAlike && (list.empty() || list.back() != at)) list.push_back(at);
    });
  }

  // Addresses that are the same share a number and a word.
  template <typename Fn>
  void ForAddressKeys(uint32_t party, const Fn& fn) const {
    const auto& members = groups_[group_[party]].members;
    for (size_t i = 0; i < std::min(kMostPlaces, members.size()); ++i) {
      const Place& place = place_of_[places_[members[i]]];
      for (const auto& number : place.numbers) {
        for (const auto& word : place.words) fn(Hash64(number) + Hash64(word));
      }
    }
  }

  bool DecidedAbout(uint32_t party) const {
    if (apart_.empty()) return false;
    const auto& members = groups_[group_[party]].members;
    return std::any_of(members.begin(), members.end(), [&](uint32_t p) {
      const auto at = std::lower_bound(apart_.begin(), apart_.end(), std::pair(p, 0U));
      return at != apart_.end() && at->first == p;
    });
  }

  // Which of these a party that no identifier names and no person has decided about belongs to:
  // only countries contradict.
  Choice Ask(const Namesakes& firm, uint32_t party) const {
    const uint32_t group = group_[party];
    Choice out;
    std::set<uint32_t> candidates;
    ForAddressKeys(party, [&](uint64_t key) {
      const auto found = firm.by_address.find(key);
      if (found != firm.by_address.end())
        candidates.insert(found->second.begin(), found->second.end());
    });
    for (const uint32_t at : candidates) {
      const uint32_t other = group_[firm.parties[at]];
      if (Contradict(group, other) || PlacesOf(group, other) != Places::kSame) continue;
      out.near = at;
      return out;
    }
    const uint32_t country = groups_[group].claims.country;
    size_t possible = 0;
    for (const auto& [there, list] : firm.by_country) {
      if (country != 0 && there != 0 && there != country) continue;
      possible += list.size();
      if (!list.empty()) out.only = *list.begin();
    }
    if (possible != 1) out.only = kNone;
    return out;
  }

  // The same, one by one: for those few that a person has decided about, and for tests.
  Choice AskAll(const Namesakes& firm, uint32_t party) const {
    const uint32_t group = group_[party];
    Choice out;
    size_t possible = 0;
    for (uint32_t at = 0; at < firm.parties.size(); ++at) {
      const uint32_t other = group_[firm.parties[at]];
      if (Contradict(group, other)) continue;
      if (++possible == 1) out.only = at;
      if (out.near == kNone && PlacesOf(group, other) == Places::kSame) out.near = at;
    }
    if (possible != 1) out.only = kNone;
    return out;
  }

  void ByName() {
    const std::vector<uint32_t>& order = names_->by_words();
    std::vector<uint32_t> groups;
    for (size_t from = 0, to = 0; from < order.size(); from = to) {
      while (to < order.size() && (*names_)[order[to]].words == (*names_)[order[from]].words) ++to;
      if ((*names_)[order[from]].words.empty()) continue;
      for (const auto& kind : KindsOf(std::span(order).subspan(from, to - from))) {
        GroupsOf(kind, groups);
        UniteNamesakes(groups);
      }
    }
  }

  // Names of the same words whose common words contradict each other ("trading", "group") are not
  // the same.
  std::vector<std::vector<uint32_t>> KindsOf(std::span<const uint32_t> names) const {
    std::vector<std::vector<uint32_t>> out;
    std::vector<std::set<std::set<std::string>>> said;  // by kind
    for (const uint32_t name : names) {
      const auto& generic = (*names_)[name].generic;
      const auto fits = std::find_if(said.begin(), said.end(), [&](const auto& kind) {
        return std::all_of(kind.begin(), kind.end(), [&](const auto& other) {
          return Within(generic, other) || Within(other, generic);
        });
      });
      const auto at = static_cast<size_t>(fits - said.begin());
      if (fits == said.end()) said.emplace_back(), out.emplace_back();
      said[at].insert(generic);
      out[at].push_back(name);
    }
    return out;
  }

  // Unites what two names could be one: first where the addresses agree, then where there is no
  // address to ask and no other candidate.
  void UniteLikely(const std::vector<std::pair<uint32_t, uint32_t>>& names, PartyMergeWhy why) {
    std::vector<uint32_t> groups, others;
    for (const bool same_place : {true, false}) {
      // First members of two groups -> the first two parties that speak for them.
      std::map<std::pair<uint32_t, uint32_t>, std::pair<uint32_t, uint32_t>> likely;
      for (const auto& [a, b] : names) {
        GroupsOf({&a, 1}, groups);
        GroupsOf({&b, 1}, others);
        if (groups.size() * others.size() > kMostPairs) continue;
        for (const uint32_t p : groups) {
          for (const uint32_t q : others) {
            const uint32_t here = group_[p], there = group_[q];
            if (here == there || Contradict(here, there)) continue;
            if (PlacesOf(here, there) != (same_place ? Places::kSame : Places::kUnknown)) continue;
            const auto firsts = std::minmax(groups_[here].members[0], groups_[there].members[0]);
            likely.try_emplace(firsts, p, q);
          }
        }
      }
      std::vector<uint32_t> candidates(same_place ? 0 : parties_.size(), 0);
      if (!same_place) {
        for (const auto& [firsts, parties] : likely)
          ++candidates[firsts.first], ++candidates[firsts.second];
      }
      for (const auto& [firsts, parties] : likely) {
        const auto [x, y] = firsts;
        // One of the two must have nowhere else to go.
        if (!same_place && std::min(candidates[x], candidates[y]) > 1) continue;
        if (!Contradict(group_[x], group_[y])) Unite(parties.first, parties.second, why);
      }
    }
  }

  void ByTypingError() { UniteLikely(names_->one_letter_apart(), PartyMergeWhy::kTyping); }

  // A name that ends where its field does; a last word that is abbreviated.
  void ByBeginning() {
    UniteLikely(
        Beginnings(names_->by_whole(), &FirmName::whole,
                   [&](uint32_t name, uint32_t) { return name_texts_[name].size() >= kCutFrom; }),
        PartyMergeWhy::kCut);
    UniteLikely(Beginnings(names_->by_joined(), &FirmName::joined,
                           [&](uint32_t name, uint32_t longer) {
                             const size_t words = (*names_)[name].count,
                                          more = (*names_)[longer].count;
                             const size_t letters =
                                 (*names_)[longer].joined.size() - (*names_)[name].joined.size();
                             return more == words || (more == words + 1 && letters <= kShortWord);
                           }),
                PartyMergeWhy::kShortWord);
    UniteLikely(names_->with_word_before(), PartyMergeWhy::kShortWord);
  }

  // Names that begin like those of one other group and no more.
  template <typename Fits>
  std::vector<std::pair<uint32_t, uint32_t>> Beginnings(const std::vector<uint32_t>& order,
                                                        std::string FirmName::* text,
                                                        const Fits& fits) const {
    std::vector<std::pair<uint32_t, uint32_t>> out;
    for (size_t i = 0; i < order.size(); ++i) {
      const std::string& begin = (*names_)[order[i]].*text;
      if (begin.size() < kLongPrefix) continue;
      std::set<uint32_t> groups;
      size_t longer = order.size();
      for (size_t k = i + 1; k < order.size(); ++k) {
        const std::string& other = (*names_)[order[k]].*text;
        if (!other.starts_with(begin) || groups.size() > 1) break;
        if (other == begin || !fits(order[i], order[k])) continue;
        for (const uint32_t p : PartiesOf(order[k])) groups.insert(group_[p]);
        if (longer == order.size()) longer = k;
      }
      if (groups.size() == 1) out.emplace_back(order[i], order[longer]);
    }
    return out;
  }

  static constexpr uint32_t kNone = UINT32_MAX;
  std::span<const PartyText> parties_;
  TextPool name_texts_, place_texts_, claim_texts_;
  std::vector<std::array<uint32_t, 2>> names_of_;  // by party; 0: none
  std::vector<uint32_t> places_;                   // by party
  std::optional<FirmNames> names_;                 // of name_texts_
  std::vector<Place> place_of_;
  std::vector<uint32_t> parties_by_name_, first_party_of_;  // the latter by name, into the former
  std::vector<uint32_t> group_;                             // by party
  std::vector<Group> groups_;
  std::vector<std::pair<uint32_t, uint32_t>> apart_;  // both ways, sorted
  PartyGroups out_;
};

}  // namespace

std::string_view ToString(PartyMergeWhy why) {
  switch (why) {
    case PartyMergeWhy::kPerson:
      return "a person decided";
    case PartyMergeWhy::kIdentifier:
      return "the same identifier";
    case PartyMergeWhy::kName:
      return "the same name";
    case PartyMergeWhy::kTyping:
      return "one letter apart";
    case PartyMergeWhy::kCut:
      return "a name cut off";
    default:
      return "a short word more";
  }
}

PartyGroups GroupParties(std::span<const PartyText> parties, const PartyDecisions& decisions,
                         unsigned threads) {
  return Grouper(parties, decisions, threads).Run(decisions);
}

}  // namespace tidewaiter::resolve
