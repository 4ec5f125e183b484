#include "rules/loader.h"

#include <algorithm>

#include "base/file.h"
#include "base/hash.h"
#include "base/yaml_cache.h"

namespace tidewaiter::rules {
namespace {

Status AddFile(const std::string& path, std::string name, bool own, std::vector<PackFile>& files) {
  TW_ASSIGN_OR_RETURN(std::string text, ReadFile(path));
  files.push_back({std::move(name), std::move(text), own});
  return {};
}

Status AddFolder(const std::string& folder, const std::string& shown, bool own,
                 std::vector<PackFile>& files) {
  TW_ASSIGN_OR_RETURN(const std::vector<std::string> paths, ListFilesBelow(folder, ".yaml"));
  for (const std::string& path : paths) {
    std::string name = path;
    if (path.starts_with(folder)) name = shown + path.substr(folder.size());
    TW_RETURN_IF_ERROR(AddFile(path, std::move(name), own, files));
  }
  return {};
}

}  // namespace

Result<std::vector<PackFile>> ReadPackFiles(const std::string& resources,
                                            const std::vector<std::string>& own_policies) {
  std::vector<PackFile> files;
  const std::string folder = JoinPath(resources, "rulepacks");
  if (!IsFolder(folder))
    return MissingData("there are no rule packs; expected a folder rulepacks", folder);
  TW_RETURN_IF_ERROR(AddFolder(folder, "rulepacks", false, files));
  for (const std::string& own : own_policies) {
    if (IsFolder(own)) {
      TW_RETURN_IF_ERROR(AddFolder(own, own, true, files));
    } else {
      TW_RETURN_IF_ERROR(AddFile(own, own, true, files));
    }
  }
  std::stable_sort(files.begin(), files.end(), [](const auto& a, const auto& b) {
    return std::tie(a.own_policy, a.name) < std::tie(b.own_policy, b.name);
  });
  return files;
}

std::string HashOf(const std::vector<PackFile>& files) {
  Sha256Stream stream;
  for (const PackFile& file : files) {
    stream.Add(file.name + '\0' + std::to_string(file.text.size()) +
               (file.own_policy ? " own\n" : "\n"));
    stream.Add(file.text);
  }
  return stream.FinishHex();
}

Result<std::unique_ptr<const Program>> LoadProgram(const std::vector<PackFile>& files,
                                                   const std::string& cache) {
  std::vector<YamlText> texts;
  for (const PackFile& file : files) texts.push_back({file.name, file.text});
  TW_ASSIGN_OR_RETURN(const auto roots, ParseYamlFiles(texts, cache, "rulepacks"));
  std::vector<std::unique_ptr<Pack>> packs;
  for (size_t i = 0; i < roots.size(); ++i) {
    TW_ASSIGN_OR_RETURN(Pack pack, ReadPack(roots[i]));
    pack.own_policy = files[i].own_policy;
    packs.push_back(std::make_unique<Pack>(std::move(pack)));
  }
  return Compile(std::move(packs));
}

}  // namespace tidewaiter::rules
