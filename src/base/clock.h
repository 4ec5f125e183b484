// The only place that asks what day it is. Whatever depends on today takes a Clock, so that tests
// can set it.
#ifndef TIDEWAITER_BASE_CLOCK_H_
#define TIDEWAITER_BASE_CLOCK_H_

#include <chrono>

#include "base/date.h"

namespace tidewaiter {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Date Today() const = 0;  // in UTC
};

class SystemClock : public Clock {
 public:
  Date Today() const override {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return Date{static_cast<int32_t>(std::chrono::floor<std::chrono::days>(now).count())};
  }
};

class FixedClock : public Clock {
 public:
  explicit FixedClock(Date today) : today_(today) {}
  Date Today() const override { return today_; }

 private:
  Date today_;
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_CLOCK_H_
