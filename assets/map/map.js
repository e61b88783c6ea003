// The map: countries, roads and towns as context, the features above them.

const map = L.map("map", {
  attributionControl: false, zoomSnap: 0.5, minZoom: 2, maxZoom: 16, worldCopyJump: false, zoomAnimation: true,
});
map.createPane("context").style.zIndex = 210;
map.createPane("roads").style.zIndex = 250;
map.createPane("labels").style.zIndex = 620;
map.getPane("labels").style.pointerEvents = "none";
const contextCanvas = L.canvas({ pane: "context", padding: 0.4 });
const roadCanvas = L.canvas({ pane: "roads", padding: 0.4 });
const featureCanvas = new Once({ padding: 0.4, tolerance: 4 });

drawCountries();
for (const road of page.backdrop.roads) drawRoad(road);
L.control.scale({ imperial: false }).addTo(map);

// TopoJSON to rings: each arc is a list of steps from its first point, and a negative number walks
// it backwards.
function drawCountries() {
  const topology = JSON.parse(byId("countries").textContent);
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([dx, dy]) => {
      x += dx;
      y += dy;
      return [y * scale[1] + translate[1], x * scale[0] + translate[0]];
    });
  });
  const ringOf = (parts) => parts.flatMap((part, at) => {
    const arc = part < 0 ? [...arcs[~part]].reverse() : arcs[part];
    return at === 0 ? arc : arc.slice(1);
  });
  for (const country of topology.objects.countries.geometries) {
    const polygons = country.type === "Polygon" ? [country.arcs] : country.arcs;
    L.polygon(polygons.map((polygon) => polygon.map(ringOf)), {
      renderer: contextCanvas, interactive: false, className: "country",
      color: "#a9a394", weight: 1.2, fillColor: "#f6f3ea", fillOpacity: 1, smoothFactor: 1,
    }).addTo(map);
  }
}

function drawRoad(road) {
  const lines = road.lines.map((line) => line.map(([lon, lat]) => [lat, lon]));
  const options = { renderer: roadCanvas, interactive: false, lineCap: "round" };
  L.polyline(lines, { ...options, color: "#b9a97c", weight: 7 }).addTo(map);
  L.polyline(lines, { ...options, color: "#fff6d8", weight: 4.5, dashArray: road.schematic ? "9 7" : null }).addTo(map);
}

const markers = L.featureGroup();
{
  const drawn = features.filter((feature) => feature.geometry !== null);
  const isLine = (feature) => linesOf(feature).length > 0;
  assignLanes(drawn.filter((feature) => isLine(feature) && !isPlace(feature)));
  // Places below, then lines, positions and events on top.
  const depth = (feature) => (isPlace(feature) ? 0 : isLine(feature) ? 1 : 2);
  for (const feature of [...drawn].sort((a, b) => depth(a) - depth(b))) {
    const layer = isLine(feature)
      ? new Route(linesOf(feature).map((line) => line.map(([lon, lat]) => [lat, lon])),
        { renderer: featureCanvas, weight: feature.style.width + 6, smoothFactor: 0 })
      : new Mark([feature.geometry[1], feature.geometry[0]], { renderer: featureCanvas, radius: feature.style.size / 2 });
    layer.feature = feature;
    feature.layer = layer;
    markers.addLayer(layer);
  }
}

// Where the map opens: at patrols and positions, else at events, else at places.
function boundsOf(all) {
  const of = (...kinds) => all.filter((feature) => feature.layer && kinds.includes(feature.kind));
  const told = [of("patrol", "position"), of("event"), of("place")].find((some) => some.length > 0) ?? [];
  const bounds = L.latLngBounds([]);
  for (const feature of told) {
    if (feature.layer instanceof Mark) {
      bounds.extend(feature.layer.getLatLng().toBounds(2 * Math.min(feature.uncertainty_m ?? 0, 50_000) + 2000));
    } else {
      bounds.extend(feature.layer.getBounds());
    }
  }
  return bounds;
}

function showAll() {
  const bounds = boundsOf(features);
  if (bounds.isValid()) map.fitBounds(bounds, { padding: [36, 36], maxZoom: 12, animate: false });
  else map.setView([30, 40], 3, { animate: false });
}
showAll();
markers.addTo(map);

// Everything is drawn anew at most once a frame.
let redrawing = false;
function redraw() {
  if (redrawing) return;
  redrawing = true;
  requestAnimationFrame(() => {
    redrawing = false;
    featureCanvas._redrawBounds = null;
    featureCanvas._redraw();
    placeLabels();
  });
}

// Labels: the article's places first, then the largest towns; one that would cover another waits
// for a closer view.
const MOST_LABELS = 120;
function placeLabels() {
  const size = map.getSize();
  const view = map.getBounds();
  const wanted = [];
  const offer = (lat, lon, name, nameAr, rank, classes) => {
    if (view.contains([lat, lon])) wanted.push({ lat, lon, name, nameAr, rank, classes });
  };
  for (const feature of features) {
    if (!feature.shown || !isPlace(feature) || !feature.layer || wanted.length > 3000) continue;
    offer(feature.geometry[1], feature.geometry[0], feature.name, feature.name_ar, isLit(feature) ? 0 : 1, "named");
  }
  for (const road of page.backdrop.roads) {
    const line = road.lines.flat();
    const seen = line.filter(([lon, lat]) => view.contains([lat, lon]));
    if (seen.length === 0) continue;
    const [lon, lat] = seen[Math.floor(seen.length / 2)];
    offer(lat, lon, road.reference, null, 0.5, "road");
  }
  page.backdrop.towns.forEach(([lon, lat, name, nameAr], at) => offer(lat, lon, name, nameAr, 2 + at, "town"));
  wanted.sort((a, b) => a.rank - b.rank);
  const pane = map.getPane("labels");
  pane.replaceChildren();
  const boxes = [];
  const placed = new Set();
  for (const label of wanted) {
    if (boxes.length >= MOST_LABELS) break;
    const key = `${label.name} ${label.lat.toFixed(2)} ${label.lon.toFixed(2)}`;
    if (placed.has(key)) continue;
    const at = map.latLngToContainerPoint([label.lat, label.lon]);
    const width = 8 + 6.6 * Math.max([...label.name].length, [...(label.nameAr ?? "")].length);
    const height = label.nameAr ? 31 : 17;
    const left = at.x + 9 + width < size.x ? at.x + 9 : at.x - 9 - width;
    const box = [left, at.y - height / 2, left + width, at.y + height / 2];
    if (boxes.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
    boxes.push(box);
    placed.add(key);
    const before = left < at.x;
    const names = element("span", {}, bdi(label.name));
    if (label.nameAr && label.nameAr !== label.name) names.append(element("bdi", { lang: "ar", dir: "rtl", text: label.nameAr }));
    const made = element("div", { class: `label ${label.classes}${before ? " before" : ""}` }, names);
    if (label.classes === "town") made.append(element("i"));
    L.DomUtil.setPosition(made, map.containerPointToLayerPoint([before ? at.x - 9 : at.x + 9, at.y]));
    pane.append(made);
  }
}
map.on("moveend zoomend resize", placeLabels);

// The legend: only what is on this map; a long one waits to be opened.
const MOST_SYMBOLS = 12;
{
  const used = new Map();
  for (const feature of features) if (feature.layer) used.set(feature.style.label, feature.style);
  const box = element("details", { class: "legend" }, element("summary", { text: "Legend" }));
  if (window.innerWidth > 700 && used.size <= MOST_SYMBOLS) box.open = true;
  const list = element("ul");
  const order = page.styles.map((style) => style.label);
  for (const style of [...used.values()].sort((a, b) => order.indexOf(a.label) - order.indexOf(b.label))) {
    list.append(element("li", {}, swatch(style), element("span", { text: style.label })));
  }
  box.append(list, element("details", {}, element("summary", { text: "How to read it" }),
    ...page.legend_notes.map((text) => element("p", { class: "note", text }))));
  L.DomEvent.disableClickPropagation(box);
  L.DomEvent.disableScrollPropagation(box);
  const control = L.control({ position: "bottomright" });
  control.onAdd = () => box;
  if (used.size > 0) control.addTo(map);
}
