#include "match/evidence.h"

#include <algorithm>
#include <array>

#include "names/identifiers.h"

namespace tidewaiter::match {
namespace {

// From the strongest on.
enum class DateRelation { kUnknown, kSame, kSameYear, kSameDay, kNear, kFewYears, kDiffers };

int YearOf(Date date) { return ToYearMonthDay(date).year; }

bool IsDay(const PartialDate& date) { return date.days.from == date.days.to; }

// Day and month exchanged: 03-04 for 04-03.
bool IsSwapped(Date a, Date b) {
  const YearMonthDay x = ToYearMonthDay(a), y = ToYearMonthDay(b);
  return x.year == y.year && x.day == y.month && x.month == y.day;
}

// Day and month agree and the year is another one of the same decade or so: one source is wrong.
bool IsDayOfOtherYear(Date a, Date b) {
  constexpr int kMost = 10;
  const YearMonthDay x = ToYearMonthDay(a), y = ToYearMonthDay(b);
  return x.day == y.day && x.month == y.month && !(x.day == 1 && x.month == 1) &&
         std::abs(x.year - y.year) <= kMost;
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
  if (IsDay(a) && IsDay(b) && IsDayOfOtherYear(a.days.from, b.days.from))
    return DateRelation::kSameDay;
  const int years = std::min(std::abs(YearOf(a.days.from) - YearOf(b.days.to)),
                             std::abs(YearOf(b.days.from) - YearOf(a.days.to)));
  if (years == 0 && (a.circa || b.circa)) return DateRelation::kSameYear;
  if (years == 0 && IsDay(a) && IsDay(b)) {
    const YearMonthDay x = ToYearMonthDay(a.days.from), y = ToYearMonthDay(b.days.from);
    return x.day == y.day || x.month == y.month ? DateRelation::kSameYear : DateRelation::kNear;
  }
  if (years <= (a.circa || b.circa ? 3 : 1)) return DateRelation::kNear;
  // Of one who says the day a few years are more than an error; of a year alone they may be one.
  constexpr int kFew = 5;
  const bool vague = !IsDay(a) || !IsDay(b);
  return vague && years <= kFew ? DateRelation::kFewYears : DateRelation::kDiffers;
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
    case DateRelation::kSameDay:
      out.log_odds += profile.birth_day_same;
      out.why.emplace_back("the day and month of birth agree, the year differs");
      return;
    case DateRelation::kFewYears:
      out.log_odds += profile.birth_years_few;
      out.why.emplace_back("the birth years are a few years apart");
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

bool MayBeAircraft(const Particulars& party) {
  return party.kind == PartyKind::kAircraft || party.kind == PartyKind::kUnknown;
}

void CompareIdentifiers(const Particulars& left, const Particulars& right, const Profile& profile,
                        EvidenceScore& out) {
  bool same = false, differs = false;
  for (const Identifier& a : left.identifiers) {
    const std::string x = IsContact(a) ? std::string() : ComparableIdentifier(a);
    if (x.empty()) continue;
    for (const Identifier& b : right.identifiers) {
      const std::string y = IsContact(b) ? std::string() : ComparableIdentifier(b);
      if (y.empty()) continue;
      if (x == y && (a.kind == b.kind || x.size() >= 7)) {
        out.identifier_agrees |= IsDecisive(a) && a.kind == b.kind;
        out.serial_agrees |= a.kind == "serial_number" && a.kind == b.kind && MayBeAircraft(left) &&
                             MayBeAircraft(right);
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

double MostOfPlace(const Profile& profile) {
  return std::max(0.0, profile.address_same) + std::max(0.0, profile.country_same);
}

void CompareAddresses(const Particulars& left, const Particulars& right, const Profile& profile,
                      EvidenceScore& out) {
  const AddressVerdict verdict = BestRelation(left.addresses, right.addresses);
  switch (verdict.relation) {
    case AddressRelation::kUnknown:
      return;
    case AddressRelation::kSame:
      out.log_odds += profile.address_same;
      out.why.push_back("the address agrees: " + verdict.listed->text);
      return;
    case AddressRelation::kSamePlace:
      out.log_odds += profile.address_place;
      out.why.push_back("an address names the same place: " + verdict.listed->text);
      return;
    case AddressRelation::kDiffers:
      out.log_odds += profile.address_differs;
      out.why.emplace_back("the addresses have nothing in common");
      return;
  }
}

void WeighContacts(const Particulars& left, const Particulars& right, const Profile& profile,
                   EvidenceScore& out) {
  const ContactVerdict verdict = match::CompareContacts(left.identifiers, right.identifiers);
  if (verdict.relation == ContactRelation::kSame) {
    out.log_odds += profile.contact_same;
    out.why.push_back("the " + verdict.listed->kind + " agrees: " + verdict.listed->value);
  } else if (verdict.relation == ContactRelation::kDiffers) {
    out.log_odds += profile.contact_differs;
    out.why.emplace_back("an e-mail address, telephone number or website differs");
  }
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
  WeighContacts(left, right, profile, out);
  CompareBirth(left, right, profile, out);
  if (left.any_place) {
    out.log_odds += MostOfPlace(profile);
  } else {
    CompareAddresses(left, right, profile, out);
    CompareCountries(left, right, profile, out);
  }
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

bool SaysAnything(const Particulars& particulars) {
  return !particulars.birth_dates.empty() || !particulars.countries.empty() ||
         !particulars.gender.empty() || !particulars.identifiers.empty() ||
         !particulars.addresses.empty() || particulars.any_place;
}

double MostEvidence(const Particulars& query, const Profile& profile) {
  double most = 0;
  const auto contacts =
      std::count_if(query.identifiers.begin(), query.identifiers.end(), IsContact);
  if (contacts > 0) most += std::max(0.0, profile.contact_same);
  if (query.identifiers.size() > static_cast<size_t>(contacts)) most += profile.document_same;
  if (query.any_place) most += MostOfPlace(profile);
  if (!query.addresses.empty()) most += std::max(0.0, profile.address_same);
  if (!query.birth_dates.empty())
    most += std::max({profile.birth_date_same, profile.birth_year_same, profile.birth_day_same});
  if (!query.countries.empty()) most += std::max(0.0, profile.country_same);
  return most;
}

}  // namespace tidewaiter::match
