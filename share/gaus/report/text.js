// Elements and numbers.

/** An element with attributes (functions are listeners) and children. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((c) => c !== undefined && c !== null));
  return element;
}

function byId(id) { return document.getElementById(id); }

function counted(number, what) {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

/** A colour of the style, read anew when the scheme changes. */
const colours = {
  cache: new Map(),
  get(name) {
    if (!this.cache.has(name))
      this.cache.set(name, getComputedStyle(document.documentElement)
        .getPropertyValue("--" + name).trim());
    return this.cache.get(name);
  },
  numbered(k) { return this.get("c" + (((k % 8) + 8) % 8)); },
  forget() { this.cache.clear(); },
};

/** A canvas in device pixels, drawn on in CSS pixels. */
function sized(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const w = Math.max(1, Math.round(width * ratio));
  const h = Math.max(1, Math.round(height * ratio));
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  canvas.style.width = width + "px";
  canvas.style.height = height + "px";
  const g = canvas.getContext("2d");
  g.setTransform(ratio, 0, 0, ratio, 0, 0);
  g.clearRect(0, 0, width, height);
  g.font = "11px system-ui, sans-serif";
  g.textBaseline = "middle";
  return g;
}

/** The text, cut so that about `width` pixels hold it. */
function fitted(text, width) {
  const most = Math.floor(width / 6.2);
  return text.length <= most ? text
    : most < 3 ? "" : text.slice(0, most - 1) + "\u2026";
}
