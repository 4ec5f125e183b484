// Runs every scenario below tests/scenarios and says which expectations fail, each with its place.
//
//   scenario_runner library            through the library, in this process
//   scenario_runner cli PROGRAM        through `PROGRAM check`, all orders of one policy in one
//   run; its answers
//                                      must also be byte for byte those of the library
//
// Also fails when a rule of a pack has no scenario in which it applies or depends, or none in which
// it does not.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/json.h"
#include "base/yaml.h"
#include "scenario.h"
#include "tidewaiter/engine.h"

namespace tidewaiter::scenario {
namespace {

struct Settings {
  std::string resources = ".";
  std::string scenarios = "tests/scenarios";
  std::string program;  // empty: the library only
};

int Complain(const std::string& message) {
  std::fprintf(stderr, "scenario_runner: %s\n", message.c_str());
  return 1;
}

// Cases by the own policies that they are run with.
using Groups = std::map<std::vector<std::string>, std::vector<const Case*>>;

Result<std::unique_ptr<const Engine>> OpenEngine(const Settings& settings,
                                                 const std::vector<std::string>& policies) {
  EngineConfig config;
  config.resources = settings.resources;
  config.without_lists = true;
  for (const auto& policy : policies)
    config.policies.push_back(JoinPath(settings.resources, policy));
  return Engine::Open(config);
}

std::string LibraryAnswer(const Engine& engine, const Json& order) {
  CheckRequest request;
  request.order_json = order.Dump();
  request.today = "2026-11-22";
  request.explain_all = true;
  const auto answer = engine.Check(request);
  if (answer) return answer->decision_json;
  return Json().Set("error", answer.error().message).Dump();
}

Result<std::vector<std::string>> ProgramAnswers(const Settings& settings,
                                                const std::vector<std::string>& policies,
                                                const std::vector<const Case*>& cases) {
  const std::string folder = std::string(std::getenv("TMPDIR") ? std::getenv("TMPDIR") : "/tmp") +
                             "/tidewaiter-scenarios-" + std::to_string(std::rand());
  TW_RETURN_IF_ERROR(MakeFolders(folder));
  const std::string in = folder + "/orders.jsonl", out = folder + "/decisions.jsonl";
  std::string lines;
  for (const auto* scenario : cases) lines += scenario->order.Dump() + "\n";
  TW_RETURN_IF_ERROR(WriteAtomically(in, lines));
  std::string command =
      "TIDEWAITER_RESOURCES='" + settings.resources + "' '" + settings.program + "' check '" + in +
      "' --format jsonl --without-lists --explain all --data '" + folder + "/data'";
  for (const auto& policy : policies)
    command += " --policy '" + JoinPath(settings.resources, policy) + "'";
  // Exit 3 says that some orders could not be read, which scenarios may expect.
  const int status = std::system((command + " >'" + out + "' 2>'" + folder + "/errors'").c_str());
  auto text = ReadFile(out);
  const auto errors = ReadFile(folder + "/errors");
  TW_RETURN_IF_ERROR(RemoveAll(folder));
  if (!text) return std::move(text).error();
  std::vector<std::string> answers;
  for (size_t begin = 0; begin < text->size();) {
    const size_t end = std::min(text->find('\n', begin), text->size());
    answers.push_back(text->substr(begin, end - begin));
    begin = end + 1;
  }
  if (answers.size() != cases.size()) {
    return InternalError("the program answered " + std::to_string(answers.size()) + " of " +
                         std::to_string(cases.size()) + " orders (status " +
                         std::to_string(status) + "); it says: " + (errors ? *errors : ""));
  }
  return answers;
}

class Run {
 public:
  explicit Run(Settings settings) : settings_(std::move(settings)) {}

  Status RunGroup(const std::vector<std::string>& policies, const std::vector<const Case*>& cases) {
    TW_ASSIGN_OR_RETURN(const auto engine, OpenEngine(settings_, policies));
    std::vector<std::string> program;
    if (!settings_.program.empty()) {
      TW_ASSIGN_OR_RETURN(program, ProgramAnswers(settings_, policies, cases));
    }
    for (size_t i = 0; i < cases.size(); ++i) {
      const std::string library = LibraryAnswer(*engine, cases[i]->order);
      const bool from_program = !program.empty();
      TW_ASSIGN_OR_RETURN(const Json decision, ParseJson(from_program ? program[i] : library));
      auto problems = Mismatches(*cases[i], decision);
      // A refused order is worded by its place in the file there, which the library does not know.
      if (from_program && program[i] != library && decision.Find("error") == nullptr) {
        problems.push_back(cases[i]->Place() +
                           ": program and library answer differently\n  program: " + program[i] +
                           "\n  library: " + library);
      }
      Count(problems);
    }
    return {};
  }

  int Finish(size_t cases) const {
    std::printf("%zu cases, %zu failed\n", cases, failed_);
    return failed_ == 0 ? 0 : 1;
  }

 private:
  void Count(const std::vector<std::string>& problems) {
    if (!problems.empty()) ++failed_;
    for (const auto& problem : problems) std::printf("%s\n", problem.c_str());
  }

  Settings settings_;
  size_t failed_ = 0;
};

// Rules of the packs that no scenario shows from both sides.
Result<std::vector<std::string>> Uncovered(const std::string& resources,
                                           const std::vector<Case>& cases) {
  std::set<std::string> shown, refused;
  for (const auto& scenario : cases) {
    for (const auto& expected : scenario.expectations) {
      if (expected.kind == Expectation::Kind::kRule)
        (expected.value == "no" ? refused : shown).insert(expected.subject);
    }
  }
  std::vector<std::string> uncovered;
  TW_ASSIGN_OR_RETURN(const auto files, ListFilesBelow(JoinPath(resources, "rulepacks"), ".yaml"));
  for (const auto& file : files) {
    TW_ASSIGN_OR_RETURN(const YamlNode tree, ReadYaml(file));
    const YamlNode* rules = tree.Find("rules");
    if (rules == nullptr) continue;
    for (const auto& rule : rules->items) {
      TW_ASSIGN_OR_RETURN(const std::string id, TextOr(rule, "id"));
      const bool silent = rule.Find("never_decides") != nullptr;
      if (refused.count(id) == 0 || (!silent && shown.count(id) == 0))
        uncovered.push_back(file + ": " + id);
    }
  }
  return uncovered;
}

int RunAll(const Settings& settings) {
  auto cases = ReadScenarios(settings.scenarios);
  if (!cases) return Complain(cases.error().ToString());
  Groups groups;
  size_t number = 0;
  for (auto& scenario : *cases) {
    scenario.order.Set("id", "S" + std::to_string(++number));
    groups[scenario.policies].push_back(&scenario);
  }
  Run run(settings);
  for (const auto& [policies, group] : groups) {
    const auto status = run.RunGroup(policies, group);
    if (!status) return Complain(status.error().ToString());
  }
  const auto uncovered = Uncovered(settings.resources, *cases);
  if (!uncovered) return Complain(uncovered.error().ToString());
  for (const auto& rule : *uncovered)
    std::printf("%s has no scenario on both sides\n", rule.c_str());
  std::set<std::pair<std::string, uint64_t>> written;
  for (const auto& scenario : *cases) written.emplace(scenario.file, scenario.line);
  std::printf("%zu scenarios written, ", written.size());
  const int exit_code = run.Finish(cases->size());
  return uncovered->empty() ? exit_code : 1;
}

}  // namespace
}  // namespace tidewaiter::scenario

int main(int argc, char** argv) {
  tidewaiter::scenario::Settings settings;
  const std::string mode = argc > 1 ? argv[1] : "";
  if (mode == "cli" && argc > 2) settings.program = argv[2];
  if ((mode != "library" && mode != "cli") || (mode == "cli" && argc < 3)) {
    std::fprintf(stderr, "scenario_runner library | cli PROGRAM\n");
    return 2;
  }
  const int rest = mode == "cli" ? 3 : 2;
  if (argc > rest) settings.scenarios = argv[rest];
  return tidewaiter::scenario::RunAll(settings);
}
