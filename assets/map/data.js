// What the page was given, and small things that every part needs.

const page = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);

// An element with text. Text from articles goes through textContent only, so that it never is code.
function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (key === "text") made.textContent = value;
    else if (key === "class") made.className = value;
    else if (key === "on") for (const [type, listener] of Object.entries(value)) made.addEventListener(type, listener);
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

// Text of either direction inside a line of the other.
const bdi = (text) => element("bdi", { dir: "auto", text });

// A link, or the bare text where the address is not one of the web.
function link(address, text) {
  let known = null;
  try {
    known = new URL(address);
  } catch {
    known = null;
  }
  if (known === null || !["http:", "https:"].includes(known.protocol)) return bdi(text);
  return element("a", { href: known.href, rel: "noopener noreferrer", target: "_blank" }, bdi(text));
}

// As the gazetteer compares names: without case, vowel marks and the forms of alef, ya and ta.
function folded(text) {
  return text.normalize("NFKD").replace(/[\p{M}\u0640]/gu, "").toLowerCase()
    .replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه").replace(/ı/g, "i");
}

const DAY_MS = 86_400_000;
const dayOf = (time) => (time === null ? null : Math.floor(Date.parse(time) / DAY_MS));
const dayText = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);
const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

page.styles.forEach((style, number) => Object.assign(style, { number }));

// A feature is given by its members only where it has them.
const features = page.features.map((given, index) => {
  const feature = {
    index, actors: [], spans: [], geometry: null, start: null, end: null, uncertainty_m: null,
    title_ar: null, details: [], ...given,
  };
  feature.style = page.styles[feature.style];
  feature.from = dayOf(feature.start);
  feature.to = dayOf(feature.end);
  feature.shown = true;
  return feature;
});
// What a search looks through, made when somebody searches.
function wordsOf(feature) {
  feature.words ??= folded([feature.title, feature.title_ar ?? "", feature.description, ...feature.details.map((d) => d[1])].join(" "));
  return feature.words;
}

const isPlace = (feature) => feature.kind === "place";
