// Makes countries.json out of the npm package world-atlas: Natural Earth at 1:10 million where
// Masar's articles play, and about 1:110 million elsewhere, with borders that still meet.
//
//   npm install world-atlas@2.0.2 topojson-client@3.1.0 topojson-simplify@3.0.3
//   node make-countries.mjs node_modules/world-atlas/countries-10m.json > countries.json
import { readFileSync } from "node:fs";
import { filterAttachedWeight, filter, presimplify, simplify } from "topojson-simplify";
import { quantize } from "topojson-client";

// West, south, east, north of the parts drawn finely.
const FINE = [[25, 28, 50, 43], [22, 43, 42, 53]];
// Areas in square degrees below which a bend is taken out, inside these parts and outside.
const FINE_AREA = 0.0002, COARSE_AREA = 0.12;

const atlas = JSON.parse(readFileSync(process.argv[2], "utf8"));
delete atlas.objects.land;
let topology = presimplify(atlas);
for (const arc of topology.arcs) {
  for (const point of arc) {
    const [lon, lat] = point;
    const fine = FINE.some(([west, south, east, north]) => lon > west && lon < east && lat > south && lat < north);
    if (fine && Number.isFinite(point[2])) point[2] *= COARSE_AREA / FINE_AREA;
  }
}
topology = simplify(topology, COARSE_AREA);
topology = filter(topology, filterAttachedWeight(topology, 0.05));
topology = quantize(topology, 1e5);
for (const country of topology.objects.countries.geometries) {
  country.properties = { name: country.properties.name };
  delete country.id;
}
process.stdout.write(JSON.stringify(topology) + "\n");
