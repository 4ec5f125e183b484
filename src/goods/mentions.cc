#include "goods/mentions.h"

#include <algorithm>

#include "goods/agreement.h"

namespace tidewaiter::goods {
namespace {

constexpr std::string_view kAccessory = "accessory";
constexpr std::string_view kDrone = "drone";

// How sure a word makes us of the class that it names.
constexpr double kSureName = 0.95, kSureWord = 0.9, kSureFamily = 0.85, kSureNearWord = 0.75,
                 kSureParts = 0.6;
constexpr double kGuessed = 0.85;  // factor

// A declared code that says drones or their parts.
bool IsDroneCode(std::string_view hs) { return hs.starts_with("8806") || hs.starts_with("8807"); }

class Finder {
 public:
  Finder(const Index& index, const Clues& clues, Mentions& out)
      : catalogue_(index.catalogue), clues_(clues), out_(out) {}

  void Run() {
    for (const Match& match : out_.matches) NoteClue(match);
    DecideContext();
    for (const Match& match : out_.matches) NoteThing(match);
    KeepBestOfSamePlace();
  }

 private:
  // What does not depend on anything else in the text.
  void NoteClue(const Match& match) {
    const Span span{match.first, match.last};
    switch (match.entry.meaning) {
      case Meaning::kBrand:
        out_.brands.emplace_back(match.entry.index, span);
        break;
      case Meaning::kThing:
        if (ClassName(match.entry.index) == kDrone) out_.drone_word = true;
        // Gimbals and thermal imagers are used without drones too, flight controllers are not.
        if (!catalogue_.classes[match.entry.index].is_feature) context_word_ = true;
        break;
      case Meaning::kContext:
        context_word_ = true;
        break;
      case Meaning::kFor:
        out_.fors.push_back(span);
        break;
      case Meaning::kForBefore:
        out_.fors_before.push_back(span);
        break;
      case Meaning::kWith:
        out_.withs.push_back(span);
        break;
      case Meaning::kParts:
      case Meaning::kVague:
        out_.vague.push_back(span);
        break;
      case Meaning::kSet:
        out_.set = true;
        break;
      case Meaning::kToy:
        out_.toy = true;
        break;
      case Meaning::kManned:
        out_.manned = true;
        break;
      default:
        break;
    }
  }

  void DecideContext() {
    bool brand = clues_.column_brand && !catalogue_.brands[*clues_.column_brand].makes_other_goods;
    for (const auto& [index, span] : out_.brands) {
      brand |=
          !catalogue_.brands[index].makes_other_goods && !catalogue_.brands[index].ordinary_word;
    }
    bool name = false;
    for (const Match& match : out_.matches) name |= StandsAlone(match);
    out_.named = brand || name || out_.drone_word;
    out_.context = out_.named || context_word_ || (IsDroneCode(clues_.hs) && !out_.manned);
  }

  bool StandsAlone(const Match& match) const {
    if (match.guessed) return false;
    if (match.entry.meaning == Meaning::kModel)
      return catalogue_.aliases[match.entry.index].need == Need::kNothing;
    return match.entry.meaning == Meaning::kFamily &&
           catalogue_.families[match.entry.index].need == Need::kNothing;
  }

  void NoteThing(const Match& match) {
    switch (match.entry.meaning) {
      case Meaning::kThing:
        return AddWord(match, kSureWord);
      case Meaning::kThingNear:
        if (out_.context) AddWord(match, kSureNearWord);
        return;
      case Meaning::kModel:
        return AddModel(match);
      case Meaning::kFamily:
        return AddFamily(match);
      case Meaning::kAccessory:
        if (out_.context || !out_.brands.empty()) AddAccessory(match, kSureFamily);
        return;
      case Meaning::kParts:
        if (out_.named) AddAccessory(match, kSureParts);
        return;
      case Meaning::kOtherGoods:
        Add(match, Mention::What::kOther, kSureWord);
        return;
      default:
        return;
    }
  }

  Mention& Add(const Match& match, Mention::What what, double confidence) {
    Mention mention;
    mention.what = what;
    mention.first = match.first, mention.last = match.last;
    mention.guessed = match.guessed;
    mention.confidence = match.guessed ? confidence * kGuessed : confidence;
    out_.things.push_back(mention);
    return out_.things.back();
  }

  void AddOfClass(const Match& match, const std::string& name, double confidence) {
    const auto component_class = catalogue_.FindClass(name);
    const Mention::What what = !component_class     ? Mention::What::kOther
                               : name == kDrone     ? Mention::What::kDrone
                               : name == kAccessory ? Mention::What::kAccessory
                                                    : Mention::What::kPart;
    Add(match, what, confidence).component_class = component_class;
  }

  void AddWord(const Match& match, double confidence) {
    AddOfClass(match, ClassName(match.entry.index), confidence);
    out_.things.back().is_word = true;
  }

  void AddAccessory(const Match& match, double confidence) {
    AddOfClass(match, std::string(kAccessory), confidence);
    out_.things.back().is_word = true;
  }

  bool BrandIsNamed(size_t brand) const {
    if (clues_.column_brand == brand) return true;
    return std::any_of(out_.brands.begin(), out_.brands.end(),
                       [&](const auto& one) { return one.first == brand; });
  }

  bool IsGranted(Need need, size_t brand, bool guessed) const {
    if (BrandIsNamed(brand)) return true;
    if (need == Need::kBrand) return false;
    const bool context = out_.drone_word || context_word_ || clues_.hs.starts_with("8806");
    return context || (need == Need::kNothing && !guessed);
  }

  void AddModel(const Match& match) {
    const ModelAlias& alias = catalogue_.aliases[match.entry.index];
    const size_t brand = catalogue_.model_brand[alias.model];
    if (!IsGranted(alias.need, brand, match.guessed)) return;
    AddOfClass(match, catalogue_.models[alias.model].component_class, kSureName);
    Mention& mention = out_.things.back();
    mention.brand = brand;
    if (!EndsInCount(match)) mention.model = alias.model;
  }

  void AddFamily(const Match& match) {
    const Family& family = catalogue_.families[match.entry.index];
    if (!IsGranted(family.need, family.brand, match.guessed)) return;
    AddOfClass(match, family.component_class, kSureFamily);
    out_.things.back().brand = family.brand;
  }

  // "Phantom 4 pcs" are four Phantoms.
  bool EndsInCount(const Match& match) const {
    const bool number =
        out_.text.tokens[match.last - 1].script == Script::kDigits && match.size() > 1;
    return number && std::any_of(out_.matches.begin(), out_.matches.end(), [&](const Match& other) {
             return other.entry.meaning == Meaning::kCount && other.first == match.last;
           });
  }

  // One phrase may name two classes (двигатель is a motor or an engine): the declared code chooses.
  // A model counts before the family that it is of.
  void KeepBestOfSamePlace() {
    auto& things = out_.things;
    const auto better = [&](const Mention& a, const Mention& b) {
      if (a.model.has_value() != b.model.has_value()) return a.model.has_value();
      if (a.confidence != b.confidence) return a.confidence > b.confidence;
      return FitsCode(a) && !FitsCode(b);
    };
    std::stable_sort(things.begin(), things.end(), [&](const Mention& a, const Mention& b) {
      if (a.first != b.first) return a.first < b.first;
      if (a.last != b.last) return a.last > b.last;
      return better(a, b);
    });
    const auto same_place = [](const Mention& a, const Mention& b) {
      return a.first == b.first && a.last == b.last;
    };
    things.erase(std::unique(things.begin(), things.end(), same_place), things.end());
  }

  bool FitsCode(const Mention& mention) const {
    return mention.component_class &&
           BeginsWithAny(clues_.hs, catalogue_.classes[*mention.component_class].expected_hs);
  }

  const std::string& ClassName(size_t index) const { return catalogue_.classes[index].name; }

  const Catalogue& catalogue_;
  const Clues& clues_;
  Mentions& out_;
  bool context_word_ = false;
};

}  // namespace

bool Mentions::BreakBetween(uint32_t from, uint32_t to) const {
  for (uint32_t i = from; i <= to && i < text.tokens.size(); ++i) {
    if (text.tokens[i].gap == Gap::kBreak) return true;
  }
  return false;
}

bool Mentions::NumberBetween(uint32_t from, uint32_t to) const {
  for (uint32_t i = from; i < to && i < text.tokens.size(); ++i) {
    if (text.tokens[i].script == Script::kDigits) return true;
  }
  return false;
}

Mentions FindMentions(const Index& index, std::string_view description, const Clues& clues,
                      bool guess) {
  Mentions mentions;
  Fold(description, mentions.text);
  index.lexicon.Find(mentions.text, guess, mentions.matches);
  Finder(index, clues, mentions).Run();
  return mentions;
}

}  // namespace tidewaiter::goods
