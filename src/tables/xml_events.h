// For tests and the fuzzer: what each of the two readers of XML tells a handler, as one text.
#ifndef TIDEWAITER_TABLES_XML_EVENTS_H_
#define TIDEWAITER_TABLES_XML_EVENTS_H_

#include <string>
#include <string_view>

#include "tables/sax.h"
#include "tables/xml_scan.h"

namespace tidewaiter::tables {

struct XmlEvents {
  bool ok = false;
  std::string text;
};

class XmlRecorder : public XmlHandler {
 public:
  std::string text;
  void Start(std::string_view name, const XmlAttributes& attributes) override {
    text.append("\n<").append(name);
    for (const auto& [key, value] : attributes.all())
      text.append("\n  ").append(key).append("=").append(value);
    text += "\n";
  }
  void End(std::string_view name) override { text.append("\n>").append(name).append("\n"); }
  void Text(std::string_view piece) override { text.append(piece); }
};

inline XmlEvents EventsOfScanner(std::string_view xml, size_t piece) {
  XmlRecorder recorder;
  XmlScanner scanner(recorder);
  Status status;
  for (; status && !xml.empty(); xml.remove_prefix(std::min(piece, xml.size())))
    status = scanner.Feed(xml.substr(0, piece));
  if (status) status = scanner.Finish();
  return {status.ok(), recorder.text};
}

inline XmlEvents EventsOfExpat(std::string_view xml) {
  XmlRecorder recorder;
  Sax sax(recorder, "book.xlsx", "part.xml");
  Status status = sax.Feed(xml);
  if (status) status = sax.Finish();
  return {status.ok(), recorder.text};
}

}  // namespace tidewaiter::tables

#endif  // TIDEWAITER_TABLES_XML_EVENTS_H_
