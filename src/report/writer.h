// What the sections of the page share while it is written: the page, who is masked, which rows are
// there, the row sets named so far, and the HTML itself.
#ifndef TIDEWAITER_REPORT_WRITER_H_
#define TIDEWAITER_REPORT_WRITER_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "report/masker.h"
#include "report/report.h"
#include "report/rows.h"
#include "report/text.h"

namespace tidewaiter::report {

// A row set that a number of the page opens.
struct NamedSet {
  const RowSet* set;
  std::string title;  // "Lines on which CN-2024-31 applies"
};

class Writer {
 public:
  explicit Writer(const Page& page);

  const Page& page() const { return page_; }
  bool synthetic() const { return synthetic_; }
  const Masker& mask() const { return mask_; }
  const EmbeddedRows& embedded() const { return embedded_; }
  const std::vector<NamedSet>& sets() const { return sets_; }

  // Appends HTML as it stands: data goes through Escape(), Name() or Data() first.
  template <typename... Parts>
  void Put(const Parts&... parts) {
    (html_.append(parts), ...);
  }
  std::string TakeHtml() { return std::move(html_); }  // what was written; once, at the end

  std::string Data(std::string_view text) const { return Escape(mask_.Text(text)); }
  std::string Name(std::string_view name) const { return Escape(mask_.Name(name)); }
  // Masked and not yet escaped: to be cut to a length first.
  std::string Plain(std::string_view name) const { return mask_.Name(name); }

  // A number that opens its rows: a button. `title` says what the rows are.
  std::string Opens(const RowSet& set, std::string_view shown, std::string title);
  // The number of the set's rows, as such a button.
  std::string Opens(const RowSet& set, std::string title) {
    return Opens(set, Grouped(set.count), std::move(title));
  }
  // "row 17 of file.csv" as a button that opens the line with its evidence.
  std::string OpensRow(RowReference row) const;
  // A rule's id as a link to its card.
  std::string RuleLink(std::string_view id) const;

  // Names the set for the script: its number in the page's data. A set named before keeps number
  // and title.
  size_t AddSet(const RowSet& set, std::string title);

  void BeginSection(std::string_view id, std::string_view heading);
  void EndSection() { Put("</section>\n"); }

 private:
  const Page& page_;
  const bool synthetic_;
  Masker mask_;
  EmbeddedRows embedded_;
  std::vector<NamedSet> sets_;
  std::map<const RowSet*, size_t> set_numbers_;
  std::string html_;
};

// "CN-2024-31 s.2" -> "rule-cn-2024-31-s-2": an id that HTML and links can carry.
std::string Anchor(std::string_view prefix, std::string_view id);

// The rules that hold lines or need to know more, in the page's order.
const RuleNote* FindRule(const Page& page, std::string_view id);

}  // namespace tidewaiter::report

#endif  // TIDEWAITER_REPORT_WRITER_H_
