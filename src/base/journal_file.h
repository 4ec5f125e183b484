// A file that only grows, one line an entry, for several programs at once. An entry is on the disk
// before Append returns; a line that a killed program left unfinished was never promised to
// anybody, and the next Append cuts it off.
#ifndef TIDEWAITER_BASE_JOURNAL_FILE_H_
#define TIDEWAITER_BASE_JOURNAL_FILE_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tidewaiter {

// Under the file's lock: finds the last line ("" when there is none), asks `make` for the next one
// (without its line end), writes and syncs it. `then` runs after that, still under the lock.
Status AppendLine(const std::string& path,
                  const std::function<Result<std::string>(std::string_view last)>& make,
                  const std::function<Status(std::string_view line)>& then = {});

// Writes `text` over the beginning of the file, and syncs; for small marks of a fixed size.
Status WriteMark(const std::string& path, std::string_view text);

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_JOURNAL_FILE_H_
