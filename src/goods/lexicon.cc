#include "goods/lexicon.h"

#include <algorithm>

#include "text/utf8.h"

namespace tidewaiter::goods {
namespace {

bool IsNumber(std::string_view token) {
  return !token.empty() && token.front() >= '0' && token.front() <= '9';
}

constexpr size_t kShortestGuess = 5;  // letters

// At most one letter wrong, missing, too many, or two neighbours swapped.
bool IsWithinOneEdit(std::u32string_view a, std::u32string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  size_t head = 0;
  while (head < a.size() && a[head] == b[head]) ++head;
  const auto rest_equal = [&](size_t skip_a, size_t skip_b) {
    return a.substr(std::min(a.size(), head + skip_a)) ==
           b.substr(std::min(b.size(), head + skip_b));
  };
  if (a.size() < b.size()) return rest_equal(0, 1);
  if (rest_equal(1, 1)) return true;
  return head + 1 < a.size() && a[head] == b[head + 1] && a[head + 1] == b[head] &&
         rest_equal(2, 2);
}

// By first token, the longer one first; keeps the order of equals. They come nearly sorted, a few
// at a time.
void SortByPlace(std::vector<Match>& matches) {
  const auto before = [](const Match& a, const Match& b) {
    return a.first != b.first ? a.first < b.first : a.last > b.last;
  };
  for (size_t i = 1; i < matches.size(); ++i) {
    for (size_t j = i; j > 0 && before(matches[j], matches[j - 1]); --j)
      std::swap(matches[j], matches[j - 1]);
  }
}

template <typename Visit>
void ForEachDeletion(std::string_view word, const Visit& visit) {
  const std::u32string letters = text::Decode(word);
  for (size_t i = 0; i < letters.size(); ++i) {
    std::u32string shorter = letters;
    shorter.erase(i, 1);
    visit(text::Encode(shorter));
  }
}

}  // namespace

Lexicon::Word Lexicon::WordOf(const std::string& spelling) {
  const auto [at, added] = words_.try_emplace(spelling, static_cast<Word>(words_.size() + 1));
  if (added) spellings_[spelling].push_back(at->second);
  return at->second;
}

std::vector<Lexicon::Word> Lexicon::WordsOf(std::string_view phrase) {
  std::vector<Word> words;
  FoldedText folded;
  for (size_t at = 0; at < phrase.size();) {
    const size_t end = std::min(phrase.find(' ', at), phrase.size());
    std::string_view piece = phrase.substr(at, end - at);
    at = end + 1;
    if (piece == "#") {
      words.push_back(kNumber);
      continue;
    }
    Fold(piece, folded);
    for (size_t i = 0; i < folded.tokens.size(); ++i) {
      const bool is_stem = piece.ends_with('*') && i + 1 == folded.tokens.size();
      words.push_back(WordOf(std::string(folded.word(i)) + (is_stem ? "*" : "")));
    }
  }
  return words;
}

Status Lexicon::Add(std::string_view phrase, Entry entry) {
  const std::vector<Word> words = WordsOf(phrase);
  if (words.empty())
    return BadInput("a phrase holds no word: \"" + std::string(phrase) +
                    "\"; write one or drop it");
  uint32_t node = 0;
  for (const Word word : words) {
    auto& children = phrases_[node].children;
    const auto at =
        std::lower_bound(children.begin(), children.end(), std::pair<Word, uint32_t>{word, 0});
    if (at != children.end() && at->first == word) {
      node = at->second;
    } else {
      const auto next = static_cast<uint32_t>(phrases_.size());
      children.insert(at, {word, next});
      phrases_.emplace_back();
      node = next;
    }
  }
  phrases_[node].entries.push_back(entry);
  ++phrase_count_;
  return {};
}

Status Lexicon::AddVariant(std::string_view variant, std::string_view word) {
  FoldedText folded;
  Fold(variant, folded);
  if (folded.tokens.size() != 1) {
    return BadInput("a spelling is one word, not \"" + std::string(variant) + "\"; split it");
  }
  const std::string spelling(folded.word(0));
  const std::vector<Word> canonical = WordsOf(word);
  if (canonical.size() != 1)
    return BadInput("a word, not \"" + std::string(word) + "\", has spellings");
  auto& found = spellings_[spelling];
  if (std::find(found.begin(), found.end(), canonical[0]) == found.end())
    found.push_back(canonical[0]);
  return {};
}

void Lexicon::AddDistinctive(std::string_view word) {
  FoldedText folded;
  Fold(word, folded);
  for (size_t i = 0; i < folded.tokens.size(); ++i) {
    const std::string_view one = folded.word(i);
    if (text::Decode(one).size() >= kShortestGuess && !IsNumber(one))
      distinctive_.emplace_back(one);
  }
}

void Lexicon::AddNotMisspelt(std::string_view word) {
  FoldedText folded;
  Fold(word, folded);
  for (size_t i = 0; i < folded.tokens.size(); ++i) not_misspelt_.emplace_back(folded.word(i));
}

void Lexicon::AddEdits(const std::string& word) {
  edits_.emplace_back(word, word);
  ForEachDeletion(word,
                  [&](std::string shorter) { edits_.emplace_back(std::move(shorter), word); });
}

void Lexicon::Build() {
  for (const std::string& word : distinctive_) {
    if (spellings_.count(word) > 0) AddEdits(word);
  }
  std::sort(edits_.begin(), edits_.end());
  edits_.erase(std::unique(edits_.begin(), edits_.end()), edits_.end());
  std::sort(not_misspelt_.begin(), not_misspelt_.end());
  std::vector<std::pair<std::string, uint32_t>> sorted;
  for (const auto& [spelling, words] : spellings_) {
    sorted.emplace_back(spelling, static_cast<uint32_t>(word_sets_.size()));
    word_sets_.push_back(words);
  }
  bytes_.assign(1, {});
  BuildBytes(sorted, 0, sorted.size(), 0, 0);
  for (uint32_t i = 0; i < bytes_[0].child_count; ++i) first_bytes_[bytes_[1 + i].byte] = 1 + i;
  roots_.assign(words_.size() + 1, 0);
  for (const auto& [word, node] : phrases_[0].children) roots_[word] = node;
}

// The spellings [from, to) share `depth` bytes, which lead to `node`.
void Lexicon::BuildBytes(const std::vector<std::pair<std::string, uint32_t>>& sorted, size_t from,
                         size_t to, size_t depth, uint32_t node) {
  struct Group {
    uint8_t byte;
    size_t from, to;
  };
  std::vector<Group> groups;
  for (size_t i = from; i < to; ++i) {
    const std::string& word = sorted[i].first;
    if (word.size() == depth) {
      bytes_[node].exact = sorted[i].second;
    } else if (word[depth] == '*' && word.size() == depth + 1) {
      bytes_[node].stem = sorted[i].second;
    } else if (!groups.empty() && groups.back().byte == static_cast<uint8_t>(word[depth])) {
      groups.back().to = i + 1;
    } else {
      groups.push_back({static_cast<uint8_t>(word[depth]), i, i + 1});
    }
  }
  const auto first = static_cast<uint32_t>(bytes_.size());
  bytes_[node].first_child = first;
  bytes_[node].child_count = static_cast<uint16_t>(groups.size());
  for (const Group& group : groups) {
    bytes_.emplace_back();
    bytes_.back().byte = group.byte;
  }
  for (size_t i = 0; i < groups.size(); ++i) {
    BuildBytes(sorted, groups[i].from, groups[i].to, depth + 1, first + static_cast<uint32_t>(i));
  }
}

// 0: none. The root has a hundred children and is looked up directly, the others have one or two.
uint32_t Lexicon::Child(uint32_t node, uint8_t byte) const {
  if (node == 0) return first_bytes_[byte];
  const ByteNode& here = bytes_[node];
  for (uint32_t child = here.first_child; child < here.first_child + here.child_count; ++child) {
    if (bytes_[child].byte == byte) return child;
  }
  return 0;
}

Lexicon::TokenWords Lexicon::Look(std::string_view token) const {
  TokenWords words;
  words.number = IsNumber(token);
  uint32_t node = 0;
  for (const char c : token) {
    node = Child(node, static_cast<uint8_t>(c));
    if (node == 0) return words;
    if (bytes_[node].stem != 0) {
      words.stems[1] = words.stems[0];
      words.stems[0] = bytes_[node].stem;
    }
  }
  words.exact = bytes_[node].exact;
  return words;
}

// The words that the token begins, when they are all spellings of one.
uint32_t Lexicon::Continuation(std::string_view token) const {
  uint32_t found = 0;
  for (const std::string& word : distinctive_) {
    if (!word.starts_with(token)) continue;
    const uint32_t exact = Look(word).exact;
    if (found != 0 && found != exact) return 0;
    found = exact;
  }
  return found;
}

uint32_t Lexicon::WithOneEdit(std::string_view token) const {
  const std::u32string letters = text::Decode(token);
  std::string best;
  const auto consider = [&](std::string_view key) {
    auto at = std::lower_bound(edits_.begin(), edits_.end(), key,
                               [](const auto& edit, std::string_view k) { return edit.first < k; });
    for (; at != edits_.end() && at->first == key; ++at) {
      if (!IsWithinOneEdit(letters, text::Decode(at->second))) continue;
      if (best.empty() || at->second < best) best = at->second;
    }
  };
  consider(token);
  ForEachDeletion(token, consider);
  return best.empty() ? 0 : Look(best).exact;
}

uint32_t Lexicon::Guess(std::string_view token, bool is_last) const {
  if (token.size() < kShortestGuess || token.size() > 40 || IsNumber(token)) return 0;
  if (std::binary_search(not_misspelt_.begin(), not_misspelt_.end(), token)) return 0;
  if (is_last) {
    if (const uint32_t found = Continuation(token)) return found;
  }
  return text::Decode(token).size() >= kShortestGuess ? WithOneEdit(token) : 0;
}

template <typename Visit>
void Lexicon::ForEachWord(const TokenWords& words, const Visit& visit) const {
  for (const uint32_t set : {words.exact, words.stems[0], words.stems[1]}) {
    for (const Word word : word_sets_[set]) visit(word);
  }
  if (words.number) visit(kNumber);
}

void Lexicon::Walk(const std::vector<TokenWords>& tokens, size_t first, size_t at, uint32_t node,
                   bool guessed, std::vector<Match>& out) const {
  for (const Entry& entry : phrases_[node].entries) {
    out.push_back({static_cast<uint32_t>(first), static_cast<uint32_t>(at), entry, guessed});
  }
  const auto& children = phrases_[node].children;
  if (at == tokens.size() || children.empty()) return;
  ForEachWord(tokens[at], [&](Word word) {
    const auto next =
        std::lower_bound(children.begin(), children.end(), std::pair<Word, uint32_t>{word, 0});
    if (next == children.end() || next->first != word) return;
    Walk(tokens, first, at + 1, next->second, guessed || tokens[at].guessed, out);
  });
}

void Lexicon::Find(const FoldedText& text, bool guess, std::vector<Match>& out) const {
  out.clear();
  out.reserve(16);
  std::vector<TokenWords> tokens(text.tokens.size());
  for (size_t i = 0; i < tokens.size(); ++i) {
    tokens[i] = Look(text.word(i));
    const bool known = tokens[i].exact != 0 || tokens[i].stems[0] != 0 || tokens[i].number;
    if (!guess || known) continue;
    tokens[i].exact = Guess(text.word(i), i + 1 == tokens.size());
    tokens[i].guessed = tokens[i].exact != 0;
  }
  for (size_t i = 0; i < tokens.size(); ++i) {
    ForEachWord(tokens[i], [&](Word word) {
      if (roots_[word] != 0) Walk(tokens, i, i + 1, roots_[word], tokens[i].guessed, out);
    });
  }
  SortByPlace(out);
  uint32_t reached = 0, reached_from = 0;
  std::erase_if(out, [&](const Match& match) {
    const bool inside =
        match.last <= reached && (match.first > reached_from || match.last < reached);
    if (match.last > reached) reached = match.last, reached_from = match.first;
    return inside;
  });
}

}  // namespace tidewaiter::goods
