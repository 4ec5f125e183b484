#include "trace/serials.h"

#include <gmock/gmock.h>

#include <sstream>

#include "base/file.h"

namespace tidewaiter::trace {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// With the words that are shipped.
std::vector<std::string> SerialsIn(std::string_view text) {
  static const SerialWords words = [] {
    SerialWords read;
    std::istringstream lines(
        *ReadFile(JoinPath(*ResourceFolder(), "indicators/tables/serial_words.tsv")));
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("marker\t")) read.markers.push_back(line.substr(7));
      if (line.starts_with("filler\t")) read.fillers.push_back(line.substr(7));
    }
    return read;
  }();
  return trace::SerialsIn(text, words);
}

TEST(Serials, BehindAWordThatAnnouncesThem) {
  EXPECT_THAT(SerialsIn("QUADCOPTER KITE S/N 1581F5FJD228A00A"), ElementsAre("1581F5FJD228A00A"));
  EXPECT_THAT(SerialsIn("Serial numbers: AB12-3456-CD, AB12-3457-CD; used"),
              ElementsAre("AB123456CD", "AB123457CD"));
  EXPECT_THAT(SerialsIn("КВАДРОКОПТЕР, серийный номер 1ZNBJ8R00C00QX"),
              ElementsAre("1ZNBJ8R00C00QX"));
  EXPECT_THAT(SerialsIn("ДВИГАТЕЛЬ ЗАВ. № 20230415001"), ElementsAre("20230415001"));
  EXPECT_THAT(SerialsIn("无人机 序列号：1581F5FJD228A00A"), ElementsAre("1581F5FJD228A00A"));
  EXPECT_THAT(SerialsIn("batteries LOT NO. BX20230415"), ElementsAre("BX20230415"));
}

TEST(Serials, NotEveryNumber) {
  EXPECT_THAT(SerialsIn("QUADCOPTER 1581F5FJD228A00A"), IsEmpty());  // nothing announces it
  EXPECT_THAT(SerialsIn("SERIAL PORT ADAPTER RS232"), IsEmpty());
  EXPECT_THAT(SerialsIn("model S/N 2023"), IsEmpty());
  EXPECT_THAT(SerialsIn("s/n 8806220000"), IsEmpty());  // ten digits: a customs code
  EXPECT_THAT(SerialsIn("RESN: ABCDEFG123456"), IsEmpty());
  EXPECT_THAT(SerialsIn("S/N 000000000000"), IsEmpty());
  EXPECT_THAT(SerialsIn("S/N XXXX-000"), IsEmpty());
  EXPECT_THAT(SerialsIn("S/N"), IsEmpty());
  EXPECT_THAT(SerialsIn(""), IsEmpty());
}

}  // namespace
}  // namespace tidewaiter::trace
