#include "cli/session.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>

#include "base/file.h"
#include "base/parallel.h"

namespace tidewaiter::cli {
namespace {

// Redraws at most ten times a second; wipes itself when the stage ends.
class TerminalProgress : public Progress {
 public:
  ~TerminalProgress() override { Wipe(); }

  void Stage(std::string_view name, uint64_t total) override {
    Wipe();
    name_ = name;
    total_ = total;
    last_ = {};
    Done(0);
  }
  void Done(uint64_t units) override {
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now;
    Draw(units);
  }

 private:
  void Draw(uint64_t units) {
    constexpr size_t kWidth = 30;
    std::string line = name_;
    line.resize(std::max<size_t>(24, line.size()), ' ');
    if (total_ > 0) {
      const size_t full = std::min<size_t>(kWidth, units * kWidth / total_);
      line += " [" + std::string(full, '#') + std::string(kWidth - full, '.') + "] " +
              std::to_string(std::min<uint64_t>(100, units * 100 / total_)) + "%";
    } else if (units > 0) {
      line += " " + std::to_string(units);
    }
    std::fprintf(stderr, "\r\x1b[K%s", line.c_str());
    std::fflush(stderr);
    drawn_ = true;
  }
  void Wipe() {
    if (drawn_) std::fputs("\r\x1b[K", stderr);
    drawn_ = false;
  }

  std::string name_;
  uint64_t total_ = 0;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point last_{};
};

struct Decoded {
  uint32_t code;
  size_t length;
};

Decoded DecodeAt(std::string_view text, size_t i) {
  const auto byte = [&](size_t k) -> uint32_t {
    return k < text.size() ? static_cast<unsigned char>(text[k]) : 0;
  };
  const uint32_t first = byte(i);
  if (first < 0xC0) return {first, 1};
  if (first < 0xE0) return {((first & 0x1F) << 6) | (byte(i + 1) & 0x3F), 2};
  if (first < 0xF0)
    return {((first & 0x0F) << 12) | ((byte(i + 1) & 0x3F) << 6) | (byte(i + 2) & 0x3F), 3};
  return {0x10000, 4};
}

size_t CellsOf(uint32_t code) {
  const bool combining = (code >= 0x300 && code < 0x370) || (code >= 0x200B && code < 0x2010);
  const bool wide = (code >= 0x1100 && code < 0x1160) || (code >= 0x2E80 && code < 0xA4D0) ||
                    (code >= 0xAC00 && code < 0xD7A4) || (code >= 0xF900 && code < 0xFB00) ||
                    (code >= 0xFE30 && code < 0xFE70) || (code >= 0xFF00 && code < 0xFF61) ||
                    code >= 0x10000;
  return combining ? 0 : wide ? 2 : 1;
}

size_t Cells(std::string_view text) {
  size_t cells = 0;
  for (size_t i = 0; i < text.size();) {
    const Decoded d = DecodeAt(text, i);
    cells += CellsOf(d.code);
    i += d.length;
  }
  return cells;
}

// Lists and customs files come from outside: a control character in a name must not reach the
// terminal.
std::string Printable(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  return out;
}

std::string Fit(std::string_view text, size_t width) {
  if (Cells(text) <= width) return std::string(text);
  std::string out;
  size_t cells = 0;
  for (size_t i = 0; i < text.size();) {
    const Decoded d = DecodeAt(text, i);
    if (cells + CellsOf(d.code) + 1 > width) break;
    cells += CellsOf(d.code);
    out.append(text.substr(i, d.length));
    i += d.length;
  }
  return out + "…";
}

std::vector<size_t> Widths(const std::vector<std::vector<std::string>>& rows, size_t columns) {
  std::vector<size_t> widths(columns, 0);
  for (const auto& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], Cells(row[i]));
  }
  size_t total = 2 * (columns - 1);
  for (const size_t width : widths) total += width;
  while (total > TerminalWidth()) {
    const auto widest = std::max_element(widths.begin(), widths.end());
    if (*widest <= 12) break;
    --*widest;
    --total;
  }
  return widths;
}

}  // namespace

unsigned Session::Threads() const { return threads == 0 ? DefaultThreads() : threads; }

Result<std::optional<Date>> Session::AsOf() const {
  if (as_of_text.empty()) return std::optional<Date>();
  const auto date = ParseIsoDate(as_of_text);
  if (!date)
    return UsageError("--as-of: '" + as_of_text + "' is no date; write it like 2024-09-01");
  if (*date > clock.Today()) return UsageError("--as-of: " + as_of_text + " lies in the future");
  return std::optional<Date>(*date);
}

void Session::Fail(const Error& error) {
  std::fprintf(stderr, "tidewaiter: %s\n", error.ToString().c_str());
  exit_code = static_cast<int>(error.code);
}

void Session::Warn(std::string_view message) const {
  std::fprintf(stderr, "tidewaiter: %.*s\n", static_cast<int>(message.size()), message.data());
}

std::unique_ptr<Progress> Session::MakeProgress() const {
  if (IsTerminal(STDERR_FILENO)) return std::make_unique<TerminalProgress>();
  return std::make_unique<NoProgress>();
}

bool IsTerminal(int fd) { return isatty(fd) == 1; }

unsigned TerminalWidth() {
  winsize size{};
  if (!IsTerminal(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 ||
      size.ws_col == 0) {
    return 100;
  }
  return size.ws_col;
}

bool Print(std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
}

void PrintTable(const std::vector<std::string>& header,
                const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::vector<std::string>> all = {header};
  for (const auto& row : rows) {
    all.emplace_back();
    for (const auto& cell : row) all.back().push_back(Printable(cell));
  }
  const auto widths = Widths(all, header.size());
  const bool colour = IsTerminal(STDOUT_FILENO);
  for (size_t r = 0; r < all.size(); ++r) {
    std::string line;
    for (size_t i = 0; i < all[r].size(); ++i) {
      const std::string cell = Fit(all[r][i], widths[i]);
      line += cell;
      if (i + 1 < all[r].size()) line.append(widths[i] - Cells(cell) + 2, ' ');
    }
    if (r == 0 && colour) line = "\x1b[1m" + line + "\x1b[0m";
    Print(line + "\n");
  }
}

Result<std::map<std::string, std::string>> NamedFiles(std::string_view option,
                                                      const std::vector<std::string>& texts) {
  std::map<std::string, std::string> files;
  for (const auto& text : texts) {
    const size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
      return UsageError(std::string(option) + " " + text + " is not NAME=FILE");
    const std::string name = text.substr(0, equals);
    const std::string file = std::filesystem::absolute(text.substr(equals + 1)).string();
    if (!FileExists(file)) return MissingData("no such file", file);
    if (!files.emplace(name, file).second)
      return UsageError(std::string(option) + ": " + name + " is given twice");
  }
  return files;
}

}  // namespace tidewaiter::cli
