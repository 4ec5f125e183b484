// Text inside HTML, XML and SVG.
#ifndef TIDEWAITER_BASE_MARKUP_H_
#define TIDEWAITER_BASE_MARKUP_H_

#include <string>
#include <string_view>

namespace tidewaiter {

// The text with & < > " ' as entities: fit for an element and for a quoted attribute.
std::string EscapeMarkup(std::string_view text);
void AppendMarkup(char c, std::string& out);

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_MARKUP_H_
