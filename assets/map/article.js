// The article with every mention and every word that carries an event; hovering one side lights up
// the other.

let lit = new Set();
let selected = null;
let current = -1;
const isLit = (feature) => lit.has(feature.index) || selected === feature;

const tooltip = L.tooltip({ direction: "top", offset: [0, -8], opacity: 1, className: "tip" });

function light(some, at = null) {
  const before = [...lit].map((index) => features[index]);
  lit = new Set(some.map((feature) => feature.index));
  for (const feature of selected === null ? some : [...some, selected]) {
    if (feature.layer instanceof Route) feature.layer.bringToFront();
  }
  // Only what changed is drawn anew: a page may hold 50,000 features.
  for (const feature of [...before, ...some]) if (feature.layer) featureCanvas._requestRedraw(feature.layer);
  for (const mark of document.querySelectorAll("#article mark")) {
    const own = mark.dataset.features.split(" ").filter((index) => isLit(features[index]));
    mark.classList.toggle("lit", own.length > 0);
    mark.classList.toggle("strong", own.some((index) => mark.dataset.strong.split(" ").includes(index)));
  }
  if (at === null || some.length === 0) map.closeTooltip(tooltip);
  else {
    const content = element("div", {}, ...some.slice(0, 4).map((feature) => element("div", {}, bdi(feature.title))));
    map.openTooltip(tooltip.setLatLng(at).setContent(content));
  }
}

// Opens an article beside the map. Offsets count code points, as everywhere in Masar's output.
function openArticle(index) {
  if (index === current) return;
  current = index;
  const article = page.articles[index];
  byId("chooser").value = String(index);
  const about = byId("article-about");
  about.replaceChildren();
  const facts = [article.source, article.published].filter((fact) => fact !== null);
  about.append(...facts.flatMap((fact) => [bdi(fact), " · "]));
  about.append(article.url === null ? bdi(article.id) : link(article.url, article.id));
  const box = byId("article");
  box.replaceChildren();
  box.lang = article.language;
  const own = features.filter((feature) => feature.article === index);
  if (article.text === null) {
    box.append(element("p", { class: "hint", text: "The whole text is not in this page, which would grow too large; these are the words that carry its features." }));
    for (const feature of own) {
      if (isPlace(feature)) continue;
      box.append(element("p", { dir: "auto" }, mark([[feature, "evidence"]], feature.evidence)));
    }
  } else {
    fillText(box, Array.from(article.text), own);
  }
  rove(box);
}

function fillText(box, text, own) {
  const borders = new Set([0, text.length]);
  const opening = new Map();
  const closing = new Map();
  const put = (at, to, feature, rule) => {
    if (to <= at || to > text.length) return;
    for (const [edge, events] of [[at, opening], [to, closing]]) {
      borders.add(edge);
      if (!events.has(edge)) events.set(edge, []);
      events.get(edge).push([feature, rule]);
    }
  };
  for (const feature of own) for (const [at, length, rule] of feature.spans) put(at, at + length, feature, rule);
  text.forEach((character, at) => {
    if (character === "\n") borders.add(at).add(at + 1);
  });
  const edges = [...borders].sort((a, b) => a - b);
  let open = [];
  let paragraph = element("p", { dir: "auto" });
  for (let at = 0; at + 1 < edges.length; at += 1) {
    for (const closed of closing.get(edges[at]) ?? []) {
      open.splice(open.findIndex(([feature, rule]) => feature === closed[0] && rule === closed[1]), 1);
    }
    open = open.concat(opening.get(edges[at]) ?? []);
    const piece = text.slice(edges[at], edges[at + 1]).join("");
    if (piece === "\n") {
      if (paragraph.textContent.trim() !== "") box.append(paragraph);
      paragraph = element("p", { dir: "auto" });
    } else if (open.length > 0) {
      paragraph.append(mark(open, piece));
    } else {
      paragraph.append(piece);
    }
  }
  if (paragraph.textContent.trim() !== "") box.append(paragraph);
  if (box.childElementCount === 0) box.append(element("p", { class: "hint", text: "The article holds no text." }));
}

// A piece of text that stands for features, each with the rule that read it: a place's name, words
// that give something of an event, or only a part of the sentence that tells it.
function mark(read, text) {
  const own = [...new Set(read.map(([feature]) => feature))];
  const strong = [...new Set(read.filter(([, rule]) => rule !== "telling").map(([feature]) => feature))];
  const places = own.filter(isPlace);
  const events = own.filter((feature) => !isPlace(feature));
  const classes = [
    places.length > 0 ? "mention" : "", places.some((place) => !place.resolved) ? "unresolved" : "",
    events.length > 0 ? "telling" : "", strong.some((feature) => !isPlace(feature)) ? "evidence" : "",
  ];
  const told = [...new Set(read.map(([, rule]) => rule))].filter((rule) => rule !== "mention" && rule !== "telling").join(", ");
  const indices = (some) => some.map((feature) => feature.index).join(" ");
  const made = element("mark", {
    class: classes.filter(Boolean).join(" "), text, tabindex: -1,
    "data-features": indices(own), "data-strong": indices(strong),
    title: own.map((feature) => feature.title).join("\n") + (told ? `\n(${told})` : ""),
  });
  if (events.length > 0) made.style.setProperty("--tint", events[0].style.color);
  const main = places[0] ?? events[0];
  made.addEventListener("mouseenter", () => light(own));
  made.addEventListener("mouseleave", () => light([]));
  made.addEventListener("focus", () => light(own));
  made.addEventListener("blur", () => light([]));
  made.addEventListener("click", () => select(main, { scroll: false }));
  made.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      select(main, { scroll: false });
    }
  });
  return made;
}

// One stop of the Tab key for the whole text; arrows walk from mark to mark.
function rove(box) {
  const marks = [...box.querySelectorAll("mark")];
  if (marks.length > 0) marks[0].tabIndex = 0;
  box.onkeydown = (event) => {
    const at = marks.indexOf(document.activeElement);
    const rtl = at >= 0 && getComputedStyle(marks[at].parentElement).direction === "rtl";
    const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
    if (at < 0 || step === undefined) return;
    event.preventDefault();
    const next = marks[Math.min(marks.length - 1, Math.max(0, at + step))];
    marks[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };
}

// Shows one feature everywhere: on the map, in the text, with its details.
function select(feature, { scroll = true, zoom = false } = {}) {
  selected = feature;
  const detail = byId("detail");
  detail.hidden = feature === null;
  detail.replaceChildren();
  if (feature !== null) {
    openArticle(feature.article);
    openTab("article");
    describe(detail, feature);
    if (zoom && feature.layer) {
      if (feature.layer instanceof Mark) map.setView(feature.layer.getLatLng(), Math.max(map.getZoom(), 11));
      else map.fitBounds(feature.layer.getBounds(), { padding: [40, 40], maxZoom: 12 });
    }
  }
  light([]);
  redraw();
  const first = feature === null ? null : document.querySelector("#article mark.strong, #article mark.lit");
  if (first && scroll) first.scrollIntoView({ block: "center" });
}

function describe(detail, feature) {
  const { style } = feature;
  detail.style.setProperty("--tint", style.color);
  const list = element("dl");
  const fact = (name, value) => {
    if (value === null || value === "") return;
    list.append(element("dt", { text: name }), element("dd", {}, bdi(value)));
  };
  fact("shown as", style.label);
  if (feature.start || feature.end) fact("day", feature.day);
  for (const [name, value] of feature.details) fact(name, value);
  fact("confidence", feature.confidence.toFixed(2));
  fact("geometry", feature.quality);
  if (feature.uncertainty_m !== null) fact("may be off by", `${(feature.uncertainty_m / 1000).toFixed(1)} km`);
  detail.append(
    element("button", { type: "button", class: "close", "aria-label": "Close the details", text: "×", on: { click: () => select(null) } }),
    element("h2", { dir: "auto" }, swatch(style), " ", bdi(feature.title)),
  );
  if (feature.title_ar) detail.append(element("p", { lang: "ar", dir: "rtl", class: "title-ar", text: feature.title_ar }));
  detail.append(element("p", { dir: "auto", text: feature.description }), list);
  detail.append(element("blockquote", { dir: "auto", text: feature.evidence }));
}

function chooseArticles() {
  const chooser = byId("chooser");
  page.articles.forEach((article, index) => {
    chooser.append(element("option", { value: index, text: [article.published, article.source, article.id].filter(Boolean).join(" · ") }));
  });
  chooser.addEventListener("change", () => {
    select(null);
    openArticle(Number(chooser.value));
  });
  byId("chooser-label").hidden = page.articles.length < 2;
  if (page.articles.length > 0) openArticle(0);
  else byId("article").append(element("p", { class: "hint", text: "No article." }));
}

const featureOf = (event) => (event.propagatedFrom ?? event.layer).feature;
markers.on("mouseover", (event) => light([featureOf(event)], event.latlng));
markers.on("mouseout", () => light([]));
markers.on("click", (event) => {
  L.DomEvent.stopPropagation(event);
  select(featureOf(event));
});
map.on("click", () => select(null));
