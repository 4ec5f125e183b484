#include "screen/journal.h"

#include <cstdio>

#include "base/file.h"
#include "base/hash.h"
#include "base/journal_file.h"
#include "base/yaml.h"

namespace tidewaiter::screen {
namespace {

constexpr size_t kHash = 64;
const std::string kFirst(kHash, '0');

std::string PathOf(const std::string& data) { return JoinPath(data, "journal.jsonl"); }
std::string HeadPath(const std::string& data) { return JoinPath(data, "journal.head"); }

// Of a fixed size, so that it is written over in one piece.
std::string HeadText(uint64_t number, std::string_view hash) {
  char text[128];
  std::snprintf(text, sizeof text, "%020llu %.*s\n", static_cast<unsigned long long>(number),
                static_cast<int>(hash.size()), hash.data());
  return text;
}

struct Line {
  std::string hash, prev;
  Json json;
  JournalEntry entry;
};

Result<Line> ReadLine(std::string_view text) {
  Line line;
  if (text.size() < kHash + 2 || text[kHash] != ' ') return BadInput("no entry of a journal");
  line.hash = text.substr(0, kHash);
  const std::string_view body = text.substr(kHash + 1);
  if (Sha256Hex(body) != line.hash) return BadInput("the entry was changed: its hash differs");
  TW_ASSIGN_OR_RETURN(line.json, ParseJson(body));
  const Json* number = line.json.Find("n");
  const Json* decision = line.json.Find("decision");
  const Json* explain = line.json.Find("explain_all");
  if (number == nullptr || !number->is_integer() || decision == nullptr)
    return BadInput("no entry of a journal");
  line.prev = line.json.StringOr("prev");
  line.entry.number = static_cast<uint64_t>(number->as_integer());
  line.entry.order = line.json.StringOr("order");
  line.entry.as_of = line.json.StringOr("as_of");
  line.entry.explain_all = explain != nullptr && explain->is_bool() && explain->as_bool();
  line.entry.decision = decision->Dump();
  return line;
}

Result<std::string> MakeLine(const JournalEntry& entry, std::string_view last) {
  uint64_t number = 1;
  std::string prev = kFirst;
  if (!last.empty()) {
    TW_ASSIGN_OR_RETURN(const Line before, ReadLine(last));
    number = before.entry.number + 1;
    prev = before.hash;
  }
  TW_ASSIGN_OR_RETURN(Json decision, ParseJson(entry.decision));
  Json json;
  json.Set("n", number).Set("prev", prev).Set("order", entry.order).Set("as_of", entry.as_of);
  json.Set("explain_all", entry.explain_all).Set("decision", std::move(decision));
  const std::string body = json.Dump();
  return Sha256Hex(body) + " " + body;
}

Status CheckHead(const std::string& data_folder, const JournalState& state,
                 const std::string& hash_at_head, uint64_t number_at_head) {
  if (number_at_head == 0) return {};
  if (state.entries < number_at_head) {
    return BadInput("entries are missing at the end: there are " + std::to_string(state.entries) +
                        ", and journal.head knows " + std::to_string(number_at_head),
                    PathOf(data_folder), state.entries + 1);
  }
  if (hash_at_head.empty()) {
    return BadInput("entry " + std::to_string(number_at_head) +
                        " is not the one that journal.head knows; entries were replaced",
                    PathOf(data_folder), number_at_head);
  }
  return {};
}

struct Head {
  uint64_t number = 0;
  std::string hash;
};

Result<Head> ReadHead(const std::string& data_folder, bool several) {
  Head head;
  const std::string path = HeadPath(data_folder);
  if (!FileExists(path)) {
    if (several)  // a single entry may have been all that a killed program came to
      return BadInput("missing; the journal cannot be told from one that lost its end", path);
    return head;
  }
  TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  const size_t blank = text.find(' ');
  if (text.size() != HeadText(0, kFirst).size() || blank != 20)
    return BadInput("no head of a journal", path);
  head.number = std::strtoull(text.c_str(), nullptr, 10);
  head.hash = text.substr(blank + 1, kHash);
  return head;
}

}  // namespace

Status AppendEntry(const std::string& data_folder, const JournalEntry& entry) {
  TW_RETURN_IF_ERROR(MakeFolders(data_folder));
  const auto make = [&](std::string_view last) -> Result<std::string> {
    auto line = MakeLine(entry, last);
    if (!line) return Error(line.error()).In(PathOf(data_folder));
    return line;
  };
  const auto mark = [&](std::string_view text) -> Status {
    TW_ASSIGN_OR_RETURN(const Line line, ReadLine(text));
    return WriteMark(HeadPath(data_folder), HeadText(line.entry.number, line.hash));
  };
  return AppendLine(PathOf(data_folder), make, mark);
}

Result<JournalState> ReadJournal(const std::string& data_folder, const std::string& expected_head,
                                 const std::function<Status(const JournalEntry&)>& take) {
  const std::string path = PathOf(data_folder);
  if (!FileExists(path)) {
    if (FileExists(HeadPath(data_folder)))
      return BadInput("the journal is gone, and journal.head is there", path);
    return MissingData("there is no journal; `tidewaiter check --journal` begins one", path);
  }
  TW_ASSIGN_OR_RETURN(const MappedFile file, MappedFile::Open(path));
  const std::string_view bytes = file.bytes();
  TW_ASSIGN_OR_RETURN(const Head head,
                      ReadHead(data_folder, bytes.find('\n') != bytes.rfind('\n')));
  JournalState state;
  std::string prev = kFirst, at_head;
  bool seen = expected_head.empty();
  size_t at = 0;
  for (size_t end; (end = bytes.find('\n', at)) != std::string_view::npos; at = end + 1) {
    const uint64_t number = state.entries + 1;
    auto line = ReadLine(bytes.substr(at, end - at));
    if (!line) return BadInput(line.error().message, path, number);
    if (line->prev != prev || line->entry.number != number) {
      return BadInput("the chain breaks: entry " + std::to_string(line->entry.number) +
                          " does not follow the line before it; an entry is missing or was moved",
                      path, number);
    }
    prev = line->hash;
    state.entries = number;
    seen |= line->hash == expected_head;
    if (number == head.number && line->hash == head.hash) at_head = line->hash;
    if (take) TW_RETURN_IF_ERROR(take(line->entry));
  }
  state.head = state.entries == 0 ? "" : prev;
  state.unfinished = bytes.size() - at;
  TW_RETURN_IF_ERROR(CheckHead(data_folder, state, at_head, head.number));
  if (!seen) return BadInput("no entry has the hash " + expected_head, path);
  return state;
}

Result<bool> JournalAlways(const std::string& data_folder) {
  const std::string path = JoinPath(data_folder, "settings.yaml");
  if (!FileExists(path)) return false;
  TW_ASSIGN_OR_RETURN(const YamlNode root, ReadYaml(path));
  TW_RETURN_IF_ERROR(root.CheckKeys({"journal"}));
  TW_ASSIGN_OR_RETURN(const std::string word, TextOr(root, "journal", "asked"));
  if (word != "always" && word != "asked")
    return root.Problem("expected always or asked", "journal");
  return word == "always";
}

}  // namespace tidewaiter::screen
