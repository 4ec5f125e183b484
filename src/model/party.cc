#include "model/party.h"

#include <array>
#include <cctype>
#include <utility>

namespace tidewaiter {

std::string_view ToString(PartyKind kind) {
  static constexpr std::array<std::string_view, 5> kNames = {"unknown", "person", "organization",
                                                             "vessel", "aircraft"};
  return kNames[static_cast<size_t>(kind)];
}

std::optional<PartyKind> ParsePartyKind(std::string_view text) {
  static constexpr std::pair<std::string_view, PartyKind> kWords[] = {
      {"", PartyKind::kUnknown},
      {"unknown", PartyKind::kUnknown},
      {"legalentity", PartyKind::kUnknown},
      {"thing", PartyKind::kUnknown},
      {"person", PartyKind::kPerson},
      {"individual", PartyKind::kPerson},
      {"organization", PartyKind::kOrganization},
      {"organisation", PartyKind::kOrganization},
      {"company", PartyKind::kOrganization},
      {"entity", PartyKind::kOrganization},
      {"publicbody", PartyKind::kOrganization},
      {"vessel", PartyKind::kVessel},
      {"aircraft", PartyKind::kAircraft},
      {"airplane", PartyKind::kAircraft}};
  std::string folded;
  for (unsigned char c : text) folded += static_cast<char>(std::tolower(c));
  for (const auto& [word, kind] : kWords) {
    if (word == folded) return kind;
  }
  return std::nullopt;
}

std::string_view ToString(NameStrength strength) {
  static constexpr std::array<std::string_view, 3> kNames = {"primary", "strong", "weak"};
  return kNames[static_cast<size_t>(strength)];
}

}  // namespace tidewaiter
