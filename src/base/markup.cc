#include "base/markup.h"

namespace tidewaiter {

void AppendMarkup(char c, std::string& out) {
  switch (c) {
    case '&':
      out += "&amp;";
      return;
    case '<':
      out += "&lt;";
      return;
    case '>':
      out += "&gt;";
      return;
    case '"':
      out += "&quot;";
      return;
    case '\'':
      out += "&#39;";
      return;
    default:
      out += c;
  }
}

std::string EscapeMarkup(std::string_view text) {
  std::string out;
  for (const char c : text) AppendMarkup(c, out);
  return out;
}

}  // namespace tidewaiter
