// One description in one language -> what the goods are. The steps: fold, find phrases, decide
// which of them count (a weak word counts only among drone goods), find out what is the thing, what
// it is for and what comes with it.
#ifndef TIDEWAITER_GOODS_READING_H_
#define TIDEWAITER_GOODS_READING_H_

#include <optional>
#include <string_view>

#include "goods/goods.h"
#include "goods/index.h"

namespace tidewaiter::goods {

struct Clues {
  std::string_view hs;                 // digits, may be empty
  std::optional<size_t> column_brand;  // what the file's brand column names
};

struct Reading {
  Recognition recognition;
  std::optional<size_t> component_class;  // index
  bool other_goods = false;               // the text names goods that are no drone goods
  bool toy = false;
  bool by_code = false;  // the class rests on the declared code
};

Reading ReadDescription(const Index& index, std::string_view text, const Clues& clues);

// The brand of a brand column: the whole of it, or its first words, is the name of a brand.
std::optional<size_t> ReadBrandColumn(const Index& index, std::string_view text);

// Two readings of the same goods. Where they disagree on what the thing is, a part or an accessory
// is believed before a drone, with less confidence.
Reading Merge(Reading a, Reading b);

}  // namespace tidewaiter::goods

#endif  // TIDEWAITER_GOODS_READING_H_
