// Draws the symbols of the one definition on canvas: on the map, in the legend and in the list.

const HALO = "#111";

// The outline of a marker around 0,0.
function outline(ctx, shape, r) {
  const corners = (points) => {
    ctx.beginPath();
    points.forEach(([x, y], at) => (at === 0 ? ctx.moveTo(x * r, y * r) : ctx.lineTo(x * r, y * r)));
    ctx.closePath();
  };
  switch (shape) {
    case "square": return corners([[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]]);
    case "diamond": return corners([[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]]);
    case "triangle": return corners([[0, -1.1], [1.05, 0.8], [-1.05, 0.8]]);
    case "pentagon": return corners(ring(5, 1.1, 1.1));
    case "hexagon": return corners(ring(6, 1.1, 1.1));
    case "star": return corners(ring(10, 1.3, 0.55));
    case "cross": return corners([[-0.4, -1.1], [0.4, -1.1], [0.4, -0.4], [1.1, -0.4], [1.1, 0.4], [0.4, 0.4], [0.4, 1.1], [-0.4, 1.1], [-0.4, 0.4], [-1.1, 0.4], [-1.1, -0.4], [-0.4, -0.4]]);
    default:
      ctx.beginPath();
      return ctx.arc(0, 0, r, 0, 2 * Math.PI);
  }
}

// Corners around a circle, every second one on the inner one.
function ring(count, outer, inner) {
  return Array.from({ length: count }, (_, at) => {
    const angle = (2 * Math.PI * at) / count - Math.PI / 2;
    const r = at % 2 === 0 ? outer : inner;
    return [r * Math.cos(angle), r * Math.sin(angle)];
  });
}

function drawMarker(ctx, x, y, style, lit) {
  const r = style.size / 2;
  ctx.save();
  ctx.translate(x, y);
  ctx.lineJoin = "round";
  outline(ctx, style.marker, r);
  if (lit) {
    ctx.lineWidth = 7;
    ctx.strokeStyle = HALO;
    ctx.stroke();
  }
  ctx.lineWidth = style.hollow ? 5 : 3.5;
  ctx.strokeStyle = "#fff";
  ctx.stroke();
  ctx.fillStyle = style.hollow ? "#fff" : style.color;
  ctx.fill();
  ctx.lineWidth = style.hollow ? 2.2 : 1;
  ctx.strokeStyle = style.hollow ? style.color : "#0006";
  ctx.stroke();
  ctx.restore();
}

// Markers are drawn once and then copied, because a page may hold 50,000 of them.
const sprites = new Map();
function stamp(ctx, x, y, style) {
  const scale = window.devicePixelRatio > 1 ? 2 : 1;
  const half = Math.ceil(style.size) + 4;
  let sprite = sprites.get(style);
  if (sprite === undefined || sprite.width !== 2 * half * scale) {
    sprite = element("canvas", { width: 2 * half * scale, height: 2 * half * scale });
    const own = sprite.getContext("2d");
    own.scale(scale, scale);
    drawMarker(own, half, half, style, false);
    sprites.set(style, sprite);
  }
  ctx.drawImage(sprite, Math.round(x) - half, Math.round(y) - half, 2 * half, 2 * half);
}

// What stands on the canvas since it was cleared: a second feature that looks the same at the same
// spot would only cost time.
const Once = L.Canvas.extend({
  _draw() {
    this.drawn = new Set();
    L.Canvas.prototype._draw.call(this);
  },
  once(key) {
    if (this.drawn === undefined || !this.drawn.has(key)) {
      this.drawn?.add(key);
      return true;
    }
    return false;
  },
});

// A line given as points, with what tells direction along it.
function drawLine(ctx, points, style, lit, inside) {
  if (points.length < 2) return;
  const path = () => {
    ctx.beginPath();
    points.forEach((point, at) => (at === 0 ? ctx.moveTo(point.x, point.y) : ctx.lineTo(point.x, point.y)));
  };
  ctx.save();
  ctx.lineJoin = "round";
  ctx.lineCap = "butt";
  if (lit) {
    path();
    ctx.lineWidth = style.width + 7;
    ctx.strokeStyle = HALO;
    ctx.stroke();
  }
  path();
  ctx.lineWidth = style.width + page.line.casing;
  ctx.strokeStyle = "#fff";
  ctx.stroke();
  path();
  ctx.setLineDash(style.dash);
  ctx.lineWidth = style.width;
  ctx.strokeStyle = style.color;
  ctx.stroke();
  ctx.setLineDash([]);
  if (style.arrow !== "none" || style.bar) drawArrows(ctx, points, style, inside);
  ctx.restore();
}

function drawArrows(ctx, points, style, inside) {
  let length = 0;
  for (let at = 1; at < points.length; at += 1) length += points[at].distanceTo(points[at - 1]);
  const count = Math.max(1, Math.round(length / page.line.arrow_gap));
  const gap = length / count;
  let next = gap / 2;
  let walked = 0;
  for (let at = 1; at < points.length; at += 1) {
    const [a, b] = [points[at - 1], points[at]];
    const step = b.distanceTo(a);
    while (step > 0 && next <= walked + step) {
      const share = (next - walked) / step;
      const [x, y] = [a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)];
      if (inside === undefined || inside(x, y)) drawArrow(ctx, x, y, Math.atan2(b.y - a.y, b.x - a.x), style);
      next += gap;
    }
    walked += step;
  }
}

// A filled head for the usual direction, an open one for a run told to be reversed; a bar across
// where the run is told to be cut short.
function drawArrow(ctx, x, y, angle, style) {
  const r = style.width + 4;
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(angle);
  ctx.lineJoin = "round";
  const head = () => {
    ctx.beginPath();
    ctx.moveTo(r, 0);
    ctx.lineTo(-0.8 * r, 0.8 * r);
    ctx.lineTo(-0.35 * r, 0);
    ctx.lineTo(-0.8 * r, -0.8 * r);
    ctx.closePath();
  };
  if (style.arrow !== "none") {
    head();
    ctx.lineWidth = 3.5;
    ctx.strokeStyle = "#fff";
    ctx.stroke();
    ctx.fillStyle = style.arrow === "open" ? "#fff" : style.color;
    ctx.fill();
    ctx.lineWidth = 1.6;
    ctx.strokeStyle = style.color;
    ctx.stroke();
  }
  if (style.bar) {
    const x = style.arrow === "none" ? 0 : r + 2.5;
    ctx.beginPath();
    ctx.moveTo(x, -0.8 * r);
    ctx.lineTo(x, 0.8 * r);
    ctx.lineWidth = 5;
    ctx.strokeStyle = "#fff";
    ctx.stroke();
    ctx.lineWidth = 2.2;
    ctx.strokeStyle = style.color;
    ctx.stroke();
  }
  ctx.restore();
}

// A small picture of a style.
function swatch(style) {
  const [width, height, scale] = [44, 22, 2];
  const canvas = element("canvas", { width: width * scale, height: height * scale, class: "swatch", "aria-hidden": "true" });
  const ctx = canvas.getContext("2d");
  ctx.scale(scale, scale);
  if (style.marker === null) {
    drawLine(ctx, [L.point(2, height / 2), L.point(width - 4, height / 2)], style, false);
  } else {
    drawMarker(ctx, width / 2, height / 2, style, false);
  }
  return canvas;
}

// A point of the map with the circle inside which the truth is claimed to lie.
const Mark = L.CircleMarker.extend({
  _updateBounds() {
    const metre = 1 / metresPerPixel(this._map, this._latlng.lat);
    this._circle = Math.min((this.feature.uncertainty_m ?? 0) * metre, 4000);
    const reach = Math.max(this._circle, this._radius + 8);
    this._pxBounds = L.bounds(this._point.subtract([reach, reach]), this._point.add([reach, reach]));
  },
  _containsPoint(point) {
    return this.feature.shown && point.distanceTo(this._point) <= this._radius + 3;
  },
  _updatePath() {
    const { _renderer: renderer, feature } = this;
    if (!renderer._drawing || !feature.shown || this._empty()) return;
    const ctx = renderer._ctx;
    const lit = isLit(feature);
    const spot = `${feature.style.number} ${Math.round(this._point.x / 2)} ${Math.round(this._point.y / 2)}`;
    if (!lit && !renderer.once(`${spot} ${Math.round(this._circle / 2)}`)) return;
    if (this._circle > this._radius && (!isPlace(feature) || lit || feature.quality === "approximate")) {
      ctx.save();
      ctx.beginPath();
      ctx.arc(this._point.x, this._point.y, this._circle, 0, 2 * Math.PI);
      // A country's circle covers the map, and must not hide it.
      ctx.globalAlpha = this._circle < page.area.wide || lit ? page.area.opacity : page.area.opacity_wide;
      ctx.fillStyle = feature.style.color;
      ctx.fill();
      ctx.globalAlpha = page.area.outline_opacity;
      ctx.lineWidth = 1;
      ctx.strokeStyle = feature.style.color;
      ctx.stroke();
      ctx.restore();
    }
    if (lit) drawMarker(ctx, this._point.x, this._point.y, feature.style, true);
    else if (renderer.once(spot)) stamp(ctx, this._point.x, this._point.y, feature.style);
  },
});

// A line of the map. Lines along one road are drawn beside each other.
const Route = L.Polyline.extend({
  _project() {
    L.Polyline.prototype._project.call(this);
    const lane = this.feature.lane;
    this._rings = this._rings.map((points) => beside(L.LineUtil.simplify(points, 1.5), lane * page.line.lane));
    if (!this._rawPxBounds) return;
    // The halo, the arrows and the band stand out beyond the line.
    const band = (this.feature.uncertainty_m ?? 0) / metresPerPixel(this._map, this._latlngs.flat()[0].lat);
    const reach = L.point(20 + Math.min(band, 2000), 20 + Math.min(band, 2000));
    this._rawPxBounds = L.bounds(this._rawPxBounds.min.subtract(reach), this._rawPxBounds.max.add(reach));
    this._updateBounds();
  },
  _containsPoint(point, closed) {
    return this.feature.shown && L.Polyline.prototype._containsPoint.call(this, point, closed);
  },
  _updatePath() {
    const { _renderer: renderer, feature } = this;
    if (!renderer._drawing || !feature.shown || this._parts.length === 0) return;
    const lit = isLit(feature);
    const inside = (x, y) => renderer._bounds.contains(L.point(x, y));
    if (lit && feature.uncertainty_m !== null) this._band(renderer._ctx);
    for (const points of this._rings) {
      const spots = points.map((point) => `${Math.round(point.x / 2)} ${Math.round(point.y / 2)}`);
      if (lit || renderer.once(`${feature.style.number} ${spots.join(" ")}`)) drawLine(renderer._ctx, points, feature.style, lit, inside);
    }
  },
  // How far the line may be off.
  _band(ctx) {
    ctx.save();
    ctx.globalAlpha = page.area.opacity;
    ctx.lineWidth = Math.min((2 * this.feature.uncertainty_m) / metresPerPixel(this._map, this.getCenter().lat), 4000);
    ctx.lineCap = ctx.lineJoin = "round";
    ctx.strokeStyle = this.feature.style.color;
    for (const points of this._rings) {
      ctx.beginPath();
      points.forEach((point, at) => (at === 0 ? ctx.moveTo(point.x, point.y) : ctx.lineTo(point.x, point.y)));
      ctx.stroke();
    }
    ctx.restore();
  },
});

function metresPerPixel(map, lat) {
  return (40_075_016.7 * Math.cos((lat * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
}

// The points moved to one side, the same one whichever way the line runs.
function beside(points, distance) {
  if (distance === 0 || points.length < 2) return points;
  const last = points.length - 1;
  const sign = points[last].x < points[0].x ? -1 : 1;
  return points.map((point, at) => {
    const [a, b] = [points[Math.max(0, at - 1)], points[Math.min(last, at + 1)]];
    const length = Math.max(b.distanceTo(a), 1e-6);
    const share = (sign * distance) / length;
    return L.point(point.x - share * (b.y - a.y), point.y + share * (b.x - a.x));
  });
}

// Which side and how far from its road each line is drawn: 0, 1, -1, 2, -2, 3, -3.
function assignLanes(lines) {
  const taken = new Map();
  for (const feature of lines) {
    const cells = new Set();
    for (const line of linesOf(feature)) {
      for (let at = 1; at < line.length; at += 1) {
        const [[lon0, lat0], [lon1, lat1]] = [line[at - 1], line[at]];
        const steps = Math.min(200, Math.ceil(Math.hypot(lon1 - lon0, lat1 - lat0) / 0.03) + 1);
        for (let step = 0; step <= steps; step += 1) {
          const share = step / steps;
          cells.add(`${Math.round((lon0 + share * (lon1 - lon0)) / 0.03)},${Math.round((lat0 + share * (lat1 - lat0)) / 0.03)}`);
        }
      }
    }
    const used = new Set();
    for (const cell of cells) for (const lane of taken.get(cell) ?? []) used.add(lane);
    feature.lane = [0, 1, -1, 2, -2, 3, -3].find((lane) => !used.has(lane)) ?? 0;
    for (const cell of cells) taken.set(cell, [...(taken.get(cell) ?? []), feature.lane].slice(-8));
  }
}

// The lines of a feature; none of a point.
function linesOf(feature) {
  const geometry = feature.geometry;
  if (geometry === null || typeof geometry[0] === "number") return [];
  return typeof geometry[0][0] === "number" ? [geometry] : geometry;
}
