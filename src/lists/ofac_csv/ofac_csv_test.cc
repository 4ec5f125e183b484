#include <algorithm>
#include <map>
#include <set>

#include "lists/delimited.h"
#include "lists/ofac_csv/mapper.h"
#include "lists/ofac_csv/remarks.h"
#include "lists/test_files.h"

namespace tidewaiter::lists {
namespace {

std::string Show(const ListedParty& party) {
  std::string out;
  for (const auto& id : party.identifiers)
    out += id.kind + "=" + id.value + "(" + id.country + ") ";
  return out;
}

ListedParty FromRemarks(const std::string& remarks) {
  ListedParty party;
  ofac_csv::AddRemarks(remarks, party);
  return party;
}

TEST(OfacCsv, ThreeFilesBecomeOneList) {
  const auto list = ParseFiles(OfacTestFiles());
  ASSERT_TRUE(list) << list.error().ToString();
  EXPECT_EQ(list->list, "ofac_sdn");
  EXPECT_EQ(list->counts.entries, 4U);
  EXPECT_EQ(list->counts.aliases, 3U);
  EXPECT_EQ(list->counts.addresses, 2U);
  EXPECT_EQ(list->counts.empty_addresses, 1U);

  const ListedParty& person = list->parties[0];
  EXPECT_EQ(person.id, "10000001");
  EXPECT_EQ(person.kind, PartyKind::kPerson);
  ASSERT_EQ(person.names.size(), 4U);
  EXPECT_EQ(person.names[0],
            (Name{"ALVAREZ QUILL, Mira", NameStrength::kPrimary, "", "ALVAREZ QUILL", "Mira"}));
  EXPECT_EQ(person.names[1],
            (Name{"ALVARES, Mira", NameStrength::kStrong, "aka", "ALVARES", "Mira"}));
  EXPECT_EQ(person.names[3], (Name{"LA ABUELA", NameStrength::kWeak, "aka", "", ""}));
  EXPECT_EQ(person.programs, (std::vector<std::string>{"TESTLAND", "TEST-EO1"}));
  EXPECT_EQ(person.title, "Chair, Synthetic Bank");
  ASSERT_EQ(person.birth_dates.size(), 2U);
  EXPECT_EQ(ToString(person.birth_dates[0].days.from), "1959-09-24");
  EXPECT_TRUE(person.birth_dates[1].circa);
  EXPECT_EQ(person.birth_places, (std::vector<std::string>{"Quillport, Testland"}));
  EXPECT_EQ(person.nationalities, (std::vector<std::string>{"CU", "IR"}));
  EXPECT_EQ(person.gender, "female");
  EXPECT_EQ(Show(person), "passport=A0181988(IR) national_id=216040(YE) ");
  EXPECT_TRUE(person.addresses.empty());

  const ListedParty& bank = list->parties[1];
  EXPECT_EQ(bank.kind, PartyKind::kOrganization);
  EXPECT_EQ(bank.names[1].text, "BANK \"Q\"");
  EXPECT_EQ(
      Show(bank),
      "bic=SYNTZZ2L() inn=7700000016(RU) ogrn=1027700000011(RU) website=www.synthetic.example() "
      "email=info@synthetic.example() crypto_address=1SyntheticAddress() ");
  EXPECT_EQ(bank.addresses[0].text, "1 Synthetic Square, Havana, Cuba");
  EXPECT_EQ(bank.addresses[0].country, "CU");
  EXPECT_EQ(bank.addresses[1].country, "KP");

  const ListedParty& ship = list->parties[2];
  EXPECT_EQ(ship.kind, PartyKind::kVessel);
  EXPECT_EQ(Show(ship), "call_sign=T2EU4() imo=9999993() mmsi=572000000() ");
  EXPECT_EQ(ship.nationalities, (std::vector<std::string>{"PA"}));
  EXPECT_EQ(ship.owners, (std::vector<std::string>{"Synthetic Shipping S.A."}));
  EXPECT_EQ(ship.names[1], (Name{"OLD STAR", NameStrength::kWeak, "fka", "", ""}));
  EXPECT_EQ(Show(list->parties[3]), "tail_number=XX-SYN() serial_number=1023() ");
}

TEST(OfacCsv, RemarksAreReadPartByPart) {
  EXPECT_EQ(Show(FromRemarks("Identification Number AO 2879097 (Italy) expires 30 Oct 2012.")),
            "national_id=AO 2879097(IT) ");
  EXPECT_EQ(Show(FromRemarks("Tax ID No. AABA 670850 Y.")), "tax_id=AABA 670850 Y() ");
  EXPECT_EQ(Show(FromRemarks("Identification Number IMO 6188586")), "imo=6188586() ");
  EXPECT_EQ(Show(FromRemarks("Unified Social Credit Code (USCC) 9113100033607322XK (China)")),
            "uscc=9113100033607322XK(CN) ");
  EXPECT_EQ(Show(FromRemarks("Email:x@synthetic.example.")), "email=x@synthetic.example() ");
  EXPECT_EQ(Show(FromRemarks("NIT # 800018928-0 (Colombia)")), "tax_id=800018928-0(CO) ");
  EXPECT_EQ(Show(FromRemarks("alt. SWIFT/BIC ABCDEFGH")), "bic=ABCDEFGH() ");
}

TEST(OfacCsv, StatementsAreNoIdentifiers) {
  for (const char* text :
       {"Linked To: NUMBER 9 COMPANY.",
        "Additional Sanctions Information - Subject to Secondary Sanctions",
        "Organization Established Date 1969", "Member of the Upper House of Parliament",
        "all offices worldwide.", "Listing Date (EO 14024 Directive 2): 24 Feb 2022", ";;;", "",
        "a.k.a.", "a.k.a. 'x", "DOB", "(())"}) {
    EXPECT_EQ(Show(FromRemarks(text)), "") << text;
  }
}

std::string Bytes(const std::string& file) {
  return *ReadFile(TestData("ofac_csv/testdata/" + file));
}

TEST(OfacCsv, ACutFileIsRefusedWithItsLine) {
  const std::string whole = Bytes("sdn.csv");
  size_t refused = 0;
  for (size_t size = 1; size + 3 < whole.size();
       ++size) {  // without its closing line end and Ctrl-Z it is still whole
    const auto list = ParseText(whole.substr(0, size));
    const bool at_record_end = whole[size - 1] == '\n';
    EXPECT_EQ(list.has_value(), at_record_end) << size;
    if (list) continue;
    ++refused;
    // Cut within its first line it may look like another of OFAC's files; then the main file is
    // missing.
    if (list.error().code == ErrorCode::kBadInput) {
      EXPECT_GT(list.error().line, 0U) << list.error().ToString();
    }
  }
  EXPECT_GT(refused, 1000U);
}

TEST(OfacCsv, AliasesOfAnotherDayAreRefused) {
  auto files = ReadAll(OfacTestFiles());
  ASSERT_TRUE(files);
  (*files)[1].bytes += "77,9,\"aka\",\"STRANGER\",-0- \r\n";
  (*files)[1].bytes.erase((*files)[1].bytes.find('\x1a'), 1);
  const auto groups = Arrange(std::move(*files));
  ASSERT_TRUE(groups);
  const auto list = Parse((*groups)[0]);
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().line, 4U);
  EXPECT_NE(list.error().message.find("77"), std::string::npos);
}

TEST(OfacCsv, AliasFileAloneSaysWhatIsMissing) {
  std::vector<SourceFile> files;
  files.push_back({"alt.csv", Bytes("alt.csv"), {}});
  const auto groups = Arrange(std::move(files));
  ASSERT_FALSE(groups);
  EXPECT_EQ(groups.error().code, ErrorCode::kMissingData);
}

TEST(OfacCsv, TheSameEntryTwiceIsRefused) {
  std::string bytes = Bytes("sdn.csv");
  bytes.pop_back();
  const auto list = ParseText(bytes + bytes);
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().line, 5U);
}

// Counted against the publisher's files.
TEST(OfacCsvReal, AllOfJanuary2024) {
  const auto files = OfacFiles("ofac_2024-01");
  TW_SKIP_WITHOUT(files[0]);
  const auto list = ParseFiles(files);
  ASSERT_TRUE(list) << list.error().ToString();
  EXPECT_EQ(list->list, "ofac_sdn");
  EXPECT_EQ(list->parties.size(), 13821U);
  EXPECT_EQ(list->counts.entries, 13821U);
  EXPECT_EQ(list->counts.aliases, 17091U);
  EXPECT_EQ(list->counts.addresses + list->counts.empty_addresses, 18990U);
  EXPECT_EQ(list->counts.empty_addresses, 2652U);
  std::map<PartyKind, size_t> kinds;
  size_t strong = 0, addresses = 0;
  for (const auto& party : list->parties) {
    ++kinds[party.kind];
    addresses += party.addresses.size();
    strong += static_cast<size_t>(
        std::count_if(party.names.begin(), party.names.end(),
                      [](const Name& n) { return n.strength == NameStrength::kStrong; }));
  }
  EXPECT_EQ(strong, 17091U);
  EXPECT_EQ(addresses, 16338U);
  EXPECT_EQ(kinds[PartyKind::kPerson], 6646U);
  EXPECT_EQ(kinds[PartyKind::kVessel], 764U);
  EXPECT_EQ(kinds[PartyKind::kAircraft], 378U);
}

TEST(OfacCsvReal, AllOfJuly2021) {
  const auto files = OfacFiles("ofac_2021-07");
  TW_SKIP_WITHOUT(files[0]);
  const auto list = ParseFiles(files);
  ASSERT_TRUE(list) << list.error().ToString();
  EXPECT_EQ(list->parties.size(), 8976U);
}

TEST(OfacCsvReal, EveryBirthDateOfRemarksIsUnderstood) {
  const auto files = OfacFiles("ofac_2024-01");
  TW_SKIP_WITHOUT(files[0]);
  const auto list = ParseFiles(files);
  ASSERT_TRUE(list);
  size_t stated = 0, understood = 0;
  for (const auto& party : list->parties) {
    std::set<std::string> texts;
    for (size_t at = party.remarks.find("DOB "); at != std::string::npos;
         at = party.remarks.find("DOB ", at + 1)) {
      texts.insert(party.remarks.substr(at, party.remarks.find_first_of(";.", at) - at));
    }
    stated += texts.size();
    understood += party.birth_dates.size();
  }
  EXPECT_GT(stated, 7000U);
  EXPECT_GE(static_cast<double>(understood), 0.999 * static_cast<double>(stated));
}

TEST(OfacCsvReal, TheConsolidatedListIsToldFromTheSdnList) {
  const std::string folder = SharedData("lists/ofac_nonsdn_2025-12/");
  TW_SKIP_WITHOUT(folder + "cons_prim.csv");
  auto paths = OfacFiles("ofac_2024-01");
  for (const char* name : {"cons_alt.csv", "cons_add.csv", "cons_prim.csv"})
    paths.push_back(folder + name);
  auto files = ReadAll(paths);
  ASSERT_TRUE(files);
  const auto groups = Arrange(std::move(*files));
  ASSERT_TRUE(groups) << groups.error().ToString();
  ASSERT_EQ(groups->size(), 2U);
  const auto sdn = Parse((*groups)[0]), other = Parse((*groups)[1]);
  ASSERT_TRUE(sdn && other);
  EXPECT_EQ(sdn->list, "ofac_sdn");
  EXPECT_EQ(other->list, "ofac_nonsdn");
  EXPECT_EQ(other->parties.size(), 442U);
}

// The publisher's XML says of each alias whether it is strong or weak; the CSV shows it by quotes
// in the remarks.
TEST(OfacCsvReal, AliasStrengthAgreesWithTheXml) {
  const std::string table = SharedData("labelled/ofac_alias_strength.tsv");
  TW_SKIP_WITHOUT(table);
  const auto list = ParseFiles(OfacFiles("ofac_2021-07"));
  ASSERT_TRUE(list);
  std::map<std::string, const ListedParty*> by_id;
  for (const auto& party : list->parties) by_id[party.id] = &party;
  const auto rows = SplitRows(*ReadFile(table), '\t', table);
  ASSERT_TRUE(rows);
  size_t compared = 0, agree = 0;
  for (const auto& row : *rows) {
    const auto found = by_id.find(row.fields[0]);
    if (found == by_id.end() || row.fields.size() < 8) continue;
    const std::string& last = row.fields[4];
    const std::string name = row.fields[5].empty() ? last : last + ", " + row.fields[5];
    for (const auto& own : found->second->names) {
      if (own.text != name || own.strength == NameStrength::kPrimary) continue;
      ++compared;
      agree += (own.strength == NameStrength::kWeak) == (row.fields[7] == "weak");
      break;
    }
  }
  EXPECT_GT(compared, 2000U);
  EXPECT_GE(static_cast<double>(agree), 0.995 * static_cast<double>(compared))
      << agree << " of " << compared;
}

}  // namespace
}  // namespace tidewaiter::lists
