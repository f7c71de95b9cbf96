// Adds to pages that work without it: keys, progress, a guard against the second tap.
"use strict";

// A letter presses the button or link that carries it as data-key; "/" goes to the search.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (localStorage.getItem("keys") === "off") return; // WCAG 2.1.4
  const key = event.key.toLowerCase();
  const target = key === "/" ? document.querySelector(".search input")
    : /^[a-z?]$/.test(key) ? document.querySelector(`[data-key="${key}"]`) : null;
  if (!target) return;
  event.preventDefault();
  if (target.matches("input, summary")) target.focus();
  if (!target.matches(".search input")) target.click();
});

// A form that came back has its first wrong field under the cursor.
document.querySelector("[aria-invalid=true]")?.focus();

for (const box of document.querySelectorAll("[data-keys-switch]")) {
  box.checked = localStorage.getItem("keys") !== "off";
  box.addEventListener("change", () => localStorage.setItem("keys", box.checked ? "on" : "off"));
}

// Marked flags stay marked while their reader goes through the list, until they are answered.
const boxes = [...document.querySelectorAll("[data-mark]")];
if (boxes.length) {
  const kept = new Set(JSON.parse(sessionStorage.getItem("marked") || "[]"));
  const told = document.querySelector("[data-marked]");
  const keep = () => {
    for (const box of boxes) box.checked ? kept.add(box.value) : kept.delete(box.value);
    sessionStorage.setItem("marked", JSON.stringify([...kept]));
    if (told) told.textContent = `${boxes.filter((box) => box.checked).length} on this page`;
  };
  for (const box of boxes) {
    box.checked ||= kept.has(box.value);
    box.addEventListener("change", keep);
  }
  keep();
  document.querySelector("[data-unmark]")?.addEventListener("click", () => sessionStorage.removeItem("marked"));
  boxes[0].form.addEventListener("submit", () => sessionStorage.removeItem("marked"));
}

// A job's page asks how far it is, and loads anew when it ended.
for (const part of document.querySelectorAll("[data-progress]")) {
  const ask = async () => {
    const answer = await fetch(part.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const job = await answer.json();
    if (job.ended) { location.reload(); return; }
    const bar = part.querySelector("progress");
    if (job.total) { bar.max = job.total; bar.value = job.done; }
    part.querySelector("[data-says]").textContent = job.says;
    setTimeout(ask, 1000);
  };
  setTimeout(ask, 500);
}
