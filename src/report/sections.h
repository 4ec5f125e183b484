// The sections of the page, in the order in which they stand.
#ifndef TIDEWAITER_REPORT_SECTIONS_H_
#define TIDEWAITER_REPORT_SECTIONS_H_

#include "report/writer.h"

namespace tidewaiter::report {

void WriteTop(
    Writer& writer);  // title, SYNTHETIC banner, warnings, the summary, the way through the page
void WriteHeldLines(Writer& writer);  // lines that must not ship, by rule and one by one
void WriteQuestions(Writer& writer);  // what to ask, by question
void WriteReview(Writer& writer);     // lines for a person to look at
void WriteParties(Writer& writer);    // hits, with the list entry
void WriteFigures(Writer& writer);    // totals, months, routes
void WritePatterns(Writer& writer);   // indicators
void WriteRules(Writer& writer);      // citation, interval, confidence, doubts
void WriteBasis(Writer& writer);      // what was checked and not, lists, inputs, rejects, versions

// "300 of 412 are shown; decisions.parquet has all." when there are more than a table shows, else
// nothing.
void WriteRest(Writer& writer, size_t all, size_t shown, std::string_view file);

// The outcome as a coloured mark that does not rest on colour alone: sign and word.
std::string OutcomeMark(Outcome outcome);
std::string_view OutcomeInWords(Outcome outcome);
std::string_view EffectInWords(std::string_view effect);
std::string ConfidenceMark(std::string_view confidence);

}  // namespace tidewaiter::report

#endif  // TIDEWAITER_REPORT_SECTIONS_H_
