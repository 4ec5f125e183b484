#include "report/headline.h"
#include "report/sections.h"

namespace tidewaiter::report {
namespace {

void WriteSentences(Writer& writer, std::string_view heading,
                    const std::vector<std::string>& sentences) {
  if (sentences.empty()) return;
  writer.Put("<div><h3>", heading, "</h3>\n<ul>\n");
  for (const std::string& sentence : sentences)
    writer.Put("<li>", writer.Data(sentence), "</li>\n");
  writer.Put("</ul></div>\n");
}

void WriteLists(Writer& writer) {
  const Page& page = writer.page();
  writer.Put(
      "<h3>Lists</h3>\n<div class=\"scroll\"><table class=\"data\"><caption>Lists that the parties "
      "were "
      "compared with.</caption>\n<thead><tr><th scope=\"col\">List</th><th scope=\"col\">What it "
      "is</th>"
      "<th scope=\"col\">Dated</th><th scope=\"col\" class=\"num\" data-num>Entries</th>"
      "<th scope=\"col\">Mind</th></tr></thead>\n<tbody>\n");
  for (const ListUsed& list : page.lists) {
    writer.Put("<tr><td class=\"id\">", Escape(list.list), "</td><td>", Escape(list.title),
               "</td><td class=\"date\">", list.date ? ToString(*list.date) : "not known",
               "</td><td class=\"num\" data-v=\"", std::to_string(list.entries), "\">",
               Grouped(list.entries), "</td><td>", Escape(list.warning), "</td></tr>\n");
  }
  for (const std::string& list : page.missing_lists) {
    writer.Put("<tr><td>", Escape(list),
               "</td><td class=\"unsure\">not loaded</td><td></td>"
               "<td class=\"num\" data-v=\"0\">0</td><td>nobody was compared with it</td></tr>\n");
  }
  writer.Put("</tbody></table></div>\n");
}

void WriteInputs(Writer& writer) {
  writer.Put(
      "<h3>Inputs</h3>\n<div class=\"scroll\"><table class=\"data\"><caption>Rows read = lines + "
      "rejects."
      "</caption>\n<thead><tr><th scope=\"col\">File</th><th scope=\"col\">Layout</th>"
      "<th scope=\"col\" class=\"num\" data-num>Bytes</th><th scope=\"col\" class=\"num\" "
      "data-num>Rows"
      "</th><th scope=\"col\" class=\"num\" data-num>Lines</th><th scope=\"col\" class=\"num\" "
      "data-num>"
      "Rejects</th><th scope=\"col\">SHA-256</th></tr></thead>\n<tbody>\n");
  for (const Input& input : writer.page().inputs) {
    writer.Put("<tr><td dir=\"auto\">", Escape(input.name), "</td><td>", Escape(input.layout),
               "</td>");
    for (const uint64_t number : {input.bytes, input.rows_read, input.lines, input.rejects}) {
      writer.Put("<td class=\"num\" data-v=\"", std::to_string(number), "\">", Grouped(number),
                 "</td>");
    }
    writer.Put("<td class=\"hash\">", Escape(input.sha256), "</td></tr>\n");
  }
  writer.Put("</tbody></table></div>\n");
}

void WriteRejects(Writer& writer) {
  if (writer.page().rejects.empty()) return;
  writer.Put(
      "<h3>Rejects</h3>\n<p>Rows that could not be read as a line. rejects.csv has each with its "
      "place and "
      "text.</p>\n<ul>\n");
  for (const Reject& reject : writer.page().rejects) {
    writer.Put("<li>", Grouped(reject.count), ": ", writer.Data(reject.reason), "</li>\n");
  }
  writer.Put("</ul>\n");
}

void WriteVersions(Writer& writer) {
  const Page& page = writer.page();
  const auto term = [&](std::string_view name, const std::string& text) {
    if (!text.empty())
      writer.Put("<dt>", name, "</dt><dd class=\"hash\">", writer.Data(text), "</dd>\n");
  };
  writer.Put(
      "<h3>To do it again</h3>\n<p>The same files, lists and rules give this page again, byte for "
      "byte. "
      "The queries run on ledger.duckdb beside this page, from inside this folder.</p>\n<dl "
      "class=\"versions\">\n");
  term("Command", page.command);
  term("Engine", page.engine.engine);
  term("Rule packs", page.engine.rulepacks);
  term("Catalogue", page.engine.catalogue);
  term("Watchlist", page.engine.watchlist);
  term("Matching profile", page.engine.profile);
  term("Who is who", page.who_is_who);
  writer.Put("</dl>\n");
}

}  // namespace

void WriteBasis(Writer& writer) {
  writer.BeginSection("basis", "What this rests on");
  writer.Put("<div class=\"columns\">\n");
  WriteSentences(writer, "What was checked", writer.page().checked);
  WriteSentences(writer, "What was not checked", writer.page().not_checked);
  writer.Put("</div>\n");
  WriteLists(writer);
  WriteInputs(writer);
  WriteRejects(writer);
  WriteVersions(writer);
  writer.EndSection();
}

}  // namespace tidewaiter::report
