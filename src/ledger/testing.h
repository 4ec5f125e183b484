// What the tests of this folder share.
#ifndef TIDEWAITER_LEDGER_TESTING_H_
#define TIDEWAITER_LEDGER_TESTING_H_

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "ledger/ledger.h"

namespace tidewaiter::ledger {

inline const Layouts& ShippedLayouts() {
  static const Layouts layouts = [] {
    auto resources = ResourceFolder();
    EXPECT_TRUE(resources) << resources.error().ToString();
    auto loaded = Layouts::Load(*resources);
    EXPECT_TRUE(loaded) << loaded.error().ToString();
    return std::move(*loaded);
  }();
  return layouts;
}

inline ImportOptions TestOptions(unsigned threads = 1, uint64_t block = 4 << 20) {
  ImportOptions options;
  options.layouts = &ShippedLayouts();
  options.threads = threads;
  options.block_bytes = block;
  return options;
}

inline Result<Ledger> ImportFiles(const std::vector<std::string>& files, unsigned threads = 1,
                                  uint64_t block = 4 << 20) {
  NoProgress progress;
  return Import(files, TestOptions(threads, block), progress);
}

// An empty folder of the running test's own.
inline std::string TestFolder() {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const std::string folder =
      JoinPath(testing::TempDir(), "ledger_" + std::to_string(getpid()) + "_" + test->name());
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

inline std::string TestFile(std::string_view name, std::string_view content) {
  const std::string path = JoinPath(TestFolder(), name);
  EXPECT_TRUE(WriteAtomically(path, content));
  return path;
}

// A file of the shared data, or "" when it is not there.
inline std::string Shared(const std::string& name) {
  const char* root = std::getenv("TIDEWAITER_SHARED");
  const std::string path = JoinPath(root != nullptr ? root : "../shared", "data/" + name);
  return FileExists(path) ? path : "";
}

}  // namespace tidewaiter::ledger

#endif  // TIDEWAITER_LEDGER_TESTING_H_
