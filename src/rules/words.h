// A pack in words: conditions, items and rules as a lawyer would read them beside the source.
#ifndef TIDEWAITER_RULES_WORDS_H_
#define TIDEWAITER_RULES_WORDS_H_

#include <string>
#include <utility>
#include <vector>

#include "rules/pack.h"

namespace tidewaiter::rules {

std::string InWords(const Condition& condition);
std::string InWords(const FactTest& test);
std::string InWords(const PackItem& item);  // the goods, their codes, their parameters
std::string InWords(const Destinations& destinations);
std::string InWords(
    Interval days);  // "2023-09-01 to 2024-08-31", "since 2024-12-01", "start unknown"

// The limbs that a rule states, each with its name: {"bound", "..."}, in the order in which they
// are judged.
std::vector<std::pair<std::string, std::string>> LimbsInWords(const PackRule& rule);

// A pack as a page: limb by limb, with the citation beside each rule.
std::string PageInMarkdown(const Pack& pack);
std::string PageInHtml(const Pack& pack);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_WORDS_H_
