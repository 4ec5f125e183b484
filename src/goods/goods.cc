#include "goods/goods.h"

#include "base/file.h"
#include "goods/agreement.h"
#include "goods/index.h"
#include "goods/reading.h"

namespace tidewaiter::goods {
namespace {

constexpr double kBrandInColumn = 0.9;
constexpr double kSureEnough = 0.7;  // of the class, before the code is said to disagree

class LoadedGoods : public Goods {
 public:
  explicit LoadedGoods(Index index) : index_(std::move(index)) {}

  Recognition Recognise(const std::vector<std::string_view>& texts, std::string_view hs,
                        std::string_view brand) const override {
    Clues clues{hs, std::nullopt};
    if (!brand.empty()) clues.column_brand = ReadBrandColumn(index_, brand);
    Reading reading;
    reading.recognition.vagueness = 1;
    bool first = true;
    for (const std::string_view text : texts) {
      if (text.empty()) continue;
      Reading one = ReadDescription(index_, text, clues);
      reading = first ? std::move(one) : Merge(std::move(reading), std::move(one));
      first = false;
    }
    AddColumnBrand(clues, brand, reading);
    AddCode(clues, reading);
    return std::move(reading.recognition);
  }

  const std::vector<Model>& models() const override { return index_.catalogue.models; }

  const Model* Find(std::string_view brand, std::string_view model) const override {
    const auto brand_at = index_.catalogue.FindBrand(brand);
    const auto at = brand_at ? index_.catalogue.FindModel(*brand_at, model) : std::nullopt;
    return at ? &index_.catalogue.models[*at] : nullptr;
  }

  const std::string& hash() const override { return index_.catalogue.hash; }

 private:
  // The file's own word for the brand counts where the text names none.
  void AddColumnBrand(const Clues& clues, std::string_view written, Reading& reading) const {
    Recognition& out = reading.recognition;
    if (!clues.column_brand || !out.brand.empty()) return;
    const Brand& brand = index_.catalogue.brands[*clues.column_brand];
    if ((brand.makes_other_goods || brand.ordinary_word) && !reading.component_class) return;
    out.brand = brand.name;
    out.brand_confidence = kBrandInColumn;
    out.words.emplace_back(written);
  }

  // A drone that is called a toy, unless it is a model of a maker of other drones; and any of a
  // maker of toys.
  bool MayBeToy(const Reading& reading) const {
    const auto brand = index_.catalogue.FindBrand(reading.recognition.brand);
    if (brand && index_.catalogue.brands[*brand].makes_toys) return true;
    return reading.toy && reading.recognition.model.empty();
  }

  void AddCode(const Clues& clues, Reading& reading) const {
    if (!reading.component_class) return;
    Recognition& out = reading.recognition;
    const ComponentClass& one = index_.catalogue.classes[*reading.component_class];
    out.expected_hs = ExpectedHs(one, out.catalogue);
    if (reading.by_code) return;
    out.code_agreement = AgreesWithCode(clues.hs, one, out.expected_hs, MayBeToy(reading));
    if (out.code_agreement == false && out.class_confidence < kSureEnough)
      out.code_agreement.reset();
  }

  Index index_;
};

}  // namespace

Result<std::shared_ptr<const Goods>> Goods::Load(const std::string& resources,
                                                 const std::string& cache) {
  TW_ASSIGN_OR_RETURN(Catalogue catalogue, ReadCatalogue(JoinPath(resources, "catalogue"), cache));
  TW_ASSIGN_OR_RETURN(Index index, MakeIndex(std::move(catalogue)));
  return std::shared_ptr<const Goods>(std::make_shared<LoadedGoods>(std::move(index)));
}

}  // namespace tidewaiter::goods
