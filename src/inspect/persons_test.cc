#include "inspect/persons.h"

#include <gtest/gtest.h>

namespace tidewaiter::inspect {
namespace {

TEST(Persons, AreToldByAFathersName) {
  for (const char* name : {"ВЫДУМАНОВ СИНТЕТИК ПРИМЕРОВИЧ", "Vydumanova Sintetika Primerovna",
                           "Sintetik Primerovich VYDUMANOV"})
    EXPECT_TRUE(IsFullNameOfPerson(name)) << name;
}

TEST(Persons, CompaniesAreNone) {
  for (const char* name :
       {"", "OOO PRIMEROVICH TRADING", "Primerovich Trading Company", "ООО ПРИМЕРОВИЧ И СЫН",
        "SYNTHETIC NOVA KURIER", "Primerovich", "PRIMEROVICH 24 SERVIS", "三 个 字"})
    EXPECT_FALSE(IsFullNameOfPerson(name)) << name;
}

}  // namespace
}  // namespace tidewaiter::inspect
