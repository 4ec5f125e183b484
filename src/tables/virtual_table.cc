#include "tables/virtual_table.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <deque>

#include "tables/duckdb_state.h"

namespace tidewaiter::tables {

// One column of the chunk being filled. `kept` belongs to the thread and lives for the chunk.
struct CellWriter::State {
  duckdb_vector vector = nullptr;
  void* data = nullptr;
  uint64_t* validity = nullptr;
  std::deque<std::string>* kept = nullptr;

  template <typename T>
  void Put(size_t row, T value) {
    static_cast<T*>(data)[row] = value;
    validity[row / 64] |= uint64_t{1} << (row % 64);
  }
};

namespace {

// DuckDB's own string: short ones inside it, long ones by their first bytes and a pointer.
duckdb_string_t StringOf(std::string_view text) {
  duckdb_string_t string{};
  if (text.size() <= sizeof string.value.inlined.inlined) {
    string.value.inlined.length = static_cast<uint32_t>(text.size());
    text.copy(string.value.inlined.inlined, text.size());  // of nothing too, unlike memcpy
  } else {
    string.value.pointer.length = static_cast<uint32_t>(text.size());
    std::memcpy(string.value.pointer.prefix, text.data(), sizeof string.value.pointer.prefix);
    string.value.pointer.ptr = const_cast<char*>(text.data());
  }
  return string;
}

// The rows that are still to be handed out, by all threads of one query.
struct Scan {
  std::vector<idx_t> columns;
  std::atomic<uint64_t> next{0};
};

struct ThreadState {
  std::deque<std::string> kept;
};

template <typename T>
void Delete(void* pointer) {
  std::unique_ptr<T>(static_cast<T*>(pointer)).reset();
}

const VirtualTable& TableOf(void* extra) { return *static_cast<const VirtualTable*>(extra); }

duckdb_logical_type TypeOf(CellType type) {
  switch (type) {
    case CellType::kText:
      return duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR);
    case CellType::kTexts: {
      duckdb_logical_type text = duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR);
      duckdb_logical_type list = duckdb_create_list_type(text);
      duckdb_destroy_logical_type(&text);
      return list;
    }
    case CellType::kInteger:
      return duckdb_create_logical_type(DUCKDB_TYPE_BIGINT);
    case CellType::kNumber:
      return duckdb_create_logical_type(DUCKDB_TYPE_DOUBLE);
    case CellType::kBoolean:
      return duckdb_create_logical_type(DUCKDB_TYPE_BOOLEAN);
    case CellType::kDay:
      return duckdb_create_logical_type(DUCKDB_TYPE_DATE);
  }
  return nullptr;
}

void Bind(duckdb_bind_info info) {
  const VirtualTable& table = TableOf(duckdb_bind_get_extra_info(info));
  for (const VirtualColumn& column : table.columns()) {
    duckdb_logical_type type = TypeOf(column.type);
    duckdb_bind_add_result_column(info, column.name.c_str(), type);
    duckdb_destroy_logical_type(&type);
  }
  duckdb_bind_set_cardinality(info, table.rows(), true);
}

void Init(duckdb_init_info info) {
  auto scan = std::make_unique<Scan>();
  const idx_t count = duckdb_init_get_column_count(info);
  for (idx_t i = 0; i < count; ++i) scan->columns.push_back(duckdb_init_get_column_index(info, i));
  duckdb_init_set_max_threads(info, UINT16_MAX);
  duckdb_init_set_init_data(info, scan.release(), Delete<Scan>);
}

void InitThread(duckdb_init_info info) {
  duckdb_init_set_init_data(info, std::make_unique<ThreadState>().release(), Delete<ThreadState>);
}

void FillChunk(duckdb_function_info info, duckdb_data_chunk chunk) {
  const VirtualTable& table = TableOf(duckdb_function_get_extra_info(info));
  auto& scan = *static_cast<Scan*>(duckdb_function_get_init_data(info));
  auto& thread = *static_cast<ThreadState*>(duckdb_function_get_local_init_data(info));
  thread.kept.clear();
  const idx_t capacity = duckdb_vector_size();
  const uint64_t first = scan.next.fetch_add(capacity);
  if (first >= table.rows()) return duckdb_data_chunk_set_size(chunk, 0);
  const auto count = static_cast<size_t>(std::min<uint64_t>(capacity, table.rows() - first));
  for (idx_t i = 0; i < scan.columns.size(); ++i) {
    // A query that counts rows asks for a column that no table has.
    if (scan.columns[i] >= table.columns().size()) continue;
    CellWriter::State state;
    state.vector = duckdb_data_chunk_get_vector(chunk, i);
    state.data = duckdb_vector_get_data(state.vector);
    duckdb_vector_ensure_validity_writable(state.vector);
    state.validity = duckdb_vector_get_validity(state.vector);
    std::memset(state.validity, 0, (capacity + 63) / 64 * sizeof(uint64_t));
    state.kept = &thread.kept;
    CellWriter writer(state);
    table.Fill(scan.columns[i], first, count, writer);
  }
  duckdb_data_chunk_set_size(chunk, count);
}

}  // namespace

void CellWriter::Text(size_t row, std::string_view text) { state_.Put(row, StringOf(text)); }

// The length comes first in both forms of DuckDB's string.
PreparedText Prepare(std::string_view text) {
  PreparedText prepared;
  static_assert(sizeof(duckdb_string_t) == sizeof prepared.bits);
  const duckdb_string_t string = StringOf(text);
  std::memcpy(prepared.bits.data(), &string, sizeof string);
  return prepared;
}

void CellWriter::Text(size_t row, const PreparedText& text) { state_.Put(row, text.bits); }

void CellWriter::Texts(size_t row, const std::vector<std::string>& texts) {
  const idx_t offset = duckdb_list_vector_get_size(state_.vector);
  duckdb_list_vector_reserve(state_.vector, offset + texts.size());
  duckdb_list_vector_set_size(state_.vector, offset + texts.size());
  auto* strings = static_cast<duckdb_string_t*>(
      duckdb_vector_get_data(duckdb_list_vector_get_child(state_.vector)));
  for (size_t i = 0; i < texts.size(); ++i) strings[offset + i] = StringOf(texts[i]);
  state_.Put(row, duckdb_list_entry{offset, texts.size()});
}

void CellWriter::Integer(size_t row, int64_t value) { state_.Put(row, value); }
void CellWriter::Number(size_t row, double value) { state_.Put(row, value); }
void CellWriter::Boolean(size_t row, bool value) { state_.Put(row, value); }
void CellWriter::Day(size_t row, Date value) { state_.Put(row, duckdb_date{value.days}); }

std::string_view CellWriter::Kept(std::string text) {
  return state_.kept->emplace_back(std::move(text));
}

Status Register(Connection& connection, const std::string& name, const VirtualTable& table) {
  duckdb_table_function function = duckdb_create_table_function();
  duckdb_table_function_set_name(function, name.c_str());
  duckdb_table_function_set_extra_info(function, const_cast<VirtualTable*>(&table), nullptr);
  duckdb_table_function_set_bind(function, Bind);
  duckdb_table_function_set_init(function, Init);
  duckdb_table_function_set_local_init(function, InitThread);
  duckdb_table_function_set_function(function, FillChunk);
  duckdb_table_function_supports_projection_pushdown(function, true);
  const bool registered =
      duckdb_register_table_function(connection.state().handle, function) == DuckDBSuccess;
  duckdb_destroy_table_function(&function);
  if (!registered) return InternalError("DuckDB takes no table function " + name);
  return {};
}

}  // namespace tidewaiter::tables
