// One line of an order on one day, and the truth of every node for it. Values are computed when
// asked for and kept.
#ifndef TIDEWAITER_RULES_LINE_H_
#define TIDEWAITER_RULES_LINE_H_

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "goods/goods.h"
#include "model/order.h"
#include "rules/kleene.h"
#include "rules/program.h"

namespace tidewaiter::rules {

// What all lines of an order share.
struct OrderView {
  const Order* order = nullptr;
  Date as_of;
  std::string_view exporter_country;  // empty: unknown
  std::vector<const OrderParty*> recipients;
  // Those of them that some rule names, with their names as rules compare them.
  struct Named {
    const OrderParty* party;
    std::string name;
  };
  std::vector<Named> named;
  const std::function<bool(std::string_view, std::string_view)>* is_listed = nullptr;
  bool party_hit = false;
};

// The name folded where some rule names it, else empty.
std::string NamedAs(std::string_view name, const Program& program);

// `named_as`: NamedAs() of each party; may be empty.
OrderView ViewOf(const Order& order, Date as_of, const std::vector<std::string_view>& named_as,
                 const Program& program);

// Who says what is known of a fact.
enum class FactOrigin : uint8_t { kNobody, kOrder, kCatalogue, kDerived, kBound };

struct KnownFact {
  FactOrigin origin = FactOrigin::kNobody;
  const Fact* fact = nullptr;  // of kOrder, kCatalogue, and kDerived (computed, owned by the line)
  std::string_view source;     // of kCatalogue
};

// What a reading says of a test; numbers are read in the fact's unit.
Truth TestReading(const FactReading& reading, const FactTest& test,
                  const FactDefinition& definition);
// A reading as a number of `unit`; nullopt when it is none or measures something else.
struct NumberRange {
  double min, max;
};
std::optional<NumberRange> RangeOf(const FactReading& reading, std::string_view unit);
// Whether a stated fact can be read as what its definition asks for; the message says why not.
std::optional<std::string> WhyUnreadable(const Fact& fact, const FactDefinition& definition);

// The same fact in the unit of its definition: an order reads the same whatever units it was
// written in.
Fact InUnitOf(const FactDefinition& definition, const Fact& fact);

// A copy shares the facts of the line that it was copied from, which must outlive it.
class Line {
 public:
  // All references must outlive the line. `item` may be null: an order without lines.
  Line(const Program& program, const OrderView& view, const Item* item,
       const goods::Recognition* goods);

  Truth Value(NodeId node);

  // While open, an item that has HS codes and control codes waits for the control code of a line
  // that has none. Used to find out what the answer to the question `eccn` could change.
  void OpenControlCode();
  // The facts of the order count as not stated: what remains is what the outcome rests on without
  // them.
  void ForgetStatedFacts();

  const KnownFact& Known(FactId fact);
  // The range of a fact that is not stated but bounded by another one; nullopt: none.
  std::optional<NumberRange> BoundOf(FactId fact);
  // Whether some recipient is named by the test, and which.
  const OrderParty* NamedRecipient(const RecipientTest& test) const;
  std::string_view FieldValue(Field field) const;  // empty: unknown; not for kVia
  HsMatch MatchList(
      const HsList& list);  // by the code in the list's edition where the line states it
  const std::vector<HsMatch>& MatchesOf(uint32_t hs_test);

  int64_t number() const { return item_ == nullptr ? 0 : item_->line; }
  const Item* item() const { return item_; }
  const goods::Recognition* goods() const { return goods_; }
  const OrderView& view() const { return view_; }
  const Program& program() const { return program_; }
  std::string_view hs() const {
    return item_ == nullptr ? std::string_view() : std::string_view(item_->hs);
  }
  int hs_edition() const { return edition_; }
  const std::string& control_code() const { return control_code_; }  // folded; empty: none
  bool control_code_open() const { return control_code_open_; }
  const std::string& arithmetic() const {
    return arithmetic_;
  }  // how the component share was computed
  const std::vector<FactId>& touched() const {
    return touched_;
  }  // known facts that some test looked at
  // The aggregate share of listed owners of the recipient that has most, as far as stated; and who
  // they are.
  struct Owned {
    double min = 0, max = 0;
    std::string text;
  };
  Owned OwnedShare(const OwnershipTest& test) const;

 private:
  Truth Compute(const Node& node);
  Truth ComputeFact(const CompiledTest& test);
  Truth ComputeDerived(const FactInfo& info, const FactTest& test);
  Truth ComputeField(const FieldTest& test) const;
  Truth ComputeHs(uint32_t hs_test);
  Truth ComputeControl(const ControlTest& test);
  bool MayBeAmong(uint32_t hs_test);  // of the headings under which listed goods can travel
  Truth ComputeOwnership(const OwnershipTest& test);
  void FillFacts();
  // The HS code that the order states in that edition; null: none, or several.
  const FactReading* StatedInEdition(int edition) const;
  void DeriveShare(FactId fact);

  const Program& program_;
  const OrderView& view_;
  const Item* item_;
  const goods::Recognition* goods_;
  int edition_ = 0;
  std::string control_code_;
  bool control_code_open_ = false;
  std::vector<uint8_t> values_;  // by node; kNotYet
  std::vector<KnownFact> known_;
  std::vector<FactId> touched_;
  std::vector<uint8_t> is_touched_;
  std::vector<std::vector<HsMatch>> hs_matches_;  // by HsTest; empty: not yet
  std::deque<Fact>
      in_rule_units_;  // stated facts in the units of their definitions, where they were in others
  Fact share_;
  std::string arithmetic_;
};

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_LINE_H_
