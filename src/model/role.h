// The roles that a party can have in a transaction or a customs row. They are never merged: what a
// file calls supplier is stored as supplier, not as exporter.
#ifndef TIDEWAITER_MODEL_ROLE_H_
#define TIDEWAITER_MODEL_ROLE_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tidewaiter {

// Stored on disk, append only.
enum class Role : uint8_t {
  kExporter,
  kConsignor,
  kShipper,
  kSupplier,  // no more than the file's own word: seller, shipper or exporter, it does not say
              // which
  kSeller,
  kBuyer,
  kImporter,
  kConsignee,
  kIntermediateConsignee,
  kEndUser,
  kForwarder,
  kAgent,
  kCarrier,
  kDeclarant,
  kCustomsBroker,
  kNotifyParty,
  kGuarantor,
  kContractHolder,
  kTrustee,
  kManufacturer,
  kBrandOwner,
  kBank,
};
inline constexpr size_t kRoleCount = 22;
const std::array<Role, kRoleCount>& AllRoles();

std::string_view ToString(Role role);  // "intermediate_consignee"
std::optional<Role> ParseRole(std::string_view text);
std::string KnownRoles();  // all names, for messages

// Buyer, importer, consignee, intermediate consignee, end user: whom the goods go to.
bool IsRecipient(Role role);
// Forwarder, agent, carrier, bank, notify party: who handles the goods or the money on the way.
bool IsHandler(Role role);

}  // namespace tidewaiter

#endif  // TIDEWAITER_MODEL_ROLE_H_
