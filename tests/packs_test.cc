// Holds the rule packs against the research they were written from, `rules/rules.json` of the
// shared data: every id, date, code, threshold, comparison, effect, confidence and party must be
// equal. What the research says in words only (destinations, uses, groups of parties) is held
// against the tables below, which say how RULE_SEMANTICS.md reads those words. Skipped, and said
// so, where the shared data is not there.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/json.h"
#include "base/yaml.h"

namespace tidewaiter {
namespace {

using Texts = std::set<std::string>;
using Parameters = Texts;                                   // "endurance >= 30 min"
using Codes = std::map<Parameters, std::set<std::string>>;  // what the parameters are asked of

struct Packs {
  std::map<std::string, std::pair<YamlNode, YamlNode>> rules;  // id -> (rule, its file)
  std::map<std::string, YamlNode> code_sets, conditions, groups;
};

std::string Text(const YamlNode& node, const char* key) {
  const YamlNode* found = node.Find(key);
  return found == nullptr ? "" : found->scalar;
}

const std::vector<YamlNode>& Items(const YamlNode& node, const char* key) {
  static const std::vector<YamlNode> kNone;
  const YamlNode* found = node.Find(key);
  return found == nullptr ? kNone : found->items;
}

Packs ReadPacks() {
  Packs packs;
  const auto files = ListFilesBelow("rulepacks", ".yaml");
  EXPECT_TRUE(files) << "run from the checkout";
  if (!files) return packs;
  for (const auto& file : *files) {
    const auto tree = ReadYaml(file);
    EXPECT_TRUE(tree) << tree.error().ToString();
    if (!tree) continue;
    for (const auto& rule : Items(*tree, "rules"))
      packs.rules.emplace(Text(rule, "id"), std::pair(rule, *tree));
    for (const auto& set : Items(*tree, "codes")) packs.code_sets.emplace(Text(set, "name"), set);
    for (const auto& set : Items(*tree, "groups")) packs.groups.emplace(Text(set, "name"), set);
    for (const auto& set : Items(*tree, "conditions"))
      packs.conditions.emplace(Text(set, "name"), set);
  }
  return packs;
}

// A number as rules.json and YAML may write it (46.3, 16, 1.50): the shortest form.
std::string Plain(const std::string& text) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != 0) return text;
  std::string out;
  AppendJsonNumber(number, out);
  return out;
}

std::string ParameterText(const YamlNode& condition) {
  if (condition.is_scalar()) return condition.scalar + " == true";
  std::string value;
  const YamlNode* node = condition.Find("value");
  if (node == nullptr) return Text(condition, "fact") + " == true";
  if (node->is_scalar()) value = Plain(node->scalar);
  for (const auto& item : node->items) value += (value.empty() ? "" : ",") + Plain(item.scalar);
  const std::string unit = Text(condition, "unit");
  return Text(condition, "fact") + " " + Text(condition, "op") + " " + value +
         (unit.empty() ? "" : " " + unit);
}

// The ways in which a condition can be true, each a set of parameters. Conditions on fields and
// codes are none.
std::vector<Parameters> Ways(const Packs& packs, const YamlNode& condition) {
  if (const YamlNode* named = condition.Find("condition")) {
    return Ways(packs, *packs.conditions.at(named->scalar).Find("when"));
  }
  if (condition.Find("any") != nullptr) {
    std::vector<Parameters> ways;
    for (const auto& part : Items(condition, "any")) {
      for (auto& way : Ways(packs, part)) ways.push_back(std::move(way));
    }
    return ways;
  }
  if (condition.Find("all") != nullptr) {
    std::vector<Parameters> ways = {{}};
    for (const auto& part : Items(condition, "all")) {
      std::vector<Parameters> product;
      for (const auto& more : Ways(packs, part)) {
        for (Parameters way : ways) {
          way.insert(more.begin(), more.end());
          product.push_back(std::move(way));
        }
      }
      ways = std::move(product);
    }
    return ways;
  }
  if (!condition.is_scalar() && condition.Find("fact") == nullptr) return {{}};
  return {{ParameterText(condition)}};
}

void AddTexts(const YamlNode& node, const char* key, Texts& texts) {
  for (const auto& item : Items(node, key)) texts.insert(item.scalar);
}

// HS codes and control codes by the parameters asked of them, over all items of a rule in a pack.
void CollectPackCodes(const Packs& packs, const YamlNode& rule, Codes& hs, Codes& control) {
  for (const auto& item : Items(rule, "items")) {
    std::vector<Parameters> ways = {{}};
    if (const YamlNode* when = item.Find("when")) {
      YamlNode all;
      all.kind = YamlNode::Kind::kMapping;
      all.members.emplace_back("all", *when);
      ways = Ways(packs, all);
    }
    for (const auto& way : ways) {
      AddTexts(item, "hs", hs[way]);
      for (const auto& set : Items(item, "codes"))
        AddTexts(packs.code_sets.at(set.scalar), "hs", hs[way]);
      if (item.Find("items_of") == nullptr) AddTexts(item, "control", control[way]);
    }
  }
}

Texts SplitControl(const std::string& text) {
  if (text == "any CCL" || text == "EU Annex I") return {"*"};
  Texts codes;
  std::string prefix, code;
  for (const char c : text + ";") {
    if (c != ';' && c != ',' && c != ' ') {
      code += c;
    } else if (code == "MTCR") {
      prefix = "MTCR:";
      code.clear();
    } else if (!code.empty()) {
      if (code.rfind("CN:", 0) == 0) prefix = "CN:";
      codes.insert(code.rfind(prefix, 0) == 0 ? code : prefix + code);
      code.clear();
    }
  }
  return codes;
}

std::string JsonText(const Json& value) {
  if (value.is_string()) return value.as_string();
  if (value.is_bool()) return value.as_bool() ? "true" : "false";
  if (value.is_array()) {
    std::string joined;
    for (const auto& item : value.as_array())
      joined += (joined.empty() ? "" : ",") + JsonText(item);
    return joined;
  }
  return value.Dump();
}

void CollectResearchCodes(const Json& rule, Codes& hs, Codes& control) {
  for (const auto& item : rule.Find("items")->as_array()) {
    Parameters parameters;
    for (const auto& parameter : item.Find("parameters")->as_array()) {
      const std::string unit(parameter.StringOr("unit"));
      parameters.insert(std::string(parameter.StringOr("name")) + " " +
                        std::string(parameter.StringOr("op")) + " " +
                        JsonText(*parameter.Find("value")) + (unit.empty() ? "" : " " + unit));
    }
    for (const auto& code : item.Find("hs")->as_array()) hs[parameters].insert(code.as_string());
    const Texts codes = SplitControl(std::string(item.StringOr("eccn")));
    hs[parameters];
    control[parameters].insert(codes.begin(), codes.end());
  }
}

// Rules whose goods the research names in words only; the packs turn the words into codes.
const Texts kGoodsInWords = {"US-TIP-GUIDANCE", "US-FDP-F",      "EU-833-10TH", "EU-IRAN-1529",
                             "GB-IRAN-S4",      "KR-RU-2024-02", "EU-833-2b"};

// What the research says of destinations in words, and how the packs write it.
const std::map<std::string, std::string> kDestinations = {
    {"all", "all"},
    {"specified destinations/persons", ""},
    {"all outside EU", "in all except EU27"},
    {"per Country Group D:4 etc.", "unknown all"},
    {"10% for Country Groups E:1/E:2; 25% elsewhere", ""},
    {"all third countries except partner countries US,JP,GB,KR,AU,CA,NZ,NO,CH",
     "in all except EU27 EU_PARTNERS_12G"},
    {"all except intra-EU and partner countries", "in all except EU27 EU_PARTNERS_12G"},
    {"all (military end-use limb: arms-embargoed countries)", "all"},
    {"non-Group A; UN arms embargo stricter", "in all except JP JP_GROUP_A"},
    {"RU BY diversion routes", "in RU BY unknown DIVERSION_HUBS"},
    {"US (import)", "US"},
    {"RU third countries that could supply drones to Russia (e.g. IR)",
     "in RU IR unknown DIVERSION_HUBS"},
    {"RU specified Ukraine regions", "RU UA_OCCUPIED"},
};

std::string PackDestinations(const YamlNode& rule) {
  const YamlNode* node = rule.Find("destinations");
  if (node == nullptr) return "";
  if (node->is_scalar()) return node->scalar;
  std::string text;
  const auto add = [&](const std::string& word) { text += (text.empty() ? "" : " ") + word; };
  for (const auto& item : node->items) add(item.scalar);
  for (const auto& [key, value] : node->members) {
    if (key == "fact") continue;
    add(key);
    if (value.is_scalar()) add(value.scalar);
    for (const auto& item : value.items) add(item.scalar);
  }
  return text;
}

std::string ResearchDestinations(const Json& rule) {
  const Json& destinations = *rule.Find("destinations");
  std::string text;
  if (destinations.is_string()) text = destinations.as_string();
  if (destinations.is_array()) {
    for (const auto& item : destinations.as_array())
      text += (text.empty() ? "" : " ") + item.as_string();
  }
  const auto words = kDestinations.find(text);
  if (words != kDestinations.end()) return words->second;
  if (text.rfind("per Commerce Country Chart", 0) != 0) return text;
  return text.find("RU/BY") == std::string::npos ? "unknown all" : "in RU BY unknown all";
}

// Parties that the research describes; every other text of `parties` is a name and must stand in
// the pack.
const Texts kDescribedParties = {
    "exporter knows or should know",
    "exporter notified by authority",
    "importer/end-user on watch list",
    "importer/end-user on control list",
    "service provider",
    "foreign organisations and individuals",
    "US military users",
    "Japanese military users",
    "non-US entity >=50% owned directly/indirectly, individually or in aggregate by Entity List / "
    "MEU / 744.8(a)(1) "
    "SDN parties",
    "non-US entity >=50% owned by listed parties",
    "Entity List footnote 3 entity is a party, or item goes into its products",
    "military end user",
    "MEU List",
    "knowledge",
    "entity owned >=50% in aggregate by blocked persons",
    "Annex IV entity (RU and third countries)",
    "7 Iranian UAV entities (Annex IV)",
    "EU exporter's contract counterparty",
    "EU persons selling CHP items; non-EU entities they own or control",
    "informed by authority",
    "exporter aware",
    "military end users"};

// Uses in the words of the research, and the facts that carry them ("": no fact does, a note says
// so).
const std::map<std::string, std::string> kUses = {
    {"WMD proliferation", "wmd_end_use"},
    {"terrorist activity", "terrorist_end_use"},
    {"military purpose", "military_end_use"},
    {"endangers national security and interests", "national_security_risk"},
    {"WMD and delivery vehicles", "wmd_end_use"},
    {"terrorism", "terrorist_end_use"},
    {"military use", "military_end_use"},
    {"enhancing Japan's military strength", "military_end_use"},
    {"military end use", "military_end_use"},
    {"UAV capable of range >=300 km (D:4) or any WMD delivery", "wmd_end_use"},
    {"incorporation into Supp. 7 items production", "incorporated_into_supplement_7_items"},
    {"WMD", "wmd_end_use"},
    {"military end-use in arms-embargoed country", "military_end_use"},
    {"parts for illegally exported military items", ""},
    {"conventional weapons development", "military_end_use"},
};

// Party descriptions that are facts of the order: ORed into end_use or ANDed as knowledge or party.
const std::map<std::string, std::string> kPartyFacts = {
    {"exporter knows or should know", "exporter_knows_of_prohibited_use"},
    {"exporter aware", "exporter_knows_of_prohibited_use"},
    {"knowledge", "exporter_knows_of_prohibited_use"},
    {"exporter notified by authority", "exporter_notified_by_authority"},
    {"informed by authority", "exporter_notified_by_authority"},
    {"US military users", "military_end_user"},
    {"Japanese military users", "military_end_user"},
    {"military end user", "military_end_user"},
    {"military end users", "military_end_user"}};

void CollectWords(const YamlNode& node, Texts& words) {
  if (node.is_scalar()) words.insert(node.scalar);
  for (const auto& item : node.items) CollectWords(item, words);
  for (const auto& [key, value] : node.members) {
    if (key == "fact" || key == "all" || key == "any") CollectWords(value, words);
  }
}

Texts FactWords(const YamlNode& rule) {
  Texts words;
  for (const char* key : {"end_use", "knowledge"}) {
    if (const YamlNode* node = rule.Find(key)) CollectWords(*node, words);
  }
  if (const YamlNode* parties = rule.Find("parties")) {
    if (const YamlNode* any = parties->Find("any_of")) CollectWords(*any, words);
  }
  return words;
}

Texts ResearchFacts(const Json& rule) {
  Texts facts;
  for (const auto& use : rule.Find("end_uses")->as_array()) {
    const auto known = kUses.find(use.as_string());
    EXPECT_NE(known, kUses.end()) << "a use in new words: " << use.as_string();
    if (known != kUses.end() && !known->second.empty()) facts.insert(known->second);
  }
  for (const auto& party : rule.Find("parties")->as_array()) {
    const auto known = kPartyFacts.find(party.as_string());
    if (known != kPartyFacts.end()) facts.insert(known->second);
  }
  return facts;
}

class PacksTest : public testing::Test {
 protected:
  void SetUp() override {
    const char* shared = std::getenv("TIDEWAITER_SHARED");
    const std::string path =
        std::string(shared == nullptr ? "../shared" : shared) + "/data/rules/rules.json";
    if (!FileExists(path)) GTEST_SKIP() << "SKIPPED: " << path << " is not there";
    const auto text = ReadFile(path);
    ASSERT_TRUE(text);
    auto json = ParseJson(*text);
    ASSERT_TRUE(json) << json.error().ToString();
    research_ = std::move(json).value();
    packs_ = ReadPacks();
  }

  // Calls `check(id, research, rule, file)` for every rule of the research that has a pack.
  template <typename Check>
  void ForEach(const Check& check) {
    for (const auto& research : research_.as_array()) {
      const std::string id(research.StringOr("id"));
      const auto found = packs_.rules.find(id);
      if (found == packs_.rules.end()) continue;
      SCOPED_TRACE(id);
      check(id, research, found->second.first, found->second.second);
    }
  }

  Json research_;
  Packs packs_;
};

TEST_F(PacksTest, HaveTheSameRules) {
  Texts research, packs;
  for (const auto& rule : research_.as_array()) research.insert(std::string(rule.StringOr("id")));
  for (const auto& [id, rule] : packs_.rules) packs.insert(id);
  EXPECT_EQ(research, packs);
  EXPECT_EQ(packs.size(), 101u);
}

TEST_F(PacksTest, HaveTheSameDatesEffectAndConfidence) {
  ForEach([](const std::string&, const Json& research, const YamlNode& rule, const YamlNode& file) {
    EXPECT_EQ(research.StringOr("effective"), Text(rule, "from"));
    EXPECT_EQ(research.StringOr("ends"), Text(rule, "to"));
    EXPECT_EQ(research.StringOr("effect"), Text(rule, "effect"));
    EXPECT_EQ(research.StringOr("status"), Text(rule, "status"));
    EXPECT_EQ(research.StringOr("confidence"), Text(rule, "confidence"));
    EXPECT_EQ(research.StringOr("date_confidence"), Text(rule, "date_confidence"));
    const auto own = [&](const char* key) {
      return Text(rule, key).empty() ? Text(file, key) : Text(rule, key);
    };
    EXPECT_EQ(research.StringOr("authority"), own("authority"));
    EXPECT_EQ(research.StringOr("instrument"), own("instrument"));
    EXPECT_FALSE(Items(rule, "sources").empty() && Items(file, "sources").empty())
        << "cites no source";
  });
}

TEST_F(PacksTest, HaveTheSameCodesAndParameters) {
  ForEach([&](const std::string& id, const Json& research, const YamlNode& rule, const YamlNode&) {
    Codes hs, control, pack_hs, pack_control;
    CollectResearchCodes(research, hs, control);
    CollectPackCodes(packs_, rule, pack_hs, pack_control);
    if (kGoodsInWords.count(id) != 0) return;
    EXPECT_EQ(hs.size(), pack_hs.size());
    for (const auto& [parameters, codes] : hs) {
      EXPECT_EQ(codes, pack_hs[parameters]) << testing::PrintToString(parameters);
      EXPECT_EQ(control[parameters], pack_control[parameters])
          << testing::PrintToString(parameters);
    }
  });
}

TEST_F(PacksTest, HaveTheSameHsEditions) {
  ForEach([&](const std::string& id, const Json& research, const YamlNode& rule, const YamlNode&) {
    const Json* edition = research.Find("hs_edition");
    if (edition == nullptr || !edition->is_integer() || kGoodsInWords.count(id) != 0) return;
    for (const auto& item : Items(rule, "items")) {
      if (item.Find("hs") != nullptr) {
        EXPECT_EQ(Text(item, "edition"), edition->Dump());
      }
      for (const auto& set : Items(item, "codes")) {
        EXPECT_EQ(Text(packs_.code_sets.at(set.scalar), "edition"), edition->Dump());
      }
    }
  });
}

TEST_F(PacksTest, HaveTheSameDestinations) {
  ForEach([](const std::string& id, const Json& research, const YamlNode& rule, const YamlNode&) {
    std::string pack = PackDestinations(rule);
    const std::string words = ResearchDestinations(research);
    // A rule that never decides needs no destination.
    if (rule.Find("never_decides") != nullptr && pack.empty()) pack = words;
    EXPECT_EQ(words, pack) << id;
  });
}

TEST_F(PacksTest, HaveTheSamePartiesAndUses) {
  ForEach([](const std::string&, const Json& research, const YamlNode& rule, const YamlNode&) {
    Texts names, pack_names;
    for (const auto& party : research.Find("parties")->as_array()) {
      if (kDescribedParties.count(party.as_string()) == 0) names.insert(party.as_string());
    }
    const YamlNode* parties = rule.Find("parties");
    if (parties != nullptr) AddTexts(*parties, "names", pack_names);
    for (const auto& name : names) EXPECT_EQ(pack_names.count(name), 1u) << name;
    const Json* incomplete = research.Find("parties_incomplete");
    if (incomplete != nullptr && incomplete->is_bool() && incomplete->as_bool()) {
      EXPECT_TRUE(parties != nullptr && parties->Find("incomplete") != nullptr);
    }
    EXPECT_EQ(ResearchFacts(research), FactWords(rule));
  });
}

TEST_F(PacksTest, HaveTheSameOwnershipShares) {
  ForEach([](const std::string&, const Json& research, const YamlNode& rule, const YamlNode&) {
    const Json* note = research.Find("parameters_note");
    const YamlNode* ownership = rule.Find("ownership");
    EXPECT_EQ(note != nullptr && note->is_array(), ownership != nullptr);
    if (ownership == nullptr || note == nullptr) return;
    const Json& share = note->as_array().at(0);
    EXPECT_EQ(ParameterText(*ownership), std::string(share.StringOr("name")) + " " +
                                             std::string(share.StringOr("op")) + " " +
                                             JsonText(*share.Find("value")) + " %");
  });
}

TEST_F(PacksTest, CarryDoubtsExceptionsAndPolicies) {
  ForEach([](const std::string&, const Json& research, const YamlNode& rule, const YamlNode&) {
    const auto given = [&](const char* key) {
      const Json* value = research.Find(key);
      return value != nullptr &&
             ((value->is_array() && !value->as_array().empty()) || value->is_string());
    };
    if (given("doubts")) {
      EXPECT_GE(Items(rule, "doubts").size(), research.Find("doubts")->as_array().size());
    }
    if (given("exceptions")) {
      EXPECT_FALSE(Items(rule, "exceptions").empty());
    }
    if (given("license_policy")) {
      EXPECT_FALSE(Text(rule, "license_policy").empty());
    }
  });
}

// Rules that RULE_SEMANTICS.md names: which bind whom, which stand aside, which never decide.
TEST_F(PacksTest, BindWhomTheSemanticsSay) {
  const auto binds = [](const std::string& id) -> std::string {
    if (id.rfind("CN-CTRL-", 0) == 0 || id == "CN-2026-1")
      return "bound_by_china_or_chinese_origin";
    if (id.rfind("CN-", 0) == 0) return "bound_by_china";
    if (id.rfind("US-FDP-", 0) == 0) return "foreign_direct_product_made_abroad";
    if (id.rfind("US-CHPL-", 0) == 0) return "bound_by_chpl_partners";
    if (id.rfind("US-OFAC", 0) == 0 || id == "US-CMIC-DJI") return "us_exporter";
    if (id == "US-1260H-DJI" || id == "US-232-UAS") return "";
    if (id.rfind("US-", 0) == 0) return "bound_by_bis";
    static const std::map<std::string, std::string> kSeats = {
        {"EU", "bound_by_eu"},        {"GB", "bound_by_uk"},          {"JP", "bound_by_japan"},
        {"AU", "bound_by_australia"}, {"CH", "bound_by_switzerland"}, {"KR", "bound_by_korea"},
        {"TW", "bound_by_taiwan"}};
    return kSeats.at(id.substr(0, 2));
  };
  ForEach([&](const std::string& id, const Json&, const YamlNode& rule, const YamlNode&) {
    if (rule.Find("never_decides") != nullptr) return;
    const YamlNode* condition = rule.Find("binds");
    EXPECT_EQ(binds(id), condition == nullptr ? "" : Text(*condition, "condition"));
  });
  for (const char* id : {"CN-DUR-36", "US-DEMINIMIS", "MTCR-CAT1", "MTCR-CAT2"}) {
    EXPECT_NE(packs_.rules.at(id).first.Find("never_decides"), nullptr) << id;
  }
  for (const char* id : {"CN-ECL-12-3", "EU-821-4", "JP-CATCHALL-2025", "US-744.3"}) {
    EXPECT_EQ(Text(packs_.rules.at(id).first, "general_catch_all"), "true") << id;
  }
}

}  // namespace
}  // namespace tidewaiter
