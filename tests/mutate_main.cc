// Changes every threshold, date, code and comparison of the rule packs, one at a time, and runs the
// scenarios: each change must break one. Prints the survivors, then `N of M mutants killed`.
//
//   mutate [RESOURCES] [THREADS] [FILTER]   FILTER: mutants whose rule or file holds this text
//   mutate --check [RESOURCES]              only the scenarios, on the packs as they are
//
// Why a survivor is harmless stands in tests/mutants_survivors.tsv; it still counts as a survivor.
// Fails when fewer than 95 of 100 mutants are killed.
//
// A thread has a copy of the packs in a folder of its own, changes one file of it, loads all packs
// and stops at the first scenario that fails; scenarios that name the changed rule come first. A
// change that no longer loads is counted apart: the reader caught it, not a scenario.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/yaml.h"
#include "goods/goods.h"
#include "mutants.h"
#include "rule_answers.h"
#include "rules/rules.h"
#include "scenario.h"

namespace tidewaiter::scenario {
namespace {

namespace fs = std::filesystem;

struct ReadyCase {
  Case scenario;
  ReadyOrder ready;
  std::set<std::string> rules;  // that its expectations name
};

enum class Fate : uint8_t { kKilled, kRefused, kSurvived };

int Complain(const std::string& message) {
  std::fprintf(stderr, "mutate: %s\n", message.c_str());
  return 1;
}

struct ReadyCases {
  std::shared_ptr<const goods::Goods> goods;  // recognitions point into it
  std::vector<ReadyCase> cases;
};

Result<ReadyCases> PrepareCases(const std::string& resources) {
  ReadyCases ready;
  TW_ASSIGN_OR_RETURN(ready.goods, goods::Goods::Load(resources));
  TW_ASSIGN_OR_RETURN(auto cases, ReadScenarios(JoinPath(resources, "tests/scenarios")));
  for (auto& scenario : cases) {
    if (!scenario.policies.empty()) continue;  // own policies are not mutated
    ReadyCase made{std::move(scenario), {}, {}};
    made.ready = Prepare(made.scenario.order, *ready.goods);
    for (const auto& expected : made.scenario.expectations) made.rules.insert(expected.subject);
    ready.cases.push_back(std::move(made));
  }
  return ready;
}

// Resources whose packs may be changed: rulepacks/ is copied, everything else is a link.
fs::path CopyResources(const std::string& resources, unsigned number) {
  fs::path copy = fs::temp_directory_path() / ("tidewaiter-mutants-" + std::to_string(::getpid()) +
                                               "-" + std::to_string(number));
  fs::remove_all(copy);
  fs::create_directories(copy);
  const fs::path from = fs::absolute(resources);
  fs::copy(from / "rulepacks", copy / "rulepacks", fs::copy_options::recursive);
  for (const char* name : {"reference", "catalogue", "layouts", "indicators", "schemas"}) {
    if (fs::exists(from / name)) fs::create_symlink(from / name, copy / name);
  }
  return copy;
}

bool Breaks(const rules::RuleSet& rules, const ReadyCase& one) {
  return !Mismatches(one.scenario, Answer(rules, one.ready)).empty();
}

// Not WriteAtomically: that waits for the disk, and nobody needs this file after a crash.
void WriteScratch(const std::string& file, const std::string& text) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

// Which rules a change of a named thing (code set, condition, group, fact) can touch: those that
// mention it, by way of other named things too. Only a guess of where to look first; what it misses
// is tried afterwards.
using Mentions =
    std::map<std::string, std::set<std::string>>;  // name -> names and rules that mention it

void CollectMentions(const YamlNode& node, const std::string& by, Mentions& mentions) {
  if (node.is_scalar() && node.scalar != by) mentions[node.scalar].insert(by);
  for (const auto& item : node.items) CollectMentions(item, by, mentions);
  for (const auto& [key, value] : node.members) CollectMentions(value, by, mentions);
}

void CollectMentionsOfFile(const YamlNode& tree, Mentions& mentions) {
  for (const auto& [section, entries] : tree.members) {
    for (const auto& entry : entries.items) {
      for (const char* key : {"id", "name", "fact"}) {
        const YamlNode* name = entry.Find(key);
        if (name != nullptr && section != "facts") CollectMentions(entry, name->scalar, mentions);
      }
    }
  }
}

std::set<std::string> Touched(const Mentions& mentions, const std::string& name) {
  std::set<std::string> seen = {name};
  std::vector<std::string> open = {name};
  while (!open.empty()) {
    const auto found = mentions.find(open.back());
    open.pop_back();
    if (found == mentions.end()) continue;
    for (const auto& by : found->second) {
      if (seen.insert(by).second) open.push_back(by);
    }
  }
  return seen;
}

bool Names(const ReadyCase& one, const std::set<std::string>& touched) {
  return std::any_of(one.rules.begin(), one.rules.end(),
                     [&](const auto& rule) { return touched.count(rule) != 0; });
}

Fate Judge(const Mutant& mutant, const Mentions& mentions, const std::string& text,
           const fs::path& resources, const std::vector<ReadyCase>& cases) {
  const std::string file = (resources / mutant.file).string();
  WriteScratch(file, Apply(mutant, text));
  const auto rules = rules::RuleSet::Load(resources.string(), {}, "");
  WriteScratch(file, text);
  if (!rules) return Fate::kRefused;
  const auto touched = Touched(mentions, mutant.rule);
  for (const bool named : {true, false}) {
    for (const auto& one : cases) {
      if (Names(one, touched) == named && Breaks(**rules, one)) return Fate::kKilled;
    }
  }
  return Fate::kSurvived;
}

struct Work {
  std::vector<Mutant> mutants;
  std::map<std::string, std::string> texts;  // file -> content
  Mentions mentions;
};

Result<Work> PlanWork(const std::string& resources, const std::string& filter) {
  Work work;
  TW_ASSIGN_OR_RETURN(const auto files, ListFilesBelow(JoinPath(resources, "rulepacks"), ".yaml"));
  for (const auto& path : files) {
    const std::string file = fs::relative(path, resources).string();
    if (file.find("/own/") != std::string::npos) continue;
    TW_ASSIGN_OR_RETURN(work.texts[file], ReadFile(path));
    TW_ASSIGN_OR_RETURN(const YamlNode tree, ParseYaml(work.texts[file], file));
    CollectMentionsOfFile(tree, work.mentions);
    TW_ASSIGN_OR_RETURN(auto mutants, MakeMutants(work.texts[file], file));
    for (auto& mutant : mutants) {
      const bool wanted = mutant.file.find(filter) != std::string::npos ||
                          mutant.rule.find(filter) != std::string::npos;
      if (wanted) work.mutants.push_back(std::move(mutant));
    }
  }
  return work;
}

std::string Describe(const Mutant& mutant) {
  return mutant.file + ":" + std::to_string(mutant.line) + ": " + mutant.rule + ": " + mutant.kind +
         " " + mutant.from + " -> " + mutant.to;
}

// A line of progress now and then, for people who wait.
void Tell(size_t done, size_t all) {
  if (done % 200 == 0) std::fprintf(stderr, "%zu of %zu\n", done, all);
}

// What is known of survivors: "file rule kind from -> to", tabs between, and why.
std::map<std::string, std::string> ReadReasons(const std::string& resources) {
  std::map<std::string, std::string> reasons;
  std::ifstream file(JoinPath(resources, "tests/mutants_survivors.tsv"));
  for (std::string line; std::getline(file, line);) {
    const size_t last = line.rfind('\t');
    if (last != std::string::npos && line[0] != '#')
      reasons[line.substr(0, last)] = line.substr(last + 1);
  }
  return reasons;
}

std::string Why(const std::map<std::string, std::string>& reasons, const Mutant& mutant) {
  const auto found = reasons.find(mutant.file + "\t" + mutant.rule + "\t" + mutant.kind + "\t" +
                                  mutant.from + " -> " + mutant.to);
  return found == reasons.end() ? "no reason known: a scenario is missing" : found->second;
}

int RunMutants(const std::string& resources, unsigned threads, const std::string& filter) {
  const auto cases = PrepareCases(resources);
  if (!cases) return Complain(cases.error().ToString());
  const auto work = PlanWork(resources, filter);
  if (!work) return Complain(work.error().ToString());
  std::vector<Fate> fates(work->mutants.size(), Fate::kSurvived);
  std::atomic<size_t> next = 0;
  std::vector<std::thread> pool;
  for (unsigned t = 0; t < threads; ++t) {
    pool.emplace_back([&, t] {
      const fs::path copy = CopyResources(resources, t);
      for (size_t i = next++; i < fates.size(); i = next++) {
        const Mutant& mutant = work->mutants[i];
        Tell(i, fates.size());
        fates[i] = Judge(mutant, work->mentions, work->texts.at(mutant.file), copy, cases->cases);
      }
      fs::remove_all(copy);
    });
  }
  for (auto& thread : pool) thread.join();
  const auto reasons = ReadReasons(resources);
  size_t killed = 0, refused = 0;
  for (size_t i = 0; i < fates.size(); ++i) {
    killed += fates[i] == Fate::kKilled;
    refused += fates[i] == Fate::kRefused;
    if (fates[i] == Fate::kSurvived) {
      const Mutant& mutant = work->mutants[i];
      std::printf("survived: %s (%s)\n", Describe(mutant).c_str(), Why(reasons, mutant).c_str());
    }
  }
  const size_t all = fates.size() - refused;
  std::printf("%zu more did not load: the reader of packs refused them\n", refused);
  std::printf("%zu of %zu mutants killed\n", killed, all);
  return killed * 100 >= all * 95 ? 0 : 1;
}

int CheckOnly(const std::string& resources) {
  const auto cases = PrepareCases(resources);
  if (!cases) return Complain(cases.error().ToString());
  const auto rules = rules::RuleSet::Load(resources, {}, "");
  if (!rules) return Complain(rules.error().ToString());
  size_t failed = 0;
  for (const auto& one : cases->cases) {
    const auto problems = Mismatches(one.scenario, Answer(**rules, one.ready));
    failed += !problems.empty();
    for (const auto& problem : problems) std::printf("%s\n", problem.c_str());
  }
  std::printf("%zu cases, %zu failed\n", cases->cases.size(), failed);
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace tidewaiter::scenario

int main(int argc, char** argv) {
  const bool check = argc > 1 && std::strcmp(argv[1], "--check") == 0;
  const int first = check ? 2 : 1;
  const std::string resources = argc > first ? argv[first] : ".";
  if (check) return tidewaiter::scenario::CheckOnly(resources);
  const unsigned threads = argc > 2 ? static_cast<unsigned>(std::max(1, std::atoi(argv[2]))) : 2;
  return tidewaiter::scenario::RunMutants(resources, threads, argc > 3 ? argv[3] : "");
}
