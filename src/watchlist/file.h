// Making the bytes of a watchlist file, and reading them from memory; watchlist.h has the same for
// paths.
#ifndef TIDEWAITER_WATCHLIST_FILE_H_
#define TIDEWAITER_WATCHLIST_FILE_H_

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "watchlist/packed.h"
#include "watchlist/watchlist.h"

namespace tidewaiter::watchlist {

// What a watchlist says, as a sum over its records: the same whatever their order and in however
// many files they stand, so that a list kept up by changes has the hash of one made anew.
class ContentSum {
 public:
  void Add(const Record& record);
  void Add(const PackedRecord& record);
  void Remove(const Record& record);
  std::string ToHex() const;  // 64 digits
  static std::optional<ContentSum> FromHex(std::string_view text);
  // SHA-256 over the table of lists and the sum.
  std::string HashWith(const std::vector<ListInfo>& lists) const;

 private:
  void AddKey(std::string_view key);

  std::array<uint64_t, 4> limbs_{};  // SHA-256 of each record, modulo 2^256
};
inline constexpr const char* kSumSection = "sum";

// Same inputs, same bytes. Fails on more than 255 lists or a record of a list that is not in
// `lists` (a record belongs to the list of its party; drawn from another publisher's copy, to the
// origin's).
Result<std::string> MakeFile(const std::vector<ListInfo>& lists, const std::vector<Record>& records,
                             const std::vector<Section>& sections,
                             const ContentSum* content = nullptr);  // absent: of `records`

// The bytes of a file, in pieces: a large one is never in memory twice.
struct FileParts {
  std::string head;  // all that stands before the sections
  std::vector<Section> sections;

  std::string Join() &&;
  Status AppendTo(AtomicFile& file) const;
};
// The same as MakeFile of records that are packed.
Result<FileParts> MakeParts(const std::vector<ListInfo>& lists, const PackedRecords& records,
                            std::vector<Section> sections, const ContentSum* content = nullptr);

// The file alone, without what it may rest on.
Result<std::shared_ptr<const Watchlist>> OpenAlone(const std::string& path);

// A watchlist in bytes that the caller keeps, aligned to 64.
Result<std::shared_ptr<const Watchlist>> OpenView(std::string_view bytes, const std::string& name);

// A watchlist in memory. Copies the bytes to an aligned place. `name` is for messages.
Result<std::shared_ptr<const Watchlist>> OpenBytes(std::string_view bytes, const std::string& name);

}  // namespace tidewaiter::watchlist

#endif  // TIDEWAITER_WATCHLIST_FILE_H_
