// What an XML part of a workbook says, one event after another. Two readers call these handlers:
// expat (sax.h), which knows everything, and the scanner (xml_scan.h), which is several times
// faster and hands over to expat whatever it does not know.
#ifndef TIDEWAITER_TABLES_XML_H_
#define TIDEWAITER_TABLES_XML_H_

#include <span>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace tidewaiter::tables {

// "r:id" -> "id".
inline std::string_view WithoutPrefix(std::string_view name) {
  size_t at = name.size();
  while (at > 0 && name[at - 1] != ':') --at;
  return name.substr(at);
}

struct XmlAttribute {
  std::string_view name, value;
};

// Of one element; lives until the handler returns.
class XmlAttributes {
 public:
  explicit XmlAttributes(std::span<const XmlAttribute> all) : all_(all) {}
  // The value, or "" when there is none; a prefix of the attribute's name is passed over.
  std::string_view Find(std::string_view name) const {
    for (const auto& attribute : all_) {
      if (WithoutPrefix(attribute.name) == name) return attribute.value;
    }
    return {};
  }
  std::span<const XmlAttribute> all() const { return all_; }

 private:
  std::span<const XmlAttribute> all_;
};

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  // Element names come without their prefix.
  virtual void Start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void End(std::string_view name) = 0;
  // A text may come in any number of pieces.
  virtual void Text(std::string_view) {}
  // Not ok: the reading ends with this.
  const Status& status() const { return status_; }

 protected:
  void Stop(Error error) {
    if (status_) status_ = std::move(error);
  }

 private:
  Status status_;
};

}  // namespace tidewaiter::tables

#endif  // TIDEWAITER_TABLES_XML_H_
