#include "match/profile.h"

#include <array>
#include <utility>

#include "base/file.h"
#include "base/hash.h"
#include "base/yaml.h"
#include "names/tables.h"

namespace tidewaiter::match {
namespace {

struct Setting {
  const char* name;
  double Profile::* value;
};
constexpr std::array kSettings = {
    Setting{"threshold", &Profile::threshold},
    Setting{"temperature", &Profile::temperature},
    Setting{"rarest", &Profile::rarest},
    Setting{"unknown_rarity", &Profile::unknown_rarity},
    Setting{"commonest", &Profile::commonest},
    Setting{"particle", &Profile::particle},
    Setting{"honorific", &Profile::honorific},
    Setting{"initial", &Profile::initial},
    Setting{"number", &Profile::number},
    Setting{"number_worth", &Profile::number_worth},
    Setting{"company_word", &Profile::company_word},
    Setting{"patronymic_factor", &Profile::patronymic_factor},
    Setting{"base", &Profile::base},
    Setting{"evidence", &Profile::evidence},
    Setting{"evidence_cap", &Profile::evidence_cap},
    Setting{"contradiction", &Profile::contradiction},
    Setting{"omission", &Profile::omission},
    Setting{"likeness_floor", &Profile::likeness_floor},
    Setting{"likeness_power", &Profile::likeness_power},
    Setting{"company_omission", &Profile::company_omission},
    Setting{"claim_floor", &Profile::claim_floor},
    Setting{"claim_slope", &Profile::claim_slope},
    Setting{"legal_form_differs", &Profile::legal_form_differs},
    Setting{"single_word", &Profile::single_word},
    Setting{"reordered", &Profile::reordered},
    Setting{"evidence_tail", &Profile::evidence_tail},
    Setting{"patronymic_omitted", &Profile::patronymic_omitted},
    Setting{"main_names", &Profile::main_names},
    Setting{"main_names_most", &Profile::main_names_most},
    Setting{"company_contradiction", &Profile::company_contradiction},
    Setting{"company_word_claim", &Profile::company_word_claim},
    Setting{"generic_word_claim", &Profile::generic_word_claim},
    Setting{"weak_alias", &Profile::weak_alias},
    Setting{"alias", &Profile::alias},
    Setting{"kind_differs", &Profile::kind_differs},
    Setting{"birth_date_same", &Profile::birth_date_same},
    Setting{"birth_year_same", &Profile::birth_year_same},
    Setting{"birth_date_differs", &Profile::birth_date_differs},
    Setting{"birth_year_near", &Profile::birth_year_near},
    Setting{"birth_years_few", &Profile::birth_years_few},
    Setting{"birth_day_same", &Profile::birth_day_same},
    Setting{"country_same", &Profile::country_same},
    Setting{"country_differs", &Profile::country_differs},
    Setting{"gender_differs", &Profile::gender_differs},
    Setting{"identifier_differs", &Profile::identifier_differs},
    Setting{"document_same", &Profile::document_same},
    Setting{"address_same", &Profile::address_same},
    Setting{"address_place", &Profile::address_place},
    Setting{"address_differs", &Profile::address_differs},
    Setting{"contact_same", &Profile::contact_same},
    Setting{"contact_differs", &Profile::contact_differs},
    Setting{"serial_alone", &Profile::serial_alone},
    Setting{"acronym", &Profile::acronym},
};

Status ReadSetting(const std::pair<std::string, YamlNode>& member, Profile& profile) {
  for (const Setting& setting : kSettings) {
    if (member.first != setting.name) continue;
    TW_ASSIGN_OR_RETURN(profile.*setting.value, member.second.Number());
    return {};
  }
  return member.second.Problem("no setting of a profile", member.first);
}

}  // namespace

std::optional<WeakAliases> ParseWeakAliases(std::string_view text) {
  if (text == "full") return WeakAliases::kFull;
  if (text == "less") return WeakAliases::kLess;
  if (text == "supported") return WeakAliases::kSupported;
  if (text == "never") return WeakAliases::kNever;
  return std::nullopt;
}

Result<Profile> LoadProfile(const std::string& resources) {
  const std::string path = JoinPath(JoinPath(resources, "profiles"), "default.yaml");
  TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  TW_ASSIGN_OR_RETURN(const YamlNode root, ParseYaml(text, path));
  Profile profile;
  std::string name = "default";
  for (const auto& member : root.members) {
    if (member.first == "name") {
      name = member.second.scalar;
    } else if (member.first == "weak_aliases") {
      const auto policy = ParseWeakAliases(member.second.scalar);
      if (!policy)
        return member.second.Problem("must be full, less, supported or never", member.first);
      profile.weak_aliases = *policy;
    } else {
      TW_RETURN_IF_ERROR(ReadSetting(member, profile));
    }
  }
  profile.id =
      name + "@" + Sha256Hex(text + std::string(names::Tables::Get().hash())).substr(0, 16);
  return profile;
}

}  // namespace tidewaiter::match
