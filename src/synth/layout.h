// How a synthetic trade is written down: the columns of one real file layout, each filled with a
// field. Layouts are data (synth/layouts/NAME.yaml); the fields are code (fields.cc). Immutable
// after loading.
#ifndef TIDEWAITER_SYNTH_LAYOUT_H_
#define TIDEWAITER_SYNTH_LAYOUT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "synth/party.h"
#include "synth/trade.h"
#include "synth/vocabulary.h"

namespace tidewaiter::synth {

// What a field may look at.
struct RowView {
  const Trade& trade;
  const Vocabulary& vocabulary;
  const Namer& namer;
  uint64_t row = 0;        // from 1
  const Words& absent;     // the words with which the layout says that there is none
  std::string_view place;  // prefix of record ids: the layout's name in capitals
};

// Appends the raw text of a field, not yet quoted; nothing: an empty cell.
using FieldWriter = void (*)(const RowView&, std::string&);
FieldWriter FindField(std::string_view name);  // nullptr: there is none of that name
std::vector<std::string> FieldNames();

struct Column {
  std::string name;
  FieldWriter write = nullptr;  // nullptr: always `text`
  std::string text;
};

struct Layout {
  std::string name;
  std::string place;
  std::vector<Share> importers;  // countries of the importing side
  std::vector<Share> exporters;  // of the exporting side; empty: wherever the goods come from
  Words absent;  // "", NULL, ...: how its files say that there is no brand, side by side
  std::vector<Column> columns;

  static Result<Layout> Load(const std::string& resources, const std::string& name);

  void AppendHeader(std::string& out) const;
  // One line of CSV with its line end. `scratch` saves allocations.
  void AppendRow(const RowView& row, std::string& scratch, std::string& out) const;
};

// A description in one language ("ru", "en", "zh"), with its disguise and its noise.
void AppendDescription(const RowView& row, std::string_view language, std::string& out);

void AppendCsv(std::string_view field, std::string& out);

}  // namespace tidewaiter::synth

#endif  // TIDEWAITER_SYNTH_LAYOUT_H_
