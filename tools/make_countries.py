#!/usr/bin/env python3
"""Makes reference/countries.tsv: ISO 3166 codes with the names that files use for them.

    tools/make_countries.py COUNTRY_CODES_CSV > reference/countries.tsv

COUNTRY_CODES_CSV is the "country-codes" table of the Datasets project (PDDL): names of the UN in six
languages, of ISO 4217 and of CLDR. Spellings of sanctions lists and customs files are in EXTRA below.
Columns: alpha-2, alpha-3, short English name, further names joined by "|". A name that would mean two
countries is an error here, so that it can never be a surprise later.
"""
import csv
import re
import sys
import unicodedata

LANGUAGE_COLUMNS = [
    "official_name_en", "UNTERM English Short", "UNTERM English Formal", "ISO4217-currency_country_name",
    "official_name_fr", "UNTERM French Short", "UNTERM French Formal",
    "official_name_es", "UNTERM Spanish Short", "UNTERM Spanish Formal",
    "official_name_ru", "UNTERM Russian Short", "UNTERM Russian Formal",
    "official_name_cn", "UNTERM Chinese Short", "UNTERM Chinese Formal",
    "official_name_ar", "UNTERM Arabic Short", "UNTERM Arabic Formal",
]

# Codes beside ISO 3166-1: occupied regions that sanctions name apart, Kosovo, and withdrawn codes that
# old list entries still carry.
BESIDE = [
    ("UA-43", "", "Crimea", "Region: Crimea|Autonomous Republic of Crimea|Republic of Crimea|Крым|Республика Крым|"
     "АР Крим|Крим|Автономна Республіка Крим|克里米亚|Kırım|Crimée"),
    ("UA-14", "", "Donetsk region", "Donetsk|Donetsk Oblast|Donetska oblast|Region: Donetsk|DNR|"
     "So-called Donetsk People's Republic|Donetsk People's Republic|ДНР|Донецкая Народная Республика|"
     "Донецкая область|Донецька область|顿涅茨克"),
    ("UA-09", "", "Luhansk region", "Luhansk|Lugansk|Luhansk Oblast|Luhanska oblast|Region: Luhansk|LNR|"
     "So-called Luhansk People's Republic|Luhansk People's Republic|Lugansk People's Republic|ЛНР|"
     "Луганская Народная Республика|Луганская область|Луганська область|卢甘斯克"),
    ("XK", "XKX", "Kosovo", "Republic of Kosovo|Косово|Kosova|科索沃|كوسوفو"),
    ("AN", "ANT", "Netherlands Antilles", "Антильские острова, Нидерландские"),
]

EXTRA = {
    "AE": "UAE|U.A.E.|Emirates|ОАЭ|Эмираты|Объединенные Арабские Эмираты|阿联酋|Birleşik Arap Emirlikleri|BAE|Dubai|Дубай",
    "AF": "Afganistan", "AL": "Arnavutluk", "AM": "Армения|Ermenistan|Республика Армения",
    "AT": "Avusturya|Австрия", "AU": "Avustralya|Австралия",
    "AZ": "Azerbaycan|Азербайджан|Азербайджанская Республика", "BA": "Bosnia|Bosnia & Herzegovina|Bosna-Hersek",
    "BD": "Bangladeş", "BE": "Belçika|Бельгия",
    "BG": "Bulgaristan|Болгария", "BO": "Bolivia, Plurinational State of|Боливия", "BN": "Brunei",
    "BR": "Brezilya|Бразилия", "BS": "Bahamas, The|The Bahamas",
    "BY": "Belorussia|Byelorussia|Белоруссия|Беларусь|Республика Беларусь|Beyaz Rusya|白俄罗斯",
    "CA": "Kanada", "CD": "Congo, Democratic Republic of the|Congo, The Democratic Republic of the|DR Congo|DRC|"
    "Congo (Democratic Republic)|Congo-Kinshasa|Демократическая Республика Конго|Zaire|Конго, Демократическая Республика",
    "CF": "CAR", "CG": "Congo, Republic of the|Republic of the Congo|Congo-Brazzaville|Congo (Brazzaville)|Конго, Республика",
    "CH": "İsviçre|Швейцария", "CI": "Cote d Ivoire|Ivory Coast|Кот-д'Ивуар|Кот д'Ивуар",
    "CN": "PRC|P.R.C.|P.R. China|PR China|China, People's Republic of|Mainland China|China (Mainland)|КНР|Китай|"
    "Китайская Народная Республика|Китайская Нар. Респ.|Çin|Çin Halk Cumhuriyeti|中国|中國|中华人民共和国|Кітай|Қытай",
    "CV": "Cape Verde", "CY": "Kıbrıs|Кипр|Güney Kıbrıs",
    "CZ": "Czech Republic|Czechia|Çek Cumhuriyeti|Çekya|Чехия|Чешская Республика",
    "DE": "Almanya|Германия|ФРГ|Germany, Federal Republic of|Deutschland|德国", "DK": "Danimarka|Дания",
    "DO": "Dominican Rep.|Доминиканская Республика", "DZ": "Cezayir|Алжир", "EE": "Estonya|Эстония",
    "EG": "Mısır|Египет", "ES": "İspanya|Испания", "ET": "Etiyopya|Эфиопия", "FI": "Finlandiya|Финляндия",
    "FM": "Micronesia|Micronesia, Federated States of",
    "FR": "Fransa|Франция",
    "GB": "UK|U.K.|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|United Kingdom|Великобритания|"
    "Соединенное Королевство|Англия|İngiltere|Birleşik Krallık|英国|英國",
    "GE": "Gürcistan|Грузия|Republic of Georgia", "GM": "Gambia, The|The Gambia|Gambia", "GR": "Yunanistan|Греция",
    "HK": "Hong Kong SAR|Hong Kong, China|Hong Kong (China)|China, Hong Kong Special Administrative Region|"
    "Hong Kong S.A.R.|Hongkong|China (Hong Kong)|Гонконг|Гонконг (Китай)|中国香港|香港|Hong Kong SAR of China",
    "HR": "Hırvatistan|Хорватия", "HU": "Macaristan|Венгрия", "ID": "Endonezya|Индонезия", "IE": "İrlanda|Ирландия",
    "IL": "İsrail|Израиль", "IM": "Man, Isle of|Isle of Man", "IN": "Hindistan|Индия", "IQ": "Irak|Ирак",
    "IR": "Iran, Islamic Republic of|Islamic Republic of Iran|Iran|İran|Иран|Иран, Исламская Республика|伊朗",
    "IT": "İtalya|Италия", "JO": "Ürdün|Иордания", "JP": "Japonya|Япония|日本", "KE": "Kenya|Кения",
    "KG": "Kirghizia|Kirgizia|Kyrgyz Republic|Kırgızistan|Киргизия|Кыргызстан|Республика Кыргызстан|"
    "Киргизская Республика|Кыргызская Республика|吉尔吉斯斯坦",
    "KH": "Kamboçya|Камбоджа", "KN": "St. Kitts & Nevis|St. Kitts and Nevis|Saint Kitts and Nevis",
    "KP": "Korea, North|North Korea|DPRK|D.P.R.K.|Korea, Democratic People's Republic of|"
    "Democratic People's Republic of Korea|КНДР|Северная Корея|Корея Северная|Kuzey Kore|朝鲜|北韓|北朝鮮|"
    "Корея, Народно-Демократическая Республика",
    "KR": "Korea, South|South Korea|ROK|Korea, Republic of|Republic of Korea|Korea (South)|Южная Корея|Корея Южная|"
    "Корея, Республика|Республика Корея|Güney Kore|韩国|韓國|대한민국|한국|Kore Cumhuriyeti",
    "KW": "Kuveyt|Кувейт", "KY": "Caymans", "KZ": "Kazakstan|Kazakistan|Казахстан|Республика Казахстан|Қазақстан|"
    "Қазақстан Республикасы|哈萨克斯坦",
    "LA": "Laos|Laos People's Democratic Republic|Лаос", "LB": "Lübnan|Ливан", "LT": "Litvanya|Литва", "LU": "Lüksemburg",
    "LV": "Letonya|Латвия", "LY": "Libyan Arab Jamahiriya|Libya|Ливия",
    "MA": "Fas|Марокко", "MD": "Moldova|Moldova, Republic of|Молдавия|Молдова, Республика|Молдова", "ME": "Karadağ|Черногория",
    "MK": "North Macedonia, The Republic of|Macedonia|Macedonia, The Former Yugoslav Republic of|Македония|"
    "Северная Македония|Kuzey Makedonya|FYROM",
    "MM": "Burma|Birma|Бирма|Мьянма|Burma (Myanmar)|Myanmar (Burma)|缅甸", "MN": "Moğolistan|Монголия",
    "MO": "Macau|Macao|Macau SAR|China, Macao Special Administrative Region|Макао|中国澳门|澳门|澳門",
    "MX": "Meksika|Мексика", "MY": "Malezya|Малайзия", "NL": "Holland|The Netherlands|Hollanda|Нидерланды|Голландия|荷兰",
    "NO": "Norveç|Норвегия", "NZ": "Yeni Zelanda", "PH": "Filipinler|Филиппины", "PK": "Пакистан",
    "PL": "Polonya|Польша", "PT": "Portekiz|Португалия",
    "PS": "Palestinian|Palestine|Palestinian Territories|Palestinian Territory, Occupied|West Bank|Gaza|Region: Gaza|"
    "Region: West Bank|Gaza Strip|Occupied Palestinian Territory|Палестина|Filistin",
    "QA": "Katar|Катар", "RO": "Romanya|Румыния", "RS": "Sırbistan|Сербия",
    "RU": "Russia|RF|R.F.|Россия|РФ|Российская Федерация|Росія|Російська Федерація|Rusya|Rusya Federasyonu|俄罗斯|俄羅斯|俄国|"
    "Ресей|Расія|러시아|ロシア",
    "SA": "Suudi Arabistan|KSA|Саудовская Аравия", "SE": "İsveç|Швеция", "SG": "Singapur|Сингапур|新加坡",
    "SH": "St. Helena", "SI": "Slovenya|Словения", "SK": "Slovakya|Slovak Republic|Словакия|Словацкая Республика",
    "SS": "Южный Судан", "ST": "Sao Tome",
    "SY": "Syria|Suriye|Сирия|Сирийская Арабская Республика|叙利亚", "SZ": "Swaziland", "TD": "Tchad",
    "TH": "Tayland|Таиланд|泰国", "TJ": "Tadjikistan|Tacikistan|Таджикистан|Республика Таджикистан|Тоҷикистон",
    "TL": "East Timor", "TM": "Türkmenistan|Туркмения|Туркменистан",
    "TR": "Turkey|Turkiye|Türkiye Cumhuriyeti|Турция|Турецкая Республика|土耳其|Түркия",
    "TW": "Taiwan|Taiwan, China|Taiwan (China)|Taiwan, Province of China|Chinese Taipei|Taiwan R.O.C.|Тайвань|"
    "Тайвань (Китай)|Тайвань, Провинция Китая|Tayvan|台湾|台灣|臺灣|中国台湾|تايوان|Taïwan|Taiwán",
    "TZ": "Tanzania|Tanzania, United Republic of|Танзания",
    "UA": "Ukrayna|Украина|Україна|乌克兰|The Ukraine",
    "US": "USA|U.S.A.|U.S.|United States|United States of America|America|США|Соединенные Штаты|"
    "Соединенные Штаты Америки|ABD|Amerika Birleşik Devletleri|美国|美國|АҚШ|EE.UU.|Estados Unidos|États-Unis",
    "UZ": "Özbekistan|Узбекистан|Республика Узбекистан|Oʻzbekiston|乌兹别克斯坦",
    "VA": "Vatican|Vatican City|Holy See (Vatican City State)", "VC": "St. Vincent and the Grenadines",
    "LC": "St. Lucia", "VE": "Venezuela, Bolivarian Republic of|Venezuela|Венесуэла",
    "VG": "Virgin Islands, British|British Virgin Islands|BVI|Британские Виргинские острова",
    "VI": "Virgin Islands, U.S.|U.S. Virgin Islands|US Virgin Islands",
    "VN": "Vietnam|Viet Nam|Вьетнам|越南|Vietnam, Socialist Republic of", "YE": "Йемен",
    "ZA": "Güney Afrika|ЮАР|Южная Африка|Южно-Африканская Республика|RSA",
}


def clean(name):
    """The name without articles and what stands in front of it in running text."""
    name = unicodedata.normalize("NFC", name.replace("\xa0", " ")).strip()
    name = re.sub(r"\s*\((the|The|THE|la|La|el|El|los|Los|las|Las|le|Le|les|Les|l'|l’|L’|L')\)$", "", name)
    name = re.sub(r"^(the|The|la|La|el|le|Le|les|los|las) (?=\S)", "", name)
    return re.sub(r"^l['’]", "", name).strip()


def key(name):
    """At least as coarse as what the engine compares (FoldName in src/model/country.cc)."""
    decomposed = unicodedata.normalize("NFD", name.replace("ё", "е").replace("Ё", "Е").replace("ı", "i"))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    words = re.sub(r"[\s\-‐‑–_/,.]+", " ", re.sub(r"['’‘ʻ`()]", "", bare))
    return words.strip()


def main():
    rows = []
    with open(sys.argv[1], encoding="utf-8") as file:
        for record in csv.DictReader(file):
            code = record["ISO3166-1-Alpha-2"]
            short = record["CLDR display name"] or record["official_name_en"]
            if not code or not short:
                continue
            short = {"US": "United States", "GB": "United Kingdom", "HK": "Hong Kong", "MO": "Macao", "TR": "Turkey",
                     "CG": "Congo", "CD": "DR Congo", "MM": "Myanmar", "PS": "Palestine"}.get(code, short)
            names = [record[c] for c in LANGUAGE_COLUMNS] + EXTRA.get(code, "").split("|")
            rows.append((code, record["ISO3166-1-Alpha-3"], short, names))
    rows += [(code, alpha3, short, names.split("|")) for code, alpha3, short, names in BESIDE]
    if "TW" not in {row[0] for row in rows}:
        rows.append(("TW", "TWN", "Taiwan", EXTRA["TW"].split("|")))

    owner = {}
    for code, alpha3, short, _ in rows:
        for name in (code, alpha3, short):
            if name and owner.setdefault(key(name), code) != code:
                sys.exit(f"{name!r} would mean {owner[key(name)]} and {code}")
    for code, alpha3, short, names in sorted(rows):
        kept = []
        for name in map(clean, names):
            if not key(name):
                continue
            if owner.setdefault(key(name), code) != code:
                sys.exit(f"{name!r} would mean {owner[key(name)]} and {code}")
            if key(name) not in {key(n) for n in kept} | {key(short), key(code), key(alpha3)}:
                kept.append(name)
        print(code, alpha3, short, "|".join(kept), sep="\t")


if __name__ == "__main__":
    main()
