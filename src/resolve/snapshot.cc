#include "resolve/snapshot.h"

#include <algorithm>

namespace tidewaiter::resolve {

void SnapshotId::Add(std::string_view mention, std::string_view entity) {
  constexpr size_t kEnough = 1 << 16;
  buffer_ += mention;
  buffer_ += '\x1f';
  buffer_ += entity;
  buffer_ += '\n';
  if (buffer_.size() < kEnough) return;
  hash_.Add(buffer_);
  buffer_.clear();
}

std::string SnapshotId::Finish() {
  hash_.Add(buffer_);
  return "r" + hash_.FinishHex().substr(0, 16);
}

Result<NumberedSnapshot> NumberSnapshot(std::string_view log, const std::string& file,
                                        Json record) {
  log = log.substr(0, log.rfind('\n') + 1);
  NumberedSnapshot out;
  out.log = log;
  std::string last;
  uint64_t line_number = 0;
  while (!log.empty()) {
    const size_t end = log.find('\n');
    const auto json = ParseJson(log.substr(0, end));
    log.remove_prefix(end + 1);
    ++line_number;
    const Json* number = json && json->is_object() ? json->Find("number") : nullptr;
    if (number == nullptr || !number->is_integer() || json->StringOr("snapshot").empty())
      return BadInput("no line of a log of snapshots; move the file away to count anew", file,
                      line_number);
    out.number = static_cast<uint64_t>(number->as_integer());
    out.previous = last;
    last = json->StringOr("snapshot");
  }
  if (last == record.StringOr("snapshot")) return out;
  ++out.number;
  out.previous = last;
  Json line;
  line.Set("number", out.number);
  for (const auto& [key, value] : record.as_object()) line.Set(key, value);
  line.Set("previous", last.empty() ? Json() : Json(last));
  out.log += line.Dump() + "\n";
  return out;
}

}  // namespace tidewaiter::resolve
