#include "base/journal_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace tidewaiter {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

Error Problem(const std::string& what, const std::string& path) {
  return BadInput(what + ": " + std::strerror(errno), path);
}

Status WriteAll(int fd, std::string_view bytes, off_t at, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t done = pwrite(fd, bytes.data(), bytes.size(), at);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return Problem("cannot be written", path);
    bytes.remove_prefix(static_cast<size_t>(done));
    at += done;
  }
  return {};
}

// The folder's entry of a new file must reach the disk too.
Status SyncFolderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash);
  const Descriptor fd(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0 || fsync(fd.get()) != 0) return Problem("cannot be synced", folder);
  return {};
}

struct Tail {
  std::string last;  // the last whole line
  off_t end = 0;     // behind it
};

// Reads backwards until a whole line is found.
Result<Tail> ReadTail(int fd, const std::string& path) {
  const off_t size = lseek(fd, 0, SEEK_END);
  if (size < 0) return Problem("cannot be read", path);
  std::string bytes;
  off_t from = size;
  for (off_t piece = 1 << 16; from > 0; piece *= 4) {
    const off_t begin = std::max<off_t>(0, from - piece);
    std::string part(static_cast<size_t>(from - begin), '\0');
    if (pread(fd, part.data(), part.size(), begin) != static_cast<ssize_t>(part.size()))
      return Problem("cannot be read", path);
    bytes = part + bytes;
    from = begin;
    const size_t end = bytes.rfind('\n');
    const size_t before =
        end == std::string::npos || end == 0 ? std::string::npos : bytes.rfind('\n', end - 1);
    if (before != std::string::npos) {
      return Tail{bytes.substr(before + 1, end - before - 1), from + static_cast<off_t>(end) + 1};
    }
  }
  const size_t end = bytes.rfind('\n');
  if (end == std::string::npos) return Tail{};
  return Tail{bytes.substr(0, end), static_cast<off_t>(end) + 1};
}

}  // namespace

Status AppendLine(const std::string& path,
                  const std::function<Result<std::string>(std::string_view last)>& make,
                  const std::function<Status(std::string_view line)>& then) {
  const bool is_new = access(path.c_str(), F_OK) != 0;
  const Descriptor fd(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (fd.get() < 0) return Problem("cannot be opened", path);
  while (flock(fd.get(), LOCK_EX) != 0) {
    if (errno != EINTR) return Problem("cannot be locked", path);
  }
  TW_ASSIGN_OR_RETURN(const Tail tail, ReadTail(fd.get(), path));
  if (ftruncate(fd.get(), tail.end) != 0) return Problem("cannot be cut", path);
  TW_ASSIGN_OR_RETURN(const std::string line, make(tail.last));
  TW_RETURN_IF_ERROR(WriteAll(fd.get(), line + "\n", tail.end, path));
  if (fdatasync(fd.get()) != 0) return Problem("cannot be synced", path);
  if (is_new) TW_RETURN_IF_ERROR(SyncFolderOf(path));
  return then ? then(line) : Status();
}

Status WriteMark(const std::string& path, std::string_view text) {
  const Descriptor fd(open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
  if (fd.get() < 0) return Problem("cannot be opened", path);
  TW_RETURN_IF_ERROR(WriteAll(fd.get(), text, 0, path));
  if (fdatasync(fd.get()) != 0) return Problem("cannot be synced", path);
  return {};
}

}  // namespace tidewaiter
