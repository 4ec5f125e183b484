// A rule pack as its file states it: the shape of rulepacks/README.md, read strictly, names not yet
// resolved. What a person would hold against the source; program.h is what the engine runs.
#ifndef TIDEWAITER_RULES_PACK_H_
#define TIDEWAITER_RULES_PACK_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "base/yaml.h"

namespace tidewaiter::rules {

// Where something stands in a pack, for messages.
struct Place {
  std::shared_ptr<const std::string> file;
  uint64_t line = 0;
  Error Problem(std::string message, std::string field = {}) const;
};

enum class Op : uint8_t {
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kBetterThan,  // strictly smaller
  kIn,
  kNotIn,
  kSubsetOf,
  kNotSubsetOf,
};
std::string_view ToString(Op op);  // as written in packs: ">="
std::string_view InWords(Op op);   // "at least"

// A test of one fact. Which operand is used follows from the op and the fact's kind.
struct FactTest {
  std::string fact;
  Op op = Op::kEqual;
  bool truth = true;               // bool facts
  double number = 0;               // ordered ops
  std::vector<double> numbers;     // subset ops
  std::vector<std::string> texts;  // ==, !=, in, not_in of text facts
  enum class Operand : uint8_t { kBool, kNumber, kNumbers, kTexts } operand = Operand::kBool;
  std::string unit;
};

struct HsCodes {
  int edition = 0;
  std::vector<std::string> codes;  // digits only
};

struct Condition {
  enum class Kind : uint8_t {
    kFact,
    kField,
    kHs,
    kControl,
    kClass,
    kRecipient,
    kNamed,
    kRule,
    kAll,
    kAny,
    kNot
  };
  Kind kind = Kind::kAll;
  std::string name;               // of kField, kNamed, kRule
  std::string text;               // of kNamed: the words of the condition named, once compiled
  FactTest test;                  // of kFact
  bool negated = false;           // of kField: not_in
  std::vector<std::string> list;  // countries and groups, code sets, control codes, classes, names
  HsCodes hs;                     // of kHs
  std::vector<Condition> children;  // of kAll, kAny, kNot
  Place place;
};

struct PackItem {
  std::string text;
  bool any = false;
  HsCodes hs;
  std::vector<std::string> code_sets, control, possible_hs, classes, items_of;
  std::vector<Condition> when;
  std::string unseen;     // name of a bool fact
  std::string uncertain;  // why this item raises at most ask or review; empty: it does not
  std::vector<std::string> exceptions, notes;
  Place place;
};

struct Destinations {
  bool everywhere = true;  // absent or "all"
  bool in_all = false, unknown_all = false;
  std::vector<std::string> in, except, unknown;
  std::string fact;
};

struct Parties {
  std::vector<std::string> names;
  std::vector<Condition> any_of;
  bool incomplete = false;
};

struct Ownership {
  FactTest test;
  std::vector<std::string> named_by;
};

struct Uncertainty {
  std::optional<Date> before, from;
  std::optional<Condition> when;
  std::string because;
};

struct PackRule {
  std::string id, title, effect, status, confidence, date_confidence, citation, license_policy,
      never_decides;
  std::string authority, instrument;  // the rule's own or the file's
  std::vector<std::string> sources;
  Interval in_force;
  std::optional<Condition> binds;
  std::vector<PackItem> items;
  Destinations destinations;
  std::vector<Condition> end_use, knowledge;
  std::optional<Parties> parties;
  std::optional<Ownership> ownership;
  std::vector<std::string> unless;
  std::vector<Uncertainty> uncertain;
  bool general_catch_all = false;
  std::vector<std::string> exceptions, notes, doubts;
  Place place;

  bool weak() const { return confidence == "memory" || status == "uncertain"; }
};

struct Group {
  std::string name, text;
  std::vector<std::string> countries;
  Place place;
};

struct CodeSet {
  std::string name, text;
  HsCodes hs;
  Place place;
};

struct FactDefinition {
  enum class Kind : uint8_t { kBool, kNumber, kText, kSet };
  std::string name, unit, ask, at_most, by;
  Kind kind = Kind::kBool;
  bool of_line = true;
  std::vector<std::string> options;
  Place place;
};

struct NamedCondition {
  std::string name, text;
  Condition when;
  Place place;
};

// A share of the values of an item's components.
struct ComponentShare {
  std::vector<std::string> origin, control_code_other_than;
};

struct DerivedFact {
  std::string fact, text;
  std::optional<Condition> true_when, false_when;
  std::optional<ComponentShare> share;
  Place place;
};

// What wakes a general catch-all.
struct Raises {
  std::vector<std::string> destinations, codes, control_code_other_than, classes;
  bool stated = false, party_hit = false;
  Place place;
};

struct Pack {
  std::string file, authority, instrument, title;
  std::optional<Date> reviewed;
  std::vector<std::string> sources, notes, legal_forms;
  bool own_policy = false;
  std::vector<Group> groups;
  std::vector<CodeSet> codes;
  std::vector<FactDefinition> facts;
  std::vector<NamedCondition> conditions;
  std::vector<DerivedFact> derived;
  Raises raises;
  std::vector<PackRule> rules;
};

// Fails at the first thing that the format does not know, with its place.
Result<Pack> ReadPack(const YamlNode& root);

// "CN-LIST-*" against an id: '*' stands for any text.
bool MatchesGlob(std::string_view glob, std::string_view text);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_PACK_H_
