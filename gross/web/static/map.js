// Draws the overlap map with cytoscape.js; the page's table says the same without it.
"use strict";

(() => {
  const card = document.querySelector("[data-map-card]");
  const box = document.querySelector("[data-map]");
  const said = document.querySelector("[data-map-says]");
  const { dots, lines } = JSON.parse(document.getElementById("map-data").textContent);
  const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const dashes = { overlapping: [8, 4], contained: [3, 3] };
  // The library would add a <style> of its own, which the page's policy forbids: gross.css has its
  // one rule, and an element of that name tells it so.
  box.id = "__________cytoscape_stylesheet";

  const colours = () => [
    { selector: "node", style: {
      "background-color": ink("--tx"), label: "data(name)", color: ink("--tx"), "font-family": "Inter, sans-serif",
      "font-size": 11, width: 14, height: 14, "text-valign": "bottom", "text-margin-y": 4,
      "text-background-color": ink("--sf"), "text-background-opacity": 0.8, "text-max-width": 90, "text-wrap": "ellipsis",
    } },
    { selector: "edge", style: { width: 3, "curve-style": "bezier", "line-color": ink("--blu") } },
    { selector: "edge[kind = 'conflicting']", style: { "line-color": ink("--red"), width: 4 } },
    { selector: "edge[kind = 'redundant']", style: { "line-color": ink("--pur") } },
    { selector: "edge[kind = 'contained']", style: { "line-color": ink("--pur") } },
    ...Object.entries(dashes).map(([kind, dash]) => ({ selector: `edge[kind = '${kind}']`, style: { "line-style": "dashed", "line-dash-pattern": dash } })),
    { selector: ".near", style: { width: 6, "background-color": ink("--ac"), "z-index": 9 } },
    { selector: "node.near", style: { width: 20, height: 20 } },
  ];

  // Each cluster is a ring around its most tied policy; rings stand in rows, so that the same
  // flags give the same map.
  const ties = new Map(dots.map((dot) => [dot.id, 0]));
  for (const line of lines) for (const end of [line.source, line.target]) ties.set(end, ties.get(end) + 1);
  const rings = new Map();
  for (const dot of dots) rings.set(dot.cluster, [...(rings.get(dot.cluster) || []), dot]);
  const sized = [...rings.values()].sort((a, b) => b.length - a.length).map((ring) => {
    ring.sort((a, b) => ties.get(b.id) - ties.get(a.id));
    const radius = ring.length < 3 ? 45 : Math.max(60, 13 * ring.length);
    return { ring, radius, wide: 2 * radius + 80, high: (ring.length < 3 ? 0 : 2 * radius) + 70 };
  });
  card.hidden = false;
  const area = sized.reduce((sum, each) => sum + each.wide * each.high, 0);
  const rowWide = Math.max(sized[0].wide, Math.sqrt(1.1 * area * box.clientWidth / box.clientHeight));
  let x = 0, y = 0, rowHigh = 0;
  for (const { ring, radius, wide, high } of sized) {
    if (x && x + wide > rowWide) { x = 0; y += rowHigh; rowHigh = 0; }
    const centred = ring.length > 3 ? 1 : 0;
    ring.forEach((dot, i) => {
      const turn = (2 * Math.PI * i) / (ring.length - centred);
      const away = centred && !i ? 0 : radius;
      dot.at = { x: x + wide / 2 + away * Math.cos(turn), y: y + high / 2 + away * Math.sin(turn) };
    });
    x += wide;
    rowHigh = Math.max(rowHigh, high);
  }

  const map = cytoscape({
    container: box,
    elements: [
      ...dots.map((dot) => ({ data: dot, position: dot.at })),
      ...lines.map((line, i) => ({ data: { ...line, id: `l${i}` } })),
    ],
    style: colours(),
    layout: { name: "preset", padding: 12 },
    userZoomingEnabled: false, // the wheel scrolls the page; the buttons zoom
    autoungrabify: true,
    maxZoom: 3,
  });
  // Where all is too small to read, begin with the largest cluster.
  const largest = map.nodes().filter((dot) => dot.data("cluster") === sized[0].ring[0].cluster);
  if (map.zoom() < 0.6) map.fit(largest, 12);
  const usual = said.textContent;
  map.on("mouseover", "node, edge", (event) => {
    event.target.addClass("near");
    said.textContent = event.target.data("title");
    box.classList.add("over");
  });
  map.on("mouseout", "node, edge", (event) => {
    event.target.removeClass("near");
    said.textContent = usual;
    box.classList.remove("over");
  });
  map.on("tap", "node, edge", (event) => location.assign(event.target.data("url")));
  for (const button of document.querySelectorAll("[data-map-zoom]")) {
    button.addEventListener("click", () => {
      const by = Number(button.dataset.mapZoom);
      if (by) map.zoom({ level: map.zoom() * by, renderedPosition: { x: box.clientWidth / 2, y: box.clientHeight / 2 } });
      else map.fit(undefined, 12);
    });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => map.style(colours()));
  box.map = map; // for whoever looks from outside: tests
})();
