// A ZIP archive in memory, as far as workbooks need it: stored and deflated entries, ZIP64 sizes,
// checksums verified. Hostile archives are expected: sizes are checked before anything is unpacked
// and again while it is, so that a bomb is refused and never filled into memory.
//
// The archive must outlive what is read of it. Immutable; any number of threads may read.
#ifndef TIDEWAITER_TABLES_ZIP_H_
#define TIDEWAITER_TABLES_ZIP_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tidewaiter::tables {

struct ZipLimits {
  uint64_t unpacked = uint64_t{4} << 30;  // bytes of one entry
  uint64_t ratio = 250;                   // unpacked to packed, of entries above `harmless` bytes
  uint64_t harmless = uint64_t{16} << 20;
};

class ZipArchive {
 public:
  // kBadInput, naming `path`, when the archive is damaged, encrypted, or cut off.
  static Result<ZipArchive> Open(std::string_view bytes, std::string path, const ZipLimits& limits);

  bool Has(const std::string& name) const { return entries_.contains(name); }
  // Hands the entry over piece by piece. Fails when there is none, when it is damaged, or a bomb.
  Status Read(const std::string& name, const std::function<Status(std::string_view)>& piece) const;

 private:
  struct Entry {
    uint64_t offset = 0, packed = 0, unpacked = 0;
    uint32_t crc = 0;
    uint16_t method = 0, flags = 0;
  };
  ZipArchive(std::string_view bytes, std::string path, const ZipLimits& limits)
      : bytes_(bytes), path_(std::move(path)), limits_(limits) {}
  Status ReadDirectory();
  Status ReadEntry(uint64_t& at);
  Result<std::string_view> PackedBytes(const std::string& name, const Entry& entry) const;
  Status CheckSize(const std::string& name, const Entry& entry) const;
  Status Inflate(const std::string& name, const Entry& entry, std::string_view packed,
                 const std::function<Status(std::string_view)>& piece) const;
  Error Damaged(const std::string& what) const;

  std::string_view bytes_;
  std::string path_;
  ZipLimits limits_;
  std::map<std::string, Entry> entries_;
};

}  // namespace tidewaiter::tables

#endif  // TIDEWAITER_TABLES_ZIP_H_
