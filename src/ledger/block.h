// One block of a source, turned into lines on one thread, with tables of its own. Merging the
// blocks in their order gives the ledger; nothing here knows of other blocks, so any number of
// threads may work.
#ifndef TIDEWAITER_LEDGER_BLOCK_H_
#define TIDEWAITER_LEDGER_BLOCK_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/cells.h"
#include "ledger/content_table.h"
#include "ledger/distinct.h"
#include "ledger/ledger.h"
#include "tables/rows.h"

namespace tidewaiter::ledger {

// How the cells of a source are read: decided once for the source.
struct Plan {
  tables::RowFormat format;
  Nulls nulls{{}};
  std::vector<DateFormat> date_formats;
  bool date_ambiguous = false;
  int hs_digits = 0;
  bool zero_is_missing = false;
  struct FieldColumn {
    size_t column;
    Field field;
    double scale;
    char decimal;
    std::optional<size_t> unit_column;  // of a mass whose unit stands in a column of its own
  };
  std::map<std::string, double> mass_units;  // as Mapping
  std::vector<FieldColumn> fields;           // in the layout's order of preference
  struct PartyColumn {
    size_t column;
    Attribute attribute;
    std::string identifier_kind;
    Basis basis;
  };
  std::array<std::vector<PartyColumn>, kRoleCount> parties;
  std::map<Field, std::string> constants;
};

// Cells of one column that could not be read, or were read with help.
struct ColumnTrouble {
  uint64_t count = 0;
  uint64_t first_line = 0;
  std::string first_text;
  void Add(uint64_t line, std::string_view text);
  void Merge(const ColumnTrouble& other);
};

struct BlockResult {
  TextPool strings;
  Lines lines;  // ids are of this block's tables; source is not set
  std::vector<Party> parties = std::vector<Party>(1);
  std::vector<GoodsText> goods = std::vector<GoodsText>(1);
  // Of all that they say, by their ids less one.
  std::vector<Hash128> party_contents, goods_contents;
  std::vector<Route> routes = std::vector<Route>(1);
  std::vector<Reject> rejects;
  uint64_t rows = 0;
  std::vector<ColumnTrouble> unreadable, padded, without_unit;  // by column of the file
};

// `first_row` is the number of data rows before the block.
BlockResult ReadBlock(std::string_view bytes, const tables::Block& block, uint64_t first_row,
                      const Plan& plan);

// The distinct parties, goods and routes of a ledger under construction.
struct MergeTables {
  ContentTable parties, goods;
  Distinct routes;
};

// Appends the block's lines and rejects to the ledger, its ids translated.
void MergeBlock(const BlockResult& block, uint16_t source, Ledger& ledger, MergeTables& tables);

}  // namespace tidewaiter::ledger

#endif  // TIDEWAITER_LEDGER_BLOCK_H_
