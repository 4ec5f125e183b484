#include "base/result.h"

namespace tidewaiter {

std::string Error::ToString() const {
  std::string out;
  if (!file.empty()) {
    out += file;
    if (line != 0) out += ":" + std::to_string(line);
    if (column != 0) out += ":" + std::to_string(column);
    out += ": ";
  } else if (line != 0) {
    out += "line " + std::to_string(line) + ": ";
  }
  if (!field.empty()) out += field + ": ";
  return out + message;
}

}  // namespace tidewaiter
