// What the run found, in plain sentences: the first thing on the page and all of the terminal's
// summary.
#ifndef TIDEWAITER_REPORT_HEADLINE_H_
#define TIDEWAITER_REPORT_HEADLINE_H_

#include <string>
#include <vector>

#include "report/report.h"

namespace tidewaiter::report {

// A piece of a sentence. With a set, a number that opens its rows. Text is neither masked nor
// escaped yet.
struct Part {
  std::string text;
  const RowSet* set = nullptr;
  std::string title;  // of the set
};

struct Sentence {
  std::string kind;     // stop, ask, review, parties, routes, patterns, basis
  std::string section;  // id of the section that has more
  std::vector<Part> parts;
};

// Points into the page.
std::vector<Sentence> Headlines(const Page& page);

// The page's title: what the caller gave, else the names of the inputs.
std::string TitleOf(const Page& page);

// Page::synthetic, or what the rows themselves say.
bool IsSynthetic(const Page& page);

uint64_t LineCount(const Page& page);
uint64_t RowsRead(const Page& page);
uint64_t RejectCount(const Page& page);

// Whether some route of the table says from which country it left; many files never do.
bool StatesDeparture(const FigureTable& routes);

// "China > Kazakhstan > Russia" from the key of a route, "China > Russia" when it left from its
// origin; "not stated" for what is unknown. page.js says the same.
std::string RouteInWords(const std::vector<std::string>& key);
// "EXAMPLE SHENZHEN > EXAMPLE DUBAI" from the key of a channel.
std::string ChannelInWords(const std::vector<std::string>& key);

}  // namespace tidewaiter::report

#endif  // TIDEWAITER_REPORT_HEADLINE_H_
