#include <algorithm>
#include <string>

#include "report/headline.h"
#include "report/masker.h"
#include "report/report.h"
#include "report/text.h"

namespace tidewaiter::report {
namespace {

constexpr size_t kWidth = 100;

// Characters as a terminal counts them, near enough for wrapping: continuation bytes take no place.
size_t Width(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// `text` in lines of at most kWidth; the first begins with `mark`, the others are indented below
// it.
void AppendWrapped(std::string_view mark, const std::string& text, std::string& out) {
  std::string line(mark);
  const std::string indent(mark.size(), ' ');
  bool empty = true;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    if (!empty && Width(line) + 1 + Width(word) > kWidth) {
      out += line + "\n";
      line = indent;
      empty = true;
    }
    line += (empty ? "" : " ") + word;
    empty = false;
    at = end + 1;
  }
  out += line + "\n";
}

std::string MarkOf(const Sentence& sentence) {
  std::string mark = "  ";
  for (const char c : sentence.kind) mark += static_cast<char>(c - 'a' + 'A');
  mark.resize(12, ' ');
  return mark;
}

std::string TextOf(const Sentence& sentence, const Masker& mask) {
  std::string text;
  for (const Part& part : sentence.parts) text += part.text;
  return Clean(mask.Text(text));
}

void AppendTop(const Page& page, std::string& out) {
  if (IsSynthetic(page))
    out +=
        "SYNTHETIC: the rows are made up; parties are invented, but for a few from official "
        "lists.\n";
  AppendWrapped("",
                Clean(TitleOf(page)) + ": " + Count(LineCount(page), "line", "lines") +
                    (page.first_date && page.last_date
                         ? ", " + ToString(*page.first_date) + " to " + ToString(*page.last_date)
                         : std::string()),
                out);
}

void AppendWarnings(const Page& page, const Masker& mask, std::string& out) {
  for (const std::string& warning : page.warnings)
    AppendWrapped("! ", Clean(mask.Text(warning)), out);
  if (page.missing_lists.empty()) return;
  std::string names;
  for (const std::string& list : page.missing_lists)
    names += (names.empty() ? "" : ", ") + Clean(list);
  AppendWrapped("! ", "official lists that are not loaded: " + names, out);
}

}  // namespace

std::string Summary(const Page& page) {
  const Masker mask(page);
  std::string out;
  AppendTop(page, out);
  AppendWarnings(page, mask, out);
  out += "\n";
  for (const Sentence& sentence : Headlines(page))
    AppendWrapped(MarkOf(sentence), TextOf(sentence, mask), out);
  out += "\nDecision support, not legal advice.\n";
  return out;
}

}  // namespace tidewaiter::report
