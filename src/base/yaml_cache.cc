// The tree is kept, not what its reader makes of it: a change of the reader cannot make an old
// cache lie.
#include "base/yaml_cache.h"

#include <cstring>
#include <optional>

#include "base/file.h"
#include "base/hash.h"

namespace tidewaiter {
namespace {

constexpr std::string_view kMagic = "TWYAML01";
constexpr int kMaxDepth = 110;

void PutNumber(uint64_t value, std::string& out) {
  while (value >= 0x80) {
    out += static_cast<char>(value | 0x80);
    value >>= 7;
  }
  out += static_cast<char>(value);
}

void PutText(std::string_view text, std::string& out) {
  PutNumber(text.size(), out);
  out += text;
}

void Encode(const YamlNode& node, std::string& out) {
  out += static_cast<char>(static_cast<int>(node.kind) | (node.quoted ? 0x10 : 0));
  PutNumber(node.line, out);
  PutNumber(node.column, out);
  if (node.is_scalar()) PutText(node.scalar, out);
  if (node.is_sequence()) {
    PutNumber(node.items.size(), out);
    for (const YamlNode& item : node.items) Encode(item, out);
  }
  if (node.is_mapping()) {
    PutNumber(node.members.size(), out);
    for (const auto& [key, value] : node.members) {
      PutText(key, out);
      Encode(value, out);
    }
  }
}

class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : rest_(bytes) {}

  bool failed() const { return failed_; }
  bool finished() const { return rest_.empty(); }

  uint64_t Number() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return value;
    }
    failed_ = true;
    return 0;
  }
  std::string Text() {
    const uint64_t size = Number();
    if (size > rest_.size()) failed_ = true;
    if (failed_) return {};
    std::string text(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return text;
  }
  // A count of things that take at least one byte each.
  uint64_t Count() {
    const uint64_t count = Number();
    if (count > rest_.size()) failed_ = true;
    return failed_ ? 0 : count;
  }
  YamlNode Node(const std::shared_ptr<const std::string>& file, int depth) {
    YamlNode node;
    node.file = file;
    if (rest_.empty() || depth > kMaxDepth) failed_ = true;
    if (failed_) return node;
    const int head = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    if ((head & 0xF) > 3) failed_ = true;
    node.kind = static_cast<YamlNode::Kind>(head & 3);
    node.quoted = (head & 0x10) != 0;
    node.line = Number();
    node.column = Number();
    if (node.is_scalar()) node.scalar = Text();
    if (node.is_sequence()) {
      node.items.resize(Count());
      for (YamlNode& item : node.items) item = Node(file, depth + 1);
    }
    if (node.is_mapping()) ReadMembers(node, file, depth);
    return node;
  }

 private:
  void ReadMembers(YamlNode& node, const std::shared_ptr<const std::string>& file, int depth) {
    const uint64_t count = Count();
    for (uint64_t i = 0; i < count && !failed_; ++i) {
      std::string key = Text();
      YamlNode value = Node(file, depth + 1);
      node.members.emplace_back(std::move(key), std::move(value));
    }
  }

  std::string_view rest_;
  bool failed_ = false;
};

std::string CachePath(const std::vector<YamlText>& files, const std::string& folder,
                      const std::string& kind) {
  std::string hashes;
  for (const YamlText& file : files) hashes += file.name + '\0' + RowHashHex(file.text) + '\0';
  return JoinPath(folder, kind + "-" + RowHashHex(hashes) + ".bin");
}

Result<std::vector<YamlNode>> ParseAll(const std::vector<YamlText>& files) {
  std::vector<YamlNode> roots;
  for (const YamlText& file : files) {
    TW_ASSIGN_OR_RETURN(YamlNode root, ParseYaml(file.text, file.name));
    roots.push_back(std::move(root));
  }
  return roots;
}

std::optional<std::vector<YamlNode>> FromCache(const std::string& path, size_t count) {
  if (!FileExists(path)) return std::nullopt;
  auto bytes = ReadFile(path);
  if (!bytes) return std::nullopt;
  auto roots = DecodeYaml(*bytes);
  if (!roots || roots->size() != count) return std::nullopt;
  return std::move(*roots);
}

}  // namespace

Result<std::vector<YamlNode>> ParseYamlFiles(const std::vector<YamlText>& files,
                                             const std::string& folder, const std::string& kind) {
  if (folder.empty()) return ParseAll(files);
  const std::string path = CachePath(files, folder, kind);
  if (auto cached = FromCache(path, files.size())) return std::move(*cached);
  TW_ASSIGN_OR_RETURN(std::vector<YamlNode> roots, ParseAll(files));
  if (MakeFolders(folder)) (void)WriteAtomically(path, EncodeYaml(roots)).ok();
  return roots;
}

std::string EncodeYaml(const std::vector<YamlNode>& roots) {
  std::string out(kMagic);
  PutNumber(roots.size(), out);
  for (const YamlNode& root : roots) {
    PutText(root.file ? *root.file : std::string(), out);
    Encode(root, out);
  }
  const uint64_t checksum = Hash64(out);
  out.append(reinterpret_cast<const char*>(&checksum), sizeof checksum);
  return out;
}

Result<std::vector<YamlNode>> DecodeYaml(std::string_view bytes) {
  uint64_t checksum = 0;
  if (bytes.size() < kMagic.size() + sizeof checksum || !bytes.starts_with(kMagic))
    return BadInput("is no cache of YAML files");
  std::memcpy(&checksum, bytes.data() + bytes.size() - sizeof checksum, sizeof checksum);
  bytes.remove_suffix(sizeof checksum);
  if (Hash64(bytes) != checksum) return BadInput("the cache is damaged");
  Decoder decoder(bytes.substr(kMagic.size()));
  std::vector<YamlNode> roots(decoder.Count());
  for (YamlNode& root : roots) {
    const auto file = std::make_shared<const std::string>(decoder.Text());
    root = decoder.Node(file, 0);
  }
  if (decoder.failed() || !decoder.finished()) return BadInput("the cache is damaged");
  return roots;
}

}  // namespace tidewaiter
