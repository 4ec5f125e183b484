// The answer about one transaction, and everything that it rests on. AppendJson writes the shape
// that users store and replay, as canonical JSON; the same inputs give the same bytes.
//
// A decision is some kilobytes of which all but the order's number, its parties and what follows
// from them is the same for every order of a day that the rules cannot tell apart. So it is put
// together from texts that are made once (DayText, RulesText) and shared.
#ifndef TIDEWAITER_MODEL_DECISION_H_
#define TIDEWAITER_MODEL_DECISION_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "model/party.h"
#include "model/role.h"
#include "model/shared_list.h"

namespace tidewaiter {

// In order of strength: the strongest wins. Stored on disk, append only.
enum class Outcome : uint8_t { kClear, kReview, kAsk, kStop };
std::string_view ToString(Outcome outcome);
inline Outcome Stronger(Outcome a, Outcome b) { return a < b ? b : a; }

struct ListReference {
  std::string list, id;
  bool operator==(const ListReference&) const = default;
};
void AppendJson(const ListReference& reference, std::string& out);

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
void AppendJson(const Hit& hit, std::string& out);
// {"role", "name", "hits"}; `hits` is a JSON value. The role stands last, so that the rest can be
// kept for parties that come again in any role.
void AppendParty(Role role, std::string_view name, std::string_view hits, std::string& out);
void AppendPartyWithoutRole(std::string_view name, std::string_view hits, std::string& out);
void AppendRoleOfParty(Role role, std::string& out);

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
void AppendJson(const RuleResult& result, std::string& out);

struct Question {
  std::string fact;
  int64_t line = 0;  // 0: the whole order
  std::string unit;
  std::string text;
  std::vector<std::string> settles;
};
void AppendJson(const Question& question, std::string& out);

struct DeclaredFact {
  std::string fact;
  int64_t line = 0;
  Json value;
  std::string by;  // "exporter", or the source named
};
void AppendJson(const DeclaredFact& fact, std::string& out);

struct DecisionInputs {
  std::string watchlist, rulepacks, catalogue, profile, engine;
  std::string relations, pairs;  // empty: none were given, and the JSON leaves them out
  bool operator==(const DecisionInputs&) const = default;
};

void AppendJson(const DecisionInputs& inputs, std::string& out);

// What all decisions of a day share.
struct DayText {
  // JSON values: what was looked at in words, what it rests on, [{list, date}], what was not
  // looked at.
  std::string checked = "[]", inputs = "null", lists = "null", not_checked = "[]";
  std::string reasons, warnings;  // members of the lists of that name, without brackets
};

// What all orders share that the rules cannot tell apart.
struct RulesText {
  // JSON values. facts_used: per line, whose fact was used; standing: ids of general catch-alls
  // that stand aside.
  std::string declared, facts_used, standing;
  SharedList<Question> questions;
  SharedList<RuleResult> rules;
  std::string reasons, warnings;  // members of the lists of that name, without brackets
};

struct Decision {
  std::string order;  // empty: the order has no number
  Date as_of;
  Outcome outcome = Outcome::kClear;
  std::string parties;               // JSON value: a list of what AppendParty writes
  std::vector<std::string> reasons;  // one sentence for each party that raised the outcome
  std::shared_ptr<const DayText> day;
  std::shared_ptr<const RulesText> rules;
};
// Reasons: those of the parties, then of the rules, then of the day.
void AppendJson(const Decision& decision, std::string& out);

template <typename T>
std::string JsonOf(const T& value) {
  std::string out;
  AppendJson(value, out);
  return out;
}

}  // namespace tidewaiter

#endif  // TIDEWAITER_MODEL_DECISION_H_
