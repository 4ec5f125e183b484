#include "watchlist/file.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>

#include "base/file.h"
#include "base/hash.h"
#include "base/hash_stream.h"
#include "base/json.h"
#include "watchlist/codec.h"
#include "watchlist/format.h"
#include "watchlist/overlay.h"

namespace tidewaiter::watchlist {
namespace {

Json ToJson(const ListInfo& list) {
  Json json;
  json.Set("name", list.name).Set("date", ToString(list.date)).Set("sha256", list.sha256);
  json.Set("entries", list.entries);
  return json;
}

Result<ListInfo> ListFromJson(const Json& json) {
  ListInfo list;
  list.name = json.StringOr("name");
  list.sha256 = json.StringOr("sha256");
  const auto date = ParseIsoDate(json.StringOr("date"));
  const Json* entries = json.Find("entries");
  if (list.name.empty() || !date || entries == nullptr || !entries->is_integer()) {
    return BadInput("the table of lists cannot be read");
  }
  list.date = *date;
  list.entries = static_cast<uint64_t>(entries->as_integer());
  return list;
}

std::string ListsBytes(const std::vector<ListInfo>& lists) {
  Json::Array array;
  for (const auto& list : lists) array.push_back(ToJson(list));
  return Json(std::move(array)).Dump();
}

uint64_t RoundUp(uint64_t value) { return (value + kAlignment - 1) / kAlignment * kAlignment; }

template <typename T>
void AppendStruct(const T& value, std::string& out) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

// The checksum of a file whose checksum field is taken as zero, of hashes of both of its parts.
uint64_t Checksum(FileHeader header, uint64_t body) {
  header.checksum = 0;
  const uint64_t head = Hash64({reinterpret_cast<const char*>(&header), sizeof header});
  return head ^ (body * 0x9E3779B97F4A7C15ULL);
}

uint64_t Checksum(std::string_view bytes) {
  FileHeader header;
  std::memcpy(&header, bytes.data(), sizeof header);
  return Checksum(header, Hash64(bytes.substr(sizeof header)));
}

// Of a listing that only a copy publishes (the CSL's SDN part while the SDN list is not loaded),
// the list that it was read from: the first of `also`.
std::optional<uint8_t> ListIndex(const Record& record, const std::vector<ListInfo>& lists) {
  const auto find = [&](const std::string& name) -> std::optional<uint8_t> {
    for (size_t i = 0; i < lists.size(); ++i) {
      if (lists[i].name == name) return static_cast<uint8_t>(i);
    }
    return std::nullopt;
  };
  const auto own = find(record.party.list);
  if (own || record.also.empty()) return own;
  return find(record.also.front().list);
}

Result<RecordEntry> Entry(const Record& record, const std::vector<ListInfo>& lists) {
  const auto list = ListIndex(record, lists);
  if (!list)
    return BadInput("a record of the list '" + record.party.list + "', which is not in the file");
  RecordEntry entry{};
  entry.from = record.on_list.from.days;
  entry.to = record.on_list.to.days;
  entry.list = *list;
  entry.kind = static_cast<uint8_t>(record.party.kind);
  entry.flags = record.start_unknown ? 1 : 0;
  return entry;
}

// What fills a section up to the next one's place.
std::string_view FillBehind(const Section& section) {
  static constexpr char kZeros[kAlignment] = {};
  return {kZeros, RoundUp(section.bytes.size()) - section.bytes.size()};
}

FileParts Assemble(std::vector<Section> sections, uint32_t record_count,
                   const std::string& content_hash) {
  FileHeader header{};
  std::memcpy(header.magic, kMagic, sizeof kMagic);
  header.endian_mark = kEndianMark;
  header.format = kFormat;
  const bool rests = std::any_of(sections.begin(), sections.end(), [](const Section& section) {
    return section.name == kBaseSection;
  });
  header.oldest_reader = rests ? kOldestReaderOfChanges : kOldestReader;
  header.record_count = record_count;
  header.section_count = static_cast<uint32_t>(sections.size());
  std::memcpy(header.content_hash, content_hash.data(), sizeof header.content_hash);
  uint64_t at = RoundUp(sizeof header + sections.size() * sizeof(SectionEntry));
  std::string table;
  for (const auto& section : sections) {
    SectionEntry entry{};
    std::memcpy(entry.name, section.name.data(),
                std::min(section.name.size(), sizeof entry.name - 1));
    entry.offset = at;
    entry.size = section.bytes.size();
    AppendStruct(entry, table);
    at = RoundUp(at + section.bytes.size());
  }
  header.file_size = at;
  FileParts parts;
  AppendStruct(header, parts.head);
  parts.head += table;
  parts.head.resize(RoundUp(parts.head.size()));
  Hash64Stream body;
  body.Add(std::string_view(parts.head).substr(sizeof header));
  for (const auto& section : sections) {
    body.Add(section.bytes);
    body.Add(FillBehind(section));
  }
  header.checksum = Checksum(header, body.Value());
  std::memcpy(parts.head.data(), &header, sizeof header);
  parts.sections = std::move(sections);
  return parts;
}

// Either a mapped file or bytes in memory.
class Storage {
 public:
  explicit Storage(MappedFile file) : file_(std::move(file)), bytes_(file_->bytes()) {}
  explicit Storage(std::string_view bytes)
      : blocks_((bytes.size() + sizeof(Block) - 1) / sizeof(Block)) {
    if (!bytes.empty()) std::memcpy(static_cast<void*>(blocks_.data()), bytes.data(), bytes.size());
    bytes_ = {reinterpret_cast<const char*>(blocks_.data()), bytes.size()};
  }
  // Bytes that somebody else keeps.
  static Storage View(std::string_view bytes) {
    Storage storage{std::string_view()};
    storage.bytes_ = bytes;
    return storage;
  }
  Storage(Storage&&) = default;
  std::string_view bytes() const { return bytes_; }

 private:
  struct alignas(kAlignment) Block {
    char bytes[kAlignment];
  };
  std::optional<MappedFile> file_;
  std::vector<Block> blocks_;
  std::string_view bytes_;
};

class OpenedWatchlist : public Watchlist {
 public:
  explicit OpenedWatchlist(Storage storage) : storage_(std::move(storage)) {}

  Status Load();

  const std::string& hash() const override { return hash_; }
  const std::vector<ListInfo>& lists() const override { return lists_; }
  uint32_t record_count() const override { return header_.record_count; }
  Record record(uint32_t index) const override;
  Interval on_list(uint32_t index) const override {
    return {{entries_[index].from}, {entries_[index].to}};
  }
  uint8_t list_index(uint32_t index) const override { return entries_[index].list; }
  PartyKind kind(uint32_t index) const override {
    return static_cast<PartyKind>(entries_[index].kind);
  }
  std::string_view section(std::string_view name) const override;

 private:
  Status CheckHeader();
  Status CheckSections();
  Status LoadLists();
  Status CheckEntries();

  Storage storage_;
  FileHeader header_{};
  std::vector<SectionEntry> sections_;
  std::vector<ListInfo> lists_;
  std::string hash_;
  const RecordEntry* entries_ = nullptr;
  std::string_view blobs_, strings_;
};

Status OpenedWatchlist::CheckHeader() {
  const std::string_view bytes = storage_.bytes();
  if (bytes.size() < sizeof header_ || std::memcmp(bytes.data(), kMagic, sizeof kMagic) != 0) {
    return BadInput("this is no watchlist file; make it again with `tidewaiter lists import`");
  }
  std::memcpy(&header_, bytes.data(), sizeof header_);
  if (header_.endian_mark != kEndianMark)
    return BadInput("the file was made on a machine with another byte order; make it here");
  const std::string own = "this program writes format " + std::to_string(kFormat) +
                          " and reads from " + std::to_string(kOldestReadable);
  const std::string theirs = "the file has watchlist format " + std::to_string(header_.format);
  if (header_.format < kOldestReadable)
    return BadInput(theirs + ", " + own + "; import the lists again");
  if (header_.oldest_reader > kFormat) {
    return BadInput(theirs + " and needs a program of format " +
                    std::to_string(header_.oldest_reader) + ", " + own +
                    "; use the newer program or import the lists again");
  }
  if (header_.file_size != bytes.size()) {
    return BadInput("the file has " + std::to_string(bytes.size()) +
                    " bytes where its header says " + std::to_string(header_.file_size) +
                    "; it is cut off, import the lists again");
  }
  if (header_.checksum != Checksum(bytes))
    return BadInput("the checksum does not agree: the file was changed; import the lists again");
  return {};
}

Status OpenedWatchlist::CheckSections() {
  const std::string_view bytes = storage_.bytes();
  const uint64_t table_size = uint64_t{header_.section_count} * sizeof(SectionEntry);
  if (table_size > bytes.size() - sizeof header_)
    return BadInput("the table of sections does not fit into the file");
  sections_.resize(header_.section_count);
  std::memcpy(static_cast<void*>(sections_.data()), bytes.data() + sizeof header_, table_size);
  for (const auto& entry : sections_) {
    const bool fits = entry.offset <= bytes.size() && entry.size <= bytes.size() - entry.offset;
    if (!fits || entry.offset % kAlignment != 0 || entry.name[sizeof entry.name - 1] != 0) {
      return BadInput("a section does not fit into the file");
    }
  }
  return {};
}

Status OpenedWatchlist::LoadLists() {
  TW_ASSIGN_OR_RETURN(const Json json, ParseJson(section(kListsSection)));
  if (!json.is_array()) return BadInput("the table of lists cannot be read");
  for (const auto& item : json.as_array()) {
    TW_ASSIGN_OR_RETURN(auto list, ListFromJson(item));
    lists_.push_back(std::move(list));
  }
  return {};
}

Status OpenedWatchlist::CheckEntries() {
  const std::string_view table = section(kRecordsSection);
  if (table.size() != uint64_t{header_.record_count} * sizeof(RecordEntry))
    return BadInput("the table of records has a wrong size");
  entries_ = reinterpret_cast<const RecordEntry*>(table.data());
  blobs_ = section(kBlobsSection);
  strings_ = section(kStringsSection);
  for (uint32_t i = 0; i < header_.record_count; ++i) {
    const RecordEntry& entry = entries_[i];
    const bool fits =
        entry.blob_offset <= blobs_.size() && entry.blob_size <= blobs_.size() - entry.blob_offset;
    if (!fits || entry.list >= lists_.size() || entry.kind > 4)
      return BadInput("record " + std::to_string(i) + " is broken");
  }
  return {};
}

Status OpenedWatchlist::Load() {
  TW_RETURN_IF_ERROR(CheckHeader());
  TW_RETURN_IF_ERROR(CheckSections());
  TW_RETURN_IF_ERROR(LoadLists());
  TW_RETURN_IF_ERROR(CheckEntries());
  hash_.assign(header_.content_hash, sizeof header_.content_hash);
  return {};
}

Record OpenedWatchlist::record(uint32_t index) const {
  const RecordEntry& entry = entries_[index];
  Record record;
  record.on_list = on_list(index);
  record.start_unknown = (entry.flags & 1) != 0;
  // The checksum was right when the file was opened, so a record that does not decode is a bug of
  // ours.
  const Status status = Decode(blobs_.substr(entry.blob_offset, entry.blob_size), strings_, record);
  assert(status.ok());
  return record;
}

std::string_view OpenedWatchlist::section(std::string_view name) const {
  for (const auto& entry : sections_) {
    if (name == entry.name) return storage_.bytes().substr(entry.offset, entry.size);
  }
  return {};
}

Result<std::shared_ptr<const Watchlist>> Load(Storage storage, const std::string& name) {
  auto watchlist = std::make_shared<OpenedWatchlist>(std::move(storage));
  Status status = watchlist->Load();
  if (!status) return std::move(status).error().In(name);
  return std::shared_ptr<const Watchlist>(std::move(watchlist));
}

// The digits of a SHA-256 as four numbers, the least first.
std::array<uint64_t, 4> Limbs(const std::string& hex) {
  std::array<uint64_t, 4> limbs{};
  for (size_t i = 0; i < 4; ++i)
    limbs[3 - i] = std::strtoull(hex.substr(i * 16, 16).c_str(), nullptr, 16);
  return limbs;
}

}  // namespace

void ContentSum::Add(const Record& record) { AddKey(RecordKey(record)); }
void ContentSum::Add(const PackedRecord& record) { AddKey(RecordKey(record)); }

void ContentSum::AddKey(std::string_view key) {
  const auto other = Limbs(Sha256Hex(key));
  uint64_t carry = 0;
  for (size_t i = 0; i < 4; ++i) {
    const uint64_t sum = limbs_[i] + other[i];
    const uint64_t with = sum + carry;
    carry = static_cast<uint64_t>(sum < other[i]) + static_cast<uint64_t>(with < sum);
    limbs_[i] = with;
  }
}

void ContentSum::Remove(const Record& record) {
  const auto other = Limbs(Sha256Hex(RecordKey(record)));
  uint64_t borrow = 0;
  for (size_t i = 0; i < 4; ++i) {
    const uint64_t left = limbs_[i] - other[i];
    const uint64_t with = left - borrow;
    borrow = static_cast<uint64_t>(limbs_[i] < other[i]) + static_cast<uint64_t>(left < borrow);
    limbs_[i] = with;
  }
}

std::string ContentSum::ToHex() const {
  char text[65];
  std::snprintf(
      text, sizeof text, "%016llx%016llx%016llx%016llx", static_cast<unsigned long long>(limbs_[3]),
      static_cast<unsigned long long>(limbs_[2]), static_cast<unsigned long long>(limbs_[1]),
      static_cast<unsigned long long>(limbs_[0]));
  return text;
}

std::optional<ContentSum> ContentSum::FromHex(std::string_view text) {
  if (text.size() != 64 || text.find_first_not_of("0123456789abcdef") != std::string_view::npos)
    return std::nullopt;
  ContentSum sum;
  sum.limbs_ = Limbs(std::string(text));
  return sum;
}

std::string ContentSum::HashWith(const std::vector<ListInfo>& lists) const {
  return Sha256Hex(ListsBytes(lists) + "\n" + ToHex());
}

std::string FileParts::Join() && {
  std::string file = std::move(head);
  for (auto& section : sections) {
    file += section.bytes;
    file += FillBehind(section);
    std::string().swap(section.bytes);
  }
  return file;
}

Status FileParts::AppendTo(AtomicFile& file) const {
  TW_RETURN_IF_ERROR(file.Append(head));
  for (const auto& section : sections) {
    TW_RETURN_IF_ERROR(file.Append(section.bytes));
    TW_RETURN_IF_ERROR(file.Append(FillBehind(section)));
  }
  return {};
}

namespace {

// `record_of(i)`: the i-th of `count` records.
template <typename RecordOf>
Result<FileParts> PartsOf(const std::vector<ListInfo>& lists, size_t count,
                          const RecordOf& record_of, std::vector<Section> sections,
                          const ContentSum& content) {
  if (lists.size() > 255) return BadInput("more than 255 lists");
  StringPool pool;
  std::string entries, blobs;
  entries.reserve(count * sizeof(RecordEntry));
  for (size_t i = 0; i < count; ++i) {
    const Record& record = record_of(i);
    TW_ASSIGN_OR_RETURN(RecordEntry entry, Entry(record, lists));
    entry.blob_offset = blobs.size();
    Encode(record, pool, blobs);
    entry.blob_size = static_cast<uint32_t>(blobs.size() - entry.blob_offset);
    AppendStruct(entry, entries);
  }
  std::vector<Section> all = {{kListsSection, ListsBytes(lists)},
                              {kRecordsSection, std::move(entries)},
                              {kBlobsSection, std::move(blobs)},
                              {kStringsSection, pool.TakeBytes()},
                              {kSumSection, content.ToHex()}};
  std::move(sections.begin(), sections.end(), std::back_inserter(all));
  return Assemble(std::move(all), static_cast<uint32_t>(count), content.HashWith(lists));
}

template <typename Records>
ContentSum SumOf(const Records& records, const ContentSum* known) {
  if (known != nullptr) return *known;
  ContentSum sum;
  for (size_t i = 0; i < records.size(); ++i) sum.Add(records[i]);
  return sum;
}

}  // namespace

Result<std::string> MakeFile(const std::vector<ListInfo>& lists, const std::vector<Record>& records,
                             const std::vector<Section>& sections, const ContentSum* content) {
  const auto record_of = [&](size_t i) -> const Record& { return records[i]; };
  TW_ASSIGN_OR_RETURN(FileParts parts,
                      PartsOf(lists, records.size(), record_of, sections, SumOf(records, content)));
  return std::move(parts).Join();
}

Result<FileParts> MakeParts(const std::vector<ListInfo>& lists, const PackedRecords& records,
                            std::vector<Section> sections, const ContentSum* content) {
  const auto record_of = [&](size_t i) { return records.at(i); };
  return PartsOf(lists, records.size(), record_of, std::move(sections), SumOf(records, content));
}

Result<std::shared_ptr<const Watchlist>> OpenBytes(std::string_view bytes,
                                                   const std::string& name) {
  return Load(Storage(bytes), name);
}

Result<std::shared_ptr<const Watchlist>> OpenView(std::string_view bytes, const std::string& name) {
  return Load(Storage::View(bytes), name);
}

Result<std::shared_ptr<const Watchlist>> OpenAlone(const std::string& path) {
  TW_ASSIGN_OR_RETURN(auto file, MappedFile::Open(path));
  return Load(Storage(std::move(file)), path);
}

Result<std::shared_ptr<const Watchlist>> Watchlist::Open(const std::string& path) {
  // Between reading what a file of changes rests on and opening that, an import may replace both.
  constexpr int kTries = 5;
  for (int i = 1;; ++i) {
    TW_ASSIGN_OR_RETURN(auto opened, OpenAlone(path));
    if (opened->section(kBaseSection).empty()) return opened;
    auto overlaid = Overlay(std::move(opened), path);
    if (overlaid || i == kTries) return overlaid;
  }
}

Status Write(const std::string& path, const std::vector<ListInfo>& lists,
             const std::vector<Record>& records, const std::vector<Section>& sections) {
  TW_ASSIGN_OR_RETURN(const std::string bytes, MakeFile(lists, records, sections));
  return WriteAtomically(path, bytes);
}

}  // namespace tidewaiter::watchlist
