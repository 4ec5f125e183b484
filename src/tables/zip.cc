// Source of the format: PKWARE's APPNOTE 6.3.9, sections 4.3 and 4.5.3.
#include "tables/zip.h"

#include <zlib.h>

#include <algorithm>
#include <memory>

namespace tidewaiter::tables {
namespace {

constexpr std::string_view kEndMark("PK\x05\x06", 4), kEnd64Mark("PK\x06\x06", 4),
    kLocator64Mark("PK\x06\x07", 4), kDirectoryMark("PK\x01\x02", 4), kLocalMark("PK\x03\x04", 4);
constexpr size_t kEndSize = 22, kLocator64Size = 20, kEnd64Size = 56, kDirectorySize = 46,
                 kLocalSize = 30, kLongestComment = 65535;
constexpr size_t kMostEntries = 100000;
constexpr size_t kPiece = size_t{256} << 10;
constexpr uint16_t kStored = 0, kDeflated = 8, kEncrypted = 1, kZip64Extra = 1;

uint64_t Little(std::string_view bytes, size_t at, size_t size) {
  uint64_t value = 0;
  for (size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}
uint16_t Short(std::string_view bytes, size_t at) {
  return static_cast<uint16_t>(Little(bytes, at, 2));
}
uint64_t Word(std::string_view bytes, size_t at) { return Little(bytes, at, 4); }

// The sizes and the offset that ZIP64 puts into an extra field where 32 bits do not hold them.
void ReadZip64(std::string_view extra, uint64_t& unpacked, uint64_t& packed, uint64_t& offset) {
  for (size_t at = 0; at + 4 <= extra.size();) {
    const size_t size = Short(extra, at + 2);
    if (Short(extra, at) == kZip64Extra && at + 4 + size <= extra.size()) {
      std::string_view values = extra.substr(at + 4, size);
      for (uint64_t* value : {&unpacked, &packed, &offset}) {
        if (*value != 0xFFFFFFFF || values.size() < 8) continue;
        *value = Little(values, 0, 8);
        values.remove_prefix(8);
      }
    }
    at += 4 + size;
  }
}

}  // namespace

Error ZipArchive::Damaged(const std::string& what) const {
  return BadInput("the ZIP inside is damaged or cut off (" + what + "); save the file again",
                  path_);
}

Result<ZipArchive> ZipArchive::Open(std::string_view bytes, std::string path,
                                    const ZipLimits& limits) {
  ZipArchive archive(bytes, std::move(path), limits);
  TW_RETURN_IF_ERROR(archive.ReadDirectory());
  return archive;
}

Status ZipArchive::ReadDirectory() {
  const size_t tail =
      bytes_.size() > kEndSize + kLongestComment ? bytes_.size() - kEndSize - kLongestComment : 0;
  const size_t end = bytes_.rfind(kEndMark);
  if (end == bytes_.npos || end < tail || end + kEndSize > bytes_.size())
    return Damaged("no directory");
  uint64_t count = Short(bytes_, end + 10), offset = Word(bytes_, end + 16);
  if (end >= kLocator64Size && bytes_.substr(end - kLocator64Size).starts_with(kLocator64Mark)) {
    const uint64_t at = Little(bytes_, end - kLocator64Size + 8, 8);
    if (at > bytes_.size() || bytes_.size() - at < kEnd64Size ||
        !bytes_.substr(at).starts_with(kEnd64Mark))
      return Damaged("no ZIP64 directory");
    count = Little(bytes_, at + 32, 8);
    offset = Little(bytes_, at + 48, 8);
  }
  if (count > kMostEntries) return Damaged("too many entries");
  for (uint64_t i = 0; i < count; ++i) TW_RETURN_IF_ERROR(ReadEntry(offset));
  return {};
}

Status ZipArchive::ReadEntry(uint64_t& at) {
  if (at > bytes_.size() || bytes_.size() - at < kDirectorySize ||
      !bytes_.substr(at).starts_with(kDirectoryMark))
    return Damaged("an entry of its directory");
  const size_t name_size = Short(bytes_, at + 28), extra_size = Short(bytes_, at + 30),
               comment_size = Short(bytes_, at + 32);
  if (bytes_.size() - at - kDirectorySize < name_size + extra_size + comment_size)
    return Damaged("a name in its directory");
  Entry entry;
  entry.flags = Short(bytes_, at + 8);
  entry.method = Short(bytes_, at + 10);
  entry.crc = static_cast<uint32_t>(Word(bytes_, at + 16));
  entry.packed = Word(bytes_, at + 20);
  entry.unpacked = Word(bytes_, at + 24);
  entry.offset = Word(bytes_, at + 42);
  ReadZip64(bytes_.substr(at + kDirectorySize + name_size, extra_size), entry.unpacked,
            entry.packed, entry.offset);
  entries_.emplace(bytes_.substr(at + kDirectorySize, name_size), entry);
  at += kDirectorySize + name_size + extra_size + comment_size;
  return {};
}

Result<std::string_view> ZipArchive::PackedBytes(const std::string& name,
                                                 const Entry& entry) const {
  if (entry.offset > bytes_.size() || bytes_.size() - entry.offset < kLocalSize ||
      !bytes_.substr(entry.offset).starts_with(kLocalMark))
    return Damaged(name);
  const uint64_t from = entry.offset + kLocalSize + Short(bytes_, entry.offset + 26) +
                        Short(bytes_, entry.offset + 28);
  if (from > bytes_.size() || bytes_.size() - from < entry.packed) return Damaged(name);
  return bytes_.substr(from, entry.packed);
}

Status ZipArchive::CheckSize(const std::string& name, const Entry& entry) const {
  const std::string megabytes = std::to_string(entry.unpacked >> 20) + " MB";
  if (entry.unpacked > limits_.unpacked)
    return BadInput(name + " inside unpacks to " + megabytes +
                        ", more than is read; split the workbook or save it as CSV",
                    path_);
  if (entry.unpacked > limits_.harmless && entry.unpacked / limits_.ratio > entry.packed)
    return BadInput(name + " inside unpacks from " + std::to_string(entry.packed >> 10) +
                        " KB to " + megabytes +
                        ", like a ZIP bomb; if the file is honest, save it as CSV",
                    path_);
  return {};
}

Status ZipArchive::Read(const std::string& name,
                        const std::function<Status(std::string_view)>& piece) const {
  const auto found = entries_.find(name);
  if (found == entries_.end()) return Damaged("no " + name);
  const Entry& entry = found->second;
  if ((entry.flags & kEncrypted) != 0)
    return BadInput("is encrypted; save it without a password", path_);
  TW_RETURN_IF_ERROR(CheckSize(name, entry));
  TW_ASSIGN_OR_RETURN(const std::string_view packed, PackedBytes(name, entry));
  if (entry.method == kDeflated) return Inflate(name, entry, packed, piece);
  if (entry.method != kStored)
    return BadInput(name + " inside is packed in a way that is not read; save the file again",
                    path_);
  if (packed.size() != entry.unpacked ||
      crc32_z(0, reinterpret_cast<const Bytef*>(packed.data()), packed.size()) != entry.crc)
    return Damaged(name);
  return piece(packed);
}

Status ZipArchive::Inflate(const std::string& name, const Entry& entry, std::string_view packed,
                           const std::function<Status(std::string_view)>& piece) const {
  z_stream stream{};
  if (inflateInit2(&stream, -15) != Z_OK) return InternalError("zlib does not start");
  const std::unique_ptr<z_stream, decltype(&inflateEnd)> closer(&stream, &inflateEnd);
  const auto buffer = std::make_unique<char[]>(kPiece);
  uint64_t total = 0;
  uLong crc = 0;
  for (int state = Z_OK; state != Z_STREAM_END;) {
    if (stream.avail_in == 0) {
      const auto given = packed.substr(0, size_t{1} << 30);
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(given.data()));
      stream.avail_in = static_cast<uInt>(given.size());
      packed.remove_prefix(given.size());
    }
    stream.next_out = reinterpret_cast<Bytef*>(buffer.get());
    stream.avail_out = static_cast<uInt>(kPiece);
    state = inflate(&stream, Z_NO_FLUSH);
    if (state != Z_OK && state != Z_STREAM_END) return Damaged(name);
    const std::string_view got(buffer.get(), kPiece - stream.avail_out);
    total += got.size();
    if (total > entry.unpacked) return Damaged(name + " is larger than it says");
    crc = crc32_z(crc, reinterpret_cast<const Bytef*>(got.data()), got.size());
    TW_RETURN_IF_ERROR(piece(got));
  }
  if (total != entry.unpacked || crc != entry.crc) return Damaged(name);
  return {};
}

}  // namespace tidewaiter::tables
