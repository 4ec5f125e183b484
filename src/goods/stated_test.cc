#include "goods/stated.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidewaiter::goods {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const StatedReader& Loaded() {
  static const auto reader = StatedReader::Load("catalogue/stated.yaml");
  EXPECT_TRUE(reader) << (reader ? "" : reader.error().ToString());
  return *reader;
}

std::vector<std::string> Parameters(std::string_view text) {
  std::vector<std::string> out;
  for (const auto& parameter : Loaded().Read(text).parameters) out.push_back(ToString(parameter));
  return out;
}

TEST(Stated, QuantitiesWithTheirNamesWhereTheTextSaysThem) {
  EXPECT_THAT(Parameters("DJI Mavic 3, flight time: 46 min, max. speed 75.6 km/h, weight 895g"),
              ElementsAre("endurance 46 min", "max_speed 75.6 km/h", "mass 895 g"));
  EXPECT_THAT(Parameters("БПЛА, дальность полета до 30 км, взлётная масса 4,5 кг"),
              ElementsAre("range 30 km", "mtow 4.5 kg"));
  EXPECT_THAT(Parameters("无人机 续航时间45分钟 图传距离15公里"),
              ElementsAre("endurance 45 min", "radio_range 15 km"));
  EXPECT_THAT(Parameters("dron, tiempo de vuelo 30-35 min; carga útil 2 kg"),
              ElementsAre("endurance 30 to 35 min", "payload 2 kg"));
  EXPECT_THAT(Parameters("insansız hava aracı, uçuş süresi 34 dakika"),
              ElementsAre("endurance 34 min"));
  EXPECT_THAT(Parameters("LiPo 22.2V 5000mAh, 46 min flight time"),
              ElementsAre("voltage 22.2 V", "charge 5000 mAh", "endurance 46 min"));
}

TEST(Stated, ANumberThatIsNoQuantityIsNone) {
  for (const char* text :
       {"DJI Mavic 3", "4G LTE router", "4K camera", "WM220 gimbal", "3 in 1", "1,200 m of cable",
        "IP 10.0.0.1 m", "10 pcs", "2024-05-01", "12345678901 kg", "", "5, kg", "S4 V2"})
    EXPECT_THAT(Parameters(text), IsEmpty()) << text;
}

TEST(Stated, AWordBeforeAnotherNumberIsThatNumbers) {
  EXPECT_THAT(Parameters("range 15 km 8 km"), ElementsAre("range 15 km", "length 8 km"));
  EXPECT_THAT(Parameters("camera 20 MP 30 min"),
              ElementsAre("main_camera_resolution 20 MP", "time 30 min"));
}

TEST(Stated, PartNumbersStandBehindAWordThatAnnouncesThem) {
  EXPECT_THAT(
      Loaded().Read("Motor P/N: CP.MA.00000123.01, motor p/n CP.MA.00000123.01").part_numbers,
      ElementsAre("CP.MA.00000123.01"));
  EXPECT_THAT(Loaded().Read("ДВИГАТЕЛЬ АРТ. 2312-960KV, ПАРТ НОМЕР X7A-99.").part_numbers,
              ElementsAre("2312-960KV", "X7A-99"));
  EXPECT_THAT(Loaded().Read("电机 型号：T-MOTOR450").part_numbers, ElementsAre("T-MOTOR450"));
  for (const char* text :
       {"part no", "part number: see list", "P/N 12", "capturing 12345", "apn 123456"})
    EXPECT_THAT(Loaded().Read(text).part_numbers, IsEmpty()) << text;
}

TEST(Stated, SaysWhatIsWrongWithItsFile) {
  for (const char* yaml :
       {"units: {}\n", "parameters: []\n", "units: {parsec: [pc]}\nparameters: []\n",
        "units: {}\nparameters: [{name: x, unit: parsec, words: [y]}]\n",
        "units: {}\nparameters: []\nunit: {}\n"}) {
    const auto root = ParseYaml(yaml, "s.yaml");
    ASSERT_TRUE(root);
    const auto reader = StatedReader::Make(*root);
    ASSERT_FALSE(reader) << yaml;
    EXPECT_EQ(reader.error().file, "s.yaml");
  }
}

}  // namespace
}  // namespace tidewaiter::goods
