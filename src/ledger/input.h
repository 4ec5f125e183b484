// One input file opened: its bytes, delimiter, header and mapping.
#ifndef TIDEWAITER_LEDGER_INPUT_H_
#define TIDEWAITER_LEDGER_INPUT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "ledger/cells.h"
#include "ledger/ledger.h"
#include "tables/csv.h"

namespace tidewaiter::ledger {

// The bytes of a file: mapped, or unpacked into memory when it is compressed or not a plain file.
class Input {
 public:
  static Result<Input> Open(const std::string& path);
  std::string_view bytes() const {
    return mapped_ ? mapped_->bytes() : std::string_view(*unpacked_);
  }

 private:
  std::optional<MappedFile> mapped_;
  std::shared_ptr<const std::string> unpacked_;
};

// Where the header is and what it says.
struct Header {
  tables::Dialect dialect;
  Mapping mapping;
  uint64_t line = 1;       // of the header
  uint64_t data = 0;       // offset of the first byte behind it
  uint64_t data_line = 2;  // its line
};

// Finds the header: the first of the first rows that a layout fits, else the first that looks like
// names of columns (title rows and blank ones before it are passed over).
Result<Header> FindHeader(std::string_view bytes, const std::string& path,
                          const ImportOptions& options);

}  // namespace tidewaiter::ledger

#endif  // TIDEWAITER_LEDGER_INPUT_H_
