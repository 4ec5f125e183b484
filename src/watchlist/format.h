// The layout of a watchlist file on disk. docs/formats/watchlist.md describes it for people; the
// asserts below hold it still. A change of layout takes a new kFormat.
//
//   FileHeader | SectionEntry[section_count] | sections, each beginning at a multiple of 64
//
// Own sections: "lists" (JSON), "records" (RecordEntry[record_count]), "blobs" (records, encoded by
// codec.h), "strings" (the text that blobs point into). Folders above add more. Numbers are
// little-endian.
#ifndef TIDEWAITER_WATCHLIST_FORMAT_H_
#define TIDEWAITER_WATCHLIST_FORMAT_H_

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace tidewaiter::watchlist {

inline constexpr char kMagic[8] = {'T', 'W', 'W', 'A', 'T', 'C', 'H', '\n'};
inline constexpr uint32_t kFormat = 2;          // what this program writes
inline constexpr uint32_t kOldestReadable = 1;  // the oldest format that it still reads
inline constexpr uint32_t kOldestReader =
    1;  // the oldest format whose programs can read what it writes
inline constexpr uint32_t kOldestReaderOfChanges = 2;  // a file that rests on another
inline constexpr uint32_t kEndianMark = 0x01020304;
inline constexpr uint64_t kAlignment = 64;

inline constexpr const char* kListsSection = "lists";
inline constexpr const char* kRecordsSection = "records";
inline constexpr const char* kBlobsSection = "blobs";
inline constexpr const char* kStringsSection = "strings";

// A file of changes is a file like any other, whose records are those that came since the file that
// it rests on was made. Its further sections:
inline constexpr const char* kBaseSection = "base";          // JSON: file and hash of that one
inline constexpr const char* kReplacedSection = "replaced";  // a file within the file: the records
                                                             // that are no longer as they were
inline constexpr const char* kReplacedAtSection = "replaced-at";  // uint32 each: which they are
// Sections of both have this before their name when it is the changes' own that is asked for.
inline constexpr const char* kChangesPrefix = "changes:";

struct FileHeader {
  char magic[8];
  uint32_t endian_mark;
  uint32_t format;
  uint32_t oldest_reader;  // programs of an older format than this must refuse the file
  uint32_t record_count;
  uint32_t section_count;
  uint32_t reserved;
  uint64_t file_size;
  uint64_t checksum;      // XXH3-64 of the file with this field zero
  char content_hash[64];  // SHA-256 in hex of lists, records, blobs and strings: not of sections of
                          // others
  char padding[16];
};
static_assert(sizeof(FileHeader) == 128 && std::is_trivially_copyable_v<FileHeader>);
static_assert(offsetof(FileHeader, checksum) == 40 && offsetof(FileHeader, content_hash) == 48);

struct SectionEntry {
  char name[32];  // padded with zeros
  uint64_t offset;
  uint64_t size;
  char padding[16];
};
static_assert(sizeof(SectionEntry) == 64 && std::is_trivially_copyable_v<SectionEntry>);

struct RecordEntry {
  int32_t from;  // days since 1970-01-01
  int32_t to;
  uint64_t blob_offset;
  uint32_t blob_size;
  uint8_t list;
  uint8_t kind;   // PartyKind
  uint8_t flags;  // bit 0: start unknown
  uint8_t reserved;
  char padding[8];
};
static_assert(sizeof(RecordEntry) == 32 && std::is_trivially_copyable_v<RecordEntry>);

}  // namespace tidewaiter::watchlist

#endif  // TIDEWAITER_WATCHLIST_FORMAT_H_
