#include "synth/party.h"

#include <array>
#include <string_view>

#include "synth/random.h"

namespace tidewaiter::synth {
namespace {

constexpr uint64_t kPools = 8;
constexpr uint64_t kPrime =
    2654435761;  // prime, so that multiplying by it permutes any smaller space

void AppendUpper(std::string_view text, std::string& out) {
  for (const char c : text) out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

// Removes the second code point from the end of what begins at `from`: a typing error.
void DropLetter(size_t from, std::string& text) {
  auto is_start = [&](size_t i) { return (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80; };
  size_t end = text.size();
  do --end;
  while (end > from && !is_start(end));
  size_t begin = end;
  if (begin == from) return;
  do --begin;
  while (begin > from && !is_start(begin));
  if (begin > from) text.erase(begin, end - begin);
}

void AppendDigits(uint64_t value, size_t width, std::string& out) {
  const size_t at = out.size();
  out.append(width, '0');
  for (size_t i = width; i-- > 0; value /= 10) out[at + i] = static_cast<char>('0' + value % 10);
}

// Ten digits: region 00, seven of a number, the check digit of the Russian tax number.
void AppendInn(uint64_t number, std::string& out) {
  static constexpr std::array<int, 9> kWeights = {2, 4, 10, 3, 5, 9, 4, 6, 8};
  const size_t at = out.size();
  out += "00";
  AppendDigits(number % 10000000, 7, out);
  int sum = 0;
  for (size_t i = 0; i < 9; ++i) sum += kWeights[i] * (out[at + i] - '0');
  out += static_cast<char>('0' + sum % 11 % 10);
}

// Replaces {coin}, {house} and {unit}.
template <typename Coin>
void AppendStreet(std::string_view pattern, uint64_t draw, const Coin& coin, std::string& out) {
  while (!pattern.empty()) {
    const size_t open = pattern.find('{');
    out += pattern.substr(0, open);
    if (open == std::string_view::npos) return;
    const size_t close = pattern.find('}', open);
    const auto word = pattern.substr(open + 1, close - open - 1);
    if (word == "coin") coin(out);
    if (word == "house") out += std::to_string(1 + draw % 180);
    if (word == "unit") out += std::to_string(1 + (draw >> 20) % 900);
    pattern.remove_prefix(close + 1);
  }
}

}  // namespace

Party MakeParty(uint16_t country, Pool pool, uint64_t index) {
  const uint64_t id = index * kPools + static_cast<uint64_t>(pool);
  return {true, country, -1, id, id};
}

void Namer::AppendCoin(const Country& country, uint64_t id, bool local, std::string& out) const {
  const uint64_t space = country.coin.count();
  uint64_t place = (id % space * kPrime + Mix(key_, country.iso[0], country.iso[1])) % space;
  const bool own = local && !country.coin.local[0].empty();
  const auto& syllables = own ? country.coin.local : country.coin.latin;
  for (size_t i = 0; i < 3; ++i) {
    AppendUpper(syllables[i][place % syllables[i].size()], out);
    place /= syllables[i].size();
  }
}

void Namer::AppendName(const Party& party, uint8_t spelling, Script script,
                       std::string& out) const {
  if (party.listed >= 0) {
    const auto& listed = vocabulary_.listed[static_cast<size_t>(party.listed)];
    out += script == Script::kRussian ? listed.local_name : listed.name;
    return;
  }
  const Country& country = CountryOf(party);
  const bool own = script != Script::kLatin && script == country.script;
  const auto& form = (own ? country.local_forms : country.forms)[spelling];
  const auto& words = own ? country.local_words : country.words;
  const auto& cities = own ? country.local_cities : country.cities;
  const uint64_t space = country.coin.count();
  // Parties that share a coined word differ in the word behind it, then in a number.
  const uint64_t round = party.id / space;
  const uint64_t word = (Mix(key_, party.id % space, 7) + round) % words.size();
  const uint64_t number = round / words.size();

  const bool quoted = country.form_before && spelling != 2;
  if (country.form_before) out += form, out += quoted ? " \"" : " ";
  if (country.city_in_name) {
    out += cities[CityOf({true, party.country, -1, party.id, party.id}) % cities.size()];
    if (!own) out += ' ';
  }
  const size_t coin_at = out.size();
  AppendCoin(country, party.id % space, own, out);
  if (spelling == 3) DropLetter(coin_at, out);
  const bool spaces = !own || country.form_before;
  if (spaces) out += country.form_before && spelling == 2 ? '-' : ' ';
  out += words[word];
  if (number > 0) out += ' ', out += std::to_string(number + 1);
  if (quoted) out += '"';
  if (!country.form_before) {
    if (spaces) out += ' ';
    out += form;
  }
}

void Namer::AppendAddress(const Party& party, Script script, std::string& out) const {
  if (party.listed >= 0) {
    out += vocabulary_.listed[static_cast<size_t>(party.listed)].address;
    return;
  }
  const Country& country = CountryOf(party);
  const bool own = script != Script::kLatin && script == country.script;
  const auto& cities = own ? country.local_cities : country.cities;
  const uint64_t draw = Mix(key_, party.address, 13);
  auto coin = [&](std::string& text) { AppendCoin(country, draw % 9973, own, text); };
  const std::string_view street = own ? country.local_street : country.street;
  const auto& city = cities[CityOf(party) % cities.size()];
  if (own) {
    out += country.local_name, out += ", ", out += city, out += ", ";
    AppendStreet(street, draw, coin, out);
    return;
  }
  AppendStreet(street, draw, coin, out);
  out += ", ", out += city, out += ", ", out += country.name;
}

uint64_t Namer::CityOf(const Party& party) const { return Mix(key_, party.address, 11); }

void Namer::AppendCode(const Party& party, std::string& out) const {
  if (party.listed >= 0) return;
  switch (CountryOf(party).code) {
    case CodeKind::kInn:
      // Multiplying by a prime permutes the seven digits: no two parties share a number.
      return AppendInn(party.id % 10000000 * kPrime, out);
    case CodeKind::kBin:
      out += "00004";
      return AppendDigits(party.id % 10000000 * kPrime % 10000000, 7, out);
    case CodeKind::kUscc:
      out += "9100000000";
      return AppendDigits(party.id % 100000000 * kPrime % 100000000, 8, out);
    case CodeKind::kNone:
      return;
  }
}

void Namer::AppendEntity(const Party& party, std::string& out) const {
  if (party.listed >= 0) {
    out += "LISTED-", out += std::to_string(party.listed + 1);
    return;
  }
  out += CountryOf(party).iso, out += '-', out += std::to_string(party.id);
}

}  // namespace tidewaiter::synth
