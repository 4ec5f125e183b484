// From folders of YAML to a Program.
#ifndef TIDEWAITER_RULES_LOADER_H_
#define TIDEWAITER_RULES_LOADER_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "rules/program.h"
#include "rules/rules.h"

namespace tidewaiter::rules {

struct PackFile {
  std::string
      name;  // for messages: below the packs' folder "rulepacks/cn/...", else the path given
  std::string text;
  bool own_policy = false;
};

// The files of `resources`/rulepacks and of the own policies (folders or files), sorted by name.
Result<std::vector<PackFile>> ReadPackFiles(const std::string& resources,
                                            const std::vector<std::string>& own_policies);
// SHA-256 over names and contents.
std::string HashOf(const std::vector<PackFile>& files);

// `cache`: folder of base/yaml_cache.h, empty: none.
Result<std::unique_ptr<const Program>> LoadProgram(const std::vector<PackFile>& files,
                                                   const std::string& cache);

// What RuleSet::Load makes of files that are already read.
Result<std::shared_ptr<const RuleSet>> MakeRuleSet(const std::vector<PackFile>& files,
                                                   const std::string& cache);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_LOADER_H_
