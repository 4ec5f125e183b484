// A file is cut into blocks by its bytes, the blocks are read on all threads, and merged in their
// order while nothing of the result depends on which thread took which.
#include <algorithm>
#include <set>

#include "base/hash.h"
#include "base/parallel.h"
#include "ledger/block.h"
#include "ledger/doubts.h"
#include "ledger/input.h"
#include "ledger/ledger.h"
#include "ledger/repeated.h"

namespace tidewaiter::ledger {
namespace {

constexpr size_t kSampleRows = 10000;
constexpr size_t kFewCells = 200;
constexpr size_t kHashPiece = 16 << 20;
constexpr std::string_view kCorrectIt =
    "; correct the layout (tidewaiter layout FILE --write my.yaml)";

// The first cells of each column: up to kSampleRows of one that is a date or a number, whose form
// they decide, and a few of every other.
std::vector<std::vector<std::string>> SampleCells(std::string_view bytes, const Header& header,
                                                  const Nulls& nulls, size_t rows) {
  std::vector<std::vector<std::string>> cells(header.mapping.columns.size());
  tables::RowReader reader(bytes, header.data,
                           std::min<uint64_t>(bytes.size(), header.data + (64 << 20)),
                           header.data_line, header.format);
  size_t seen = 0;
  for (const auto* record = reader.Next(); record != nullptr && seen < rows;
       record = reader.Next()) {
    if (record->reason != tables::RejectReason::kNone) continue;
    ++seen;
    for (size_t i = 0; i < cells.size(); ++i) {
      const ColumnUse& use = header.mapping.columns[i].use;
      if (use.kind < ColumnUse::Kind::kField) continue;
      const bool decides = use.kind == ColumnUse::Kind::kField &&
                           (use.field == Field::kDate || IsNumeric(use.field));
      if (!decides && cells[i].size() >= kFewCells) continue;
      const std::string_view cell = Trim(record->fields[i]);
      if (!nulls.Contains(cell)) cells[i].emplace_back(cell);
    }
  }
  return cells;
}

Status PlanDates(const std::string& column, const std::vector<std::string>& cells,
                 const Mapping& mapping, Plan& plan, std::vector<std::string>& notes) {
  for (const auto& text : mapping.date_formats) {
    auto format = DateFormat::Parse(text);
    if (!format) return format.error();
    plan.date_formats.push_back(*format);
  }
  if (!plan.date_formats.empty() || cells.empty()) return {};
  std::vector<DateFormat> fitting = FormatsThatFit(cells);
  if (fitting.empty()) {
    notes.push_back(column +
                    ": no known date format fits all its cells, so dates are unknown; state "
                    "`dates` in a layout");
    return {};
  }
  const bool ambiguous = std::any_of(cells.begin(), cells.end(), [&](const std::string& cell) {
    return std::any_of(fitting.begin() + 1, fitting.end(), [&](const DateFormat& other) {
      return other.Read(cell) != fitting.front().Read(cell);
    });
  });
  if (ambiguous) {
    notes.push_back(column + ": its dates can be read as " + fitting[0].text() + " and as " +
                    fitting[1].text() + ", so they are unknown; state `dates` in a layout");
    return {};
  }
  notes.push_back(column + ": read as " + fitting.front().text());
  plan.date_formats.push_back(fitting.front());
  return {};
}

char PlanDecimal(const std::string& column, const std::vector<std::string>& cells,
                 const Mapping& mapping, std::vector<std::string>& notes) {
  if (mapping.decimal != 0) return mapping.decimal;
  DecimalVote vote;
  for (const auto& cell : cells) vote.Add(cell);
  if (vote.Ambiguous()) {
    notes.push_back(
        column +
        ": numbers like 1,234 are read with a comma between thousands; state `decimal` in a " +
        "layout if it is the decimal sign");
  }
  if (vote.Contradictory()) {
    notes.push_back(column + ": decimal points and decimal commas side by side; most decide: '" +
                    vote.Decide() + "'");
  }
  if (vote.Decide() == ',') notes.push_back(column + ": numbers are read with a decimal comma");
  return vote.Decide();
}

// Which of several columns of one field comes first is the layout's order, not the file's.
void OrderByPreference(const Layout* layout, const Mapping& mapping, Plan& plan) {
  if (layout == nullptr) return;
  auto rank = [&](const Plan::FieldColumn& column) {
    const std::string name = NormaliseHeader(mapping.columns[column.column].name);
    for (size_t i = 0; i < layout->columns.size(); ++i) {
      if (layout->columns[i].first == name) return i;
    }
    return layout->columns.size();
  };
  std::stable_sort(plan.fields.begin(), plan.fields.end(),
                   [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
}

Result<Plan> MakePlan(std::string_view bytes, const Header& header, const ImportOptions& options,
                      Source& source) {
  const Mapping& mapping = header.mapping;
  Plan plan;
  plan.format = header.format;
  plan.nulls = Nulls(mapping.nulls);
  plan.hs_digits = mapping.hs_digits;
  plan.zero_is_missing = mapping.zero_is_missing;
  plan.constants = mapping.constants;
  plan.mass_units = mapping.mass_units;
  source.notes.insert(source.notes.end(), mapping.assumptions.begin(), mapping.assumptions.end());
  const auto samples = SampleCells(bytes, header, plan.nulls, kSampleRows);
  for (size_t i = 0; i < mapping.columns.size(); ++i) {
    const auto& [name, use] = mapping.columns[i];
    if (std::string doubt = Doubt(use, samples[i], mapping.date_formats); !doubt.empty())
      source.doubts.push_back(name + ": " + doubt + std::string(kCorrectIt));
    if (use.kind == ColumnUse::Kind::kParty) {
      plan.parties[static_cast<size_t>(use.role)].push_back(
          {i, use.attribute, use.identifier_kind, use.basis});
    }
    if (use.kind != ColumnUse::Kind::kField || IsMassUnit(use.field)) continue;
    char decimal = '.';
    if (IsNumeric(use.field)) decimal = PlanDecimal(name, samples[i], mapping, source.notes);
    if (use.field == Field::kDate)
      TW_RETURN_IF_ERROR(PlanDates(name, samples[i], mapping, plan, source.notes));
    const auto unit = use.unit_by_row ? mapping.UnitColumn(use.field) : std::nullopt;
    if (use.unit_by_row && !unit) {
      source.notes.push_back(name +
                             ": no column is taken for its unit, so it is unknown; name one "
                             "in the layout (mass_unit)");
      continue;
    }
    plan.fields.push_back({i, use.field, use.scale, decimal, unit});
  }
  const Layout* layout =
      options.layout != nullptr ? options.layout : options.layouts->Find(mapping.layout);
  OrderByPreference(layout, mapping, plan);
  return plan;
}

// Of a file that is being read at the same time.
std::string HashOf(const tables::Intake& intake) {
  Sha256Stream stream;
  for (size_t at = 0; at < intake.raw().size(); at += kHashPiece) {
    stream.Add(intake.raw().substr(at, kHashPiece));
    intake.Rest();
  }
  return stream.FinishHex();
}

void NoteTrouble(const std::vector<ColumnTrouble>& troubles, std::string_view what,
                 Source& source) {
  for (size_t i = 0; i < troubles.size(); ++i) {
    const ColumnTrouble& trouble = troubles[i];
    if (trouble.count == 0) continue;
    source.notes.push_back(source.mapping.columns[i].name + ": " + std::to_string(trouble.count) +
                           (trouble.count == 1 ? " cell " : " cells ") + std::string(what) +
                           ", first in line " + std::to_string(trouble.first_line) + ": \"" +
                           trouble.first_text + "\"");
  }
}

// Reads all blocks of a source into the ledger.
void ReadSource(const tables::Intake& intake, const Header& header, const Plan& plan,
                const ImportOptions& options, uint16_t index, Ledger& ledger, MergeTables& tables,
                Progress& progress) {
  const std::string_view bytes = intake.bytes();
  const auto blocks =
      tables::CutBlocks(bytes, header.data, header.data_line, plan.format,
                        std::max<uint64_t>(1, options.block_bytes), [&] { intake.Rest(); });
  Source& source = ledger.sources[index];
  std::vector<ColumnTrouble> unreadable(header.mapping.columns.size()),
      padded(header.mapping.columns.size()), without_unit(header.mapping.columns.size());
  const size_t lines_before = ledger.lines.size(), rejects_before = ledger.rejects.size();
  const size_t ahead = size_t{4} * std::max(1U, options.threads);
  size_t merged = 0;
  const auto read = [&](size_t i) {
    return ReadBlock(bytes, blocks[i], blocks[i].first_record, plan);
  };
  const auto merge = [&](const BlockResult& result) {
    MergeBlock(result, index, ledger, tables);
    source.rows += result.rows;
    for (size_t i = 0; i < unreadable.size(); ++i) {
      unreadable[i].Merge(result.unreadable[i]);
      padded[i].Merge(result.padded[i]);
      without_unit[i].Merge(result.without_unit[i]);
    }
    progress.Done(blocks[merged].offset + blocks[merged].length);
    if (++merged % ahead == 0) intake.Rest();
  };
  TakeInOrder(blocks.size(), options.threads, ahead, read, merge);
  source.lines = ledger.lines.size() - lines_before;
  source.rejects = ledger.rejects.size() - rejects_before;
  NoteTrouble(unreadable, "could not be read", source);
  NoteTrouble(without_unit, "without a known unit beside, and so unknown", source);
  NoteTrouble(padded, "had lost a leading zero, which was put back", source);
}

tables::IntakeOptions IntakeOptionsOf(const ImportOptions& options) {
  tables::IntakeOptions intake;
  intake.encoding = options.encoding;
  intake.sheet = options.sheet;
  intake.threads = options.threads;
  return intake;
}

Error NotUsable(const std::string& path, const Header& header) {
  return BadInput(
      "no layout fits this header, and its names alone do not say who ships what; run `tidewaiter "
      "layout " +
          path + " --write my.yaml`, correct it, and give --layout my.yaml",
      path, header.line);
}

Status ImportFile(const std::string& path, const ImportOptions& options, Ledger& ledger,
                  MergeTables& tables, Progress& progress) {
  TW_ASSIGN_OR_RETURN(const auto intake, tables::Intake::Open(path, IntakeOptionsOf(options)));
  const std::string_view bytes = intake->bytes();
  progress.Stage("read " + BaseName(path), bytes.size());
  const std::string name = path == "-" ? "standard input" : path;
  TW_ASSIGN_OR_RETURN(const Header header, FindHeader(*intake, name, options));
  if (!header.mapping.Usable()) return NotUsable(name, header);
  Source source;
  source.path = path;
  source.name = path == "-" ? name : BaseName(path);
  source.bytes = intake->raw().size();
  source.mapping = header.mapping;
  source.kind = intake->kind();
  source.notes = intake->notes();
  source.doubts = MissingColumns(options.layout, header.mapping);
  source.intake = intake;
  source.format = header.format;
  TW_ASSIGN_OR_RETURN(const Plan plan, MakePlan(bytes, header, options, source));
  const auto index = static_cast<uint16_t>(ledger.sources.size());
  ledger.sources.push_back(std::move(source));
  std::string sha256;
  TW_RETURN_IF_ERROR(
      DoTogether(options.threads, {[&] { return sha256 = HashOf(*intake), Status(); },
                                   [&] {
                                     ReadSource(*intake, header, plan, options, index, ledger,
                                                tables, progress);
                                     return Status();
                                   }}));
  ledger.sources[index].sha256 = std::move(sha256);
  return {};
}

}  // namespace

Result<std::vector<std::string>> CellsAt(const Source& source, uint64_t offset, uint64_t length) {
  const std::string_view bytes = source.intake->bytes();
  if (offset > bytes.size() || bytes.size() - offset < length)
    return BadInput("has no row at byte " + std::to_string(offset), source.path);
  tables::RowReader reader(bytes, offset, offset + length, 1, source.format);
  const tables::Record* record = reader.Next();
  if (record == nullptr) return std::vector<std::string>{};
  return std::vector<std::string>(record->fields.begin(), record->fields.end());
}

Result<Ledger> Import(const std::vector<std::string>& files, const ImportOptions& options,
                      Progress& progress) {
  Ledger ledger;
  MergeTables tables;
  std::set<std::string> names;
  for (const std::string& file : files) {
    if (!names.insert(BaseName(file)).second) {
      return UsageError("two inputs are called " + BaseName(file) +
                        "; rows are cited by file name: rename one");
    }
    TW_RETURN_IF_ERROR(ImportFile(file, options, ledger, tables, progress));
  }
  // One looks at hashes and sources, the other at parties.
  TW_RETURN_IF_ERROR(
      DoTogether(options.threads, {[&] { return NoteRepeatedRows(ledger), Status(); },
                                   [&] {
                                     AssignEntities(ledger, options.threads);
                                     return Status();
                                   }}));
  return ledger;
}

Result<HeaderView> ReadHeader(const std::string& file, const ImportOptions& options,
                              size_t samples) {
  TW_ASSIGN_OR_RETURN(const auto intake, tables::Intake::Open(file, IntakeOptionsOf(options)));
  TW_ASSIGN_OR_RETURN(Header header, FindHeader(*intake, file, options));
  HeaderView view{std::move(header.mapping), header.line, {}, {}, intake->kind(), intake->notes()};
  for (auto& missing : MissingColumns(options.layout, view.mapping)) view.notes.push_back(missing);
  for (const auto& assumed : view.mapping.assumptions) view.notes.push_back(assumed);
  view.samples.resize(view.mapping.columns.size());
  std::vector<std::vector<std::string>> cells(view.mapping.columns.size());
  const Nulls nulls(view.mapping.nulls);
  tables::RowReader reader(intake->bytes(), header.data, intake->bytes().size(), header.data_line,
                           header.format);
  constexpr int kRows = 1000;
  int rows = 0;
  for (const auto* record = reader.Next(); record != nullptr && rows < kRows;
       record = reader.Next(), ++rows) {
    if (record->reason != tables::RejectReason::kNone) continue;
    for (size_t i = 0; i < view.samples.size(); ++i) {
      const std::string cell(Trim(record->fields[i]));
      auto& seen = view.samples[i];
      if (!nulls.Contains(cell) && cells[i].size() < kFewCells) cells[i].push_back(cell);
      if (!cell.empty() && seen.size() < samples &&
          std::find(seen.begin(), seen.end(), cell) == seen.end()) {
        seen.push_back(cell);
      }
    }
  }
  for (size_t i = 0; i < cells.size(); ++i)
    view.doubts.push_back(Doubt(view.mapping.columns[i].use, cells[i], view.mapping.date_formats));
  return view;
}

}  // namespace tidewaiter::ledger
