#include "lists/xml.h"

#include <expat.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "lists/delimited.h"

namespace tidewaiter::lists {
namespace {

constexpr size_t kMaxDepth = 50;
constexpr size_t kMaxRecord = 4 << 20;

std::string_view LocalName(std::string_view name) {
  const size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

class Parser {
 public:
  Parser(const std::string& file, const XmlHandler& handler)
      : parser_(XML_ParserCreate(nullptr), XML_ParserFree), file_(file), handler_(handler) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), OnStart, OnEnd);
    XML_SetCharacterDataHandler(parser_.get(), OnText);
    XML_SetStartDoctypeDeclHandler(parser_.get(), OnDoctype);
  }

  Status Parse(std::string_view bytes) {
    constexpr size_t kPiece = 1 << 20;
    for (size_t at = 0;; at += kPiece) {
      const std::string_view piece = bytes.substr(std::min(at, bytes.size()), kPiece);
      const bool last = at + kPiece >= bytes.size();
      const auto status =
          XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()), last ? 1 : 0);
      if (error_) return std::move(*error_);
      if (status != XML_STATUS_OK) return Malformed();
      if (last) return {};
    }
  }

 private:
  static Parser& Self(void* data) { return *static_cast<Parser*>(data); }
  static void OnStart(void* data, const char* name, const char** attributes) {
    Self(data).Start(name, attributes);
  }
  static void OnEnd(void* data, const char*) { Self(data).End(); }
  static void OnText(void* data, const char* text, int size) {
    Self(data).Text({text, static_cast<size_t>(size)});
  }
  static void OnDoctype(void* data, const char*, const char*, const char*, int) {
    Self(data).Stop(
        BadInput("a document type declaration; lists have none, and it is refused because it could "
                 "draw in other files"));
  }

  uint64_t line() const { return XML_GetCurrentLineNumber(parser_.get()); }

  void Stop(Error error) {
    if (error_) return;
    if (error.line == 0) error.line = line();
    error_ = std::move(error).In(file_);
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  Error Malformed() const {
    const XML_Error code = XML_GetErrorCode(parser_.get());
    if (code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN ||
        code == XML_ERROR_PARTIAL_CHAR || code == XML_ERROR_UNCLOSED_CDATA_SECTION) {
      return BadInput("the file ends too early; it is cut off, fetch it again", file_, line());
    }
    return BadInput(
        std::string("not well-formed XML: ") + XML_ErrorString(code) + "; fetch the file again",
        file_, line());
  }

  void Start(const char* name, const char** attributes) {
    if (error_) return;
    if (++depth_ > kMaxDepth) return Stop(BadInput("more than 50 elements inside of each other"));
    XmlNode node;
    node.name = LocalName(name);
    node.line = line();
    for (; *attributes != nullptr; attributes += 2)
      node.attributes.emplace_back(LocalName(attributes[0]), attributes[1]);
    const bool record = std::find(handler_.records.begin(), handler_.records.end(), node.name) !=
                        handler_.records.end();
    if (!open_.empty() || record) {
      size_ += sizeof node;
      open_.push_back(std::move(node));
    } else if (handler_.on_start) {
      if (Status status = handler_.on_start(node); !status) Stop(std::move(status).error());
    }
  }

  void End() {
    if (error_) return;
    --depth_;
    if (open_.empty()) return;
    XmlNode node = std::move(open_.back());
    open_.pop_back();
    node.text = Trim(node.text);
    if (!open_.empty()) {
      open_.back().children.push_back(std::move(node));
      return;
    }
    size_ = 0;
    if (Status status = handler_.on_record(node); !status) Stop(std::move(status).error());
  }

  void Text(std::string_view text) {
    if (error_ || open_.empty()) return;
    size_ += text.size();
    if (size_ > kMaxRecord) return Stop(BadInput("a record of more than 4 MB"));
    open_.back().text += text;
  }

  std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
  const std::string& file_;
  const XmlHandler& handler_;
  std::vector<XmlNode> open_;  // the record and the elements open in it
  size_t depth_ = 0, size_ = 0;
  std::optional<Error> error_;
};

}  // namespace

const XmlNode* XmlNode::Find(std::string_view child) const {
  const auto found = std::find_if(children.begin(), children.end(),
                                  [&](const XmlNode& c) { return c.name == child; });
  return found == children.end() ? nullptr : &*found;
}

std::string_view XmlNode::Text(std::string_view child) const {
  const XmlNode* node = Find(child);
  return node == nullptr ? std::string_view() : std::string_view(node->text);
}

std::string_view XmlNode::Attribute(std::string_view key) const {
  for (const auto& [name_of, value] : attributes) {
    if (name_of == key) return value;
  }
  return {};
}

Status StreamXml(std::string_view bytes, const std::string& file, const XmlHandler& handler) {
  return Parser(file, handler).Parse(bytes);
}

std::string RootElement(std::string_view bytes) {
  bytes = bytes.substr(0, 1 << 16);
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (!Trim(bytes.substr(0, 200)).starts_with('<')) return {};
  for (size_t at = bytes.find('<'); at != std::string_view::npos; at = bytes.find('<', at + 1)) {
    const char next = at + 1 < bytes.size() ? bytes[at + 1] : ' ';
    const bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || next == '_';
    if (!letter) {
      if (bytes.substr(at).starts_with("<!--"))
        at = std::min(bytes.find("-->", at), bytes.size() - 1);
      continue;
    }
    const size_t end = bytes.find_first_of(" \t\r\n/>", at);
    return std::string(
        LocalName(bytes.substr(at + 1, end == std::string_view::npos ? end : end - at - 1)));
  }
  return {};
}

}  // namespace tidewaiter::lists
