// Errors as values. Every operation of the engine that can fail on its input returns a Result<T>;
// nothing below src/cli prints, aborts or throws across a folder. Libraries that throw are caught
// in the file that calls them.
//
// An Error says what is wrong, where (file, line, field: whatever of them is known) and what to do
// about it. Its code decides the exit status of the command line and the status of the HTTP
// service; codes are stored in scripts of users, so they are append-only.
#ifndef TIDEWAITER_RESULT_H_
#define TIDEWAITER_RESULT_H_

#include <cassert>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace tidewaiter {

// The value is the exit status of the program. Append only.
enum class ErrorCode : uint8_t {
  kUsage = 2,  // the request itself makes no sense: unknown option, threshold above 1
  kBadInput =
      3,  // a file or record cannot be read as what it claims to be; no permission; disk full
  kMissingData = 4,  // a file, list or run that the request needs is not there
  kInternal = 5,     // a bug of ours
};

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;  // what is wrong, and after a semicolon what to do
  std::string file;     // empty: unknown
  uint64_t line = 0;    // from 1; 0: unknown
  uint64_t column = 0;  // from 1; 0: unknown
  std::string field;    // name of the column or key; empty: unknown

  // "FILE:LINE: FIELD: what is wrong; what to do", leaving out what is unknown.
  std::string ToString() const;

  // The same error, with the file named where it was not yet.
  Error In(std::string file_name) && {
    if (file.empty()) file = std::move(file_name);
    return std::move(*this);
  }
};

inline Error UsageError(std::string message) {
  return Error{ErrorCode::kUsage, std::move(message), {}, 0, 0, {}};
}
inline Error BadInput(std::string message, std::string file = {}, uint64_t line = 0,
                      std::string field = {}) {
  return Error{ErrorCode::kBadInput, std::move(message), std::move(file), line, 0,
               std::move(field)};
}
inline Error MissingData(std::string message, std::string file = {}) {
  return Error{ErrorCode::kMissingData, std::move(message), std::move(file), 0, 0, {}};
}
inline Error InternalError(std::string message) {
  return Error{ErrorCode::kInternal, std::move(message), {}, 0, 0, {}};
}

// A value or an Error. Shaped like std::expected (C++23), so that it can become it.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}  // NOLINT: implicit, so that `return value;` works
  Result(Error error)
      : state_(std::move(error)) {}  // NOLINT: implicit, so that `return error;` works

  bool has_value() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return has_value(); }

  const T& value() const& {
    assert(has_value());
    return std::get<T>(state_);
  }
  T& value() & {
    assert(has_value());
    return std::get<T>(state_);
  }
  T&& value() && {
    assert(has_value());
    return std::get<T>(std::move(state_));
  }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

  const Error& error() const& {
    assert(!has_value());
    return std::get<Error>(state_);
  }
  Error&& error() && {
    assert(!has_value());
    return std::get<Error>(std::move(state_));
  }

 private:
  std::variant<T, Error> state_;
};

// The outcome of an operation without a value.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Error error)
      : error_(std::move(error)) {}  // NOLINT: implicit, so that `return error;` works

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  const Error& error() const& {
    assert(!ok());
    return *error_;
  }
  Error&& error() && {
    assert(!ok());
    return std::move(*error_);
  }

 private:
  std::optional<Error> error_;
};

}  // namespace tidewaiter

// Returns from the enclosing function when `expression` (a Status) is an error.
#define TW_RETURN_IF_ERROR(expression)                                                  \
  do {                                                                                  \
    if (auto tw_status = (expression); !tw_status) return std::move(tw_status).error(); \
  } while (false)

#define TW_CONCAT_INNER(a, b) a##b
#define TW_CONCAT(a, b) TW_CONCAT_INNER(a, b)

// `TW_ASSIGN_OR_RETURN(auto x, F())`: x is the value of F(), or its error is returned.
#define TW_ASSIGN_OR_RETURN(declaration, expression) \
  TW_ASSIGN_OR_RETURN_INNER(TW_CONCAT(tw_result_, __LINE__), declaration, expression)
#define TW_ASSIGN_OR_RETURN_INNER(result, declaration, expression) \
  auto result = (expression);                                      \
  if (!result) return std::move(result).error();                   \
  declaration = std::move(result).value()

#endif  // TIDEWAITER_RESULT_H_
