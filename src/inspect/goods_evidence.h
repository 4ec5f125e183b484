// What the distinct texts of a ledger say beside what is recognised in them: headings that their
// words speak for, part numbers, quantities.
#ifndef TIDEWAITER_INSPECT_GOODS_EVIDENCE_H_
#define TIDEWAITER_INSPECT_GOODS_EVIDENCE_H_

#include <string>
#include <vector>

#include "base/result.h"
#include "goods/heading_words.h"
#include "goods/stated.h"
#include "ledger/ledger.h"
#include "ledger/line_table.h"

namespace tidewaiter::inspect {

class EvidenceReader {
 public:
  static Result<EvidenceReader> Load(const std::string& resources);

  // Fills `evidence`.
  void AddTo(const ledger::Ledger& ledger, unsigned threads, ledger::KnownGoods& known) const;

 private:
  // As GoodsEvidence.
  struct Texts {
    std::string headings, part_numbers, parameters;
    double heading_margin = 0;
  };
  Texts Read(const ledger::Ledger& ledger, const ledger::GoodsText& goods) const;

  goods::HeadingWords words_;
  goods::StatedReader stated_;
};

}  // namespace tidewaiter::inspect

#endif  // TIDEWAITER_INSPECT_GOODS_EVIDENCE_H_
