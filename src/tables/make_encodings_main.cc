// Writes the flat tables of the encodings from the C library's converters, at build time: what
// ships needs no converter modules.
//
//   kSingle[3][128]      code points of the bytes 80-FF of windows-1251, -1252, -1254; 0: none
//   kDouble[126 * 190]   GB18030, lead 81-FE, trail 40-FE without 7F
//   kRanges[]            GB18030, four bytes: {first linear index, code point}; an index before the
//   next
//                        range continues the one before
#include <iconv.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

namespace {

class Converter {
 public:
  explicit Converter(const char* from) : handle_(iconv_open("UTF-32LE", from)) {}
  ~Converter() {
    if (Works()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  bool Works() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  // The one code point of these bytes, 0 when they are none.
  uint32_t operator()(std::string bytes) const {
    unsigned char out[16] = {};
    char* in = bytes.data();
    char* to = reinterpret_cast<char*>(out);
    size_t left = bytes.size(), room = sizeof out;
    iconv(handle_, nullptr, nullptr, nullptr, nullptr);
    if (iconv(handle_, &in, &left, &to, &room) == static_cast<size_t>(-1) || left > 0) return 0;
    if (room != sizeof out - 4) return 0;
    return out[0] | uint32_t{out[1]} << 8 | uint32_t{out[2]} << 16;
  }

 private:
  iconv_t handle_;
};

std::string Bytes(std::initializer_list<unsigned> bytes) {
  std::string out;
  for (const unsigned byte : bytes) out += static_cast<char>(byte);
  return out;
}

void WriteSingle(std::FILE* file, const Converter& converter) {
  std::fputs("{", file);
  for (unsigned byte = 0x80; byte <= 0xFF; ++byte)
    std::fprintf(file, "%u,", converter(Bytes({byte})));
  std::fputs("},\n", file);
}

void WriteDouble(std::FILE* file, const Converter& converter) {
  std::fputs("constexpr uint16_t kDouble[126 * 190] = {\n", file);
  for (unsigned lead = 0x81; lead <= 0xFE; ++lead) {
    for (unsigned trail = 0x40; trail <= 0xFE; ++trail) {
      if (trail != 0x7F) std::fprintf(file, "%u,", converter(Bytes({lead, trail})) & 0xFFFF);
    }
    std::fputs("\n", file);
  }
  std::fputs("};\n", file);
}

void WriteRanges(std::FILE* file, const Converter& converter) {
  std::fputs("constexpr uint16_t kRanges[][2] = {\n", file);
  uint32_t expected = 0;
  bool inside = false;
  for (unsigned index = 0; index < 39420; ++index) {
    const uint32_t code = converter(Bytes({0x81 + index / 12600, 0x30 + index / 1260 % 10,
                                           0x81 + index / 10 % 126, 0x30 + index % 10}));
    if (code != 0 ? !inside || code != expected : inside)
      std::fprintf(file, "{%u,%u},\n", index, code);
    inside = code != 0;
    expected = code + 1;
  }
  std::fputs("};\n", file);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::FILE* file = std::fopen(argv[1], "w");  // NOLINT: closed at the end, where it may fail
  if (file == nullptr) return 1;
  std::fputs("constexpr uint16_t kSingle[3][128] = {\n", file);
  for (const char* name : {"WINDOWS-1251", "WINDOWS-1252", "WINDOWS-1254"}) {
    const Converter converter(name);
    if (!converter.Works()) return 1;
    WriteSingle(file, converter);
  }
  std::fputs("};\n", file);
  const Converter chinese("GB18030");
  if (!chinese.Works()) return 1;
  WriteDouble(file, chinese);
  WriteRanges(file, chinese);
  return std::fclose(file) == 0 ? 0 : 1;  // NOLINT: likewise
}
