#include "lists/registry.h"

#include "lists/test_files.h"

namespace tidewaiter::lists {
namespace {

TEST(Registry, ToldByContentInAnyOrder) {
  auto files =
      ReadAll({TestData("un_xml/testdata/un.xml"), TestData("ofac_csv/testdata/add.csv"),
               TestData("bis_dpl/testdata/dpl.txt"), TestData("ofac_csv/testdata/sdn.csv"),
               TestData("csl_csv/testdata/csl.csv"), TestData("ofac_csv/testdata/alt.csv")});
  ASSERT_TRUE(files);
  for (auto& file : *files) file.name = "nameless";
  const auto groups = Arrange(std::move(*files));
  ASSERT_TRUE(groups) << groups.error().ToString();
  std::vector<std::string> formats;
  for (const auto& group : *groups) formats.push_back(group.format);
  EXPECT_EQ(formats, (std::vector<std::string>{"un_xml", "bis_dpl", "csl_csv", "ofac_csv"}));
  EXPECT_EQ(groups->back().files.size(), 3U);
}

TEST(Registry, SaysWhatAStrangeFileBeginsWith) {
  for (const char* text :
       {"<html><body>503 Service Unavailable", "name,country\nx,y\n", "{\"a\": 1}", "PK\x03\x04"}) {
    const auto list = ParseText(text);
    ASSERT_FALSE(list) << text;
    EXPECT_EQ(list.error().code, ErrorCode::kBadInput);
    EXPECT_EQ(list.error().file, "test");
    EXPECT_NE(list.error().message.find("begins with"), std::string::npos);
  }
}

TEST(Registry, EmptyFilesAreRefused) {
  for (const char* text : {"", " \n\n"}) {
    const auto list = ParseText(text);
    ASSERT_FALSE(list);
    EXPECT_NE(list.error().message.find("empty"), std::string::npos);
  }
}

}  // namespace
}  // namespace tidewaiter::lists
