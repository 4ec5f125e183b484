// From folders of YAML to a Program. A compiled copy of the parsed files is kept in a cache folder
// under the hash of their content, so that nothing is parsed twice and an edited pack counts at the
// next call.
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

// Parsed files in a compact form; the inverse fails on anything that it did not write.
std::string EncodeYaml(const std::vector<YamlNode>& roots);
Result<std::vector<YamlNode>> DecodeYaml(std::string_view bytes);

Result<std::unique_ptr<const Program>> LoadProgram(const std::vector<PackFile>& files,
                                                   const std::string& hash,
                                                   const std::string& cache);

// What RuleSet::Load makes of files that are already read.
Result<std::shared_ptr<const RuleSet>> MakeRuleSet(const std::vector<PackFile>& files,
                                                   const std::string& cache);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_LOADER_H_
