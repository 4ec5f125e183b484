#include "resolve/party_split.h"

#include <algorithm>
#include <vector>

#include "base/file.h"
#include "names/identifiers.h"
#include "names/name_tokens.h"
#include "text/tokenize.h"

namespace tidewaiter::resolve {
namespace {

constexpr size_t kMostWords = 64;  // of a text; the rest is not looked at
constexpr size_t kLeastDigits = 5;
constexpr size_t kLeastPhone = 6, kMostPhone = 15;  // digits

std::string LatinOf(std::string_view text) {
  std::string out;
  for (const auto& token : text::Tokenize(text)) out += token.latin;
  return out;
}

struct PartyWord {
  size_t begin = 0, end = 0;  // bytes of the text
  std::string latin;
  bool comma_before = false;
  size_t digits = 0;
};

bool IsBreak(char c) {
  return static_cast<unsigned char>(c) <= ' ' ||
         std::string_view(",;:()\"/#").find(c) != std::string_view::npos;
}

std::vector<PartyWord> WordsOf(std::string_view text) {
  std::vector<PartyWord> out;
  bool comma = false;
  for (size_t at = 0; at < text.size() && out.size() < kMostWords;) {
    if (IsBreak(text[at])) {
      comma |= text[at] == ',' || text[at] == ';';
      ++at;
      continue;
    }
    PartyWord word;
    word.begin = at;
    while (at < text.size() && !IsBreak(text[at])) ++at;
    word.end = at;
    word.latin = LatinOf(text.substr(word.begin, at - word.begin));
    word.comma_before = comma;
    word.digits = static_cast<size_t>(std::count_if(word.latin.begin(), word.latin.end(),
                                                    [](char c) { return c >= '0' && c <= '9'; }));
    if (word.latin.empty()) continue;
    comma = false;
    out.push_back(std::move(word));
  }
  return out;
}

class Splitter {
 public:
  Splitter(std::string_view text, const PartyWords& known)
      : text_(text), known_(known), words_(WordsOf(text)) {}

  SplitParty Run() {
    size_t name_end = text_.size();
    const size_t label = FindIdentifier();
    const size_t address = FindAddress();
    if (label < words_.size()) name_end = std::min(name_end, words_[label].begin);
    if (address < words_.size()) {
      name_end = std::min(name_end, words_[address].begin);
      // An address ends where a number's label begins.
      const size_t end =
          label > address && label < words_.size() ? words_[label].begin : text_.size();
      out_.address = Trimmed(text_.substr(words_[address].begin, end - words_[address].begin));
    }
    out_.name = Trimmed(text_.substr(0, name_end));
    return out_;
  }

 private:
  static std::string_view Trimmed(std::string_view text) {
    while (!text.empty() && (IsBreak(text.back()) || text.back() == '-') && text.back() != '"' &&
           text.back() != ')')
      text.remove_suffix(1);
    return text;
  }

  // How many words from `at` on are a label; its kind.
  size_t LabelAt(size_t at, std::string& kind) const {
    std::string joined = words_[at].latin;
    size_t found = 0;
    for (size_t count = 1; count <= 2; ++count) {
      const auto label = known_.identifiers.find(joined);
      if (label != known_.identifiers.end()) found = count, kind = label->second;
      if (at + count < words_.size()) joined += words_[at + count].latin;
    }
    return found;
  }

  // The first word of the first label that a number follows; never the first of the text.
  size_t FindIdentifier() {
    size_t first = words_.size();
    for (size_t at = 1; at < words_.size(); ++at) {
      std::string kind, second;
      if (IsEmail(words_[at])) {
        const bool labelled = LabelAt(at - 1, kind) > 0 && kind == "email" && at > 1;
        first = std::min(first, at - (labelled ? 1 : 0));
        if (out_.email.empty()) out_.email = TextOf(words_[at]);
        continue;
      }
      size_t value = at + LabelAt(at, kind);
      if (value == at || value >= words_.size()) continue;
      if (kind == "phone") {
        const size_t end = KeepPhone(value);
        if (end == value) continue;
        first = std::min(first, at);
        at = end - 1;
        continue;
      }
      value += LabelAt(value, second);  // "INN/KPP 7707083893/770701001"
      if (value < words_.size() && words_[value].latin == "no") ++value;
      if (value >= words_.size() || words_[value].digits < kLeastDigits) continue;
      first = std::min(first, at);
      if (!kind.empty() && out_.identifier.empty()) Keep(kind, words_[value].latin);
      at = value;
    }
    return first;
  }

  std::string_view TextOf(const PartyWord& word) const {
    return text_.substr(word.begin, word.end - word.begin);
  }

  bool IsEmail(const PartyWord& word) const {
    const std::string_view text = TextOf(word);
    const size_t at = text.find('@');
    return at != std::string_view::npos && at > 0 && text.find('.', at + 2) < text.size() - 1;
  }

  // A phone number is written in several words: those that are digits only. Where it ends.
  size_t KeepPhone(size_t from) {
    std::string digits;
    size_t at = from;
    for (; at < words_.size(); ++at) {
      const PartyWord& word = words_[at];
      if (word.digits != word.latin.size() || (at > from && word.comma_before)) break;
      digits += word.latin;
    }
    if (digits.size() < kLeastPhone || digits.size() > kMostPhone) return from;
    if (out_.phone.empty()) out_.phone = digits;
    return at;
  }

  void Keep(const std::string& kind, const std::string& latin) {
    const std::string value = names::ComparableIdentifier(kind, latin);
    if (value.empty()) return;
    out_.kind = kind;
    out_.identifier = value;
  }

  bool NumberWithin(size_t from, size_t to) const {
    return std::any_of(words_.begin() + static_cast<ptrdiff_t>(std::min(from, words_.size())),
                       words_.begin() + static_cast<ptrdiff_t>(std::min(to, words_.size())),
                       [](const PartyWord& w) { return w.digits > 0; });
  }

  size_t EndOfPart(size_t at) const {
    while (++at < words_.size() && !words_[at].comma_before) {
    }
    return at;
  }

  // Whether a legal form follows, before the next number: "Plant 40512 Trading Co., Ltd." has one
  // in its name.
  bool NameGoesOn(size_t at) const {
    size_t end = at;
    while (end < words_.size() && words_[end].digits == 0) ++end;
    if (end == at || words_[at].comma_before) return false;
    const auto rest = text_.substr(words_[at].begin, words_[end - 1].end - words_[at].begin);
    const auto tokens = names::AnalyseName(rest, PartyKind::kOrganization).tokens;
    return std::any_of(tokens.begin(), tokens.end(),
                       [](const auto& token) { return token.Is(names::kLegal); });
  }

  // Where the address begins; never at the first word.
  size_t FindAddress() const {
    for (size_t at = 1; at < words_.size(); ++at) {
      const PartyWord& word = words_[at];
      std::string kind;
      if (LabelAt(at, kind) > 0) return words_.size();
      if (word.comma_before && NumberWithin(at, EndOfPart(at))) return at;
      if (known_.before.contains(word.latin) && NumberWithin(at + 1, words_.size())) return at;
      const bool postcode = word.digits == word.latin.size() && word.digits >= kLeastDigits &&
                            word.digits <= 6 && at + 1 < words_.size() && !NameGoesOn(at + 1);
      if (postcode) return at;
      if (known_.behind.contains(word.latin)) {
        for (size_t back = at; back-- > std::max<size_t>(at, 5) - 4;) {
          if (back > 0 && words_[back].digits > 0) return back;
        }
      }
    }
    return words_.size();
  }

  std::string_view text_;
  const PartyWords& known_;
  std::vector<PartyWord> words_;
  SplitParty out_;
};

Status ReadWords(const YamlNode& root, std::string_view key,
                 std::set<std::string, std::less<>>& to) {
  const YamlNode* node = root.Find(key);
  if (node == nullptr) return root.Problem("missing", std::string(key));
  TW_ASSIGN_OR_RETURN(const auto texts, node->Texts());
  for (const auto& text : texts) to.insert(LatinOf(text));
  return {};
}

}  // namespace

Result<PartyWords> PartyWords::Read(const std::string& resources) {
  TW_ASSIGN_OR_RETURN(const YamlNode root,
                      ReadYaml(JoinPath(resources, "reference/resolve/party_words.yaml")));
  return FromYaml(root);
}

Result<PartyWords> PartyWords::FromYaml(const YamlNode& root) {
  TW_RETURN_IF_ERROR(
      root.CheckKeys({"identifiers", "shared", "phones", "emails", "before", "behind", "units"}));
  PartyWords out;
  const YamlNode* identifiers = root.Find("identifiers");
  if (identifiers == nullptr) return root.Problem("missing", "identifiers");
  for (const auto& [kind, list] : identifiers->members) {
    TW_ASSIGN_OR_RETURN(const auto labels, list.Texts());
    for (const auto& label : labels) out.identifiers[LatinOf(label)] = kind;
  }
  std::set<std::string, std::less<>> shared;
  TW_RETURN_IF_ERROR(ReadWords(root, "shared", shared));
  for (const auto& label : shared) out.identifiers[label] = "";
  for (const auto& [key, kind] : {std::pair("phones", "phone"), std::pair("emails", "email")}) {
    std::set<std::string, std::less<>> labels;
    TW_RETURN_IF_ERROR(ReadWords(root, key, labels));
    for (const auto& label : labels) out.identifiers[label] = kind;
  }
  TW_RETURN_IF_ERROR(ReadWords(root, "units", out.units));
  TW_RETURN_IF_ERROR(ReadWords(root, "before", out.before));
  TW_RETURN_IF_ERROR(ReadWords(root, "behind", out.behind));
  return out;
}

SplitParty Split(std::string_view text, const PartyWords& words) {
  SplitParty out = Splitter(text, words).Run();
  if (out.name.empty()) out.name = text;
  return out;
}

}  // namespace tidewaiter::resolve
