// Customs corpora with planted diversion schemes and the truth about them: `tidewaiter synth`.
// Start here.
//
// Everything in a corpus is made up and says SYNTHETIC in each row; parties are invented, real
// brands occur only as goods, a few rows name parties of official lists. The same request gives the
// same bytes on every machine. Rows are streamed: memory grows with the number of parties and
// schemes, not with that of the rows.
//
// Order of the rows: by day; within a day the declarations of schemes are strewn among the honest
// ones.
#ifndef TIDEWAITER_SYNTH_SYNTH_H_
#define TIDEWAITER_SYNTH_SYNTH_H_

#include <cstdint>
#include <map>
#include <string>

#include "base/progress.h"
#include "base/result.h"

namespace tidewaiter::synth {

struct Request {
  uint64_t lines = 20000;  // 1,000 to 100,000,000
  std::string seed;        // any text
  std::string layout = "russia-import";
  std::string out;        // the CSV; OUT.truth/ is written beside it
  bool faults = false;    // spoil one row in 500, so that readers have something to reject
  unsigned threads = 1;   // changes nothing but the time
  std::string resources;  // the folder that holds synth/
};

struct Summary {
  uint64_t lines = 0;
  uint64_t spoiled = 0;                     // rows that are no rows, with faults
  std::map<std::string, uint64_t> schemes;  // how many of each kind
  uint64_t scheme_rows = 0;
};

Result<Summary> Write(const Request& request, Progress& progress);

}  // namespace tidewaiter::synth

#endif  // TIDEWAITER_SYNTH_SYNTH_H_
