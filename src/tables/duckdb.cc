// The edge to DuckDB's C API. Two traps decide the shape: validity masks exist only once asked for,
// and strings of an answer live inside their chunk, so Rows keeps the chunk until the next one is
// fetched.
#include "tables/duckdb.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cstring>
#include <filesystem>
#include <utility>

#include "tables/duckdb_state.h"

namespace tidewaiter::tables {

namespace {

// An answer, freed with its owner.
struct Answer {
  duckdb_result result{};
  Answer() = default;
  Answer(const Answer&) = delete;
  Answer& operator=(const Answer&) = delete;
  ~Answer() { duckdb_destroy_result(&result); }
};

struct Prepared {
  duckdb_prepared_statement handle = nullptr;
  Prepared() = default;
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;
  ~Prepared() { duckdb_destroy_prepare(&handle); }
};

std::string Shorten(std::string_view sql) {
  constexpr size_t kShown = 200;
  return std::string(sql.substr(0, kShown)) + (sql.size() > kShown ? " ..." : "");
}

Error Problem(duckdb_error_type type, const char* message, std::string_view sql) {
  const std::string text = message == nullptr ? "unknown error" : message;
  // A full disk comes as a fatal error too, when it is met while a table is put in place.
  if (text.find("No space left on device") != text.npos)
    return BadInput("the disk is full; free some space and run again (" + text + ")");
  if (type == DUCKDB_ERROR_IO || type == DUCKDB_ERROR_PERMISSION)
    return BadInput("DuckDB: " + text);
  return InternalError("DuckDB: " + text + "; in: " + Shorten(sql));
}

Error Problem(duckdb_result& result, std::string_view sql) {
  return Problem(duckdb_result_error_type(&result), duckdb_result_error(&result), sql);
}

// DuckDB measures by the wall clock how long it waits for its threads, and gives a statement up,
// without a message, when the clock is put back meanwhile. What it gave up had no effect, so it is
// run again.
template <typename Statement>
duckdb_state Insist(duckdb_result& result, const Statement& run) {
  constexpr int kAttempts = 100;
  for (int attempt = 1;; ++attempt) {
    const duckdb_state state = run();
    if (state == DuckDBSuccess || duckdb_result_error(&result) != nullptr || attempt == kAttempts)
      return state;
    duckdb_destroy_result(&result);
  }
}

struct Config {
  duckdb_config handle = nullptr;
  Config() { duckdb_create_config(&handle); }
  Config(const Config&) = delete;
  Config& operator=(const Config&) = delete;
  ~Config() { duckdb_destroy_config(&handle); }
  bool Set(const char* name, const std::string& value) {
    return duckdb_set_config(handle, name, value.c_str()) == DuckDBSuccess;
  }
};

// DuckDB's own choice for a database in memory would be the folder that the user stands in. One for
// each database: DuckDB names the files in it alike, and empties it when the database closes.
std::string TemporaryFolder() {
  static std::atomic<unsigned> number{0};
  std::error_code error;
  const auto folder = std::filesystem::temp_directory_path(error);
  return ((error ? "/tmp" : folder) /
          ("tidewaiter-" + std::to_string(getpid()) + "-" + std::to_string(number++)))
      .string();
}

Status Configure(Config& config, const DatabaseOptions& options) {
  bool ok = config.Set("threads", std::to_string(std::max(1U, options.threads)));
  ok = ok && config.Set("memory_limit", std::to_string(options.memory_mb) + "MB");
  ok = ok && config.Set("autoinstall_known_extensions", "false");
  ok = ok && config.Set("autoload_known_extensions", "false");
  ok = ok && config.Set("access_mode", options.read_only ? "READ_ONLY" : "AUTOMATIC");
  ok = ok &&
       config.Set("temp_directory",
                  options.temporary_folder.empty() ? TemporaryFolder() : options.temporary_folder);
  if (!ok) return InternalError("DuckDB refuses its configuration");
  return {};
}

}  // namespace

Database::Database(std::shared_ptr<State> state) : state_(std::move(state)) {}
Database::~Database() = default;
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;

Result<Database> Database::Open(const std::string& path, const DatabaseOptions& options) {
  const std::string_view version = duckdb_library_version();
  if (version != kDuckDbVersion) {
    return InternalError("libduckdb is " + std::string(version) + ", not " +
                         std::string(kDuckDbVersion) + "; run `make deps`");
  }
  Config config;
  TW_RETURN_IF_ERROR(Configure(config, options));
  auto state = std::make_shared<State>();
  state->path = path;
  char* message = nullptr;
  const char* name = path.empty() ? nullptr : path.c_str();
  if (duckdb_open_ext(name, &state->handle, config.handle, &message) != DuckDBSuccess) {
    Error error = BadInput(
        std::string("DuckDB cannot open it: ") + (message ? message : "unknown error"), path);
    duckdb_free(message);
    return error;
  }
  return Database(std::move(state));
}

Result<Connection> Database::Connect() const {
  auto state = std::make_shared<Connection::State>();
  state->database = state_;
  if (duckdb_connect(state_->handle, &state->handle) != DuckDBSuccess) {
    return InternalError("DuckDB gives no connection to " + state_->path);
  }
  return Connection(std::move(state));
}

Connection::Connection(std::shared_ptr<State> state) : state_(std::move(state)) {}
Connection::~Connection() = default;
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;

Status Connection::Run(const std::string& sql) {
  Answer answer;
  const auto run = [&] { return duckdb_query(state_->handle, sql.c_str(), &answer.result); };
  if (Insist(answer.result, run) != DuckDBSuccess) return Problem(answer.result, sql);
  return {};
}

Status Connection::WriteParquet(const std::string& query, const std::string& path,
                                const ParquetOptions& options) {
  // A column with more distinct values in a group of rows is found out early to be no use for a
  // dictionary: a tenth of the time of customs lines, and none of their bytes.
  const size_t most_distinct = options.row_group / 30;
  return Run("COPY (" + query + ") TO " + QuoteText(path) +
             " (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL " +
             std::to_string(options.level) + ", ROW_GROUP_SIZE " +
             std::to_string(options.row_group) + ", DICTIONARY_SIZE_LIMIT " +
             std::to_string(most_distinct) + ")");
}

// ---- reading

struct Rows::State {
  std::shared_ptr<Connection::State> connection;
  Answer answer;
  std::vector<std::string> names;
  struct Column {
    duckdb_type type = DUCKDB_TYPE_INVALID;
    duckdb_type inner = DUCKDB_TYPE_INVALID;  // of a decimal: how it is stored
    uint8_t scale = 0;
    const void* data = nullptr;
    const uint64_t* validity = nullptr;
  };
  std::vector<Column> columns;
  duckdb_data_chunk chunk = nullptr;
  idx_t size = 0, row = 0;
  mutable Status status;

  ~State() { duckdb_destroy_data_chunk(&chunk); }
  void Describe();
  bool Fetch();
  template <typename T>
  T At(const Column& column) const {
    return static_cast<const T*>(column.data)[row];
  }
  double Decimal(const Column& column) const;
  void Unreadable(size_t column) const {
    if (status)
      status =
          InternalError("column " + names[column] + " has a type that must be cast in the SQL");
  }
};

void Rows::State::Describe() {
  const idx_t count = duckdb_column_count(&answer.result);
  for (idx_t i = 0; i < count; ++i) {
    names.emplace_back(duckdb_column_name(&answer.result, i));
    Column column;
    column.type = duckdb_column_type(&answer.result, i);
    if (column.type == DUCKDB_TYPE_DECIMAL) {
      duckdb_logical_type type = duckdb_column_logical_type(&answer.result, i);
      column.inner = duckdb_decimal_internal_type(type);
      column.scale = duckdb_decimal_scale(type);
      duckdb_destroy_logical_type(&type);
    }
    columns.push_back(column);
  }
}

bool Rows::State::Fetch() {
  duckdb_destroy_data_chunk(&chunk);
  chunk = duckdb_fetch_chunk(answer.result);
  row = 0;
  size = chunk == nullptr ? 0 : duckdb_data_chunk_get_size(chunk);
  if (size == 0) {
    const char* message = duckdb_result_error(&answer.result);
    if (chunk == nullptr && message != nullptr && *message != 0)
      status = InternalError(std::string("DuckDB: ") + message);
    return false;
  }
  for (idx_t i = 0; i < columns.size(); ++i) {
    duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, i);
    columns[i].data = duckdb_vector_get_data(vector);
    columns[i].validity = duckdb_vector_get_validity(vector);
  }
  return true;
}

double Rows::State::Decimal(const Column& column) const {
  double value = 0;
  switch (column.inner) {
    case DUCKDB_TYPE_SMALLINT:
      value = At<int16_t>(column);
      break;
    case DUCKDB_TYPE_INTEGER:
      value = At<int32_t>(column);
      break;
    case DUCKDB_TYPE_BIGINT:
      value = static_cast<double>(At<int64_t>(column));
      break;
    default:
      value = duckdb_hugeint_to_double(At<duckdb_hugeint>(column));
  }
  for (uint8_t i = 0; i < column.scale; ++i) value /= 10;
  return value;
}

Rows::Rows(std::unique_ptr<State> state) : state_(std::move(state)) {}
Rows::~Rows() = default;
Rows::Rows(Rows&&) noexcept = default;
Rows& Rows::operator=(Rows&&) noexcept = default;

size_t Rows::columns() const { return state_->columns.size(); }
const std::string& Rows::name(size_t column) const { return state_->names[column]; }
const Status& Rows::status() const { return state_->status; }

int Rows::Find(std::string_view name) const {
  for (size_t i = 0; i < state_->names.size(); ++i) {
    if (state_->names[i] == name) return static_cast<int>(i);
  }
  return -1;
}

bool Rows::Next() {
  if (state_->chunk != nullptr && ++state_->row < state_->size) return true;
  return state_->Fetch();
}

bool Rows::IsNull(size_t column) const {
  const uint64_t* validity = state_->columns[column].validity;
  return validity != nullptr && (validity[state_->row / 64] >> (state_->row % 64) & 1) == 0;
}

std::string_view Rows::Text(size_t column) const {
  if (IsNull(column)) return {};
  const auto& c = state_->columns[column];
  if (c.type != DUCKDB_TYPE_VARCHAR && c.type != DUCKDB_TYPE_BLOB) {
    state_->Unreadable(column);
    return {};
  }
  // By pointer: a short string is held inside the struct itself.
  auto* text =
      const_cast<duckdb_string_t*>(static_cast<const duckdb_string_t*>(c.data)) + state_->row;
  return {duckdb_string_t_data(text), duckdb_string_t_length(*text)};
}

int64_t Rows::Integer(size_t column) const {
  if (IsNull(column)) return 0;
  const auto& c = state_->columns[column];
  switch (c.type) {
    case DUCKDB_TYPE_TINYINT:
      return state_->At<int8_t>(c);
    case DUCKDB_TYPE_UTINYINT:
      return state_->At<uint8_t>(c);
    case DUCKDB_TYPE_SMALLINT:
      return state_->At<int16_t>(c);
    case DUCKDB_TYPE_USMALLINT:
      return state_->At<uint16_t>(c);
    case DUCKDB_TYPE_INTEGER:
      return state_->At<int32_t>(c);
    case DUCKDB_TYPE_UINTEGER:
      return state_->At<uint32_t>(c);
    case DUCKDB_TYPE_BIGINT:
      return state_->At<int64_t>(c);
    case DUCKDB_TYPE_UBIGINT:
      return static_cast<int64_t>(state_->At<uint64_t>(c));
    case DUCKDB_TYPE_HUGEINT:
      return static_cast<int64_t>(state_->At<duckdb_hugeint>(c).lower);
    default:
      state_->Unreadable(column);
      return 0;
  }
}

double Rows::Number(size_t column) const {
  if (IsNull(column)) return 0;
  const auto& c = state_->columns[column];
  switch (c.type) {
    case DUCKDB_TYPE_DOUBLE:
      return state_->At<double>(c);
    case DUCKDB_TYPE_FLOAT:
      return state_->At<float>(c);
    case DUCKDB_TYPE_DECIMAL:
      return state_->Decimal(c);
    case DUCKDB_TYPE_HUGEINT:
      return duckdb_hugeint_to_double(state_->At<duckdb_hugeint>(c));
    default:
      return static_cast<double>(Integer(column));
  }
}

bool Rows::Boolean(size_t column) const {
  if (IsNull(column)) return false;
  const auto& c = state_->columns[column];
  if (c.type == DUCKDB_TYPE_BOOLEAN) return state_->At<bool>(c);
  state_->Unreadable(column);
  return false;
}

Date Rows::Day(size_t column) const {
  if (IsNull(column)) return {};
  const auto& c = state_->columns[column];
  if (c.type == DUCKDB_TYPE_DATE) return Date{state_->At<duckdb_date>(c).days};
  state_->Unreadable(column);
  return {};
}

namespace {

struct Binder {
  duckdb_prepared_statement statement;
  idx_t index;
  duckdb_state operator()(std::nullptr_t) const { return duckdb_bind_null(statement, index); }
  duckdb_state operator()(bool v) const { return duckdb_bind_boolean(statement, index, v); }
  duckdb_state operator()(int64_t v) const { return duckdb_bind_int64(statement, index, v); }
  duckdb_state operator()(double v) const { return duckdb_bind_double(statement, index, v); }
  duckdb_state operator()(const std::string& v) const {
    return duckdb_bind_varchar_length(statement, index, v.data(), v.size());
  }
  duckdb_state operator()(Date v) const { return duckdb_bind_date(statement, index, {v.days}); }
};

Status Execute(duckdb_connection connection, const std::string& sql,
               const std::vector<Parameter>& parameters, duckdb_result& result) {
  if (parameters.empty()) {
    const auto run = [&] { return duckdb_query(connection, sql.c_str(), &result); };
    if (Insist(result, run) != DuckDBSuccess) return Problem(result, sql);
    return {};
  }
  Prepared prepared;
  if (duckdb_prepare(connection, sql.c_str(), &prepared.handle) != DuckDBSuccess) {
    return Problem(DUCKDB_ERROR_INVALID, duckdb_prepare_error(prepared.handle), sql);
  }
  for (size_t i = 0; i < parameters.size(); ++i) {
    if (std::visit(Binder{prepared.handle, i + 1}, parameters[i]) != DuckDBSuccess) {
      return InternalError("DuckDB takes no parameter " + std::to_string(i + 1) +
                           "; in: " + Shorten(sql));
    }
  }
  const auto run = [&] { return duckdb_execute_prepared(prepared.handle, &result); };
  if (Insist(result, run) != DuckDBSuccess) return Problem(result, sql);
  return {};
}

}  // namespace

Result<Rows> Connection::Query(const std::string& sql, const std::vector<Parameter>& parameters) {
  auto rows = std::make_unique<Rows::State>();
  rows->connection = state_;
  TW_RETURN_IF_ERROR(Execute(state_->handle, sql, parameters, rows->answer.result));
  rows->Describe();
  return Rows(std::move(rows));
}

Result<Rows> Connection::Stream(const std::string& sql) {
  auto rows = std::make_unique<Rows::State>();
  rows->connection = state_;
  Prepared prepared;
  if (duckdb_prepare(state_->handle, sql.c_str(), &prepared.handle) != DuckDBSuccess)
    return Problem(DUCKDB_ERROR_INVALID, duckdb_prepare_error(prepared.handle), sql);
  const auto run = [&] {
    return duckdb_execute_prepared_streaming(prepared.handle, &rows->answer.result);
  };
  if (Insist(rows->answer.result, run) != DuckDBSuccess) return Problem(rows->answer.result, sql);
  rows->Describe();
  return Rows(std::move(rows));
}

// ---- appending

struct Appender::State {
  std::shared_ptr<Connection::State> connection;
  std::string table;
  duckdb_appender handle = nullptr;
  duckdb_data_chunk chunk = nullptr;
  struct Column {
    duckdb_type type = DUCKDB_TYPE_INVALID;
    duckdb_vector vector = nullptr;
    void* data = nullptr;
    uint64_t* validity = nullptr;
  };
  std::vector<Column> columns;
  idx_t row = 0, capacity = 0;

  ~State() {
    duckdb_destroy_data_chunk(&chunk);
    duckdb_appender_destroy(&handle);
  }
  void MakeChunk();
  void Clear();
  Status Send();
  Error Failure() const {
    return Problem(DUCKDB_ERROR_INVALID, duckdb_appender_error(handle), "append to " + table);
  }
  template <typename T>
  void Put(size_t column, T value) {
    static_cast<T*>(columns[column].data)[row] = value;
    MarkSet(column);
  }
  void MarkSet(size_t column) { columns[column].validity[row / 64] |= uint64_t{1} << (row % 64); }
};

void Appender::State::MakeChunk() {
  const idx_t count = duckdb_appender_column_count(handle);
  std::vector<duckdb_logical_type> types;
  for (idx_t i = 0; i < count; ++i) {
    types.push_back(duckdb_appender_column_type(handle, i));
    Column column;
    column.type = duckdb_get_type_id(types.back());
    columns.push_back(column);
  }
  chunk = duckdb_create_data_chunk(types.data(), count);
  for (auto& type : types) duckdb_destroy_logical_type(&type);
  capacity = duckdb_vector_size();
  Clear();
}

// All cells null: what the caller does not set needs no work.
void Appender::State::Clear() {
  duckdb_data_chunk_reset(chunk);
  row = 0;
  for (idx_t i = 0; i < columns.size(); ++i) {
    auto& column = columns[i];
    column.vector = duckdb_data_chunk_get_vector(chunk, i);
    column.data = duckdb_vector_get_data(column.vector);
    duckdb_vector_ensure_validity_writable(column.vector);
    column.validity = duckdb_vector_get_validity(column.vector);
    std::memset(column.validity, 0, (capacity + 63) / 64 * sizeof(uint64_t));
  }
}

Status Appender::State::Send() {
  if (row == 0) return {};
  duckdb_data_chunk_set_size(chunk, row);
  if (duckdb_append_data_chunk(handle, chunk) != DuckDBSuccess) return Failure();
  Clear();
  return {};
}

Appender::Appender(std::unique_ptr<State> state) : state_(std::move(state)) {}
Appender::~Appender() = default;
Appender::Appender(Appender&&) noexcept = default;
Appender& Appender::operator=(Appender&&) noexcept = default;

Result<Appender> Connection::Append(const std::string& table) {
  auto state = std::make_unique<Appender::State>();
  state->connection = state_;
  state->table = table;
  if (duckdb_appender_create(state_->handle, nullptr, table.c_str(), &state->handle) !=
      DuckDBSuccess) {
    return state->Failure();
  }
  state->MakeChunk();
  return Appender(std::move(state));
}

void Appender::Text(size_t column, std::string_view value) {
  duckdb_vector_assign_string_element_len(state_->columns[column].vector, state_->row, value.data(),
                                          value.size());
  state_->MarkSet(column);
}

void Appender::Integer(size_t column, int64_t value) {
  switch (state_->columns[column].type) {
    case DUCKDB_TYPE_TINYINT:
      return state_->Put(column, static_cast<int8_t>(value));
    case DUCKDB_TYPE_SMALLINT:
      return state_->Put(column, static_cast<int16_t>(value));
    case DUCKDB_TYPE_INTEGER:
      return state_->Put(column, static_cast<int32_t>(value));
    default:
      return state_->Put(column, value);
  }
}

void Appender::Number(size_t column, double value) { state_->Put(column, value); }
void Appender::Boolean(size_t column, bool value) { state_->Put(column, value); }
void Appender::Day(size_t column, Date value) { state_->Put(column, duckdb_date{value.days}); }

Status Appender::EndRow() { return ++state_->row == state_->capacity ? state_->Send() : Status{}; }

Status Appender::Close() {
  TW_RETURN_IF_ERROR(state_->Send());
  if (duckdb_appender_close(state_->handle) != DuckDBSuccess) return state_->Failure();
  return {};
}

std::string QuoteText(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out.append(c == '\'' ? 2 : 1, c);
  return out + "'";
}

std::string QuoteName(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) out.append(c == '"' ? 2 : 1, c);
  return out + "\"";
}

}  // namespace tidewaiter::tables
