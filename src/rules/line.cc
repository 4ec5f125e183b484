// The truth of the nodes for one line. Kleene logic with short cuts: an AND stops at its first
// false child.
#include "rules/line.h"

#include <algorithm>
#include <cmath>

#include "goods/hs.h"
#include "model/units.h"

namespace tidewaiter::rules {
namespace {

constexpr uint8_t kNotYet = 255;

// Roles that say where the exporter sits when no exporter is named or his country is not given.
constexpr Role kSeats[] = {Role::kExporter, Role::kSeller, Role::kSupplier, Role::kShipper,
                           Role::kConsignor};

std::string_view ExporterCountry(const Order& order) {
  for (const Role role : kSeats) {
    const OrderParty* party = order.FindParty(role);
    if (party != nullptr && !party->country.empty()) return party->country;
  }
  return {};
}

bool Holds(const ComponentShare& share, const Component& component) {
  return std::find(share.origin.begin(), share.origin.end(), component.origin) !=
         share.origin.end();
}

bool IsFree(const ComponentShare& share, const std::string& folded) {
  return std::any_of(share.control_code_other_than.begin(), share.control_code_other_than.end(),
                     [&](const std::string& code) { return FoldControlCode(code) == folded; });
}

// Whether a part counts: of the origin, and under a control code that is not excepted.
Truth Counts(const ComponentShare& share, const Component& component) {
  if (!component.origin.empty() && !Holds(share, component)) return Truth::kFalse;
  const std::string code = FoldControlCode(component.eccn);
  if (!code.empty() && IsFree(share, code)) return Truth::kFalse;
  return component.origin.empty() || code.empty() ? Truth::kUnknown : Truth::kTrue;
}

std::string NameOf(const Component& component, size_t index) {
  return component.description.empty() ? "part " + std::to_string(index + 1)
                                       : component.description;
}

}  // namespace

std::string NamedAs(std::string_view name, const Program& program) {
  std::string folded = FoldPartyName(name, program.legal_forms);
  return program.party_names.contains(folded) ? folded : std::string();
}

OrderView ViewOf(const Order& order, Date as_of, const std::vector<std::string_view>& named_as,
                 const Program& program) {
  OrderView view;
  view.order = &order;
  view.as_of = as_of;
  view.exporter_country = ExporterCountry(order);
  view.recipients.reserve(order.parties.size());
  for (size_t i = 0; i < order.parties.size(); ++i) {
    const OrderParty& party = order.parties[i];
    if (!IsRecipient(party.role)) continue;
    view.recipients.push_back(&party);
    std::string name =
        i < named_as.size() ? std::string(named_as[i]) : NamedAs(party.name, program);
    if (!name.empty()) view.named.push_back({&party, std::move(name)});
  }
  return view;
}

Line::Line(const Program& program, const OrderView& view, const Item* item,
           const goods::Recognition* goods)
    : program_(program),
      view_(view),
      item_(item),
      goods_(goods),
      values_(program.nodes.size(), kNotYet),
      known_(program.facts.size()),
      is_touched_(program.facts.size(), 0),
      hs_matches_(program.hs_tests.size()) {
  edition_ = item != nullptr && item->hs_edition
                 ? *item->hs_edition
                 : goods::HsEditionOn(view.order->date.value_or(view.as_of));
  if (item != nullptr) control_code_ = FoldControlCode(item->eccn);
  FillFacts();
}

void Line::FillFacts() {
  if (goods_ != nullptr && goods_->catalogue != nullptr) {
    for (const auto& fact : goods_->catalogue->facts) {
      const FactId id = program_.FindFact(fact.name);
      if (id != kNone) known_[id] = {FactOrigin::kCatalogue, &fact.value, fact.source};
    }
  }
  const auto take = [&](const Facts& facts) {
    for (const auto& [name, fact] : facts) {
      const FactId id = program_.FindFact(name);
      if (id == kNone || fact.readings.empty()) continue;
      in_rule_units_.push_back(InUnitOf(program_.facts[id].definition, fact));
      known_[id] = {FactOrigin::kOrder, &in_rule_units_.back(), {}};
    }
  };
  take(view_.order->facts);
  if (item_ != nullptr) take(item_->facts);
}

void Line::OpenControlCode() {
  control_code_open_ = true;
  std::fill(values_.begin(), values_.end(), kNotYet);
}

void Line::ForgetStatedFacts() {
  for (KnownFact& known : known_) {
    if (known.origin == FactOrigin::kOrder) known = {};
  }
  std::fill(values_.begin(), values_.end(), kNotYet);
}

Truth Line::Value(NodeId id) {
  uint8_t& value = values_[id];
  if (value == kNotYet) {
    const Truth truth = Compute(program_.nodes[id]);
    values_[id] = static_cast<uint8_t>(truth);
    return truth;
  }
  return static_cast<Truth>(value);
}

Truth Line::Compute(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kTrue:
      return Truth::kTrue;
    case Node::Kind::kFalse:
      return Truth::kFalse;
    case Node::Kind::kNot:
      return Not(Value(node.children.front()));
    case Node::Kind::kAnd: {
      Truth all = Truth::kTrue;
      for (const NodeId child : node.children) {
        all = And(all, Value(child));
        if (all == Truth::kFalse) break;
      }
      return all;
    }
    case Node::Kind::kOr: {
      Truth any = Truth::kFalse;
      for (const NodeId child : node.children) {
        any = Or(any, Value(child));
        if (any == Truth::kTrue) break;
      }
      return any;
    }
    case Node::Kind::kFact:
      return ComputeFact(program_.fact_tests[node.index]);
    case Node::Kind::kField:
      return ComputeField(program_.field_tests[node.index]);
    case Node::Kind::kHs:
      return ComputeHs(node.index);
    case Node::Kind::kControl:
      return ComputeControl(program_.control_tests[node.index]);
    case Node::Kind::kClass: {
      const auto& classes = program_.class_tests[node.index];
      return ToTruth(goods_ != nullptr && std::find(classes.begin(), classes.end(),
                                                    goods_->component_class) != classes.end());
    }
    case Node::Kind::kRecipient:
      return ToTruth(NamedRecipient(program_.recipient_tests[node.index]) != nullptr);
    case Node::Kind::kOwnership:
      return ComputeOwnership(program_.ownership_tests[node.index]);
    case Node::Kind::kDated:
      return ToTruth(program_.dates[node.index].Contains(view_.as_of));
  }
  return Truth::kUnknown;
}

const KnownFact& Line::Known(FactId fact) {
  KnownFact& known = known_[fact];
  if (known.origin == FactOrigin::kNobody && program_.facts[fact].has_share) DeriveShare(fact);
  return known;
}

Truth Line::ComputeFact(const CompiledTest& compiled) {
  const FactInfo& info = program_.facts[compiled.fact];
  const KnownFact& known = Known(compiled.fact);
  if (known.origin == FactOrigin::kNobody) {
    if (info.true_when != kNone || info.false_when != kNone)
      return ComputeDerived(info, compiled.test);
    const auto bound = BoundOf(compiled.fact);
    if (!bound) return Truth::kUnknown;
    FactReading reading;
    reading.kind = FactReading::Kind::kInterval;
    reading.min = bound->min;
    reading.max = bound->max;
    return TestReading(reading, compiled.test, info.definition);
  }
  if (!is_touched_[compiled.fact]) {
    is_touched_[compiled.fact] = 1;
    touched_.push_back(compiled.fact);
  }
  bool all_true = true, all_false = true;
  for (const FactReading& reading : known.fact->readings) {
    const Truth truth = TestReading(reading, compiled.test, info.definition);
    all_true = all_true && truth == Truth::kTrue;
    all_false = all_false && truth == Truth::kFalse;
  }
  if (all_true) return Truth::kTrue;
  return all_false ? Truth::kFalse : Truth::kUnknown;
}

Truth Line::ComputeDerived(const FactInfo& info, const FactTest& test) {
  Truth truth = Truth::kUnknown;
  if (info.true_when != kNone && Value(info.true_when) == Truth::kTrue) {
    truth = Truth::kTrue;
  } else if (info.false_when != kNone && Value(info.false_when) == Truth::kTrue) {
    truth = Truth::kFalse;
  }
  return test.truth == (test.op == Op::kEqual) ? truth : Not(truth);
}

std::optional<NumberRange> Line::BoundOf(FactId fact) {
  const FactInfo& info = program_.facts[fact];
  if (info.at_most == kNone) return std::nullopt;
  const FactDefinition& other = program_.facts[info.at_most].definition;
  const KnownFact& known = Known(info.at_most);
  if (known.fact == nullptr) return std::nullopt;
  double max = -HUGE_VAL;
  for (const FactReading& reading : known.fact->readings) {
    const auto range = RangeOf(reading, other.unit);
    const auto converted =
        range ? ConvertUnit(range->max, other.unit, info.definition.unit) : std::nullopt;
    max = std::max(max, converted.value_or(HUGE_VAL));
  }
  return NumberRange{-HUGE_VAL, max};
}

// The controlled share of the parts: what surely counts at least, what may count at most.
void Line::DeriveShare(FactId fact) {
  if (item_ == nullptr || item_->components.empty()) return;
  const ComponentShare& share = program_.facts[fact].share;
  double sure = 0, possible = 0, rest = 0;
  bool open_value = false, open_free_value = false;
  std::string counted, unknown;
  for (size_t i = 0; i < item_->components.size(); ++i) {
    const Component& component = item_->components[i];
    const Truth counts = Counts(share, component);
    const double value = component.value.value_or(0);
    if (!component.value) (counts == Truth::kFalse ? open_free_value : open_value) = true;
    (counts == Truth::kTrue ? sure : counts == Truth::kUnknown ? possible : rest) += value;
    if (counts == Truth::kTrue) {
      (counted += counted.empty() ? "" : " + ") +=
          NameOf(component, i) + " " + FormatQuantity(value, {});
    }
    if (counts == Truth::kUnknown || !component.value) {
      (unknown += unknown.empty() ? "" : ", ") += NameOf(component, i);
    }
  }
  const double total = sure + possible + rest;
  FactReading reading;
  reading.kind = FactReading::Kind::kInterval;
  reading.unit = "%";
  reading.min = total > 0 && !open_free_value && !open_value ? 100 * sure / total : 0;
  reading.max = total > 0 ? 100 * (sure + possible) / total : possible > 0 || open_value ? 100 : 0;
  if (open_value) reading.max = 100;
  arithmetic_ = "(" + (counted.empty() ? std::string("0") : counted) + ") of " +
                FormatQuantity(total, {}) + " = " +
                FormatQuantity(std::round(reading.min * 100) / 100, "%");
  if (reading.min != reading.max) {
    arithmetic_ +=
        " to " + FormatQuantity(std::round(reading.max * 100) / 100, "%") + "; open: " + unknown;
  }
  share_.readings = {reading};
  known_[fact] = {FactOrigin::kDerived, &share_, "bill of materials"};
}

std::string_view Line::FieldValue(Field field) const {
  const Order& order = *view_.order;
  switch (field) {
    case Field::kExporterCountry:
      return view_.exporter_country;
    case Field::kOrigin:
      return item_ != nullptr && !item_->origin.empty() ? item_->origin : order.origin;
    case Field::kDeparture:
      return order.departure;
    case Field::kDestination:
      return order.destination;
    case Field::kVia:
      break;
  }
  return {};
}

Truth Line::ComputeField(const FieldTest& test) const {
  const auto in = [&](std::string_view code) {
    const uint32_t index = CountryIndex(code);
    return index != kNone && test.countries.test(index);
  };
  if (test.field == Field::kVia) {
    const auto& via = view_.order->via;
    return ToTruth(std::any_of(via.begin(), via.end(), in) != test.negated);
  }
  const std::string_view value = FieldValue(test.field);
  return value.empty() ? Truth::kUnknown : ToTruth(in(value) != test.negated);
}

const FactReading* Line::StatedInEdition(int edition) const {
  if (in_rule_units_.empty()) return nullptr;  // the order states no facts
  const KnownFact& known = known_[program_.FindFact("hs_" + std::to_string(edition))];
  const bool one = known.origin == FactOrigin::kOrder && known.fact->readings.size() == 1;
  return one ? &known.fact->readings.front() : nullptr;
}

HsMatch Line::MatchList(const HsList& list) {
  const FactReading* said = StatedInEdition(list.edition);
  if (said != nullptr) {
    std::string digits;
    const FactReading& reading = *said;
    const std::string text =
        reading.kind == FactReading::Kind::kText ? reading.text : FormatQuantity(reading.min, {});
    for (const char c : text) {
      if (c >= '0' && c <= '9') digits += c;
    }
    if (digits.size() >= 2) {
      HsMatch match = MatchHs(digits, list.edition, list);
      match.other_edition = match.truth == Truth::kUnknown;
      return match;
    }
  }
  return MatchHs(hs(), edition_, list);
}

const std::vector<HsMatch>& Line::MatchesOf(uint32_t hs_test) {
  std::vector<HsMatch>& matches = hs_matches_[hs_test];
  if (matches.empty()) {
    for (const HsList& list : program_.hs_tests[hs_test].lists) matches.push_back(MatchList(list));
  }
  return matches;
}

Truth Line::ComputeHs(uint32_t hs_test) {
  Truth any = Truth::kFalse;
  for (const HsMatch& match : MatchesOf(hs_test)) any = Or(any, match.truth);
  return any;
}

// Headings under which listed goods can travel are our own judgement and no rule's text, so an
// uncertain conversion counts only within the chapter of the line's code: gym gear is not asked
// about because its code was split up.
bool Line::MayBeAmong(uint32_t hs_test) {
  const auto& lists = program_.hs_tests[hs_test].lists;
  const auto& matches = MatchesOf(hs_test);
  for (size_t i = 0; i < matches.size(); ++i) {
    if (matches[i].truth == Truth::kFalse) continue;
    if (matches[i].truth == Truth::kTrue || matches[i].candidates.empty()) return true;
    for (const std::string& candidate : matches[i].candidates) {
      const bool near = candidate.substr(0, 2) == hs().substr(0, 2);
      if (near && MatchHs(candidate, lists[i].edition, lists[i]).truth != Truth::kFalse)
        return true;
    }
  }
  return false;
}

Truth Line::ComputeControl(const ControlTest& test) {
  if (!control_code_.empty()) {
    Truth any = Truth::kFalse;
    for (const ControlPattern& pattern : test.patterns)
      any = Or(any, MatchControl(control_code_, pattern));
    return any;
  }
  if (control_code_open_ || test.any_possible) return Truth::kUnknown;
  if (test.beside_hs || test.possible == kNone) return Truth::kFalse;
  return MayBeAmong(test.possible) ? Truth::kUnknown : Truth::kFalse;
}

const OrderParty* Line::NamedRecipient(const RecipientTest& test) const {
  for (const auto& [party, name] : view_.named) {
    if (std::find(test.folded.begin(), test.folded.end(), name) != test.folded.end()) return party;
  }
  return nullptr;
}

Line::Owned Line::OwnedShare(const OwnershipTest& test) const {
  const std::string& fact = program_.facts[test.test.fact].definition.name;
  Owned most;
  for (const OrderParty* party : view_.recipients) {
    Owned owned;
    for (const Owner& owner : party->owners) {
      const std::string folded = FoldPartyName(owner.name, program_.legal_forms);
      const bool named =
          std::any_of(test.named_by.begin(), test.named_by.end(), [&](const auto& each) {
            return each.first == folded && program_.dates[each.second].Contains(view_.as_of);
          });
      const bool listed =
          view_.is_listed != nullptr && *view_.is_listed && (*view_.is_listed)(owner.name, fact);
      if (!named && !listed) continue;
      owned.min += owner.share_percent.value_or(0);
      owned.max += owner.share_percent.value_or(100);
      owned.text += (owned.text.empty() ? "" : " + ") + owner.name + " " +
                    (owner.share_percent ? FormatQuantity(*owner.share_percent, "%")
                                         : std::string("an unknown share"));
    }
    owned.max = std::min(owned.max, std::max(100.0, owned.min));
    if (owned.max > 0) owned.text = party->name + " is owned by " + owned.text;
    if (owned.min > most.min || (owned.min == most.min && owned.max > most.max)) most = owned;
  }
  return most;
}

Truth Line::ComputeOwnership(const OwnershipTest& test) {
  if (Known(test.test.fact).origin != FactOrigin::kNobody) return ComputeFact(test.test);
  const Owned owned = OwnedShare(test);
  FactReading reading;
  reading.kind = FactReading::Kind::kInterval;
  reading.min = owned.min;
  reading.max = owned.max;
  return TestReading(reading, test.test.test, program_.facts[test.test.fact].definition);
}

}  // namespace tidewaiter::rules
