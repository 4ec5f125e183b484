#include "rules/lint.h"

#include <algorithm>
#include <map>

#include "base/file.h"
#include "model/units.h"
#include "rules/covers.h"
#include "rules/words.h"

namespace tidewaiter::rules {
namespace {

class Linter {
 public:
  Linter(const Program& program, const std::set<std::string>* tested)
      : program_(program), tested_(tested) {}

  std::vector<LintFinding> Run() {
    for (const auto& pack : program_.packs) LintPack(*pack);
    LintVersions();
    LintContradictions();
    LintFacts();
    std::stable_sort(findings_.begin(), findings_.end(), [](const auto& a, const auto& b) {
      return std::tie(a.file, a.line, a.rule, a.message) <
             std::tie(b.file, b.line, b.rule, b.message);
    });
    return std::move(findings_);
  }

 private:
  void Add(const Place& place, const std::string& rule, std::string message, bool error = true) {
    findings_.push_back(
        {place.file ? *place.file : std::string(), place.line, rule, std::move(message), error});
  }

  void LintPack(const Pack& pack) {
    for (const PackRule& rule : pack.rules) {
      if (rule.sources.empty()) Add(rule.place, rule.id, "names no source");
      LintRule(rule);
      if (tested_ != nullptr && !pack.own_policy && !tested_->contains(rule.id) &&
          rule.never_decides.empty()) {
        Add(rule.place, rule.id, "no scenario names this rule");
      }
    }
  }

  void LintRule(const PackRule& rule) {
    if (rule.in_force.from == kDistantPast) Add(rule.place, rule.id, "its start is unknown", false);
    if (rule.status == "ended" && rule.in_force.to == kDistantFuture) {
      Add(rule.place, rule.id, "is ended, but has no end ('to')");
    }
    if (rule.general_catch_all && rule.end_use.empty() && rule.knowledge.empty() && !rule.parties) {
      Add(rule.place, rule.id,
          "is a general catch-all without end use, knowledge or party: only other things wake it",
          false);
    }
    for (const PackItem& item : rule.items) LintItem(rule, item);
    if (rule.items.empty() && rule.never_decides.empty()) {
      Add(rule.place, rule.id,
          "states no items, so it meets every line; say `any: true` if that is meant");
    }
  }

  void LintItem(const PackRule& rule, const PackItem& item) {
    const bool names = item.any || !item.hs.codes.empty() || !item.code_sets.empty() ||
                       !item.control.empty() || !item.classes.empty() || !item.items_of.empty();
    if (!names) Add(item.place, rule.id, "an item in words only matches no line", false);
    LintRange(rule, item);
  }

  // Parameters of one item that no value can meet together.
  void LintRange(const PackRule& rule, const PackItem& item) {
    std::map<std::string, std::pair<double, double>> ranges;
    for (const Condition& condition : item.when) {
      if (condition.kind != Condition::Kind::kFact) continue;
      const FactTest& test = condition.test;
      if (test.operand != FactTest::Operand::kNumber) continue;
      auto& [low, high] = ranges.try_emplace(test.fact, -1e300, 1e300).first->second;
      if (test.op == Op::kGreater || test.op == Op::kGreaterEqual) low = std::max(low, test.number);
      if (test.op == Op::kLess || test.op == Op::kLessEqual || test.op == Op::kBetterThan)
        high = std::min(high, test.number);
      if (low > high)
        Add(condition.place, rule.id, "no value of " + test.fact + " can meet this item");
    }
  }

  // Versions of one rule: loading refuses overlaps; a day between two versions on which none holds
  // is a gap.
  void LintVersions() {
    for (size_t i = 1; i < program_.rules.size(); ++i) {
      const PackRule& before = *program_.rules[i - 1].pack;
      const PackRule& after = *program_.rules[i].pack;
      if (before.id != after.id || after.in_force.from == before.in_force.to + 1) continue;
      Add(after.place, after.id,
          "no version holds from " + ToString(before.in_force.to + 1) + " to " +
              ToString(after.in_force.from - 1));
    }
  }

  // Two rules of one authority, held on the same days, of which one meets all that the other meets:
  // a licence that a prohibition takes back, or a rule that says nothing of its own.
  void LintContradictions() {
    Coverage coverage(program_);
    for (const CompiledRule& narrow : program_.rules) {
      for (const CompiledRule& wide : program_.rules) {
        if (&wide == &narrow || !AreComparable(*wide.pack, *narrow.pack)) continue;
        if (MeetsAllOf(coverage, wide, narrow)) Compare(wide, narrow, coverage);
      }
    }
  }

  static bool AreComparable(const PackRule& a, const PackRule& b) {
    const bool days = a.in_force.from <= b.in_force.to && b.in_force.from <= a.in_force.to;
    return days && a.id != b.id && a.authority == b.authority && a.never_decides.empty() &&
           b.never_decides.empty();
  }

  static bool MeetsAllOf(Coverage& coverage, const CompiledRule& wide, const CompiledRule& narrow) {
    for (size_t limb = 0; limb < kLimbs; ++limb) {
      if (wide.limbs[limb] == narrow.limbs[limb]) continue;
      if (!coverage.Covers(wide.limbs[limb], narrow.limbs[limb])) return false;
    }
    return true;
  }

  void Compare(const CompiledRule& wide, const CompiledRule& narrow, Coverage& coverage) {
    const PackRule &w = *wide.pack, &n = *narrow.pack;
    const bool equal = MeetsAllOf(coverage, narrow, wide);
    if (equal && &wide > &narrow) return;  // said once, at the later of the two
    if (w.effect != n.effect && (equal || (w.effect == "prohibit" && n.effect != "inform"))) {
      Add(n.place, n.id,
          "contradicts " + w.id + ": " +
              (equal ? "the same transactions, but "
                     : "all of its transactions are met there, but ") +
              w.effect + " there and " + n.effect + " here");
    } else if (equal && n.effect != "inform") {
      Add(n.place, n.id, "says the same as " + w.id, false);
    }
  }

  void LintFacts() {
    std::set<FactId> used;
    for (const CompiledTest& test : program_.fact_tests) used.insert(test.fact);
    for (const OwnershipTest& test : program_.ownership_tests) used.insert(test.test.fact);
    for (FactId id = 0; id < program_.facts.size(); ++id) {
      const FactInfo& info = program_.facts[id];
      if (info.hs_edition != 0) continue;
      if (!used.contains(id))
        Add(info.definition.place, info.definition.name, "no rule uses this fact", false);
      if (info.definition.ask.back() != '?')
        Add(info.definition.place, info.definition.name, "its question text is no question");
    }
  }

  const Program& program_;
  const std::set<std::string>* tested_;
  std::vector<LintFinding> findings_;
};

bool IsIdCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_';
}

}  // namespace

std::vector<LintFinding> Lint(const Program& program, const std::set<std::string>* tested) {
  return Linter(program, tested).Run();
}

Result<std::set<std::string>> RulesNamedIn(const std::string& folder, const Program& program) {
  std::set<std::string> known, named;
  for (const CompiledRule& rule : program.rules) known.insert(rule.pack->id);
  TW_ASSIGN_OR_RETURN(const std::vector<std::string> files, ListFilesBelow(folder, ""));
  for (const std::string& file : files) {
    TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(file));
    for (size_t from = 0; from < text.size();) {
      size_t to = from;
      while (to < text.size() && IsIdCharacter(text[to])) ++to;
      std::string word = text.substr(from, to - from);
      while (!word.empty() && word.back() == '.') word.pop_back();
      if (known.contains(word)) named.insert(std::move(word));
      from = to + 1;
    }
  }
  return named;
}

}  // namespace tidewaiter::rules
