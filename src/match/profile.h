// The weights of the matcher, as data: profiles/NAME.yaml. A decision names the profile that it was
// made with as NAME@HASH; the hash covers the file and the name tables that the program carries.
#ifndef TIDEWAITER_MATCH_PROFILE_H_
#define TIDEWAITER_MATCH_PROFILE_H_

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tidewaiter::match {

// What a name counts that its publisher calls a weak alias.
enum class WeakAliases : uint8_t {
  kFull,       // like any other alias
  kLess,       // the name has to fit better: Profile::weak_alias is taken off
  kSupported,  // as kLess, and only beside something else that speaks for the party
  kNever,
};
// "full", "less", "supported", "never".
std::optional<WeakAliases> ParseWeakAliases(std::string_view text);

struct Profile {
  std::string id;  // "default@0123456789abcdef"
  double threshold = 0.7;

  // What a word is worth, in nats: how much less likely two parties share it by chance.
  double rarest = 8, commonest = 1, unknown_rarity = 7;
  // The claim of a plain word: claim_floor + claim_slope * worth.
  double claim_floor = 3.5, claim_slope = 0.5;
  double particle = 0.1, honorific = 0.15, initial = 0.8, number = 7, number_worth = 2,
         company_word = 2, company_word_claim = 4, generic_word_claim = 1.5,
         patronymic_factor = 0.6;

  // By how much the log odds are divided before they become a probability: so much surer than the
  // evidence allows are the words of a name taken one by one.
  double temperature = 1;

  // The log odds of a pair of names, see score.h.
  double base = -3, evidence = 6, evidence_cap = 16, contradiction = 0.9, omission = 4,
         company_omission = 6;
  double company_contradiction = 0.6, evidence_tail = 0.03;
  double patronymic_omitted = 0.35, main_names = 0.2, main_names_most = 2.5;
  double likeness_floor = 0.4, likeness_power = 1.0;
  double legal_form_differs = 1.0, single_word = 1.0, reordered = 0, weak_alias = 0.5, alias = 0.1,
         kind_differs = 3.0;

  WeakAliases weak_aliases = WeakAliases::kLess;
  // Taken off for an acronym of three letters; about a third of it for one of four, a
  // fifth for five.
  double acronym = 3.4;

  // Added to the log odds for what is known beside the name.
  double birth_date_same = 2.5, birth_year_same = 1.2, birth_date_differs = -3.5,
         birth_year_near = -0.3, birth_years_few = -1.5, birth_day_same = 0.5;
  double country_same = 0.4, country_differs = -0.3, gender_differs = -2.5,
         identifier_differs = -1.0;
  double document_same = 5.0;
  double address_same = 2.5, address_place = 0.3, address_differs = -0.4;
  double contact_same = 4.0, contact_differs = -0.15;
  double serial_alone = 0;  // what the names count at the least beside an agreeing serial number
};

// Reads `resources`/profiles/default.yaml.
Result<Profile> LoadProfile(const std::string& resources);

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_PROFILE_H_
