// Which mention is the thing? A description says what the goods are, then perhaps what they are for
// ("for", "для") and what comes along ("with", "с"). What is mentioned in those parts is not the
// thing. In the rest:
//
//  * a part named before a drone is the thing ("propeller DJI Mavic 3"), unless both make one noun,
//    in English or Chinese, and the part is a feature ("GPS drone", "热成像无人机");
//  * a part named right behind a model is the thing in any language ("DJI Mavic 3 battery"); behind
//  a word for
//    drone only in English compounds ("drone battery"), for "квадрокоптер ... камера 4K" lists
//    features;
//  * without a drone, the first part is the thing, or in an English compound the last ("battery
//  case").
//
// Where the order decides nothing, the declared code does.
#include "goods/reading.h"

#include <algorithm>
#include <cmath>

#include "goods/agreement.h"
#include "goods/mentions.h"

namespace tidewaiter::goods {
namespace {

using What = Mention::What;

constexpr double kUnknownAccessory = 0.55;  // "Xyz for DJI Mavic 3"
constexpr double kByCodeAndBrand = 0.6;     // "DJI", declared as a drone
constexpr double kSeveralModels = 0.6, kConflict = 0.7;
constexpr double kBrandInText = 0.95, kBrandByName = 0.8;
constexpr uint32_t kNear = 2;  // tokens between a model and the part that is named behind it

class TextReader {
 public:
  TextReader(const Index& index, const Clues& clues, Mentions mentions)
      : catalogue_(index.catalogue), clues_(clues), mentions_(std::move(mentions)) {}

  Reading Read(std::string_view source) {
    source_ = source;
    FindTargets();
    FindCore();
    ChooseHead();
    Reading reading;
    reading.toy = mentions_.toy;
    reading.other_goods = other_;
    reading.recognition.set = mentions_.set;
    if (head_ != nullptr) FillHead(reading);
    if (head_ == nullptr && !other_) FillWithoutHead(reading);
    FillBrand(reading);
    reading.recognition.vagueness = Vagueness(reading);
    return reading;
  }

 private:
  // --- What is the thing?

  void FindTargets() {
    const auto count = static_cast<uint32_t>(mentions_.text.tokens.size());
    for (const Span& marker : mentions_.fors) {
      uint32_t end = marker.last;
      while (end < count && !(end > marker.last && mentions_.BreakBetween(end, end)) &&
             !StartsWith(end))
        ++end;
      // A drone is not for a drone: "дрон для аэрофотосъемки DJI Phantom 4".
      if (HoldsDrone({marker.last, end}) && !DroneBefore(marker.first))
        targets_.push_back({marker.last, end});
    }
    for (const Span& marker : mentions_.fors_before) {
      uint32_t begin = marker.first;
      while (begin > 0 && !mentions_.BreakBetween(begin, begin)) --begin;
      if (HoldsDrone({begin, marker.first})) targets_.push_back({begin, marker.first});
    }
  }

  bool DroneBefore(uint32_t token) const {
    const auto at = std::find_if(mentions_.things.begin(), mentions_.things.end(),
                                 [](const Mention& thing) { return thing.what != What::kOther; });
    return at != mentions_.things.end() && at->what == What::kDrone && at->first < token;
  }

  bool StartsWith(uint32_t token) const {
    return std::any_of(mentions_.withs.begin(), mentions_.withs.end(),
                       [&](const Span& with) { return with.first == token; });
  }

  bool HoldsDrone(Span span) const {
    const auto inside = [&](uint32_t first) { return first >= span.first && first < span.last; };
    for (const Mention& thing : mentions_.things) {
      if (inside(thing.first) && (thing.what == What::kDrone || thing.brand)) return true;
    }
    for (const auto& [brand, where] : mentions_.brands) {
      if (inside(where.first) && CountsAlone(brand)) return true;
    }
    return false;
  }

  bool CountsAlone(size_t brand) const {
    return !catalogue_.brands[brand].ordinary_word && !catalogue_.brands[brand].makes_other_goods;
  }

  bool InTarget(uint32_t token) const {
    return std::any_of(targets_.begin(), targets_.end(), [&](const Span& target) {
      return token >= target.first && token < target.last;
    });
  }

  // The mentions outside targets and before the first "with".
  void FindCore() {
    for (const Mention& thing : mentions_.things) {
      if (!InTarget(thing.first)) core_.push_back(&thing);
    }
    for (const Span& with : mentions_.withs) {
      if (core_.empty() || core_.front()->first > with.first || InTarget(with.first)) continue;
      std::erase_if(core_, [&](const Mention* thing) { return thing->first > with.first; });
    }
  }

  void ChooseHead() {
    if (core_.empty()) return ChooseFromTargets();
    if (core_.front()->what == What::kOther) {
      other_ = true;
      return;
    }
    const Mention* drone = FirstOf([](const Mention& m) { return m.what == What::kDrone; });
    const Mention* part = FirstOf(
        [](const Mention& m) { return m.what == What::kPart || m.what == What::kAccessory; });
    if (drone == nullptr) return SetHead(HeadOfParts());
    if (IsOfOtherGoods(*drone)) {
      other_ = true;
      return;
    }
    if (part == nullptr) return SetHead(drone);
    SetHead(part->first < drone->first ? PartBeforeDrone(part, drone) : PartAfterDrone(drone));
  }

  template <typename Test>
  const Mention* FirstOf(const Test& test) const {
    const auto at =
        std::find_if(core_.begin(), core_.end(), [&](const Mention* m) { return test(*m); });
    return at == core_.end() ? nullptr : *at;
  }

  void SetHead(const Mention* head) { head_ = head; }

  // "For DJI Mavic 3 battery", "适用于大疆御3的电池": what is named behind the drone is the thing.
  void ChooseFromTargets() {
    for (const Span& target : targets_) {
      const Mention* drone = nullptr;
      for (const Mention& thing : mentions_.things) {
        if (thing.first < target.first || thing.first >= target.last) continue;
        if (thing.what == What::kDrone) drone = &thing;
        const bool is_part = thing.what == What::kPart || thing.what == What::kAccessory;
        if (drone != nullptr && is_part && NothingBefore(target)) return SetHead(&thing);
      }
    }
    for_something_unknown_ = !targets_.empty();
  }

  // Nothing but the marker and fillers stands before the target.
  bool NothingBefore(Span target) const {
    uint32_t known = 0;
    for (const Match& match : mentions_.matches) {
      if (match.last <= target.first) known += match.size();
    }
    return known >= target.first;
  }

  bool Adjacent(const Mention& a, const Mention& b) const {
    return a.last == b.first && !mentions_.BreakBetween(b.first, b.first);
  }

  Script ScriptOf(const Mention& mention) const {
    return mentions_.text.tokens[mention.first].script;
  }

  // "Mavic 3 phone"; and where neither brand nor model speaks for a drone, "drone racing magazine",
  // "Mavic bicycle".
  bool IsOfOtherGoods(const Mention& drone) const {
    const bool sure =
        !mentions_.brands.empty() || clues_.column_brand || (drone.model && mentions_.drone_word);
    return std::any_of(core_.begin(), core_.end(), [&](const Mention* m) {
      if (m->what != What::kOther || ScriptOf(*m) != Script::kLatin) return false;
      return Adjacent(drone, *m) || (!sure && !mentions_.BreakBetween(drone.last, m->first));
    });
  }

  bool IsFeature(const Mention& part) const {
    return part.component_class && catalogue_.classes[*part.component_class].is_feature;
  }

  // "GPS drone", "热成像无人机": a feature and, right behind it, a word for drones are one noun.
  bool MakesOneNoun(const Mention& part, const Mention& drone) const {
    return ScriptOf(part) != Script::kCyrillic && drone.is_word && IsFeature(part) &&
           part.last <= drone.first && !mentions_.BreakBetween(part.last, drone.first) &&
           drone.first - part.last <= kNear;
  }

  const Mention* PartBeforeDrone(const Mention* part, const Mention* drone) const {
    return MakesOneNoun(*part, *drone) ? drone : part;
  }

  const Mention* PartAfterDrone(const Mention* first) const {
    if (const Mention* head = HeadOfCompound(first)) return head;
    const Mention* drone = nullptr;
    for (const Mention* thing : core_) {
      if (thing->what == What::kDrone) {
        drone = thing;
      } else if (thing->what != What::kOther && drone != nullptr &&
                 PartIsTheThing(*drone, *thing)) {
        return thing;
      }
    }
    return first;
  }

  // "drone remote control battery": in an English run of things the last one counts; but a feature
  // only where it ends the text.
  const Mention* HeadOfCompound(const Mention* drone) const {
    const Mention* last = drone;
    for (const Mention* thing : core_) {
      const bool runs_on = thing->first >= drone->last && Adjacent(*last, *thing);
      if (runs_on && thing->what != What::kOther && ScriptOf(*thing) == Script::kLatin)
        last = thing;
    }
    const bool counts = last->what != What::kDrone && (!IsFeature(*last) || EndsText(*last));
    return counts ? last : nullptr;
  }

  bool EndsText(const Mention& mention) const {
    return mention.last == mentions_.text.tokens.size();
  }

  bool PartIsTheThing(const Mention& drone, const Mention& part) const {
    const bool of_another = std::any_of(core_.begin(), core_.end(), [&](const Mention* m) {
      return m->what == What::kDrone && MakesOneNoun(part, *m);
    });
    if (of_another) return false;  // "Mavic 3T 热成像无人机"
    if (mentions_.BreakBetween(drone.last, part.first) ||
        mentions_.NumberBetween(drone.last, part.first))
      return false;
    if (Adjacent(drone, part) && ScriptOf(part) == Script::kOther) return true;  // 无人机电池
    if (drone.is_word) {
      return false;
    }
    if (part.first - drone.last > kNear) return false;
    const bool named_before =
        FirstOf([](const Mention& m) { return m.what == What::kDrone && m.is_word; }) != nullptr;
    return !named_before || FitsCode(part);
  }

  bool FitsCode(const Mention& part) const {
    return part.component_class &&
           BeginsWithAny(clues_.hs, catalogue_.classes[*part.component_class].expected_hs);
  }

  // No drone in the core.
  const Mention* HeadOfParts() const {
    const Mention* head = nullptr;
    for (const Mention* thing : core_) {
      if (thing->what == What::kOther) break;
      if (head != nullptr && (!Adjacent(*head, *thing) || ScriptOf(*thing) == Script::kCyrillic))
        break;
      if (head != nullptr && head->model && IsFeature(*thing)) break;  // "TX16S ELRS"
      head = thing;
    }
    return head;
  }

  // --- What follows from it

  void FillHead(Reading& reading) {
    Recognition& out = reading.recognition;
    reading.component_class = head_->component_class;
    out.component_class = catalogue_.classes[*head_->component_class].name;
    out.class_confidence =
        IsPerhapsModifier(*head_) ? head_->confidence * kConflict : head_->confidence;
    out.accessory = head_->what == What::kAccessory;
    AddWords(Span{head_->first, head_->last}, out);
    FillModel(reading);
    if (!targets_.empty() && head_->what != What::kDrone) NoteTargets(out);
  }

  // "UAV payload drop system": a word for drones with an unknown noun behind it, and nothing that
  // names a drone.
  bool IsPerhapsModifier(const Mention& head) const {
    if (head.what != What::kDrone || !head.is_word || ScriptOf(head) != Script::kLatin)
      return false;
    if (!mentions_.brands.empty() || clues_.column_brand ||
        head.last == mentions_.text.tokens.size())
      return false;
    const Token& next = mentions_.text.tokens[head.last];
    const bool known = std::any_of(mentions_.matches.begin(), mentions_.matches.end(),
                                   [&](const Match& match) { return match.first == head.last; });
    return !known && next.script == Script::kLatin && next.gap == Gap::kSpace &&
           next.end - next.begin > 2;
  }

  bool IsBehindABrand(const Mention& thing) const {
    return std::any_of(mentions_.brands.begin(), mentions_.brands.end(),
                       [&](const auto& brand) { return brand.second.last == thing.first; });
  }

  // The first model of the head's class in the core, or the first that stands behind a brand: "FPV
  // DRONE DJI AVATA", where FPV is a model too.
  void FillModel(Reading& reading) {
    Recognition& out = reading.recognition;
    const Mention* found = nullptr;
    bool several = false;
    for (const Mention* thing : core_) {
      if (!thing->model || thing->component_class != head_->component_class) continue;
      if (found == nullptr || (IsBehindABrand(*thing) && !IsBehindABrand(*found))) found = thing;
      several |= *thing->model != *found->model;
    }
    if (found == nullptr) return;
    const Model& model = catalogue_.models[*found->model];
    out.model = model.model;
    out.catalogue = &model;
    out.model_confidence =
        several ? std::min(kSeveralModels, found->confidence) : found->confidence;
    out.class_confidence = std::max(out.class_confidence, found->confidence);
    AddWords(Span{found->first, found->last}, out);
    model_brand_ = found->brand;
  }

  void FillWithoutHead(Reading& reading) {
    Recognition& out = reading.recognition;
    const bool something = !mentions_.vague.empty() && mentions_.named;
    if (for_something_unknown_ || something) {
      SetClass("accessory", kUnknownAccessory, reading);
      out.accessory = true;
      NoteTargets(out);
      for (const Span& span : mentions_.vague) AddWords(span, out);
    } else if (HasPlainBrand() && clues_.hs.starts_with("8806")) {
      SetClass("drone", kByCodeAndBrand, reading);
      reading.by_code = true;
    }
  }

  bool HasPlainBrand() const {
    return std::any_of(mentions_.brands.begin(), mentions_.brands.end(),
                       [&](const auto& one) { return CountsAlone(one.first); });
  }

  void SetClass(std::string_view name, double confidence, Reading& reading) const {
    reading.component_class = catalogue_.FindClass(name);
    if (!reading.component_class) return;
    reading.recognition.component_class = name;
    reading.recognition.class_confidence = confidence;
  }

  void NoteTargets(Recognition& out) const {
    for (const Span& marker : mentions_.fors) AddWords(marker, out);
    for (const Mention& thing : mentions_.things) {
      if (InTarget(thing.first)) AddWords(Span{thing.first, thing.last}, out);
    }
  }

  void FillBrand(Reading& reading) {
    Recognition& out = reading.recognition;
    if (other_) return FillBrandOfOther(out);
    if (model_brand_) {
      out.brand = catalogue_.brands[*model_brand_].name;
      out.brand_confidence =
          IsNamed(*model_brand_) ? kBrandInText : std::min(kBrandInText, out.model_confidence);
      AddBrandWords(*model_brand_, out);
      return;
    }
    for (const auto& [brand, where] : mentions_.brands) {
      if (InTarget(where.first) || !BrandCounts(brand, reading)) continue;
      if (reading.recognition.accessory && head_ != nullptr) continue;
      return SetBrand(brand, kBrandInText, where, out);
    }
    for (const Mention* thing : core_) {
      if (thing->brand && head_ != nullptr && head_->what == What::kDrone) {
        return SetBrand(*thing->brand, thing->guessed ? kBrandByName * kConflict : kBrandByName,
                        Span{thing->first, thing->last}, out);
      }
    }
  }

  // "DJI Mic": goods of a brand in the catalogue that are of no component class.
  void FillBrandOfOther(Recognition& out) const {
    const Mention* other =
        FirstOf([](const Mention& m) { return m.what == What::kOther && m.brand; });
    if (other == nullptr || other != core_.front()) return;
    SetBrand(*core_.front()->brand, kBrandByName, Span{core_.front()->first, core_.front()->last},
             out);
  }

  bool IsNamed(size_t brand) const {
    return std::any_of(mentions_.brands.begin(), mentions_.brands.end(),
                       [&](const auto& one) { return one.first == brand; });
  }

  void AddBrandWords(size_t brand, Recognition& out) const {
    for (const auto& [one, where] : mentions_.brands) {
      if (one == brand) return AddWords(where, out);
    }
  }

  bool BrandCounts(size_t brand, const Reading& reading) const {
    return CountsAlone(brand) || (reading.component_class && !reading.recognition.accessory);
  }

  void SetBrand(size_t brand, double confidence, Span where, Recognition& out) const {
    out.brand = catalogue_.brands[brand].name;
    out.brand_confidence = confidence;
    AddWords(where, out);
  }

  void AddWords(Span span, Recognition& out) const {
    const auto& tokens = mentions_.text.tokens;
    const size_t begin = tokens[span.first].source_begin, end = tokens[span.last - 1].source_end;
    std::string words(source_.substr(begin, end - begin));
    if (std::find(out.words.begin(), out.words.end(), words) == out.words.end())
      out.words.push_back(std::move(words));
  }

  // --- How much the text says: five informative words are enough; docs/goods.md has the scale.

  double Vagueness(const Reading& reading) const {
    constexpr double kEnough = 5;
    const double informative = Information();
    double vagueness = 1 - std::min(informative, kEnough) / kEnough;
    if (!mentions_.vague.empty() && informative < 3) vagueness = std::max(vagueness, 0.7);
    if (!reading.recognition.model.empty()) vagueness = std::min(vagueness, 0.1);
    return std::round(vagueness * 100) / 100;
  }

  double Information() const {
    const auto& tokens = mentions_.text.tokens;
    double sum = 0;
    uint32_t done = 0;
    for (size_t at = 0, i = 0; i < tokens.size(); ++i) {
      while (at < mentions_.matches.size() && mentions_.matches[at].first < i) ++at;
      if (at < mentions_.matches.size() && mentions_.matches[at].first == i && i >= done) {
        sum += InformationOf(mentions_.matches[at].entry.meaning);
        done = mentions_.matches[at].last;
      }
      if (i >= done) sum += InformationOf(tokens[i]);
    }
    return sum;
  }

  static double InformationOf(Meaning meaning) {
    switch (meaning) {
      case Meaning::kModel:
        return 3;
      case Meaning::kBrand:
      case Meaning::kFamily:
      case Meaning::kThing:
      case Meaning::kThingNear:
      case Meaning::kAccessory:
      case Meaning::kOtherGoods:
      case Meaning::kContext:
      case Meaning::kToy:
      case Meaning::kManned:
        return 1;
      default:
        return 0;
    }
  }

  static double InformationOf(const Token& token) {
    const uint32_t bytes = token.end - token.begin;
    if (token.script == Script::kDigits) return token.gap == Gap::kNone ? 0.5 : 0.25;
    if (token.script == Script::kLatin) return bytes > 2 ? 1 : 0;
    if (token.script == Script::kCyrillic) return bytes > 4 ? 1 : 0;
    return 0.5;
  }

  const Catalogue& catalogue_;
  const Clues& clues_;
  Mentions mentions_;
  std::string_view source_;
  std::vector<Span> targets_;
  std::vector<const Mention*> core_;
  const Mention* head_ = nullptr;
  std::optional<size_t> model_brand_;
  bool other_ = false, for_something_unknown_ = false;
};

// Whether a second look that allows for misspelt words may find more.
bool IsWorthGuessing(const Mentions& mentions, const Clues& clues) {
  const bool named =
      std::any_of(mentions.things.begin(), mentions.things.end(),
                  [](const Mention& thing) { return thing.model || thing.what == What::kOther; });
  return !named &&
         (mentions.context || clues.hs.starts_with("8806") || clues.hs.starts_with("8525"));
}

}  // namespace

Reading ReadDescription(const Index& index, std::string_view text, const Clues& clues) {
  Mentions mentions = FindMentions(index, text, clues, false);
  if (IsWorthGuessing(mentions, clues)) mentions = FindMentions(index, text, clues, true);
  return TextReader(index, clues, std::move(mentions)).Read(text);
}

std::optional<size_t> ReadBrandColumn(const Index& index, std::string_view text) {
  FoldedText folded;
  std::vector<Match> matches;
  Fold(text, folded);
  index.lexicon.Find(folded, false, matches);
  for (const Match& match : matches) {
    if (match.entry.meaning == Meaning::kBrand && match.first == 0) return match.entry.index;
  }
  return std::nullopt;
}

Reading Merge(Reading a, Reading b) {
  if (!a.component_class && !b.component_class) {
    if (a.recognition.brand.empty()) std::swap(a, b);
  } else if (!a.component_class) {
    std::swap(a, b);
    if (b.other_goods) a.recognition.class_confidence *= kConflict;
  } else if (b.component_class && a.component_class != b.component_class) {
    if (a.recognition.component_class == "drone") std::swap(a, b);
    a.recognition.class_confidence *= kConflict;
  }
  Recognition& out = a.recognition;
  const Recognition& other = b.recognition;
  const bool same_class = a.component_class == b.component_class;
  if (out.model.empty() && !other.model.empty() && same_class) {
    out.model = other.model, out.model_confidence = other.model_confidence,
    out.catalogue = other.catalogue;
    out.brand.clear();
  }
  if (out.brand.empty() && !other.brand.empty() && (same_class || !b.component_class)) {
    out.brand = other.brand, out.brand_confidence = other.brand_confidence;
  }
  out.set |= other.set;
  out.vagueness = std::min(out.vagueness, other.vagueness);
  for (const std::string& word : other.words) {
    if (std::find(out.words.begin(), out.words.end(), word) == out.words.end())
      out.words.push_back(word);
  }
  a.toy |= b.toy;
  a.other_goods |= b.other_goods;
  return a;
}

}  // namespace tidewaiter::goods
