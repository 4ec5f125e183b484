#include "report/writer.h"

#include "report/headline.h"

namespace tidewaiter::report {

Writer::Writer(const Page& page)
    : page_(page), synthetic_(IsSynthetic(page)), mask_(page), embedded_(page) {}

size_t Writer::AddSet(const RowSet& set, std::string title) {
  const auto [place, is_new] = set_numbers_.try_emplace(&set, sets_.size());
  if (is_new) sets_.push_back({&set, std::move(title)});
  return place->second;
}

std::string Writer::Opens(const RowSet& set, std::string_view shown, std::string title) {
  if (set.count == 0) return Escape(shown);
  const std::string label = Escape(mask_.Text(title));
  const std::string number = std::to_string(AddSet(set, std::move(title)));
  return "<button type=\"button\" class=\"n\" data-set=\"" + number + "\" title=\"" + label +
         ": show the rows\">" + Escape(shown) + "</button>";
}

std::string Writer::OpensRow(RowReference row) const {
  const std::string text =
      (page_.inputs.size() > 1 ? Escape(page_.inputs[row.source].name) + " " : "") + "row " +
      Grouped(row.row);
  const auto index = embedded_.IndexOf(row);
  if (!index) return text;
  return "<button type=\"button\" class=\"n\" data-row=\"" + std::to_string(*index) + "\">" + text +
         "</button>";
}

std::string Writer::RuleLink(std::string_view id) const {
  if (FindRule(page_, id) == nullptr) return "<span class=\"id\">" + Escape(id) + "</span>";
  return "<a class=\"id\" href=\"#" + Anchor("rule", id) + "\">" + Escape(id) + "</a>";
}

void Writer::BeginSection(std::string_view id, std::string_view heading) {
  Put("<section id=\"", id, "\" aria-labelledby=\"h-", id, "\">\n<h2 id=\"h-", id, "\">", heading);
  if (synthetic_) Put(" <span class=\"made-up\">SYNTHETIC</span>");
  Put("</h2>\n");
}

std::string Anchor(std::string_view prefix, std::string_view id) {
  std::string out(prefix);
  out += '-';
  for (const char c : id) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    const bool upper = c >= 'A' && c <= 'Z';
    out += plain ? c : upper ? static_cast<char>(c - 'A' + 'a') : '-';
  }
  return out;
}

const RuleNote* FindRule(const Page& page, std::string_view id) {
  for (const RuleNote& rule : page.rules) {
    if (rule.id == id) return &rule;
  }
  return nullptr;
}

}  // namespace tidewaiter::report
