#include "model/shared_list.h"

#include <gtest/gtest.h>

#include "model/decision.h"

namespace tidewaiter {
namespace {

Question About(const std::string& fact) {
  Question question;
  question.fact = fact;
  return question;
}

TEST(SharedList, IsAListOfItsValues) {
  SharedList<Question> list;
  EXPECT_TRUE(list.empty());
  EXPECT_EQ(JsonOf(list), "[]");
  list.push_back(About("b"));
  list.push_back(SharedList<Question>::Share(About("c")));
  list.push_front(About("a"));
  std::string facts;
  for (const Question& question : list) facts += question.fact;
  EXPECT_EQ(facts, "abc");
  EXPECT_EQ(list.size(), 3U);
  EXPECT_EQ(list.front().fact + list[1].fact + list.back().fact, "abc");
  std::string expected;
  AppendJsonList(std::vector<Question>{About("a"), About("b"), About("c")}, expected);
  EXPECT_EQ(JsonOf(list), expected);
  EXPECT_GE(list.json_size(), expected.size());
}

TEST(SharedList, CopiesHoldTheSameValues) {
  SharedList<Question> list;
  list.push_back(About("a"));
  SharedList<Question> copy = list;
  EXPECT_EQ(&copy[0], &list[0]);
  copy.push_back(About("b"));
  EXPECT_EQ(list.size(), 1U);
}

}  // namespace
}  // namespace tidewaiter
