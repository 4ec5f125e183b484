// What is made of the 188 real headers, held against a review by hand of every result
// (testdata/header_review.tsv), as they are and as they might come: in other order, other case,
// with columns between, in other languages.
#include <fstream>
#include <functional>
#include <map>
#include <set>

#include "ledger/testing.h"

namespace tidewaiter::ledger {
namespace {

using Names = std::vector<std::string>;

Names SplitAt(const std::string& text, char separator) {
  Names parts(1);
  for (const char c : text) {
    if (c == separator)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

// Lines of a table of the tests, comments left out.
std::vector<Names> TableOf(const std::string& file) {
  std::ifstream in("src/ledger/testdata/" + file);
  EXPECT_TRUE(in) << file;
  std::vector<Names> rows;
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with('#')) rows.push_back(SplitAt(line, '\t'));
  }
  return rows;
}

// Name of a column -> what it may be taken for, depending on the other columns.
std::map<std::string, std::set<std::string>> Review() {
  std::map<std::string, std::set<std::string>> review;
  for (const auto& row : TableOf("header_review.tsv")) {
    for (const auto& use : SplitAt(row[1], ' ')) review[row[0]].insert(use);
  }
  return review;
}

std::map<std::string, Names> RealHeaders() {
  std::map<std::string, Names> headers;
  const std::string path = Shared("customs/port_schema_matrix.tsv");
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const auto cells = SplitAt(line, '\t');
    headers[cells[0]] = SplitAt(cells[3], '|');
  }
  return headers;
}

bool IsPartyUse(const std::string& use) { return use.find('.') != std::string::npos; }

struct Tally {
  int plain = 0, recognised = 0;  // columns that name a role plainly, and those of them recognised
};

// Every result is one that the review allows, or unknown; `place` says where column i of the header
// went.
void Check(const std::string& file, const Names& header, const Names& changed,
           const std::function<size_t(size_t)>& place, Tally& tally) {
  const auto review = Review();
  const Mapping mapping = ShippedLayouts().Recognise(changed);
  for (size_t i = 0; i < header.size(); ++i) {
    const std::string use = ToString(mapping.columns[place(i)].use);
    const auto reviewed = review.find(header[i]);
    if (reviewed == review.end()) {
      EXPECT_EQ(use, "unknown") << file << ": " << header[i] << " is not in header_review.tsv";
      continue;
    }
    EXPECT_TRUE(use == "unknown" || reviewed->second.contains(use))
        << file << ": " << header[i] << " is taken for " << use;
    const bool plain = std::any_of(reviewed->second.begin(), reviewed->second.end(), IsPartyUse);
    tally.plain += plain;
    tally.recognised += plain && use != "unknown";
  }
}

class HeaderReview : public testing::Test {
 protected:
  void SetUp() override {
    headers_ = RealHeaders();
    if (headers_.empty()) GTEST_SKIP() << "SKIPPED: the shared data is not there";
    ASSERT_EQ(headers_.size(), 188U);
  }
  static void ExpectNearlyAll(const Tally& tally) {
    EXPECT_GT(tally.plain, 700);
    EXPECT_GE(tally.recognised * 100, tally.plain * 95)
        << tally.recognised << " of " << tally.plain;
    std::cout << tally.recognised << " of " << tally.plain
              << " columns that name a role plainly, in "
              << "188 headers, are recognised\n";
  }
  std::map<std::string, Names> headers_;
};

TEST_F(HeaderReview, AsTheyAre) {
  Tally tally;
  for (const auto& [file, header] : headers_)
    Check(file, header, header, [](size_t i) { return i; }, tally);
  ExpectNearlyAll(tally);
}

TEST_F(HeaderReview, InTheOppositeOrder) {
  Tally tally;
  for (const auto& [file, header] : headers_) {
    const Names changed(header.rbegin(), header.rend());
    Check(file, header, changed, [&](size_t i) { return header.size() - 1 - i; }, tally);
  }
  ExpectNearlyAll(tally);
}

TEST_F(HeaderReview, InSmallLettersWithBlanks) {
  Tally tally;
  for (const auto& [file, header] : headers_) {
    Names changed = header;
    for (auto& name : changed) {
      for (char& c : name)
        c = c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    Check(file, header, changed, [](size_t i) { return i; }, tally);
  }
  ExpectNearlyAll(tally);
}

TEST_F(HeaderReview, WithOtherColumnsBetween) {
  Tally tally;
  for (const auto& [file, header] : headers_) {
    Names changed;
    for (size_t i = 0; i < header.size(); ++i) {
      changed.push_back(i % 2 == 0 ? "" : "REMARK OF THE CLERK " + std::to_string(i));
      changed.push_back(header[i]);
    }
    Check(file, header, changed, [](size_t i) { return 2 * i + 1; }, tally);
    const Mapping mapping = ShippedLayouts().Recognise(changed);
    for (size_t i = 0; i < changed.size(); i += 2)
      EXPECT_EQ(mapping.columns[i].use.kind, ColumnUse::Kind::kUnknown) << changed[i];
  }
  ExpectNearlyAll(tally);
}

TEST(HeaderLanguages, RolesAreRecognisedInSevenLanguagesAndNeverWrongly) {
  int all = 0, recognised = 0;
  for (const auto& row : TableOf("header_languages.tsv")) {
    const std::string use = ToString(ShippedLayouts().Recognise({row[0]}).columns[0].use);
    ++all;
    recognised += use == row[1];
    EXPECT_TRUE(use == row[1] || use == "unknown") << row[0] << " is taken for " << use;
    if (use == "unknown") std::cout << "not recognised: " << row[0] << "\n";
  }
  EXPECT_GT(all, 180);
  EXPECT_GE(recognised * 100, all * 95) << recognised << " of " << all;
}

}  // namespace
}  // namespace tidewaiter::ledger
