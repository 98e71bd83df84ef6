// Draws the answer: a bar with the range, the curve over the lengths, and a picture that stands alone.

const LETTERS = "Arial, Helvetica, 'Noto Sans', 'Noto Naskh Arabic', 'Noto Sans Devanagari', 'Liberation Sans', sans-serif";
const INKS = {
  light: { paper: "#ffffff", ink: "#1f2933", quiet: "#4b555f", line: "#d5dbe1", blue: "#0072b2", mine: "#d55e00" },
  dark: { paper: "#14181d", ink: "#e8ecf0", quiet: "#c5ccd3", line: "#3a434d", blue: "#56b4e9", mine: "#f0843c" },
};
const TICKS = [[1, "hour", "1"], [24, "day", "1"], [168, "day", "7"], [720, "day", "30"], [8760, "day", "365"]];
const BOUNDS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const safe = (text) => text.replace(/[&<>"]/g, (sign) => BOUNDS[sign]);
const pen = document.createElement("canvas").getContext("2d");

function widthOf(text, size, bold) {
  pen.font = `${bold ? "bold " : ""}${size}px ${LETTERS}`;
  return pen.measureText(text).width;
}

/** Lines that fit so many pixels. */
function linesOf(text, width, size, bold) {
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && widthOf(longer, size, bold) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function text(words, x, y, size, fill, { anchor = "start", bold = false, fromRight = false } = {}) {
  const weight = bold ? ' font-weight="bold"' : "", turn = fromRight ? ' direction="rtl"' : "";
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" text-anchor="${anchor}"${weight}${turn}>${safe(words)}</text>`;
}

/** The range as a bar from its low to its high end, with a dot at the middle; `words` are those of the ends. */
function barSvg([low, median, high], words, width, size, inks, fromRight) {
  const edge = 10, y = size, at = (value) => edge + (value / high) * (width - 2 * edge), turned = (x) => (fromRight ? width - x : x);
  const [lowWide, highWide] = words.map((word) => widthOf(word, size)), highAt = width - highWide / 2;
  const free = highAt - highWide / 2 - size - lowWide / 2;
  const lowAt = Math.max(lowWide / 2, Math.min(at(low), free));
  const line = (from, to, above, below, ink, thick) =>
    `<line x1="${turned(from)}" x2="${turned(to)}" y1="${y - above}" y2="${y + below}" stroke="${ink}" stroke-width="${thick}"/>`;
  return line(edge, width - edge, 0, 0, inks.line, 2) + line(at(low), at(high), 0, 0, inks.mine, 4)
    + line(at(low), at(low), 8, 8, inks.mine, 3) + line(at(high), at(high), 8, 8, inks.mine, 3)
    + `<circle cx="${turned(at(median))}" cy="${y}" r="9" fill="${inks.mine}" stroke="${inks.paper}" stroke-width="2"/>`
    + text(words[0], turned(lowAt), y + 2.1 * size, size, inks.ink, { anchor: "middle", fromRight })
    + text(words[1], turned(highAt), y + 2.1 * size, size, inks.ink, { anchor: "middle", fromRight });
}

/** The curve over the lengths on two logarithmic scales; `points` are {hours, range}, `chosen` the number of one. */
function curveSvg(points, chosen, mark, language, unit, width, height, size, inks) {
  const least = points[0].hours, most = points[points.length - 1].hours, foot = height - 1.9 * size, head = 1.6 * size;
  const highest = points[points.length - 1].range[2];
  const lowest = Math.max(Math.min(...points.map((point) => point.range[0]).filter((value) => value > 0)), highest * 1e-7);
  const x = (hours) => 6 + (Math.log(hours / least) / Math.log(most / least)) * (width - 12);
  const y = (value) => {
    const share = Math.log(Math.max(value, lowest) / lowest) / Math.log(highest / lowest);
    return foot - share * (foot - head);
  };
  let drawn = "", marks = "";
  const side = language.fromRight;
  const from = Math.ceil(Math.log10(lowest)), to = Math.floor(Math.log10(highest)), every = Math.ceil((to - from + 1) / 5);
  for (let power = to; power >= from; power -= every) {
    const value = Number(`1e${power}`), at = y(value);
    drawn += `<line x1="0" x2="${width}" y1="${at}" y2="${at}" stroke="${inks.line}"/>`;
    // Above the start of the curve at the left, else under its end at the right, where nothing is drawn.
    const words = language.amount(value, unit, 1), under = points.find((point) => x(point.hours) > 8 + widthOf(words, size * 0.9));
    const left = value > under.range[2], anchor = left !== side ? "start" : "end";
    marks += text(words, left ? 4 : width - 4, at - 0.3 * size, size * 0.9, inks.quiet, { anchor, fromRight: side });
  }
  const along = (end) => points.map((point) => `${x(point.hours).toFixed(1)},${y(point.range[end]).toFixed(1)}`);
  drawn += `<polygon points="${[...along(0), ...along(2).reverse()].join(" ")}" fill="${inks.blue}" fill-opacity="0.28"/>`;
  drawn += `<polyline points="${along(1).join(" ")}" fill="none" stroke="${inks.blue}" stroke-width="${size / 5}"/>`;
  drawn += `<line x1="0" x2="${width}" y1="${foot}" y2="${foot}" stroke="${inks.quiet}"/>`;
  let free = -Infinity;
  for (const [hours, name, count] of TICKS) {
    const words = language.counted("lasting", name, count), half = widthOf(words, size * 0.9) / 2;
    const middle = Math.min(Math.max(x(hours), half), width - half);
    if (middle - half < free) continue;
    free = middle + half + size;
    drawn += `<line x1="${x(hours)}" x2="${x(hours)}" y1="${foot}" y2="${foot + 5}" stroke="${inks.quiet}"/>`;
    drawn += text(words, middle, foot + 1.5 * size, size * 0.9, inks.quiet, { anchor: "middle", fromRight: side });
  }
  const point = points[chosen], px = x(point.hours), ends = point.range.map(y);
  drawn += `<line x1="${px}" x2="${px}" y1="${ends[0]}" y2="${ends[2]}" stroke="${inks.mine}" stroke-width="3"/>`;
  drawn += `<line x1="${px}" x2="${px}" y1="${ends[0]}" y2="${foot}" stroke="${inks.mine}" stroke-width="1.5" stroke-dasharray="2 4"/>`;
  drawn += `<circle cx="${px}" cy="${ends[1]}" r="${size / 2}" fill="${inks.mine}" stroke="${inks.paper}" stroke-width="2"/>`;
  const long = widthOf(mark, size, true), before = px > long + size;
  const begins = before ? px - 0.9 * size : px + 0.9 * size, level = before ? ends[1] - 0.6 * size : ends[1] + 1.4 * size;
  const anchor = before !== side ? "end" : "start";
  marks += text(mark, begins, level, size, inks.ink, { anchor, bold: true, fromRight: side });
  return drawn + `<g paint-order="stroke" stroke="${inks.paper}" stroke-width="4" stroke-linejoin="round">${marks}</g>`;
}

function framed(drawn, width, height, label, direction) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${safe(label)}" font-family="${LETTERS}" direction="${direction}">${drawn}</svg>`;
}

/** A picture of its own, 1200 x 900: the sentence, the amount with its range, the curve, what it rests on, our name. */
function pictureSvg(shown) {
  const { texts, range, words, points, chosen, mark, language, unit, stamp } = shown;
  const width = 1200, height = 900, edge = 60, inner = width - 2 * edge, inks = INKS.light, side = language.fromRight;
  const at = side ? width - edge : edge, tall = language.english || language.code === "es" || language.code === "fr" ? 1.25 : 1.5;
  const lines = linesOf(texts.answer, inner, 40, true);
  let y = edge + 24, drawn = `<rect width="${width}" height="${height}" fill="${inks.paper}"/>`;
  for (const line of lines) {
    drawn += text(line, at, y, 40, inks.ink, { bold: true, fromRight: side });
    y += 40 * tall;
  }
  y += 6;
  drawn += `<g transform="translate(${edge} ${y})">${barSvg(range, words, inner, 24, inks, side)}</g>`;
  y += 96;
  const feet = linesOf(texts.footing, inner, 22), top = height - edge - 34 - feet.length * 22 * tall;
  drawn += `<g transform="translate(${edge} ${y})">${curveSvg(points, chosen, mark, language, unit, inner, top - y - 20, 22, inks)}</g>`;
  y = top + 14;
  for (const line of feet) {
    drawn += text(line, at, y, 22, inks.quiet, { fromRight: side });
    y += 22 * tall;
  }
  drawn += text("NetToll", edge, height - edge + 22, 26, inks.blue, { bold: true })
    + text(stamp, width - edge, height - edge + 22, 18, inks.quiet, { anchor: "end" });
  return framed(drawn, width, height, texts.picture, "ltr");
}
