#include "goods/lint.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "goods/index.h"

namespace tidewaiter::goods {
namespace {

class Linter {
 public:
  explicit Linter(const Catalogue& catalogue) : catalogue_(catalogue) {}

  std::vector<Error> Run() {
    problems_ = catalogue_.problems;
    CheckClasses();
    CheckModels();
    CheckAloneNames();
    CheckWords();
    CheckUse();
    if (problems_.empty()) CheckPhrases();
    std::stable_sort(problems_.begin(), problems_.end(), [](const Error& a, const Error& b) {
      return std::tie(a.file, a.line) < std::tie(b.file, b.line);
    });
    return std::move(problems_);
  }

 private:
  void CheckClasses() {
    for (const std::string& name : ComponentClassNames()) {
      if (!catalogue_.FindClass(name))
        Complain("class \"" + name + "\" is missing", "classes.yaml");
    }
    for (const ComponentClass& one : catalogue_.classes) {
      if (one.name != "accessory" && one.expected_hs.empty()) {
        Complain("class \"" + one.name + "\" names no HS heading", "classes.yaml");
      }
    }
  }

  void CheckModels() {
    for (size_t i = 0; i < catalogue_.models.size(); ++i) {
      const Model& model = catalogue_.models[i];
      const Brand& brand = catalogue_.brands[catalogue_.model_brand[i]];
      for (const CatalogueFact& fact : model.facts) {
        for (const FactReading& reading : fact.value.readings)
          CheckFact(model, brand, fact, reading);
      }
      const double weight = GreatestOf(model, "weight"), mtow = GreatestOf(model, "mtow");
      constexpr double kRounding = 1.02;
      if (mtow > 0 && weight > mtow * kRounding) {
        Complain(model.model + " weighs more than it may take off with; look at the source", brand);
      }
    }
  }

  void CheckFact(const Model& model, const Brand& brand, const CatalogueFact& fact,
                 const FactReading& reading) {
    const bool number = reading.kind == FactReading::Kind::kInterval;
    if (number && (reading.min < 0 || reading.max <= 0)) {
      Complain(model.model + ": " + fact.name + " is not above zero", brand);
    }
    if (!fact.date) Complain(model.model + ": " + fact.name + " has no date", brand);
  }

  static double GreatestOf(const Model& model, std::string_view name) {
    double greatest = 0;
    for (const CatalogueFact& fact : model.facts) {
      if (fact.name != name) continue;
      for (const FactReading& reading : fact.value.readings)
        greatest = std::max(greatest, reading.max);
    }
    return greatest;
  }

  // A name that needs no brand beside it must belong to one model only.
  void CheckAloneNames() {
    std::map<std::string, size_t> owner;
    for (const ModelAlias& alias : catalogue_.aliases) {
      if (alias.need != Need::kNothing) continue;
      const auto [at, added] = owner.emplace(NameKey(alias.text), alias.model);
      if (added || at->second == alias.model) continue;
      Complain("\"" + alias.text + "\" stands alone, but " + catalogue_.models[at->second].brand +
                   " has a model of that name too; write needs: brand",
               catalogue_.brands[catalogue_.model_brand[alias.model]]);
    }
  }

  // A word is in one list only, and a brand's name is no common word.
  void CheckWords() {
    const Words& words = catalogue_.words;
    std::map<std::string, const char*> list_of;
    const std::pair<const char*, const std::vector<std::string>*> lists[] = {
        {"accessory", &words.accessory},
        {"other_goods", &words.other_goods},
        {"for", &words.for_after},
        {"for_before", &words.for_before},
        {"with", &words.with},
        {"set", &words.set},
        {"parts", &words.parts},
        {"vague", &words.vague},
        {"context", &words.context},
        {"count", &words.count},
        {"toy", &words.toy},
        {"manned", &words.manned},
        {"filler", &words.filler}};
    for (const auto& [name, list] : lists) {
      for (const std::string& word : *list) {
        const auto [at, added] = list_of.emplace(word, name);
        if (added) continue;
        const std::string where =
            at->second == std::string_view(name) ? "" : " as " + std::string(at->second);
        Complain("\"" + word + "\" (" + name + ") is there already" + where, "words.yaml");
      }
    }
  }

  void CheckUse() {
    std::set<std::string> used;
    for (const Model& model : catalogue_.models) {
      for (const CatalogueFact& fact : model.facts) {
        for (const FactReading& reading : fact.value.readings) used.insert(reading.source);
      }
    }
    for (const Source& source : catalogue_.sources) {
      if (used.count(source.title) == 0)
        Complain("no fact is from \"" + source.id + "\"; drop it", "sources.yaml");
    }
  }

  void CheckPhrases() {
    const auto index = MakeIndex(catalogue_);
    if (!index) problems_.push_back(index.error());
  }

  void Complain(std::string message, const std::string& file) {
    problems_.push_back(BadInput(std::move(message), "catalogue/" + file));
  }
  void Complain(std::string message, const Brand& brand) {
    problems_.push_back(BadInput(std::move(message), "catalogue/" + brand.file, brand.line));
  }

  const Catalogue& catalogue_;
  std::vector<Error> problems_;
};

}  // namespace

std::vector<Error> LintCatalogue(const Catalogue& catalogue) { return Linter(catalogue).Run(); }

}  // namespace tidewaiter::goods
