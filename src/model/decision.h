// The answer about one transaction, and everything that it rests on. ToJson gives the shape that
// users store and replay; the same inputs give the same bytes.
#ifndef TIDEWAITER_MODEL_DECISION_H_
#define TIDEWAITER_MODEL_DECISION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "model/party.h"
#include "model/role.h"

namespace tidewaiter {

// In order of strength: the strongest wins. Stored on disk, append only.
enum class Outcome : uint8_t { kClear, kReview, kAsk, kStop };
std::string_view ToString(Outcome outcome);
inline Outcome Stronger(Outcome a, Outcome b) { return a < b ? b : a; }

struct ListReference {
  std::string list, id;
  bool operator==(const ListReference&) const = default;
};

// A listed party that a queried one matches, and why.
struct Hit {
  std::string list, id;  // the origin's where several publishers carry the listing
  std::string name;      // the listed name that matched, as published
  double score = 0;      // 0 to 1, four decimals
  PartyKind kind = PartyKind::kUnknown;
  bool identifier_agrees = false;
  std::vector<std::string> programs;
  std::vector<std::string> why;  // sentences: what matched what, what spoke against
  std::vector<ListReference> also;
  std::optional<Date> listed_on;  // absent: unknown, and `why` says so
  std::vector<std::string> citations;
  std::vector<std::string>
      path;            // ownership: from the queried party to the listed one; empty: itself
  std::string pair;    // what a person said of the two: "same", "different"; empty: nothing
  Json explanation;    // token by token, for machines; null when not asked for
  uint32_t entry = 0;  // index in the watchlist; not part of the JSON
  Interval on_list;    // hull of the days on which the matching wordings held; not part of the JSON
};
Json ToJson(const Hit& hit);

struct PartyResult {
  Role role = Role::kConsignee;
  std::string name;
  std::vector<Hit> hits;
};
Json ToJson(const PartyResult& party);

enum class RuleStatus : uint8_t { kNo, kDepends, kApplies };
std::string_view ToString(RuleStatus status);  // "no", "depends", "applies"

struct RuleResult {
  std::string id;
  int64_t line = 0;  // 0: the whole order
  RuleStatus status = RuleStatus::kNo;
  std::string effect;  // prohibit, license, catch_all, notify, inform
  std::string authority;
  std::string title;
  Interval in_force;
  std::vector<std::string> depends_on;
  std::vector<std::string> because;  // one sentence a limb
  std::string citation;
  std::string confidence;       // quoted, quoted-secondary, memory
  std::string date_confidence;  // empty: as certain as the rule
  std::vector<std::string> doubts;
  bool answered = false;  // a licence of the rule's authority is given
  Outcome raises =
      Outcome::kClear;  // what this result alone makes of the order; not part of the JSON
};
Json ToJson(const RuleResult& result);

struct Question {
  std::string fact;
  int64_t line = 0;  // 0: the whole order
  std::string unit;
  std::string text;
  std::vector<std::string> settles;
};
Json ToJson(const Question& question);

struct DeclaredFact {
  std::string fact;
  int64_t line = 0;
  Json value;
  std::string by;  // "exporter", or the source named
};
Json ToJson(const DeclaredFact& fact);

struct DecisionInputs {
  std::string watchlist, rulepacks, catalogue, profile, engine;
  std::string relations, pairs;  // empty: none were given, and the JSON leaves them out
  bool operator==(const DecisionInputs&) const = default;
};

struct Decision {
  std::string order;
  std::optional<Date> as_of;
  Outcome outcome = Outcome::kClear;
  std::vector<std::string> reasons;  // one sentence each for what raised the outcome
  std::vector<PartyResult> parties;
  std::vector<RuleResult> rules;
  std::vector<Question> questions;
  std::vector<DeclaredFact> declared;
  std::vector<std::string> standing;     // ids of general catch-alls that stand aside
  std::vector<std::string> checked;      // what was looked at, in words
  std::vector<std::string> not_checked;  // what was not
  std::vector<std::string> warnings;     // old lists, missing lists, uncertain rules
  Json facts_used;                       // per line: whose fact was used
  Json lists;                            // [{list, date}]
  DecisionInputs inputs;
};
Json ToJson(const Decision& decision);

}  // namespace tidewaiter

#endif  // TIDEWAITER_MODEL_DECISION_H_
