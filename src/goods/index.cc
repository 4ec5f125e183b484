#include "goods/index.h"

#include <algorithm>

#include "text/utf8.h"

namespace tidewaiter::goods {
namespace {

bool IsOneWord(const std::string& name) { return NameKey(name).find(' ') == std::string::npos; }

class Maker {
 public:
  explicit Maker(Index& index) : catalogue_(index.catalogue), lexicon_(index.lexicon) {}

  Status Make() {
    TW_RETURN_IF_ERROR(AddBrands());
    TW_RETURN_IF_ERROR(AddClasses());
    TW_RETURN_IF_ERROR(AddWords());
    TW_RETURN_IF_ERROR(AddGlued());
    for (const Spelling& spelling : catalogue_.spellings) {
      for (const std::string& variant : spelling.variants) {
        TW_RETURN_IF_ERROR(lexicon_.AddVariant(variant, spelling.word));
      }
    }
    for (const std::string& word : catalogue_.words.not_misspelt) lexicon_.AddNotMisspelt(word);
    lexicon_.Build();
    return {};
  }

 private:
  Status AddBrands() {
    for (size_t i = 0; i < catalogue_.brands.size(); ++i) {
      const Brand& brand = catalogue_.brands[i];
      TW_RETURN_IF_ERROR(Add(brand.name, Meaning::kBrand, i));
      TW_RETURN_IF_ERROR(AddAll(brand.aliases, Meaning::kBrand, i));
      if (!brand.ordinary_word && !brand.makes_other_goods && IsOneWord(brand.name))
        lexicon_.AddDistinctive(brand.name);
    }
    for (size_t i = 0; i < catalogue_.aliases.size(); ++i) {
      TW_RETURN_IF_ERROR(Add(catalogue_.aliases[i].text, Meaning::kModel, i));
    }
    for (size_t i = 0; i < catalogue_.families.size(); ++i) {
      TW_RETURN_IF_ERROR(Add(catalogue_.families[i].word, Meaning::kFamily, i));
      if (IsOneWord(catalogue_.families[i].word))
        lexicon_.AddDistinctive(catalogue_.families[i].word);
    }
    return {};
  }

  Status AddClasses() {
    for (size_t i = 0; i < catalogue_.classes.size(); ++i) {
      TW_RETURN_IF_ERROR(AddAll(catalogue_.classes[i].words, Meaning::kThing, i));
      TW_RETURN_IF_ERROR(AddAll(catalogue_.classes[i].near_words, Meaning::kThingNear, i));
      for (const std::string& word : catalogue_.classes[i].words) {
        AddIfLong(word);
        TW_RETURN_IF_ERROR(AddTruncated(word));
      }
    }
    return {};
  }

  // A single long word of a class may be misspelt: "quadcoptor".
  void AddIfLong(const std::string& word) {
    constexpr size_t kLong = 9;  // bytes
    if (word.find(' ') == std::string::npos && word.find('*') == std::string::npos &&
        word.size() >= kLong) {
      lexicon_.AddDistinctive(word);
    }
  }

  // A stem of one long word may be cut off, as customs texts are at a certain length:
  // "КВАДРОКОПТЕ".
  Status AddTruncated(const std::string& word) {
    constexpr size_t kShortest = 8;  // letters
    if (word.find(' ') != std::string::npos || !word.ends_with('*')) return {};
    std::u32string letters = text::Decode(std::string_view(word).substr(0, word.size() - 1));
    const size_t shortest = std::max(kShortest, letters.size() * 7 / 10);
    while (letters.size() > shortest) {
      letters.pop_back();
      TW_RETURN_IF_ERROR(lexicon_.AddVariant(text::Encode(letters), word));
    }
    return {};
  }

  Status AddWords() {
    const Words& words = catalogue_.words;
    const std::pair<const std::vector<std::string>*, Meaning> lists[] = {
        {&words.accessory, Meaning::kAccessory},
        {&words.other_goods, Meaning::kOtherGoods},
        {&words.for_after, Meaning::kFor},
        {&words.for_before, Meaning::kForBefore},
        {&words.with, Meaning::kWith},
        {&words.set, Meaning::kSet},
        {&words.parts, Meaning::kParts},
        {&words.vague, Meaning::kVague},
        {&words.context, Meaning::kContext},
        {&words.count, Meaning::kCount},
        {&words.toy, Meaning::kToy},
        {&words.manned, Meaning::kManned},
        {&words.filler, Meaning::kFiller}};
    for (const auto& [list, meaning] : lists) TW_RETURN_IF_ERROR(AddAll(*list, meaning, 0));
    return {};
  }

  // "DJIMAVIC 3": the brand glued to the first word of its model names.
  Status AddGlued() {
    for (const Family& family : catalogue_.families) {
      const std::string& brand = catalogue_.brands[family.brand].name;
      if (!IsOneWord(brand) || !IsOneWord(family.word)) continue;
      TW_RETURN_IF_ERROR(lexicon_.AddVariant(brand + family.word, family.word));
    }
    return {};
  }

  Status Add(const std::string& phrase, Meaning meaning, size_t index) {
    return lexicon_.Add(phrase, {meaning, static_cast<uint32_t>(index)});
  }

  Status AddAll(const std::vector<std::string>& phrases, Meaning meaning, size_t index) {
    for (const std::string& phrase : phrases) TW_RETURN_IF_ERROR(Add(phrase, meaning, index));
    return {};
  }

  const Catalogue& catalogue_;
  Lexicon& lexicon_;
};

}  // namespace

Result<Index> MakeIndex(Catalogue catalogue) {
  if (!catalogue.problems.empty()) return catalogue.problems.front();
  Index index{std::move(catalogue), {}};
  TW_RETURN_IF_ERROR(Maker(index).Make());
  return index;
}

}  // namespace tidewaiter::goods
