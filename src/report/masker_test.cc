#include "report/masker.h"

#include <gtest/gtest.h>

namespace tidewaiter::report {
namespace {

Page PageOf(std::initializer_list<std::pair<const char*, bool>> parties) {
  Page page;
  Row row;
  for (const auto& [name, person] : parties)
    row.parties.push_back({Role::kImporter, name, "", person});
  page.rows.push_back(std::move(row));
  return page;
}

TEST(Masker, NumbersPersonsAndLeavesFirms) {
  const Page page =
      PageOf({{"INVENTED FIRM", false}, {"Ana Invented", true}, {"Анна Пример", true}});
  const Masker mask(page);
  EXPECT_EQ(mask.Name("Ana Invented"), "[person 1]");
  EXPECT_EQ(mask.Name("INVENTED FIRM"), "INVENTED FIRM");
  EXPECT_EQ(mask.Text("from Ana Invented to Анна Пример, by INVENTED FIRM"),
            "from [person 1] to [person 2], by INVENTED FIRM");
  EXPECT_EQ(mask.count(), 2u);
}

TEST(Masker, TheLongerNameWins) {
  const Page page = PageOf({{"Ana Inv", true}, {"Ana Invented", true}});
  EXPECT_EQ(Masker(page).Text("Ana Invented and Ana Inv"), "[person 2] and [person 1]");
}

TEST(Masker, ShortNamesAreMaskedOnlyAsAWhole) {
  const Page page = PageOf({{"Li", true}});
  const Masker mask(page);
  EXPECT_EQ(mask.Name("Li"), "[person 1]");
  EXPECT_EQ(mask.Text("List of Lines, Li"), "List of Lines, Li");
}

TEST(Masker, NobodyWhenPersonsAreAskedFor) {
  Page page = PageOf({{"Ana Invented", true}});
  page.show_persons = true;
  EXPECT_EQ(Masker(page).Text("Ana Invented"), "Ana Invented");
}

}  // namespace
}  // namespace tidewaiter::report
