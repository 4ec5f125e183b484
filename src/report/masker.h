// Natural persons who are on no official list are not named unless the reader asks for it: each
// gets a number, so that one can be followed through the page.
#ifndef TIDEWAITER_REPORT_MASKER_H_
#define TIDEWAITER_REPORT_MASKER_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "report/report.h"

namespace tidewaiter::report {

// Knows every person that the page marks. Immutable; keeps nothing of the page but the names.
class Masker {
 public:
  explicit Masker(const Page& page);
  Masker(const Masker&) = delete;
  Masker& operator=(const Masker&) = delete;

  // `name` as it may be shown: "[person 3]" when it is a masked person's.
  std::string Name(std::string_view name) const;
  // `text` with every masked name in it replaced.
  std::string Text(std::string_view text) const;
  bool Hides(std::string_view name) const { return numbers_.contains(name); }
  size_t count() const { return numbers_.size(); }

 private:
  using Numbered = std::pair<const std::string, size_t>;
  void Add(std::string_view name);
  const Numbered* NameAt(std::string_view text, size_t at) const;
  std::map<std::string, size_t, std::less<>> numbers_;
  std::unordered_map<uint32_t, std::vector<const Numbered*>>
      by_prefix_;  // into numbers_, whose nodes stay
};

}  // namespace tidewaiter::report

#endif  // TIDEWAITER_REPORT_MASKER_H_
