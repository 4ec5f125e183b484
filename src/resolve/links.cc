#include "resolve/links.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/file.h"
#include "resolve/phone_number.h"
#include "text/tokenize.h"

namespace tidewaiter::resolve {
namespace {

constexpr size_t kOffice = 6;      // unrelated parties at one address, phone or host
constexpr double kBuilding = 0.5;  // of an address that names no unit
constexpr size_t kLastDigits = 9;  // of a phone number

bool IsNumber(std::string_view word) { return word[0] >= '0' && word[0] <= '9'; }

// An address as it is compared: its words in order, numbers of rooms marked. "": says too little.
struct AddressKey {
  std::string text;
  bool unit = false;
};

AddressKey KeyOfAddress(std::string_view address, const PartyWords& known) {
  constexpr size_t kLongWord = 4;
  AddressKey out;
  std::vector<std::string> words;
  bool number = false, name = false, unit_next = false;
  for (const auto& token : text::Tokenize(address)) {
    const std::string& word = token.latin;
    if (word.empty()) continue;
    if (IsNumber(word)) {
      number = true;
      out.unit |= unit_next;
      words.push_back((unit_next ? "u" : "") + word);
    } else if (!known.units.contains(word) && !known.before.contains(word) &&
               !known.behind.contains(word)) {
      name |= word.size() >= kLongWord;
      words.push_back(word);
    }
    unit_next = known.units.contains(word);
  }
  if (!number || !name) return {};
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  for (const auto& word : words) out.text += (out.text.empty() ? "" : " ") + word;
  return out;
}

// Digits as they are compared: E.164 where the plan of the party's country or the world's knows the
// number; as they are written where neither does, or each of them another one. "8 495 ..." is how
// Russia dials its own "+7 495 ...", also where nothing says that it is Russia's.
std::string PhoneOf(std::string_view digits, std::string_view country) {
  constexpr size_t kWithCode = 10;  // digits of nearly all numbers that have a country's code
  std::string written(digits), abroad, home;
  if (written.size() == 11 && written[0] == '8') written[0] = '7';
  if (digits.size() >= kWithCode) abroad = InternationalNumber(written, {});
  if (digits.size() >= kWithCode && abroad.empty()) abroad = InternationalNumber(digits, {});
  if (!country.empty()) home = InternationalNumber(digits, country);
  if (home.empty() || home == abroad) return abroad.empty() ? written : abroad;
  return abroad.empty() ? home : written;
}

// What stands before the last digits of two numbers: one may say less than the other, "(0)" counts
// nothing.
bool PrefixesAgree(std::string_view a, std::string_view b) {
  const auto stripped = [](std::string_view text) {
    text.remove_suffix(std::min(kLastDigits, text.size()));
    while (!text.empty() && text.back() == '0') text.remove_suffix(1);
    return text;
  };
  a = stripped(a), b = stripped(b);
  return a.ends_with(b) || b.ends_with(a);
}

std::vector<std::string_view> ValuesOf(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    out.push_back(text.substr(0, text.find(kValueSeparator)));
    text.remove_prefix(std::min(out.back().size() + 1, text.size()));
  }
  return out;
}

class Finder {
 public:
  Finder(const Mentions& mentions, const Clusters& clusters, const LinkWords& words)
      : mentions_(mentions), clusters_(clusters), words_(words) {}

  std::vector<Link> Run() {
    Addresses();
    Phones();
    MailHosts();
    FillLinksOf();
    for (Link& link : links_) Weigh(link);
    return std::move(links_);
  }

 private:
  // Mentions by each value of a field.
  template <typename Visit>
  void ForEach(Field field, const Visit& visit) const {
    if (!mentions_.field(field).present()) return;
    for (uint32_t m = 0; m < mentions_.count; ++m) {
      const uint32_t value = mentions_.Cell(field, m);
      if (value == 0) continue;
      for (const auto text : ValuesOf(mentions_.field(field).values[value])) visit(m, text);
    }
  }

  // Keeps a value that several entities share.
  void Add(LinkKind kind, const std::string& value, bool unit,
           const std::vector<uint32_t>& mentions) {
    std::set<uint32_t> entities;
    Link link;
    for (const uint32_t m : mentions) {
      if (entities.insert(clusters_.entity_of[m]).second) link.mentions.push_back(m);
    }
    if (link.mentions.size() < 2) return;
    link.kind = kind;
    link.value = value;
    link.unit = unit;
    links_.push_back(std::move(link));
  }

  void Addresses() {
    struct Found {
      bool unit = false;
      std::vector<uint32_t> mentions;
    };
    std::map<std::string, Found> by_key;
    std::vector<AddressKey> keys(mentions_.field(Field::kAddress).values.size());
    for (uint32_t value = 1; value < keys.size(); ++value)
      keys[value] = KeyOfAddress(mentions_.field(Field::kAddress).values[value], words_.party);
    if (!mentions_.field(Field::kAddress).present()) return;
    for (uint32_t m = 0; m < mentions_.count; ++m) {
      const AddressKey& key = keys[mentions_.Cell(Field::kAddress, m)];
      if (key.text.empty()) continue;
      Found& found = by_key[key.text];
      found.unit = key.unit;
      found.mentions.push_back(m);
    }
    for (const auto& [key, found] : by_key)
      Add(LinkKind::kAddress, key, found.unit, found.mentions);
  }

  // "" when the mention has none or several.
  std::string_view CountryOf(uint32_t mention) const {
    const uint32_t value = mentions_.Cell(Field::kCountry, mention);
    return mentions_.field(Field::kCountry).values[value];
  }

  void Phones() {
    std::map<std::string, std::map<std::string, std::vector<uint32_t>>> by_end;
    // Many mentions have the same number, and a numbering plan is asked slowly.
    std::map<std::pair<std::string_view, std::string_view>, std::string> known;
    ForEach(Field::kPhone, [&](uint32_t m, std::string_view text) {
      const auto [at, fresh] = known.try_emplace({text, CountryOf(m)});
      if (fresh) at->second = PhoneOf(text, CountryOf(m));
      const std::string& number = at->second;
      const std::string end = number.substr(number.size() - std::min(kLastDigits, number.size()));
      by_end[end][number].push_back(m);
    });
    for (const auto& [end, numbers] : by_end) {
      for (const auto& line : LinesOf(numbers)) Add(LinkKind::kPhone, end, false, line);
    }
  }

  // Numbers of one end -> the mentions of each line. Those that say most come first; what could be
  // either of two lines is none.
  static std::vector<std::vector<uint32_t>> LinesOf(
      const std::map<std::string, std::vector<uint32_t>>& numbers) {
    std::vector<std::pair<std::string_view, const std::vector<uint32_t>*>> order;
    for (const auto& [number, mentions] : numbers) order.emplace_back(number, &mentions);
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& x, const auto& y) { return x.first.size() > y.first.size(); });
    std::vector<std::vector<std::string_view>> lines;
    std::vector<std::vector<uint32_t>> out;
    for (const auto& [number, mentions] : order) {
      size_t fits = 0, at = lines.size();
      for (size_t i = 0; i < lines.size(); ++i) {
        const bool agrees = std::all_of(lines[i].begin(), lines[i].end(),
                                        [&, n = number](auto x) { return PrefixesAgree(x, n); });
        if (agrees) ++fits, at = i;
      }
      if (fits > 1) continue;
      if (fits == 0) lines.emplace_back(), out.emplace_back();
      lines[at].push_back(number);
      out[at].insert(out[at].end(), mentions->begin(), mentions->end());
    }
    for (auto& line : out) std::sort(line.begin(), line.end());
    return out;
  }

  void MailHosts() {
    std::map<std::string, std::vector<uint32_t>> by_host;
    ForEach(Field::kEmail, [&](uint32_t m, std::string_view text) {
      const std::string host(text.substr(text.find('@') + 1));
      if (!host.empty() && !words_.providers.contains(host)) by_host[host].push_back(m);
    });
    for (const auto& [host, mentions] : by_host) Add(LinkKind::kMailHost, host, false, mentions);
  }

  void FillLinksOf() {
    for (const Link& link : links_) {
      for (const uint32_t m : link.mentions) links_of_[clusters_.entity_of[m]].push_back(&link);
    }
  }

  // What is of another kind and is shared by few, or mostly by the parties of this link, makes one
  // house of those that share it.
  std::map<const Link*, std::vector<size_t>> HousesIn(const Link& link) const {
    std::map<const Link*, std::vector<size_t>> out;
    for (size_t i = 0; i < link.mentions.size(); ++i) {
      for (const Link* other : links_of_.at(clusters_.entity_of[link.mentions[i]])) {
        if (other->kind != link.kind) out[other].push_back(i);
      }
    }
    std::erase_if(out, [](const auto& house) {
      const size_t all = house.first->mentions.size();
      return all >= kOffice && house.second.size() * 2 < all;
    });
    return out;
  }

  void Weigh(Link& link) const {
    std::vector<size_t> parent(link.mentions.size());
    std::iota(parent.begin(), parent.end(), size_t{0});
    const auto find = [&](size_t x) {
      while (parent[x] != x) x = parent[x] = parent[parent[x]];
      return x;
    };
    link.unrelated = link.mentions.size();
    for (const auto& [other, members] : HousesIn(link)) {
      for (const size_t member : members) {
        const size_t x = find(member), y = find(members[0]);
        if (x == y) continue;
        parent[std::max(x, y)] = std::min(x, y);
        --link.unrelated;
      }
    }
    const auto others = static_cast<double>(std::max<size_t>(link.unrelated, 2) - 1);
    link.strength = 1 / (others * others);
    if (link.kind == LinkKind::kAddress && !link.unit) link.strength *= kBuilding;
    link.office = link.unrelated >= kOffice;
  }

  const Mentions& mentions_;
  const Clusters& clusters_;
  const LinkWords& words_;
  std::vector<Link> links_;
  std::map<uint32_t, std::vector<const Link*>> links_of_;  // by entity
};

}  // namespace

std::string_view ToString(LinkKind kind) {
  switch (kind) {
    case LinkKind::kAddress:
      return "address";
    case LinkKind::kPhone:
      return "phone";
    default:
      return "mail_host";
  }
}

Result<LinkWords> LinkWords::Read(const std::string& resources) {
  LinkWords out;
  TW_ASSIGN_OR_RETURN(out.party, PartyWords::Read(resources));
  TW_ASSIGN_OR_RETURN(const YamlNode root,
                      ReadYaml(JoinPath(resources, "reference/resolve/mail_providers.yaml")));
  TW_RETURN_IF_ERROR(root.CheckKeys({"hosts"}));
  TW_ASSIGN_OR_RETURN(const auto hosts, TextsIfAny(root, "hosts"));
  out.providers.insert(hosts.begin(), hosts.end());
  return out;
}

std::vector<Link> FindLinks(const Mentions& mentions, const Clusters& clusters,
                            const LinkWords& words) {
  return Finder(mentions, clusters, words).Run();
}

Json ToJson(const Link& link, const Mentions& mentions, const EntityNames& names) {
  Json entities = Json::Array{}, ids = Json::Array{};
  for (const uint32_t m : link.mentions) {
    entities.Add(std::string(names[m]));
    ids.Add(mentions.ids[m]);
  }
  Json out;
  out.Set("kind", ToString(link.kind)).Set("value", link.value);
  if (link.kind == LinkKind::kAddress) out.Set("unit", link.unit);
  out.Set("entities", std::move(entities)).Set("mentions", std::move(ids));
  out.Set("unrelated", static_cast<uint64_t>(link.unrelated));
  out.Set("strength", std::round(link.strength * 10000) / 10000);
  return out.Set("office", link.office);
}

}  // namespace tidewaiter::resolve
