#include <gtest/gtest.h>

#include <cstdlib>

#include "base/file.h"
#include "base/hash.h"
#include "ledger/ledger.h"

namespace tidewaiter::ledger {
namespace {

const Layouts& ShippedLayouts() {
  static const Layouts layouts = [] {
    auto resources = ResourceFolder();
    EXPECT_TRUE(resources) << resources.error().ToString();
    auto loaded = Layouts::Load(*resources);
    EXPECT_TRUE(loaded) << loaded.error().ToString();
    return std::move(*loaded);
  }();
  return layouts;
}

Result<Ledger> ImportFiles(const std::vector<std::string>& files, unsigned threads = 1,
                           uint64_t block = 4 << 20) {
  NoProgress progress;
  ImportOptions options;
  options.layouts = &ShippedLayouts();
  options.threads = threads;
  options.block_bytes = block;
  return Import(files, options, progress);
}

std::string Shared(const std::string& name) {
  const char* root = std::getenv("TIDEWAITER_SHARED");
  return JoinPath(root != nullptr ? root : "../shared", "data/" + name);
}

TEST(Import, TheKoreanDeclarationsComeInWithoutALostRow) {
  const std::vector<std::string> files = {Shared("customs/korea_syn_train.csv"),
                                          Shared("customs/korea_syn_valid.csv"),
                                          Shared("customs/korea_syn_test.csv")};
  for (const auto& file : files) {
    if (!FileExists(file)) GTEST_SKIP() << "SKIPPED: no " << file;
  }
  const auto one = ImportFiles(files, 1);
  ASSERT_TRUE(one) << one.error().ToString();
  EXPECT_EQ(one->lines.size(), 54000U);
  EXPECT_EQ(one->rejects.size(), 0U);
  for (const Source& source : one->sources) {
    EXPECT_EQ(source.mapping.layout, "korea-import");
    EXPECT_EQ(source.rows, source.lines + source.rejects);
  }
  const auto two = ImportFiles(files, 2, 100000);
  ASSERT_TRUE(two);
  EXPECT_EQ(two->lines.offset, one->lines.offset);
  EXPECT_EQ(two->lines.hash, one->lines.hash);
  EXPECT_EQ(two->lines.goods, one->lines.goods);
  EXPECT_EQ(two->lines.route, one->lines.route);
  EXPECT_EQ(two->lines.party, one->lines.party);
  EXPECT_EQ(two->lines.declaration, one->lines.declaration);
}

}  // namespace
}  // namespace tidewaiter::ledger
