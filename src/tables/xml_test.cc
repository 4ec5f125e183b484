#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "tables/sax.h"
#include "tables/xml_events.h"
#include "tables/xml_scan.h"

namespace tidewaiter::tables {
namespace {

TEST(XmlScanner, GivesTheEventsOfExpat) {
  for (const std::string xml : {
           "<a/>",
           "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<x:a xmlns:x='u'>\r\n"
           " <x:b r:id=\"1 &amp; 2\" s='\"'>t&lt;&#65;&#x416;\r\nu\rv</x:b ><c\t d=''/></x:a>\n",
           "<a b=\"1\"\n c='2'  >\xD0\x96 > ] ]]&gt; &#13;</a>",
       }) {
    const XmlEvents quick = EventsOfScanner(xml, 7), slow = EventsOfExpat(xml);
    EXPECT_EQ(quick.text, slow.text);
    EXPECT_TRUE(slow.ok) << xml;
    EXPECT_TRUE(quick.ok) << xml;
  }
}

// What the scanner does not take is expat's to refuse, or to read.
TEST(XmlScanner, DeclinesWhatItDoesNotKnow) {
  for (const std::string xml : {
           "",
           "text",
           "<a>",
           "<a></b>",
           "<a/><b/>",
           "</a>",
           "<a/>x",
           " <?xml version=\"1.0\"?><a/>",
           "<?xml version=\"1.1\"?><a/>",
           "<?xml version=\"1.0\" encoding=\"windows-1251\"?><a/>",
           "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
           "<a><!-- b --></a>",
           "<a><![CDATA[b]]></a>",
           "<a><?b c?></a>",
           "<a>]]></a>",
           "<a>&b;</a>",
           "<a>&amp</a>",
           "<a>&#0;</a>",
           "<a>&#xD800;</a>",
           "<a>\x01</a>",
           "<a>\xFF</a>",
           "<a>\xEF\xBF\xBE</a>",
           "<a b></a>",
           "<a b=c></a>",
           "<a b = 'c'></a>",
           "<a b='1'c='2'/>",
           "<a b='1' b='2'/>",
           "<a b='<'/>",
           "<a b='1\n2'/>",
           "<a b='1>2'/>",
           "< a/>",
           "<1/>",
           "<\xD0\x96/>",
       }) {
    EXPECT_FALSE(EventsOfScanner(xml, 1000).ok) << xml;
  }
}

TEST(XmlScanner, ReadsAWholePieceByPiece) {
  std::string xml = "<sheet>";
  for (int i = 0; i < 200; ++i)
    xml += "<c r=\"A" + std::to_string(i) + "\"><v>\xE5\xA4\xA7 &gt; " + std::to_string(i) +
           "</v></c>";
  xml += "</sheet>";
  const XmlEvents whole = EventsOfExpat(xml);
  for (const size_t piece : {size_t{1}, size_t{2}, size_t{3}, size_t{64}, xml.size()}) {
    const XmlEvents events = EventsOfScanner(xml, piece);
    EXPECT_TRUE(events.ok);
    EXPECT_EQ(events.text, whole.text) << piece;
  }
}

// Any one byte of a well-formed text changed: expat gives the same events or refuses what the
// scanner declines.
TEST(XmlScanner, NeverDiffersFromExpatOnDamagedText) {
  const std::string xml =
      "<?xml version=\"1.0\"?><w xmlns=\"u\"><r i='1'><c t=\"s\" r=\"B2\"><v>1&amp;2 "
      "&#x41;]</v></c>"
      "<c/>\r\n\xE2\x82\xAC</r></w>\n";
  int taken = 0;
  for (size_t at = 0; at < xml.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string changed = xml;
      changed[at] = static_cast<char>(byte);
      const XmlEvents quick = EventsOfScanner(changed, 16);
      if (!quick.ok) continue;
      ++taken;
      const XmlEvents slow = EventsOfExpat(changed);
      ASSERT_TRUE(slow.ok) << changed;
      ASSERT_EQ(quick.text, slow.text) << changed;
    }
  }
  EXPECT_GT(taken, 1000);
}

}  // namespace
}  // namespace tidewaiter::tables
