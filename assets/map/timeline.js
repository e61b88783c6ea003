// The time slider: a first and a last day, and a window that moves by itself.

const days = features.flatMap((feature) => [feature.from, feature.to]).filter((day) => day !== null);
const firstDay = days.reduce((a, b) => Math.min(a, b), Infinity);
const lastDay = days.reduce((a, b) => Math.max(a, b), -Infinity);
const hasDays = firstDay <= lastDay;
const [fromInput, toInput] = [byId("from"), byId("to")];

for (const feature of features) {
  const told = [feature.from, feature.to].map((day) => (day === null ? "" : dayText(day)));
  feature.day = told[0] === told[1] ? told[0] || null : told[0] === "" ? `until ${told[1]}` : `${told[0]} – ${told[1]}`;
}

function inTime(feature) {
  if (feature.from === null && feature.to === null) return byId("undated").checked;
  if (!hasDays) return true;
  return (feature.from ?? -Infinity) <= Number(toInput.value) && (feature.to ?? Infinity) >= Number(fromInput.value);
}

function showTime() {
  if (!hasDays) return;
  byId("from-shown").textContent = dayText(Number(fromInput.value));
  byId("to-shown").textContent = dayText(Number(toInput.value));
  fromInput.setAttribute("aria-valuetext", byId("from-shown").textContent);
  toInput.setAttribute("aria-valuetext", byId("to-shown").textContent);
}

// How many features each part of the time has, behind the sliders.
function drawHistogram() {
  const canvas = byId("histogram");
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (width === 0 || !hasDays) return;
  canvas.width = width * 2;
  canvas.height = height * 2;
  const ctx = canvas.getContext("2d");
  ctx.scale(2, 2);
  const bins = Math.max(1, Math.min(lastDay - firstDay + 1, Math.floor(width / 4)));
  const counts = new Array(bins).fill(0);
  for (const feature of features) {
    const day = feature.from ?? feature.to;
    if (day !== null) counts[Math.min(bins - 1, Math.floor(((day - firstDay) / (lastDay - firstDay + 1)) * bins))] += 1;
  }
  const most = Math.max(...counts);
  ctx.fillStyle = "#7f8fa3";
  counts.forEach((count, at) => {
    if (count === 0) return;
    const tall = Math.max(3, (count / most) * height);
    ctx.fillRect((at / bins) * width, height - tall, Math.max(2, width / bins - 1), tall);
  });
}

let timer = null;
function play(on) {
  clearInterval(timer);
  timer = null;
  byId("play").setAttribute("aria-pressed", String(on));
  byId("play").textContent = on ? "Pause" : "Play";
  if (!on) return;
  // The whole time is no window to move: it then grows from the first day.
  const span = Number(toInput.value) - Number(fromInput.value);
  const grows = span >= lastDay - firstDay;
  if (grows || Number(toInput.value) >= lastDay) {
    fromInput.value = firstDay;
    toInput.value = grows ? firstDay : firstDay + span;
  }
  const step = Math.max(1, Math.round((lastDay - firstDay) / 120));
  timer = setInterval(() => {
    const to = Math.min(lastDay, Number(toInput.value) + step);
    if (!grows) fromInput.value = Number(fromInput.value) + (to - Number(toInput.value));
    toInput.value = to;
    showTime();
    refresh();
    if (to >= lastDay) play(false);
  }, 150);
}

function setUpTime() {
  byId("time").hidden = !hasDays || firstDay === lastDay;
  if (!hasDays) return;
  for (const input of [fromInput, toInput]) {
    input.min = firstDay;
    input.max = lastDay;
  }
  resetTime();
  fromInput.addEventListener("input", () => {
    if (Number(fromInput.value) > Number(toInput.value)) toInput.value = fromInput.value;
    showTime();
    refresh();
  });
  toInput.addEventListener("input", () => {
    if (Number(fromInput.value) > Number(toInput.value)) fromInput.value = toInput.value;
    showTime();
    refresh();
  });
  byId("undated").addEventListener("change", refresh);
  byId("play").addEventListener("click", () => play(timer === null));
  drawHistogram();
  window.addEventListener("resize", drawHistogram);
}

function resetTime() {
  if (!hasDays) return;
  fromInput.value = firstDay;
  toInput.value = lastDay;
  showTime();
}
