// Trees of YAML files kept in a compact form: reading one back takes a tenth of parsing. What is
// kept is found by the hash of what was parsed, so an edited file counts at the next call.
#ifndef TIDEWAITER_BASE_YAML_CACHE_H_
#define TIDEWAITER_BASE_YAML_CACHE_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"

namespace tidewaiter {

struct YamlText {
  std::string name;  // for messages
  std::string_view text;
};

// The tree of each of `files`, in their order; fails as ParseYaml does for the first that does.
// `folder` (empty: none) keeps them as KIND-HASH.bin; what is damaged there is not used, and that
// nothing can be written there costs time only.
Result<std::vector<YamlNode>> ParseYamlFiles(const std::vector<YamlText>& files,
                                             const std::string& folder, const std::string& kind);

// The compact form; the inverse fails on anything that it did not write.
std::string EncodeYaml(const std::vector<YamlNode>& roots);
Result<std::vector<YamlNode>> DecodeYaml(std::string_view bytes);

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_YAML_CACHE_H_
