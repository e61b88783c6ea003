// Filters, the list and the open questions.

const TABS = ["article", "list", "notes"];

function openTab(name) {
  for (const tab of TABS) {
    const button = byId(`tab-${tab}`);
    button.setAttribute("aria-selected", String(tab === name));
    button.tabIndex = tab === name ? 0 : -1;
    byId(`view-${tab}`).hidden = tab !== name;
  }
}

for (const tab of TABS) {
  byId(`tab-${tab}`).addEventListener("click", () => openTab(tab));
  byId(`tab-${tab}`).addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length];
    openTab(next);
    byId(`tab-${next}`).focus();
  });
}

const NOBODY = "nobody told";
const MOST_CHOICES = 40;
const chosen = { actor: new Set(), type: new Set() };
const actorsOf = (feature) => (isPlace(feature) ? null : feature.actors.length > 0 ? feature.actors : [NOBODY]);

// Check boxes for the values that features have, the frequent ones first.
function offerChoices(name, valuesOf) {
  const counts = new Map();
  for (const feature of features) for (const value of valuesOf(feature) ?? []) counts.set(value, (counts.get(value) ?? 0) + 1);
  const box = byId(`filter-${name}`);
  const values = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  for (const [value, count] of values.slice(0, MOST_CHOICES)) {
    const input = element("input", { type: "checkbox", checked: "", value });
    input.addEventListener("change", () => {
      if (input.checked) chosen[name].delete(value);
      else chosen[name].add(value);
      refresh();
    });
    box.append(element("label", {}, input, bdi(value), element("small", { text: ` ${count}` })));
  }
  if (values.length > MOST_CHOICES) box.append(element("small", { text: `and ${values.length - MOST_CHOICES} rarer ones, always shown` }));
}

function passes(feature, words, least) {
  if (feature.confidence < least || chosen.type.has(feature.type)) return false;
  const actors = actorsOf(feature);
  if (actors !== null && actors.every((actor) => chosen.actor.has(actor))) return false;
  return inTime(feature) && words.every((word) => wordsOf(feature).includes(word));
}

// Applies all filters and shows what is left in every part of the page.
function refresh() {
  const words = folded(byId("search").value).split(/\s+/).filter((word) => word !== "");
  const least = Number(byId("confidence").value);
  byId("confidence-shown").textContent = least.toFixed(2);
  let shown = 0;
  for (const feature of features) {
    feature.shown = passes(feature, words, least);
    shown += feature.shown ? 1 : 0;
  }
  const count = chosen.actor.size + chosen.type.size + (least > 0 ? 1 : 0);
  byId("filter-count").textContent = count > 0 ? `(${count} set)` : "";
  const told = shown === features.length ? counted(shown, "feature") : `${shown.toLocaleString("en")} of ${counted(features.length, "feature")}`;
  const missing = page.left_out.length > 0 ? `, not all: see “Open questions”` : "";
  byId("summary").textContent = `${told} from ${counted(page.articles.length, "article")}${missing}`;
  listed = 0;
  byId("list").replaceChildren();
  showMore();
  redraw();
}

let listed = 0;
let inTheList = null;
const LISTED_AT_A_TIME = 200;

function showMore(most = LISTED_AT_A_TIME) {
  inTheList ??= features.filter((feature) => !(isPlace(feature) && !feature.geometry)).sort(inOrder);
  const rest = inTheList.filter((feature) => feature.shown).slice(listed, listed + most + 1);
  for (const feature of rest.slice(0, most)) {
    const about = [feature.day, feature.geometry ? null : "not on the map", `confidence ${feature.confidence.toFixed(2)}`].filter(Boolean).join(" · ");
    const button = element("button", { type: "button" }, swatch(feature.style), element("span", {}, bdi(feature.title), element("small", { text: about })));
    button.addEventListener("click", () => {
      select(feature, { zoom: true });
      byId("detail").scrollIntoView({ block: "nearest" });
    });
    button.addEventListener("mouseenter", () => light([feature]));
    button.addEventListener("mouseleave", () => light([]));
    button.addEventListener("focus", () => light([feature]));
    button.addEventListener("blur", () => light([]));
    byId("list").append(element("li", {}, button));
  }
  listed += Math.min(rest.length, most);
  byId("more").hidden = rest.length <= most;
}

// Events before places, each in the order of time, then of the text.
function inOrder(a, b) {
  const time = (feature) => feature.from ?? feature.to ?? Infinity;
  return Number(isPlace(a)) - Number(isPlace(b)) || (time(a) === time(b) ? 0 : time(a) - time(b))
    || a.article - b.article || (a.spans[0]?.[0] ?? 0) - (b.spans[0]?.[0] ?? 0) || a.index - b.index;
}

const MOST_NOTES = 500;

function fillNotes() {
  // A road that is drawn is no open question, though it has no single point.
  const drawn = new Set(page.backdrop.roads.map((road) => road.reference));
  const open = features.filter((feature) => isPlace(feature) && !feature.resolved && !drawn.has(feature.name));
  const notes = page.articles.flatMap((article, index) => article.notes.map((note) => ({ ...note, index, id: article.id })));
  byId("notes-count").textContent = open.length + notes.length > 0 ? `(${open.length + notes.length})` : "";
  const fill = (list, all, item) => {
    list.append(...all.slice(0, MOST_NOTES).map(item));
    if (all.length === 0) list.append(element("li", { class: "hint", text: "None." }));
    if (all.length > MOST_NOTES) list.append(element("li", { text: `… and ${(all.length - MOST_NOTES).toLocaleString("en")} more` }));
  };
  fill(byId("unresolved"), open, (feature) => {
    const button = element("button", { type: "button", on: { click: () => select(feature, { zoom: true }) } }, bdi(feature.title));
    return element("li", {}, button, element("small", { text: ` ${feature.reason ?? ""}` }));
  });
  fill(byId("diagnostics"), notes, (note) => element("li", {}, bdi(note.message),
    element("small", { text: ` ${note.code}` }), page.articles.length > 1 ? element("small", {}, " · ", bdi(note.id)) : null));
  if (page.left_out.length > 0) {
    byId("left-out").append(element("h2", { text: "Left out of this page" }),
      element("ul", {}, ...page.left_out.map((text) => element("li", { text }))));
  }
  byId("licence").textContent = page.licence;
}
