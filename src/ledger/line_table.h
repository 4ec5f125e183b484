// The lines and the parties of a ledger as tables that SQL reads where they lie in memory.
#ifndef TIDEWAITER_LEDGER_LINE_TABLE_H_
#define TIDEWAITER_LEDGER_LINE_TABLE_H_

#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.h"
#include "tables/virtual_table.h"

namespace tidewaiter::ledger {

// What few texts say: nothing of it is a recognition.
struct GoodsEvidence {
  // Where the declared heading is not among the five that the text's words speak for most: these,
  // each with its probability ("8501 0.62; 8503 0.11"), and how much likelier the first is than the
  // declared one. Else empty.
  std::string headings;
  double heading_margin = 0;
  std::string part_numbers, parameters;  // parted by "; "
};

// What goods recognition made of one GoodsText. Empty text and confidence 0: not recognised.
struct RecognisedGoods {
  std::string brand, model, component_class;
  double brand_confidence = 0, model_confidence = 0, component_class_confidence = 0;
  double vagueness = 0;
  std::optional<bool> code_agreement;
  // Null: the text says nothing of the kind.
  std::unique_ptr<const GoodsEvidence> evidence;
};

// The columns of lines.parquet, in order. Ledger and recognised goods (by Ledger::goods) must
// outlive the table.
class LineTable : public tables::VirtualTable {
 public:
  LineTable(const Ledger& ledger, const std::vector<RecognisedGoods>& recognised);
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
  template <typename Of>
  void AddGoodsText(std::string name, Of of);
  void AddDay(std::string name, const std::vector<Date>& days);
  void PrepareParties();
  void AddWhere();
  void AddWhat();
  void AddRecognised();
  void AddHowMuch();
  void AddWho(Role role);

  const Ledger& ledger_;
  const std::vector<RecognisedGoods>& recognised_;
  std::vector<std::array<char, 17>> entity_texts_;             // by party: as EntityText
  std::vector<tables::PreparedText> names_, entities_;         // by party
  std::deque<std::vector<tables::PreparedText>> goods_texts_;  // by column and goods
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
