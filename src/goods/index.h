// The catalogue made ready for reading descriptions: its phrases in one lexicon.
#ifndef TIDEWAITER_GOODS_INDEX_H_
#define TIDEWAITER_GOODS_INDEX_H_

#include "goods/catalogue.h"
#include "goods/lexicon.h"

namespace tidewaiter::goods {

struct Index {
  Catalogue catalogue;
  Lexicon lexicon;
};

// Fails when the catalogue has a problem or a phrase cannot be read.
Result<Index> MakeIndex(Catalogue catalogue);

}  // namespace tidewaiter::goods

#endif  // TIDEWAITER_GOODS_INDEX_H_
