#include "tables/unpack.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <memory>

namespace tidewaiter::tables {
namespace {

constexpr size_t kPiece = size_t{1} << 20;
constexpr size_t kMostGiven = size_t{1} << 30;  // zlib counts what it is given in 32 bits

Error Damaged(std::string_view packing, const std::string& path) {
  return BadInput(
      "the " + std::string(packing) + " data is damaged or cut off; fetch the file again", path);
}

Error TooLarge(const std::string& path, uint64_t limit) {
  return BadInput("unpacks to more than " + std::to_string(limit >> 20) +
                      " MB; unpack it and give the parts one by one",
                  path);
}

Result<std::string> UnpackGzip(std::string_view packed, const std::string& path, uint64_t limit) {
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 16) != Z_OK) return InternalError("zlib does not start");
  const std::unique_ptr<z_stream, decltype(&inflateEnd)> closer(&stream, &inflateEnd);
  std::string out;
  const auto buffer = std::make_unique<char[]>(kPiece);
  for (int state = Z_OK; state != Z_STREAM_END;) {
    if (stream.avail_in == 0) {
      const auto given = packed.substr(0, kMostGiven);
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(given.data()));
      stream.avail_in = static_cast<uInt>(given.size());
      packed.remove_prefix(given.size());
    }
    stream.next_out = reinterpret_cast<Bytef*>(buffer.get());
    stream.avail_out = static_cast<uInt>(kPiece);
    state = inflate(&stream, Z_NO_FLUSH);
    if (state != Z_OK && state != Z_STREAM_END) return Damaged("gzip", path);
    out.append(buffer.get(), kPiece - stream.avail_out);
    if (out.size() > limit) return TooLarge(path, limit);
    const bool more = stream.avail_in > 0 || !packed.empty();
    if (state == Z_STREAM_END && more && inflateReset(&stream) == Z_OK) state = Z_OK;
  }
  return out;
}

Result<std::string> UnpackZstd(std::string_view packed, const std::string& path, uint64_t limit) {
  const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(),
                                                                     &ZSTD_freeDCtx);
  if (!context) return InternalError("zstd does not start");
  std::string out;
  const auto buffer = std::make_unique<char[]>(kPiece);
  ZSTD_inBuffer in{packed.data(), packed.size(), 0};
  size_t wanted = 1;
  bool full = false;  // the last piece filled the buffer, so more may wait inside
  while (in.pos < in.size || full) {
    ZSTD_outBuffer piece{buffer.get(), kPiece, 0};
    wanted = ZSTD_decompressStream(context.get(), &piece, &in);
    if (ZSTD_isError(wanted)) return Damaged("zstd", path);
    out.append(buffer.get(), piece.pos);
    if (out.size() > limit) return TooLarge(path, limit);
    full = piece.pos == kPiece && wanted != 0;
  }
  if (wanted != 0) return Damaged("zstd", path);
  return out;
}

}  // namespace

std::string_view ToString(Packing packing) {
  return packing == Packing::kGzip ? "gzip" : packing == Packing::kZstd ? "zstd" : "none";
}

Packing PackingOf(std::string_view bytes) {
  if (bytes.starts_with("\x1f\x8b")) return Packing::kGzip;
  if (bytes.starts_with("\x28\xB5\x2F\xFD")) return Packing::kZstd;
  return Packing::kNone;
}

Result<std::string> Unpack(Packing packing, std::string_view packed, const std::string& path,
                           uint64_t limit) {
  if (packing == Packing::kGzip) return UnpackGzip(packed, path, limit);
  if (packing == Packing::kZstd) return UnpackZstd(packed, path, limit);
  return std::string(packed);
}

}  // namespace tidewaiter::tables
