// Invented firms. A Party is a few numbers; its name, address and registration number are computed
// from them and the corpus' key, in four spellings, so that no table of parties is kept whatever
// the size of a corpus.
#ifndef TIDEWAITER_SYNTH_PARTY_H_
#define TIDEWAITER_SYNTH_PARTY_H_

#include <cstdint>
#include <string>

#include "synth/vocabulary.h"

namespace tidewaiter::synth {

// What kind of party; part of its number, so that the kinds never share a name.
enum class Pool : uint8_t { kImporter, kExporter, kBroker, kPlanted, kMaker };

struct Party {
  bool present = false;
  uint16_t country = 0;  // index in Vocabulary::countries
  int16_t listed = -1;   // index in Vocabulary::listed, or -1: invented
  uint64_t id = 0;       // within the country
  uint64_t address = 0;  // the party at whose address this one sits: mostly itself

  bool operator==(const Party&) const = default;
};

Party MakeParty(uint16_t country, Pool pool, uint64_t index);

// Writes texts of parties. Cheap to copy; keeps a reference to the vocabulary.
class Namer {
 public:
  Namer(const Vocabulary& vocabulary, uint64_t key) : vocabulary_(vocabulary), key_(key) {}

  static constexpr uint8_t kSpellings =
      4;  // 0 the usual one, 1 and 2 other forms, 3 a typing error

  // In Latin letters unless the country writes in `script`: a Russian file names a Chinese firm in
  // Latin ones.
  void AppendName(const Party& party, uint8_t spelling, Script script, std::string& out) const;
  void AppendAddress(const Party& party, Script script, std::string& out) const;
  // A registration number with a right check digit of a registry that does not exist (region 00):
  // it cannot be anybody's. Nothing for countries whose files carry none.
  void AppendCode(const Party& party, std::string& out) const;
  Script ScriptOf(const Party& party) const { return CountryOf(party).script; }
  // The number of the city where the party sits; take it modulo the cities of its country.
  uint64_t CityOf(const Party& party) const;
  // The true identity: "RU-12".
  void AppendEntity(const Party& party, std::string& out) const;

 private:
  const Country& CountryOf(const Party& party) const {
    return vocabulary_.countries[party.country];
  }
  void AppendCoin(const Country& country, uint64_t id, bool local, std::string& out) const;

  const Vocabulary& vocabulary_;
  uint64_t key_;
};

}  // namespace tidewaiter::synth

#endif  // TIDEWAITER_SYNTH_PARTY_H_
