const svg = document.querySelector("svg"), dots = document.getElementById("dots");
const groups = [...dots.children], lines = [...document.querySelectorAll("line")];
const box = svg.viewBox.baseVal;

// names keep their size on the screen; those that would cover a more typical one are hidden
function label() {
  const scale = box.width / svg.clientHeight, taken = [];
  for (const group of groups) {
    const text = group.lastChild, x = +text.getAttribute("x"), y = +text.getAttribute("y");
    const half = text.textContent.length * 3.2 * scale, high = 12 * scale;
    const free = taken.every(t => Math.abs(t.x - x) > t.half + half || Math.abs(t.y - y) > high);
    text.style.fontSize = `${11 * scale}px`;
    text.style.strokeWidth = `${2 * scale}px`;
    text.style.display = free || group.classList.contains("on") ? "" : "none";
    if (free) taken.push({x, y, half});
  }
}

function pick(chosen) {
  const on = new Set(chosen);
  for (const line of lines) {
    const hit = chosen.has(+line.dataset.a) || chosen.has(+line.dataset.b);
    line.classList.toggle("on", hit);
    if (hit) on.add(+line.dataset.a).add(+line.dataset.b);
  }
  dots.classList.toggle("picked", on.size > 0);
  for (const group of groups) group.classList.toggle("on", on.has(+group.dataset.n));
  label();
}

svg.addEventListener("wheel", event => {
  event.preventDefault();
  const factor = event.deltaY > 0 ? 1.15 : 1 / 1.15;
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  box.x = at.x - (at.x - box.x) * factor;
  box.y = at.y - (at.y - box.y) * factor;
  box.width *= factor;
  box.height *= factor;
  label();
}, {passive: false});
svg.addEventListener("pointermove", event => {
  if (event.buttons !== 1) return;
  const scale = box.width / Math.min(svg.clientWidth, svg.clientHeight);
  box.x -= event.movementX * scale;
  box.y -= event.movementY * scale;
});
for (const group of groups) {
  group.firstChild.addEventListener("pointerenter", () => pick(new Set([+group.dataset.n])));
  group.firstChild.addEventListener("pointerleave", () => pick(new Set()));
}
document.getElementById("find").addEventListener("input", event => {
  const asked = event.target.value.trim().toLowerCase();
  pick(new Set(asked ? groups.filter(g => g.dataset.name.includes(asked)).map(g => +g.dataset.n) : []));
});
addEventListener("resize", label);
label();
