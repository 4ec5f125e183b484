#include "match/contacts.h"

#include <algorithm>
#include <array>

#include "model/country.h"
#include "names/sound.h"
#include "names/tables.h"
#include "text/tokenize.h"

namespace tidewaiter::match {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool HoldsDigit(std::string_view text) { return std::any_of(text.begin(), text.end(), IsDigit); }

void SortAndPrune(std::vector<std::string>& words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

size_t SharedWords(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::string> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both.size();
}

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return out;
}

// "https://www.Example.test/en/" -> "example.test/en"
std::string ComparableSite(std::string_view value) {
  std::string site = Lower(value);
  if (const size_t scheme = site.find("://"); scheme != std::string::npos)
    site.erase(0, scheme + 3);
  if (site.starts_with("www.")) site.erase(0, 4);
  while (!site.empty() && (site.back() == '/' || site.back() == '.')) site.pop_back();
  return site.find('.') == std::string::npos ? std::string() : site;
}

// The digits without what is written before the national number.
std::string ComparablePhone(std::string_view value) {
  constexpr size_t kLeast = 7;
  std::string digits;
  for (const char c : value) {
    if (IsDigit(c)) digits += c;
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  return digits.size() < kLeast ? std::string() : digits;
}

bool PhonesAgree(std::string_view a, std::string_view b) {
  constexpr size_t kNational = 8;  // digits at the end that tell two numbers apart
  if (a == b) return true;
  if (a.size() > b.size()) std::swap(a, b);
  if (a.size() >= kNational && b.ends_with(a)) return true;
  // "8 495 ..." is "+7 495 ..." within one country.
  constexpr size_t kWithTrunk = 10;
  return a.size() > kWithTrunk && a.size() == b.size() &&
         a.substr(a.size() - kWithTrunk) == b.substr(b.size() - kWithTrunk);
}

std::string ComparableMail(std::string_view value) {
  const std::string mail = Lower(value);
  const size_t at = mail.find('@');
  return at == std::string::npos || at == 0 || mail.find('.', at) == std::string::npos
             ? std::string()
             : mail;
}

std::string Comparable(const Identifier& contact) {
  return contact.kind == "email"   ? ComparableMail(contact.value)
         : contact.kind == "phone" ? ComparablePhone(contact.value)
                                   : ComparableSite(contact.value);
}

// Whether a mailbox is of the domain of a website that is nothing but a domain.
bool IsOfSite(std::string_view mail, std::string_view site) {
  return site.find('/') == std::string_view::npos && mail.substr(mail.find('@') + 1) == site;
}

bool Agree(const Identifier& a, const std::string& x, const Identifier& b, const std::string& y) {
  if (a.kind == b.kind) return a.kind == "phone" ? PhonesAgree(x, y) : x == y;
  if (a.kind == "email" && b.kind == "website") return IsOfSite(x, y);
  return a.kind == "website" && b.kind == "email" && IsOfSite(y, x);
}

}  // namespace

AddressWords WordsOfAddress(std::string_view text) {
  constexpr size_t kLeastLetters = 3;
  AddressWords out;
  out.text = text;
  const names::Tables& tables = names::Tables::Get();
  for (const text::Token& token : text::Tokenize(text)) {
    if (HoldsDigit(token.latin)) {
      out.numbers.push_back(token.latin);
    } else if (token.latin.size() >= kLeastLetters && !tables.IsAddressWord(token.latin) &&
               !ParseCountry(token.latin)) {
      out.words.push_back(names::SoundKey(token.latin));
    }
  }
  SortAndPrune(out.words);
  SortAndPrune(out.numbers);
  return out;
}

AddressRelation Relate(const AddressWords& a, const AddressWords& b) {
  constexpr size_t kMostOfIt = 6, kAllButAll = 8;  // in tenths
  constexpr size_t kEnough = 2;                    // words that make an address
  const size_t words = SharedWords(a.words, b.words), numbers = SharedWords(a.numbers, b.numbers);
  const size_t shorter =
      std::min(a.words.size() + a.numbers.size(), b.words.size() + b.numbers.size());
  if (words >= 2 && numbers >= 1 && 10 * (words + numbers) >= kMostOfIt * shorter)
    return AddressRelation::kSame;
  const bool no_numbers = a.numbers.empty() || b.numbers.empty();
  if (words >= 3 && no_numbers &&
      10 * words >= kAllButAll * std::min(a.words.size(), b.words.size()))
    return AddressRelation::kSame;
  if (words >= 1) return AddressRelation::kSamePlace;
  return numbers == 0 && a.words.size() >= kEnough && b.words.size() >= kEnough
             ? AddressRelation::kDiffers
             : AddressRelation::kUnknown;
}

AddressVerdict BestRelation(std::span<const AddressWords> left,
                            std::span<const AddressWords> right) {
  AddressVerdict best;
  for (const AddressWords& a : left) {
    for (const AddressWords& b : right) {
      const AddressRelation relation = Relate(a, b);
      if (relation > best.relation) best = {relation, &b};
    }
  }
  return best;
}

bool IsContact(const Identifier& identifier) {
  constexpr std::array<std::string_view, 3> kContacts = {"email", "phone", "website"};
  return std::find(kContacts.begin(), kContacts.end(), identifier.kind) != kContacts.end();
}

ContactVerdict CompareContacts(std::span<const Identifier> left,
                               std::span<const Identifier> right) {
  ContactVerdict verdict;
  for (const Identifier& a : left) {
    const std::string x = IsContact(a) ? Comparable(a) : std::string();
    if (x.empty()) continue;
    for (const Identifier& b : right) {
      const std::string y = IsContact(b) ? Comparable(b) : std::string();
      if (y.empty()) continue;
      if (Agree(a, x, b, y)) return {ContactRelation::kSame, &b};
      if (a.kind == b.kind) verdict.relation = ContactRelation::kDiffers;
    }
  }
  return verdict;
}

}  // namespace tidewaiter::match
