#include "lists/ofac_csv/remarks.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "lists/dates.h"
#include "lists/delimited.h"
#include "lists/identifiers.h"
#include "model/country.h"

namespace tidewaiter::lists::ofac_csv {
namespace {

bool Take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text = Trim(text.substr(word.size()));
  return true;
}

bool TakeAny(std::string_view& text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return Take(text, word); });
}

template <typename T>
void AddOnce(std::vector<T>& values, T value) {
  if (std::find(values.begin(), values.end(), value) == values.end())
    values.push_back(std::move(value));
}

bool AddAlias(std::string_view text, ListedParty& party) {
  std::string type(text.substr(0, 6));
  if (!TakeAny(text, {"a.k.a.", "f.k.a.", "n.k.a."})) return false;
  if (text.size() < 3 || text.front() != '\'') return false;
  const size_t end = text.rfind('\'');
  if (end == 0) return false;
  std::erase(type, '.');
  party.names.push_back(
      {std::string(Trim(text.substr(1, end - 1))), NameStrength::kWeak, std::move(type), {}, {}});
  return true;
}

bool AddNationality(std::string_view text, ListedParty& party) {
  if (!TakeAny(text, {"nationality ", "citizen ", "Nationality of Registration ",
                      "Nationality of Citizenship "})) {
    return false;
  }
  if (const auto country = ParseCountry(text)) AddOnce(party.nationalities, *country);
  return true;
}

bool AddBirth(std::string_view text, ListedParty& party) {
  if (TakeAny(text, {"DOB ", "DOB:"})) {
    if (auto date = ParsePartialDate(text)) AddOnce(party.birth_dates, std::move(*date));
    return true;
  }
  if (TakeAny(text, {"POB ", "POB:"})) {
    AddOnce(party.birth_places, std::string(text));
    return true;
  }
  return false;
}

bool AddGender(std::string_view text, ListedParty& party) {
  if (!Take(text, "Gender ")) return false;
  party.gender = text == "Male" ? "male" : text == "Female" ? "female" : "";
  return true;
}

// Words behind which a value begins, whatever it looks like.
bool EndsLabel(std::string_view word) {
  constexpr std::array<std::string_view, 28> kEnds = {
      "No.",    "No",      "Number", "#",    "Passport", "Website",  "SWIFT/BIC",
      "MMSI",   "FEIN",    "SSN",    "IMO",  "C.U.R.P.", "R.F.C.",   "RFC",
      "(USCC)", "(USCCC)", "(MSN)",  "F/N)", "C.U.I.T.", "(CBLS)",   "D.N.I.",
      "I.F.E.", "C.U.I.",  "Email",  "ISIN", "RTN",      "C.U.I.P.", "Address"};
  return std::find(kEnds.begin(), kEnds.end(), word) != kEnds.end();
}

bool LooksLikeValue(std::string_view word) {
  return word.find_first_of("0123456789@") != std::string_view::npos || word.starts_with("www.") ||
         word.starts_with("http");
}

// Cuts "(Country)" off the end.
std::string TakeCountry(std::string_view& text) {
  if (!text.ends_with(')')) return {};
  const size_t open = text.rfind('(');
  if (open == std::string_view::npos) return {};
  const auto country = ParseCountry(text.substr(open + 1, text.size() - open - 2));
  if (!country) return {};
  text = Trim(text.substr(0, open));
  return *country;
}

// Where the value begins: behind the last label word that stands before anything that looks like a
// value.
size_t ValueStart(std::string_view text) {
  size_t at = 0, start = 0;
  while (at < text.size()) {
    const size_t end = std::min(text.find(' ', at), text.size());
    const std::string_view word = text.substr(at, end - at);
    if (EndsLabel(word)) {
      start = std::min(end + 1, text.size());
    } else if (LooksLikeValue(word)) {
      return start == 0 ? at : start;
    }
    at = end + 1;
  }
  return start;
}

bool AddCryptoAddress(std::string_view text, ListedParty& party) {
  if (!text.starts_with("Digital Currency Address")) return false;
  const size_t at = text.rfind(' ');
  party.identifiers.push_back(MakeIdentifier(text.substr(0, at), text.substr(at + 1), {}));
  return true;
}

void AddIdentifier(std::string_view text, ListedParty& party) {
  for (const std::string_view word : {" issued ", " expires ", " Date of Issue "}) {
    text = Trim(text.substr(0, text.find(word)));
  }
  const std::string country = TakeCountry(text);
  size_t start = ValueStart(text);
  std::string_view separator = text.substr(0, text.find(':'));
  if (start == 0 && separator.size() < text.size())
    start = separator.size() + 1;  // "Email:adelb@..."
  std::string_view label = Trim(text.substr(0, start)), value = Trim(text.substr(start));
  if (label.ends_with(':')) label.remove_suffix(1);
  if (label.empty() || value.empty() || label.size() > 80 || !IsIdentifierLabel(label)) return;
  if (std::count(value.begin(), value.end(), ' ') > 4) value = value.substr(0, value.find(' '));
  if (label.ends_with(" IMO")) {
    label.remove_suffix(4);
    party.identifiers.push_back(MakeIdentifier(label, "IMO " + std::string(value), country));
    return;
  }
  const bool bic = label.starts_with("SWIFT");
  if (!bic && !LooksLikeValue(value) && value.find('.') == std::string_view::npos) return;
  AddOnce(party.identifiers, MakeIdentifier(label, value, country));
}

// Parts whose words would be taken for an identifier but that are none.
bool IsStatement(std::string_view text) {
  for (const std::string_view word : {"Linked To:",
                                      "Additional Sanctions Information",
                                      "Secondary sanctions risk",
                                      "Organization Established",
                                      "Organization Type",
                                      "Target Type",
                                      "Executive Order",
                                      "Transactions Prohibited",
                                      "CAATSA",
                                      "Listing Date",
                                      "Effective Date",
                                      "For more information",
                                      "Aircraft Model",
                                      "Aircraft Manufacture Date",
                                      "Aircraft Operator",
                                      "Former Vessel Flag",
                                      "Other Vessel Flag",
                                      "Vessel Flag",
                                      "Vessel Type",
                                      "Vessel Year of Build",
                                      "Purchase/Sales For Divestment",
                                      "IFCA Determination"}) {
    if (text.starts_with(word)) return true;
  }
  return false;
}

void AddPart(std::string_view text, ListedParty& party) {
  text = Trim(text);
  if (text.ends_with('.')) text = Trim(text.substr(0, text.size() - 1));
  TakeAny(text, {"alt. ", "Alt. "});
  if (text.starts_with('(') && text.ends_with(')')) text = text.substr(1, text.size() - 2);
  if (text.empty() || AddAlias(text, party) || AddBirth(text, party) || AddNationality(text, party))
    return;
  if (AddGender(text, party) || AddCryptoAddress(text, party) || IsStatement(text)) return;
  AddIdentifier(text, party);
}

}  // namespace

void AddRemarks(std::string_view remarks, ListedParty& party) {
  for (size_t at = 0; at < remarks.size();) {
    const size_t end = std::min(remarks.find(';', at), remarks.size());
    AddPart(remarks.substr(at, end - at), party);
    at = end + 1;
  }
}

}  // namespace tidewaiter::lists::ofac_csv
