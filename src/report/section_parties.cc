#include "model/country.h"
#include "report/sections.h"

namespace tidewaiter::report {
namespace {

constexpr size_t kMostShown = 40;  // names, addresses, identifiers of one list entry

void WriteTerm(Writer& writer, std::string_view term, const std::string& html) {
  if (!html.empty()) writer.Put("<dt>", term, "</dt><dd dir=\"auto\">", html, "</dd>\n");
}

// The items, each escaped by `show`, as a list that ends in "and N more".
template <typename Item, typename Show>
std::string Several(const std::vector<Item>& items, const Show& show) {
  if (items.empty()) return "";
  std::string out = "<ul>";
  for (const Item& item : FirstOf(items, kMostShown)) out += "<li>" + show(item) + "</li>";
  if (items.size() > kMostShown)
    out += "<li>and " + Grouped(items.size() - kMostShown) + " more</li>";
  return out + "</ul>";
}

std::string ShowName(const Name& name) {
  std::string out = "<bdi>" + Escape(name.text) + "</bdi>";
  if (name.strength == NameStrength::kWeak) out += " <span class=\"soft\">weak alias</span>";
  if (!name.type.empty()) out += " <span class=\"soft\">" + Escape(name.type) + "</span>";
  return out;
}

std::string ShowIdentifier(const Identifier& identifier) {
  return Escape(identifier.label.empty() ? identifier.kind : identifier.label) + " <b>" +
         Escape(identifier.value) + "</b>";
}

std::string ShowAddress(const Address& address) {
  std::string out = Escape(address.text);
  if (!address.country.empty())
    out += " <span class=\"soft\">" + Escape(address.country) + "</span>";
  return out;
}

std::string ShowText(const std::string& text) { return Escape(text); }

void WriteEntry(Writer& writer, const ListedParty& entry) {
  writer.Put("<div class=\"entry\"><h3>The list entry</h3><dl>\n");
  WriteTerm(writer, "List",
            Escape(entry.list) + ", id <b>" + Escape(entry.id) + "</b>" +
                (entry.listing_name.empty() ? "" : ", " + Escape(entry.listing_name)));
  WriteTerm(writer, "Listed since",
            entry.listed_on ? ToString(*entry.listed_on)
                            : "not stated by the publisher: counts on every day");
  if (entry.ends_on) WriteTerm(writer, "Until", ToString(*entry.ends_on));
  WriteTerm(writer, "Names", Several(entry.names, ShowName));
  WriteTerm(writer, "Programmes", Several(entry.programs, ShowText));
  WriteTerm(writer, "Born",
            Several(entry.birth_dates, [](const PartialDate& d) { return Escape(d.text); }));
  WriteTerm(writer, "Identifiers", Several(entry.identifiers, ShowIdentifier));
  WriteTerm(writer, "Addresses", Several(entry.addresses, ShowAddress));
  WriteTerm(writer, "Remarks", Escape(Shorten(entry.remarks, 600)));
  WriteTerm(writer, "Citation", Several(entry.citations, ShowText));
  WriteTerm(writer, "Source", Escape(entry.source_url));
  writer.Put("</dl></div>\n");
}

std::string Place(const std::string& country) {
  return country.empty() ? "" : ", " + Escape(CountryName(country));
}

void WriteHitSummary(Writer& writer, const PartyHit& hit) {
  writer.Put("<summary><span class=\"", hit.hit.identifier_agrees ? "mark stop" : "mark review",
             "\">", hit.hit.identifier_agrees ? "listed" : "looks like", "</span> <b dir=\"auto\">",
             writer.Name(hit.name), "</b> <span class=\"soft\">",
             Escape(RoleInWords(ToString(hit.role))), Place(hit.country),
             "</span> <span class=\"like\">", hit.hit.identifier_agrees ? "as" : "like", " <bdi>",
             Escape(hit.hit.name), "</bdi> <span class=\"id\">", Escape(hit.hit.list),
             "</span></span> <span class=\"score\">score ", Amount(hit.hit.score, 2),
             "</span></summary>\n");
}

void WriteHit(Writer& writer, const PartyHit& hit, size_t number) {
  writer.Put("<details class=\"hit\" id=\"hit-", std::to_string(number), "\">");
  WriteHitSummary(writer, hit);
  writer.Put("<div class=\"inside\"><p>On ",
             writer.Opens(
                 hit.rows, Count(hit.rows.count, "line", "lines"),
                 "Lines with " + hit.name + " as " + std::string(RoleInWords(ToString(hit.role)))),
             hit.consequence.empty() ? "" : ". ", writer.Data(hit.consequence), "</p>\n");
  if (!hit.hit.why.empty()) {
    writer.Put("<h3>Why</h3><ul>");
    for (const std::string& why : hit.hit.why) writer.Put("<li>", writer.Data(why), "</li>");
    writer.Put("</ul>\n");
  }
  if (!hit.hit.path.empty()) {
    writer.Put("<p>By ownership: ");
    for (size_t i = 0; i < hit.hit.path.size(); ++i) {
      writer.Put(i == 0 ? "" : " &gt; ", writer.Data(hit.hit.path[i]));
    }
    writer.Put("</p>\n");
  }
  if (!hit.hit.also.empty()) {
    writer.Put("<p>The same listing also stands on: ");
    for (const ListReference& also : hit.hit.also) {
      writer.Put("<span class=\"id\">", Escape(also.list), " ", Escape(also.id), "</span> ");
    }
    writer.Put("</p>\n");
  }
  if (hit.entry) WriteEntry(writer, writer.page().entries[*hit.entry]);
  writer.Put("</div></details>\n");
}

}  // namespace

void WriteParties(Writer& writer) {
  const Page& page = writer.page();
  writer.BeginSection("parties", "Parties that are listed, or look like listed ones");
  if (!page.parties_screened) {
    writer.Put("<p>No party was screened: the run was told to use no list.</p>\n");
  } else if (page.hits.empty()) {
    writer.Put(
        "<p>No party is listed, or looks like a listed one, on the lists that were used.</p>\n");
  } else {
    writer.Put(
        "<p>\"Listed\" means that an identifier agrees. \"Looks like\" means that names agree; two "
        "parties "
        "can bear one name, so a person decides.",
        writer.mask().count() > 0 ? " Natural persons on no official list are masked; <span "
                                    "class=\"id\">--with-persons</span> "
                                    "names them."
                                  : "",
        "</p>\n<div class=\"hits\" data-filter=\"parties\">\n");
    const auto hits = FirstOf(page.hits, kShownHits);
    for (size_t i = 0; i < hits.size(); ++i) WriteHit(writer, hits[i], i);
    writer.Put("</div>\n");
    WriteRest(writer, page.hits.size(), kShownHits, "decisions.parquet");
  }
  writer.EndSection();
}

}  // namespace tidewaiter::report
