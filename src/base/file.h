// Files: reading whole, mapping, and writing so that a reader finds either the old file or the new
// one, never a half. Paths are UTF-8. All functions may be called from any thread.
#ifndef TIDEWAITER_BASE_FILE_H_
#define TIDEWAITER_BASE_FILE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tidewaiter {

// A file mapped read-only for the life of the object. Move-only. An empty file gives an empty view.
class MappedFile {
 public:
  static Result<MappedFile> Open(const std::string& path);
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;

  std::string_view bytes() const { return {data_, size_}; }

 private:
  MappedFile(const char* data, size_t size) : data_(data), size_(size) {}
  const char* data_ = nullptr;
  size_t size_ = 0;
};

// The whole file. "-" is standard input.
Result<std::string> ReadFile(const std::string& path);

// The whole file; when its content begins like gzip, unpacked. `limit` bounds the unpacked size.
Result<std::string> ReadMaybeGzip(const std::string& path, uint64_t limit = uint64_t{4} << 30);

// Writes beside the target, syncs, renames over it, syncs the folder.
Status WriteAtomically(const std::string& path, std::string_view bytes);

// A file written in pieces under a temporary name and put in place by Commit(); gone when destroyed
// before.
class AtomicFile {
 public:
  static Result<AtomicFile> Create(const std::string& path);
  ~AtomicFile();
  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;

  Status Append(std::string_view bytes);
  Status Commit();

 private:
  AtomicFile(std::string path, std::string temporary, int fd)
      : path_(std::move(path)), temporary_(std::move(temporary)), fd_(fd) {}
  Status Flush();
  std::string path_, temporary_, buffer_;
  int fd_ = -1;
};

Status MakeFolders(const std::string& path);  // and those above it
Result<std::vector<std::string>> ListFolder(
    const std::string& path);  // names, sorted; not "." and ".."
Result<std::vector<std::string>> ListFilesBelow(const std::string& folder,
                                                std::string_view extension);
bool FileExists(const std::string& path);
bool IsFolder(const std::string& path);
Result<int64_t> ModifiedSecondsSinceEpoch(const std::string& path);
Status RemoveAll(const std::string& path);
std::string JoinPath(std::string_view folder, std::string_view name);
std::string BaseName(std::string_view path);

// The folder that holds the program's data (rulepacks/, catalogue/, layouts/, ...):
// $TIDEWAITER_RESOURCES when set, else found from the place of the program: a checkout, or
// PREFIX/share/tidewaiter.
Result<std::string> ResourceFolder();

// Holds an exclusive lock on FOLDER/.lock; a second holder gets kBadInput that names the folder.
class FolderLock {
 public:
  static Result<FolderLock> Take(const std::string& folder);
  ~FolderLock();
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;

 private:
  explicit FolderLock(int fd) : fd_(fd) {}
  int fd_ = -1;
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_FILE_H_
