#include "watchlist/fetch.h"

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <thread>

namespace tidewaiter::watchlist {
namespace {

struct Answer {
  std::string bytes, etag, last_modified;
  uint64_t largest = 0;
  bool too_large = false;
};

size_t OnBody(char* data, size_t size, size_t count, void* out) {
  auto& answer = *static_cast<Answer*>(out);
  answer.too_large = answer.bytes.size() + size * count > answer.largest;
  if (answer.too_large) return 0;
  answer.bytes.append(data, size * count);
  return size * count;
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

bool IsHeader(std::string_view line, std::string_view lower_name) {
  if (line.size() <= lower_name.size() || line[lower_name.size()] != ':') return false;
  return std::equal(lower_name.begin(), lower_name.end(), line.begin(), [](char a, char b) {
    return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b);
  });
}

size_t OnHeader(char* data, size_t size, size_t count, void* out) {
  auto& answer = *static_cast<Answer*>(out);
  const std::string_view line(data, size * count);
  if (line.starts_with("HTTP/")) {  // of the answer behind a redirection
    answer.etag.clear();
    answer.last_modified.clear();
  }
  if (IsHeader(line, "etag")) answer.etag = Trimmed(line.substr(5));
  if (IsHeader(line, "last-modified")) answer.last_modified = Trimmed(line.substr(14));
  return size * count;
}

// A header is made of what a server sent: nothing that could begin another header.
bool IsPlain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7F; });
}

struct Headers {
  curl_slist* list = nullptr;
  ~Headers() { curl_slist_free_all(list); }
  void Add(const std::string& line) { list = curl_slist_append(list, line.c_str()); }
};

class CurlFetcher final : public Fetcher {
 public:
  explicit CurlFetcher(const FetchPolicy& policy) : policy_(policy) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
  }

  Result<Fetched> Fetch(const FetchRequest& request) override {
    double wait = policy_.first_wait;
    for (int attempt = 1;; ++attempt) {
      bool again = false;
      auto fetched = Once(request, again);
      if (fetched || !again || attempt >= policy_.attempts) return fetched;
      std::this_thread::sleep_for(std::chrono::duration<double>(wait));
      wait *= 2;
    }
  }

 private:
  Result<Fetched> Once(const FetchRequest& request, bool& again) const {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(),
                                                                   curl_easy_cleanup);
    if (!curl) return InternalError("libcurl cannot start");
    Answer answer;
    answer.largest = policy_.largest;
    Headers headers;
    if (!request.etag.empty() && IsPlain(request.etag))
      headers.Add("If-None-Match: " + request.etag);
    if (!request.last_modified.empty() && IsPlain(request.last_modified))
      headers.Add("If-Modified-Since: " + request.last_modified);
    SetUp(curl.get(), request, headers, answer);
    const CURLcode code = curl_easy_perform(curl.get());
    if (answer.too_large) {
      return BadInput("the answer is longer than " + std::to_string(policy_.largest) + " bytes",
                      request.url);
    }
    if (code != CURLE_OK) {
      again = code != CURLE_UNSUPPORTED_PROTOCOL && code != CURLE_URL_MALFORMAT &&
              code != CURLE_PEER_FAILED_VERIFICATION && code != CURLE_TOO_MANY_REDIRECTS;
      return BadInput(std::string(curl_easy_strerror(code)) +
                          "; see whether the address is reached from here, then try again",
                      request.url);
    }
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    return Judge(request, status, std::move(answer), again);
  }

  void SetUp(CURL* curl, const FetchRequest& request, const Headers& headers,
             Answer& answer) const {
    curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.list);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "tidewaiter");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 5L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, policy_.connect_seconds);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1024L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, policy_.stalled_seconds);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, OnBody);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, OnHeader);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer);
  }

  static Result<Fetched> Judge(const FetchRequest& request, long status, Answer answer,
                               bool& again) {
    Fetched fetched;
    fetched.etag = std::move(answer.etag);
    fetched.last_modified = std::move(answer.last_modified);
    const time_t seconds = curl_getdate(fetched.last_modified.c_str(), nullptr);
    if (seconds >= 0) fetched.modified = Date{static_cast<int32_t>(seconds / 86400)};
    if (status == 304 && !(request.etag.empty() && request.last_modified.empty())) {
      fetched.unchanged = true;
      return fetched;
    }
    if (status != 200) {
      again = status == 429 || status >= 500;
      return BadInput("the server answers " + std::to_string(status) +
                          "; try again later, or give another address with --url",
                      request.url);
    }
    fetched.bytes = std::move(answer.bytes);
    return fetched;
  }

  FetchPolicy policy_;
};

}  // namespace

std::unique_ptr<Fetcher> MakeFetcher(const FetchPolicy& policy) {
  return std::make_unique<CurlFetcher>(policy);
}

}  // namespace tidewaiter::watchlist
