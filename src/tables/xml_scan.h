// XML as office programs write it, at several times the speed of expat: elements, attributes, text,
// the five named references and numeric ones, in UTF-8. Whatever else stands in a part (a document
// type, a comment, CDATA, a second encoding, a name with other letters, anything not well-formed)
// makes the scanner decline, and the part is read from its beginning by expat (sax.h), which knows
// it all and words every error. So the scanner never has to be complete, only right about what it
// takes: for that it gives the very events of expat, which fuzz_xml compares.
//
// One scanner reads one part; not for several threads.
#ifndef TIDEWAITER_TABLES_XML_SCAN_H_
#define TIDEWAITER_TABLES_XML_SCAN_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tables/xml.h"

namespace tidewaiter::tables {

class XmlScanner {
 public:
  explicit XmlScanner(XmlHandler& handler);  // must outlive the reading

  // Not ok: the handler stopped, or the scanner declined(); feed no more then.
  Status Feed(std::string_view piece);
  Status Finish();
  // What the handler was told must be forgotten.
  bool declined() const { return declined_; }

 private:
  size_t TakeTokens(std::string_view bytes);         // the bytes that are done with
  bool TakeText(std::string_view text, bool plain);  // plain: no byte needs decoding
  bool TakeTag(std::string_view body);
  bool TakeStart(std::string_view body);
  bool TakeEnd(std::string_view name);
  bool TakeAttribute(std::string_view& rest);
  Status Outcome() const;

  XmlHandler& handler_;
  std::string tail_;           // a token whose end has not come yet, and the text before it
  std::string open_names_;     // of the open elements, one behind another
  std::vector<size_t> opens_;  // where each begins in open_names_
  std::vector<XmlAttribute> attributes_;
  std::vector<std::string> values_;  // of attributes with references in them
  std::string text_;
  bool declined_ = false;
  bool begun_ = false;  // a tag was seen
  bool ended_ = false;  // the outermost element is closed
};

}  // namespace tidewaiter::tables

#endif  // TIDEWAITER_TABLES_XML_SCAN_H_
