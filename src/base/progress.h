// How long work tells how far it is. The core reports; only src/cli draws.
#ifndef TIDEWAITER_BASE_PROGRESS_H_
#define TIDEWAITER_BASE_PROGRESS_H_

#include <cstdint>
#include <string_view>

namespace tidewaiter {

// Calls come from the thread that runs the stage. Cheap enough to call every few thousand units.
class Progress {
 public:
  virtual ~Progress() = default;
  // A new stage begins; `total` units of work, 0 when unknown.
  virtual void Stage(std::string_view name, uint64_t total) = 0;
  virtual void Done(uint64_t units) = 0;  // units of the current stage finished so far
};

class NoProgress : public Progress {
 public:
  void Stage(std::string_view, uint64_t) override {}
  void Done(uint64_t) override {}
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_PROGRESS_H_
