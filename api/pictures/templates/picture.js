"use strict";
// Draws what the page's data say, at the places they say: nodes and edges come from pyvis, shapes and labels are painted here.
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const holder = document.getElementById("picture");
  const said = document.getElementById("said");
  const INK = "#1c1c1c", SOFT = "#5a5a5a", PAPER = "#ffffff";

  function outline(ctx, shape, x, y, w, h) {
    const left = x - w / 2, top = y - h / 2, right = x + w / 2, bottom = y + h / 2;
    ctx.beginPath();
    if (shape === "hexagon") {
      const cut = Math.min(12, h / 3);
      ctx.moveTo(left, y); ctx.lineTo(left + cut, top); ctx.lineTo(right - cut, top);
      ctx.lineTo(right, y); ctx.lineTo(right - cut, bottom); ctx.lineTo(left + cut, bottom); ctx.closePath();
    } else if (shape === "note") {
      const fold = Math.min(12, h / 3);
      ctx.moveTo(left, top); ctx.lineTo(right - fold, top); ctx.lineTo(right, top + fold);
      ctx.lineTo(right, bottom); ctx.lineTo(left, bottom); ctx.closePath();
      ctx.moveTo(right - fold, top); ctx.lineTo(right - fold, top + fold); ctx.lineTo(right, top + fold);
    } else {
      const round = shape === "ellipse" ? Math.min(h / 2, 22) : shape === "frame" ? 8 : 3;
      ctx.roundRect(left, top, w, h, round);
    }
  }

  function paint(node) {
    const box = node.drawn;
    return function ({ ctx, x, y, state }) {
      return {
        drawNode() {
          outline(ctx, box.shape, x, y, box.width, box.height);
          ctx.fillStyle = box.fill; ctx.fill();
          ctx.strokeStyle = box.edge; ctx.lineWidth = (box.strong ? 3 : 1.4) + (state.selected || state.hover ? 1.6 : 0);
          ctx.lineJoin = "round"; ctx.stroke();
          ctx.textBaseline = "alphabetic";
          if (box.heading) {
            ctx.textAlign = "left"; ctx.fillStyle = SOFT; ctx.font = "bold 11px " + data.fonts;
            ctx.fillText(box.heading, x - box.width / 2 + 12, y - box.height / 2 + 15);
          }
          ctx.textAlign = "center";
          let down = y - box.lines.reduce((sum, line) => sum + line.height, 0) / 2;
          for (const line of box.lines) {
            down += line.height;
            ctx.font = (line.bold ? "bold " : "") + line.size + "px " + data.fonts;
            ctx.fillStyle = line.soft ? box.edge : INK;
            ctx.fillText(line.text, x, down - line.size * 0.3);
          }
        },
        nodeDimensions: { width: box.width, height: box.height },
      };
    };
  }

  for (const node of data.nodes) node.ctxRenderer = paint(node);
  const network = new vis.Network(holder, { nodes: new vis.DataSet(data.nodes), edges: new vis.DataSet(data.edges) }, data.options);

  // Labels of lines stand where the layout found free ground, as a share of the way; they follow when a box is dragged.
  function place(edge) {
    const ends = network.getPositions([edge.from, edge.to]);
    const a = ends[edge.from], b = ends[edge.to];
    const dx = b.x - a.x, dy = a.y - b.y, bend = edge.drawn.bend, t = edge.drawn.at;
    const angle = Math.atan2(dy, dx) + (bend * 0.5 + 0.5) * Math.PI;
    const reach = (Math.abs(bend) * 0.5 + 0.5) * Math.hypot(dx, dy);
    const cx = a.x + reach * Math.sin(angle), cy = a.y + reach * Math.cos(angle), u = 1 - t;
    return { x: u * u * a.x + 2 * u * t * cx + t * t * b.x, y: u * u * a.y + 2 * u * t * cy + t * t * b.y };
  }

  network.on("afterDrawing", function (ctx) {
    ctx.textAlign = "center"; ctx.textBaseline = "alphabetic";
    for (const edge of data.edges) {
      const label = edge.drawn.label;
      if (!label.length) continue;
      const at = place(edge), high = label.length * 12.8 + 2, top = at.y - high / 2;
      ctx.fillStyle = PAPER; ctx.globalAlpha = 0.88;
      ctx.fillRect(at.x - edge.drawn.wide / 2, top, edge.drawn.wide, high);
      ctx.globalAlpha = 1; ctx.font = "10px " + data.fonts; ctx.fillStyle = edge.drawn.ink;
      label.forEach((text, n) => ctx.fillText(text, at.x, top + 1 + (n + 0.78) * 12.8));
    }
    ctx.textAlign = "left"; ctx.font = "bold 12.5px " + data.fonts;
    for (const heading of data.headings) {
      ctx.fillStyle = PAPER; ctx.globalAlpha = 0.92;
      ctx.fillRect(heading.x - 3, heading.y - 12.5, ctx.measureText(heading.text).width + 6, 16);
      ctx.globalAlpha = 1;
      ctx.fillStyle = heading.colour; ctx.fillText(heading.text, heading.x, heading.y);
    }
  });

  const edges = new Map(data.edges.map((edge) => [edge.id, edge]));
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  network.on("click", function (event) {
    const node = event.nodes.length ? nodes.get(event.nodes[0]) : null;
    const edge = !node && event.edges.length ? edges.get(event.edges[0]) : null;
    said.textContent = node ? node.title : edge ? edge.title : "";
    const lit = new Set(edge ? edge.drawn.statements : []);
    for (const row of document.querySelectorAll("tr[data-statement]")) row.classList.toggle("lit", lit.has(row.dataset.statement));
  });

  function whole() { 
    const { width, height } = data.size;
    const scale = Math.min(holder.clientWidth / width, holder.clientHeight / height, 1.25);
    network.moveTo({ position: { x: width / 2, y: height / 2 }, scale, animation: false });
  }
  document.getElementById("whole").addEventListener("click", whole);
  window.addEventListener("resize", whole);
  window.addEventListener("beforeprint", whole);
  whole();
  document.body.dataset.ready = "true";
}());
