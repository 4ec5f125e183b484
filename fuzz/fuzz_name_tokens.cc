// Names of any bytes: analysed without a crash, within the bounds that the headers promise.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "names/name_tokens.h"
#include "names/readings.h"
#include "names/similarity.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter;
  if (size == 0) return 0;
  const auto kind = static_cast<PartyKind>(data[0] % 5);
  const std::string_view name(reinterpret_cast<const char*>(data + 1), size - 1);
  const names::NameTokens analysed = names::AnalyseName(name, kind);
  if (analysed.tokens.size() > 2 * text::kMaxTokens * 8) std::abort();
  if (names::OtherReadings(name, kind, true).size() > 2) std::abort();
  for (const names::NameToken& a : analysed.tokens) {
    if (a.text.empty() || a.text.size() > text::kMaxLetters) std::abort();
    const names::WordView x{a.text, a.key, a.skeleton, a.own, a.flags, names::LettersOf(a.key), {}};
    for (const names::NameToken& b : analysed.tokens) {
      const names::WordView y{b.text, b.key, b.skeleton, b.own, b.flags, names::LettersOf(b.key),
                              {}};
      const float likeness = names::CompareWords(x, y).value;
      if (likeness < 0 || likeness > 1 ||
          std::abs(likeness - names::CompareWords(y, x).value) > 1e-5F)
        std::abort();
    }
  }
  return 0;
}
