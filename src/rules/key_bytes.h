// Bytes under which something is kept: two keys are equal when all that was put into them is.
#ifndef TIDEWAITER_RULES_KEY_BYTES_H_
#define TIDEWAITER_RULES_KEY_BYTES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "rules/kleene.h"

namespace tidewaiter::rules {

template <typename T>
void AppendRaw(const T& value, std::string& key) {
  static_assert(std::is_trivially_copyable_v<T>);
  key.append(reinterpret_cast<const char*>(&value), sizeof value);
}

inline void AppendText(std::string_view text, std::string& key) {
  AppendRaw(static_cast<uint32_t>(text.size()), key);
  key += text;
}

inline void AppendTruth(Truth truth, std::string& key) {
  key += static_cast<char>('0' + static_cast<int>(truth));
}

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_KEY_BYTES_H_
