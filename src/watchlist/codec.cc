// One description of the fields (Visit below) serves writing and reading, so the two cannot drift
// apart.
#include "watchlist/codec.h"

#include <algorithm>
#include <cstdlib>

#include "base/hash.h"

namespace tidewaiter::watchlist {
namespace {

void PutVarint(uint64_t value, std::string& out) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(0x80 | (value & 0x7F));
  out += static_cast<char>(value);
}

uint64_t ZigZag(int64_t value) {
  return (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
}
int64_t UnZigZag(uint64_t value) {
  return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
}

// Text goes to the pool.
class PoolWriter {
 public:
  PoolWriter(StringPool& pool, std::string& out) : pool_(pool), out_(out) {}
  void Number(uint64_t value) { PutVarint(value, out_); }
  void Text(const std::string& text) {
    PutVarint(text.size(), out_);
    if (!text.empty()) PutVarint(pool_.Add(text).offset, out_);
  }

 private:
  StringPool& pool_;
  std::string& out_;
};

// Text stands in place.
class InlineWriter {
 public:
  explicit InlineWriter(std::string& out) : out_(out) {}
  void Number(uint64_t value) { PutVarint(value, out_); }
  void Text(const std::string& text) {
    PutVarint(text.size(), out_);
    out_ += text;
  }

 private:
  std::string& out_;
};

template <typename Writer>
class Encoder {
 public:
  explicit Encoder(Writer writer) : writer_(std::move(writer)) {}

  void Field(const std::string& text) { writer_.Text(text); }
  void Field(bool value) { writer_.Number(value ? 1 : 0); }
  void Field(Date date) { writer_.Number(ZigZag(date.days)); }
  void Field(PartyKind kind) { writer_.Number(static_cast<uint64_t>(kind)); }
  void Field(NameStrength strength) { writer_.Number(static_cast<uint64_t>(strength)); }
  void Field(const std::optional<Date>& date) {
    writer_.Number(date ? 1 : 0);
    if (date) Field(*date);
  }
  template <typename T>
  void Field(const std::vector<T>& values) {
    writer_.Number(values.size());
    for (const auto& value : values) Field(value);
  }
  template <typename T>
  void Field(const T& value) {
    Visit(*this, value);
  }

 private:
  Writer writer_;
};

class Decoder {
 public:
  Decoder(std::string_view blob, std::string_view strings) : blob_(blob), strings_(strings) {}
  // Text stands in place.
  explicit Decoder(std::string_view blob) : blob_(blob), in_place_(true) {}
  bool ok() const { return ok_ && at_ == blob_.size(); }

  void Field(std::string& text) {
    const uint64_t size = Number();
    if (size == 0) return;
    if (in_place_) return TakeInPlace(size, text);
    const uint64_t offset = Number();
    if (offset > strings_.size() || size > strings_.size() - offset) return Fail();
    text = strings_.substr(offset, size);
  }
  void Field(bool& value) { value = Number() != 0; }
  void Field(Date& date) { date.days = static_cast<int32_t>(UnZigZag(Number())); }
  void Field(PartyKind& kind) { kind = static_cast<PartyKind>(Below(5)); }
  void Field(NameStrength& strength) { strength = static_cast<NameStrength>(Below(3)); }
  void Field(std::optional<Date>& date) {
    if (Below(2) == 1) Field(date.emplace());
  }
  template <typename T>
  void Field(std::vector<T>& values) {
    const uint64_t count = Number();
    if (count > blob_.size()) return Fail();  // every value takes at least a byte
    values.resize(count);
    for (auto& value : values) Field(value);
  }
  template <typename T>
  void Field(T& value) {
    Visit(*this, value);
  }

 private:
  void Fail() {
    ok_ = false;
    at_ = blob_.size();
  }
  void TakeInPlace(uint64_t size, std::string& text) {
    if (size > blob_.size() - at_) return Fail();
    text = blob_.substr(at_, size);
    at_ += size;
  }
  uint64_t Number() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && at_ < blob_.size(); shift += 7) {
      const auto byte = static_cast<unsigned char>(blob_[at_++]);
      value |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    Fail();
    return 0;
  }
  uint64_t Below(uint64_t limit) {
    const uint64_t value = Number();
    if (value < limit) return value;
    Fail();
    return 0;
  }

  std::string_view blob_, strings_;
  size_t at_ = 0;
  bool ok_ = true, in_place_ = false;
};

// `As<T>`: T itself when reading, const T when writing.
template <typename Coder, typename T>
  requires std::is_same_v<std::remove_const_t<T>, Name>
void Visit(Coder& coder, T& name) {
  coder.Field(name.text);
  coder.Field(name.strength);
  coder.Field(name.type);
  coder.Field(name.family_name);
  coder.Field(name.given_names);
}

template <typename Coder, typename T>
  requires std::is_same_v<std::remove_const_t<T>, PartialDate>
void Visit(Coder& coder, T& date) {
  coder.Field(date.days.from);
  coder.Field(date.days.to);
  coder.Field(date.circa);
  coder.Field(date.text);
}

template <typename Coder, typename T>
  requires std::is_same_v<std::remove_const_t<T>, Identifier>
void Visit(Coder& coder, T& identifier) {
  coder.Field(identifier.kind);
  coder.Field(identifier.value);
  coder.Field(identifier.country);
  coder.Field(identifier.label);
}

template <typename Coder, typename T>
  requires std::is_same_v<std::remove_const_t<T>, Address>
void Visit(Coder& coder, T& address) {
  coder.Field(address.text);
  coder.Field(address.city);
  coder.Field(address.region);
  coder.Field(address.postal_code);
  coder.Field(address.country);
}

template <typename Coder, typename T>
  requires std::is_same_v<std::remove_const_t<T>, ListReference>
void Visit(Coder& coder, T& reference) {
  coder.Field(reference.list);
  coder.Field(reference.id);
}

template <typename Coder, typename T>
  requires std::is_same_v<std::remove_const_t<T>, ListedParty>
void Visit(Coder& coder, T& party) {
  coder.Field(party.list);
  coder.Field(party.id);
  coder.Field(party.kind);
  coder.Field(party.names);
  coder.Field(party.birth_dates);
  coder.Field(party.birth_places);
  coder.Field(party.gender);
  coder.Field(party.nationalities);
  coder.Field(party.identifiers);
  coder.Field(party.addresses);
  coder.Field(party.programs);
  coder.Field(party.title);
  coder.Field(party.remarks);
  coder.Field(party.citations);
  coder.Field(party.source_url);
  coder.Field(party.origin_list);
  coder.Field(party.origin_id);
  coder.Field(party.listing_name);
  coder.Field(party.owners);
  coder.Field(party.listed_on);
  coder.Field(party.ends_on);
}

}  // namespace

StringPool::Place StringPool::Add(std::string_view text) {
  if (text.empty()) return {0, 0};
  if (4 * (taken_ + 1) > 3 * slots_.size()) Grow();
  const auto hash = static_cast<uint32_t>(Hash64(text));
  Slot& slot = Find(text, hash);
  if (slot.size == 0) {
    slot = {bytes_.size(), static_cast<uint32_t>(text.size()), hash};
    ++taken_;
    bytes_ += text;
  }
  return {slot.offset, text.size()};
}

// Where the text is, or the empty place where it belongs.
StringPool::Slot& StringPool::Find(std::string_view text, uint32_t hash) {
  const size_t mask = slots_.size() - 1;
  for (size_t at = hash & mask;; at = (at + 1) & mask) {
    Slot& slot = slots_[at];
    const bool same = slot.hash == hash && slot.size == text.size() &&
                      std::string_view(bytes_).substr(slot.offset, slot.size) == text;
    if (slot.size == 0 || same) return slot;
  }
}

void StringPool::Grow() {
  constexpr size_t kFirst = 1024;
  std::vector<Slot> slots(std::max(kFirst, 2 * slots_.size()));
  const size_t mask = slots.size() - 1;
  for (const Slot& slot : slots_) {
    if (slot.size == 0) continue;
    size_t at = slot.hash & mask;
    while (slots[at].size != 0) at = (at + 1) & mask;
    slots[at] = slot;
  }
  slots_ = std::move(slots);
}

void Encode(const Record& record, StringPool& pool, std::string& out) {
  Encoder encoder(PoolWriter(pool, out));
  encoder.Field(record.party);
  encoder.Field(record.also);
}

Status Decode(std::string_view blob, std::string_view strings, Record& record) {
  Decoder decoder(blob, strings);
  decoder.Field(record.party);
  decoder.Field(record.also);
  if (!decoder.ok()) return BadInput("a record cannot be decoded");
  return {};
}

std::string WordingKey(const ListedParty& party) {
  std::string out;
  Encoder encoder{InlineWriter(out)};
  encoder.Field(party);
  return out;
}

Wording HashOfWording(std::string_view key) {
  const std::string hex = RowHashHex(key);
  return {std::strtoull(hex.substr(0, 16).c_str(), nullptr, 16),
          std::strtoull(hex.substr(16).c_str(), nullptr, 16)};
}

Status DecodeWording(std::string_view bytes, ListedParty& party) {
  Decoder decoder(bytes);
  decoder.Field(party);
  if (!decoder.ok()) return BadInput("a party cannot be decoded");
  return {};
}

void AppendPartyAndAlso(const Record& record, std::string& out) {
  Encoder encoder{InlineWriter(out)};
  encoder.Field(record.party);
  encoder.Field(record.also);
}

void AppendDays(const Interval& on_list, bool start_unknown, std::string& out) {
  Encoder encoder{InlineWriter(out)};
  encoder.Field(on_list.from);
  encoder.Field(on_list.to);
  encoder.Field(start_unknown);
}

Status DecodePartyAndAlso(std::string_view bytes, Record& record) {
  Decoder decoder(bytes);
  decoder.Field(record.party);
  decoder.Field(record.also);
  if (!decoder.ok()) return BadInput("a record cannot be decoded");
  return {};
}

std::string RecordKey(const Record& record) {
  std::string out;
  AppendPartyAndAlso(record, out);
  AppendDays(record.on_list, record.start_unknown, out);
  return out;
}

}  // namespace tidewaiter::watchlist
