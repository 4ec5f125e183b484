// One XML part of a workbook, read piece by piece by expat. Document types are refused before
// anything in them is read: no entity, inside or outside, is ever expanded.
#ifndef TIDEWAITER_TABLES_SAX_H_
#define TIDEWAITER_TABLES_SAX_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tables/xml.h"

struct XML_ParserStruct;

namespace tidewaiter::tables {

class Sax {
 public:
  // The file, and the part inside it, for messages. The handler must outlive the reading.
  Sax(XmlHandler& handler, std::string path, std::string part);
  ~Sax();
  Sax(const Sax&) = delete;
  Sax& operator=(const Sax&) = delete;

  Status Feed(std::string_view piece);
  Status Finish();

 private:
  struct Calls;
  Status Parse(std::string_view piece, bool last);
  void StopIfNotOk();
  Status Outcome() const { return handler_.status() ? status_ : handler_.status(); }

  std::unique_ptr<XML_ParserStruct, void (*)(XML_ParserStruct*)> parser_;
  XmlHandler& handler_;
  std::vector<XmlAttribute> attributes_;
  std::string path_, part_;
  Status status_;  // what is wrong with the XML itself
};

}  // namespace tidewaiter::tables

#endif  // TIDEWAITER_TABLES_SAX_H_
