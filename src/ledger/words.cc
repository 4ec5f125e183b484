#include "ledger/words.h"

#include <algorithm>

#include "base/yaml.h"

namespace tidewaiter::ledger {
namespace {

// One character of UTF-8 text: its bytes, and its code point (0xFFFD for what is none).
struct Character {
  uint32_t code = 0;
  size_t length = 1;
};

Character At(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return {first, 1};
  const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
  uint32_t code = length == 4 ? first & 7 : length == 3 ? first & 15 : first & 31;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {0xFFFD, 1};
    code = code << 6 | (byte(i) & 0x3F);
  }
  return {length == 1 ? 0xFFFD : code, length};
}

void AppendUtf8(uint32_t code, std::string& out) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    out += static_cast<char>(0x80 | (code >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

// Upper case of Latin and Cyrillic letters; enough for the names of columns. The Turkish pairs of i
// are one letter here, and so are the Russian Е and Ё: people write the one for the other.
uint32_t Upper(uint32_t c) {
  if (c == 0x130 || c == 0x131) return 'I';
  if (c == 0x401 || c == 0x451) return 0x415;
  if ((c >= 'a' && c <= 'z') || (c >= 0xE0 && c <= 0xFE && c != 0xF7) || (c >= 0x430 && c <= 0x44F))
    return c - 32;
  if (c >= 0x450 && c <= 0x45F) return c - 80;
  if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177)) return c & ~1U;
  return c;
}

bool IsLetterOrDigit(uint32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  if (c < 0xC0 || c == 0xD7 || c == 0xF7 || c == 0xFFFD) return false;
  const bool punctuation = (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) ||
                           c == 0xFEFF || (c >= 0xFF00 && c <= 0xFF0F);
  return !punctuation;
}

bool IsLower(uint32_t c) { return c != 0x130 && c != 0x401 && Upper(c) != c; }

std::vector<std::string> Tokens(const std::string& phrase) { return HeaderTokens(phrase); }

}  // namespace

std::string NormaliseHeader(std::string_view name) {
  std::string out;
  for (size_t at = 0; at < name.size();) {
    const Character character = At(name, at);
    if (IsLetterOrDigit(character.code)) AppendUtf8(Upper(character.code), out);
    at += character.length;
  }
  return out;
}

std::vector<std::string> HeaderTokens(std::string_view name) {
  std::vector<std::string> tokens;
  std::string current;
  bool lower_before = false;
  auto finish = [&] {
    if (!current.empty()) tokens.push_back(std::move(current));
    current.clear();
  };
  for (size_t at = 0; at < name.size();) {
    const Character character = At(name, at);
    at += character.length;
    if (!IsLetterOrDigit(character.code)) {
      finish();
    } else {
      if (lower_before && !IsLower(character.code)) finish();
      AppendUtf8(Upper(character.code), current);
    }
    lower_before = IsLetterOrDigit(character.code) && IsLower(character.code);
  }
  finish();
  return tokens;
}

Result<HeaderWords> HeaderWords::Parse(std::string_view yaml, const std::string& file) {
  HeaderWords words;
  TW_ASSIGN_OR_RETURN(const YamlNode root, ParseYaml(yaml, file));
  TW_RETURN_IF_ERROR(root.CheckKeys({"doc", "roles", "attributes", "fields", "fillers", "any_order",
                                     "scaled", "assumed", "mass_units"}));
  if (const YamlNode* roles = root.Find("roles")) {
    for (const auto& [name, phrases] : roles->members) {
      const auto role = ParseRole(name);
      if (!role) return phrases.Problem("unknown role; known: " + KnownRoles(), name);
      TW_ASSIGN_OR_RETURN(const auto texts, phrases.Texts());
      for (const auto& text : texts) words.roles_.emplace_back(Tokens(text), *role);
    }
  }
  std::stable_sort(words.roles_.begin(), words.roles_.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  if (const YamlNode* attributes = root.Find("attributes")) {
    for (const auto& [name, phrases] : attributes->members) {
      const auto use = ParseColumnUse("bank." + name);
      if (!use) return phrases.Problem(use.error().message, name);
      TW_ASSIGN_OR_RETURN(const auto texts, phrases.Texts());
      for (const auto& text : texts) words.attributes_.emplace_back(Tokens(text), name);
    }
  }
  if (const YamlNode* fields = root.Find("fields")) {
    for (const auto& [name, phrases] : fields->members) {
      const auto use = ParseColumnUse(name);
      if (!use) return phrases.Problem(use.error().message, name);
      TW_ASSIGN_OR_RETURN(const auto texts, phrases.Texts());
      for (const auto& text : texts) words.fields_.emplace(NormaliseHeader(text), *use);
    }
  }
  TW_RETURN_IF_ERROR(words.ReadScaled(root));
  TW_RETURN_IF_ERROR(words.ReadAssumed(root));
  TW_RETURN_IF_ERROR(words.ReadMassUnits(root));
  if (const YamlNode* fillers = root.Find("fillers")) {
    TW_ASSIGN_OR_RETURN(words.fillers_, fillers->Texts());
  }
  TW_RETURN_IF_ERROR(words.ReadAnyOrder(root));
  return words;
}

Status HeaderWords::ReadAnyOrder(const YamlNode& root) {
  TW_ASSIGN_OR_RETURN(const auto names, TextsIfAny(root, "any_order"));
  for (const auto& name : names) {
    const YamlNode* fields = root.Find("fields");
    const YamlNode* phrases = fields == nullptr ? nullptr : fields->Find(name);
    if (phrases == nullptr) return root.Problem("not one of fields: " + name, "any_order");
    TW_ASSIGN_OR_RETURN(const auto texts, phrases->Texts());
    TW_ASSIGN_OR_RETURN(const auto use, ParseColumnUse(name));
    for (const auto& text : texts) any_order_.emplace(Sorted(Tokens(text)), use);
  }
  return {};
}

HeaderWords::Phrase HeaderWords::Sorted(Phrase tokens) const {
  std::erase_if(tokens, [&](const std::string& word) {
    return std::find(fillers_.begin(), fillers_.end(), word) != fillers_.end();
  });
  std::sort(tokens.begin(), tokens.end());
  return tokens;
}

Status HeaderWords::ReadScaled(const YamlNode& root) {
  const YamlNode* scaled = root.Find("scaled");
  if (scaled == nullptr) return {};
  for (const YamlNode& entry : scaled->items) {
    TW_RETURN_IF_ERROR(entry.CheckKeys({"field", "scale", "names"}));
    TW_ASSIGN_OR_RETURN(const std::string field, TextOr(entry, "field"));
    auto use = ParseColumnUse(field);
    if (!use) return entry.Problem(use.error().message, "field");
    TW_ASSIGN_OR_RETURN(const auto scale, NumberIfAny(entry, "scale"));
    use->scale = scale.value_or(1);
    TW_ASSIGN_OR_RETURN(const auto names, TextsIfAny(entry, "names"));
    for (const auto& name : names) fields_.emplace(NormaliseHeader(name), *use);
  }
  return {};
}

Status HeaderWords::ReadAssumed(const YamlNode& root) {
  const YamlNode* assumed = root.Find("assumed");
  if (assumed == nullptr) return {};
  TW_RETURN_IF_ERROR(assumed->CheckKeys({"says", "fields"}));
  TW_ASSIGN_OR_RETURN(assumption_, TextOr(*assumed, "says"));
  const YamlNode* fields = assumed->Find("fields");
  if (fields == nullptr) return assumed->Problem("which fields?", "fields");
  for (const auto& [name, phrases] : fields->members) {
    const auto use = ParseColumnUse(name);
    if (!use) return phrases.Problem(use.error().message, name);
    TW_ASSIGN_OR_RETURN(const auto texts, phrases.Texts());
    for (const auto& text : texts) assumed_.emplace(NormaliseHeader(text), *use);
  }
  return {};
}

Status HeaderWords::ReadMassUnits(const YamlNode& root) {
  const YamlNode* units = root.Find("mass_units");
  if (units == nullptr) return {};
  for (const YamlNode& entry : units->items) {
    TW_RETURN_IF_ERROR(entry.CheckKeys({"kg", "names"}));
    TW_ASSIGN_OR_RETURN(const auto kg, NumberIfAny(entry, "kg"));
    if (!kg || *kg <= 0) return entry.Problem("how many kilograms?", "kg");
    TW_ASSIGN_OR_RETURN(const auto names, TextsIfAny(entry, "names"));
    for (const auto& name : names) {
      if (!mass_units_.emplace(NormaliseHeader(name), *kg).second)
        return entry.Problem("the same unit twice: " + name, "names");
    }
  }
  return {};
}

ColumnUse HeaderWords::Assume(std::string_view name) const {
  const auto found = assumed_.find(NormaliseHeader(name));
  return found == assumed_.end() ? ColumnUse{} : found->second;
}

// Chinese writes role and part without a blank between: 收货人地址 is 收货人 and 地址. The longest
// role with which a word begins is cut off.
HeaderWords::Phrase HeaderWords::Separated(const Phrase& tokens) const {
  constexpr unsigned char kFirstOfChinese = 0xE4;  // of the bytes of U+4000 and above
  Phrase out;
  for (const std::string& token : tokens) {
    size_t longest = 0;
    for (const auto& [phrase, role] : roles_) {
      const std::string& word = phrase.front();
      const bool chinese = static_cast<unsigned char>(word[0]) >= kFirstOfChinese;
      if (phrase.size() == 1 && chinese && word.size() < token.size() && token.starts_with(word))
        longest = std::max(longest, word.size());
    }
    if (longest > 0) out.push_back(token.substr(0, longest));
    out.push_back(token.substr(longest));
  }
  return out;
}

ColumnUse HeaderWords::Recognise(std::string_view name) const {
  if (const auto found = fields_.find(NormaliseHeader(name)); found != fields_.end())
    return found->second;
  if (const auto found = any_order_.find(Sorted(HeaderTokens(name))); found != any_order_.end())
    return found->second;
  const Phrase tokens = Separated(HeaderTokens(name));
  for (const auto& [phrase, role] : roles_) {
    const auto at = std::search(tokens.begin(), tokens.end(), phrase.begin(), phrase.end());
    if (at == tokens.end()) continue;
    Phrase rest(tokens.begin(), at);
    rest.insert(rest.end(), at + static_cast<ptrdiff_t>(phrase.size()), tokens.end());
    std::erase_if(rest, [&](const std::string& word) {
      return std::find(fillers_.begin(), fillers_.end(), word) != fillers_.end();
    });
    for (const auto& [words, attribute] : attributes_) {
      if (words != rest) continue;
      auto use = ParseColumnUse(std::string(ToString(role)) + "." + attribute);
      return use ? *use : ColumnUse{};
    }
    return {};
  }
  return {};
}

}  // namespace tidewaiter::ledger
