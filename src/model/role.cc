#include "model/role.h"

namespace tidewaiter {
namespace {

constexpr std::array<std::string_view, kRoleCount> kNames = {
    "exporter",     "consignor",    "shipper",
    "supplier",     "seller",       "buyer",
    "importer",     "consignee",    "intermediate_consignee",
    "end_user",     "forwarder",    "agent",
    "carrier",      "declarant",    "customs_broker",
    "notify_party", "guarantor",    "contract_holder",
    "trustee",      "manufacturer", "brand_owner",
    "bank"};

}  // namespace

const std::array<Role, kRoleCount>& AllRoles() {
  static const auto roles = [] {
    std::array<Role, kRoleCount> all{};
    for (size_t i = 0; i < kRoleCount; ++i) all[i] = static_cast<Role>(i);
    return all;
  }();
  return roles;
}

std::string_view ToString(Role role) { return kNames[static_cast<size_t>(role)]; }

std::optional<Role> ParseRole(std::string_view text) {
  for (Role role : AllRoles()) {
    if (ToString(role) == text) return role;
  }
  return std::nullopt;
}

std::string KnownRoles() {
  std::string all;
  for (const auto name : kNames) all.append(all.empty() ? "" : ", ").append(name);
  return all;
}

bool IsRecipient(Role role) {
  return role == Role::kBuyer || role == Role::kImporter || role == Role::kConsignee ||
         role == Role::kIntermediateConsignee || role == Role::kEndUser;
}

bool IsHandler(Role role) {
  return role == Role::kForwarder || role == Role::kAgent || role == Role::kCarrier ||
         role == Role::kBank || role == Role::kNotifyParty;
}

}  // namespace tidewaiter
