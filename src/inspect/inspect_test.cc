#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "inspect/staging.h"

namespace tidewaiter::inspect {
namespace {

class StagingTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "tw-staging-XXXXXX").string();
    root_ = mkdtemp(pattern.data());
    target_ = JoinPath(root_, "run");
  }
  void TearDown() override { std::filesystem::remove_all(root_); }
  void PublishOne(const std::string& text) const {
    auto staging = Staging::Open(target_);
    ASSERT_TRUE(staging) << staging.error().ToString();
    ASSERT_TRUE(WriteAtomically(staging->Path("run.json"), text));
    ASSERT_TRUE(staging->Publish());
  }
  std::string root_, target_;
};

TEST_F(StagingTest, OutputsAppearTogetherAndForeignFilesStay) {
  PublishOne("one");
  ASSERT_TRUE(WriteAtomically(JoinPath(target_, "notes.txt"), "mine"));
  PublishOne("two");
  EXPECT_EQ(*ReadFile(JoinPath(target_, "run.json")), "two");
  EXPECT_EQ(*ReadFile(JoinPath(target_, "notes.txt")), "mine");
  EXPECT_EQ(ListFolder(root_)->size(), 1U);
}

TEST_F(StagingTest, ARunThatFailsLeavesTheOldOne) {
  PublishOne("one");
  {
    auto staging = Staging::Open(target_ + "/");
    ASSERT_TRUE(staging);
    ASSERT_TRUE(WriteAtomically(staging->Path("run.json"), "half"));
  }
  EXPECT_EQ(*ReadFile(JoinPath(target_, "run.json")), "one");
  EXPECT_EQ(ListFolder(root_)->size(), 1U);
}

TEST_F(StagingTest, WhatAKilledRunLeftIsRemoved) {
  ASSERT_TRUE(MakeFolders(target_ + ".unfinished"));
  ASSERT_TRUE(WriteAtomically(target_ + ".unfinished/lines.parquet", "half"));
  PublishOne("one");
  EXPECT_EQ(ListFolder(target_)->size(), 1U);
  EXPECT_EQ(ListFolder(root_)->size(), 1U);
}

TEST_F(StagingTest, OneRunAtATimeAndNoFileForAFolder) {
  const auto first = Staging::Open(target_);
  ASSERT_TRUE(first);
  EXPECT_FALSE(Staging::Open(target_));
  ASSERT_TRUE(WriteAtomically(JoinPath(root_, "file"), "x"));
  EXPECT_EQ(Staging::Open(JoinPath(root_, "file")).error().code, ErrorCode::kBadInput);
}

}  // namespace
}  // namespace tidewaiter::inspect
