#include "lists/identifiers.h"

#include <algorithm>
#include <utility>

#include "lists/delimited.h"

namespace tidewaiter::lists {
namespace {

// The first word found in the folded label decides, so the narrow ones stand above the wide ones.
constexpr std::pair<std::string_view, std::string_view> kKinds[] = {
    {"imo", "imo"},
    {"mmsi", "mmsi"},
    {"call sign", "call_sign"},
    {"tail number", "tail_number"},
    {"serial number", "serial_number"},
    {"construction number", "serial_number"},
    {"mode s transponder", "other"},
    {"swift", "bic"},
    {"bic", "bic"},
    {"legal entity number", "lei"},
    {"lei", "lei"},
    {"d-u-n-s", "duns"},
    {"duns", "duns"},
    {"social credit code", "uscc"},
    {"unified social", "uscc"},
    {"v.a.t.", "vat"},
    {"vat ", "vat"},
    {"digital currency", "crypto_address"},
    {"email", "email"},
    {"e-mail", "email"},
    {"website", "website"},
    {"web site", "website"},
    {"phone", "phone"},
    {"fax", "phone"},
    {"travel document", "passport"},
    {"passport", "passport"},
    {"pasaporte", "passport"},
    {"driver", "driver_license"},
    {"inn", "inn"},
    {"ogrn", "ogrn"},
    {"kpp", "kpp"},
    {"tax", "tax_id"},
    {"fiscal", "tax_id"},
    {"fein", "tax_id"},
    {"ssn", "national_id"},
    {"nit #", "tax_id"},
    {"ruc #", "tax_id"},
    {"rif #", "tax_id"},
    {"rtn", "tax_id"},
    {"r.f.c", "tax_id"},
    {"rfc", "tax_id"},
    {"c.u.i.t", "tax_id"},
    {"cnpj", "tax_id"},
    {"company number", "registration"},
    {"registration", "registration"},
    {"registry", "registration"},
    {"registered charity", "registration"},
    {"commercial", "registration"},
    {"chamber of comm", "registration"},
    {"c.r. no", "registration"},
    {"business number", "registration"},
    {"enterprise number", "registration"},
    {"economic register", "registration"},
    {"trade license", "registration"},
    {"license", "registration"},
    {"folio mercantil", "registration"},
    {"matricula mercantil", "registration"},
    {"certificate of incorporation", "registration"},
    {"government gazette", "registration"},
    {"branch unit", "registration"},
    {"file number", "registration"},
    {"permit number", "registration"},
    {"national", "national_id"},
    {"identi", "national_id"},
    {"cedula", "national_id"},
    {"c.u.r.p", "national_id"},
    {"curp", "national_id"},
    {"c.u.i.", "national_id"},
    {"c.u.i.p", "national_id"},
    {"d.n.i", "national_id"},
    {"i.f.e", "national_id"},
    {"id card", "national_id"},
    {"id no", "national_id"},
    {"credencial", "national_id"},
    {"electoral", "national_id"},
    {"cartilla", "national_id"},
    {"birth certificate", "national_id"},
    {"residency", "national_id"},
    {"citizen's card", "national_id"},
    {"le number", "national_id"},
    {"public security and immigration", "national_id"},
    {"visa", "other"},
    {"bik (ru)", "other"},
    {"isin", "other"},
    {"chinese commercial code", "other"},
    {"un/locode", "other"},
    {"issuer name", "other"},
    {"s.s. no", "national_id"},
    {"no.", "other"},
    {"number", "other"},
};

bool AllDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool IsWordStart(std::string_view text, size_t at) {
  return at == 0 || !((text[at - 1] >= 'a' && text[at - 1] <= 'z') ||
                      (text[at - 1] >= '0' && text[at - 1] <= '9'));
}

std::string_view KindOfLabel(std::string_view label) {
  const std::string folded = Lower(label) + " ";
  for (const auto& [word, kind] : kKinds) {
    const size_t at = folded.find(word);
    if (at != std::string::npos && IsWordStart(folded, at)) return kind;
  }
  return {};
}

std::string_view RefineRussian(std::string_view kind, std::string_view value) {
  if (!AllDigits(value)) return kind;
  if (kind == "tax_id" && (value.size() == 10 || value.size() == 12)) return "inn";
  if (kind == "registration" && (value.size() == 13 || value.size() == 15)) return "ogrn";
  return kind;
}

std::string_view Refine(std::string_view kind, std::string_view value, std::string_view country) {
  const bool general = kind == "tax_id" || kind == "registration" || kind == "national_id";
  if (general && country == "RU") return RefineRussian(kind, value);
  if (general && country == "KZ" && value.size() == 12 && AllDigits(value) && kind != "national_id")
    return "bin";
  if (kind == "lei" && value.size() != 20) return "registration";
  return kind;
}

}  // namespace

Identifier MakeIdentifier(std::string_view label, std::string_view value,
                          std::string_view country) {
  Identifier identifier;
  identifier.label = Trim(label);
  value = Trim(value);
  std::string_view kind = KindOfLabel(label);
  const bool imo = value.starts_with("IMO ") || value.starts_with("IMO:");
  if (imo) {
    kind = "imo";
    value = Trim(value.substr(4));
  }
  identifier.value = value;
  identifier.country = country;
  identifier.kind = Refine(kind, value, country);
  if (identifier.kind.empty()) identifier.kind = "other";
  return identifier;
}

bool IsIdentifierLabel(std::string_view label) { return !KindOfLabel(label).empty(); }

}  // namespace tidewaiter::lists
