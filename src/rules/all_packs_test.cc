// What holds for every order, on the packs that the program ships.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "base/file.h"
#include "rules/covers.h"
#include "rules/line.h"
#include "rules/testing.h"

namespace tidewaiter::rules {
namespace {

using Random = std::mt19937;

template <typename T>
const T& Pick(Random& random, const std::vector<T>& from) {
  return from[random() % from.size()];
}

const RuleSet& Packs() {
  static const auto rules = [] {
    auto loaded = RuleSet::Load(*ResourceFolder(), {}, {});
    EXPECT_TRUE(loaded) << (loaded ? "" : loaded.error().ToString());
    return *loaded;
  }();
  return *rules;
}

const Program& Shipped() {
  static const auto program = [] {
    const auto files = *ReadPackFiles(*ResourceFolder(), {});
    return *LoadProgram(files, {});
  }();
  return *program;
}

const std::vector<std::string> kCountries = {"CN", "RU", "US", "DE", "KZ", "IR",
                                             "JP", "GB", "BR", "BY", "KP", "KR"};
const std::vector<std::string> kHs = {
    "8806221011", "880622",     "8806",       "88",         "8807300010", "8501320010",
    "8525891110", "854231",     "8407102010", "9014209014", "8543709960", "0901110000",
    "8516710000", "9503004100", "950450",     "8411121010", "8802200011", "852580"};
const std::vector<std::string> kControl = {"EAR99",      "9A012.a.1",   "9A012.a.2", "9A012.b.4",
                                           "9A991.x",    "6A003.b.4.b", "5A991.a",   "CN:9A012.a.2",
                                           "CN:9A501.a", "9A112.b",     "0Z999",     "7A994.x"};

// The thresholds that rules use, by fact.
std::set<double> Thresholds(FactId fact) {
  std::set<double> all = {0, 1e6};
  for (const CompiledTest& test : Shipped().fact_tests) {
    if (test.fact == fact)
      all.insert({test.test.number, test.test.number * 0.9, test.test.number * 1.1});
  }
  return all;
}

Fact RandomFact(Random& random, const std::string& name) {
  const FactId id = Shipped().FindFact(name);
  const FactDefinition& definition = Shipped().facts[id].definition;
  Fact fact;
  FactReading reading;
  switch (definition.kind) {
    case FactDefinition::Kind::kBool:
      reading.kind = FactReading::Kind::kBool;
      reading.truth = random() % 2 == 0;
      break;
    case FactDefinition::Kind::kNumber: {
      const auto thresholds = Thresholds(id);
      reading.kind = FactReading::Kind::kInterval;
      reading.min = reading.max =
          *std::next(thresholds.begin(), static_cast<long>(random() % thresholds.size()));
      break;
    }
    case FactDefinition::Kind::kText: {
      std::vector<std::string> texts = definition.options;
      texts.push_back("other");
      reading.text = Pick(random, texts);
      if (Shipped().facts[id].hs_edition != 0)
        reading.text =
            Pick<std::string>(random, {"8802200011", "8525800000", "8802110000", "9999999999"});
      break;
    }
    case FactDefinition::Kind::kSet:
      reading.kind = FactReading::Kind::kSet;
      reading.set = {random() % 2 == 0 ? 560.0 : 900.0};
      break;
  }
  fact.readings = {reading};
  return fact;
}

std::vector<std::string> FactNames() {
  std::vector<std::string> names;
  for (const FactInfo& info : Shipped().facts) {
    if (info.hs_edition == 0) names.push_back(info.definition.name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

void State(Order& order, const std::string& name, size_t item, const Fact& fact) {
  const bool of_line = Shipped().facts[Shipped().FindFact(name)].definition.of_line;
  (of_line ? order.items[item].facts : order.facts).insert_or_assign(name, fact);
}

Order RandomOrder(Random& random) {
  Order order;
  OrderParty exporter, buyer;
  exporter.role = Role::kExporter;
  if (random() % 8 != 0) exporter.country = Pick(random, kCountries);
  buyer.role = Role::kBuyer;
  buyer.name = Pick<std::string>(
      random, {"Example Buyer", "SZ DJI Technology Co Ltd", "Rheinmetall AG", "ACSL"});
  order.parties = {exporter, buyer};
  order.origin = random() % 6 == 0 ? "" : Pick(random, kCountries);
  order.departure = random() % 6 == 0 ? "" : Pick(random, kCountries);
  order.destination = random() % 20 == 0 ? "" : Pick(random, kCountries);
  order.date = Day("2015-01-01") + static_cast<int32_t>(random() % 4380);
  const size_t items = 1 + (random() % 4 == 0 ? 1 : 0);
  static const auto names = FactNames();
  for (size_t i = 0; i < items; ++i) {
    Item item;
    item.line = static_cast<int64_t>(i) + 1;
    if (random() % 10 != 0) item.hs = Pick(random, kHs);
    if (random() % 3 == 0) item.eccn = Pick(random, kControl);
    if (random() % 2 == 0) item.hs_edition = 2022;
    order.items.push_back(item);
    for (size_t f = random() % 30; f-- > 0;) {
      const std::string name = Pick(random, names);
      State(order, name, i, RandomFact(random, name));
    }
  }
  return order;
}

Evaluation On(const Order& order, bool explain_all = false) {
  Context context;
  context.as_of = *order.date;
  context.explain_all = explain_all;
  return *Packs().Evaluate(order, context);
}

std::string Describe(const Order& order) {
  std::string text = ToString(*order.date) + " exporter " + order.parties[0].country + " origin " +
                     order.origin + " departure " + order.departure + " destination " +
                     order.destination;
  for (const auto& [name, fact] : order.facts) text += "\n  " + name + " " + ToJson(fact).Dump();
  for (const Item& item : order.items) {
    text += "\n line hs " + item.hs + " eccn " + item.eccn;
    for (const auto& [name, fact] : item.facts) text += "\n    " + name + " " + ToJson(fact).Dump();
  }
  return text;
}

size_t ItemOf(const Order& order, const Question& question) {
  for (size_t i = 0; i < order.items.size(); ++i) {
    if (order.items[i].line == question.line) return i;
  }
  return 0;
}

// Answers one question as a user might, with all the digits there are.
void Reply(Random& random, const Question& question, Order& order) {
  const size_t item = ItemOf(order, question);
  if (question.fact == "hs") {
    std::string& hs = order.items[item].hs;
    std::vector<std::string> codes;
    for (const HsTest& test : Shipped().hs_tests) {
      for (const HsList& list : test.lists) {
        for (const std::string& code : list.codes) {
          if (code.starts_with(hs)) codes.push_back(code);
        }
      }
    }
    codes.push_back(hs + "99");
    hs = Pick(random, codes);
    hs += std::string(hs.size() < 10 ? 10 - hs.size() : 0, random() % 2 == 0 ? '0' : '9');
  } else if (question.fact == "eccn") {
    const std::string& known = order.items[item].eccn;
    order.items[item].eccn = known.empty()
                                 ? Pick(random, kControl)
                                 : known + "." + Pick<std::string>(random, {"a.1", "b.4", "zz"});
  } else if (question.fact == "exporter.country") {
    order.parties[0].country = Pick(random, kCountries);
  } else if (question.fact == "origin") {
    (question.line > 0 ? order.items[item].origin : order.origin) = Pick(random, kCountries);
  } else if (question.fact == "departure") {
    order.departure = Pick(random, kCountries);
  } else if (question.fact == "destination") {
    order.destination = Pick(random, kCountries);
  } else {
    State(order, question.fact, item, RandomFact(random, question.fact));
  }
}

class AllPacks : public ::testing::TestWithParam<int> {
 protected:
  Random random_{static_cast<unsigned>(GetParam())};
};

TEST_P(AllPacks, AnsweringEverythingSettlesItAsAnnounced) {
  for (int i = 0; i < 6; ++i) {
    const Order order = RandomOrder(random_);
    const Evaluation first = On(order);
    ASSERT_EQ(first.outcome == Outcome::kAsk, !first.questions.empty()) << Describe(order);
    for (int tries = 0; tries < 8 && !first.questions.empty(); ++tries) {
      Order answered = order;
      for (const Question& question : first.questions) Reply(random_, question, answered);
      const Evaluation second = On(answered);
      std::string left;
      for (const Question& question : second.questions) left += question.fact + " ";
      EXPECT_NE(second.outcome, Outcome::kAsk) << Describe(order) << "\nanswered\n"
                                               << Describe(answered) << "\nstill asked " << left;
      EXPECT_THAT(first.outcomes, ::testing::Contains(second.outcome))
          << Describe(order) << "\nanswered\n"
          << Describe(answered);
    }
  }
}

std::map<std::pair<std::string, int64_t>, RuleStatus> Statuses(const Evaluation& evaluation) {
  std::map<std::pair<std::string, int64_t>, RuleStatus> statuses;
  for (const RuleResult& result : evaluation.rules)
    statuses[{result.id, result.line}] = result.status;
  return statuses;
}

// A fact that nothing else already decides: it is asked about, by name, on that line.
TEST_P(AllPacks, AnAddedFactContradictsNoDefiniteStatus) {
  for (int i = 0; i < 6; ++i) {
    Order order = RandomOrder(random_);
    Evaluation before = On(order, true);
    for (int step = 0; step < 6; ++step) {
      std::vector<Question> facts;
      for (const Question& question : before.questions) {
        if (Shipped().FindFact(question.fact) != kNone) facts.push_back(question);
      }
      if (facts.empty()) break;
      Reply(random_, Pick(random_, facts), order);
      const Evaluation after = On(order, true);
      const auto old_statuses = Statuses(before), new_statuses = Statuses(after);
      for (const auto& [rule, status] : old_statuses) {
        if (status == RuleStatus::kDepends) continue;
        ASSERT_TRUE(new_statuses.contains(rule)) << rule.first;
        EXPECT_EQ(new_statuses.at(rule), status) << rule.first << "\n" << Describe(order);
      }
      before = after;
    }
  }
}

std::string Whole(const Evaluation& evaluation) {
  const RulesText& text = evaluation.text;
  return std::string(ToString(evaluation.outcome)) + text.facts_used + JsonOf(text.rules) +
         JsonOf(text.questions) + text.declared + text.reasons + text.warnings;
}

TEST_P(AllPacks, ThreadsAndMemoryGiveTheSameBytes) {
  std::vector<Order> orders;
  for (int i = 0; i < 12; ++i) orders.push_back(RandomOrder(random_));
  std::vector<std::string> first;
  for (const Order& order : orders) first.push_back(Whole(On(order)));
  std::vector<std::string> other(orders.size());
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([&, t] {
      for (size_t i = t; i < orders.size(); i += 3) other[i] = Whole(On(orders[i]));
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(first, other);
  // A set that remembers nothing says the same.
  const auto fresh = RuleSet::Load(*ResourceFolder(), {}, {});
  Context context;
  context.as_of = *orders[0].date;
  EXPECT_EQ(Whole(*(*fresh)->Evaluate(orders[0], context)), first[0]);
}

// Conditions of the shipped packs: whatever lint sees as covered never holds where what covers it
// fails.
TEST_P(AllPacks, WhatCoversAConditionHoldsWhereverItHolds) {
  Coverage coverage(Shipped());
  size_t compared = 0;
  for (int i = 0; i < 4; ++i) {
    const Order order = RandomOrder(random_);
    const OrderView view = ViewOf(order, *order.date, {}, Shipped());
    for (const Item& item : order.items) {
      Line line(Shipped(), view, &item, nullptr);
      std::vector<NodeId> hold, fail;
      for (NodeId node = 0; node < Shipped().nodes.size(); ++node) {
        const Truth truth = line.Value(node);
        if (truth == Truth::kTrue) hold.push_back(node);
        if (truth == Truth::kFalse) fail.push_back(node);
      }
      for (const NodeId narrow : hold) {
        for (const NodeId wide : fail) {
          ++compared;
          ASSERT_FALSE(coverage.Covers(wide, narrow)) << wide << " covers " << narrow << "\n"
                                                      << Describe(order);
        }
      }
    }
  }
  EXPECT_GT(compared, 1000U);
}

INSTANTIATE_TEST_SUITE_P(RandomOrders, AllPacks, ::testing::Range(0, 40));

// Findings are kept by what they rest on. A set that has seen thousands of orders says of each what
// one says that has seen no other.
TEST(AllPacksMemory, WhatOthersLeftOpenChangesNothing) {
  Random random(11);
  std::vector<goods::Recognition> kinds(3);
  kinds[1].component_class = "drone";
  kinds[2].component_class = "drone_part";
  const auto memory = RuleSet::Load(*ResourceFolder(), {}, {});
  std::vector<std::pair<Order, Context>> asked;
  for (int i = 0; i < 3000; ++i) {
    Order order = RandomOrder(random);
    order.facts.clear();
    Context context;
    context.as_of = *order.date;
    for (Item& item : order.items) {
      item.facts.clear();
      context.goods.push_back(&Pick(random, kinds));
    }
    if ((*memory)->Evaluate(order, context)->outcome == Outcome::kAsk)
      asked.emplace_back(std::move(order), std::move(context));
  }
  ASSERT_GT(asked.size(), 500U);
  std::shuffle(asked.begin(), asked.end(), random);
  asked.resize(40);
  for (const auto& [order, context] : asked) {
    const auto fresh = RuleSet::Load(*ResourceFolder(), {}, {});
    EXPECT_EQ(Whole(*(*memory)->Evaluate(order, context)),
              Whole(*(*fresh)->Evaluate(order, context)))
        << Describe(order);
  }
}

TEST(AllPacksBytes, FieldOrderAndUnitsDoNotMatter) {
  const auto whole = [](std::string_view text) { return Whole(On(MustRead(text))); };
  const std::string one = whole(
      R"({"date": "2023-10-05", "exporter": {"country": "CN"}, "destination": "RU", "departure": "CN",
    "items": [{"hs": "8806221011", "facts": {"endurance": "46 min", "mtow": {"value": 0.895, "unit": "kg"}}}]})");
  EXPECT_EQ(
      whole(
          R"({"items": [{"facts": {"mtow": "895 g", "endurance": "2760 s"}, "hs": "8806.22.1011"}], "departure": "China",
    "destination": "RUS", "exporter": {"country": "CHN"}, "date": "2023-10-05"})"),
      one);
  EXPECT_EQ(
      whole(
          R"({"date": "2023-10-05", "exporter": {"country": "CN"}, "destination": "RU", "departure": "CN",
    "items": [{"hs": "8806221011", "facts": {"endurance": 46, "mtow": 0.895}}]})"),
      one);
}

TEST(AllPacksLoad, EveryPackLoadsAndIsCited) {
  EXPECT_GE(Shipped().rules.size(), 101);
  for (const CompiledRule& rule : Shipped().rules)
    EXPECT_FALSE(rule.pack->sources.empty()) << rule.pack->id;
}

TEST(AllPacksLoad, ACacheMakesTheSameRules) {
  const std::string cache = ::testing::TempDir() + "tidewaiter_rules_cache";
  ASSERT_TRUE(RemoveAll(cache));
  const auto first = RuleSet::Load(*ResourceFolder(), {}, cache);
  const auto second = RuleSet::Load(*ResourceFolder(), {}, cache);
  ASSERT_TRUE(first && second);
  EXPECT_EQ((*first)->hash(), (*second)->hash());
  EXPECT_EQ((*first)->change_days(), (*second)->change_days());
  Random random(7);
  for (int i = 0; i < 20; ++i) {
    const Order order = RandomOrder(random);
    Context context;
    context.as_of = *order.date;
    EXPECT_EQ(Whole(*(*first)->Evaluate(order, context)),
              Whole(*(*second)->Evaluate(order, context)));
  }
}

}  // namespace
}  // namespace tidewaiter::rules
