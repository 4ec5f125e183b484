#include "match/evidence.h"

#include <algorithm>
#include <array>

#include "names/identifiers.h"

namespace tidewaiter::match {
namespace {

enum class DateRelation { kUnknown, kSame, kSameYear, kNear, kDiffers };

int YearOf(Date date) { return ToYearMonthDay(date).year; }

bool IsDay(const PartialDate& date) { return date.days.from == date.days.to; }

// Day and month exchanged: 03-04 for 04-03.
bool IsSwapped(Date a, Date b) {
  const YearMonthDay x = ToYearMonthDay(a), y = ToYearMonthDay(b);
  return x.year == y.year && x.day == y.month && x.month == y.day;
}

DateRelation Relate(const PartialDate& a, const PartialDate& b) {
  if (a.days.from == kDistantPast || b.days.from == kDistantPast || a.days.to == kDistantFuture ||
      b.days.to == kDistantFuture) {
    return DateRelation::kUnknown;
  }
  if (IsDay(a) && IsDay(b)) {
    if (a.days.from == b.days.from || IsSwapped(a.days.from, b.days.from))
      return DateRelation::kSame;
  } else if (a.days.from <= b.days.to && b.days.from <= a.days.to) {
    return DateRelation::kSameYear;
  }
  const int years = std::min(std::abs(YearOf(a.days.from) - YearOf(b.days.to)),
                             std::abs(YearOf(b.days.from) - YearOf(a.days.to)));
  if (years == 0 && (a.circa || b.circa)) return DateRelation::kSameYear;
  if (years == 0 && IsDay(a) && IsDay(b)) {
    const YearMonthDay x = ToYearMonthDay(a.days.from), y = ToYearMonthDay(b.days.from);
    return x.day == y.day || x.month == y.month ? DateRelation::kSameYear : DateRelation::kNear;
  }
  return years <= (a.circa || b.circa ? 3 : 1) ? DateRelation::kNear : DateRelation::kDiffers;
}

DateRelation BestRelation(const std::vector<PartialDate>& left,
                          const std::vector<PartialDate>& right) {
  DateRelation best = DateRelation::kUnknown;
  for (const PartialDate& a : left) {
    for (const PartialDate& b : right) {
      const DateRelation relation = Relate(a, b);
      if (relation != DateRelation::kUnknown && (best == DateRelation::kUnknown || relation < best))
        best = relation;
    }
  }
  return best;
}

void CompareBirth(const Particulars& left, const Particulars& right, const Profile& profile,
                  EvidenceScore& out) {
  switch (BestRelation(left.birth_dates, right.birth_dates)) {
    case DateRelation::kUnknown:
      return;
    case DateRelation::kSame:
      out.log_odds += profile.birth_date_same;
      out.why.emplace_back("the birth date agrees");
      return;
    case DateRelation::kSameYear:
      out.log_odds += profile.birth_year_same;
      out.why.emplace_back("the birth year agrees");
      return;
    case DateRelation::kNear:
      out.log_odds += profile.birth_year_near;
      out.why.emplace_back("the birth dates are near and not equal");
      return;
    case DateRelation::kDiffers:
      out.log_odds += profile.birth_date_differs;
      out.why.emplace_back("the birth dates differ");
      return;
  }
}

void CompareCountries(const Particulars& left, const Particulars& right, const Profile& profile,
                      EvidenceScore& out) {
  if (left.countries.empty() || right.countries.empty()) return;
  const bool same =
      std::any_of(left.countries.begin(), left.countries.end(), [&](const std::string& country) {
        return std::find(right.countries.begin(), right.countries.end(), country) !=
               right.countries.end();
      });
  out.log_odds += same ? profile.country_same : profile.country_differs;
  out.why.emplace_back(same ? "a country agrees" : "the countries differ");
}

void CompareIdentifiers(const Particulars& left, const Particulars& right, const Profile& profile,
                        EvidenceScore& out) {
  bool same = false, differs = false;
  for (const Identifier& a : left.identifiers) {
    const std::string x = ComparableIdentifier(a);
    if (x.empty()) continue;
    for (const Identifier& b : right.identifiers) {
      const std::string y = ComparableIdentifier(b);
      if (y.empty()) continue;
      if (x == y && (a.kind == b.kind || x.size() >= 7)) {
        out.identifier_agrees |= IsDecisive(a) && a.kind == b.kind;
        if (!same) out.why.push_back("the identifier " + a.value + " (" + b.kind + ") agrees");
        same = true;
      } else if (a.kind == b.kind && IsDecisive(a)) {
        differs = true;
      }
    }
  }
  if (same)
    out.log_odds += profile.document_same;
  else if (differs)
    out.log_odds += profile.identifier_differs,
        out.why.emplace_back("an identifier of the same kind differs");
}

}  // namespace

std::string ComparableIdentifier(const Identifier& identifier) {
  return names::ComparableIdentifier(identifier.kind, identifier.value);
}

bool IsDecisive(const Identifier& identifier) { return names::IsDecisiveKind(identifier.kind); }

bool KindsDiffer(PartyKind a, PartyKind b) {
  return a != PartyKind::kUnknown && b != PartyKind::kUnknown && a != b;
}

EvidenceScore CompareParticulars(const Particulars& left, const Particulars& right,
                                 const Profile& profile) {
  EvidenceScore out;
  CompareIdentifiers(left, right, profile, out);
  CompareBirth(left, right, profile, out);
  CompareCountries(left, right, profile, out);
  if (!left.gender.empty() && !right.gender.empty() && left.gender != right.gender) {
    out.log_odds += profile.gender_differs;
    out.why.emplace_back("the gender differs");
  }
  if (KindsDiffer(left.kind, right.kind)) {
    out.log_odds -= profile.kind_differs;
    out.why.push_back("one is a " + std::string(ToString(left.kind)) + ", the other a " +
                      std::string(ToString(right.kind)));
  }
  return out;
}

double MostEvidence(const Particulars& query, const Profile& profile) {
  double most = 0;
  if (!query.identifiers.empty()) most += profile.document_same;
  if (!query.birth_dates.empty())
    most += std::max(profile.birth_date_same, profile.birth_year_same);
  if (!query.countries.empty()) most += std::max(0.0, profile.country_same);
  return most;
}

}  // namespace tidewaiter::match
