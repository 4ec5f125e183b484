// What is being shipped: description + HS code -> brand, model, component class, vagueness,
// agreement of text and code. Precision first: every recognised value names the words that it rests
// on and a confidence; a brand inside another product ("case for ...", "compatible with ...") makes
// an accessory, not a drone.
//
// Lexicons, brands and models are data: catalogue/. Immutable after loading; any number of threads
// may ask.
#ifndef TIDEWAITER_GOODS_GOODS_H_
#define TIDEWAITER_GOODS_GOODS_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "model/fact.h"

namespace tidewaiter::goods {

// One fact of the catalogue, with who says so and when.
struct CatalogueFact {
  std::string name;  // as the parameters of the rules: mtow, endurance, ...
  Fact value;
  std::string source;
  std::optional<Date> date;
};

struct Model {
  std::string brand;            // "DJI"
  std::string model;            // "Mavic 3"
  std::string component_class;  // "drone", "flight_controller", ...
  std::vector<CatalogueFact> facts;
};

struct Recognition {
  std::string brand, model, component_class;  // each empty: not recognised
  double brand_confidence = 0, model_confidence = 0, class_confidence = 0;  // 0 to 1
  const Model* catalogue = nullptr;  // the model's entry; owned by the Goods
  bool accessory = false;            // the thing is for a drone, it is none
  bool set = false;                  // set, combo, kit, with extra batteries
  double vagueness = 0;              // 0: says exactly what it is; 1: says nothing
  std::vector<std::string> words;    // the words that the recognition rests on, as written
  std::vector<std::string>
      expected_hs;  // HS headings or subheadings (edition 2022) that such goods travel under
  std::optional<bool> code_agreement;  // absent: text or code says too little
};

class Goods {
 public:
  // Reads `resources`/catalogue; `cache`: folder of base/yaml_cache.h, empty: none.
  static Result<std::shared_ptr<const Goods>> Load(const std::string& resources,
                                                   const std::string& cache = {});
  virtual ~Goods() = default;

  // `hs`: digits only, may be empty; `brand`: the file's own brand column, may be empty. `texts`
  // are the same goods in several languages.
  virtual Recognition Recognise(const std::vector<std::string_view>& texts, std::string_view hs,
                                std::string_view brand) const = 0;
  virtual const std::vector<Model>& models() const = 0;
  virtual const Model* Find(std::string_view brand, std::string_view model) const = 0;
  virtual const std::string& hash() const = 0;  // of the catalogue's files
};

}  // namespace tidewaiter::goods

#endif  // TIDEWAITER_GOODS_GOODS_H_
