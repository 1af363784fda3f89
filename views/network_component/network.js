// Draws a network with Cytoscape.js (its source stands before this in the same module). Positions come from Python.
// Names reach the page only as Cytoscape labels (drawn on a canvas) and through textContent.

const FONT = '"Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';
const FEW_EDGES = 70; // up to here every edge carries its label; beyond, those of the node under the pointer
const drawings = new WeakMap();

const STYLE = [
  { selector: "node", style: {
    "background-color": "data(colour)", width: "data(size)", height: "data(size)", label: "data(name)",
    "font-family": FONT, "font-size": 11, color: "#1d2730", "text-valign": "bottom", "text-margin-y": 3,
    "text-wrap": "ellipsis", "text-max-width": 130, "text-background-color": "#fff", "text-background-opacity": 0.75,
    "min-zoomed-font-size": 6.5 } },
  { selector: "node.major", style: { "font-size": 19, "text-max-width": 230, "min-zoomed-font-size": 3, "z-index": 5 } },
  { selector: "node.centre", style: { "border-width": 4, "border-color": "#1d2730", "font-weight": "bold", "font-size": 13 } },
  { selector: "edge", style: {
    width: "data(width)", "line-color": "#b3bec7", "target-arrow-color": "#b3bec7", "target-arrow-shape": "triangle",
    "arrow-scale": 0.8, "curve-style": "bezier", "control-point-step-size": 26,
    "font-family": FONT, "font-size": 9, color: "#5d6b78", "text-rotation": "autorotate",
    "text-background-color": "#fff", "text-background-opacity": 0.85, "min-zoomed-font-size": 7 } },
  { selector: "edge.symmetric", style: { "source-arrow-shape": "triangle", "source-arrow-color": "#b3bec7" } },
  { selector: "edge.planned", style: { "line-style": "dashed" } },
  { selector: "edge.negated", style: { "line-style": "dotted", "line-color": "#c98484", "target-arrow-color": "#c98484" } },
  { selector: "edge.labelled, edge.near, edge:selected", style: { label: "data(label)" } },
  { selector: ".far", style: { opacity: 0.18 } },
  { selector: "edge.near", style: { "line-color": "#6f8494", "target-arrow-color": "#6f8494", "z-index": 9 } },
  { selector: "node:selected", style: { "border-width": 4, "border-color": "#f0b400" } },
  { selector: "edge:selected", style: { "line-color": "#d89b00", "target-arrow-color": "#d89b00", width: 4, "z-index": 9 } },
];

function element(row) {
  const position = row.x === undefined ? undefined : { x: row.x, y: row.y };
  return { group: row.source ? "edges" : "nodes", data: row, position, classes: row.classes };
}

function create(host, send) {
  const cy = globalThis.cytoscape({
    container: host, style: STYLE, layout: { name: "preset" }, minZoom: 0.08, maxZoom: 4, boxSelectionEnabled: false,
  });
  cy.on("tap", "node, edge", (event) => send("picked", event.target.id()));
  cy.on("mouseover", "node", (event) => {
    const near = event.target.closedNeighborhood();
    cy.elements().not(near).addClass("far");
    near.edges().addClass("near");
  });
  cy.on("mouseout", "node", () => cy.elements().removeClass("far near"));
  return { cy, view: "" };
}

// The whole drawing in sight, but a small one not blown up.
function fitted(cy) {
  cy.fit(undefined, 40);
  if (cy.zoom() > 1.4) {
    cy.zoom(1.4);
    cy.center();
  }
}

function draw(drawing, data) {
  const { cy } = drawing;
  const wanted = new Map([...data.nodes, ...data.edges].map((row) => [row.id, row]));
  const fresh = drawing.view !== data.view;
  cy.batch(() => {
    cy.elements().filter((one) => !wanted.has(one.id())).remove();
    for (const row of [...data.nodes, ...data.edges]) {
      const old = cy.getElementById(row.id);
      if (old.empty()) cy.add(element(row));
      else {
        old.data(row);
        old.classes(row.classes);
        if (fresh && old.isNode()) old.position({ x: row.x, y: row.y });
      }
    }
    cy.edges().toggleClass("labelled", data.edges.length <= FEW_EDGES);
    cy.elements().unselect();
    if (data.picked) cy.getElementById(data.picked).select();
  });
  if (fresh) fitted(cy);
  drawing.view = data.view;
}

function save(cy, name) {
  const place = document.createElement("a");
  place.href = URL.createObjectURL(cy.png({ output: "blob", full: true, scale: 2, bg: "#ffffff", maxWidth: 8000 }));
  place.download = name;
  place.click();
  window.setTimeout(() => URL.revokeObjectURL(place.href), 5000);
}

function legend(place, rows) {
  place.replaceChildren(
    ...rows.map((row) => {
      const item = document.createElement("span");
      const dot = document.createElement("i");
      dot.className = row.kind;
      if (row.colour) dot.style.background = row.colour;
      item.append(dot, document.createTextNode(row.label));
      return item;
    }),
  );
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const host = parentElement.querySelector(".agn-canvas");
  let drawing = drawings.get(host);
  if (!drawing) {
    drawing = create(host, setTriggerValue);
    drawings.set(host, drawing);
    // For tests and for the curious: the drawing of the page.
    host.cytoscape = drawing.cy;
  }
  draw(drawing, data);
  host.setAttribute("aria-label", data.words.title);
  legend(parentElement.querySelector(".agn-legend"), data.legend);
  const fit = parentElement.querySelector(".agn-fit");
  fit.textContent = data.words.fit;
  fit.onclick = () => fitted(drawing.cy);
  const png = parentElement.querySelector(".agn-save");
  png.textContent = data.words.save;
  png.onclick = () => save(drawing.cy, data.words.file);
  return () => {
    drawing.cy.destroy();
    drawings.delete(host);
  };
}
