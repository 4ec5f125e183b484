#include "trace/indicator.h"

#include <gmock/gmock.h>

#include "base/file.h"

namespace tidewaiter::trace {
namespace {

using ::testing::HasSubstr;

constexpr const char* kWhole = R"(-- key: mine
-- title: A test
-- subject: party
-- needs: hs, importer|buyer
-- window: 12, 3
-- parameter: least = 5 | how many
-- doc: one
-- doc: two
SELECT ':least', x::INTEGER, :least -- :least
)";

TEST(ParseIndicator, ReadsTheHeader) {
  const auto indicator = ParseIndicator(kWhole, "mine.sql");
  ASSERT_TRUE(indicator.has_value()) << indicator.error().ToString();
  EXPECT_EQ(indicator->id, 0);
  EXPECT_EQ(indicator->key, "mine");
  EXPECT_EQ(indicator->doc, "one two");
  EXPECT_EQ(indicator->needs,
            (std::vector<std::vector<std::string>>{{"hs"}, {"importer", "buyer"}}));
  EXPECT_EQ(indicator->window->before, 12);
  EXPECT_EQ(indicator->parameters[0].doc, "how many");
}

TEST(ParseIndicator, SubstitutesOnlyParameters) {
  const auto indicator = ParseIndicator(kWhole, "mine.sql");
  const auto sql = Substitute(*indicator, Settle(*indicator, {{"least", "7"}}));
  EXPECT_EQ(*sql, "SELECT ':least', x::INTEGER, 7 -- :least\n");
}

TEST(ParseIndicator, SaysWhatIsWrongAndWhere) {
  const struct {
    const char *text, *message;
  } cases[] = {
      {"-- key: a\n-- titel: x\n",
       "f.sql:2: titel: the header has no field of this name; did you mean title"},
      {"-- key: a\n-- subject: firm\n", "f.sql:2: subject: must be"},
      {"-- id: 31\n", "must be 1 to 30"},
      {"-- key: a\n-- title: t\n-- subject: party\n", "no statement"},
      {"-- title: t\n-- subject: party\nSELECT 1", "is missing from the header"},
      {"-- key: a\n-- title: t\n-- subject: party\nSELECT :x", "uses the parameter :x"},
      {"-- window: twelve\n", "months before and after"},
      {"-- parameter: x 5\n", "NAME = VALUE | EXPLANATION"},
  };
  for (const auto& c : cases) {
    const auto indicator = ParseIndicator(c.text, "f.sql");
    ASSERT_FALSE(indicator.has_value()) << c.text;
    EXPECT_THAT(indicator.error().ToString(), HasSubstr(c.message));
  }
}

TEST(LoadIndicators, OursAreWholeAndUnique) {
  const auto indicators = LoadIndicators(JoinPath(*ResourceFolder(), "indicators"), {});
  ASSERT_TRUE(indicators.has_value()) << indicators.error().ToString();
  EXPECT_GE(indicators->size(), 2U);
  for (const auto& indicator : *indicators) {
    EXPECT_NE(indicator.id, 0) << indicator.file;
    EXPECT_FALSE(indicator.source.empty()) << indicator.file;
    EXPECT_FALSE(indicator.doc.empty()) << indicator.file;
  }
}

}  // namespace
}  // namespace tidewaiter::trace
