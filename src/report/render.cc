// The page is put together from three pieces: the sections as HTML that needs no script, the data
// behind their numbers, and one script that opens them. A Content-Security-Policy that names the
// script by its hash and allows nothing else makes "no outside request" something that the browser
// enforces.
#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "report/assets.h"
#include "report/headline.h"
#include "report/island.h"
#include "report/report.h"
#include "report/sections.h"
#include "report/writer.h"

namespace tidewaiter::report {
namespace {

constexpr size_t kMostRecordBytes = 2'000'000;
constexpr size_t kPageBytes = 5'600'000;  // aimed at; the promise is 6 MB
constexpr size_t kBytesPerRow = 450;      // of the island, without the record

Status Contradiction(std::string what) {
  return InternalError("the report's data contradicts itself: " + what);
}

Status CheckSet(const Page& page, const RowSet& set) {
  if (!set.rows.empty() && set.rows.size() != set.count) {
    return Contradiction("a row set of " + std::to_string(set.count) + " rows holds " +
                         std::to_string(set.rows.size()));
  }
  for (const RowReference row : set.rows) {
    if (row.source >= page.inputs.size())
      return Contradiction("a row of an input that is not there");
  }
  return {};
}

Status CheckLines(const Page& page) {
  for (const Line& line : page.lines) {
    if (line.row.source >= page.inputs.size())
      return Contradiction("a line of an input that is not there");
    if (line.verdict >= page.verdicts.size()) return Contradiction("a line without its verdict");
    for (const uint32_t hit : line.hits) {
      if (hit >= page.hits.size()) return Contradiction("a line with a hit that is not there");
    }
  }
  return {};
}

Status CheckTotals(const Page& page) {
  for (const Totals& totals : page.totals) {
    TW_RETURN_IF_ERROR(CheckSet(page, totals.total.rows));
    for (const FigureTable& table : totals.tables) {
      const bool route =
          table.kind == FigureTable::Kind::kRoute || table.kind == FigureTable::Kind::kChannel;
      if (table.columns.empty() || (route && table.columns.size() != 3)) {
        return Contradiction("a table of figures with " + std::to_string(table.columns.size()) +
                             " key columns");
      }
      for (const Figure& figure : table.figures) {
        if (figure.key.size() != table.columns.size())
          return Contradiction("a figure with the wrong key");
        TW_RETURN_IF_ERROR(CheckSet(page, figure.rows));
      }
    }
  }
  return {};
}

Status Check(const Page& page) {
  TW_RETURN_IF_ERROR(CheckLines(page));
  TW_RETURN_IF_ERROR(CheckTotals(page));
  for (const PartyHit& hit : page.hits) {
    if (hit.entry && *hit.entry >= page.entries.size())
      return Contradiction("a hit without its list entry");
    TW_RETURN_IF_ERROR(CheckSet(page, hit.rows));
  }
  for (const RuleNote& rule : page.rules) {
    TW_RETURN_IF_ERROR(CheckSet(page, rule.applies));
    TW_RETURN_IF_ERROR(CheckSet(page, rule.depends));
  }
  for (const QuestionGroup& question : page.questions)
    TW_RETURN_IF_ERROR(CheckSet(page, question.lines));
  for (const IndicatorResult& indicator : page.indicators) {
    for (const Finding& finding : indicator.findings)
      TW_RETURN_IF_ERROR(CheckSet(page, finding.rows));
  }
  const OutcomeCounts& outcomes = page.outcomes;
  for (const RowSet* set : {&outcomes.stop, &outcomes.ask, &outcomes.review, &outcomes.clear}) {
    TW_RETURN_IF_ERROR(CheckSet(page, *set));
  }
  return {};
}

std::string Base64OfSha256(std::string_view bytes) {
  const std::string hex = Sha256Hex(bytes);
  std::array<unsigned char, 32> digest{};
  for (size_t i = 0; i < digest.size(); ++i) {
    digest[i] = static_cast<unsigned char>(std::stoi(hex.substr(2 * i, 2), nullptr, 16));
  }
  std::array<unsigned char, 64> out{};
  const int length = EVP_EncodeBlock(out.data(), digest.data(), static_cast<int>(digest.size()));
  return std::string(reinterpret_cast<const char*>(out.data()), static_cast<size_t>(length));
}

std::string Head(const Writer& writer) {
  const Page& page = writer.page();
  std::string out = "<!doctype html>\n<html lang=\"en\"";
  if (writer.synthetic()) out += " class=\"is-synthetic\"";
  out += ">\n<head>\n<meta charset=\"utf-8\">\n<title>";
  if (writer.synthetic()) out += "SYNTHETIC: ";
  out += writer.Data(TitleOf(page)) + ", Tidewaiter report</title>\n";
  out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  out +=
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'; "
      "script-src 'sha256-" +
      Base64OfSha256(kScript) + "'; base-uri 'none'; form-action 'none'\">\n";
  out += "<meta name=\"referrer\" content=\"no-referrer\">\n<style>" + std::string(kStyle) +
         "</style>\n</head>\n";
  return out;
}

void WriteFoot(Writer& writer) {
  writer.Put(
      "</main>\n<footer><p>Made by Tidewaiter. Decision support, not legal advice. A flag is a "
      "reason to "
      "look, not a finding of guilt.",
      writer.synthetic() ? " <span class=\"made-up\">SYNTHETIC</span> rows: nothing here happened."
                         : "",
      "</p></footer>\n<dialog id=\"evidence\" aria-labelledby=\"evidence-title\"></dialog>\n");
}

}  // namespace

Result<std::string> Render(const Page& page) {
  TW_RETURN_IF_ERROR(Check(page));
  Writer writer(page);
  WriteTop(writer);
  WriteHeldLines(writer);
  WriteQuestions(writer);
  WriteReview(writer);
  WriteParties(writer);
  WriteFigures(writer);
  WritePatterns(writer);
  WriteRules(writer);
  WriteBasis(writer);
  WriteFoot(writer);

  std::string out = Head(writer);
  const size_t rows = writer.embedded().rows().size() * kBytesPerRow;
  std::string body = writer.TakeHtml();
  const size_t used = out.size() + body.size() + rows + kScript.size();
  const size_t room = used < kPageBytes ? std::min(kPageBytes - used, kMostRecordBytes) : 0;
  out += "<body>\n" + body + "<script type=\"application/json\" id=\"data\">" +
         DataIsland(writer, room) + "</script>\n<script>" + std::string(kScript) +
         "</script>\n</body>\n</html>\n";
  return out;
}

}  // namespace tidewaiter::report
