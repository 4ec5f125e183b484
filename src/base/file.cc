#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>

namespace tidewaiter {
namespace {

Error FromErrno(int number, const std::string& path) {
  const std::string why = std::strerror(number);
  if (number == ENOENT || number == ENOTDIR) return MissingData("no such file or folder", path);
  if (number == ENOSPC) return BadInput("the disk is full; free some space and run again", path);
  if (number == EACCES || number == EPERM) return BadInput("no permission", path);
  return BadInput(why, path);
}

// Closes on scope exit.
struct Descriptor {
  int fd;
  ~Descriptor() {
    if (fd >= 0) close(fd);
  }
};

Result<std::string> ReadDescriptor(int fd, const std::string& path) {
  std::string out;
  char buffer[1 << 16];
  for (;;) {
    const ssize_t n = read(fd, buffer, sizeof buffer);
    if (n == 0) return out;
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return FromErrno(errno, path);
    out.append(buffer, static_cast<size_t>(n));
  }
}

Status WriteAll(int fd, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return FromErrno(errno, path);
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return {};
}

void SyncFolderOf(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const Descriptor d{
      open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (d.fd >= 0) fsync(d.fd);
}

}  // namespace

Result<MappedFile> MappedFile::Open(const std::string& path) {
  const Descriptor d{open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (d.fd < 0) return FromErrno(errno, path);
  struct stat info{};
  if (fstat(d.fd, &info) != 0) return FromErrno(errno, path);
  if (S_ISDIR(info.st_mode)) return BadInput("is a folder, not a file", path);
  const auto size = static_cast<size_t>(info.st_size);
  if (size == 0) return MappedFile(nullptr, 0);
  void* data = mmap(nullptr, size, PROT_READ, MAP_SHARED, d.fd, 0);
  if (data == MAP_FAILED) return FromErrno(errno, path);
  return MappedFile(static_cast<const char*>(data), size);
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) munmap(const_cast<char*>(data_), size_);
}
MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

Result<std::string> ReadFile(const std::string& path) {
  if (path == "-") return ReadDescriptor(STDIN_FILENO, "standard input");
  if (IsFolder(path)) return BadInput("is a folder, not a file", path);
  const Descriptor d{open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (d.fd < 0) return FromErrno(errno, path);
  return ReadDescriptor(d.fd, path);
}

Result<std::string> ReadMaybeGzip(const std::string& path, uint64_t limit) {
  TW_ASSIGN_OR_RETURN(std::string packed, ReadFile(path));
  if (packed.size() < 2 || packed[0] != '\x1f' || packed[1] != '\x8b') return packed;
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 16) != Z_OK) return InternalError("zlib does not start");
  const std::unique_ptr<z_stream, decltype(&inflateEnd)> closer(&stream, &inflateEnd);
  stream.next_in = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string out;
  std::string buffer(1 << 18, '\0');
  for (int state = Z_OK; state != Z_STREAM_END;) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    state = inflate(&stream, Z_NO_FLUSH);
    if (state != Z_OK && state != Z_STREAM_END) {
      return BadInput("the gzip data is damaged or cut off; fetch the file again", path);
    }
    out.append(buffer.data(), buffer.size() - stream.avail_out);
    if (out.size() > limit) return BadInput("unpacks to more than the limit", path);
    // Files of several gzip members put one behind the other are one text.
    if (state == Z_STREAM_END && stream.avail_in > 0 && inflateReset(&stream) == Z_OK) state = Z_OK;
  }
  return out;
}

Status WriteAtomically(const std::string& path, std::string_view bytes) {
  TW_ASSIGN_OR_RETURN(AtomicFile file, AtomicFile::Create(path));
  TW_RETURN_IF_ERROR(file.Append(bytes));
  return file.Commit();
}

Result<AtomicFile> AtomicFile::Create(const std::string& path) {
  const std::string temporary = path + ".tmp-" + std::to_string(getpid());
  const int fd = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return FromErrno(errno, path);
  return AtomicFile(path, temporary, fd);
}

AtomicFile::~AtomicFile() {
  if (fd_ < 0) return;
  close(fd_);
  unlink(temporary_.c_str());
}
AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::move(other.temporary_)),
      buffer_(std::move(other.buffer_)),
      fd_(std::exchange(other.fd_, -1)) {}

Status AtomicFile::Append(std::string_view bytes) {
  buffer_.append(bytes);
  return buffer_.size() < (1 << 20) ? Status() : Flush();
}

Status AtomicFile::Flush() {
  TW_RETURN_IF_ERROR(WriteAll(fd_, buffer_, path_));
  buffer_.clear();
  return {};
}

Status AtomicFile::Commit() {
  TW_RETURN_IF_ERROR(Flush());
  if (fsync(fd_) != 0) return FromErrno(errno, path_);
  if (rename(temporary_.c_str(), path_.c_str()) != 0) return FromErrno(errno, path_);
  close(std::exchange(fd_, -1));
  SyncFolderOf(path_);
  return {};
}

Status MakeFolders(const std::string& path) {
  std::error_code problem;
  std::filesystem::create_directories(path, problem);
  if (problem) return FromErrno(problem.value(), path);
  return {};
}

Result<std::vector<std::string>> ListFolder(const std::string& path) {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir(path.c_str()), &closedir);
  if (!folder) return FromErrno(errno, path);
  std::vector<std::string> names;
  while (const dirent* item = readdir(folder.get())) {
    const std::string name = item->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::vector<std::string>> ListFilesBelow(const std::string& folder,
                                                std::string_view extension) {
  std::vector<std::string> files;
  TW_ASSIGN_OR_RETURN(const auto names, ListFolder(folder));
  for (const auto& name : names) {
    const std::string path = JoinPath(folder, name);
    if (IsFolder(path)) {
      TW_ASSIGN_OR_RETURN(auto below, ListFilesBelow(path, extension));
      files.insert(files.end(), below.begin(), below.end());
    } else if (name.ends_with(extension)) {
      files.push_back(path);
    }
  }
  return files;
}

bool FileExists(const std::string& path) {
  struct stat info{};
  return stat(path.c_str(), &info) == 0;
}

bool IsFolder(const std::string& path) {
  struct stat info{};
  return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

Result<int64_t> ModifiedSecondsSinceEpoch(const std::string& path) {
  struct stat info{};
  if (stat(path.c_str(), &info) != 0) return FromErrno(errno, path);
  return int64_t{info.st_mtim.tv_sec};
}

Status RemoveAll(const std::string& path) {
  std::error_code problem;
  std::filesystem::remove_all(path, problem);
  if (problem) return FromErrno(problem.value(), path);
  return {};
}

std::string JoinPath(std::string_view folder, std::string_view name) {
  std::string out(folder);
  if (!out.empty() && out.back() != '/') out += '/';
  return out.append(name);
}

std::string BaseName(std::string_view path) {
  const size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

Result<std::string> ResourceFolder() {
  if (const char* set = std::getenv("TIDEWAITER_RESOURCES"); set != nullptr && *set != '\0') {
    if (IsFolder(JoinPath(set, "rulepacks"))) return std::string(set);
    return MissingData("TIDEWAITER_RESOURCES names a folder without rulepacks/", set);
  }
  std::error_code problem;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", problem);
  if (problem) return MissingData("cannot tell where the program is; set TIDEWAITER_RESOURCES");
  for (auto folder = program.parent_path(); folder.has_relative_path();
       folder = folder.parent_path()) {
    for (const auto& candidate : {folder / "share" / "tidewaiter", folder}) {
      if (IsFolder((candidate / "rulepacks").string())) return candidate.string();
    }
  }
  if (IsFolder(TIDEWAITER_SOURCE_FOLDER "/rulepacks")) return std::string(TIDEWAITER_SOURCE_FOLDER);
  return MissingData(
      "rulepacks/ is neither beside the program nor above it; set TIDEWAITER_RESOURCES",
      program.string());
}

Result<FolderLock> FolderLock::Take(const std::string& folder) {
  const std::string path = JoinPath(folder, ".lock");
  const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) return FromErrno(errno, path);
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    close(fd);
    return BadInput("another tidewaiter is writing to this folder; wait for it to end", folder);
  }
  return FolderLock(fd);
}
FolderLock::~FolderLock() {
  if (fd_ >= 0) close(fd_);
}
FolderLock::FolderLock(FolderLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

}  // namespace tidewaiter
