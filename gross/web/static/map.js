// Draws the overlap map with cytoscape.js; the page's table says the same without it.
"use strict";

(() => {
  const card = document.querySelector("[data-map-card]");
  const box = document.querySelector("[data-map]");
  const said = document.querySelector("[data-map-says]");
  const { dots, lines } = JSON.parse(document.getElementById("map-data").textContent);
  const ink = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const dashes = { overlapping: "dashed", contained: "dotted" };
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
    ...Object.entries(dashes).map(([kind, dash]) => ({ selector: `edge[kind = '${kind}']`, style: { "line-style": dash } })),
    { selector: ".near", style: { width: 6, "background-color": ink("--ac"), "z-index": 9 } },
    { selector: "node.near", style: { width: 20, height: 20 } },
  ];

  // Each dot begins on a small circle of its cluster, so that the same flags give the same map.
  const places = new Map();
  dots.forEach((dot) => places.set(dot.cluster, [...(places.get(dot.cluster) || []), dot]));
  const across = Math.ceil(Math.sqrt(places.size));
  [...places.values()].forEach((group, place) => group.forEach((dot, i) => {
    const turn = (2 * Math.PI * i) / group.length;
    dot.at = { x: 300 * (place % across) + 60 * Math.cos(turn), y: 300 * Math.floor(place / across) + 60 * Math.sin(turn) };
  }));

  card.hidden = false;
  const map = cytoscape({
    container: box,
    elements: [
      ...dots.map((dot) => ({ data: dot, position: dot.at })),
      ...lines.map((line, i) => ({ data: { ...line, id: `l${i}` } })),
    ],
    style: colours(),
    layout: { name: "cose", animate: false, randomize: false, idealEdgeLength: () => 70, nodeRepulsion: () => 9000, componentSpacing: 60, padding: 24 },
    userZoomingEnabled: false, // the wheel scrolls the page; the buttons zoom
    autoungrabify: true,
    maxZoom: 3,
  });
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
      else map.fit(undefined, 24);
    });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => map.style(colours()));
  box.map = map; // for whoever looks from outside: tests
})();
