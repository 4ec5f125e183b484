// All packs compiled: names resolved, equal conditions shared, everything a node of one graph. A
// node is true, false or unknown for one line of one order on one day; a rule is the AND of its
// limbs' nodes.
//
// Immutable after Compile(); any number of threads may read it.
#ifndef TIDEWAITER_RULES_PROGRAM_H_
#define TIDEWAITER_RULES_PROGRAM_H_

#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "model/decision.h"
#include "rules/codes.h"
#include "rules/pack.h"

namespace tidewaiter::rules {

using NodeId = uint32_t;
using FactId = uint32_t;
inline constexpr uint32_t kNone = UINT32_MAX;
inline constexpr NodeId kTrueNode = 0, kFalseNode = 1;

struct Node {
  enum class Kind : uint8_t {
    kTrue,
    kFalse,
    kAnd,
    kOr,
    kNot,
    kFact,
    kField,
    kHs,
    kControl,
    kClass,
    kRecipient,
    kOwnership,
    kDated
  };
  Kind kind = Kind::kTrue;
  uint32_t index = 0;            // into the table of its kind
  std::vector<NodeId> children;  // of kAnd, kOr, kNot
};

enum class Field : uint8_t { kExporterCountry, kOrigin, kDeparture, kDestination, kVia };
std::string_view ToString(Field field);

// A country as a small number; kNone for an empty or unreadable code.
uint32_t CountryIndex(std::string_view code);
inline constexpr size_t kCountries = 26 * 26 + 100;
using CountrySet = std::bitset<kCountries>;

struct FieldTest {
  Field field = Field::kOrigin;
  bool negated = false;
  CountrySet countries;
  std::string text;                // as the pack writes the list: "CN", "EU27, GB"
  std::vector<std::string> names;  // codes, groups resolved
};

// A test of a fact with its numbers in the fact's unit.
struct CompiledTest {
  FactId fact = 0;
  FactTest test;
};

struct HsTest {
  std::vector<HsList> lists;  // one an edition
};

struct ControlTest {
  std::vector<ControlPattern> patterns;
  std::string text;
  bool beside_hs = false;  // the item has HS codes too: they decide a line that has no control code
  bool any_possible = false;  // without a code: unknown on every line
  uint32_t possible = kNone;  // ... on lines whose HS code meets this HsTest; kNone: on none
};

struct RecipientTest {
  std::vector<std::string> names, folded;
};

struct OwnershipTest {
  CompiledTest test;
  std::vector<std::string> folded;  // names that the rules in `rules` give
  std::vector<std::pair<std::string, uint32_t>>
      named_by;  // folded name -> index in `dates` of its rule
};

struct FactInfo {
  FactDefinition definition;
  FactId at_most = kNone;
  NodeId true_when = kNone, false_when = kNone;  // of derived facts
  bool has_share = false;
  ComponentShare share;
  std::string derived_text;
  int hs_edition = 0;  // of the built-in facts hs_2012, hs_2017 ...: a code in another edition
  std::vector<FactId> leaves;  // of derived facts: the facts that it may follow from
};

enum class Limb : uint8_t {
  kBinds,
  kItems,
  kDestination,
  kEndUse,
  kKnowledge,
  kParties,
  kOwnership,
  kUnless
};
inline constexpr size_t kLimbs = 8;
std::string_view ToString(Limb limb);

struct CompiledRule {
  const PackRule* pack = nullptr;
  std::array<NodeId, kLimbs> limbs{};
  NodeId applies = kFalseNode;    // in force and every limb
  NodeId strong = kFalseNode;     // ... by an item that is certain, on a day that is: what may have
                                  // the full effect
  std::vector<NodeId> items;      // one an item of the pack
  std::vector<NodeId> uncertain;  // one an entry of the pack
  Outcome full = Outcome::kClear;  // what it makes of an order when it applies and is certain
  std::vector<FactId>
      stated_facts;  // of general catch-alls: the bool facts of end use and knowledge
};

struct Program {
  std::vector<std::unique_ptr<Pack>> packs;
  std::vector<Node> nodes;
  std::vector<FactInfo> facts;
  std::unordered_map<std::string_view, FactId> fact_ids;  // into facts' names
  std::vector<CompiledTest> fact_tests;
  std::vector<FieldTest> field_tests;
  std::vector<HsTest> hs_tests;
  std::vector<ControlTest> control_tests;
  std::vector<std::vector<std::string>> class_tests;
  std::vector<RecipientTest> recipient_tests;
  std::vector<OwnershipTest> ownership_tests;
  std::vector<Interval> dates;
  std::unordered_map<NodeId, std::string> labels;  // of named conditions
  std::vector<CompiledRule> rules;                 // by id, then by date
  NodeId raised = kFalseNode;  // what raises a line, but for facts, control code and party hits
  std::vector<ControlPattern> not_raising;  // control codes that raise nothing
  bool code_raises = false, party_hit_raises = false;
  std::unordered_set<std::string> legal_forms;
  std::unordered_set<std::string> party_names;  // folded, of all rules
  std::vector<Date> change_days;
  std::vector<std::vector<uint32_t>>
      active;  // rules in force before change_days[i]; the last: after all

  FactId FindFact(std::string_view name) const;
  const std::vector<uint32_t>& ActiveOn(Date day) const;
  // Fills change_days and active from dates and rules.
  void FindChangeDays();
};

// Case, punctuation, script and legal form folded: what two writings of one firm's name share.
std::string FoldPartyName(std::string_view name,
                          const std::unordered_set<std::string>& legal_forms);

// Fails, with its place, on what packs name and none defines, on double definitions, circles, units
// that do not fit, and own policies that touch what is not theirs.
Result<std::unique_ptr<const Program>> Compile(std::vector<std::unique_ptr<Pack>> packs);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_PROGRAM_H_
