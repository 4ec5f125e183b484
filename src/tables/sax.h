// One XML part of a workbook, read piece by piece by expat. Document types are refused before
// anything in them is read: no entity, inside or outside, is ever expanded.
#ifndef TIDEWAITER_TABLES_SAX_H_
#define TIDEWAITER_TABLES_SAX_H_

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

struct XML_ParserStruct;

namespace tidewaiter::tables {

class Sax {
 public:
  Sax(std::string path, std::string part);  // the file, and the part inside it, for messages
  virtual ~Sax();
  Sax(const Sax&) = delete;
  Sax& operator=(const Sax&) = delete;

  Status Feed(std::string_view piece);
  Status Finish();

 protected:
  // Element names come without their prefix. Attributes: name, value, ..., null.
  virtual void Start(std::string_view name, const char** attributes) = 0;
  virtual void End(std::string_view name) = 0;
  virtual void Text(std::string_view) {}
  // The value, or "" when there is none; a prefix of the attribute's name is passed over.
  static std::string_view Attribute(const char** attributes, std::string_view name);
  // Ends the reading with this error.
  void Stop(Error error);

 private:
  struct Calls;
  Status Parse(std::string_view piece, bool last);
  std::unique_ptr<XML_ParserStruct, void (*)(XML_ParserStruct*)> parser_;
  std::string path_, part_;
  Status status_;
};

}  // namespace tidewaiter::tables

#endif  // TIDEWAITER_TABLES_SAX_H_
