// tidewaiter catalogue show [BRAND [MODEL]] | read TEXT [--hs CODE] | lint
#include "goods/catalogue.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "base/file.h"
#include "cli/session.h"
#include "goods/goods.h"
#include "goods/heading_words.h"
#include "goods/hs.h"
#include "goods/lint.h"
#include "goods/stated.h"

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

struct ReadOptions {
  std::string text, hs;
};

Json ToJson(const goods::Recognition& recognition) {
  const auto text = [](const std::string& value) { return value.empty() ? Json() : Json(value); };
  Json json;
  json.Set("brand", text(recognition.brand)).Set("brand_confidence", recognition.brand_confidence);
  json.Set("model", text(recognition.model)).Set("model_confidence", recognition.model_confidence);
  json.Set("component_class", text(recognition.component_class))
      .Set("component_class_confidence", recognition.class_confidence);
  json.Set("accessory", recognition.accessory).Set("set", recognition.set);
  json.Set("vagueness", recognition.vagueness);
  json.Set("code_agreement",
           recognition.code_agreement ? Json(*recognition.code_agreement) : Json());
  Json words = Json(Json::Array{});
  for (const auto& word : recognition.words) words.Add(word);
  return json.Set("words", std::move(words));
}

Json ToJson(const goods::HeadingEvidence& evidence) {
  Json top = Json(Json::Array{}), words = Json(Json::Array{}), json;
  for (const auto& guess : evidence.top) {
    Json one;
    top.Add(one.Set("heading", guess.heading).Set("probability", guess.probability));
  }
  for (const auto& word : evidence.words) words.Add(word);
  json.Set("top", std::move(top)).Set("words", std::move(words));
  return json.Set("declared_probability", evidence.declared).Set("margin", evidence.margin());
}

Json ToJson(const goods::Stated& stated) {
  Json parameters = Json(Json::Array{}), part_numbers = Json(Json::Array{}), json;
  for (const auto& one : stated.parameters) {
    Json parameter;
    parameter.Set("name", one.name).Set("min", one.min).Set("max", one.max);
    parameters.Add(parameter.Set("unit", one.unit).Set("words", one.words));
  }
  for (const auto& number : stated.part_numbers) part_numbers.Add(number);
  return json.Set("parameters", std::move(parameters)).Set("part_numbers", std::move(part_numbers));
}

std::string Percent(double probability) {
  return std::to_string(static_cast<int>(probability * 100 + 0.5)) + "%";
}

std::string Joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

void PrintStated(const goods::Stated& stated) {
  if (!stated.part_numbers.empty()) Print("part numbers: " + Joined(stated.part_numbers) + "\n");
  std::vector<std::string> parameters;
  for (const auto& one : stated.parameters) parameters.push_back(ToString(one));
  if (!parameters.empty()) Print("the text states: " + Joined(parameters) + "\n");
}

void PrintRecognition(const goods::Recognition& r, const goods::Stated& stated,
                      const goods::HeadingEvidence& evidence) {
  std::vector<std::vector<std::string>> rows;
  const auto add = [&](const std::string& what, const std::string& value, double confidence) {
    if (!value.empty()) rows.push_back({what, value, Percent(confidence)});
  };
  add("brand", r.brand, r.brand_confidence);
  add("model", r.model, r.model_confidence);
  add("component class", r.component_class, r.class_confidence);
  if (rows.empty()) rows.push_back({"nothing recognised", "", ""});
  PrintTable({"what", "value", "confidence"}, rows);
  if (!r.words.empty()) Print("rests on: " + Joined(r.words) + "\n");
  if (r.code_agreement)
    Print(*r.code_agreement ? "the code is one for such goods\n"
                            : "the code is none for such goods\n");
  PrintStated(stated);
  rows.clear();
  for (const auto& guess : evidence.top)
    rows.push_back(
        {guess.heading, Percent(guess.probability), std::string(goods::DescribeHs(guess.heading))});
  if (rows.empty()) {
    Print("the words say too little about a heading\n");
    return;
  }
  Print("\nHeadings that the words speak for (" + Joined(evidence.words) +
        "); evidence, no classification:\n");
  PrintTable({"heading", "probability", "what"}, rows);
}

Status ReadText(Session& session, const ReadOptions& options) {
  if (options.hs.find_first_not_of("0123456789.") != std::string::npos)
    return UsageError("--hs: digits, such as 880622");
  std::string hs = options.hs;
  std::erase(hs, '.');
  TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
  TW_ASSIGN_OR_RETURN(const auto goods, goods::Goods::Load(resources));
  TW_ASSIGN_OR_RETURN(const auto words, goods::HeadingWords::Load(
                                            JoinPath(resources, "reference/hs/heading_words.tsv")));
  TW_ASSIGN_OR_RETURN(const auto reader,
                      goods::StatedReader::Load(JoinPath(resources, "catalogue/stated.yaml")));
  const auto stated = reader.Read(options.text);
  const auto recognition = goods->Recognise({options.text}, hs, {});
  const auto evidence = words.Read(options.text, hs);
  if (session.format == "table") {
    PrintRecognition(recognition, stated, evidence);
    return {};
  }
  Json json;
  json.Set("text", options.text).Set("hs", hs.empty() ? Json() : Json(hs));
  json.Set("recognised", ToJson(recognition))
      .Set("stated", ToJson(stated))
      .Set("headings", ToJson(evidence));
  Print(json.Dump() + "\n");
  return {};
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
  auto read = std::make_shared<ReadOptions>();
  auto* text = command->add_subcommand("read", "What is recognised in a description of goods");
  text->add_option("text", read->text, "the description")->required();
  text->add_option("--hs", read->hs, "the code declared beside it");
  text->footer(
      "Example:\n  tidewaiter catalogue read 'Quadcopter DJI Mavic 3, camera 4K' --hs 9503\n");
  text->callback([&session, read] { Run(session, [&] { return ReadText(session, *read); }); });
  auto* lint = command->add_subcommand("lint", "What is wrong with the catalogue's files");
  lint->callback([&session] { Run(session, [&] { return LintCatalogue(session); }); });
}

}  // namespace tidewaiter::cli
