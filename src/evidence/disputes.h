// Disputes: somebody says that rows are wrong about something. A dispute deletes nothing: it marks
// rows, and every figure is given with and without them.
//
//   disputes:
//     - id: maker-is-no-agent
//       type: role            identity (another party), role, brand or quantity
//       by: Example Maker     who disputes
//       date: 2023-03-21
//       says: we were no agent of other makers' goods
//       status: open          open, upheld, withdrawn (withdrawn marks nothing)
//       rows:                 all of what is given must hold; at least one of them
//         party: e0123456789abcdef     entity or name as written
//         roles: [agent]               where the party stands; default: anywhere
//         brand: Other                 of the goods
//         destination: RU
//         from: 2022-04-16
//         to: 2023-02-28
//         source: file.csv             and in it
//         row_numbers: [17, 18]        data rows from 1
#ifndef TIDEWAITER_EVIDENCE_DISPUTES_H_
#define TIDEWAITER_EVIDENCE_DISPUTES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "model/role.h"

namespace tidewaiter::evidence {

struct DisputedRows {
  std::string party, brand, destination, source;
  std::vector<Role> roles;
  std::optional<Date> from, to;
  std::vector<uint64_t> row_numbers;
};

struct Dispute {
  std::string id, type, by, says, status;
  std::optional<Date> date;
  DisputedRows rows;
};

struct Disputes {
  std::string text;  // the file as it was read: a saved figure carries it along
  std::vector<Dispute> all;
};

Result<Disputes> ParseDisputes(std::string_view text, const std::string& file);
Result<Disputes> ReadDisputes(const std::string& path);

// The condition on a row of `lines` under which the dispute is about it.
std::string WhereDisputed(const DisputedRows& rows);

// The condition that a party, by entity or by name, stands in one of the roles.
std::string WhereParty(const std::string& party, const std::vector<Role>& roles);

}  // namespace tidewaiter::evidence

#endif  // TIDEWAITER_EVIDENCE_DISPUTES_H_
