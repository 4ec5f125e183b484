// The truth about a synthetic corpus, beside it in FILE.truth/:
//   rows.csv      one line a row: row, scheme, kind, the entity of each party, brand, model,
//   component_class,
//                 declared_hs, true_hs, plain (1: the text says what it is, 0: disguised as
//                 something vague)
//   parties.csv   every party that occurs and every spelling that it may have: entity, spelling,
//   name, local_name,
//                 address, code (address: of its own; some parties of schemes sit at another's)
//   schemes.json  the planted schemes: id, kind, parties, route, control date, rows
//   corpus.json   how the corpus was made: lines, seed, layout, first and last day
#ifndef TIDEWAITER_SYNTH_TRUTH_H_
#define TIDEWAITER_SYNTH_TRUTH_H_

#include <cstdint>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "synth/layout.h"
#include "synth/plan.h"

namespace tidewaiter::synth {

// The truth about the rows of one day.
struct TruthRows {
  std::string text;  // lines of rows.csv
  std::vector<Party> parties;
};
void AppendTruth(const RowView& row, const Plan& plan, TruthRows& out);

class TruthWriter {
 public:
  // `folder` is made; files in it are replaced.
  static Result<TruthWriter> Create(const std::string& folder);

  Status Add(const TruthRows& rows);
  // The rest of the files. `about` is corpus.json.
  Status Finish(const World& world, const Plan& plan, const std::string& about);

 private:
  TruthWriter(std::string folder, AtomicFile rows)
      : folder_(std::move(folder)), rows_(std::move(rows)) {}
  Status WriteParties(const World& world);

  std::string folder_;
  AtomicFile rows_;
  std::vector<std::vector<bool>> occurs_;  // by country and id
};

}  // namespace tidewaiter::synth

#endif  // TIDEWAITER_SYNTH_TRUTH_H_
