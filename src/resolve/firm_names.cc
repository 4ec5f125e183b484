#include "resolve/firm_names.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>

#include "base/hash.h"
#include "base/parallel.h"
#include "names/edit_distance.h"
#include "names/name_tokens.h"
#include "text/tokenize.h"

namespace tidewaiter::resolve {
namespace {

constexpr size_t kLongName = 8;    // letters of a name in which one may be wrong
constexpr size_t kMostAlike = 64;  // names that share a hash of one letter less

FirmName Read(std::string_view name) {
  FirmName out;
  std::vector<std::string> words;
  const std::vector<names::NameToken> tokens =
      names::AnalyseName(name, PartyKind::kOrganization).tokens;
  const auto take = [&](const auto& wanted) {
    for (const names::NameToken& token : tokens) {
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
  std::string digits;
  std::copy_if(out.joined.begin(), out.joined.end(), std::back_inserter(digits),
               [](char c) { return c >= '0' && c <= '9'; });
  out.digits = Hash64(digits);
  return out;
}

// Eight of them, as a number of the same order.
uint64_t FirstBytes(std::string_view text) {
  uint64_t out = 0;
  for (size_t i = 0; i < sizeof out; ++i)
    out = out << 8U | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  return out;
}

// The hash of a name with one letter less, or whole.
struct LessHash {
  uint64_t hash;
  uint32_t name;
  auto operator<=>(const LessHash&) const = default;
};
// By what hashes begin with: parts are looked through each by itself, on any thread.
constexpr uint32_t kPartBits = 6;
using HashParts = std::array<std::vector<LessHash>, size_t{1} << kPartBits>;

void AddHashes(const std::string& joined, uint32_t name, HashParts& out) {
  const auto add = [&](std::string_view text) {
    const uint64_t hash = Hash64(text);
    out[hash >> (64 - kPartBits)].push_back({hash, name});
  };
  add(joined);
  std::string less;
  for (size_t at = 0; at < joined.size(); ++at) {
    if (at > 0 && joined[at] == joined[at - 1]) continue;
    less.assign(joined, 0, at).append(joined, at + 1);
    add(less);
  }
}

}  // namespace

FirmNames::FirmNames(const TextPool& texts, unsigned threads) : names_(texts.size()) {
  ParallelFor(names_.size(), threads, 64,
              [&](size_t i) { names_[i] = Read(texts[static_cast<uint32_t>(i)]); });
  one_letter_apart_ = OneLetterApart(threads);
  const std::array<std::function<void()>, 4> works = {
      [&] { by_words_ = Sorted(&FirmName::words); }, [&] { by_whole_ = Sorted(&FirmName::whole); },
      [&] { by_joined_ = Sorted(&FirmName::joined); },
      [&] { with_word_before_ = WithWordBefore(); }};
  ParallelFor(works.size(), threads, 1, [&](size_t i) { works[i](); });
}

// Most are told apart by what the texts begin with, which stands beside the number.
std::vector<uint32_t> FirmNames::Sorted(std::string FirmName::* text) const {
  struct Ordered {
    uint64_t first_bytes;
    uint32_t name;
  };
  std::vector<Ordered> order;
  order.reserve(names_.size());
  for (uint32_t name = 0; name < names_.size(); ++name)
    order.push_back({FirstBytes(names_[name].*text), name});
  std::sort(order.begin(), order.end(), [&](const Ordered& a, const Ordered& b) {
    if (a.first_bytes != b.first_bytes) return a.first_bytes < b.first_bytes;
    const int texts = (names_[a.name].*text).compare(names_[b.name].*text);
    return texts != 0 ? texts < 0 : a.name < b.name;
  });
  std::vector<uint32_t> out;
  out.reserve(order.size());
  for (const Ordered& one : order) out.push_back(one.name);
  return out;
}

// Two names that a letter tells apart are equal once each has lost one, or the one that is longer.
FirmNames::Pairs FirmNames::OneLetterApart(unsigned threads) const {
  constexpr size_t kAtOnce = 1 << 15;
  std::vector<HashParts> hashes((names_.size() + kAtOnce - 1) / kAtOnce);
  ParallelFor(hashes.size(), threads, 1, [&](size_t i) {
    const size_t end = std::min(names_.size(), (i + 1) * kAtOnce);
    for (size_t name = std::max<size_t>(1, i * kAtOnce); name < end; ++name) {
      const std::string& joined = names_[name].joined;
      if (joined.size() >= kLongName) AddHashes(joined, static_cast<uint32_t>(name), hashes[i]);
    }
  });
  std::array<Pairs, size_t{1} << kPartBits> found;
  ParallelFor(found.size(), threads, 1, [&](size_t part) {
    std::vector<LessHash> keys;
    for (HashParts& some : hashes) {
      keys.insert(keys.end(), some[part].begin(), some[part].end());
      std::vector<LessHash>().swap(some[part]);
    }
    std::sort(keys.begin(), keys.end());
    for (size_t from = 0, to = 0; from < keys.size(); from = to) {
      while (to < keys.size() && keys[to].hash == keys[from].hash) ++to;
      if (to - from > kMostAlike) continue;
      for (size_t i = from; i < to; ++i) {
        for (size_t k = i + 1; k < to; ++k) {
          const uint32_t a = keys[i].name, b = keys[k].name;
          const FirmName &one = names_[a], &other = names_[b];
          if (one.digits == other.digits && one.joined != other.joined &&
              names::IsWithinOsa(one.joined, other.joined, 1))
            found[part].emplace_back(a, b);
        }
      }
    }
  });
  Pairs out;
  for (Pairs& some : found) {
    out.insert(out.end(), some.begin(), some.end());
    Pairs().swap(some);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

FirmNames::Pairs FirmNames::WithWordBefore() const {
  std::unordered_map<std::string_view, uint32_t> whole;
  whole.reserve(names_.size());
  for (uint32_t name = 1; name < names_.size(); ++name)
    whole.try_emplace(names_[name].joined, name);
  Pairs out;
  for (uint32_t name = 1; name < names_.size(); ++name) {
    const FirmName& firm = names_[name];
    if (firm.first > kShortWord || firm.joined.size() < firm.first + kLongName) continue;
    const auto other = whole.find(std::string_view(firm.joined).substr(firm.first));
    if (other != whole.end()) out.emplace_back(other->second, name);
  }
  return out;
}

}  // namespace tidewaiter::resolve
