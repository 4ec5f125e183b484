// The outputs of a run appear together or not at all.
//
// Everything is written into a folder beside the target; Publish() exchanges the two in one step of
// the file system, so that a reader finds the old run or the new one. What a killed run leaves
// behind is removed by the next one.
#ifndef TIDEWAITER_INSPECT_STAGING_H_
#define TIDEWAITER_INSPECT_STAGING_H_

#include <string>

#include "base/result.h"

namespace tidewaiter::inspect {

class Staging {
 public:
  // Makes the folder for outputs that will replace `target`. Fails when another run is writing to
  // it.
  static Result<Staging> Open(const std::string& target);
  ~Staging();
  Staging(Staging&& other) noexcept;
  Staging& operator=(Staging&&) = delete;

  std::string Path(std::string_view name) const;
  // Puts the outputs in place. Files in the target that are none of ours stay.
  Status Publish();

 private:
  Staging(std::string target, std::string folder, int lock)
      : target_(std::move(target)), folder_(std::move(folder)), lock_(lock) {}
  std::string target_, folder_;
  int lock_ = -1;
};

}  // namespace tidewaiter::inspect

#endif  // TIDEWAITER_INSPECT_STAGING_H_
