// The Denied Persons List of the US Bureau of Industry and Security: tab-delimited text with a
// header row.
#ifndef TIDEWAITER_LISTS_BIS_DPL_READER_H_
#define TIDEWAITER_LISTS_BIS_DPL_READER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lists/list_file.h"

namespace tidewaiter::lists::bis_dpl {

struct DeniedRow {
  uint64_t line = 0;
  std::string name, street, city, state, country, postal_code, effective, expires, standard,
      updated, action, citation;
};

std::string_view Part(std::string_view bytes);  // "list", or "" when this is no such file
Result<std::vector<DeniedRow>> Read(const SourceFile& file);

}  // namespace tidewaiter::lists::bis_dpl

#endif  // TIDEWAITER_LISTS_BIS_DPL_READER_H_
