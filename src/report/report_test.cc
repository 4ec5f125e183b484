#include "report/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <regex>
#include <set>

#include "base/file.h"
#include "base/json.h"
#include "report/sample_page.h"

namespace tidewaiter::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// The sample is made once: it is slow to make, quick to copy.
const Page& Sample() {
  static const Page kPage = WithRows(SamplePage());
  return kPage;
}

std::string Rendered(const Page& page) {
  const Result<std::string> html = Render(page);
  EXPECT_TRUE(html) << (html ? "" : html.error().ToString());
  return html ? *html : std::string();
}

// The JSON that the page's buttons read.
Json DataOf(const std::string& html) {
  constexpr std::string_view kOpen = "<script type=\"application/json\" id=\"data\">";
  const size_t begin = html.find(kOpen) + kOpen.size();
  const Result<Json> data =
      ParseJson(std::string_view(html).substr(begin, html.find("</script>", begin) - begin));
  EXPECT_TRUE(data) << (data ? "" : data.error().ToString());
  return data ? *data : Json();
}

// All of the page but its style, its script and its data: what the browser reads as markup.
std::string Markup(const std::string& html) {
  const size_t style = html.find("<style>"), end = html.find("</style>");
  return html.substr(0, style) + html.substr(end, html.find("<script type=") - end);
}

TEST(Render, SameBytesForTheSamePage) {
  Page page = Sample();
  const std::string first = Rendered(page);
  std::reverse(page.rows.begin(), page.rows.end());
  EXPECT_EQ(first, Rendered(page));
}

TEST(Render, WritesTheSampleForTheEye) {
  const std::string html = Rendered(Sample());
  EXPECT_LT(html.size(), 6u << 20);
  if (const char* path = std::getenv("TIDEWAITER_REPORT_SAMPLE")) {
    EXPECT_TRUE(WriteAtomically(path, html).ok());
  }
}

TEST(Render, LoadsNothingFromOutside) {
  const std::string html = Rendered(Sample());
  EXPECT_THAT(html, Not(HasSubstr("http://")));
  EXPECT_THAT(html, Not(HasSubstr("https://")));
  EXPECT_THAT(html, Not(HasSubstr("@import")));
  EXPECT_THAT(html, Not(HasSubstr("<link")));
  EXPECT_THAT(html, HasSubstr("Content-Security-Policy\" content=\"default-src 'none'"));
  const std::string markup = Markup(html);
  const std::regex loads("(src|href|action|data|srcset|poster)=\"([^\"]*)\"");
  for (std::sregex_iterator it(markup.begin(), markup.end(), loads), end; it != end; ++it) {
    EXPECT_TRUE((*it)[2].str().starts_with("#")) << it->str();
  }
}

TEST(Render, EveryLinkInsideThePageHasItsTarget) {
  const std::string markup = Markup(Rendered(Sample()));
  std::set<std::string> ids;
  const std::regex id(" id=\"([^\"]+)\""), link("href=\"#([^\"]*)\"");
  for (std::sregex_iterator it(markup.begin(), markup.end(), id), end; it != end; ++it) {
    EXPECT_TRUE(ids.insert((*it)[1]).second) << "twice: " << it->str();
  }
  for (std::sregex_iterator it(markup.begin(), markup.end(), link), end; it != end; ++it) {
    EXPECT_TRUE(ids.contains((*it)[1])) << it->str();
  }
}

// What a hostile party may write into a customs form.
constexpr const char* kHostile[] = {"<script>alert(1)</script>",
                                    "</script><script>alert(1)</script>",
                                    "\" onmouseover=\"alert(1)",
                                    "' onfocus='alert(1)' autofocus",
                                    "<img src=x onerror=alert(1)>",
                                    "<!--",
                                    "]]>",
                                    "javascript:alert(1)",
                                    "&lt;b&gt;",
                                    "a\xE2\x80\xAEgnp.exe",
                                    "\x01\x1b[31mred\xff\xc0\x80"};

Page Poisoned(const std::string& text) {
  Page page = Sample();
  page.title = page.command = page.inputs[0].name = page.inputs[0].layout = text;
  page.warnings = page.missing_lists = page.checked = page.not_checked = page.declared = {text};
  page.lists[0].title = page.lists[0].list = page.rejects[0].reason = page.control_dates[0].label =
      text;
  page.hits[0].name = page.hits[0].hit.name = page.hits[0].hit.list = page.hits[0].consequence =
      text;
  page.hits[0].hit.why = page.hits[0].hit.path = {text};
  page.entries[0].names[0].text = page.entries[0].remarks = page.entries[0].source_url = text;
  page.questions[0].text = page.questions[0].subject = page.questions[0].fact = text;
  page.rules[0].title = page.rules[0].citation = page.rules[0].authority = text;
  page.verdicts[0].reasons = page.verdicts[0].rules[0].because = {text};
  page.totals[0].title = page.totals[0].tables[2].figures[0].key[0] = text;
  page.totals[0].tables[1].figures[0].key = {text, text, text};
  page.indicators[0].title = page.indicators[0].findings[0].subject_name = text;
  page.outcomes.stop.query = page.outcomes.stop.hash = text;
  for (Row& row : page.rows) {
    row.description = row.brand = row.model = row.declaration = row.origin = text;
    row.parties[1].name = row.cells[2] = text;
  }
  return page;
}

TEST(Render, NoDataBecomesMarkup) {
  const std::string clean = Markup(Rendered(Poisoned("plain")));
  const auto tags = [](const std::string& html) {
    return std::count(html.begin(), html.end(), '<');
  };
  const auto quotes = [](const std::string& html) {
    return std::count(html.begin(), html.end(), '"');
  };
  for (const char* text : kHostile) {
    const std::string html = Rendered(Poisoned(text));
    EXPECT_EQ(tags(Markup(html)), tags(clean)) << text;
    EXPECT_EQ(quotes(Markup(html)), quotes(clean)) << text;
    EXPECT_THAT(html, Not(HasSubstr("<script>alert"))) << text;
    EXPECT_THAT(html, Not(HasSubstr("<img"))) << text;
    for (const char* mark : {"\xE2\x80\xAE", "\x1b", "\x01", "\xff"})
      EXPECT_THAT(html, Not(HasSubstr(mark)));
    EXPECT_TRUE(DataOf(html).is_object());
  }
}

TEST(Render, DataHoldsNoMarkupAtAll) {
  const std::string html = Rendered(Poisoned(kHostile[1]));
  const std::string data = DataOf(html).Dump();
  EXPECT_THAT(data, HasSubstr("</script>"));  // read back it is the text it was
  const size_t begin = html.find("id=\"data\">") + 10;
  const std::string island = html.substr(begin, html.find("</script>", begin) - begin);
  EXPECT_EQ(island.find_first_of("<>&"), std::string::npos);
}

TEST(Render, SyntheticInputsAreMarkedInEverySection) {
  Page page = Sample();
  const std::string made_up = Rendered(page);
  size_t sections = 0;
  for (size_t at = made_up.find("<section"); at != std::string::npos;
       at = made_up.find("<section", at + 1)) {
    ++sections;
    const size_t heading_end = made_up.find("</h2>", at);
    EXPECT_THAT(made_up.substr(at, heading_end - at), HasSubstr("SYNTHETIC"));
  }
  EXPECT_EQ(sections, 9u);
  EXPECT_THAT(made_up, HasSubstr("<title>SYNTHETIC"));
  page.synthetic = false;
  EXPECT_THAT(Rendered(page),
              HasSubstr("<aside class=\"synthetic\""));  // the rows say it themselves
  for (Row& row : page.rows) {
    row.declaration = "1";
    row.cells.clear();
  }
  EXPECT_THAT(Rendered(page), Not(HasSubstr("<aside class=\"synthetic\"")));
}

TEST(Render, PersonsOnNoListAreMaskedUnlessAskedFor) {
  constexpr const char* kPerson = "SYNTHETIC АО НЕБЫЛИЦА";  // marked as a person in the sample
  Page page = Sample();
  page.verdicts[1].reasons = {std::string("about ") + kPerson};
  const std::string masked = Rendered(page);
  EXPECT_THAT(masked, Not(HasSubstr(kPerson)));
  EXPECT_THAT(masked, HasSubstr("[person 1]"));
  EXPECT_THAT(Summary(page), Not(HasSubstr(kPerson)));
  page.show_persons = true;
  EXPECT_THAT(Rendered(page), HasSubstr(kPerson));
}

// Three legs and a direct one: the chart draws those by a middleman, says the largest in words, and
// never names a masked person; the table beside it has all.
TEST(Render, ChannelsAreDrawnByMiddlemanAndMaskPersons) {
  const auto channel = [](std::vector<std::string> key, double usd) {
    Figure figure = Sample().totals[0].total;
    figure.key = std::move(key);
    figure.persons.assign(3, false);
    figure.value_usd = usd;
    figure.value_without_disputed.reset();
    return figure;
  };
  Page page = Sample();
  FigureTable table;
  table.kind = FigureTable::Kind::kChannel;
  table.columns = {"sender", "middleman", "recipient"};
  table.figures = {channel({"SYNTHETIC Maker", "SYNTHETIC <Hub>", ""}, 300),
                   channel({"", "SYNTHETIC <Hub>", "SYNTHETIC Buyer Person"}, 200),
                   channel({"SYNTHETIC Straight", "", "SYNTHETIC End"}, 900)};
  table.figures[1].persons[2] = true;
  page.totals[0].tables = {table};
  page.totals.resize(1);
  const std::string html = Rendered(page);
  const size_t begin = html.find("by middleman to recipient");
  ASSERT_NE(begin, std::string::npos);
  const std::string chart = html.substr(begin, html.find("</figure>", begin) - begin);
  EXPECT_THAT(chart,
              HasSubstr("<desc>Largest: SYNTHETIC Maker &gt; SYNTHETIC &lt;Hub&gt;: USD 300"));
  EXPECT_THAT(chart, Not(HasSubstr("Straight")));
  EXPECT_THAT(html, HasSubstr("SYNTHETIC Straight"));
  EXPECT_THAT(html, Not(HasSubstr("SYNTHETIC Buyer Person")));
  page.totals[0].tables[0].figures[0].key.pop_back();
  EXPECT_FALSE(Render(page));
}

TEST(Render, RefusesAPageThatContradictsItself) {
  Page page = SamplePage();
  page.outcomes.stop.count += 1;
  const auto html = Render(page);
  ASSERT_FALSE(html);
  EXPECT_EQ(html.error().code, ErrorCode::kInternal);
  page = SamplePage();
  page.lines[0].verdict = 99;
  EXPECT_FALSE(Render(page));
  page = SamplePage();
  page.lines[0].row.source = 7;
  EXPECT_FALSE(Render(page));
}

TEST(Render, AnEmptyRunIsAPageToo) {
  const std::string html = Rendered(Page{});
  EXPECT_THAT(html, HasSubstr("No line is held"));
}

TEST(RowsToEmbed, NeverMoreThanTheLimitAndNeverTwice) {
  const Page page = SamplePage(9000);
  const auto rows = RowsToEmbed(page);
  EXPECT_LE(rows.size(), kEmbeddedRows);
  EXPECT_EQ(std::set<RowReference>(rows.begin(), rows.end()).size(), rows.size());
  for (size_t i = 0; i < std::min<size_t>(page.lines.size(), kListedLines); ++i) {
    ASSERT_EQ(rows[i], page.lines[i].row);
  }
}

TEST(Render, BeyondTheLimitASetIsItsQueryAndItsHash) {
  const Page page = WithRows(SamplePage(9000));
  const std::string html = Rendered(page);
  EXPECT_LT(html.size(), 6u << 20);
  const Json data = DataOf(html);
  EXPECT_LE(data.Find("rows")->as_array().size(), kEmbeddedRows);
  size_t open = 0, closed = 0;
  for (const Json& set : data.Find("sets")->as_array()) {
    const Json* rows = set.Find("rows");
    if (rows != nullptr) {
      EXPECT_EQ(rows->as_array().size(), static_cast<size_t>(set.Find("n")->as_integer()));
      ++open;
    } else {
      EXPECT_FALSE(set.StringOr("query").empty());
      EXPECT_EQ(set.StringOr("hash").size(), 64u);
      ++closed;
    }
  }
  EXPECT_GT(open, 0u);
  EXPECT_GT(closed, 0u);
}

TEST(Summary, IsPlainTextOfBoundedWidth) {
  for (const char* text : kHostile) {
    const std::string summary = Summary(Poisoned(text));
    EXPECT_EQ(summary.find('\x1b'), std::string::npos);
  }
  const std::string summary = Summary(Sample());
  EXPECT_THAT(summary, HasSubstr("SYNTHETIC"));
  for (size_t at = 0; at < summary.size();) {
    const size_t end = summary.find('\n', at);
    const std::string line = summary.substr(at, end - at);
    const auto characters =
        std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; });
    EXPECT_LE(characters, 100) << line;
    at = end + 1;
  }
}

}  // namespace
}  // namespace tidewaiter::report
