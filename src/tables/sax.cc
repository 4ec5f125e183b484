#include "tables/sax.h"

#include <expat.h>

#include <algorithm>

namespace tidewaiter::tables {

struct Sax::Calls {
  static Sax& Of(void* user) { return *static_cast<Sax*>(user); }
  static void OnStart(void* user, const char* name, const char** attributes) {
    Sax& sax = Of(user);
    sax.attributes_.clear();
    for (; *attributes != nullptr; attributes += 2)
      sax.attributes_.push_back({attributes[0], attributes[1]});
    sax.handler_.Start(WithoutPrefix(name), XmlAttributes(sax.attributes_));
    sax.StopIfNotOk();
  }
  static void OnEnd(void* user, const char* name) {
    Of(user).handler_.End(WithoutPrefix(name));
    Of(user).StopIfNotOk();
  }
  static void OnText(void* user, const char* text, int size) {
    Of(user).handler_.Text({text, static_cast<size_t>(size)});
  }
  static void OnDoctype(void* user, const char*, const char*, const char*, int) {
    Sax& sax = Of(user);
    sax.status_ = BadInput(
        sax.part_ + " inside declares a document type, which no workbook does; it is refused",
        sax.path_);
    sax.StopIfNotOk();
  }
};

Sax::Sax(XmlHandler& handler, std::string path, std::string part)
    : parser_(XML_ParserCreate(nullptr), XML_ParserFree),
      handler_(handler),
      path_(std::move(path)),
      part_(std::move(part)) {
  XML_SetUserData(parser_.get(), this);
  XML_SetElementHandler(parser_.get(), Calls::OnStart, Calls::OnEnd);
  XML_SetCharacterDataHandler(parser_.get(), Calls::OnText);
  XML_SetStartDoctypeDeclHandler(parser_.get(), Calls::OnDoctype);
}

Sax::~Sax() = default;

void Sax::StopIfNotOk() {
  if (!Outcome()) XML_StopParser(parser_.get(), XML_FALSE);
}

Status Sax::Parse(std::string_view piece, bool last) {
  TW_RETURN_IF_ERROR(Outcome());
  const auto state =
      XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()), last ? 1 : 0);
  if (!Outcome() || state == XML_STATUS_OK) return Outcome();
  status_ = BadInput(part_ + " inside is not well-formed XML: " +
                         XML_ErrorString(XML_GetErrorCode(parser_.get())) + "; save the file again",
                     path_, XML_GetCurrentLineNumber(parser_.get()));
  return status_;
}

Status Sax::Feed(std::string_view piece) {
  constexpr size_t kMostGiven = size_t{1} << 20;
  for (; !piece.empty(); piece.remove_prefix(std::min(piece.size(), kMostGiven)))
    TW_RETURN_IF_ERROR(Parse(piece.substr(0, kMostGiven), false));
  return {};
}

Status Sax::Finish() { return Parse({}, true); }

}  // namespace tidewaiter::tables
