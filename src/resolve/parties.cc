#include "resolve/parties.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "base/parallel.h"
#include "base/text_pool.h"
#include "names/edit_distance.h"
#include "names/name_tokens.h"
#include "text/tokenize.h"

namespace tidewaiter::resolve {
namespace {

constexpr size_t kLongName = 8;      // letters of a name in which one may be wrong
constexpr size_t kLongPrefix = 12;   // letters of a name that was cut off
constexpr size_t kCutFrom = 30;      // bytes of a field that may have been cut off
constexpr size_t kShortWord = 4;     // letters
constexpr size_t kMostAlike = 64;    // that share a hash: of one letter less, of an address
constexpr size_t kMostPlaces = 8;    // mentions of a group whose places are compared
constexpr size_t kMostPairs = 4096;  // of groups of two names: beyond, the names say too little

// A name without legal form, common words and script.
struct Core {
  std::string words;   // sorted, parted by blanks: the same words in any order are one name
  std::string joined;  // in their order, without blanks
  std::string whole;   // all words as written, without blanks
  size_t count = 0;    // of the words
  size_t first = 0;    // letters of the first word of `joined`
  std::set<std::string> generic;
};

Core CoreOf(std::string_view name) {
  Core out;
  std::vector<std::string> words;
  const auto take = [&](const auto& wanted) {
    for (const auto& token : names::AnalyseName(name, PartyKind::kOrganization).tokens) {
      if (!wanted(token)) continue;
      words.push_back(token.Identity().empty() ? token.text : token.Identity());
      if (words.size() == 1) out.first = token.text.size();
      out.joined += token.text;
    }
  };
  take([&](const names::NameToken& token) {
    if (token.Is(names::kGeneric)) out.generic.insert(token.text);
    return !token.Is(names::kLegal) && !token.Is(names::kGeneric) && !token.Is(names::kParticle);
  });
  if (words.empty()) take([](const names::NameToken&) { return true; });
  for (const auto& token : text::Tokenize(name)) out.whole += token.latin;
  out.count = words.size();
  std::sort(words.begin(), words.end());
  for (const auto& word : words) out.words += (out.words.empty() ? "" : " ") + word;
  return out;
}

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
    CompareNames(threads);
    for (uint32_t p = 0; p < parties.size(); ++p) {
      groups_[p].members = {p};
      groups_[p].identifier = parties[p].identifier;
      groups_[p].country = parties[p].country;
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
  struct Group {
    std::vector<uint32_t> members;
    std::string_view identifier, country;
  };

  void Analyse(unsigned threads) {
    Together(threads, {[&] { InternNames(); }, [&] { InternPlaces(); }});
    cores_.resize(name_texts_.size());
    ParallelFor(cores_.size(), threads, 64,
                [&](size_t i) { cores_[i] = CoreOf(name_texts_[static_cast<uint32_t>(i)]); });
    place_of_.resize(place_texts_.size());
    ParallelFor(place_of_.size(), threads, 64,
                [&](size_t i) { place_of_[i] = PlaceOf(place_texts_[static_cast<uint32_t>(i)]); });
    parties_of_.resize(cores_.size());
    for (uint32_t p = 0; p < parties_.size(); ++p) {
      for (const uint32_t name : names_[p]) parties_of_[name].push_back(p);
    }
  }

  static void Together(unsigned threads, const std::vector<std::function<void()>>& works) {
    ParallelFor(works.size(), threads, 1, [&](size_t i) { works[i](); });
  }

  void InternNames() {
    names_.resize(parties_.size());
    for (uint32_t p = 0; p < parties_.size(); ++p) {
      for (const auto name : {parties_[p].name, parties_[p].other_name}) {
        const uint32_t id = name_texts_.Intern(name);
        const auto& mine = names_[p];
        if (id != 0 && std::find(mine.begin(), mine.end(), id) == mine.end())
          names_[p].push_back(id);
      }
    }
  }

  void InternPlaces() {
    places_.reserve(parties_.size());
    for (const PartyText& party : parties_) places_.push_back(place_texts_.Intern(party.address));
  }

  // What names say by themselves, whoever bears them.
  void CompareNames(unsigned threads) {
    Together(threads,
             {[&] { near_names_ = NearNames(); }, [&] { by_words_ = Sorted(&Core::words); },
              [&] { by_whole_ = Sorted(&Core::whole); },
              [&] { by_joined_ = Sorted(&Core::joined); }, [&] { endings_ = Endings(); }});
  }

  // The names in the order of a text of theirs, then of themselves. Most are told apart by what
  // the texts begin with, which stands beside the number.
  std::vector<uint32_t> Sorted(std::string Core::* text) const {
    struct Ordered {
      uint64_t first_bytes;
      uint32_t name;
    };
    std::vector<Ordered> order;
    order.reserve(cores_.size());
    for (uint32_t name = 0; name < cores_.size(); ++name)
      order.push_back({FirstBytes(cores_[name].*text), name});
    std::sort(order.begin(), order.end(), [&](const Ordered& a, const Ordered& b) {
      if (a.first_bytes != b.first_bytes) return a.first_bytes < b.first_bytes;
      const int texts = (cores_[a.name].*text).compare(cores_[b.name].*text);
      return texts != 0 ? texts < 0 : a.name < b.name;
    });
    std::vector<uint32_t> out;
    out.reserve(order.size());
    for (const Ordered& one : order) out.push_back(one.name);
    return out;
  }

  // Eight of them, as a number of the same order.
  static uint64_t FirstBytes(std::string_view text) {
    uint64_t out = 0;
    for (size_t i = 0; i < sizeof out; ++i)
      out = out << 8U | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
    return out;
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
    const std::string_view a = groups_[x].identifier, b = groups_[y].identifier;
    const bool kinds = a.substr(0, a.find(':')) == b.substr(0, b.find(':'));
    const std::string_view here = groups_[x].country, there = groups_[y].country;
    return (kinds && a != b) || (!here.empty() && !there.empty() && here != there);
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
    if (to.identifier.empty()) to.identifier = from.identifier;
    if (to.country.empty()) to.country = from.country;
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
  std::vector<uint32_t> GroupsOf(std::span<const uint32_t> names) const {
    if (names.size() == 1 && parties_of_[names[0]].size() == 1) return parties_of_[names[0]];
    std::vector<std::pair<uint32_t, uint32_t>> all;  // group, party
    for (const uint32_t name : names) {
      for (const uint32_t p : parties_of_[name]) all.emplace_back(group_[p], p);
    }
    std::sort(all.begin(), all.end());
    std::vector<uint32_t> out;
    for (size_t i = 0; i < all.size(); ++i) {
      if (i == 0 || all[i].first != all[i - 1].first) out.push_back(all[i].second);
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  // Groups that go by one name: those that say who they are, then each other one with the only one
  // of these that it does not contradict, or that stands at its address.
  void UniteNamesakes(const std::vector<uint32_t>& groups) {
    if (groups.size() < 2) return;
    Namesakes firm;
    std::vector<uint32_t> loose;
    for (const uint32_t party : groups) {
      if (groups_[group_[party]].identifier.empty())
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
      const std::string_view before = groups_[group].country;
      AddPlaces(firm, chosen, party);
      Unite(firm.parties[chosen], party, PartyMergeWhy::kName);
      const std::string_view after = groups_[group_[firm.parties[chosen]]].country;
      if (before == after) continue;
      firm.by_country[before].erase(chosen);
      firm.by_country[after].insert(chosen);
    }
  }

  // Of each group of one name a party, and how to find those that another one may belong to: a name
  // that a hundred thousand parties bear is normal ("TRADING LLC").
  struct Namesakes {
    std::vector<uint32_t> parties;
    std::map<std::string_view, std::set<uint32_t>> by_country;       // -> places in `parties`
    std::unordered_map<uint64_t, std::vector<uint32_t>> by_address;  // a number and a word -> these
  };
  struct Choice {
    uint32_t only = kNone, near = kNone;  // places in Namesakes::parties
  };

  void Add(Namesakes& to, uint32_t party) const {
    const auto at = static_cast<uint32_t>(to.parties.size());
    to.parties.push_back(party);
    to.by_country[groups_[group_[party]].country].insert(at);
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
    const std::string_view country = groups_[group].country;
    size_t possible = 0;
    for (const auto& [there, list] : firm.by_country) {
      if (!country.empty() && !there.empty() && there != country) continue;
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
    const std::vector<uint32_t>& order = by_words_;
    for (size_t from = 0, to = 0; from < order.size(); from = to) {
      while (to < order.size() && cores_[order[to]].words == cores_[order[from]].words) ++to;
      if (cores_[order[from]].words.empty()) continue;
      for (const auto& kind : KindsOf(std::span(order).subspan(from, to - from)))
        UniteNamesakes(GroupsOf(kind));
    }
  }

  // Names of the same words whose common words contradict each other ("trading", "group") are not
  // the same.
  std::vector<std::vector<uint32_t>> KindsOf(std::span<const uint32_t> names) const {
    std::vector<std::vector<uint32_t>> out;
    std::vector<std::set<std::set<std::string>>> said;  // by kind
    for (const uint32_t name : names) {
      const auto& generic = cores_[name].generic;
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

  // Pairs of names that one letter tells apart.
  std::vector<std::pair<uint32_t, uint32_t>> NearNames() const {
    std::vector<std::pair<uint64_t, uint32_t>> keys;
    std::string less;
    for (uint32_t name = 1; name < cores_.size(); ++name) {
      const std::string& joined = cores_[name].joined;
      if (joined.size() < kLongName) continue;
      keys.emplace_back(Hash64(joined), name);
      for (size_t at = 0; at < joined.size(); ++at) {
        if (at > 0 && joined[at] == joined[at - 1]) continue;
        less.assign(joined, 0, at).append(joined, at + 1);
        keys.emplace_back(Hash64(less), name);
      }
    }
    std::sort(keys.begin(), keys.end());
    std::vector<std::pair<uint32_t, uint32_t>> out;
    for (size_t from = 0, to = 0; from < keys.size(); from = to) {
      while (to < keys.size() && keys[to].first == keys[from].first) ++to;
      if (to - from > kMostAlike) continue;
      for (size_t i = from; i < to; ++i) {
        for (size_t k = i + 1; k < to; ++k) {
          const auto [a, b] = std::minmax(keys[i].second, keys[k].second);
          if (cores_[a].joined != cores_[b].joined && DigitsOf(a) == DigitsOf(b) &&
              names::OsaDistance(cores_[a].joined, cores_[b].joined) <= 1)
            out.emplace_back(a, b);
        }
      }
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  std::string DigitsOf(uint32_t name) const {
    std::string out;
    for (const char c : cores_[name].joined) {
      if (c >= '0' && c <= '9') out += c;
    }
    return out;
  }

  // Unites what two names could be one: first where the addresses agree, then where there is no
  // address to ask and no other candidate.
  void UniteLikely(const std::vector<std::pair<uint32_t, uint32_t>>& names, PartyMergeWhy why) {
    for (const bool same_place : {true, false}) {
      // First members of two groups -> the first two parties that speak for them.
      std::map<std::pair<uint32_t, uint32_t>, std::pair<uint32_t, uint32_t>> likely;
      for (const auto& [a, b] : names) {
        const std::array<uint32_t, 1> one = {a}, other = {b};
        const auto groups = GroupsOf(one), others = GroupsOf(other);
        if (groups.size() * others.size() > kMostPairs) continue;
        for (const uint32_t p : groups) {
          for (const uint32_t q : others) {
            const uint32_t x = groups_[group_[p]].members[0], y = groups_[group_[q]].members[0];
            if (x == y || Contradict(group_[p], group_[q])) continue;
            if (PlacesOf(group_[p], group_[q]) == (same_place ? Places::kSame : Places::kUnknown))
              likely.try_emplace(std::pair(std::min(x, y), std::max(x, y)), p, q);
          }
        }
      }
      std::vector<uint32_t> candidates(same_place ? 0 : parties_.size(), 0);
      if (!same_place) {
        for (const auto& [groups, parties] : likely)
          ++candidates[groups.first], ++candidates[groups.second];
      }
      for (const auto& [groups, parties] : likely) {
        const auto [x, y] = groups;
        // One of the two must have nowhere else to go.
        if (!same_place && std::min(candidates[x], candidates[y]) > 1) continue;
        if (!Contradict(group_[x], group_[y])) Unite(parties.first, parties.second, why);
      }
    }
  }

  void ByTypingError() { UniteLikely(near_names_, PartyMergeWhy::kTyping); }

  // A name that ends where its field does; a last word that is abbreviated.
  void ByBeginning() {
    UniteLikely(
        Beginnings(by_whole_, &Core::whole,
                   [&](uint32_t name, uint32_t) { return name_texts_[name].size() >= kCutFrom; }),
        PartyMergeWhy::kCut);
    // A short word more is a legal form, or the abbreviation of a common word, that no table has.
    UniteLikely(Beginnings(by_joined_, &Core::joined,
                           [&](uint32_t name, uint32_t longer) {
                             const size_t words = cores_[name].count, more = cores_[longer].count;
                             const size_t letters =
                                 cores_[longer].joined.size() - cores_[name].joined.size();
                             return more == words || (more == words + 1 && letters <= kShortWord);
                           }),
                PartyMergeWhy::kShortWord);
    UniteLikely(endings_, PartyMergeWhy::kShortWord);
  }

  // Names that are another one with a short word before it.
  std::vector<std::pair<uint32_t, uint32_t>> Endings() const {
    std::map<std::string_view, uint32_t> whole;
    for (uint32_t name = 1; name < cores_.size(); ++name)
      whole.try_emplace(cores_[name].joined, name);
    std::vector<std::pair<uint32_t, uint32_t>> out;
    for (uint32_t name = 1; name < cores_.size(); ++name) {
      const Core& core = cores_[name];
      if (core.first > kShortWord || core.joined.size() < core.first + kLongName) continue;
      const auto other = whole.find(std::string_view(core.joined).substr(core.first));
      if (other != whole.end()) out.emplace_back(other->second, name);
    }
    return out;
  }

  // Names that begin like those of one other group and no more.
  template <typename Fits>
  std::vector<std::pair<uint32_t, uint32_t>> Beginnings(const std::vector<uint32_t>& order,
                                                        std::string Core::* text,
                                                        const Fits& fits) const {
    std::vector<std::pair<uint32_t, uint32_t>> out;
    for (size_t i = 0; i < order.size(); ++i) {
      const std::string& begin = cores_[order[i]].*text;
      if (begin.size() < kLongPrefix) continue;
      std::set<uint32_t> groups;
      size_t longer = order.size();
      for (size_t k = i + 1; k < order.size(); ++k) {
        const std::string& other = cores_[order[k]].*text;
        if (!other.starts_with(begin) || groups.size() > 1) break;
        if (other == begin || !fits(order[i], order[k])) continue;
        for (const uint32_t p : parties_of_[order[k]]) groups.insert(group_[p]);
        if (longer == order.size()) longer = k;
      }
      if (groups.size() == 1) out.emplace_back(order[i], order[longer]);
    }
    return out;
  }

  static constexpr uint32_t kNone = UINT32_MAX;
  std::span<const PartyText> parties_;
  TextPool name_texts_, place_texts_;
  std::vector<std::vector<uint32_t>> names_;  // by party
  std::vector<uint32_t> places_;              // by party
  std::vector<Core> cores_;                   // by name
  std::vector<std::pair<uint32_t, uint32_t>> near_names_, endings_;
  std::vector<uint32_t> by_words_, by_whole_, by_joined_;  // names
  std::vector<Place> place_of_;
  std::vector<std::vector<uint32_t>> parties_of_;  // by name
  std::vector<uint32_t> group_;                    // by party
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
