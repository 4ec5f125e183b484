#include "match/match.h"

#include <gtest/gtest.h>

#include <random>

#include "base/file.h"
#include "match/memory_watchlist.h"
#include "match/score.h"
#include "match/segments.h"

namespace tidewaiter::match {
namespace {

// Invented parties.
std::vector<watchlist::Record> Parties() {
  return {Party("1", PartyKind::kPerson, {"ALVAREZ QUILL, Mira", "Мира Альварес Квилл"}),
          Party("2", PartyKind::kPerson,
                {"AL-ZORBANI, Abd al-Karim Hamud", "عبد الكريم حمود الزورباني"}),
          Party("3", PartyKind::kOrganization, {"ZORBAN AEROTECH LLC", "ООО Зорбан Аэротех"}),
          Party("4", PartyKind::kOrganization, {"Kestrelgas Transport Ufa"}),
          Party("5", PartyKind::kOrganization, {"Kestrelgas Transport Volgograd"}),
          Party("6", PartyKind::kVessel, {"BRIGHT HERON 6"}),
          Party("7", PartyKind::kPerson, {"王小鹭", "WANG, Xiaolu"}),
          Party("8", PartyKind::kPerson, {"QUENBY, J. Tolliver"}),
          Party("9", PartyKind::kOrganization, {"Good Will Zenzor Company"}),
          Party("10", PartyKind::kPerson, {"DELL'AQUILA, Quorban"}),
          Party("11", PartyKind::kOrganization, {"Van der Zilt Corporation"})};
}

std::string First(const Matcher& matcher, std::string name) {
  const std::vector<Hit> hits = Find(matcher, std::move(name));
  return hits.empty() ? "" : hits[0].id;
}

TEST(Search, FindsSpellingsScriptsAndForms) {
  const auto matcher = MakeMatcher(Parties());
  EXPECT_EQ(First(*matcher, "mira alvares quill"), "1");
  EXPECT_EQ(First(*matcher, "Мира Альварес Квил"), "1");
  EXPECT_EQ(First(*matcher, "abdulkarim hamood zorbani"), "2");
  EXPECT_EQ(First(*matcher, "عبدالكريم حمود الزورباني"), "2");
  EXPECT_EQ(First(*matcher, "Zorban Aerotech GmbH"), "3");
  EXPECT_EQ(First(*matcher, "Xiaolu Wang"), "7");
  EXPECT_EQ(First(*matcher, "Goodwill Zenzor"), "9");
  EXPECT_EQ(First(*matcher, "quorban dele akvila"), "10");
  EXPECT_EQ(First(*matcher, "Vanderzilt Corp"), "11");
}

TEST(Search, ParticlesOfAnUnknownPartyMayBeNamesOfAPerson) {
  const auto matcher = MakeMatcher({Party("1", PartyKind::kPerson, {"QUIM, In Zol"})});
  Query query;
  query.names = {"Quim In Zol"};
  const auto unknown = matcher->Search(query, {});
  query.kind = PartyKind::kPerson;
  const auto person = matcher->Search(query, {});
  ASSERT_TRUE(unknown && person && unknown->size() == 1 && person->size() == 1);
  EXPECT_EQ(unknown->at(0).score, person->at(0).score);
}

TEST(Search, AnotherOrderOfAPersonsWordsSpeaksAgainstItTheFamilyNameFirstDoesNot) {
  const auto matcher =
      MakeMatcher({Party("1", PartyKind::kPerson, {"QUILLARD, Mira Tolva"}),
                   Party("2", PartyKind::kOrganization, {"Zorban Kestrel Aerotech LLC"})});
  Options all;
  all.threshold = 0;
  const auto hit = [&](const std::string& name) { return Find(*matcher, name, all).at(0); };
  const auto says = [](const Hit& one) {
    return std::ranges::count(one.why, "against it: the words stand in another order");
  };
  EXPECT_EQ(hit("Quillard Mira Tolva").score, hit("Mira Tolva Quillard").score);
  EXPECT_LT(hit("Tolva Mira Quillard").score, hit("Mira Tolva Quillard").score);
  EXPECT_EQ(says(hit("Quillard Mira Tolva")), 0);
  EXPECT_EQ(says(hit("Tolva Mira Quillard")), 1);
  EXPECT_EQ(says(hit("Kestrel Zorban Aerotech")), 0);
}

TEST(Search, KeepsContradictionsApart) {
  const auto matcher = MakeMatcher(Parties());
  Options all;
  all.threshold = 0;
  const auto score = [&](const std::string& name, const std::string& id) {
    for (const Hit& hit : Find(*matcher, name, all)) {
      if (hit.id == id) return hit.score;
    }
    return 0.0;
  };
  EXPECT_GT(score("Kestrelgas Transport Ufa", "4"), matcher->default_threshold());
  EXPECT_LT(score("Kestrelgas Transport Ufa", "5"), matcher->default_threshold());
  EXPECT_LT(score("Bright Heron 7", "6"), matcher->default_threshold());
  // An omission costs less than a contradiction.
  EXPECT_GT(score("Mira Quill", "1"), score("Mira Quill Tarrasch", "1"));
}

TEST(Search, OneIsForIdentifiersThatAgree) {
  auto parties = Parties();
  parties[5].party.identifiers.push_back({"imo", "9074729", "", ""});
  const auto matcher = MakeMatcher(std::move(parties));
  EXPECT_LT(Find(*matcher, "BRIGHT HERON 6").at(0).score, 1);
  Query query;
  query.names = {"Another Name Altogether"};
  query.identifiers.push_back({"imo", "IMO 9074729", "", ""});
  const auto hits = matcher->Search(query, {});
  ASSERT_TRUE(hits);
  ASSERT_EQ(hits->size(), 1U);
  EXPECT_EQ(hits->at(0).score, 1);
  EXPECT_TRUE(hits->at(0).identifier_agrees);
  query.identifiers[0].value = "9074728";  // a wrong check digit identifies nobody
  EXPECT_TRUE(matcher->Search(query, {})->empty());
}

TEST(Search, KnowsDays) {
  auto parties = Parties();
  parties[0].on_list = {*ParseIsoDate("2022-01-01"), *ParseIsoDate("2022-12-31")};
  const auto matcher = MakeMatcher(std::move(parties));
  Options options;
  EXPECT_TRUE(Find(*matcher, "Mira Alvarez Quill", options).empty());
  options.as_of = ParseIsoDate("2022-06-01");
  EXPECT_EQ(Find(*matcher, "Mira Alvarez Quill", options).size(), 1U);
  options.lists = {"un_sc"};
  EXPECT_TRUE(Find(*matcher, "Mira Alvarez Quill", options).empty());
}

TEST(Search, FindsAListingWhoseEndIsKnown) {
  auto parties = Parties();
  parties[0].on_list = {*ParseIsoDate("2022-01-01"), *ParseIsoDate("2056-06-29")};
  EXPECT_EQ(Find(*MakeMatcher(std::move(parties)), "Mira Alvarez Quill", {}).size(), 1U);
}

TEST(Search, IsBoundedOnBadInput) {
  const auto matcher = MakeMatcher(Parties());
  Options all;
  all.threshold = 0;
  for (const std::string& name :
       {std::string(), std::string("   "), std::string(".,;!"), std::string("LLC"),
        std::string("\xED\xA0\x80"), std::string(8192, 'a'), std::string(1 << 20, 'b'),
        std::string(20, '\0')}) {
    EXPECT_TRUE(Find(*matcher, name, all).empty()) << name.substr(0, 20);
  }
}

TEST(Search, IsBoundedOnNamesThatAreAllTheSame) {
#ifdef __SANITIZE_ADDRESS__
  constexpr size_t kMany = 50000;
#else
  constexpr size_t kMany = 1000000;
#endif
  std::vector<watchlist::Record> parties;
  for (size_t i = 0; i < kMany; ++i)
    parties.push_back(Party(std::to_string(i), PartyKind::kPerson, {"ZORBAN, Mira"}));
  const auto matcher = MakeMatcher(std::move(parties));
  const std::vector<Hit> hits = Find(*matcher, "Mira Zorban");
  ASSERT_EQ(hits.size(), 10U);
  EXPECT_EQ(hits[0].id, "0");
  EXPECT_EQ(hits[0].score, hits[9].score);
}

TEST(Search, AnswersTheSameQueryTheSameWayManyTimes) {
  const auto matcher = MakeMatcher(Parties());
  const auto first = Find(*matcher, "mira alvares quill");
  for (int i = 0; i < 20000; ++i) {
    const auto again = Find(*matcher, "mira alvares quill");
    ASSERT_EQ(again.size(), first.size());
    ASSERT_EQ(again[0].score, first[0].score);
  }
}

TEST(Search, ReadsMixedScriptsAndBrokenTextAsWellAsItCan) {
  const auto matcher = MakeMatcher(Parties());
  // Cyrillic а and е among Latin letters; a lone surrogate; a zero-width joiner.
  EXPECT_EQ(First(*matcher, "Mir\u0430 Alvar\u0435z Quill"), "1");
  EXPECT_EQ(First(*matcher, "Mira Alvarez \xED\xA0\x80 Quill"), "1");
  EXPECT_EQ(First(*matcher, "Mira Alva\u200Drez Quill"), "1");
}

TEST(Search, ReadsWordsWrittenApartAndTogether) {
  const auto matcher = MakeMatcher({Party("1", PartyKind::kPerson, {"AL-ZORBANI, Sa'id"}),
                                    Party("2", PartyKind::kPerson, {"QUENBY, Abdul Saifullah"}),
                                    Party("3", PartyKind::kPerson, {"TARRASCH, Mali"})});
  Options all;
  all.threshold = 0.3;
  const auto first = [&](const std::string& name) {
    const std::vector<Hit> hits = Find(*matcher, name, all);
    return hits.empty() ? "" : hits[0].id;
  };
  EXPECT_EQ(first("sa it al zorbani"), "1");
  EXPECT_EQ(first("Saifullah Quenby"), "2");
  EXPECT_EQ(first("SaidZorbani"), "1");
  // A word of company names may be a person's.
  EXPECT_EQ(first("مالي tarrasch"), "3");
}

std::string Misspelt(std::string text, std::mt19937& random) {
  const size_t edits = random() % 4;
  for (size_t i = 0; i < edits && !text.empty(); ++i) {
    const size_t at = random() % text.size();
    switch (random() % 4) {
      case 0:
        text.erase(at, 1);
        break;
      case 1:
        text.insert(at, 1, static_cast<char>('a' + random() % 26));
        break;
      case 2:
        text[at] = static_cast<char>('a' + random() % 26);
        break;
      default:
        if (at + 1 < text.size()) std::swap(text[at], text[at + 1]);
    }
  }
  return text;
}

std::string Shown(const std::vector<Hit>& hits) {
  std::string out;
  for (const Hit& hit : hits) out += JsonOf(hit) + "\n";
  return out;
}

// Parties of random words, so that names share words, sounds and beginnings.
std::vector<watchlist::Record> RandomParties(std::mt19937& random, size_t count) {
  const std::vector<std::string> words = {
      "mikhail",  "mihail",   "muhammad",  "mohamed", "ali",
      "al",       "petrov",   "petrova",   "trading", "company",
      "llc",      "zorban",   "zorbanov",  "j",       "bin",
      "2",        "iii",      "abd",       "rahman",  "محمد",
      "حسين",     "Иван",     "王伟",      "star",    "starr",
      "good",     "will",     "goodwill",  "mta",     "gwc",
      "山田太郎", "ma'zin",   "zorbanova", "van der", "o",
      "u",        "oh",       "in",        "pao",     "joint stock compan",
      "hiu-ming", "xiaoming", "i ban",     "ivan"};
  std::vector<watchlist::Record> out;
  for (size_t i = 0; i < count; ++i) {
    std::vector<std::string> names(1 + random() % 2);
    for (std::string& name : names) {
      const bool is_long = random() % 12 == 0;
      for (size_t k = is_long ? 8 + random() % 6 : 1 + random() % 4; k > 0; --k)
        name += Misspelt(words[random() % words.size()], random) + " ";
    }
    out.push_back(Party(std::to_string(i), static_cast<PartyKind>(random() % 4), names));
    ListedParty& party = out.back().party;
    if (random() % 3 == 0) party.names.back().strength = NameStrength::kWeak;
    if (random() % 4 == 0) party.nationalities = {"RU"};
    if (random() % 4 == 0) party.addresses.push_back({"12 Zorban Street, Quarten", {}, {}, {}, {}});
    if (random() % 4 == 0) party.identifiers.push_back({"serial_number", "23456", {}, {}});
  }
  return out;
}

TEST(Search, ReturnsExactlyWhatTheExhaustiveReferenceReturns) {
  std::mt19937 random(11);
  const auto parties = RandomParties(random, 400);
  const auto matcher = MakeMatcher(parties);
  int strangers = 0;
  for (int round = 0; round < 400; ++round) {
    const auto& party = parties[random() % parties.size()].party;
    Query query;
    query.names = {Misspelt(party.names[0].text, random)};
    if (random() % 4 == 0) query.names.push_back(parties[random() % 400].party.names[0].text);
    query.kind = static_cast<PartyKind>(random() % 4);
    if (random() % 5 == 0) query.countries = {"RU"};
    if (random() % 5 == 0) query.addresses = {"Zorban Str 12, Quarten"};
    if (random() % 5 == 0)
      query.identifiers.push_back({random() % 2 == 0 ? "serial_number" : "email", "23456", {}, {}});
    Options options;
    options.threshold =
        std::vector<double>{0, 0.0001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1}[random() % 10];
    options.top = random() % 2 == 0 ? 0 : 5;
    options.name_groups = random() % 4 != 0;
    options.weak_aliases = static_cast<WeakAliases>(random() % 4);
    const auto fast = matcher->Search(query, options);
    options.exhaustive = true;
    const auto slow = matcher->Search(query, options);
    ASSERT_TRUE(fast && slow);
    ASSERT_EQ(Shown(*fast), Shown(*slow)) << query.names[0] << " at " << *options.threshold;
    // Whoever is found somewhere is found anywhere.
    query.any_place = true;
    const auto anywhere_slow = matcher->Search(query, options);
    options.exhaustive = false;
    const auto anywhere = matcher->Search(query, options);
    ASSERT_TRUE(anywhere && anywhere_slow);
    ASSERT_EQ(Shown(*anywhere), Shown(*anywhere_slow)) << query.names[0];
    ASSERT_GE(anywhere->size(), fast->size()) << query.names[0] << " at " << *options.threshold;
    // Nor is anybody found with more of what nobody is like.
    bool strange = !matcher->MayShareIdentifier(query.identifiers);
    for (const std::string& name : query.names) {
      Query bare;
      bare.names = {name};
      bare.kind = query.kind;
      bare.any_place = true;
      const auto like = matcher->Search(bare, options);
      strange = strange && like && like->empty();
    }
    strangers += strange;
    ASSERT_TRUE(!strange || fast->empty()) << query.names[0] << " at " << *options.threshold;
  }
  EXPECT_GT(strangers, 20);
}

TEST(KeyOfName, NamesOfOneKeyFindTheSame) {
  std::mt19937 random(7);
  const auto matcher = MakeMatcher(RandomParties(random, 200));
  Options all;
  all.threshold = 0;
  const auto key = [](const std::string& name) {
    return KeyOfName(name, PartyKind::kUnknown, true);
  };
  for (const auto& [a, b] :
       {std::pair{"\"ZORBAN\" TRADING-COMPANY", "zorban  trading company"},
        std::pair{"ООО «Зорбан Стар»", "ООО ЗОРБАН-СТАР"}, std::pair{"Иван Петров", "IVAN PETROV"},
        std::pair{"Hiu-Ming Petrov", "hiu ming petrov"}}) {
    EXPECT_EQ(key(a), key(b)) << a;
    const auto of_a = Find(*matcher, a, all), of_b = Find(*matcher, b, all);
    ASSERT_EQ(of_a.size(), of_b.size());
    for (size_t i = 0; i < of_a.size(); ++i) {
      EXPECT_EQ(of_a[i].id, of_b[i].id) << a;
      EXPECT_EQ(of_a[i].score, of_b[i].score) << a;
    }
  }
  // An acronym, a number, an order, and a legal form that may be a person's word tell apart.
  for (const auto& [a, b] :
       {std::pair{"Zorban Star 2", "Zorban Star 3"}, std::pair{"Ali Petrov", "Petrov Ali"},
        std::pair{"LLC Zorban", "OOO Zorban"}, std::pair{"Good Will Star", "Goodwill Star"}})
    EXPECT_NE(key(a), key(b)) << a;
}

// A watchlist of which some records came after its index was made.
class GrownWatchlist final : public watchlist::Watchlist {
 public:
  GrownWatchlist(std::vector<watchlist::Record> base, std::vector<watchlist::Record> more)
      : base_(base), all_(Together(std::move(base), more)) {
    auto changes = BuildChangesIndex(base_, more, MemoryWatchlist::Resources());
    EXPECT_TRUE(changes && *changes);
    changes_ = (*changes)->bytes;
  }
  const std::string& hash() const override { return all_.hash(); }
  const std::vector<watchlist::ListInfo>& lists() const override { return all_.lists(); }
  uint32_t record_count() const override { return all_.record_count(); }
  watchlist::Record record(uint32_t i) const override { return all_.record(i); }
  Interval on_list(uint32_t i) const override { return all_.on_list(i); }
  uint8_t list_index(uint32_t i) const override { return all_.list_index(i); }
  PartyKind kind(uint32_t i) const override { return all_.kind(i); }
  std::string_view section(std::string_view name) const override {
    return name == kChangesIndexSection ? std::string_view(changes_) : base_.section(name);
  }

 private:
  static std::vector<watchlist::Record> Together(std::vector<watchlist::Record> base,
                                                 const std::vector<watchlist::Record>& more) {
    base.insert(base.end(), more.begin(), more.end());
    return base;
  }

  MemoryWatchlist base_, all_;
  std::string changes_;
};

// Words that become less rare claim less: forms that hold them then claim less than their class.
TEST(Search, AgreesWithTheReferenceWhereWordsBecameCommoner) {
  std::mt19937 random(5);
  const auto word = [&](size_t number) {
    std::string out = "q";
    for (; number > 0; number /= 20)
      out += "bcdfghjklmnprstvwxyz"[number % 20], out += "aeiou"[number % 5];
    return out;
  };
  constexpr size_t kBase = 514, kMore = 12, kWords = 600, kCommoner = 4;
  std::vector<watchlist::Record> base, more;
  for (size_t i = 0; i < kBase; ++i) {
    std::string name = i % 8 == 0 ? word(1 + random() % kCommoner) : word(1 + random() % kWords);
    for (size_t k = random() % 3; k > 0; --k) name += " " + word(1 + random() % kWords);
    base.push_back(Party("b" + std::to_string(i), PartyKind::kPerson, {name}));
  }
  for (size_t i = 0; i < kMore; ++i) {
    std::string name;
    for (size_t k = 1; k <= kCommoner; ++k) name += word(k) + " ";
    more.push_back(Party("m" + std::to_string(i), PartyKind::kPerson, {name}));
  }
  auto made = Matcher::Create(std::make_shared<GrownWatchlist>(base, more), ".");
  ASSERT_TRUE(made) << made.error().ToString();
  size_t found = 0;
  for (size_t i = 0; i < base.size(); i += 8) {
    for (const double threshold : {0.1, 0.3, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8}) {
      const std::string name = base[i].party.names[0].text + " " + word(1 + random() % kWords);
      Options options;
      options.threshold = threshold;
      const auto fast = Find(**made, name, options);
      options.exhaustive = true;
      EXPECT_EQ(Shown(fast), Shown(Find(**made, name, options))) << name << " at " << threshold;
      found += fast.size();
    }
  }
  EXPECT_GT(found, 0U);
}

TEST(Search, AgreesWithTheReferenceOnLegalFormsBesideInitials) {
  const auto matcher =
      MakeMatcher({Party("1", PartyKind::kOrganization, {"L&M Zenzor Corporation"})});
  Options options;
  options.threshold = 0;
  const auto fast = Find(*matcher, "JSC Lorum Quarten", options);
  options.exhaustive = true;
  EXPECT_EQ(Shown(fast), Shown(Find(*matcher, "JSC Lorum Quarten", options)));
  EXPECT_TRUE(fast.empty());
}

// A name found by two words written as one, whose initial stands for the rest.
TEST(Search, AgreesWithTheReferenceOnJoinedWordsBesideInitials) {
  auto parties = Parties();
  for (const char* name : {"Mira Alvarez Q.", "Q. Mira Alvarez", "Miraalvarez Q. Zorban"})
    parties.push_back(Party(name, PartyKind::kPerson, {name}));
  const auto matcher = MakeMatcher(std::move(parties));
  size_t found = 0;
  for (const char* name : {"Miraalvarez Quorbel", "Quorbel Miraalvarez", "Mira Alvarez Quorbel"}) {
    for (const double threshold : {0.0, 0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9}) {
      Options options;
      options.threshold = threshold;
      const auto fast = Find(*matcher, name, options);
      options.exhaustive = true;
      EXPECT_EQ(Shown(fast), Shown(Find(*matcher, name, options))) << name << " at " << threshold;
      found += fast.size();
    }
  }
  EXPECT_GT(found, 0U);
}

TEST(Search, DoesNotDependOnWhatWasAskedBefore) {
  // One reading in two scripts: "영" is read "yeong", and only as Korean is it no form of "young".
  const std::vector<std::string> names = {"영", "yeong", "수", "su", "일", "il", "成", "cheng"};
  const auto parties = {Party("1", PartyKind::kPerson, {"Kim, Yeong Su"}),
                        Party("2", PartyKind::kPerson, {"김영수"}),
                        Party("3", PartyKind::kPerson, {"Zheng, Cheng Sue"}),
                        Party("4", PartyKind::kPerson, {"Iel, Young Suh"})};
  Options all;
  all.threshold = 0;
  const auto often = MakeMatcher(parties);
  for (int round = 0; round < 2; ++round) {
    for (const std::string& name : names) {
      const std::string query = name + " kim su";
      EXPECT_EQ(Shown(Find(*often, query, all)), Shown(Find(*MakeMatcher(parties), query, all)))
          << query;
    }
  }
}

TEST(BuildIndex, IsDeterministic) {
  std::mt19937 random(3);
  const auto parties = RandomParties(random, 50);
  EXPECT_EQ(BuildIndex(parties, ".")->bytes, BuildIndex(parties, ".")->bytes);
}

TEST(PairScorer, IsSymmetricAndNeverCertainByNameAlone) {
  auto scorer = PairScorer::Create(".", true);
  ASSERT_TRUE(scorer);
  std::mt19937 random(5);
  const auto parties = RandomParties(random, 60);
  for (size_t i = 0; i + 1 < parties.size(); ++i) {
    Query a, b;
    a.names = {parties[i].party.names[0].text};
    b.names = {parties[i + 1].party.names[0].text};
    EXPECT_NEAR((*scorer)->Score(a, b), (*scorer)->Score(b, a), 1e-9);
    EXPECT_LT((*scorer)->Score(a, a), 1);
  }
}

TEST(LogOdds, RisesWithEvidenceAndFallsWithWhatIsLeft) {
  Profile profile;
  for (double e = 0.5; e < 20; e += 0.7) {
    for (double l = 0; l < 20; l += 1.3) {
      for (double r = 0; r < 20; r += 1.7) {
        const double value = LogOdds(e, l, r, false, profile);
        EXPECT_GE(LogOdds(e + 0.1, l, r, false, profile), value);
        EXPECT_LE(LogOdds(e, l + 0.1, r, false, profile), value);
        EXPECT_LE(LogOdds(e, l, r + 0.1, false, profile), value);
      }
    }
  }
}

}  // namespace
}  // namespace tidewaiter::match
