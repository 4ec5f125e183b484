#include "base/yaml_cache.h"

#include <gtest/gtest.h>

#include "base/file.h"

namespace tidewaiter {
namespace {

constexpr const char* kText = "a: 1\nb:\n  - 'x'\n  - {c: ~, d: [2, \"3\"]}\n";

TEST(YamlCache, GivesBackTheSameTree) {
  const std::vector<YamlNode> roots = {*ParseYaml(kText, "f.yaml"), *ParseYaml("z: y\n", "g.yaml")};
  const std::string bytes = EncodeYaml(roots);
  const auto again = DecodeYaml(bytes);
  ASSERT_TRUE(again);
  EXPECT_EQ(EncodeYaml(*again), bytes);
  EXPECT_EQ((*again)[0].Find("b")->items[1].line, roots[0].Find("b")->items[1].line);
  EXPECT_TRUE((*again)[0].Find("b")->items[0].quoted);
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x21);
    EXPECT_FALSE(DecodeYaml(damaged)) << "byte " << i;
  }
  EXPECT_FALSE(DecodeYaml(bytes.substr(0, bytes.size() / 2)));
}

TEST(YamlCache, AnEditedFileCountsAtTheNextCallAndADamagedCacheIsNotUsed) {
  const std::string folder = ::testing::TempDir() + "tidewaiter_yaml_cache";
  ASSERT_TRUE(RemoveAll(folder));
  const auto value = [&](std::string_view text) {
    const auto roots = ParseYamlFiles({{"f.yaml", text}}, folder, "test");
    return roots ? *roots->front().Find("a")->Text() : roots.error().ToString();
  };
  EXPECT_EQ(value("a: 1\n"), "1");
  EXPECT_EQ(value("a: 1\n"), "1");
  EXPECT_EQ(value("a: 2\n"), "2");
  EXPECT_EQ(value("a: [\n").substr(0, 7), "f.yaml:");
  const auto kept = ListFilesBelow(folder, ".bin");
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->size(), 2U);
  for (const auto& path : *kept) ASSERT_TRUE(WriteAtomically(path, "damaged"));
  EXPECT_EQ(value("a: 1\n"), "1");
}

}  // namespace
}  // namespace tidewaiter
