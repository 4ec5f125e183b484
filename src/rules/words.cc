#include "rules/words.h"

#include <algorithm>

#include "base/markup.h"
#include "model/units.h"

namespace tidewaiter::rules {
namespace {

std::string Join(const std::vector<std::string>& texts, std::string_view separator) {
  std::string all;
  for (const std::string& text : texts)
    all.append(all.empty() ? std::string_view() : separator).append(text);
  return all;
}

std::string Plain(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

template <typename T>
std::vector<std::string> EachInWords(const std::vector<T>& list) {
  std::vector<std::string> texts;
  for (const T& each : list) texts.push_back(InWords(each));
  return texts;
}

std::string HsInWords(const HsCodes& hs, const std::vector<std::string>& sets) {
  std::vector<std::string> parts;
  if (!hs.codes.empty())
    parts.push_back("HS " + Join(hs.codes, ", ") + " (edition " + std::to_string(hs.edition) + ")");
  if (!sets.empty()) parts.push_back("HS codes of " + Join(sets, ", "));
  return Join(parts, " or ");
}

std::string Operand(const FactTest& test) {
  std::vector<std::string> values;
  switch (test.operand) {
    case FactTest::Operand::kBool:
      return test.truth ? "true" : "false";
    case FactTest::Operand::kNumber:
      return FormatQuantity(test.number, test.unit);
    case FactTest::Operand::kTexts:
      return Join(test.texts, ", ");
    case FactTest::Operand::kNumbers:
      break;
  }
  for (const double number : test.numbers) values.push_back(FormatQuantity(number, {}));
  return Join(values, ", ") + (test.unit.empty() ? "" : " " + test.unit);
}

std::vector<std::string> WaysInWords(const PackItem& item) {
  std::vector<std::string> ways;
  if (item.any) ways.push_back("any goods");
  if (!item.hs.codes.empty() || !item.code_sets.empty())
    ways.push_back(HsInWords(item.hs, item.code_sets));
  if (!item.control.empty()) ways.push_back("control code " + Join(item.control, ", "));
  if (!item.classes.empty()) ways.push_back("recognised as " + Join(item.classes, ", "));
  if (!item.items_of.empty())
    ways.push_back("what the items of " + Join(item.items_of, ", ") + " catch");
  return ways;
}

void AddLimb(std::string name, std::string text,
             std::vector<std::pair<std::string, std::string>>& limbs) {
  if (!text.empty()) limbs.emplace_back(std::move(name), std::move(text));
}

std::string PartiesInWords(const Parties& parties) {
  std::vector<std::string> ways;
  if (!parties.names.empty()) ways.push_back("a recipient is one of: " + Join(parties.names, "; "));
  for (const Condition& condition : parties.any_of) ways.push_back(InWords(condition));
  return Join(ways, ", or ") + (parties.incomplete ? " (the source names more)" : "");
}

void AddUncertainties(const PackRule& rule,
                      std::vector<std::pair<std::string, std::string>>& limbs) {
  for (const Uncertainty& each : rule.uncertain) {
    std::string text = each.because;
    if (each.before) text += " (before " + ToString(*each.before) + ")";
    if (each.from) text += " (from " + ToString(*each.from) + ")";
    if (each.when) text += " (when " + InWords(*each.when) + ")";
    AddLimb("uncertain", std::move(text), limbs);
  }
}

std::vector<std::pair<std::string, std::string>> TextsOf(const PackRule& rule) {
  std::vector<std::pair<std::string, std::string>> texts = LimbsInWords(rule);
  AddLimb("licence policy", rule.license_policy, texts);
  AddLimb("never decides", rule.never_decides, texts);
  for (const std::string& each : rule.exceptions) AddLimb("exception", each, texts);
  AddUncertainties(rule, texts);
  for (const std::string& each : rule.doubts) AddLimb("doubt", each, texts);
  for (const std::string& each : rule.notes) AddLimb("note", each, texts);
  return texts;
}

std::string Facing(const PackRule& rule) {
  return "effect " + rule.effect + "; " + InWords(rule.in_force) + "; status " + rule.status +
         "; " + rule.confidence +
         (rule.date_confidence.empty() ? "" : "; dates: " + rule.date_confidence);
}

// A cell of a Markdown table holds neither bars nor line ends.
std::string Cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|')
      out += "\\|";
    else
      out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string HeadLine(const Pack& pack) {
  return pack.authority + ", " + pack.instrument +
         (pack.reviewed ? ". Last held against the source on " + ToString(*pack.reviewed) : "") +
         ". File " + pack.file;
}

std::string RuleInHtml(const PackRule& rule) {
  std::string out = "<section><h2>" + EscapeMarkup(rule.id) + ": " + EscapeMarkup(rule.title) +
                    "</h2>\n<p>" + EscapeMarkup(Facing(rule)) +
                    "</p>\n<table><tr><th>limb</th><th>as encoded</th><th>source</th></tr>\n";
  const std::string cited =
      EscapeMarkup(rule.citation) + "<br>" + EscapeMarkup(Join(rule.sources, "; "));
  const auto texts = TextsOf(rule);
  for (size_t i = 0; i < texts.size(); ++i) {
    out += "<tr><th>" + EscapeMarkup(texts[i].first) + "</th><td>" + EscapeMarkup(texts[i].second) +
           "</td>";
    if (i == 0) out += "<td rowspan=\"" + std::to_string(texts.size()) + "\">" + cited + "</td>";
    out += "</tr>\n";
  }
  return out + "</table></section>\n";
}

}  // namespace

std::string InWords(const FactTest& test) {
  if (test.operand == FactTest::Operand::kBool) {
    return Plain(test.fact) + (test.truth == (test.op == Op::kEqual) ? "" : " is not so");
  }
  return Plain(test.fact) + " " + std::string(InWords(test.op)) + " " + Operand(test);
}

std::string InWords(const Condition& condition) {
  using Kind = Condition::Kind;
  switch (condition.kind) {
    case Kind::kFact:
      return InWords(condition.test);
    case Kind::kField:
      return condition.name + (condition.negated ? " is none of " : " is one of ") +
             Join(condition.list, ", ");
    case Kind::kHs:
      return HsInWords(condition.hs, condition.list);
    case Kind::kControl:
      return "control code " + Join(condition.list, ", ");
    case Kind::kClass:
      return "recognised as " + Join(condition.list, ", ");
    case Kind::kRecipient:
      return "a recipient is one of: " + Join(condition.list, "; ");
    case Kind::kNamed:
      return condition.text.empty() ? Plain(condition.name) : condition.text;
    case Kind::kRule:
      return condition.name + " applies";
    case Kind::kNot:
      return "not (" + InWords(condition.children.front()) + ")";
    case Kind::kAll:
      return "(" + Join(EachInWords(condition.children), " and ") + ")";
    case Kind::kAny:
      return "(" + Join(EachInWords(condition.children), " or ") + ")";
  }
  return {};
}

std::string InWords(const PackItem& item) {
  const auto ways = WaysInWords(item);
  std::string text =
      item.text + ": " + (ways.empty() ? "in words only, matches no line" : Join(ways, ", or "));
  if (!item.when.empty()) text += "; " + Join(EachInWords(item.when), " and ");
  if (!item.possible_hs.empty())
    text += "; asked about on lines of HS " + Join(item.possible_hs, ", ");
  if (!item.unseen.empty()) text += "; not seen: " + Plain(item.unseen);
  if (!item.uncertain.empty()) text += "; uncertain: " + item.uncertain;
  for (const std::string& each : item.exceptions) text += "; except " + each;
  return text;
}

std::string InWords(const Destinations& to) {
  if (to.everywhere) return "all";
  std::vector<std::string> parts;
  if (to.in_all) parts.push_back("all");
  if (!to.in.empty()) parts.push_back(Join(to.in, ", "));
  if (!to.fact.empty()) {
    parts.push_back((to.unknown_all ? std::string("any other") : Join(to.unknown, ", ")) + " if " +
                    Plain(to.fact));
  }
  return Join(parts, "; ") + (to.except.empty() ? "" : "; except " + Join(to.except, ", "));
}

std::string InWords(Interval days) {
  const bool start = days.from != kDistantPast, end = days.to != kDistantFuture;
  if (start && end) return ToString(days.from) + " to " + ToString(days.to);
  if (start) return "since " + ToString(days.from);
  return end ? "start unknown, until " + ToString(days.to) : "start unknown, no end";
}

std::vector<std::pair<std::string, std::string>> LimbsInWords(const PackRule& rule) {
  std::vector<std::pair<std::string, std::string>> limbs;
  if (rule.binds) AddLimb("bound", InWords(*rule.binds), limbs);
  for (size_t i = 0; i < rule.items.size(); ++i) {
    AddLimb(rule.items.size() == 1 ? "item" : "item " + std::to_string(i + 1),
            InWords(rule.items[i]), limbs);
  }
  AddLimb("destination", InWords(rule.destinations), limbs);
  AddLimb("end use", Join(EachInWords(rule.end_use), " or "), limbs);
  AddLimb("knowledge", Join(EachInWords(rule.knowledge), " or "), limbs);
  if (rule.parties) AddLimb("party", PartiesInWords(*rule.parties), limbs);
  if (rule.ownership) AddLimb("ownership", InWords(rule.ownership->test), limbs);
  AddLimb("unless", Join(rule.unless, ", "), limbs);
  if (rule.general_catch_all)
    AddLimb("general catch-all", "stands aside while nothing raises the line", limbs);
  return limbs;
}

std::string PageInMarkdown(const Pack& pack) {
  std::string out = "# " + pack.title + "\n\n" + HeadLine(pack) + "\n\n";
  for (const std::string& source : pack.sources) out += "* Source: " + source + "\n";
  for (const std::string& note : pack.notes) out += "* Note: " + note + "\n";
  for (const PackRule& rule : pack.rules) {
    out += "\n## " + rule.id + ": " + rule.title + "\n\n" + Facing(rule) +
           "\n\n| limb | as encoded | source |\n|---|---|---|\n";
    for (const auto& [name, text] : TextsOf(rule)) {
      out += "| " + Cell(name) + " | " + Cell(text) + " | " + Cell(rule.citation) + " |\n";
    }
  }
  return out;
}

std::string PageInHtml(const Pack& pack) {
  std::string out = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" +
                    EscapeMarkup(pack.title) +
                    "</title>\n<style>body{font:16px/1.45 serif;max-width:75rem;margin:2rem "
                    "auto;padding:0 1rem}table{border-collapse:"
                    "collapse;width:100%}th,td{border:1px solid #999;padding:.3rem "
                    ".5rem;text-align:left;vertical-align:top}td:last-"
                    "child{width:22%}</style></head><body>\n<h1>" +
                    EscapeMarkup(pack.title) + "</h1>\n<p>" + EscapeMarkup(HeadLine(pack)) +
                    "</p>\n<ul>\n";
  for (const std::string& source : pack.sources)
    out += "<li>Source: " + EscapeMarkup(source) + "</li>\n";
  for (const std::string& note : pack.notes) out += "<li>Note: " + EscapeMarkup(note) + "</li>\n";
  out += "</ul>\n";
  for (const PackRule& rule : pack.rules) out += RuleInHtml(rule);
  return out + "</body></html>\n";
}

}  // namespace tidewaiter::rules
