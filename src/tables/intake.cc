#include "tables/intake.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>

#include "tables/encoding.h"
#include "tables/parquet.h"
#include "tables/unpack.h"
#include "tables/xlsx.h"

namespace tidewaiter::tables {
namespace {

constexpr std::string_view kZipMark("PK\x03\x04", 4), kParquetMark("PAR1", 4),
    kOldOfficeMark("\xD0\xCF\x11\xE0", 4), kPdfMark("%PDF", 4);

// Bytes as a file that has a path and lies on no disk; gone with the object.
class MemoryFile {
 public:
  static Result<MemoryFile> Of(std::string_view bytes, const std::string& name) {
    MemoryFile file(memfd_create("tidewaiter", MFD_CLOEXEC));
    while (file.fd_ >= 0 && !bytes.empty()) {
      const ssize_t n = write(file.fd_, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) break;
      bytes.remove_prefix(static_cast<size_t>(n));
    }
    if (file.fd_ < 0 || !bytes.empty())
      return BadInput(std::string("no memory for its content: ") + std::strerror(errno), name);
    return file;
  }
  ~MemoryFile() {
    if (fd_ >= 0) close(fd_);
  }
  MemoryFile(MemoryFile&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  MemoryFile& operator=(MemoryFile&&) = delete;
  std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

 private:
  explicit MemoryFile(int fd) : fd_(fd) {}
  int fd_ = -1;
};

bool IsPlainFile(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error);
}

std::string Joined(const std::vector<std::string>& names) {
  std::string all;
  for (const auto& name : names) all.append(all.empty() ? "" : ", ").append(name);
  return all;
}

Error Foreign(std::string_view bytes, const std::string& name) {
  if (bytes.starts_with(kOldOfficeMark))
    return BadInput(
        "is an old Excel file (.xls) or a workbook with a password; save it as .xlsx without one",
        name);
  return BadInput("is a PDF; get the table as XLSX or CSV", name);
}

// The encoding that is stated, or told from the bytes.
Result<EncodingGuess> EncodingOf(std::string_view bytes, const std::string& name,
                                 const IntakeOptions& options,
                                 const std::function<void()>& rest = {}) {
  if (!options.encoding.empty()) {
    const auto stated = ParseEncoding(options.encoding);
    if (!stated)
      return UsageError("--encoding: '" + options.encoding + "' is none of " + KnownEncodings());
    return EncodingGuess{*stated, "as stated", false};
  }
  EncodingGuess guess = GuessEncoding(bytes, options.threads, rest);
  if (guess.undecided)
    return BadInput("its encoding cannot be told (" + guess.evidence + "); state --encoding", name);
  return guess;
}

}  // namespace

Result<std::string> ReadText(const std::string& path, const IntakeOptions& options) {
  const std::string name = path == "-" ? "standard input" : path;
  TW_ASSIGN_OR_RETURN(std::string raw, ReadFile(path));
  if (const Packing packing = PackingOf(raw); packing != Packing::kNone) {
    TW_ASSIGN_OR_RETURN(raw, Unpack(packing, raw, name, options.limit));
  }
  TW_ASSIGN_OR_RETURN(const EncodingGuess guess, EncodingOf(raw, name, options));
  return ToUtf8(raw, guess.encoding);
}

std::string_view Intake::raw() const { return mapped_ ? mapped_->bytes() : std::string_view(raw_); }
std::string_view Intake::bytes() const { return own_text_ ? std::string_view(text_) : raw(); }

void Intake::Rest() const {
  if (!mapped_ || mapped_->bytes().empty()) return;
  madvise(const_cast<char*>(mapped_->bytes().data()), mapped_->bytes().size(), MADV_DONTNEED);
}

void Intake::SetText(std::string text) {
  text_ = std::move(text);
  own_text_ = true;
}

Result<std::shared_ptr<const Intake>> Intake::Open(const std::string& path,
                                                   const IntakeOptions& options) {
  const std::shared_ptr<Intake> intake(new Intake);
  // A folder and a missing file are opened too, for their message.
  if (path != "-" && (IsPlainFile(path) || !FileExists(path) || IsFolder(path))) {
    TW_ASSIGN_OR_RETURN(MappedFile mapped, MappedFile::Open(path));
    intake->mapped_ = std::make_unique<const MappedFile>(std::move(mapped));
  } else {
    TW_ASSIGN_OR_RETURN(intake->raw_, ReadFile(path));
  }
  return Read(intake, path == "-" ? "standard input" : path, options);
}

Result<std::shared_ptr<const Intake>> Intake::OfBytes(std::string raw, const std::string& name,
                                                      const IntakeOptions& options) {
  const std::shared_ptr<Intake> intake(new Intake);
  intake->raw_ = std::move(raw);
  return Read(intake, name, options);
}

Result<std::shared_ptr<const Intake>> Intake::Read(std::shared_ptr<Intake> intake,
                                                   const std::string& name,
                                                   const IntakeOptions& options) {
  TW_RETURN_IF_ERROR(intake->Unpacked(name, options));
  const std::string_view bytes = intake->bytes();
  if (bytes.starts_with(kZipMark)) {
    TW_RETURN_IF_ERROR(intake->FromWorkbook(name, options));
  } else if (bytes.starts_with(kParquetMark)) {
    TW_RETURN_IF_ERROR(intake->FromParquet(name, options));
  } else if (bytes.starts_with(kOldOfficeMark) || bytes.starts_with(kPdfMark)) {
    return Foreign(bytes, name);
  } else {
    TW_RETURN_IF_ERROR(intake->FromText(name, options));
  }
  intake->kind_ += intake->packing_;
  return std::shared_ptr<const Intake>(std::move(intake));
}

Status Intake::Unpacked(const std::string& name, const IntakeOptions& options) {
  const Packing packing = PackingOf(raw());
  if (packing == Packing::kNone) return {};
  TW_ASSIGN_OR_RETURN(std::string text, Unpack(packing, raw(), name, options.limit));
  SetText(std::move(text));
  packing_ = " (" + std::string(ToString(packing)) + ")";
  return {};
}

Status Intake::FromWorkbook(const std::string& name, const IntakeOptions& options) {
  ZipLimits limits;
  limits.unpacked = options.limit;
  TW_ASSIGN_OR_RETURN(SheetText sheet, ReadWorkbook(bytes(), name, options.sheet, limits));
  SetText(std::move(sheet.csv));
  kind_ = "xlsx";
  notes_.push_back("sheet " + sheet.sheet + " was read" +
                   (sheet.others.empty() ? "" : "; not read: " + Joined(sheet.others)));
  return {};
}

Status Intake::FromParquet(const std::string& name, const IntakeOptions& options) {
  kind_ = "parquet";
  // DuckDB wants a path, and takes these signs in one for a pattern.
  const bool has_path = mapped_ && !own_text_ && name.find_first_of("*?[]{}") == name.npos;
  std::optional<MemoryFile> copy;
  if (!has_path) {
    TW_ASSIGN_OR_RETURN(MemoryFile file, MemoryFile::Of(bytes(), name));
    copy.emplace(std::move(file));
  }
  TW_ASSIGN_OR_RETURN(std::string csv, ReadParquetAsCsv(has_path ? name : copy->path(), name,
                                                        options.threads, options.limit));
  SetText(std::move(csv));
  return {};
}

Status Intake::Decode(const std::string& name, const IntakeOptions& options) {
  TW_ASSIGN_OR_RETURN(const EncodingGuess guess,
                      EncodingOf(bytes(), name, options, [this] { Rest(); }));
  if (guess.encoding == Encoding::kUtf8) return {};
  SetText(ToUtf8(bytes(), guess.encoding));
  kind_ += " (" + std::string(ToString(guess.encoding)) + ")";
  notes_.push_back("read as " + std::string(ToString(guess.encoding)) + ": " + guess.evidence);
  return {};
}

Status Intake::FromText(const std::string& name, const IntakeOptions& options) {
  TW_RETURN_IF_ERROR(Decode(name, options));
  const std::string_view text = bytes();
  const std::string encoding = std::exchange(kind_, {});
  const size_t first = text.find_first_not_of(" \t\r\n", AfterByteOrderMark(text));
  if (first != text.npos && text[first] == '[')
    return BadInput("is one JSON list; write one object a line (JSON Lines)", name);
  if (first != text.npos && text[first] == '{') {
    bool more = false;
    format_.keys = CollectKeys(text.substr(AfterByteOrderMark(text)), options.threads, &more);
    if (more)
      notes_.push_back("has more than " + std::to_string(kMostKeys) +
                       " keys; the others are not read");
    kind_ = "jsonl" + encoding;
    return {};
  }
  format_.dialect.delimiter = DetectDelimiter(text);
  kind_ = (format_.dialect.delimiter == '\t' ? "tsv" : "csv") + encoding;
  return {};
}

}  // namespace tidewaiter::tables
