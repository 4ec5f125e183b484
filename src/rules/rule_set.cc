// Evaluate(): each line against each rule of the day, then the questions, then what the answer
// rests on.
#include <algorithm>
#include <set>

#include "base/bounded_cache.h"
#include "rules/evaluation_key.h"
#include "rules/explain.h"
#include "rules/inquiry.h"
#include "rules/inquiry_key.h"
#include "rules/line.h"
#include "rules/loader.h"
#include "rules/memo_key.h"
#include "rules/rules.h"
#include "rules/verdict.h"

namespace tidewaiter::rules {
namespace {

// "MOFCOM" is a word of "MOFCOM+GACC".
bool NamesAuthority(std::string_view authority, std::string_view name) {
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  for (size_t at = authority.find(name); at != std::string_view::npos && !name.empty();
       at = authority.find(name, at + 1)) {
    const bool begins = at == 0 || !is_word(authority[at - 1]);
    const size_t end = at + name.size();
    if (begins && (end == authority.size() || !is_word(authority[end]))) return true;
  }
  return false;
}

// Evaluations and findings by what they rest on; what evaluations say by its JSON.
struct Memory {
  BoundedCache<Evaluation> evaluations{1 << 15};
  BoundedCache<Finding> findings{1 << 14};
  BoundedCache<SharedList<RuleResult>::Entry> results{1 << 14};
  BoundedCache<SharedList<Question>::Entry> questions{1 << 14};
};

// The same for all that say it.
template <typename T>
typename SharedList<T>::Shared Once(T value, char mark,
                                    const BoundedCache<typename SharedList<T>::Entry>& said) {
  auto entry = SharedList<T>::Share(std::move(value));
  std::string key = entry->json + mark;
  if (auto known = said.Find(key)) return known;
  said.Put(std::move(key), entry);
  return entry;
}

class Evaluator {
 public:
  // `view`: what ViewOf() made of the order.
  Evaluator(const Program& program, OrderView view, const Context& context, const Memory& memory)
      : program_(program),
        order_(*view.order),
        context_(context),
        memory_(memory),
        view_(std::move(view)) {
    const Order& order = order_;
    view_.is_listed = &context.is_listed;
    view_.party_hit = context.party_hit;
    origin_of_line_ = std::any_of(order.items.begin(), order.items.end(),
                                  [](const Item& item) { return !item.origin.empty(); });
  }

  std::shared_ptr<const Evaluation> Run() {
    MakeLines();
    for (size_t i = 0; i < lines_.size(); ++i) JudgeLine(static_cast<int32_t>(i));
    AddFormulas();
    const bool keep = !StatesMore(order_) && !context_.explain_all;
    std::string inquiry, key;
    if (keep) {
      key = EvaluationKey(lines_, verdicts_);
      key += origin_of_line_ ? 'l' : 'o';
      inquiry = KeyOfInquiry();
      key += inquiry;
      if (auto known = memory_.evaluations.Find(key)) return known;
    }
    Settle(std::move(inquiry));
    Report();
    Declare();
    Warn();
    Write();
    auto made = std::make_shared<const Evaluation>(std::move(evaluation_));
    if (keep) memory_.evaluations.Put(std::move(key), made);
    return made;
  }

 private:
  void MakeLines() {
    const size_t count = std::max<size_t>(1, order_.items.size());
    lines_.reserve(count);
    for (size_t i = 0; i < count; ++i) {
      const Item* item = order_.items.empty() ? nullptr : &order_.items[i];
      const goods::Recognition* goods = i < context_.goods.size() ? context_.goods[i] : nullptr;
      lines_.emplace_back(program_, view_, item, goods);
    }
  }

  bool IsAnswered(const PackRule& rule) const {
    if (rule.effect != "license" && rule.effect != "catch_all") return false;
    return std::any_of(order_.licenses.begin(), order_.licenses.end(), [&](const License& license) {
      return NamesAuthority(rule.authority, license.authority);
    });
  }

  void JudgeLine(int32_t index) {
    Line& line = lines_[index];
    const size_t first = verdicts_.size();
    for (const uint32_t r : program_.ActiveOn(context_.as_of)) {
      Verdict verdict;
      verdict.rule = &program_.rules[r];
      verdict.line = index;
      verdict.applies = line.Value(verdict.rule->applies);
      if (verdict.applies != Truth::kFalse) {
        verdict.strong = line.Value(verdict.rule->strong);
        verdict.answered = IsAnswered(*verdict.rule->pack);
      }
      verdicts_.push_back(verdict);
    }
    if (!IsRaised(line, first)) {
      for (size_t i = first; i < verdicts_.size(); ++i)
        verdicts_[i].standing = verdicts_[i].rule->pack->general_catch_all;
    }
  }

  // Whether something wakes the general catch-alls of the line.
  bool IsRaised(Line& line, size_t first_verdict) {
    if (line.Value(program_.raised) == Truth::kTrue) return true;
    if (program_.party_hit_raises && view_.party_hit) return true;
    if (RaisesByCode(line)) return true;
    for (size_t i = first_verdict; i < verdicts_.size(); ++i) {
      const Verdict& verdict = verdicts_[i];
      if (!verdict.rule->pack->general_catch_all || verdict.applies == Truth::kFalse) continue;
      for (const FactId fact : verdict.rule->stated_facts) {
        if (IsStatedTrue(line, fact)) return true;
      }
    }
    return false;
  }

  bool RaisesByCode(const Line& line) const {
    if (!program_.code_raises || line.control_code().empty()) return false;
    return std::none_of(
        program_.not_raising.begin(), program_.not_raising.end(),
        [&](const ControlPattern& pattern) { return pattern.text == line.control_code(); });
  }

  bool IsStatedTrue(Line& line, FactId fact) const {
    const KnownFact known = line.Known(fact);
    if (known.fact == nullptr) return false;
    FactTest test;
    return std::all_of(
        known.fact->readings.begin(), known.fact->readings.end(), [&](const FactReading& reading) {
          return TestReading(reading, test, program_.facts[fact].definition) == Truth::kTrue;
        });
  }

  // What a verdict makes of the order for certain.
  static Outcome Certain(const Verdict& verdict) {
    if (verdict.standing || verdict.answered || verdict.applies != Truth::kTrue)
      return Outcome::kClear;
    if (verdict.strong == Truth::kTrue) return verdict.rule->full;
    return std::min(verdict.rule->full, Outcome::kReview);
  }

  // What it could make of it at most once everything is known.
  static Outcome Possible(const Verdict& verdict) {
    if (verdict.answered || verdict.applies == Truth::kFalse) return Outcome::kClear;
    if (verdict.strong != Truth::kFalse) return verdict.rule->full;
    return std::min(verdict.rule->full, Outcome::kReview);
  }

  bool IsOpen(const Verdict& verdict) const {
    return !verdict.standing && Possible(verdict) > base_ && Possible(verdict) > Certain(verdict);
  }

  // What is certain, and what remains to be asked about; nothing, where all is certain.
  void AddFormulas() {
    for (const Verdict& verdict : verdicts_) base_ = Stronger(base_, Certain(verdict));
    if (!std::any_of(verdicts_.begin(), verdicts_.end(),
                     [&](const Verdict& each) { return IsOpen(each); }))
      return;
    for (const Verdict& verdict : verdicts_) AddFormula(verdict);
  }

  std::string KeyOfInquiry() {
    if (formulas_.empty()) return {};
    const bool knows_facts = std::any_of(lines_.begin(), lines_.end(), [](const Line& line) {
      return line.goods() != nullptr && line.goods()->catalogue != nullptr;
    });
    if (!knows_facts) return InquiryKey(program_, lines_, origin_of_line_, formulas_, base_);
    // Of lines of their own: facts that are looked at here were not asked for by the verdicts.
    std::vector<Line> lines = lines_;
    return InquiryKey(program_, lines, origin_of_line_, formulas_, base_);
  }

  void Settle(std::string key) {
    evaluation_.outcome = base_;
    if (formulas_.empty()) return;
    const auto found = AskAbout(std::move(key));
    const Finding& finding = *found;
    if (finding.asked.empty()) {
      for (int outcome = 3; outcome >= 0; --outcome) {
        if ((finding.outcomes >> outcome & 1U) == 0) continue;
        evaluation_.outcome = Stronger(base_, static_cast<Outcome>(outcome));
        break;
      }
      if (evaluation_.outcome > base_) {
        evaluation_.reasons.push_back("whatever the open facts are, one rule or another applies");
      }
      return;
    }
    evaluation_.outcome = Outcome::kAsk;
    for (const Outcome outcome : {Outcome::kClear, Outcome::kReview, Outcome::kStop}) {
      if ((finding.outcomes >> static_cast<int>(outcome) & 1U) != 0)
        evaluation_.outcomes.push_back(outcome);
    }
    Ask(finding);
  }

  // Rules that are out now are kept too: the answer to `eccn` can bring them in.
  void AddFormula(const Verdict& verdict) {
    if (verdict.rule->full == Outcome::kClear || IsAnswered(*verdict.rule->pack)) return;
    Formula formula;
    formula.line = verdict.line;
    formula.rule = verdict.rule;
    formula.applies = verdict.rule->applies;
    formula.strong = verdict.rule->strong;
    formula.weak_outcome = std::min(verdict.rule->full, Outcome::kReview);
    formula.full_outcome = verdict.rule->full;
    formula.only_when_raised = verdict.standing;
    formulas_.push_back(formula);
  }

  // On lines of their own: opening control codes must not touch the verdicts. `key`: empty where
  // the finding is not to be kept.
  std::shared_ptr<const Finding> AskAbout(std::string key) {
    if (!key.empty()) {
      if (auto known = memory_.findings.Find(key)) return known;
    }
    std::vector<Line> lines = lines_;
    std::vector<Line*> pointers;
    for (Line& line : lines) pointers.push_back(&line);
    auto found = std::make_shared<const Finding>(
        Inquiry(program_, std::move(pointers), origin_of_line_).Settle(formulas_, base_));
    if (!key.empty()) memory_.findings.Put(std::move(key), found);
    return found;
  }

  std::vector<Variable> UnknownOf(const Verdict& verdict) {
    std::vector<Variable> unknown;
    Line& line = lines_[verdict.line];
    CollectUnknown(line, verdict.line, origin_of_line_, verdict.rule->applies, unknown);
    CollectUnknown(line, verdict.line, origin_of_line_, verdict.rule->strong, unknown);
    return unknown;
  }

  void Ask(const Finding& finding) {
    std::vector<std::set<std::string>> settles(finding.asked.size());
    for (const Verdict& verdict : verdicts_) {
      if (!IsOpen(verdict)) continue;
      for (const Variable& variable : UnknownOf(verdict)) {
        const auto at = std::lower_bound(finding.asked.begin(), finding.asked.end(), variable);
        if (at == finding.asked.end() || *at != variable) continue;
        settles[at - finding.asked.begin()].insert(verdict.rule->pack->id);
      }
    }
    std::vector<Question> questions;
    for (size_t i = 0; i < finding.asked.size(); ++i) {
      questions.push_back(QuestionOf(finding.asked[i]));
      questions.back().settles.assign(settles[i].begin(), settles[i].end());
    }
    std::stable_sort(questions.begin(), questions.end(), [](const auto& a, const auto& b) {
      if (a.settles.size() != b.settles.size()) return a.settles.size() > b.settles.size();
      return std::tie(a.line, a.fact) < std::tie(b.line, b.fact);
    });
    for (Question& question : questions)
      evaluation_.questions.push_back(Once(std::move(question), ' ', memory_.questions));
    if (!finding.exact)
      evaluation_.warnings.push_back(
          "too much is open to find the smallest set of questions; all of it is asked");
  }

  Question QuestionOf(const Variable& variable) {
    Question question;
    question.fact = NameOf(variable, program_);
    question.line = variable.line < 0 ? 0 : lines_[variable.line].number();
    switch (variable.kind) {
      case Variable::Kind::kFact:
        FillFactQuestion(variable, question);
        break;
      case Variable::Kind::kHs:
        question.text = "What is the HS code of the item, with all its digits?";
        break;
      case Variable::Kind::kControlCode:
        question.text =
            "Under which export control code (ECCN) does the item fall, to its last letter? EAR99 "
            "if none.";
        break;
      case Variable::Kind::kField:
        question.text = FieldQuestion(static_cast<Field>(variable.index));
        break;
    }
    return question;
  }

  void FillFactQuestion(const Variable& variable, Question& question) {
    const FactInfo& info = program_.facts[variable.index];
    question.unit = info.definition.unit;
    question.text = info.definition.ask;
    if (!question.unit.empty()) question.text += " (in " + question.unit + ")";
    if (variable.line < 0) return;
    Line& line = lines_[variable.line];
    for (const FactId leaf : info.leaves) {
      if (line.Known(leaf).origin != FactOrigin::kDerived) continue;
      question.text += " Bill of materials: " + line.arithmetic();
    }
  }

  static std::string FieldQuestion(Field field) {
    switch (field) {
      case Field::kExporterCountry:
        return "In which country does the exporter have its seat?";
      case Field::kOrigin:
        return "In which country was the item made?";
      case Field::kDeparture:
        return "From which country do the goods leave?";
      case Field::kDestination:
        return "To which country do the goods go in the end?";
      case Field::kVia:
        break;
    }
    return {};
  }

  // --- Report
  // ------------------------------------------------------------------------------------------------
  void Report() {
    std::set<std::string> standing;
    for (const Verdict& verdict : verdicts_) {
      if (verdict.standing && verdict.applies != Truth::kFalse) {
        standing.insert(verdict.rule->pack->id);
      } else if (verdict.applies != Truth::kFalse || context_.explain_all) {
        RuleResult result = ResultOf(verdict);
        const char raises = ToString(result.raises).front();  // not part of the JSON
        evaluation_.rules.push_back(Once(std::move(result), raises, memory_.results));
      }
    }
    evaluation_.standing.assign(standing.begin(), standing.end());
    for (const RuleResult& result : evaluation_.rules) {
      if (result.raises >= evaluation_.outcome && result.raises != Outcome::kClear) {
        evaluation_.reasons.push_back(ReasonOf(result));
      }
    }
  }

  static std::string ReasonOf(const RuleResult& result) {
    std::string reason = result.id;
    if (result.line > 0) reason += " (line " + std::to_string(result.line) + ")";
    reason += result.status == RuleStatus::kApplies ? " applies: " : " may apply: ";
    reason += result.title;
    return reason;
  }

  Outcome RaisesOf(const Verdict& verdict) const {
    if (IsOpen(verdict) && evaluation_.outcome == Outcome::kAsk) return Outcome::kAsk;
    return Certain(verdict);
  }

  static RuleStatus StatusOf(Truth truth) {
    if (truth == Truth::kTrue) return RuleStatus::kApplies;
    return truth == Truth::kUnknown ? RuleStatus::kDepends : RuleStatus::kNo;
  }

  RuleResult ResultOf(const Verdict& verdict) {
    const PackRule& pack = *verdict.rule->pack;
    RuleResult result;
    result.id = pack.id;
    result.line = lines_[verdict.line].number();
    result.status = verdict.standing ? RuleStatus::kNo : StatusOf(verdict.applies);
    result.effect = pack.effect;
    result.authority = pack.authority;
    result.title = pack.title;
    result.in_force = pack.in_force;
    result.citation = pack.citation;
    result.confidence = pack.confidence;
    result.date_confidence = pack.date_confidence;
    result.doubts = pack.doubts;
    result.answered = verdict.answered && verdict.applies != Truth::kFalse;
    result.because = Because(*verdict.rule, lines_[verdict.line]);
    if (!pack.license_policy.empty() && verdict.applies != Truth::kFalse) {
      result.because.push_back("licence policy: " + pack.license_policy);
    }
    if (verdict.applies == Truth::kUnknown) result.depends_on = DependsOn(verdict);
    result.raises = RaisesOf(verdict);
    return result;
  }

  std::vector<std::string> DependsOn(const Verdict& verdict) {
    std::vector<std::string> names;
    const auto add = [&](const std::string& name) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    };
    for (const Variable& variable : UnknownOf(verdict)) {
      add(NameOf(variable, program_));
      if (variable.kind != Variable::Kind::kFact) continue;
      for (const FactId leaf : program_.facts[variable.index].leaves) {
        if (lines_[verdict.line].Known(leaf).origin == FactOrigin::kNobody)
          add(program_.facts[leaf].definition.name);
      }
    }
    return names;
  }

  // --- Whose word it is
  // -------------------------------------------------------------------------------------- A stated
  // fact carries the outcome when some rule would not be out without it.
  void Declare() {
    Json used{Json::Array{}};
    for (size_t i = 0; i < lines_.size(); ++i) {
      Line& line = lines_[i];
      ListUsed(line, used);
      std::set<FactId> carrying;
      CollectCarrying(static_cast<int32_t>(i), carrying);
      for (const FactId fact : carrying) DeclareFact(line, fact);
    }
    evaluation_.facts_used = std::move(used);
  }

  void ListUsed(Line& line, Json& used) const {
    std::vector<FactId> facts = line.touched();
    std::sort(facts.begin(), facts.end(), [&](FactId a, FactId b) {
      return program_.facts[a].definition.name < program_.facts[b].definition.name;
    });
    for (const FactId fact : facts) {
      const KnownFact& known = line.Known(fact);
      Json entry{Json::Object{}};
      entry.Set("fact", program_.facts[fact].definition.name);
      if (line.number() > 0) entry.Set("line", line.number());
      entry.Set("value", ToJson(*known.fact));
      entry.Set("from", known.origin == FactOrigin::kOrder       ? "order"
                        : known.origin == FactOrigin::kCatalogue ? "catalogue"
                                                                 : "computed");
      if (!known.source.empty()) entry.Set("source", known.source);
      if (known.origin == FactOrigin::kDerived) entry.Set("arithmetic", line.arithmetic());
      used.Add(std::move(entry));
    }
  }

  void CollectCarrying(int32_t index, std::set<FactId>& carrying) {
    Line& line = lines_[index];
    std::vector<FactId> stated;
    for (const FactId fact : line.touched()) {
      if (line.Known(fact).origin == FactOrigin::kOrder) stated.push_back(fact);
    }
    if (stated.empty()) return;
    Line without = line;
    without.ForgetStatedFacts();
    for (const Verdict& verdict : verdicts_) {
      if (verdict.line != index || verdict.applies != Truth::kFalse ||
          verdict.rule->full == Outcome::kClear)
        continue;
      if (without.Value(verdict.rule->applies) == Truth::kFalse) continue;
      std::vector<Variable> open;
      CollectUnknown(without, index, origin_of_line_, verdict.rule->applies, open);
      for (const FactId fact : stated) {
        const bool bears = std::any_of(open.begin(), open.end(), [&](const Variable& variable) {
          return variable.kind == Variable::Kind::kFact && BearsOn(fact, variable.index);
        });
        if (bears) carrying.insert(fact);
      }
    }
  }

  bool BearsOn(FactId fact, FactId asked) const {
    const FactInfo& info = program_.facts[asked];
    return fact == asked || fact == info.at_most ||
           std::find(info.leaves.begin(), info.leaves.end(), fact) != info.leaves.end();
  }

  void DeclareFact(Line& line, FactId fact) {
    const FactDefinition& definition = program_.facts[fact].definition;
    const KnownFact& known = line.Known(fact);
    DeclaredFact declared;
    declared.fact = definition.name;
    declared.line = definition.of_line ? line.number() : 0;
    declared.value = ToJson(*known.fact);
    for (const FactReading& reading : known.fact->readings) {
      const std::string by = reading.source.empty() ? "exporter" : reading.source;
      if (declared.by.find(by) == std::string::npos)
        declared.by += (declared.by.empty() ? "" : ", ") + by;
    }
    const bool twice = std::any_of(
        evaluation_.declared.begin(), evaluation_.declared.end(), [&](const auto& other) {
          return other.fact == declared.fact && other.line == declared.line;
        });
    if (!twice) evaluation_.declared.push_back(std::move(declared));
  }

  // --- Warnings
  // ----------------------------------------------------------------------------------------------
  void Warn() {
    WarnOfFacts(order_.facts, 0);
    for (const Item& item : order_.items) WarnOfFacts(item.facts, item.line);
  }

  void WarnOfFacts(const Facts& facts, int64_t line) {
    for (const auto& [name, fact] : facts) {
      const FactId id = program_.FindFact(name);
      const auto why = id == kNone ? std::optional<std::string>("no rule knows this fact")
                                   : WhyUnreadable(fact, program_.facts[id].definition);
      if (!why) continue;
      evaluation_.warnings.push_back("fact " + name +
                                     (line > 0 ? " of line " + std::to_string(line) : "") +
                                     " was not used: " + *why);
    }
  }

  void Write() {
    RulesText& text = evaluation_.text;
    AppendJsonList(evaluation_.declared, text.declared);
    evaluation_.facts_used.DumpTo(text.facts_used);
    text.questions = evaluation_.questions;
    text.rules = evaluation_.rules;
    text.standing = '[';
    AppendJsonStrings(evaluation_.standing, text.standing);
    text.standing += ']';
    AppendJsonStrings(evaluation_.reasons, text.reasons);
    AppendJsonStrings(evaluation_.warnings, text.warnings);
  }

  const Program& program_;
  const Order& order_;
  const Context& context_;
  const Memory& memory_;
  OrderView view_;
  bool origin_of_line_ = false;
  std::vector<Line> lines_;
  std::vector<Verdict> verdicts_;
  std::vector<Formula> formulas_;
  Outcome base_ = Outcome::kClear;
  Evaluation evaluation_;
};

class CompiledRuleSet : public RuleSet {
 public:
  CompiledRuleSet(std::unique_ptr<const Program> program, std::string hash)
      : program_(std::move(program)), hash_(std::move(hash)) {}

  std::shared_ptr<const Evaluation> Evaluate(const Order& order,
                                             const Context& context) const override {
    OrderView view = ViewOf(order, context.as_of, context.named_as, *program_);
    std::string key = context.only_once ? std::string() : MemoKey(view, context);
    if (!key.empty()) {
      if (auto known = memo_.Find(key)) return known;
    }
    auto made = Evaluator(*program_, std::move(view), context, memory_).Run();
    if (!key.empty()) memo_.Put(std::move(key), made);
    return made;
  }
  Status CheckFacts(const Order& order) const override {
    TW_RETURN_IF_ERROR(CheckFactsOf(order.facts, 0));
    for (const Item& item : order.items) TW_RETURN_IF_ERROR(CheckFactsOf(item.facts, item.line));
    return {};
  }
  const std::string& hash() const override { return hash_; }
  const std::vector<Date>& change_days() const override { return program_->change_days; }
  std::string NamedAs(std::string_view name) const override {
    return rules::NamedAs(name, *program_);
  }
  std::vector<std::string> PacksReviewedBefore(Date day) const override {
    std::vector<std::string> files;
    for (const auto& pack : program_->packs) {
      if (pack->reviewed && *pack->reviewed < day) files.push_back(pack->file);
    }
    std::sort(files.begin(), files.end());
    return files;
  }

 private:
  // `line` 0: those of the whole order.
  Status CheckFactsOf(const Facts& facts, int64_t line) const {
    for (const auto& [name, fact] : facts) {
      const FactId id = program_->FindFact(name);
      if (id == kNone) continue;
      const auto why = WhyUnreadable(fact, program_->facts[id].definition);
      if (!why) continue;
      const std::string where = line == 0 ? "" : "items[line " + std::to_string(line) + "].";
      return BadInput(*why, {}, 0, where + "facts." + name);
    }
    return {};
  }

  std::unique_ptr<const Program> program_;
  std::string hash_;
  BoundedCache<Evaluation> memo_{1 << 15};
  Memory memory_;
};

}  // namespace

Result<std::shared_ptr<const RuleSet>> MakeRuleSet(const std::vector<PackFile>& files,
                                                   const std::string& cache) {
  const std::string hash = HashOf(files);
  TW_ASSIGN_OR_RETURN(auto program, LoadProgram(files, cache));
  return std::shared_ptr<const RuleSet>(
      std::make_shared<CompiledRuleSet>(std::move(program), hash));
}

Result<std::shared_ptr<const RuleSet>> RuleSet::Load(const std::string& resources,
                                                     const std::vector<std::string>& own_policies,
                                                     const std::string& cache) {
  TW_ASSIGN_OR_RETURN(const std::vector<PackFile> files, ReadPackFiles(resources, own_policies));
  return MakeRuleSet(files, cache);
}

}  // namespace tidewaiter::rules
