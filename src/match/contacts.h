// Where two parties sit and how they are reached: addresses, e-mail, telephone and website beside
// each other. Evidence on top of what the names say; by itself it makes no hit.
#ifndef TIDEWAITER_MATCH_CONTACTS_H_
#define TIDEWAITER_MATCH_CONTACTS_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/party.h"

namespace tidewaiter::match {

// An address as it is compared: the sound keys of the words that name a place, and the numbers.
// Each sorted, without repeats.
struct AddressWords {
  std::string text;  // as given
  std::vector<std::string> words, numbers;
};
AddressWords WordsOfAddress(std::string_view text);

enum class AddressRelation : uint8_t {
  kUnknown,    // one of them says too little
  kDiffers,    // nothing in common
  kSamePlace,  // a town or a street, and no more
  kSame        // most of what the shorter one says, a number among it
};
AddressRelation Relate(const AddressWords& a, const AddressWords& b);

// The strongest relation of any two; `listed` is then the address of the right side that has it.
struct AddressVerdict {
  AddressRelation relation = AddressRelation::kUnknown;
  const AddressWords* listed = nullptr;
};
AddressVerdict BestRelation(std::span<const AddressWords> left,
                            std::span<const AddressWords> right);

// Kinds of identifiers by which a party is reached: they may be shared, and change.
bool IsContact(const Identifier& identifier);

enum class ContactRelation : uint8_t { kUnknown, kDiffers, kSame };
struct ContactVerdict {
  ContactRelation relation = ContactRelation::kUnknown;
  const Identifier* listed = nullptr;  // of the right side, where they agree
};
// An e-mail address and a website agree when the address is of the site's domain.
ContactVerdict CompareContacts(std::span<const Identifier> left, std::span<const Identifier> right);

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_CONTACTS_H_
