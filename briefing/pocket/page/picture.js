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

/** Where lengths and amounts lie in a chart of these sizes, both on logarithmic scales. */
function scalesOf(points, width, height, size) {
  const foot = height - 1.9 * size, head = 1.6 * size, least = points[0].hours, last = points[points.length - 1];
  const highest = last.range[2], lows = points.map((point) => point.range[0]).filter((value) => value > 0);
  const lowest = Math.max(Math.min(...lows), highest * 1e-7);
  return {
    foot, lowest, highest,
    x: (hours) => 6 + (Math.log(hours / least) / Math.log(last.hours / least)) * (width - 12),
    y: (value) => foot - (Math.log(Math.max(value, lowest) / lowest) / Math.log(highest / lowest)) * (foot - head),
  };
}

/** Lines of round amounts with their words, which keep out of the way of the curve and of its `mark` (from, to, level). */
function amountLines(points, { x, y, lowest, highest }, language, unit, width, size, inks, mark) {
  const last = Math.floor(Math.log10(highest)), first = Math.ceil(Math.log10(lowest)), small = size * 0.9, side = language.fromRight;
  let lines = "", words = "";
  for (let power = last; power >= first; power -= Math.ceil((last - first + 1) / 5)) {
    const value = Number(`1e${power}`), at = y(value), level = at - 0.3 * size;
    lines += `<line x1="0" x2="${width}" y1="${at}" y2="${at}" stroke="${inks.line}"/>`;
    const said = language.amount(value, unit, 1), wide = widthOf(said, small);
    // Above the start of the curve at the left, else under its end at the right, where nothing is drawn.
    const over = points.find((point) => x(point.hours) > wide + 8) || points[points.length - 1], left = value > over.range[2];
    const from = left ? 4 : width - 4 - wide;
    if (Math.abs(level - mark.level) < 1.2 * size && from < mark.to + size && from + wide > mark.from - size) continue;
    words += text(said, left ? 4 : width - 4, level, small, inks.quiet, { anchor: left !== side ? "start" : "end", fromRight: side });
  }
  return { lines, words };
}

/** Ticks and words of round lengths, as many as find room. */
function lengthTicks({ x, foot }, language, width, size, inks) {
  let free = -Infinity, drawn = "";
  for (const [hours, name, count] of TICKS) {
    const words = language.counted("lasting", name, count), half = widthOf(words, size * 0.9) / 2;
    const middle = Math.min(Math.max(x(hours), half), width - half);
    if (middle - half < free) continue;
    free = middle + half + size;
    drawn += `<line x1="${x(hours)}" x2="${x(hours)}" y1="${foot}" y2="${foot + 5}" stroke="${inks.quiet}"/>`
      + text(words, middle, foot + 1.5 * size, size * 0.9, inks.quiet, { anchor: "middle", fromRight: language.fromRight });
  }
  return drawn;
}

/** The curve over the lengths; `points` are {hours, range}, `chosen` the number of one, which `mark` says in words. */
function curveSvg(points, chosen, mark, language, unit, width, height, size, inks) {
  const scales = scalesOf(points, width, height, size), { x, y, foot } = scales, side = language.fromRight;
  const point = points[chosen], px = x(point.hours), ends = point.range.map(y), long = widthOf(mark, size, true);
  const before = px > long + size, begins = before ? px - 0.9 * size : px + 0.9 * size;
  const level = before ? ends[1] - 0.6 * size : ends[1] + 1.4 * size;
  const box = { level, from: before ? begins - long : begins, to: before ? begins : begins + long };
  const { lines, words } = amountLines(points, scales, language, unit, width, size, inks, box);
  const along = (end) => points.map((each) => `${x(each.hours).toFixed(1)},${y(each.range[end]).toFixed(1)}`);
  const upright = (from, to, more) => `<line x1="${px}" x2="${px}" y1="${from}" y2="${to}" stroke="${inks.mine}" ${more}/>`;
  const said = text(mark, begins, level, size, inks.ink, { anchor: before !== side ? "end" : "start", bold: true, fromRight: side });
  return lines + `<polygon points="${[...along(0), ...along(2).reverse()].join(" ")}" fill="${inks.blue}" fill-opacity="0.28"/>`
    + `<polyline points="${along(1).join(" ")}" fill="none" stroke="${inks.blue}" stroke-width="${size / 5}"/>`
    + `<line x1="0" x2="${width}" y1="${foot}" y2="${foot}" stroke="${inks.quiet}"/>`
    + lengthTicks(scales, language, width, size, inks)
    + upright(ends[0], ends[2], 'stroke-width="3"') + upright(ends[0], foot, 'stroke-width="1.5" stroke-dasharray="2 4"')
    + `<circle cx="${px}" cy="${ends[1]}" r="${size / 2}" fill="${inks.mine}" stroke="${inks.paper}" stroke-width="2"/>`
    + `<g paint-order="stroke" stroke="${inks.paper}" stroke-width="4" stroke-linejoin="round">${words}${said}</g>`;
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
