// Joins the parts.

offerChoices("actor", actorsOf);
offerChoices("type", (feature) => [feature.type]);
setUpTime();
chooseArticles();
fillNotes();
for (const id of ["search", "confidence"]) byId(id).addEventListener("input", refresh);

byId("more").addEventListener("click", () => showMore());
byId("reset").addEventListener("click", () => {
  chosen.actor.clear();
  chosen.type.clear();
  for (const input of document.querySelectorAll("#filters input[type=checkbox]")) input.checked = true;
  byId("confidence").value = 0;
  byId("search").value = "";
  byId("undated").checked = true;
  resetTime();
  refresh();
  showAll();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") select(null);
});

// A print holds the list, at full length within reason, and a map that fits its paper.
window.addEventListener("beforeprint", () => {
  showMore(2000);
  document.body.classList.add("printing");
  map.invalidateSize({ animate: false });
  showAll();
});
window.addEventListener("afterprint", () => {
  document.body.classList.remove("printing");
  map.invalidateSize({ animate: false });
});

refresh();
document.body.dataset.ready = "true";
