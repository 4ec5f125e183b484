// For tests: invented files in testdata/, real ones in the shared data folder (skipped where it is
// not there).
#ifndef TIDEWAITER_LISTS_TEST_FILES_H_
#define TIDEWAITER_LISTS_TEST_FILES_H_

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "base/file.h"
#include "lists/registry.h"

namespace tidewaiter::lists {

inline std::string SharedData(const std::string& name) {
  const char* root = std::getenv("TIDEWAITER_SHARED");
  return JoinPath(root != nullptr ? root : "../shared", "data/" + name);
}

// Tests run in the checkout.
inline std::string TestData(const std::string& name) { return "src/lists/" + name; }

inline Result<std::vector<SourceFile>> ReadAll(const std::vector<std::string>& paths) {
  std::vector<SourceFile> files;
  for (const auto& path : paths) {
    TW_ASSIGN_OR_RETURN(std::string bytes, ReadMaybeGzip(path));
    files.push_back({path, std::move(bytes), {}});
  }
  return files;
}

// Files of one list -> the list.
inline Result<ParsedList> ParseFiles(const std::vector<std::string>& paths) {
  TW_ASSIGN_OR_RETURN(auto files, ReadAll(paths));
  TW_ASSIGN_OR_RETURN(const auto groups, Arrange(std::move(files)));
  if (groups.size() != 1) return BadInput("not one list but " + std::to_string(groups.size()));
  return Parse(groups[0]);
}

inline Result<ParsedList> ParseText(std::string text) {
  std::vector<SourceFile> files;
  files.push_back({"test", std::move(text), {}});
  TW_ASSIGN_OR_RETURN(const auto groups, Arrange(std::move(files)));
  return Parse(groups[0]);
}

inline std::vector<std::string> OfacTestFiles() {
  return {TestData("ofac_csv/testdata/sdn.csv"), TestData("ofac_csv/testdata/alt.csv"),
          TestData("ofac_csv/testdata/add.csv")};
}

inline std::vector<std::string> OfacFiles(const std::string& folder) {
  return {SharedData("lists/" + folder + "/sdn.csv.gz"),
          SharedData("lists/" + folder + "/alt.csv.gz"),
          SharedData("lists/" + folder + "/add.csv.gz")};
}

#define TW_SKIP_WITHOUT(path) \
  if (!FileExists(path)) GTEST_SKIP() << "SKIPPED: no " << (path)

}  // namespace tidewaiter::lists

#endif  // TIDEWAITER_LISTS_TEST_FILES_H_
