// The lines and the parties of a ledger as tables that SQL reads where they lie in memory.
#ifndef TIDEWAITER_LEDGER_LINE_TABLE_H_
#define TIDEWAITER_LEDGER_LINE_TABLE_H_

#include <array>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_pool.h"
#include "ledger/ledger.h"
#include "tables/virtual_table.h"

namespace tidewaiter::ledger {

// What few texts say: nothing of it is a recognition.
// Texts are ids into KnownGoods::texts.
struct GoodsEvidence {
  // Where the declared heading is not among the five that the text's words speak for most: these,
  // each with its probability ("8501 0.62; 8503 0.11"), and how much likelier the first is than the
  // declared one. Else empty.
  Id headings = 0;
  Id part_numbers = 0, parameters = 0;  // parted by "; "
  double heading_margin = 0;
};

// What goods recognition makes of a text. Empty text and confidence 0: not recognised.
struct RecognisedGoods {
  std::string brand, model, component_class;
  double brand_confidence = 0, model_confidence = 0, component_class_confidence = 0;
  double vagueness = 0;
  std::optional<bool> code_agreement;
};

// What is known of the goods of a ledger beside what the rows say. Most texts say what others say
// too, so what is recognised is kept once.
struct KnownGoods {
  std::vector<RecognisedGoods> recognitions;
  std::vector<uint32_t> recognised_as;  // by Ledger::goods, into recognitions
  std::vector<GoodsEvidence> evidence;  // by Ledger::goods; empty: nobody looked
  TextPool texts;
};

// The columns of lines.parquet, in order. Ledger and goods must outlive the table.
class LineTable : public tables::VirtualTable {
 public:
  LineTable(const Ledger& ledger, const KnownGoods& known);
  LineTable(const LineTable&) = delete;  // its columns point into it
  LineTable& operator=(const LineTable&) = delete;
  const std::vector<tables::VirtualColumn>& columns() const override { return columns_; }
  uint64_t rows() const override { return ledger_.lines.size(); }
  void Fill(size_t column, uint64_t first, size_t count, tables::CellWriter& cells) const override;

 private:
  using FillColumn = std::function<void(size_t first, size_t count, tables::CellWriter& cells)>;

  template <typename CellOf>
  void Add(std::string name, tables::CellType type, CellOf cell);
  template <typename Of>
  void AddText(std::string name, Of of);
  template <typename Of>
  void AddInteger(std::string name, Of of);
  template <typename Of>
  void AddNumber(std::string name, Of of);
  template <typename Of>
  void AddPrepared(std::string name, Of of);
  void AddGoodsText(std::string name, Id GoodsText::* text);
  void AddRecognisedText(std::string name, std::string RecognisedGoods::* text);
  void AddEvidence(std::string name, Id GoodsEvidence::* text);
  void AddDay(std::string name, const std::vector<Date>& days);
  void PrepareParties();
  void AddWhere();
  void AddWhat();
  void AddRecognised();
  void AddHowMuch();
  void AddWho(Role role);

  const Ledger& ledger_;
  const RecognisedGoods& Recognised(size_t line) const;

  const KnownGoods& known_;
  std::vector<std::array<char, 17>> entity_texts_;      // by party: as EntityText
  std::vector<tables::PreparedText> names_, entities_;  // by party
  // By column and goods, or recognition.
  std::deque<std::vector<tables::PreparedText>> goods_texts_;
  std::vector<tables::VirtualColumn> columns_;
  std::vector<FillColumn> fill_;  // by column
};

// entity, name, name_en, address, country, identifiers (a JSON object kind -> value): one row per
// distinct mention.
class PartyTable : public tables::VirtualTable {
 public:
  explicit PartyTable(const Ledger& ledger) : ledger_(ledger) {}
  const std::vector<tables::VirtualColumn>& columns() const override;
  uint64_t rows() const override { return ledger_.parties.size() - 1; }
  void Fill(size_t column, uint64_t first, size_t count, tables::CellWriter& cells) const override;

 private:
  const Ledger& ledger_;
};

}  // namespace tidewaiter::ledger

#endif  // TIDEWAITER_LEDGER_LINE_TABLE_H_
