// gzip and zstd, told by their first bytes, unpacked into memory under a limit.
#ifndef TIDEWAITER_TABLES_UNPACK_H_
#define TIDEWAITER_TABLES_UNPACK_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tidewaiter::tables {

enum class Packing : uint8_t { kNone, kGzip, kZstd };
std::string_view ToString(Packing packing);  // "gzip"
Packing PackingOf(std::string_view bytes);

// All members or frames, one behind the other. kBadInput, naming `path`, when the data is damaged,
// cut off, or unpacks to more than `limit` bytes; nothing is kept of it then.
Result<std::string> Unpack(Packing packing, std::string_view packed, const std::string& path,
                           uint64_t limit);

}  // namespace tidewaiter::tables

#endif  // TIDEWAITER_TABLES_UNPACK_H_
