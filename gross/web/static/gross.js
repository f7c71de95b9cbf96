// Adds to pages that work without it: keys, progress, a guard against the second tap.
"use strict";

// A letter presses the button or link that carries it as data-key; "/" goes to the search.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (localStorage.getItem("keys") === "off") return; // WCAG 2.1.4
  const key = event.key.toLowerCase();
  const target = key === "/" ? document.querySelector(".search input")
    : /^[a-z?]$/.test(key) ? document.querySelector(`[data-key="${key}"]`) : null;
  if (!target) return;
  event.preventDefault();
  if (target.matches("input, summary")) target.focus();
  if (!target.matches("input")) target.click();
});

// A form that came back has its first wrong field under the cursor.
document.querySelector("[aria-invalid=true]")?.focus();

for (const box of document.querySelectorAll("[data-keys-switch]")) {
  box.checked = localStorage.getItem("keys") !== "off";
  box.addEventListener("change", () => localStorage.setItem("keys", box.checked ? "on" : "off"));
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

// A page on the wall says how old it is, so that a dead line to the server is seen.
for (const age of document.querySelectorAll("[data-age]")) {
  setInterval(() => {
    const minutes = Math.floor(Date.now() / 60000 - age.dataset.age / 60);
    age.textContent = minutes > 0 ? `, ${minutes} min ago` : "";
  }, 10000);
}
