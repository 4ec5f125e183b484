// What a description mentions: the phrases found in it, reduced to those that count.
#ifndef TIDEWAITER_GOODS_MENTIONS_H_
#define TIDEWAITER_GOODS_MENTIONS_H_

#include <optional>
#include <vector>

#include "goods/index.h"
#include "goods/reading.h"

namespace tidewaiter::goods {

struct Mention {
  enum class What : uint8_t { kDrone, kPart, kAccessory, kOther };
  What what = What::kOther;
  std::optional<size_t> component_class;
  std::optional<size_t> model;
  std::optional<size_t> brand;   // that a model or family name implies
  uint32_t first = 0, last = 0;  // tokens
  double confidence = 0;
  bool is_word = false;  // a word for the class, not a name
  bool guessed = false;
};

struct Span {
  uint32_t first = 0, last = 0;
};

struct Mentions {
  FoldedText text;
  std::vector<Match> matches;
  std::vector<Mention> things;                  // by first token
  std::vector<std::pair<size_t, Span>> brands;  // brand, where
  std::vector<Span> fors, fors_before, withs, vague;
  bool named = false;    // a drone, a brand or a model is named
  bool context = false;  // ... or something else says that this is about drones
  bool drone_word = false, set = false, toy = false, manned = false;

  bool BreakBetween(uint32_t from,
                    uint32_t to) const;  // a comma or the like before a token of (from, to]
  bool NumberBetween(uint32_t from, uint32_t to) const;  // a number among the tokens [from, to)
};

// With `guess`, words may be misspelt.
Mentions FindMentions(const Index& index, std::string_view description, const Clues& clues,
                      bool guess);

}  // namespace tidewaiter::goods

#endif  // TIDEWAITER_GOODS_MENTIONS_H_
