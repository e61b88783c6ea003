#!/usr/bin/env bash
# Every output format in programs of other people: GDAL as the system has it and as pyogrio brings it,
# GDAL's validator of GeoPackage, and two linters of GeoJSON. What cannot be installed fails.
#
#   bash .ci/formats.sh MASAR FOLDER      the binary, and an empty folder to work in
set -euo pipefail
masar=$(realpath "$1")
mkdir -p "$2"
work=$(realpath "$2")
cd "$(dirname "$0")/.."
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }

apt-get install -y -qq --no-install-recommends gdal-bin python3-gdal python3-venv > "$work/apt.txt" \
  || { cat "$work/apt.txt"; fail "apt-get"; }
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q pyogrio==0.13.0 || fail "pip cannot install pyogrio"
mkdir -p "$work/npm"
# The override: a dependency of geojsonhint names a repository and no version.
cat > "$work/npm/package.json" << 'JSON'
{
  "private": true,
  "dependencies": {
    "@gerhobbelt/nomnom": "1.8.4-31",
    "@mapbox/geojsonhint": "3.3.0",
    "@placemarkio/check-geojson": "0.1.14"
  },
  "overrides": { "@gerhobbelt/nomnom": "$@gerhobbelt/nomnom" }
}
JSON
(cd "$work/npm" && npm install --loglevel=error --no-audit --no-fund) || fail "npm cannot install the linters"

# All formats that the program offers, so that a new one cannot be forgotten.
formats=$("$masar" map --help | tr '\n' ' ' | sed -n 's/.*\[possible values: \(geojson,[^]]*\)\].*/\1/p' | tr -d ',')
[ -n "$formats" ] || fail "the help does not list the formats"
articles=(tests/corpus/dev tests/corpus/authored)
declare -A extension=([geojson]=geojson [geojsonl]=geojsonl [csv]=csv [gpkg]=gpkg [flatgeobuf]=fgb [kml]=kml)
folders=()
for format in $formats; do
  # The web map has a check of its own.
  [ "$format" != html ] || continue
  [ -n "${extension[$format]:-}" ] || fail "no check for the format $format"
  "$masar" map -q "${articles[@]}" -f "$format" -o "$work/$format"
  folders+=("$work/$format")
done
[ ${#folders[@]} = ${#extension[@]} ] || fail "formats are missing: $formats"

count() { python3 -c 'import json, sys; print(len(json.load(open(sys.argv[1]))["features"]))' "$1"; }
declare -A expected
total=0
for layer in patrols positions events events_lines places; do
  expected[$layer]=$(count "$work/geojson/$layer.geojson")
  total=$((total + expected[$layer]))
done
[ "$total" -gt 300 ] || fail "the sample has only $total features"

# seen FILE LAYER: how many features GDAL 3.6 or whatever the system has sees, and that it says nothing else.
seen() {
  ogrinfo -ro -q -al "$1" $2 > "$work/ogr.txt" 2> "$work/ogr-errors.txt" || fail "ogrinfo cannot read $1"
  [ ! -s "$work/ogr-errors.txt" ] || { cat "$work/ogr-errors.txt"; fail "ogrinfo warns about $1"; }
  LC_ALL=C.UTF-8 grep -qP '\p{Arabic}' "$work/ogr.txt" || fail "$1: no Arabic is left"
  grep -c '^OGRFeature' "$work/ogr.txt"
}
ogrinfo --version
for format in "${!extension[@]}"; do
  for layer in "${!expected[@]}"; do
    file=$work/$format/$layer.${extension[$format]}
    if [ -e "$file" ]; then found=$(seen "$file" ""); else found=$(seen "$work/$format/masar.${extension[$format]}" "$layer"); fi
    [ "$found" = "${expected[$layer]}" ] || fail "$format: ${expected[$layer]} $layer, ogrinfo sees $found"
  done
  one=$work/one.${extension[$format]}
  "$masar" map -q "${articles[@]}" -o "$one"
  case $format in gpkg | kml) continue ;; esac
  found=$(seen "$one" "")
  [ "$found" = "$total" ] || fail "$one: $total features, ogrinfo sees $found"
  echo "$format: every feature of every layer by ogrinfo"
done

# inside FILE LAYER: how many features lie in a box, by the file's own index where it has one.
inside() { ogrinfo -ro -q -al -spat 36 35 37 36 "$1" $2 | grep -c '^OGRFeature'; }
for layer in patrols places; do
  asked=$(inside "$work/geojson/$layer.geojson" "")
  for found in "$(inside "$work/flatgeobuf/$layer.fgb" "")" "$(inside "$work/gpkg/masar.gpkg" $layer)"; do
    [ "$found" = "$asked" ] || fail "an index finds $found of $asked $layer in a box"
  done
done

"$work/venv/bin/python" .ci/formats.py "$work/geojson" "${folders[@]}"

validator=/usr/lib/python3/dist-packages/osgeo_utils/samples/validate_gpkg.py
echo 'لا شيء هنا.' > "$work/placeless.txt"
"$masar" map -q "$work/placeless.txt" -o "$work/empty.gpkg"
for file in "$work/gpkg/masar.gpkg" "$work/empty.gpkg" output/masar.gpkg; do
  /usr/bin/python3 "$validator" -k --extra --warning-as-error "$file" || fail "validate_gpkg.py: $file"
  echo "$(basename "$file"): valid"
done
# Editing keeps the index true, as the triggers promise.
cp "$work/gpkg/masar.gpkg" "$work/edited.gpkg"
ogrinfo -q "$work/edited.gpkg" -sql "UPDATE places SET geom = NULL WHERE fid = (SELECT MIN(id) FROM rtree_places_geom)" > /dev/null
left=$(ogrinfo -q "$work/edited.gpkg" -sql "SELECT (SELECT COUNT(*) FROM places WHERE geom IS NOT NULL) - (SELECT COUNT(*) FROM rtree_places_geom) AS rest" | sed -n 's/.*rest (Integer) = //p')
[ "$left" = 0 ] || fail "the spatial index is off by '$left' after an edit"

for layer in "${!expected[@]}"; do cp "$work/geojson/$layer.geojson" "$work/plain-$layer.geojson"; done
"$masar" map -q "${articles[@]}" --simplestyle -f geojson -o "$work/simplestyle"
cat > "$work/npm/lint.js" << 'JS'
const fs = require("fs");
const { hint } = require("@mapbox/geojsonhint");
const { check } = require("@placemarkio/check-geojson");
const complaints = (text) => {
  const found = hint(text).map((one) => `geojsonhint: line ${one.line}: ${one.message}`);
  try {
    check(text);
  } catch (error) {
    found.push(`check-geojson: ${error.issues.map((issue) => issue.message).join("; ")}`);
  }
  return found;
};
// A check that cannot refuse is none.
const wrong = '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1]}}]}';
if (complaints(wrong).length < 2) throw new Error("the linters accept anything");
let failed = false;
for (const file of process.argv.slice(2)) {
  const found = complaints(fs.readFileSync(file, "utf8"));
  for (const one of found.slice(0, 5)) console.error(`${file}: ${one}`);
  failed ||= found.length > 0;
}
console.log(`${process.argv.length - 2} GeoJSON files without a complaint of geojsonhint or check-geojson`);
process.exit(failed ? 1 : 0);
JS
node "$work/npm/lint.js" "$work"/geojson/*.geojson "$work"/simplestyle/*.geojson "$work/one.geojson" output/*.geojson \
  || fail "the linters of GeoJSON"

# A spreadsheet runs a cell of an article that says so, unless it is guarded.
apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui > "$work/apt.txt" || { cat "$work/apt.txt"; fail "apt-get libreoffice"; }
printf 'a\n"=HYPERLINK(""http://example.org"",""x"")"\n' > "$work/bait.csv"
echo '{"id":"=1+1","source":"=HYPERLINK(\"http://example.org\",\"x\")","url":"@SUM(1,1)","text":"سيرت القوات الروسية دورية من سراقب إلى أريحا في 17 آب."}' > "$work/bait.jsonl"
"$masar" map -q "$work/bait.jsonl" -o "$work/guarded.csv"
# formulas FILE: how many cells of a table LibreOffice takes for formulas.
formulas() {
  soffice -env:UserInstallation="file://$work/office" --headless --infilter='CSV:44,34,76,1' --convert-to fods --outdir "$work" "$1" > "$work/office.txt" 2>&1 \
    || { cat "$work/office.txt"; fail "LibreOffice cannot read $1"; }
  grep -c 'table:formula=' "${1%.csv}.fods" || true
}
[ "$(formulas "$work/bait.csv")" = 1 ] || fail "LibreOffice does not take the bait, so that the check says nothing"
[ "$(formulas "$work/guarded.csv")" = 0 ] || fail "LibreOffice runs what an article says"
grep -qF 'سراقب' "$work/guarded.fods" || fail "LibreOffice does not read Arabic"
echo "csv: LibreOffice runs no cell"
