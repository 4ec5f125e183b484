#include "inspect/judge.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <mutex>
#include <unordered_map>

#include "base/hash.h"
#include "base/parallel.h"
#include "base/text_pool.h"
#include "inspect/strangers.h"
#include "inspect/stretches.h"
#include "model/country.h"

namespace tidewaiter::inspect {
namespace {

using ledger::Attribute;
using ledger::Id;
using ledger::Ledger;

// Where an address says that it is: its first or last part, when that is a country. Customs files
// put it at either end.
IsoCountry CountryInAddress(std::string_view address) {
  constexpr std::string_view kSeparators = ",;-";
  const auto try_part = [](std::string_view part) {
    while (!part.empty() && (part.front() == ' ' || part.front() == '.')) part.remove_prefix(1);
    while (!part.empty() && (part.back() == ' ' || part.back() == '.')) part.remove_suffix(1);
    return part.size() < 4 ? std::nullopt : ParseCountry(part);
  };
  const size_t first = address.find_first_of(kSeparators);
  if (const auto code = try_part(address.substr(0, first))) return IsoCountry(*code);
  const size_t last = address.find_last_of(",;");
  if (last == std::string_view::npos) return {};
  if (const auto code = try_part(address.substr(last + 1))) return IsoCountry(*code);
  return {};
}

void ReadCountries(const Ledger& ledger, unsigned threads, Judged& judged) {
  judged.country.resize(ledger.parties.size());
  ParallelFor(ledger.parties.size(), threads, 256, [&](size_t p) {
    const auto& party = ledger.parties[p];
    const std::string_view stated = ledger.Text(party.Get(Attribute::kCountry));
    if (const auto code = ParseCountry(stated)) {
      judged.country[p] = IsoCountry(*code);
      return;
    }
    for (const Attribute where :
         {Attribute::kAddress, Attribute::kAddressEn, Attribute::kAddressRaw}) {
      judged.country[p] = CountryInAddress(ledger.Text(party.Get(where)));
      if (!judged.country[p].empty()) return;
    }
  });
}

void AppendNumber(double number, std::string& key) {
  key.append(reinterpret_cast<const char*>(&number), sizeof number);
}

// What rules see of goods beside their code.
std::string WhatRulesSee(const goods::Recognition& r) {
  std::string key = r.brand + '\x1f' + r.model + '\x1f' + r.component_class + '\x1f';
  key += r.accessory ? 'a' : '-';
  key += r.set ? 's' : '-';
  for (const double confidence : {r.brand_confidence, r.model_confidence, r.class_confidence})
    AppendNumber(confidence, key);
  key.append(reinterpret_cast<const char*>(&r.catalogue), sizeof r.catalogue);
  return key;
}

std::string AllOf(const goods::Recognition& r) {
  std::string key = WhatRulesSee(r);
  AppendNumber(r.vagueness, key);
  key += !r.code_agreement ? '-' : *r.code_agreement ? 'y' : 'n';
  for (const auto& hs : r.expected_hs) key.append(hs) += '\x1f';
  return key;
}

void RecogniseGoods(const goods::Goods& goods, const Ledger& ledger, unsigned threads,
                    Progress& progress, Judged& judged) {
  constexpr size_t kAtOnce = 1 << 16;
  progress.Stage("recognise goods", ledger.goods.size());
  judged.recognised_as.reserve(ledger.goods.size());
  TextPool known;
  std::vector<goods::Recognition> some;
  for (size_t from = 0; from < ledger.goods.size(); from += kAtOnce) {
    some.assign(std::min(kAtOnce, ledger.goods.size() - from), {});
    ParallelFor(some.size(), threads, 256, [&](size_t i) {
      const auto& text = ledger.goods[from + i];
      some[i] = goods.Recognise({ledger.Text(text.description), ledger.Text(text.description_en),
                                 ledger.Text(text.model)},
                                ledger.Text(text.hs), ledger.Text(text.brand));
      some[i].words.clear();
    });
    for (auto& one : some) {
      const uint32_t id = known.Intern(AllOf(one)) - 1;
      if (id == judged.recognitions.size()) judged.recognitions.push_back(std::move(one));
      judged.recognised_as.push_back(id);
    }
    progress.Done(from + some.size());
  }
}

// Rules see goods through their code and WhatRulesSee(), so goods equal in both are one kind.
void GroupGoods(const Ledger& ledger, Judged& judged) {
  // By recognition: the number of what rules see of it.
  TextPool seen;
  std::vector<uint32_t> seen_as;
  for (const auto& r : judged.recognitions) seen_as.push_back(seen.Intern(WhatRulesSee(r)));
  std::unordered_map<uint64_t, uint32_t> ids;  // of code and recognition
  judged.kind_of.reserve(ledger.goods.size());
  for (size_t g = 0; g < ledger.goods.size(); ++g) {
    const Id hs = ledger.goods[g].hs;
    const auto [it, fresh] = ids.try_emplace(uint64_t{hs} << 32 | seen_as[judged.recognised_as[g]],
                                             static_cast<uint32_t>(judged.kinds.size()));
    if (fresh) judged.kinds.push_back({hs, static_cast<Id>(g)});
    judged.kind_of.push_back(it->second);
  }
}

match::Query QueryOf(const Ledger& ledger, const Judged& judged, Id id) {
  const auto& party = ledger.parties[id];
  match::Query query;
  for (const Attribute name : kPartyNames) {
    const std::string_view text = ledger.Text(party.Get(name));
    if (!text.empty()) query.names.emplace_back(text);
  }
  if (!judged.country[id].empty()) query.countries = {std::string(judged.country[id])};
  for (const auto& [kind, value] : party.identifiers) {
    query.identifiers.push_back({std::string(ledger.Text(kind)),
                                 std::string(ledger.Text(value)),
                                 std::string(judged.country[id]),
                                 {}});
  }
  const std::string_view address = ledger.Text(party.Get(Attribute::kAddress));
  if (!address.empty()) query.addresses.emplace_back(address);
  return query;
}

// Screens; problems by party, so that any number of threads tells the same one.
class Screening {
 public:
  Screening(const screen::Desk& desk, match::Options how) : desk_(desk), how_(std::move(how)) {}
  std::vector<Hit> Search(size_t party, const match::Query& query) {
    if (query.names.empty() && query.identifiers.empty()) return {};
    auto hits = desk_.ScreenParty(query, how_);
    if (hits) return std::move(*hits);
    const std::lock_guard lock(busy_);
    problems_.emplace(party, std::move(hits).error());
    return {};
  }
  Status problem() {
    if (problems_.empty()) return {};
    return std::move(problems_.begin()->second);
  }

 private:
  const screen::Desk& desk_;
  match::Options how_;
  std::mutex busy_;
  std::map<size_t, Error> problems_;
};

Status ScreenParties(const screen::Desk& desk, const Ledger& ledger, const JudgeOptions& options,
                     Progress& progress, Judged& judged) {
  progress.Stage("screen parties", ledger.parties.size());
  judged.hits.resize(ledger.parties.size());
  if (desk.matcher() == nullptr) return {};
  match::Options how;
  how.all_history = !options.as_of;
  how.as_of = options.as_of;
  Screening screening(desk, how);
  const Strangers strangers(desk, ledger, how, options.threads);
  ParallelFor(ledger.parties.size(), options.threads, 64, [&](size_t p) {
    const match::Query query = QueryOf(ledger, judged, static_cast<Id>(p));
    const bool by_name = !strangers.Has(ledger.parties[p]);
    if (by_name || desk.matcher()->MayShareIdentifier(query.identifiers))
      judged.hits[p] = screening.Search(p, query);
  });
  return screening.problem();
}

// The party that stands for the exporter: whoever the row names on the sending side, in this order.
Id SenderOf(const Ledger& ledger, size_t line) {
  for (const Role role :
       {Role::kExporter, Role::kSeller, Role::kSupplier, Role::kShipper, Role::kConsignor}) {
    if (const Id party = ledger.lines.PartyOf(role, line); party != 0) return party;
  }
  return 0;
}

Order OrderOfCase(const Ledger& ledger, const Judged& judged, const Case& c) {
  Order order;
  order.date = c.day;
  const auto& route = ledger.routes[c.route];
  order.origin = ledger.Text(route.origin);
  // A file that states no departure: goods leave from where their sender sits, as far as anybody
  // can tell.
  order.departure =
      route.departure != 0 ? std::string(ledger.Text(route.departure)) : std::string(c.seat);
  order.destination = ledger.Text(route.destination);
  if (!c.seat.empty()) {
    OrderParty exporter;
    exporter.role = Role::kExporter;
    exporter.country = c.seat;
    order.parties.push_back(std::move(exporter));
  }
  for (const auto& [role, id] : c.named) {
    OrderParty party;
    party.role = role;
    party.name = ledger.DisplayName(id);
    party.country = judged.country[id];
    order.parties.push_back(std::move(party));
  }
  const auto& kind = judged.kinds[c.kind];
  Item item;
  item.line = 1;
  item.hs = ledger.Text(kind.hs);
  const auto& text = ledger.goods[kind.example];
  item.description = ledger.Text(text.description_en != 0 ? text.description_en : text.description);
  order.items.push_back(std::move(item));
  return order;
}

void Evaluate(const screen::Desk& desk, const Ledger& ledger, const Judged& judged, Case& c) {
  rules::Context context;
  context.as_of = c.day;
  context.goods = {&judged.Recognised(judged.kinds[c.kind].example)};
  context.party_hit = c.party_hit;
  context.only_once = true;  // cases are distinct
  c.evaluation = desk.rules().Evaluate(OrderOfCase(ledger, judged, c), context);
}

// All that an evaluation says.
std::string WordsOf(const rules::Evaluation& evaluation) {
  const RulesText& text = evaluation.text;
  std::string out(ToString(evaluation.outcome));
  for (const Outcome outcome : evaluation.outcomes) out.append(1, '\x1f').append(ToString(outcome));
  for (const auto* part :
       {&text.declared, &text.facts_used, &text.standing, &text.reasons, &text.warnings})
    out.append(1, '\x1f').append(*part);
  AppendJson(text.questions, out);
  AppendJson(text.rules, out);
  return out;
}

// Two threads that came to the same evaluation at once made it twice, and one that was forgotten
// was made anew. Of equal ones the first case's stays, so that chance does not show.
void ShareEqualEvaluations(std::vector<Case>& cases) {
  using Shared = std::shared_ptr<const rules::Evaluation>;
  std::unordered_map<const rules::Evaluation*, Shared> kept;
  std::unordered_map<std::string, Shared> by_words;
  for (Case& c : cases) {
    Shared& same = kept[c.evaluation.get()];
    if (same == nullptr)
      same = by_words.try_emplace(RowHashHex(WordsOf(*c.evaluation)), c.evaluation).first->second;
    c.evaluation = same;
  }
}

// The days of a line of which the first is `day`.
Interval DaysFrom(const Ledger& ledger, const Judged& judged, size_t line, Date day) {
  if (!judged.own_days || IsUndated(ledger, judged, line)) return {day, day};
  return {day, ledger.lines.to[line]};
}

// Lines -> cases. Some lines at a time on any thread, then put together in the order of the lines,
// so that cases are numbered the same on any number of threads.
class CaseTable {
 public:
  CaseTable(const screen::Desk& desk, const Ledger& ledger, const JudgeOptions& options,
            Judged& judged)
      : desk_(desk), ledger_(ledger), options_(options), judged_(judged) {
    named_.resize(ledger.parties.size());
    ParallelFor(ledger.parties.size(), options.threads, 256, [&](size_t p) {
      named_[p] = p > 0 && !desk.rules().NamedAs(ledger.DisplayName(static_cast<Id>(p))).empty();
    });
  }

  // A line's further days, on which something changes. In order of lines and days.
  struct Later {
    size_t line;
    Date day;
    uint32_t case_id;
  };
  const std::vector<Later>& later() const { return later_; }

  // Neighbouring lines; their cases are numbered among themselves.
  struct Part {
    TextPool keys;            // one more than the case
    std::vector<Case> cases;  // by key
    std::vector<uint32_t> case_of;
    std::vector<Date> day;
    std::vector<Later> later;
    uint64_t undated = 0;
  };
  Part Read(size_t from, size_t to) const {
    Part part;
    for (size_t line = from; line < to; ++line) {
      const Date day = DayOf(line);
      part.day.push_back(day);
      part.undated += IsUndated(ledger_, judged_, line);
      part.case_of.push_back(CaseOn(line, day, part));
      const Interval days = DaysFrom(ledger_, judged_, line, day);
      if (days.from == days.to) continue;
      const auto changes = ChangesWithin(days, desk_.rules().change_days(), ListedDays(line));
      for (const Date change : changes)
        part.later.push_back({line, change, CaseOn(line, change, part)});
    }
    return part;
  }
  void Add(Part part) {
    const std::vector<uint32_t> ids = keys_.InternAll(part.keys);
    const auto id_of = [&](uint32_t of_part) { return ids[of_part + 1] - 1; };
    for (uint32_t c = 0; c < part.cases.size(); ++c) {
      if (id_of(c) == judged_.cases.size()) judged_.cases.push_back(std::move(part.cases[c]));
    }
    for (const uint32_t c : part.case_of) judged_.case_of.push_back(id_of(c));
    judged_.day.insert(judged_.day.end(), part.day.begin(), part.day.end());
    for (const Later& later : part.later)
      later_.push_back({later.line, later.day, id_of(later.case_id)});
    judged_.undated += part.undated;
  }

 private:
  uint32_t CaseOn(size_t line, Date day, Part& part) const {
    const auto& lines = ledger_.lines;
    Case c;
    c.kind = judged_.kind_of[lines.goods[line]];
    c.route = lines.route[line];
    c.seat = judged_.country[SenderOf(ledger_, line)];
    c.day = day;
    c.party_hit = HasConsequentialHit(line, day);
    for (const Role role : AllRoles()) {
      const Id party = lines.PartyOf(role, line);
      if (party != 0 && named_[party]) c.named.emplace_back(role, party);
    }
    return IdOf(std::move(c), part);
  }
  std::vector<Interval> ListedDays(size_t line) const {
    std::vector<Interval> listed;
    for (const Role role : AllRoles()) {
      for (const Hit& hit : judged_.hits[ledger_.lines.PartyOf(role, line)])
        listed.push_back(hit.on_list);
    }
    return listed;
  }
  Date DayOf(size_t line) const {
    if (options_.as_of) return *options_.as_of;
    const Date from = ledger_.lines.from[line];
    return from == kDistantPast ? options_.today : from;
  }
  bool HasConsequentialHit(size_t line, Date day) const {
    for (const Role role : AllRoles()) {
      const Id party = ledger_.lines.PartyOf(role, line);
      if (party == 0 || judged_.hits[party].empty()) continue;
      for (const Hit& hit : judged_.hits[party]) {
        if (hit.on_list.Contains(day) &&
            desk_.policies().OutcomeOf(hit, role, {}, {}) != Outcome::kClear) {
          return true;
        }
      }
    }
    return false;
  }
  uint32_t IdOf(Case c, Part& part) const {
    const auto& changes = desk_.rules().change_days();
    const auto interval = static_cast<uint32_t>(
        std::upper_bound(changes.begin(), changes.end(), c.day) - changes.begin());
    std::string key;
    const auto append = [&](uint32_t number) {
      key.append(reinterpret_cast<const char*>(&number), sizeof number);
    };
    for (const uint32_t number : {c.kind, c.route, interval, uint32_t{c.party_hit}}) append(number);
    key += std::string_view(c.seat);
    for (const auto& [role, party] : c.named) {
      append(static_cast<uint32_t>(role) | 0x80000000U);
      append(party);
    }
    const uint32_t id = part.keys.Intern(key) - 1;
    if (id == part.cases.size()) part.cases.push_back(std::move(c));
    return id;
  }

  const screen::Desk& desk_;
  const Ledger& ledger_;
  const JudgeOptions& options_;
  Judged& judged_;
  std::vector<uint8_t> named_;  // by party: whether some rule names it
  std::vector<Later> later_;
  TextPool keys_;  // one more than the case
};

bool Overlap(const Interval& a, const Interval& b) { return a.from <= b.to && b.from <= a.to; }

std::vector<LineHit> HitsWithin(const screen::Desk& desk, const Ledger& ledger,
                                const Judged& judged, size_t line, const Interval& days) {
  std::vector<LineHit> hits;
  const std::string_view seat = judged.cases[judged.case_of[line]].seat;
  for (const Role role : AllRoles()) {
    const Id party = ledger.lines.PartyOf(role, line);
    if (party == 0) continue;
    for (size_t h = 0; h < judged.hits[party].size(); ++h) {
      const Hit& hit = judged.hits[party][h];
      if (!Overlap(hit.on_list, days)) continue;
      hits.push_back(
          {role, party, static_cast<uint32_t>(h), desk.policies().OutcomeOf(hit, role, seat, {})});
    }
  }
  return hits;
}

Outcome OutcomeOn(const screen::Desk& desk, const Ledger& ledger, const Judged& judged, size_t line,
                  Date day, const Case& c) {
  Outcome outcome = c.evaluation->outcome;
  if (!c.party_hit) return outcome;
  for (const LineHit& hit : HitsWithin(desk, ledger, judged, line, {day, day}))
    outcome = Stronger(outcome, hit.outcome);
  return outcome;
}

// Lines whose outcome differs between their days get a case that asks for the day. Lines that
// differ alike share one.
class Undecided {
 public:
  Undecided(const Ledger& ledger, Judged& judged) : ledger_(ledger), judged_(judged) {}

  void Settle(size_t line, std::vector<Stretch> stretches) {
    stretches = Joined(std::move(stretches));
    if (stretches.size() < 2) return;
    const Interval days = DaysOf(ledger_, judged_, line);
    std::string key = std::to_string(judged_.case_of[line]) + ' ' + std::to_string(days.from.days) +
                      ' ' + std::to_string(days.to.days);
    for (const Stretch& stretch : stretches)
      key.append(1, ' ').append(ToString(stretch.from)).append(ToString(stretch.outcome));
    const auto [it, fresh] =
        ids_.try_emplace(std::move(key), static_cast<uint32_t>(judged_.cases.size()));
    if (fresh) {
      Case c = judged_.cases[judged_.case_of[line]];
      c.evaluation = AskingForTheDay(days, stretches);
      for (const Stretch& stretch : stretches)
        c.party_hit = c.party_hit || stretch.outcome != stretch.evaluation->outcome;
      judged_.cases.push_back(std::move(c));
    }
    judged_.case_of[line] = it->second;
    judged_.outcome[line] = Outcome::kAsk;
    ++judged_.day_asked;
  }

 private:
  const Ledger& ledger_;
  Judged& judged_;
  std::map<std::string, uint32_t> ids_;
};

void SettleMonths(const screen::Desk& desk, const Ledger& ledger, const CaseTable& table,
                  Judged& judged) {
  Undecided undecided(ledger, judged);
  const auto& later = table.later();
  for (size_t i = 0; i < later.size();) {
    const size_t line = later[i].line;
    std::vector<Stretch> stretches = {
        {judged.day[line], judged.outcome[line], judged.cases[judged.case_of[line]].evaluation}};
    for (; i < later.size() && later[i].line == line; ++i) {
      const Case& c = judged.cases[later[i].case_id];
      stretches.push_back(
          {later[i].day, OutcomeOn(desk, ledger, judged, line, later[i].day, c), c.evaluation});
    }
    undecided.Settle(line, std::move(stretches));
  }
}

}  // namespace

Interval DaysOf(const Ledger& ledger, const Judged& judged, size_t line) {
  return DaysFrom(ledger, judged, line, judged.day[line]);
}

bool IsUndated(const Ledger& ledger, const Judged& judged, size_t line) {
  return judged.own_days && ledger.lines.from[line] == kDistantPast;
}

Result<Judged> Judge(const screen::Desk& desk, const Ledger& ledger, const JudgeOptions& options,
                     Progress& progress) {
  Judged judged;
  judged.own_days = !options.as_of;
  ReadCountries(ledger, options.threads, judged);
  RecogniseGoods(desk.goods(), ledger, options.threads, progress, judged);
  GroupGoods(ledger, judged);
  TW_RETURN_IF_ERROR(ScreenParties(desk, ledger, options, progress, judged));

  progress.Stage("apply rules", ledger.lines.size());
  CaseTable table(desk, ledger, options, judged);
  judged.case_of.reserve(ledger.lines.size());
  judged.day.reserve(ledger.lines.size());
  constexpr size_t kLinesOfPart = 1 << 16;
  const size_t lines = ledger.lines.size();
  TakeInOrder((lines + kLinesOfPart - 1) / kLinesOfPart, options.threads, options.threads * 2,
              [&](size_t i) {
                const size_t from = i * kLinesOfPart;
                return table.Read(from, std::min(lines, from + kLinesOfPart));
              },
              [&](CaseTable::Part part) {
                table.Add(std::move(part));
                progress.Done(judged.day.size());
              });
  ParallelFor(judged.cases.size(), options.threads, 16,
              [&](size_t c) { Evaluate(desk, ledger, judged, judged.cases[c]); });
  ShareEqualEvaluations(judged.cases);
  judged.outcome.resize(lines);
  ParallelFor(lines, options.threads, 4096, [&](size_t line) {
    judged.outcome[line] =
        OutcomeOn(desk, ledger, judged, line, judged.day[line], judged.cases[judged.case_of[line]]);
  });
  SettleMonths(desk, ledger, table, judged);
  return judged;
}

std::vector<LineHit> HitsOfLine(const screen::Desk& desk, const Ledger& ledger,
                                const Judged& judged, size_t line) {
  return HitsWithin(desk, ledger, judged, line, DaysOf(ledger, judged, line));
}

}  // namespace tidewaiter::inspect
