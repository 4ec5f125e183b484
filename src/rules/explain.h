// Sentences: what a limb says of a line, and why.
#ifndef TIDEWAITER_RULES_EXPLAIN_H_
#define TIDEWAITER_RULES_EXPLAIN_H_

#include <string>
#include <vector>

#include "rules/line.h"

namespace tidewaiter::rules {

// One sentence a limb that says something, in the order of the rule; only the limb that failed when
// one did.
std::vector<std::string> Because(const CompiledRule& rule, Line& line);

// Why a node is what it is on this line, without a full stop.
std::string Explain(NodeId node, Line& line);

// The children of a node that decide what it is: of an AND that holds all, of one that fails the
// first that fails, else the unknown ones; of an OR the other way round.
std::vector<NodeId> Deciding(const Node& node, Truth truth, Line& line);

// "endurance", "maximum take-off mass": a fact's name for people.
std::string FactWords(const std::string& name);
// "46 min", "30 to 60 min", "2 kg (catalogue) or 3 kg (test report)".
std::string FactText(const Fact& fact, const FactDefinition& definition);
// "at least 30 min", "is true".
std::string TestText(const FactTest& test, const FactDefinition& definition);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_EXPLAIN_H_
