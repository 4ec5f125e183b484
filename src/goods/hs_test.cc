#include "goods/hs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace tidewaiter::goods {
namespace {

using testing::Contains;
using testing::ElementsAre;

TEST(Hs, OldCameraCodeMayBeCameraOrDrone) {
  const Converted converted = ConvertHs("852580", 2017, 2022);
  EXPECT_EQ(converted.kind, Conversion::kNToN);
  EXPECT_FALSE(converted.certain());
  EXPECT_THAT(converted.candidates, Contains("852589"));
  EXPECT_THAT(converted.candidates, Contains("880622"));
}

TEST(Hs, TransducersCannotBeConvertedBack) {
  const Converted converted = ConvertHs("854151", 2022, 2017);
  EXPECT_EQ(converted.kind, Conversion::kNToN);
  EXPECT_GT(converted.candidates.size(), 100u);
}

TEST(Hs, DronesMeetTheOldAircraftCodesOnlyManyToMany) {
  const Converted back = ConvertHs("880622", 2022, 2012);
  EXPECT_EQ(back.kind, Conversion::kNToN);
  EXPECT_THAT(back.candidates, ElementsAre("852580", "880211", "880220"));
  EXPECT_EQ(ConvertHs("880220", 2012, 2022).kind, Conversion::kNToN);
  EXPECT_THAT(ConvertHs("880220", 2012, 2022).candidates, Contains("880622"));
}

TEST(Hs, RenamedMergedAndSplitCodes) {
  EXPECT_EQ(ConvertHs("880400", 2002, 2022).kind, Conversion::kSame);
  EXPECT_EQ(ConvertHs("950291", 2002, 2007).kind, Conversion::kNToOne);
  EXPECT_THAT(ConvertHs("950291", 2002, 2007).candidates, ElementsAre("950300"));
  EXPECT_EQ(ConvertHs("854140", 2017, 2022).kind, Conversion::kOneToN);
  EXPECT_THAT(ConvertHs("854140", 2017, 2022).candidates,
              ElementsAre("854141", "854142", "854143", "854149"));
  EXPECT_EQ(ConvertHs("854149", 2022, 2017).kind, Conversion::kNToOne);
  EXPECT_EQ(ConvertHs("880330", 2017, 2022).kind, Conversion::kNToN);  // parts, or display modules
  EXPECT_EQ(ConvertHs("852589", 2022, 2017).kind, Conversion::kNToOne);
  EXPECT_TRUE(ConvertHs("852589", 2022, 2017).certain());
}

TEST(Hs, WhatTheTableDoesNotKnowIsNone) {
  for (const char* hs : {"090111", "8806", "", "88062x", "999999"}) {
    const Converted converted = ConvertHs(hs, 2017, 2022);
    EXPECT_EQ(converted.kind, Conversion::kNone) << hs;
    EXPECT_TRUE(converted.candidates.empty()) << hs;
  }
  EXPECT_EQ(ConvertHs("880622", 2022, 2020).kind, Conversion::kNone);
  EXPECT_EQ(ConvertHs("880622", 2017, 2022).kind, Conversion::kNone);  // no such code in 2017
}

TEST(Hs, LongerCodesAreReadBySixDigits) {
  EXPECT_THAT(ConvertHs("8802200011", 2012, 2017).candidates, ElementsAre("880220"));
  EXPECT_EQ(ConvertHs("880622", 2022, 2022).kind, Conversion::kSame);
}

TEST(Hs, EditionOfADay) {
  EXPECT_EQ(HsEditionOn(*ParseIsoDate("1989-05-01")), 1992);
  EXPECT_EQ(HsEditionOn(*ParseIsoDate("2016-12-31")), 2012);
  EXPECT_EQ(HsEditionOn(*ParseIsoDate("2021-12-31")), 2017);
  EXPECT_EQ(HsEditionOn(*ParseIsoDate("2022-01-01")), 2022);
  EXPECT_EQ(HsEditionOn(*ParseIsoDate("2031-01-01")), 2022);
}

// Property: conversion there and back always finds the code again among its candidates.
TEST(Hs, ThereAndBackHoldsTheCode) {
  std::mt19937 random(7);
  int known = 0;
  for (int i = 0; i < 4000; ++i) {
    const std::string hs = std::to_string(840000 + static_cast<int>(random() % 110000));
    const int from = kHsEditions[random() % 7], to = kHsEditions[random() % 7];
    const Converted there = ConvertHs(hs, from, to);
    known += IsKnownHs(hs, from);
    EXPECT_EQ(there.candidates.empty(), there.kind == Conversion::kNone);
    EXPECT_TRUE(!there.certain() || there.candidates.size() == 1u) << hs;
    for (const auto& candidate : there.candidates) {
      EXPECT_THAT(ConvertHs(candidate, to, from).candidates, Contains(hs)) << from << " to " << to;
    }
  }
  EXPECT_GT(known, 20);
}

TEST(Hs, Descriptions) {
  EXPECT_EQ(DescribeHs("8806221011"),
            "Drones flown by remote control only, above 250 g, up to 7 kg");
  EXPECT_EQ(DescribeHs("850799"), "Rechargeable batteries");
  EXPECT_EQ(DescribeHs("010121"), "");
}

}  // namespace
}  // namespace tidewaiter::goods
