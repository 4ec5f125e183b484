// The report: one self-contained HTML page (no outside request) and a summary for the terminal,
// both made from a plain Page. The caller fills the Page from a run; nothing here reads a file,
// asks a database or looks at a clock, so equal Pages give equal bytes.
//
// Two steps, because details of rows are fetched only for those that the page has room for:
//
//   Page page = ...;                               // everything but `rows`
//   for (RowReference r : RowsToEmbed(page)) page.rows.push_back(fetch(r));
//   auto html = Render(page);                      // Result<std::string>, below 6 MB
//
// All text is the caller's as it stands in the data; escaping and masking of persons happen here
// and only here. Unknown is empty, absent or nullopt. Every vector is shown in the caller's order
// unless it says otherwise.
#ifndef TIDEWAITER_REPORT_REPORT_H_
#define TIDEWAITER_REPORT_REPORT_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "model/decision.h"
#include "model/party.h"
#include "model/role.h"

namespace tidewaiter::report {

// The whole page embeds at most so many distinct rows; a larger row set is named by its query and
// its hash.
inline constexpr size_t kEmbeddedRows = 5000;
// Lines that are not clear and are listed one by one; the others are in decisions.parquet.
inline constexpr size_t kListedLines = 2000;
// What a table shows at most; a note below it names where the rest is. Callers may hand over more.
inline constexpr size_t kShownHits = 500;
inline constexpr size_t kShownQuestions = 500;
inline constexpr size_t kShownFindings = 200;  // of one indicator
inline constexpr size_t kShownFigures = 300;   // of one table

struct RowReference {
  uint32_t source = 0;  // index in Page::inputs
  uint64_t row = 0;     // data row, from 1
  auto operator<=>(const RowReference&) const = default;
};

// The rows behind a number. `rows` may be left empty when there are more than kEmbeddedRows of
// them: then the page shows `query` (SQL on ledger.duckdb that returns exactly these rows) and
// `hash`.
struct RowSet {
  uint64_t count = 0;
  std::string hash;  // SHA-256 of the row set
  std::string query;
  std::vector<RowReference> rows;  // sorted; all `count` of them or none
};

struct Input {
  std::string name;  // the file's name without folders, as in lines.parquet
  std::string sha256;
  uint64_t bytes = 0;
  std::string layout;
  uint64_t rows_read = 0, lines = 0, rejects = 0;
  std::vector<std::string> columns;  // header cells in file order; names for Row::cells
};

// A party of a row, in the file's own role.
struct RowParty {
  Role role = Role::kConsignee;
  std::string name;
  std::string country;  // ISO; empty: unknown
  bool person = false;  // a natural person on no official list: masked unless Page::show_persons
};

// One row with what was understood of it.
struct Row {
  RowReference reference;
  uint64_t offset = 0, length = 0;  // of the record in its file, bytes
  std::string hash;
  std::optional<Date> date;
  std::string declaration, hs, description, brand, model, component_class;
  std::optional<double> quantity;
  std::string unit;
  std::optional<double> net_mass_kg, value, value_usd;
  std::string currency;
  std::string origin, departure, destination;  // ISO
  std::vector<RowParty> parties;
  // The record as it stands in the file, one cell for each of Input::columns; may be empty. Kept
  // for as many rows as fit, those of the lines that are not clear first.
  std::vector<std::string> cells;
};

// What one rule said about a line.
struct RuleUse {
  std::string rule;  // id in Page::rules
  RuleStatus status = RuleStatus::kNo;
  std::vector<std::string> because;
  std::vector<std::string> depends_on;
  bool answered = false;  // a licence of the rule's authority is given
};

// One evaluation, shared by all lines of the same goods, route and interval.
struct Verdict {
  Outcome outcome = Outcome::kClear;
  std::vector<std::string> reasons;  // what raised the outcome, a sentence each
  std::vector<RuleUse> rules;
  std::vector<std::string> standing;  // ids of general catch-alls that stand aside
};

// A line that is not clear.
struct Line {
  RowReference row;
  uint32_t verdict = 0;        // index in Page::verdicts
  std::vector<uint32_t> hits;  // indices in Page::hits: of the parties of this line
};

struct RuleNote {
  std::string id, title, authority, effect;  // effect as in RuleResult
  Interval in_force;
  std::string citation;
  std::string confidence;       // quoted, quoted-secondary, memory
  std::string date_confidence;  // empty: as certain as the rule
  std::vector<std::string> doubts;
  RowSet applies;  // lines on which it applies (and no licence answers it)
  RowSet depends;  // lines on which it depends on a missing fact
};

// The same question, asked of many lines at once.
struct QuestionGroup {
  std::string text;  // "Take-off mass of this model?"
  std::string
      subject;  // what it is asked about: "DJI Mavic 3"; empty: the lines have nothing in common
  std::string fact, unit;
  std::vector<std::string> settles;  // rule ids
  RowSet lines;                      // the lines that it decides
};

// A party of the file that is listed, or looks like a listed one.
struct PartyHit {
  std::string name;  // as in the file
  Role role = Role::kConsignee;
  std::string country;  // ISO; empty: unknown
  bool person = false;  // the queried party is a natural person on no official list (a likeness is
                        // not a listing)
  Hit hit;
  std::optional<uint32_t> entry;  // index in Page::entries
  std::string consequence;  // what it does to the lines: "a person must look", "shown only: seller"
  RowSet rows;
};

struct Figure {
  std::vector<std::string>
      key;                    // one for each of FigureTable::columns; "" is shown as "not stated"
  bool person = false;        // the key names a natural person on no official list
  std::vector<bool> persons;  // of a channel: which of the key do
  std::optional<double> value_usd;
  // Without the rows that somebody disputes; absent: nothing disputed.
  std::optional<double> value_without_disputed;
  uint64_t lines_without_value = 0;  // lines of the row set that state no value in dollars
  std::optional<double> quantity;    // absent when units differ
  std::string unit;
  RowSet rows;
};

// Totals along one dimension.
struct FigureTable {
  // A channel is who sent and who received: sender, middleman, recipient. A middleman is a party
  // that receives in some lines and sends in others; "" where a line names none on that place.
  enum class Kind : uint8_t { kBrand, kParty, kRoute, kMonth, kChannel };
  Kind kind = Kind::kBrand;
  // Of kParty; roles are never merged: exporter, supplier and seller are three tables.
  std::optional<Role> role;
  // ISO codes in the keys of a route (origin, departure, destination; "" unknown), "2023-09" in
  // those of months.
  std::vector<std::string> columns;
  std::vector<Figure> figures;  // largest value first; months in order of time
  std::string note;  // "The supplier column does not say whether it is the seller or the shipper."
};

// Figures over one choice of lines: all of them, or those of drones and their parts.
struct Totals {
  std::string title;  // "Drones and drone parts"
  std::string scope;  // a sentence: which lines, recognised how
  Figure total;
  std::vector<FigureTable> tables;
};

struct Finding {
  std::string subject_kind;  // party, pair, route, line, product, group
  std::string subject_name;
  bool person = false;
  std::string statistic;  // "3.4 times the mass of the model"
  std::string grade;      // G1 to G4; empty: none
  std::optional<Date> from, to;
  RowSet rows;
};

// One indicator and all that it found.
struct IndicatorResult {
  int number = 0;  // 0: a user's own
  std::string key, title;
  std::string source;          // who published the red flag
  std::string shows;           // what a finding shows
  std::string does_not_show;   // and what it does not
  std::string parameters;      // "factor 2, at least 1 piece", or a JSON object
  std::string not_computable;  // the reason; empty: it was computed
  std::vector<Finding> findings;
};

struct ControlDate {
  Date date;
  std::string label;               // "China: some consumer drones controlled"
  std::vector<std::string> rules;  // ids
};

struct ListUsed {
  std::string list;   // "ofac_sdn"
  std::string title;  // "US Treasury, Specially Designated Nationals"
  std::optional<Date> date;
  uint64_t entries = 0;
  std::string warning;  // "46 days old"; empty: none
};

struct OutcomeCounts {
  RowSet stop, ask, review, clear;
};

struct Reject {
  std::string reason;
  uint64_t count = 0;
};

struct Page {
  // The inputs are made up: the page says so in every section. It does so as well when a row's
  // cells, its declaration or an input's name hold the word SYNTHETIC: made-up rows carry it.
  bool synthetic = false;
  bool show_persons = false;                  // name natural persons who are on no official list
  std::string title;                          // empty: made from the inputs' names
  std::string command;                        // what was run; without folders of the machine
  std::optional<Date> as_of;                  // absent: each line on its own date
  std::optional<Date> first_date, last_date;  // of the lines
  DecisionInputs engine;
  std::string who_is_who;  // which resolution of names to parties, with how many of each
  std::vector<Input> inputs;
  std::vector<ListUsed> lists;
  std::vector<std::string> missing_lists;  // official lists that are not loaded
  std::vector<std::string> warnings;       // on top of the page
  bool parties_screened = true;            // false with --without-lists

  OutcomeCounts outcomes;
  std::vector<Verdict> verdicts;
  std::vector<Line> lines;  // stop first, then review, then ask; the caller may cut at kListedLines
  std::vector<RuleNote> rules;           // those that applied or may apply
  std::vector<QuestionGroup> questions;  // most lines first
  std::vector<PartyHit> hits;            // those who are listed first, then by score
  std::vector<ListedParty> entries;      // the list entries that hits refer to
  std::vector<Totals> totals;            // the first is charted and summed up on top
  std::vector<ControlDate> control_dates;
  std::vector<IndicatorResult> indicators;
  std::vector<std::string> checked, not_checked;
  std::vector<Reject> rejects;  // by reason
  std::vector<std::string>
      declared;  // facts that rest on the exporter's word only, a sentence each

  std::vector<Row> rows;  // those of RowsToEmbed(), in any order
};

// The rows that the page has room for, most important first: those of listed lines, party hits,
// questions, findings and figures. At most kEmbeddedRows, none twice. Row sets are taken whole or
// not at all.
std::vector<RowReference> RowsToEmbed(const Page& page);

// The page. Fails (kInternal) when the Page contradicts itself: an index out of range, a row set
// whose count is not that of its rows.
Result<std::string> Render(const Page& page);

// The same findings in plain text, at most 100 columns wide, for a terminal. Holds no escape
// sequences, also when the data does.
std::string Summary(const Page& page);

}  // namespace tidewaiter::report

#endif  // TIDEWAITER_REPORT_REPORT_H_
