#include "goods/goods.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <random>
#include <set>

#include "base/file.h"
#include "goods/hs.h"

namespace tidewaiter::goods {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

const Goods& Loaded() {
  static const auto goods = Goods::Load(".");
  EXPECT_TRUE(goods) << (goods ? "" : goods.error().ToString());
  return **goods;
}

Recognition Recognise(std::string_view text, std::string_view hs = "",
                      std::string_view brand = "") {
  return Loaded().Recognise({text}, hs, brand);
}

struct Row {
  std::string text, hs, brand_column, brand, model, component_class, agreement;
};

std::vector<Row> LabelledRows() {
  const auto text = ReadFile("src/goods/testdata/descriptions.tsv");
  EXPECT_TRUE(text);
  std::vector<Row> rows;
  std::vector<std::string> cells = {""};
  for (const char c : *text) {
    if (c == '\t') {
      cells.emplace_back();
    } else if (c != '\n') {
      cells.back() += c;
    } else {
      if (cells.size() == 7 && cells[0] != "text") {
        rows.push_back({cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6]});
      }
      cells = {""};
    }
  }
  return rows;
}

std::string Agreement(const Recognition& found) {
  return !found.code_agreement ? "-" : *found.code_agreement ? "yes" : "no";
}

// Precision and recall of one recognised value.
struct Score {
  int right = 0, wrong = 0, missed = 0;

  bool Count(const std::string& truth, const std::string& found) {
    const bool equal = truth == found;
    right += equal && !truth.empty();
    wrong += !equal && !found.empty();
    missed += !equal && !truth.empty();
    return equal;
  }
  double precision() const {
    return right + wrong == 0 ? 1 : static_cast<double>(right) / (right + wrong);
  }
  double recall() const {
    return right + missed == 0 ? 1 : static_cast<double>(right) / (right + missed);
  }
  void Print(const char* name) const {
    std::printf("%-6s precision %.3f recall %.3f (%d right, %d wrong, %d missed)\n", name,
                precision(), recall(), right, wrong, missed);
  }
};

TEST(Goods, LabelledDescriptions) {
  const auto rows = LabelledRows();
  ASSERT_GE(rows.size(), 300u);
  Score brand, model, component_class;
  int agreement_wrong = 0;
  for (const Row& row : rows) {
    const Recognition found = Recognise(row.text, row.hs, row.brand_column);
    bool equal = brand.Count(row.brand, found.brand);
    equal &= model.Count(row.model, found.model);
    equal &= component_class.Count(row.component_class, found.component_class);
    const bool agrees = row.agreement == Agreement(found);
    agreement_wrong += !agrees;
    if (equal && agrees) continue;
    std::printf("differs: %s [%s]: %s/%s/%s %s, not %s/%s/%s %s\n", row.text.c_str(),
                row.hs.c_str(), found.brand.c_str(), found.model.c_str(),
                found.component_class.c_str(), Agreement(found).c_str(), row.brand.c_str(),
                row.model.c_str(), row.component_class.c_str(), row.agreement.c_str());
  }
  brand.Print("brand");
  model.Print("model");
  component_class.Print("class");
  std::printf("agreement wrong in %d of %zu\n", agreement_wrong, rows.size());
  EXPECT_GE(brand.precision(), 0.97);
  EXPECT_GE(brand.recall(), 0.95);
  EXPECT_GE(model.precision(), 0.98);
  EXPECT_GE(model.recall(), 0.95);
  EXPECT_GE(component_class.precision(), 0.97);
  EXPECT_GE(component_class.recall(), 0.95);
  EXPECT_LE(agreement_wrong, static_cast<int>(rows.size() / 25));
}

TEST(Goods, OrdinaryGoodsAreNeverADrone) {
  int ordinary = 0;
  for (const Row& row : LabelledRows()) {
    if (!row.component_class.empty()) continue;
    ++ordinary;
    for (const char* hs : {row.hs.c_str(), "", "950300", "852589", "8807300000"}) {
      EXPECT_NE(Recognise(row.text, hs).component_class, "drone") << row.text << " " << hs;
    }
  }
  EXPECT_GT(ordinary, 80);
}

}  // namespace
}  // namespace tidewaiter::goods
