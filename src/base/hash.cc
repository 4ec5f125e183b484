// The plain SHA-256 of OpenSSL is declared deprecated in favour of one that first looks for
// providers: some milliseconds in a program that hashes one short text.
#define OPENSSL_SUPPRESS_DEPRECATED
#define XXH_DISPATCH_DISABLE_REPLACE

#include "base/hash.h"

#include <openssl/sha.h>
#include <xxhash.h>

#include <random>
#ifdef __x86_64__
#include <xxh_x86dispatch.h>
#endif

#include "base/hash_stream.h"

namespace tidewaiter {
namespace {

std::string Hex(const unsigned char* bytes, size_t size) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(size * 2);
  for (size_t i = 0; i < size; ++i) {
    out += kDigits[bytes[i] >> 4];
    out += kDigits[bytes[i] & 15];
  }
  return out;
}

}  // namespace

struct Sha256Stream::State {
  SHA256_CTX context;
};

Sha256Stream::Sha256Stream() : state_(std::make_unique<State>()) { SHA256_Init(&state_->context); }
Sha256Stream::~Sha256Stream() = default;
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;

void Sha256Stream::Add(std::string_view bytes) {
  SHA256_Update(&state_->context, bytes.data(), bytes.size());
}

std::string Sha256Stream::FinishHex() {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256_Final(digest, &state_->context);
  return Hex(digest, sizeof digest);
}

std::string Sha256Hex(std::string_view bytes) {
  Sha256Stream stream;
  stream.Add(bytes);
  return stream.FinishHex();
}

std::string RowHashHex(std::string_view bytes) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.data(), bytes.size()));
  return Hex(canonical.digest, sizeof canonical.digest);
}

Hash128 ContentHash(std::string_view bytes) {
  static const uint64_t key = [] {
    std::random_device random;
    return uint64_t{random()} << 32U | random();
  }();
  const XXH128_hash_t hash = XXH3_128bits_withSeed(bytes.data(), bytes.size(), key);
  return {hash.high64, hash.low64};
}

uint64_t Hash64(std::string_view bytes) {
#ifdef __x86_64__
  // The same value by the widest registers that the processor has; choosing costs a short text more
  // than it gains.
  constexpr size_t kLong = 4096;
  if (bytes.size() >= kLong) return XXH3_64bits_dispatch(bytes.data(), bytes.size());
#endif
  return XXH3_64bits(bytes.data(), bytes.size());
}

struct Hash64Stream::State {
  XXH3_state_t* state = XXH3_createState();
  ~State() { XXH3_freeState(state); }
};

Hash64Stream::Hash64Stream() : state_(std::make_unique<State>()) {
  XXH3_64bits_reset(state_->state);
}
Hash64Stream::~Hash64Stream() = default;

void Hash64Stream::Add(std::string_view bytes) {
#ifdef __x86_64__
  XXH3_64bits_update_dispatch(state_->state, bytes.data(), bytes.size());
#else
  XXH3_64bits_update(state_->state, bytes.data(), bytes.size());
#endif
}

uint64_t Hash64Stream::Value() const { return XXH3_64bits_digest(state_->state); }

}  // namespace tidewaiter
