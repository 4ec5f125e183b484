// A brand file, or the words file when the input begins with "for": any bytes are read or refused
// with a place.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "goods/catalogue.h"
#include "goods/index.h"
#include "goods/lint.h"

using tidewaiter::goods::CatalogueFiles;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  CatalogueFiles files;
  files["sources.yaml"] = "sources:\n  - {id: s, title: A source, date: 2024-01-01}\n";
  files["parameters.yaml"] = "parameters:\n  - {name: mtow, unit: kg, meaning: mass}\n";
  files["classes.yaml"] = "classes:\n  - {class: drone, expected_hs: [\"8806\"], words: [drone]}\n";
  files["spellings.yaml"] = "spellings: []\n";
  files["words.yaml"] = "for: [for]\n";
  files[text.starts_with("for") ? "words.yaml" : "brands/x.yaml"] = text;
  if (text.starts_with("s\t")) files["facts/f.tsv"] = text;
  auto catalogue = tidewaiter::goods::ParseCatalogue("catalogue", files);
  for (const auto& problem : catalogue.problems) {
    if (problem.message.empty()) std::abort();
  }
  (void)tidewaiter::goods::LintCatalogue(catalogue);
  (void)tidewaiter::goods::MakeIndex(std::move(catalogue));
  return 0;
}
