#include "inspect/persons.h"

#include <algorithm>

#include "base/file.h"
#include "base/yaml.h"
#include "model/role.h"
#include "names/name_tokens.h"

namespace tidewaiter::inspect {
namespace {

struct PersonSigns {
  std::vector<Role> roles;
  std::vector<std::string> prefixes;
  std::vector<std::pair<std::string, size_t>> identifier_digits;
};

Result<PersonSigns> ReadSigns(const std::string& resources) {
  TW_ASSIGN_OR_RETURN(const YamlNode root, ReadYaml(JoinPath(resources, "reference/persons.yaml")));
  TW_RETURN_IF_ERROR(root.CheckKeys({"roles", "prefixes", "identifier_digits"}));
  PersonSigns signs;
  TW_ASSIGN_OR_RETURN(const auto roles, TextsIfAny(root, "roles"));
  for (const auto& text : roles) {
    const auto role = ParseRole(text);
    if (!role) return root.Problem("unknown role '" + text + "'; known: " + KnownRoles(), "roles");
    signs.roles.push_back(*role);
  }
  TW_ASSIGN_OR_RETURN(signs.prefixes, TextsIfAny(root, "prefixes"));
  if (const YamlNode* digits = root.Find("identifier_digits")) {
    for (const auto& item : digits->items) {
      TW_ASSIGN_OR_RETURN(const std::string kind, TextOr(item, "kind"));
      TW_ASSIGN_OR_RETURN(const auto count, WholeIfAny(item, "digits", 1, 100));
      if (!count) return item.Problem("missing", "digits");
      signs.identifier_digits.emplace_back(kind, static_cast<size_t>(*count));
    }
  }
  return signs;
}

// Cheap enough to ask of every party before its name is taken apart.
bool HasThreeWords(std::string_view name) {
  return std::count(name.begin(), name.end(), ' ') == 2 &&
         name.find_first_of("0123456789") == std::string_view::npos;
}

bool ShowsPerson(const PersonSigns& signs, const ledger::Ledger& ledger,
                 const ledger::Party& party) {
  const std::string_view name = ledger.Text(party.Get(ledger::Attribute::kName));
  const auto begins = [&](const std::string& prefix) { return name.starts_with(prefix); };
  if (std::any_of(signs.prefixes.begin(), signs.prefixes.end(), begins)) return true;
  if (IsFullNameOfPerson(name)) return true;
  for (const auto& [kind, digits] : signs.identifier_digits) {
    for (const auto& [k, value] : party.identifiers) {
      if (ledger.Text(k) == kind && ledger.Text(value).size() == digits) return true;
    }
  }
  return false;
}

}  // namespace

bool IsFullNameOfPerson(std::string_view name) {
  if (!HasThreeWords(name)) return false;
  const auto words = names::AnalyseName(name, PartyKind::kUnknown).tokens;
  size_t fathers = 0;
  for (const names::NameToken& word : words) {
    if ((word.flags & ~names::kPatronymic) != 0) return false;
    fathers += word.Is(names::kPatronymic);
  }
  return words.size() == 3 && fathers > 0;
}

Result<std::vector<bool>> FindPersons(const std::string& resources, const ledger::Ledger& ledger) {
  TW_ASSIGN_OR_RETURN(const PersonSigns signs, ReadSigns(resources));
  std::vector<bool> persons(ledger.parties.size(), false);
  for (size_t p = 1; p < ledger.parties.size(); ++p)
    persons[p] = ShowsPerson(signs, ledger, ledger.parties[p]);
  for (const Role role : signs.roles) {
    for (size_t line = 0; line < ledger.lines.size(); ++line)
      persons[ledger.lines.PartyOf(role, line)] = true;
  }
  persons[0] = false;
  return persons;
}

}  // namespace tidewaiter::inspect
