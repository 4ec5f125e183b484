// tidewaiter catalogue show [BRAND [MODEL]] | lint
#include "goods/catalogue.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "base/file.h"
#include "cli/session.h"
#include "goods/lint.h"

namespace tidewaiter::cli {
namespace {

struct ShowOptions {
  std::string brand, model;
};

Result<goods::Catalogue> OpenCatalogue() {
  TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
  return goods::ReadCatalogue(JoinPath(resources, "catalogue"));
}

std::string Number(double value) {
  std::string text;
  AppendJsonNumber(value, text);
  return text;
}

std::string Show(const FactReading& reading) {
  const std::string unit = reading.unit.empty() ? "" : " " + reading.unit;
  switch (reading.kind) {
    case FactReading::Kind::kBool:
      return reading.truth ? "yes" : "no";
    case FactReading::Kind::kInterval:
      if (reading.min == reading.max) return Number(reading.min) + unit;
      return Number(reading.min) + " to " + Number(reading.max) + unit;
    default:
      return reading.text;
  }
}

std::string Show(const Fact& fact) {
  std::string text;
  for (const FactReading& reading : fact.readings)
    text += (text.empty() ? "" : "; ") + Show(reading);
  return text;
}

Json AliasesOf(const goods::Catalogue& catalogue, size_t model) {
  Json aliases = Json(Json::Array{});
  for (const goods::ModelAlias& alias : catalogue.aliases) {
    if (alias.model == model && alias.text != catalogue.models[model].model)
      aliases.Add(alias.text);
  }
  return aliases;
}

Json ToJson(const goods::Catalogue& catalogue, size_t index) {
  const goods::Model& model = catalogue.models[index];
  Json facts = Json(Json::Array{});
  for (const goods::CatalogueFact& fact : model.facts) {
    Json one;
    one.Set("name", fact.name)
        .Set("value", tidewaiter::ToJson(fact.value))
        .Set("source", fact.source);
    one.Set("date", fact.date ? Json(ToString(*fact.date)) : Json());
    facts.Add(one);
  }
  Json json;
  json.Set("brand", model.brand).Set("model", model.model);
  json.Set("component_class", model.component_class.empty() ? Json() : Json(model.component_class));
  json.Set("aliases", AliasesOf(catalogue, index)).Set("facts", facts);
  return json;
}

Status ShowModel(const Session& session, const goods::Catalogue& catalogue, size_t index) {
  if (session.format == "json") {
    Print(ToJson(catalogue, index).DumpPretty() + "\n");
    return {};
  }
  const goods::Model& model = catalogue.models[index];
  Print(model.brand + " " + model.model + ": " +
        (model.component_class.empty() ? "no component class" : model.component_class) + "\n");
  std::vector<std::vector<std::string>> rows;
  for (const goods::CatalogueFact& fact : model.facts) {
    rows.push_back(
        {fact.name, Show(fact.value), fact.source, fact.date ? ToString(*fact.date) : ""});
  }
  if (rows.empty()) Print("No facts: none has a source yet.\n");
  if (!rows.empty()) PrintTable({"fact", "value", "source", "date"}, rows);
  return {};
}

Status ShowModels(const Session& session, const goods::Catalogue& catalogue,
                  std::optional<size_t> brand) {
  Json list = Json(Json::Array{});
  std::vector<std::vector<std::string>> rows;
  for (size_t i = 0; i < catalogue.models.size(); ++i) {
    if (brand && catalogue.model_brand[i] != *brand) continue;
    const goods::Model& model = catalogue.models[i];
    rows.push_back(
        {model.brand, model.model, model.component_class, std::to_string(model.facts.size())});
    if (session.format == "json") list.Add(ToJson(catalogue, i));
  }
  if (session.format == "json") {
    Print(list.DumpPretty() + "\n");
  } else {
    PrintTable({"brand", "model", "class", "facts"}, rows);
  }
  return {};
}

Status ShowCatalogue(const Session& session, const ShowOptions& options) {
  TW_ASSIGN_OR_RETURN(const goods::Catalogue catalogue, OpenCatalogue());
  if (!catalogue.problems.empty()) return catalogue.problems.front();
  if (options.brand.empty()) return ShowModels(session, catalogue, std::nullopt);
  const auto brand = catalogue.FindBrand(options.brand);
  if (!brand) {
    std::vector<std::string> known;
    for (const goods::Brand& one : catalogue.brands) known.push_back(one.name);
    const std::string nearest = NearestWord(options.brand, known);
    return MissingData("the catalogue has no brand \"" + options.brand + "\"" +
                       (nearest.empty() ? "" : "; nearest: " + nearest));
  }
  if (options.model.empty()) return ShowModels(session, catalogue, brand);
  const auto model = catalogue.FindModel(*brand, options.model);
  if (!model) {
    return MissingData("the catalogue has no model \"" + options.model + "\" of " +
                       catalogue.brands[*brand].name + "; `tidewaiter catalogue show \"" +
                       catalogue.brands[*brand].name + "\"` lists them");
  }
  return ShowModel(session, catalogue, *model);
}

Status LintCatalogue(Session& session) {
  TW_ASSIGN_OR_RETURN(const goods::Catalogue catalogue, OpenCatalogue());
  const std::vector<Error> problems = goods::LintCatalogue(catalogue);
  for (const Error& problem : problems) session.Fail(problem);
  size_t facts = 0;
  for (const goods::Model& model : catalogue.models) facts += model.facts.size();
  Print(std::to_string(catalogue.brands.size()) + " brands, " +
        std::to_string(catalogue.models.size()) + " models, " + std::to_string(facts) + " facts, " +
        std::to_string(problems.size()) + " problems\n");
  return {};
}

}  // namespace

void AddCatalogue(CLI::App& app, Session& session) {
  auto* command =
      app.add_subcommand("catalogue", "Brands, models and their facts, each with its source");
  command->require_subcommand(1);
  auto options = std::make_shared<ShowOptions>();
  auto* show =
      command->add_subcommand("show", "All models, those of a brand, or the facts of one model");
  show->add_option("brand", options->brand, "brand, in any of its spellings");
  show->add_option("model", options->model, "model, in any of its spellings");
  show->callback(
      [&session, options] { Run(session, [&] { return ShowCatalogue(session, *options); }); });
  auto* lint = command->add_subcommand("lint", "What is wrong with the catalogue's files");
  lint->callback([&session] { Run(session, [&] { return LintCatalogue(session); }); });
}

}  // namespace tidewaiter::cli
