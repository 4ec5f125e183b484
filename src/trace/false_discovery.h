// Control of the false discovery rate (Benjamini and Hochberg, 1995): of many parties tested, some
// look odd by chance; what is kept is chosen so that on average at most a given share of it is
// chance.
#ifndef TIDEWAITER_TRACE_FALSE_DISCOVERY_H_
#define TIDEWAITER_TRACE_FALSE_DISCOVERY_H_

#include <cstddef>
#include <vector>

namespace tidewaiter::trace {

// The chance that a standard normal variable exceeds z.
double UpperTail(double z);

// For each p value the smallest rate at which it would still be kept, in the order given. `tests`
// is the number of hypotheses tested, at least p.size(): those that are not in `p` count as larger
// than all that are, which can only make the answer stricter.
std::vector<double> AdjustedForDiscovery(const std::vector<double>& p, size_t tests);

// The same for tests that cannot all reach small p values, as when few events are counted (Heyse,
// 2011): `expected` is for each p value how many tests chance alone lets reach one as small, which
// is p times all tests only where every test can reach any p.
std::vector<double> AdjustedForExpected(const std::vector<double>& p,
                                        const std::vector<double>& expected);

}  // namespace tidewaiter::trace

#endif  // TIDEWAITER_TRACE_FALSE_DISCOVERY_H_
