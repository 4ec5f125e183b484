#include "base/markup.h"

#include <gtest/gtest.h>

namespace tidewaiter {
namespace {

TEST(Markup, NothingOfATextIsTakenForMarkup) {
  EXPECT_EQ(EscapeMarkup("<a href=\"x\">Tom & 'Ann'</a>"),
            "&lt;a href=&quot;x&quot;&gt;Tom &amp; &#39;Ann&#39;&lt;/a&gt;");
  EXPECT_EQ(EscapeMarkup("Мавик"), "Мавик");
}

}  // namespace
}  // namespace tidewaiter
