#include "tables/sax.h"

#include <expat.h>

namespace tidewaiter::tables {
namespace {

std::string_view WithoutPrefix(std::string_view name) {
  const size_t colon = name.rfind(':');
  return colon == name.npos ? name : name.substr(colon + 1);
}

}  // namespace

struct Sax::Calls {
  static Sax& Of(void* user) { return *static_cast<Sax*>(user); }
  static void OnStart(void* user, const char* name, const char** attributes) {
    Of(user).Start(WithoutPrefix(name), attributes);
  }
  static void OnEnd(void* user, const char* name) { Of(user).End(WithoutPrefix(name)); }
  static void OnText(void* user, const char* text, int size) {
    Of(user).Text({text, static_cast<size_t>(size)});
  }
  static void OnDoctype(void* user, const char*, const char*, const char*, int) {
    Sax& sax = Of(user);
    sax.Stop(BadInput(
        sax.part_ + " inside declares a document type, which no workbook does; it is refused",
        sax.path_));
  }
};

Sax::Sax(std::string path, std::string part)
    : parser_(XML_ParserCreate(nullptr), XML_ParserFree),
      path_(std::move(path)),
      part_(std::move(part)) {
  XML_SetUserData(parser_.get(), this);
  XML_SetElementHandler(parser_.get(), Calls::OnStart, Calls::OnEnd);
  XML_SetCharacterDataHandler(parser_.get(), Calls::OnText);
  XML_SetStartDoctypeDeclHandler(parser_.get(), Calls::OnDoctype);
}

Sax::~Sax() = default;

std::string_view Sax::Attribute(const char** attributes, std::string_view name) {
  for (; *attributes != nullptr; attributes += 2) {
    if (WithoutPrefix(attributes[0]) == name) return attributes[1];
  }
  return {};
}

void Sax::Stop(Error error) {
  if (!status_) return;
  status_ = std::move(error);
  XML_StopParser(parser_.get(), XML_FALSE);
}

Status Sax::Parse(std::string_view piece, bool last) {
  if (!status_) return status_;
  const auto state =
      XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()), last ? 1 : 0);
  if (!status_ || state == XML_STATUS_OK) return status_;
  return BadInput(part_ + " inside is not well-formed XML: " +
                      XML_ErrorString(XML_GetErrorCode(parser_.get())) + "; save the file again",
                  path_, XML_GetCurrentLineNumber(parser_.get()));
}

Status Sax::Feed(std::string_view piece) {
  constexpr size_t kMostGiven = size_t{1} << 20;
  for (; !piece.empty(); piece.remove_prefix(std::min(piece.size(), kMostGiven)))
    TW_RETURN_IF_ERROR(Parse(piece.substr(0, kMostGiven), false));
  return {};
}

Status Sax::Finish() { return Parse({}, true); }

}  // namespace tidewaiter::tables
