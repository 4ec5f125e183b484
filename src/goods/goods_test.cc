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

// Property: whatever is in the catalogue is recognised by its own name.
TEST(Goods, EveryModelIsRecognisedByItsName) {
  for (const Model& model : Loaded().models()) {
    const Recognition found = Recognise(model.brand + " " + model.model);
    EXPECT_EQ(found.component_class, model.component_class) << model.brand << " " << model.model;
    if (model.component_class.empty()) continue;
    EXPECT_EQ(found.model, model.model) << model.brand;
    EXPECT_EQ(found.brand, model.brand) << model.model;
    EXPECT_EQ(found.catalogue, Loaded().Find(model.brand, model.model));
  }
}

// Property: a thing for a model is never the model.
TEST(Goods, AThingForAModelIsNotTheModel) {
  const std::vector<std::string> things = {"Case for ",       "Battery for ", "Чехол для ",
                                           "Пропеллеры для ", "Xyzzy for ",   "Funda para ",
                                           "适用于",          "Запчасти для "};
  for (const Model& model : Loaded().models()) {
    if (model.component_class != "drone") continue;
    for (const std::string& thing : things) {
      const Recognition found = Recognise(thing + model.brand + " " + model.model);
      if (thing == "适用于" && model.brand != "DJI") continue;
      EXPECT_NE(found.component_class, "drone") << thing << model.brand << " " << model.model;
      EXPECT_TRUE(found.model.empty() || found.catalogue->component_class != "drone")
          << thing << model.model;
      EXPECT_EQ(found.catalogue == nullptr, found.model.empty());
    }
  }
}

TEST(Goods, LatinCaseAndLookalikesMakeNoDifference) {
  const Recognition plain = Recognise("DJI Mavic 3 Classic", "880622");
  for (const char* text : {"dji mavic 3 classic", "DJI MAVIC 3 CLASSIC", "DJI МАVIС 3 СLАSSIС",
                           "DJI-Mavic3-Classic", "ＤＪＩ　Ｍａｖｉｃ　３　Ｃｌａｓｓｉｃ"}) {
    const Recognition found = Recognise(text, "880622");
    EXPECT_EQ(found.model, plain.model) << text;
    EXPECT_EQ(found.brand, plain.brand) << text;
  }
}

TEST(Goods, TwoTextsOfTheSameGoods) {
  const Recognition found =
      Loaded().Recognise({"ЧЕХОЛ ДЛЯ КВАДРОКОПТЕРА", "QUADCOPTER COVER"}, "4202929800", "");
  EXPECT_EQ(found.component_class, "accessory");
  const Recognition drone =
      Loaded().Recognise({"БЕСПИЛОТНИК", "DJI MATRICE 30T UNMANNED"}, "8806229000", "");
  EXPECT_EQ(drone.model, "Matrice 30T");
  EXPECT_EQ(drone.component_class, "drone");
}

// The machine translation calls it a drone, the original a case: the thing is not taken for a
// drone.
TEST(Goods, TextsThatDisagreeAreBelievedWithLess) {
  const Recognition found = Loaded().Recognise({"Чехол для дрона", "Drone"}, "", "");
  EXPECT_EQ(found.component_class, "accessory");
  EXPECT_LT(found.class_confidence, 0.7);
}

TEST(Goods, BrandColumn) {
  EXPECT_EQ(Recognise("QUADCOPTER", "880622", "DJI").brand, "DJI");
  EXPECT_EQ(Recognise("QUADCOPTER MINI 3", "880621", "DJI").model, "Mini 3");
  EXPECT_EQ(Recognise("LED TV", "852872", "SONY").brand, "");
  EXPECT_EQ(Recognise("QUADCOPTER", "880622", "ОТСУТСТВУЕТ").brand, "");
  EXPECT_EQ(Recognise("BATTERY", "850760", "DJI").component_class, "battery");
}

TEST(Goods, NamesItsWordsAsWritten) {
  EXPECT_THAT(Recognise("Новый КВАДРОКОПТЕР DJI Мавик-3").words,
              ElementsAre("КВАДРОКОПТЕР", "Мавик-3", "DJI"));
  EXPECT_THAT(Recognise("Cotton shirts").words, IsEmpty());
}

TEST(Goods, SetsAreMarked) {
  EXPECT_TRUE(Recognise("DJI Mini 3 Fly More Combo").set);
  EXPECT_TRUE(Recognise("DJI Mavic 3 с доп. аккумуляторами").set);
  EXPECT_FALSE(Recognise("DJI Mavic 3").set);
}

TEST(Goods, FactsNameTheirSource) {
  const Model* model = Loaded().Find("dji", "mavic 4 PRO");
  ASSERT_NE(model, nullptr);
  std::set<std::string> names;
  for (const CatalogueFact& fact : model->facts) {
    names.insert(fact.name);
    EXPECT_FALSE(fact.source.empty());
    EXPECT_TRUE(fact.date);
  }
  EXPECT_THAT(names,
              testing::IsSupersetOf({"cameras", "main_camera_resolution", "range", "max_speed"}));
  EXPECT_EQ(Loaded().Find("DJI", "Mavic 9"), nullptr);
  std::set<std::string> brands;
  for (const Model& one : Loaded().models()) brands.insert(one.brand);
  EXPECT_GE(brands.size(), 26u);
  EXPECT_GE(Loaded().models().size(), 120u);
}

TEST(Goods, ExpectedCodesFollowTheMass) {
  EXPECT_THAT(Recognise("DJI Mavic 3").expected_hs, ElementsAre("880622", "880692"));
  EXPECT_THAT(Recognise("DJI Mini 3").expected_hs, ElementsAre("880621", "880691"));
  // 6.3 kg as it is, 9 kg at take-off: both are accepted.
  EXPECT_EQ(Recognise("DJI Matrice 300 RTK", "880622").code_agreement, true);
  EXPECT_EQ(Recognise("DJI Matrice 300 RTK", "880623").code_agreement, true);
  EXPECT_EQ(Recognise("DJI Matrice 300 RTK", "880621").code_agreement, false);
}

TEST(Goods, CodesOfOldEditionsAreNoContradiction) {
  for (const char* hs : {"852580", "880220", "88022000", "880211"}) {
    EXPECT_FALSE(Recognise("DJI Mavic 2 Pro", hs).code_agreement.has_value()) << hs;
  }
  EXPECT_EQ(Recognise("DJI Mavic 2 Pro", "852589").code_agreement, false);
  EXPECT_EQ(Recognise("DJI Mavic 2 Pro", "950300").code_agreement, false);
  EXPECT_FALSE(Recognise("DJI Mavic 2 Pro", "88").code_agreement.has_value());
}

TEST(Goods, VaguenessFallsWithWhatIsSaid) {
  EXPECT_EQ(Recognise("").vagueness, 1);
  EXPECT_EQ(Recognise("PARTS").vagueness, 1);
  EXPECT_GE(Recognise("ЗАПЧАСТИ ДЛЯ ОБОРУДОВАНИЯ").vagueness, 0.7);
  EXPECT_GE(Recognise("electronic goods").vagueness, 0.7);
  EXPECT_LE(Recognise("Cotton shirts for men, knitted, size XL, long sleeves").vagueness, 0.2);
  EXPECT_LE(Recognise("DJI Mavic 3").vagueness, 0.1);
  EXPECT_GT(Recognise("drone parts").vagueness,
            Recognise("drone propeller parts, carbon, 15 inch").vagueness);
}

// Property: any bytes give values in their ranges, words that stand in the text, and the same
// again.
TEST(Goods, AnyBytes) {
  std::mt19937 random(11);
  const auto rows = LabelledRows();
  for (int i = 0; i < 20000; ++i) {
    std::string text = rows[random() % rows.size()].text + " " + rows[random() % rows.size()].text;
    for (unsigned edits = random() % 4; edits > 0; --edits)
      text[random() % text.size()] = static_cast<char>(random());
    text.resize(random() % (text.size() + 1));
    const std::string& hs = rows[random() % rows.size()].hs;
    const Recognition found = Recognise(text, hs);
    for (const double value : {found.vagueness, found.brand_confidence, found.model_confidence,
                               found.class_confidence}) {
      EXPECT_GE(value, 0);
      EXPECT_LE(value, 1);
    }
    EXPECT_EQ(found.class_confidence > 0, !found.component_class.empty()) << text;
    EXPECT_EQ(found.accessory, found.component_class == "accessory") << text;
    for (const std::string& word : found.words)
      EXPECT_NE(text.find(word), std::string::npos) << text;
    const Recognition again = Recognise(text, hs);
    EXPECT_EQ(again.words, found.words);
    EXPECT_EQ(again.model, found.model);
    EXPECT_EQ(again.vagueness, found.vagueness);
  }
}

}  // namespace
}  // namespace tidewaiter::goods
