// Rows go into a table `line_store` that has only the columns for which there is data, entities and
// hashes as numbers, and words that are few (countries, units, brands) as an ENUM; the view `lines`
// gives the full shape. lines.parquet is copied from the view, in parallel and in order. Tried and
// left: every text as one ENUM, which DuckDB stores again with each column (900 MB instead of 50),
// and a plain table of texts (twice the time).
#include "ledger/write.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/file.h"
#include "tables/csv.h"
#include "tables/duckdb.h"

namespace tidewaiter::ledger {
namespace {

enum class Storage : uint8_t { kCode, kText, kInteger, kNumber, kBoolean, kDay, kEntity };

struct Column {
  std::string name;
  Storage storage;
  bool present = true;  // some source has data for it
};

std::string_view StorageType(Storage storage) {
  constexpr std::array<std::string_view, 7> kTypes = {"word",    "VARCHAR", "BIGINT", "DOUBLE",
                                                      "BOOLEAN", "DATE",    "UBIGINT"};
  return kTypes[static_cast<size_t>(storage)];
}

// How the view shows a column of the store.
std::string ViewExpression(const Column& column) {
  const std::string name = tables::QuoteName(column.name);
  const bool text = column.storage == Storage::kCode || column.storage == Storage::kEntity;
  const std::string type(text ? "VARCHAR" : StorageType(column.storage));
  if (!column.present) return "NULL::" + type + " AS " + name;
  if (column.storage == Storage::kEntity) return "format('e{:016x}', " + name + ") AS " + name;
  if (column.name == "row_hash")
    return "format('{:016x}{:016x}', row_hash_high, row_hash_low) AS row_hash";
  return column.storage == Storage::kCode ? name + "::VARCHAR AS " + name : name;
}

// The columns of the store that hold it.
std::string StoreColumns(const Column& column) {
  if (column.name == "row_hash") return "row_hash_high UBIGINT, row_hash_low UBIGINT";
  return tables::QuoteName(column.name) + " " + std::string(StorageType(column.storage));
}

// All columns of lines, in the order of LineWriter::Append.
std::vector<Column> AllColumns() {
  using enum Storage;
  std::vector<Column> columns = {{"source", kCode},
                                 {"row", kInteger},
                                 {"row_offset", kInteger},
                                 {"row_length", kInteger},
                                 {"row_hash", kText},
                                 {"date", kDay},
                                 {"date_to", kDay},
                                 {"declaration", kText},
                                 {"direction", kCode},
                                 {"procedure", kCode},
                                 {"hs", kText},
                                 {"description", kText},
                                 {"description_en", kText},
                                 {"brand", kCode},
                                 {"brand_confidence", kNumber},
                                 {"model", kCode},
                                 {"model_confidence", kNumber},
                                 {"component_class", kCode},
                                 {"component_class_confidence", kNumber},
                                 {"vagueness", kNumber},
                                 {"code_agreement", kBoolean},
                                 {"quantity", kNumber},
                                 {"unit", kCode},
                                 {"net_mass_kg", kNumber},
                                 {"gross_mass_kg", kNumber},
                                 {"value", kNumber},
                                 {"currency", kCode},
                                 {"value_usd", kNumber},
                                 {"origin", kCode},
                                 {"departure", kCode},
                                 {"destination", kCode}};
  for (const Role role : AllRoles()) {
    const std::string name(ToString(role));
    columns.push_back({name, kText});
    columns.push_back({name + "_entity", kEntity});
  }
  return columns;
}

// Every distinct word of the coded columns, and its number. Number 0 is "absent"; a code is the
// number less one.
struct Words {
  Strings pool;
  std::vector<Id> of_string;                  // by id in Ledger::strings; 0 when it is no word
  std::vector<std::array<Id, 3>> recognised;  // by goods: brand, model, class
  std::vector<Id> sources;                    // by source
  bool few = true;  // an ENUM is worth it: DuckDB repeats it for each column
};

Words CollectWords(const Ledger& ledger, const std::vector<RecognisedGoods>& recognised) {
  constexpr size_t kFew = 4096;
  Words words;
  words.of_string.resize(ledger.strings.size());
  auto add = [&](Id id) {
    if (id != 0 && words.of_string[id] == 0)
      words.of_string[id] = words.pool.Intern(ledger.Text(id));
  };
  for (const Source& source : ledger.sources)
    words.sources.push_back(words.pool.Intern(source.name));
  for (const auto* ids : {&ledger.lines.unit, &ledger.lines.currency, &ledger.lines.procedure}) {
    for (const Id id : *ids) add(id);
  }
  for (const Route& route : ledger.routes) {
    for (const Id id : {route.direction, route.origin, route.departure, route.destination}) add(id);
  }
  for (const RecognisedGoods& goods : recognised) {
    words.recognised.push_back({words.pool.Intern(goods.brand), words.pool.Intern(goods.model),
                                words.pool.Intern(goods.component_class)});
  }
  words.few = words.pool.size() > 1 && words.pool.size() <= kFew;
  return words;
}

Status CreateWordType(const Words& words, tables::Connection& connection) {
  std::vector<std::string_view> values;
  for (Id id = 1; id < words.pool.size(); ++id) values.push_back(words.pool[id]);
  return connection.CreateEnum("word", values);
}

// The columns for this ledger: those of roles that no source has are absent from the store.
std::vector<Column> ColumnsOf(const Ledger& ledger, const Words& words) {
  std::vector<Column> columns = AllColumns();
  for (Column& column : columns) {
    std::string_view name = column.name;
    if (column.storage == Storage::kEntity) name.remove_suffix(std::string_view("_entity").size());
    if (const auto role = ParseRole(name)) column.present = ledger.Covers(*role);
    if (column.storage == Storage::kCode && !words.few) column.storage = Storage::kText;
  }
  return columns;
}

Status CreateStore(const std::vector<Column>& columns, tables::Connection& connection) {
  std::string table, view;
  for (const Column& column : columns) {
    view += (view.empty() ? "" : ", ") + ViewExpression(column);
    if (column.present) table += (table.empty() ? "" : ", ") + StoreColumns(column);
  }
  TW_RETURN_IF_ERROR(connection.Run("CREATE TABLE line_store (" + table + ")"));
  return connection.Run("CREATE VIEW lines AS SELECT " + view + " FROM line_store");
}

// Writes a chunk of lines column by column: neighbouring cells of a column are looked up
// independently of each other, so the memory's latencies overlap.
class LineWriter {
 public:
  LineWriter(const Ledger& ledger, const std::vector<RecognisedGoods>& recognised,
             const Words& words, tables::Appender appender)
      : ledger_(ledger),
        lines_(ledger.lines),
        recognised_(recognised),
        words_(words),
        appender_(std::move(appender)) {
    for (Id id = 0; id < ledger.parties.size(); ++id) names_.push_back(ledger.DisplayName(id));
  }

  // Lines [first, first + count).
  Status Append(size_t first, size_t count);
  Status Close() { return appender_.Close(); }

 private:
  // Each fills the next column with what `of(line)` gives: a text or word that may be empty, ...
  template <typename Of>
  void Texts(const Of& of) {
    for (size_t i = 0; i < count_; ++i) {
      const std::string_view text = of(first_ + i);
      if (text.empty()) continue;
      appender_.At(i);
      appender_.Text(column_, text);
    }
    ++column_;
  }
  template <typename Of>
  void Numbered(const Of& of) {
    if (!words_.few) return Texts([&](size_t line) { return words_.pool[of(line)]; });
    for (size_t i = 0; i < count_; ++i) {
      const Id number = of(first_ + i);
      if (number == 0) continue;
      appender_.At(i);
      appender_.Code(column_, number - 1);
    }
    ++column_;
  }
  template <typename Of>
  void WordsOf(const Of& of) {
    Numbered([&](size_t line) { return words_.of_string[of(line)]; });
  }
  template <typename Of>
  void Integers(const Of& of) {
    for (size_t i = 0; i < count_; ++i) {
      appender_.At(i);
      appender_.Integer(column_, static_cast<int64_t>(of(first_ + i)));
    }
    ++column_;
  }
  template <typename Of>
  void Numbers(const Of& of) {
    for (size_t i = 0; i < count_; ++i) {
      const double value = of(first_ + i);
      if (std::isnan(value)) continue;
      appender_.At(i);
      appender_.Number(column_, value);
    }
    ++column_;
  }
  void Days(const std::vector<Date>& days) {
    for (size_t i = 0; i < count_; ++i) {
      const Date day = days[first_ + i];
      if (day <= kDistantPast || day >= kDistantFuture) continue;
      appender_.At(i);
      appender_.Day(column_, day);
    }
    ++column_;
  }
  void Agreement();
  void Where();
  void What();
  void Recognised();
  void HowMuch();
  void Who();

  const Ledger& ledger_;
  const Lines& lines_;
  const std::vector<RecognisedGoods>& recognised_;
  const Words& words_;
  tables::Appender appender_;
  std::vector<std::string_view> names_;  // by party
  size_t first_ = 0, count_ = 0, column_ = 0;
};

void LineWriter::Where() {
  Numbered([&](size_t line) { return words_.sources[lines_.source[line]]; });
  Integers([&](size_t line) { return lines_.row[line]; });
  Integers([&](size_t line) { return lines_.offset[line]; });
  Integers([&](size_t line) { return lines_.length[line]; });
  Integers([&](size_t line) { return lines_.hash[line][0]; });
  Integers([&](size_t line) { return lines_.hash[line][1]; });
  Days(lines_.from);
  Days(lines_.to);
  Texts([&](size_t line) { return ledger_.Text(lines_.declaration[line]); });
  WordsOf([&](size_t line) { return ledger_.routes[lines_.route[line]].direction; });
  WordsOf([&](size_t line) { return lines_.procedure[line]; });
}

void LineWriter::What() {
  const auto goods = [&](size_t line) -> const GoodsText& {
    return ledger_.goods[lines_.goods[line]];
  };
  Texts([&](size_t line) { return ledger_.Text(goods(line).hs); });
  Texts([&](size_t line) { return ledger_.Text(goods(line).description); });
  Texts([&](size_t line) { return ledger_.Text(goods(line).description_en); });
}

void LineWriter::Agreement() {
  for (size_t i = 0; i < count_; ++i) {
    const auto& agreement = recognised_[lines_.goods[first_ + i]].code_agreement;
    if (!agreement) continue;
    appender_.At(i);
    appender_.Boolean(column_, *agreement);
  }
  ++column_;
}

void LineWriter::Recognised() {
  constexpr std::array<double RecognisedGoods::*, 3> kConfidences = {
      &RecognisedGoods::brand_confidence, &RecognisedGoods::model_confidence,
      &RecognisedGoods::component_class_confidence};
  for (size_t k = 0; k < kConfidences.size(); ++k) {
    Numbered([&](size_t line) { return words_.recognised[lines_.goods[line]][k]; });
    Numbers([&](size_t line) {
      const Id goods = lines_.goods[line];
      return words_.recognised[goods][k] == 0 ? std::nan("") : recognised_[goods].*kConfidences[k];
    });
  }
  Numbers([&](size_t line) { return recognised_[lines_.goods[line]].vagueness; });
  Agreement();
}

void LineWriter::HowMuch() {
  Numbers([&](size_t line) { return lines_.quantity[line]; });
  WordsOf([&](size_t line) { return lines_.unit[line]; });
  Numbers([&](size_t line) { return lines_.net_mass_kg[line]; });
  Numbers([&](size_t line) { return lines_.gross_mass_kg[line]; });
  Numbers([&](size_t line) { return lines_.value[line]; });
  // A currency without an amount says nothing.
  WordsOf([&](size_t line) { return std::isnan(lines_.value[line]) ? 0 : lines_.currency[line]; });
  Numbers([&](size_t line) { return lines_.value_usd[line]; });
}

void LineWriter::Who() {
  for (const auto country : {&Route::origin, &Route::departure, &Route::destination}) {
    WordsOf([&](size_t line) { return ledger_.routes[lines_.route[line]].*country; });
  }
  for (const Role role : AllRoles()) {
    if (!ledger_.Covers(role)) continue;
    Texts([&](size_t line) { return names_[lines_.PartyOf(role, line)]; });
    for (size_t i = 0; i < count_; ++i) {
      const Id party = lines_.PartyOf(role, first_ + i);
      if (party == 0) continue;
      appender_.At(i);
      appender_.Integer(column_, static_cast<int64_t>(ledger_.parties[party].entity));
    }
    ++column_;
  }
}

Status LineWriter::Append(size_t first, size_t count) {
  first_ = first;
  count_ = count;
  column_ = 0;
  Where();
  What();
  Recognised();
  HowMuch();
  Who();
  return appender_.EndRows(count);
}

Status AppendLines(const Ledger& ledger, const std::vector<RecognisedGoods>& recognised,
                   tables::Connection& connection, Progress& progress) {
  progress.Stage("write lines", ledger.lines.size());
  const Words words = CollectWords(ledger, recognised);
  if (words.few) TW_RETURN_IF_ERROR(CreateWordType(words, connection));
  TW_RETURN_IF_ERROR(CreateStore(ColumnsOf(ledger, words), connection));
  TW_ASSIGN_OR_RETURN(tables::Appender appender, connection.Append("line_store"));
  LineWriter writer(ledger, recognised, words, std::move(appender));
  constexpr size_t kChunk = tables::Appender::kChunkRows;
  for (size_t first = 0; first < ledger.lines.size(); first += kChunk) {
    TW_RETURN_IF_ERROR(writer.Append(first, std::min(kChunk, ledger.lines.size() - first)));
    progress.Done(first);
  }
  return writer.Close();
}

std::string IdentifiersJson(const Ledger& ledger, const Party& party) {
  if (party.identifiers.empty()) return {};
  Json json = Json::Object{};
  for (const auto& [kind, value] : party.identifiers)
    json.Set(std::string(ledger.Text(kind)), ledger.Text(value));
  return json.Dump();
}

Status AppendParties(const Ledger& ledger, tables::Connection& connection) {
  TW_RETURN_IF_ERROR(connection.Run(
      "CREATE TABLE parties (entity VARCHAR, name VARCHAR, name_en VARCHAR, address VARCHAR, "
      "country VARCHAR, identifiers VARCHAR)"));
  TW_ASSIGN_OR_RETURN(tables::Appender appender, connection.Append("parties"));
  for (Id id = 1; id < ledger.parties.size(); ++id) {
    const Party& party = ledger.parties[id];
    auto text = [&](size_t column, std::string_view value) {
      if (!value.empty()) appender.Text(column, value);
    };
    text(0, ledger.EntityText(id));
    text(1, ledger.Text(party.Get(Attribute::kName)));
    text(2, ledger.Text(party.Get(Attribute::kNameEn)));
    text(3, ledger.Text(party.Get(Attribute::kAddress)));
    text(4, ledger.Text(party.Get(Attribute::kCountry)));
    text(5, IdentifiersJson(ledger, party));
    TW_RETURN_IF_ERROR(appender.EndRow());
  }
  return appender.Close();
}

Status AppendSources(const Ledger& ledger, tables::Connection& connection) {
  TW_RETURN_IF_ERROR(
      connection.Run("CREATE TABLE sources (source VARCHAR, sha256 VARCHAR, bytes BIGINT, layout "
                     "VARCHAR, \"rows\" BIGINT, "
                     "lines BIGINT, rejects BIGINT)"));
  TW_ASSIGN_OR_RETURN(tables::Appender appender, connection.Append("sources"));
  for (const Source& source : ledger.sources) {
    appender.Text(0, source.name);
    appender.Text(1, source.sha256);
    appender.Integer(2, static_cast<int64_t>(source.bytes));
    if (!source.mapping.layout.empty()) appender.Text(3, source.mapping.layout);
    appender.Integer(4, static_cast<int64_t>(source.rows));
    appender.Integer(5, static_cast<int64_t>(source.lines));
    appender.Integer(6, static_cast<int64_t>(source.rejects));
    TW_RETURN_IF_ERROR(appender.EndRow());
  }
  return appender.Close();
}

Status AppendCoverage(const Ledger& ledger, tables::Connection& connection) {
  TW_RETURN_IF_ERROR(connection.Run("CREATE TABLE coverage (field VARCHAR)"));
  TW_ASSIGN_OR_RETURN(tables::Appender appender, connection.Append("coverage"));
  for (size_t i = 0; i < kFieldCount; ++i) {
    if (!ledger.Covers(static_cast<Field>(i))) continue;
    appender.Text(0, ToString(static_cast<Field>(i)));
    TW_RETURN_IF_ERROR(appender.EndRow());
  }
  for (const Role role : AllRoles()) {
    if (!ledger.Covers(role)) continue;
    appender.Text(0, ToString(role));
    TW_RETURN_IF_ERROR(appender.EndRow());
  }
  return appender.Close();
}

Status CreateMentions(const Ledger& ledger, tables::Connection& connection) {
  std::string sql;
  for (const Role role : AllRoles()) {
    if (!ledger.Covers(role)) continue;
    const std::string name(ToString(role));
    sql += sql.empty() ? "" : " UNION ALL ";
    sql += "SELECT source, \"row\", '" + name + "' AS role, " + name + " AS name, " + name +
           "_entity AS entity FROM lines WHERE " + name + "_entity IS NOT NULL";
  }
  if (sql.empty()) {
    sql =
        "SELECT source, \"row\", NULL::VARCHAR AS role, NULL::VARCHAR AS name, NULL::VARCHAR AS "
        "entity FROM lines "
        "WHERE false";
  }
  return connection.Run("CREATE VIEW mentions AS " + sql);
}

Status WriteRejects(const Ledger& ledger, const std::string& path) {
  TW_ASSIGN_OR_RETURN(AtomicFile file, AtomicFile::Create(path));
  TW_RETURN_IF_ERROR(file.Append("source,row,row_offset,reason,text\n"));
  std::string line;
  for (const Reject& reject : ledger.rejects) {
    line.clear();
    tables::AppendCsvField(ledger.sources[reject.source].name, line);
    line += "," + std::to_string(reject.row) + "," + std::to_string(reject.offset) + ",";
    tables::AppendCsvField(reject.reason, line);
    line += ",";
    tables::AppendCsvField(reject.text, line);
    line += "\n";
    TW_RETURN_IF_ERROR(file.Append(line));
  }
  return file.Commit();
}

Status WriteTables(const Ledger& ledger, const std::vector<RecognisedGoods>& recognised,
                   const WritePaths& paths, unsigned threads, Progress& progress) {
  tables::DatabaseOptions options;
  options.threads = threads;
  TW_ASSIGN_OR_RETURN(const tables::Database database,
                      tables::Database::Open(paths.ledger_duckdb, options));
  TW_ASSIGN_OR_RETURN(tables::Connection connection, database.Connect());
  TW_RETURN_IF_ERROR(AppendLines(ledger, recognised, connection, progress));
  TW_RETURN_IF_ERROR(AppendParties(ledger, connection));
  TW_RETURN_IF_ERROR(AppendSources(ledger, connection));
  TW_RETURN_IF_ERROR(AppendCoverage(ledger, connection));
  TW_RETURN_IF_ERROR(CreateMentions(ledger, connection));
  if (!paths.lines_parquet.empty()) {
    progress.Stage("write lines.parquet", 0);
    TW_RETURN_IF_ERROR(connection.WriteParquet("SELECT * FROM lines", paths.lines_parquet));
  }
  if (!paths.ledger_duckdb.empty()) {
    progress.Stage("save ledger.duckdb", 0);
    TW_RETURN_IF_ERROR(connection.Run("CHECKPOINT"));
  };
  return {};
}

}  // namespace

std::vector<std::string> LineColumns() {
  std::vector<std::string> names;
  for (const auto& column : AllColumns()) names.push_back(column.name);
  return names;
}

Status WriteLedger(const Ledger& ledger, const std::vector<RecognisedGoods>& recognised,
                   const WritePaths& paths, unsigned threads, Progress& progress) {
  if (recognised.size() != ledger.goods.size()) {
    return InternalError("goods recognised: " + std::to_string(recognised.size()) + " of " +
                         std::to_string(ledger.goods.size()));
  }
  if (!paths.lines_parquet.empty() || !paths.ledger_duckdb.empty()) {
    TW_RETURN_IF_ERROR(WriteTables(ledger, recognised, paths, threads, progress));
  }
  if (!paths.rejects_csv.empty()) TW_RETURN_IF_ERROR(WriteRejects(ledger, paths.rejects_csv));
  return {};
}

}  // namespace tidewaiter::ledger
