#include "inspect/staging.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "base/file.h"

namespace tidewaiter::inspect {
namespace {

constexpr std::string_view kSuffix = ".unfinished";

std::string WithoutTrailingSlash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

Error Problem(const std::string& path) { return BadInput(std::strerror(errno), path); }

// Takes over what the old folder holds beside outputs of ours: a user's notes must survive a second
// run.
void KeepForeignFiles(const std::string& old_folder, const std::string& new_folder) {
  const auto names = ListFolder(old_folder);
  if (!names) return;
  for (const auto& name : *names) {
    const std::string target = JoinPath(new_folder, name);
    if (!FileExists(target)) std::rename(JoinPath(old_folder, name).c_str(), target.c_str());
  }
}

}  // namespace

Result<Staging> Staging::Open(const std::string& path) {
  const std::string target = WithoutTrailingSlash(path);
  if (FileExists(target) && !IsFolder(target))
    return BadInput("is a file; --out names a folder", target);
  TW_RETURN_IF_ERROR(MakeFolders(target));
  if (access(target.c_str(), W_OK) != 0) return Problem(target);
  const std::string folder = target + std::string(kSuffix);
  TW_RETURN_IF_ERROR(MakeFolders(folder));
  const int lock = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock < 0) return Problem(folder);
  if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
    close(lock);
    return BadInput("another run is writing to this folder; wait for it to end", target);
  }
  TW_ASSIGN_OR_RETURN(const auto left, ListFolder(folder));
  for (const auto& name : left) TW_RETURN_IF_ERROR(RemoveAll(JoinPath(folder, name)));
  return Staging(target, folder, lock);
}

Staging::~Staging() {
  if (lock_ < 0) return;
  (void)RemoveAll(folder_);
  close(lock_);
}

Staging::Staging(Staging&& other) noexcept
    : target_(std::move(other.target_)),
      folder_(std::move(other.folder_)),
      lock_(std::exchange(other.lock_, -1)) {}

std::string Staging::Path(std::string_view name) const { return JoinPath(folder_, name); }

Status Staging::Publish() {
  TW_ASSIGN_OR_RETURN(const auto names, ListFolder(folder_));
  for (const auto& name : names) {
    const int fd = open(Path(name).c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return Problem(Path(name));
    const bool synced = fsync(fd) == 0;
    close(fd);
    if (!synced) return Problem(Path(name));
  }
  if (renameat2(AT_FDCWD, folder_.c_str(), AT_FDCWD, target_.c_str(), RENAME_EXCHANGE) == 0) {
    KeepForeignFiles(folder_, target_);
    return {};
  }
  // A file system without exchange: file by file, run.json last, which says that the rest is whole.
  std::remove(JoinPath(target_, "run.json").c_str());
  for (const bool last : {false, true}) {
    for (const auto& name : names) {
      if ((name == "run.json") != last) continue;
      if (std::rename(Path(name).c_str(), JoinPath(target_, name).c_str()) != 0)
        return Problem(target_);
    }
  }
  return {};
}

}  // namespace tidewaiter::inspect
