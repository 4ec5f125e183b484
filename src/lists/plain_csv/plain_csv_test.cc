#include "lists/plain_csv/mapper.h"
#include "lists/test_files.h"

namespace tidewaiter::lists {
namespace {

Result<ParsedList> With(const std::string& csv, const std::string& mapping) {
  std::vector<SourceFile> files;
  files.push_back({"house.csv", csv, {}});
  TW_ASSIGN_OR_RETURN(const auto groups,
                      Arrange(std::move(files), {"", SourceFile{"house.yaml", mapping, {}}}));
  return Parse(groups[0]);
}

TEST(PlainCsv, ColumnsByTheMapping) {
  const auto list = With(*ReadFile(TestData("plain_csv/testdata/house.csv")),
                         *ReadFile(TestData("plain_csv/testdata/house.yaml")));
  ASSERT_TRUE(list) << list.error().ToString();
  EXPECT_EQ(list->list, "house_list");
  EXPECT_EQ(ToString(*list->date), "2024-02-01");
  ASSERT_EQ(list->parties.size(), 2U);
  EXPECT_EQ(list->parties[0].names.size(), 3U);
  EXPECT_EQ(ToString(*list->parties[0].listed_on), "2024-01-31");
  EXPECT_EQ(list->parties[1].identifiers[0].kind, "passport");
  EXPECT_EQ(list->parties[1].birth_dates.size(), 1U);
}

TEST(PlainCsv, WhatIsWrongHasAPlace) {
  const std::string mapping = "list: house\ncolumns: {name: N, listed_on: D}\n";
  EXPECT_EQ(With("N,D\nx,soon\n", mapping).error().line, 2U);
  EXPECT_EQ(With("N,D\nx\n", mapping).error().line, 2U);
  EXPECT_EQ(With("N,D\n,2024-01-01\n", mapping).error().field, "N");
  EXPECT_EQ(With("M,D\nx,2024-01-01\n", mapping).error().field, "N");
  EXPECT_EQ(With("", mapping).error().file, "house.csv");
  EXPECT_EQ(With("N\nx\n", "list: house\n").error().field, "columns");
  EXPECT_EQ(With("N\nx\n", "list: Our House\ncolumns: {name: N}\n").error().field, "list");
  EXPECT_FALSE(With("N\nx\n", "list: house\ncolumns: {nam: N}\n"));
}

TEST(PlainCsv, WithoutIdsTheyAreMade) {
  const auto list = With("N\nSYNTHETIC A\nSYNTHETIC B\n", "list: house\ncolumns: {name: N}\n");
  ASSERT_TRUE(list);
  EXPECT_NE(list->parties[0].id, list->parties[1].id);
  EXPECT_TRUE(list->parties[0].id.starts_with("row-"));
}

}  // namespace
}  // namespace tidewaiter::lists
