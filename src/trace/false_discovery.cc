#include "trace/false_discovery.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tidewaiter::trace {

double UpperTail(double z) { return 0.5 * std::erfc(z / std::sqrt(2.0)); }

std::vector<double> AdjustedForDiscovery(const std::vector<double>& p, size_t tests) {
  const auto all = static_cast<double>(std::max(tests, p.size()));
  std::vector<double> expected;
  for (const double one : p) expected.push_back(one * all);
  return AdjustedForExpected(p, expected);
}

std::vector<double> AdjustedForExpected(const std::vector<double>& p,
                                        const std::vector<double>& expected) {
  std::vector<size_t> order(p.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return p[a] < p[b]; });
  std::vector<double> adjusted(p.size(), 1.0);
  double least = 1.0;
  for (size_t rank = order.size(); rank > 0; --rank) {
    const size_t i = order[rank - 1];
    least = std::min(least, expected[i] / static_cast<double>(rank));
    adjusted[i] = least;
  }
  return adjusted;
}

}  // namespace tidewaiter::trace
