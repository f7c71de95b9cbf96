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

// A page on the wall renews itself; when the server is gone it stays, and says how old it is.
for (const age of document.querySelectorAll("[data-age]")) {
  setInterval(async () => {
    const minutes = Math.floor(Date.now() / 60000 - age.dataset.age / 60);
    age.textContent = minutes > 0 ? `, ${minutes} min ago` : "";
    if (minutes >= 5 && (await fetch(location.href).catch(() => ({}))).ok) location.reload();
  }, 10000);
}

// Sending files: chosen, dropped, a whole folder; in portions, each of which is safe to send again.
for (const form of document.querySelectorAll("form[data-upload]")) {
  const input = form.querySelector("input[type=file]");
  const said = form.querySelector("[data-said]");
  const bar = form.querySelector("progress");
  const folder = form.querySelector("[data-folder]");
  const most = Number(form.dataset.most);
  const PORTION = 100, PORTION_BYTES = 32 << 20;
  let dropped = []; // [path, File]
  form.querySelector("[data-dropping]").hidden = false;
  folder.hidden = false;

  const files = () => [...dropped, ...[...input.files].map((file) => [file.webkitRelativePath || file.name, file])];
  const tell = () => {
    const chosen = files();
    const size = chosen.reduce((sum, [, file]) => sum + file.size, 0);
    said.textContent = chosen.length ? `${chosen.length.toLocaleString("en")} ${chosen.length === 1 ? "file" : "files"}, ${(size / 1048576).toFixed(1)} MB.` : "";
  };
  input.addEventListener("change", () => { tell(); input.webkitdirectory = false; });
  folder.addEventListener("click", () => { input.webkitdirectory = true; input.click(); });

  const walk = async (entry, path) => {
    if (entry.isFile) {
      const file = await new Promise((done, fail) => entry.file(done, fail));
      dropped.push([path + entry.name, file]);
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((done, fail) => reader.readEntries(done, fail));
      if (!some.length) return;
      for (const one of some) await walk(one, `${path}${entry.name}/`);
    }
  };
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", async (event) => {
    event.preventDefault();
    form.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
    if (!entries.length) dropped.push(...[...event.dataTransfer.files].map((file) => [file.name, file]));
    const one = entries.length === 1 && entries[0].isDirectory; // the folder itself is no part of a path
    for (const entry of entries) {
      const before = dropped.length;
      await walk(entry, "");
      if (one) dropped = dropped.map(([path, file], n) => n < before ? [path, file] : [path.slice(entry.name.length + 1), file]);
    }
    tell();
  });

  const portions = (all) => {
    const found = [[]];
    let size = 0;
    for (const one of all) {
      const last = found[found.length - 1];
      if (last.length && (last.length === PORTION || size + one[1].size > PORTION_BYTES)) { found.push([one]); size = one[1].size; }
      else { last.push(one); size += one[1].size; }
    }
    return found;
  };
  const send = async (address, portion, once) => {
    const body = new FormData();
    body.append("csrf_token", form.elements.csrf_token.value);
    body.append("once", once);
    for (const [path, file] of portion) body.append("files", file, path);
    for (let wait = 500; ; wait *= 3) {
      try { return await fetch(address, { method: "POST", body }); } catch (error) {
        if (wait > 5000) throw error;
        await new Promise((done) => setTimeout(done, wait));
      }
    }
  };
  form.addEventListener("submit", async (event) => {
    const all = files();
    if (!all.length) return;
    event.preventDefault();
    const big = all.find(([, file]) => file.size > most);
    if (big) { said.textContent = `${big[0]} is larger than one upload may be. Split it, or use the command gross import.`; return; }
    form.querySelectorAll("button").forEach((button) => { button.disabled = true; });
    bar.hidden = false;
    bar.max = all.length;
    bar.value = 0;
    let address = form.action, once = form.elements.once.value, page = "";
    try {
      for (const portion of portions(all)) {
        const answer = await send(address, portion, once);
        if (!answer.ok) {
          const text = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main p");
          throw new Error(text ? text.textContent : "The server did not take it.");
        }
        page = answer.url;
        address = `${page.replace(/[?#].*$/, "").replace(/\/$/, "")}/files`;
        once = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16)).join("");
        bar.value += portion.length;
        said.textContent = `${bar.value.toLocaleString("en")} of ${all.length.toLocaleString("en")} files sent.`;
      }
      location.assign(page);
    } catch (error) {
      said.textContent = error.message === "Failed to fetch" ? "The connection broke. Try again; what was sent is not sent twice." : error.message;
      form.querySelectorAll("button").forEach((button) => { button.disabled = false; });
    }
  });
}
