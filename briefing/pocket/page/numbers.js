// Reads the curves back, and rounds numbers for people as model/common/numbers.py and ranges.py do.

const STEPS = 2 ** 25, NOTHING = -(2 ** 30), PLANES = 4; // as in packed.py
const SIZES = [[1e12, "tn"], [1e9, "bn"], [1e6, "M"], [1e3, "k"]];
const SPOKEN = { tn: "trillion", bn: "billion", M: "million" };
const PERCENT = "%", GDP_SHARE = "% of a day's GDP";

/** The bytes behind a text of the page: base64 of gzip. */
async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The arrays that packed.py wrote, from their shapes (kinds, counts, economies, lengths). */
function curvesOf(bytes, { kinds, counts, places, lengths }) {
  let at = 0;
  const next = (rows) => {
    const size = rows * lengths, values = new Int32Array(size);
    for (let i = 0; i < size; i++) {
      let signless = 0;
      for (let plane = PLANES - 1; plane >= 0; plane--) signless = signless * 256 + bytes[at + plane * size + i];
      const step = signless % 2 ? -(signless + 1) / 2 : signless / 2;
      values[i] = (i % lengths ? values[i - 1] : 0) + step;
    }
    at += PLANES * size;
    return values;
  };
  const mean = next(kinds * 2 * 3), later = next(kinds * counts * 3), around = next(kinds * 2 * 3), output = [];
  for (let kind = 0; kind < kinds; kind++) {
    const apart = next(2 * 3 * places), several = next(3 * places), one = 3 * places * lengths;
    for (let i = 0; i < apart.length; i++) {
      const row = Math.floor(i / (places * lengths));
      apart[i] += mean[(kind * 6 + row) * lengths + (i % lengths)];
    }
    for (let i = 0; i < several.length; i++) several[i] += apart[one + i];
    output.push([apart.subarray(0, one), apart.subarray(one), several]);
  }
  const value = (number) => (number === NOTHING ? 0 : Math.exp(number / STEPS));
  const ends = (array, first, step) => [0, 1, 2].map((end) => value(array[first + end * step]));
  return {
    output: (kind, variant, place, length) => ends(output[kind][variant], place * lengths + length, places * lengths),
    later: (kind, count, length) => ends(later, (kind * counts + count) * 3 * lengths + length, lengths),
    around: (kind, abroad, length) => ends(around, (kind * 2 + abroad) * 3 * lengths + length, lengths),
  };
}

/** The shortest decimal digits of a positive number and the power of ten of the first. */
function decimal(value) {
  const [digits, power] = value.toExponential().split("e");
  return { digits: digits.replace(".", ""), power: Number(power) };
}

/** The same to so many digits; half to even, as people read decimals. */
function rounded(value, digits) {
  let { digits: all, power } = decimal(value);
  if (all.length <= digits) return { digits: all.padEnd(digits, "0"), power };
  let head = BigInt(all.slice(0, digits));
  const rest = all.slice(digits), half = "5".padEnd(rest.length, "0");
  if (rest > half || (rest === half && head % 2n === 1n)) head += 1n;
  let text = `${head}`;
  if (text.length > digits) { text = text.slice(0, digits); power += 1; }
  return { digits: text, power };
}

/** To that many significant digits, never in powers of ten, with marks between thousands. */
function significant(value, digits = 2) {
  if (value === 0) return "0";
  const number = rounded(value, digits), whole = number.power + 1;
  if (whole <= 0) return `0.${"0".repeat(-whole)}${number.digits}`;
  const text = number.digits.padEnd(whole, "0");
  const marked = text.slice(0, whole).replace(/\B(?=(\d{3})+$)/g, ",");
  return text.length > whole ? `${marked}.${text.slice(whole)}` : marked;
}

function trimmed(value, digits = 3) {
  const text = significant(value, digits);
  return text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
}

/** The rounded number and the letter of its size. */
function scaled(value, digits = 2) {
  const size = Number(value.toExponential(digits - 1));
  for (const [scale, letter] of SIZES) {
    if (size >= scale && !(letter === "k" && size < 10000)) return [significant(value / scale, digits), letter];
  }
  return [significant(value, digits), ""];
}

function inWords(size, digits) {
  const [text, letter] = scaled(size, digits);
  return SPOKEN[letter] ? [text, ` ${SPOKEN[letter]}`] : [significant(size, digits), ""];
}

function amountText(value, unit, digits, spokenOut) {
  if (unit === GDP_SHARE || unit === PERCENT) return significant(value, digits) + unit;
  const [text, word] = spokenOut ? inWords(value, digits) : scaled(value, digits);
  return unit === "USD" ? `$${text}${word}` : `${unit} ${text}${word}`;
}
const money = (value, unit = "USD", digits = 2) => amountText(value, unit, digits, false);
const spoken = (value, unit = "USD", digits = 2) => amountText(value, unit, digits, true);
const percent = (share, digits = 2) => significant(share * 100, digits) + PERCENT;

/** The letter and the size by which both ends of a range are said, null where they differ. */
function scaleForBoth(low, median, high, digits = 2) {
  const sizes = { "": 1, tn: 1e12, bn: 1e9, M: 1e6 };
  const letterOf = (value, to) => { const letter = scaled(value, to)[1]; return SPOKEN[letter] ? letter : ""; };
  const letter = letterOf(high, digits);
  if (low === 0 || letterOf(low, 2) === letter) return [letter, sizes[letter]];
  if (low >= sizes[letter] / 10 && letterOf(median, 2) === letter) return [letter, sizes[letter]];
  return null;
}

function spokenEnds([low, median, high], unit, digits) {
  const brief = unit === GDP_SHARE ? PERCENT : unit;
  const first = spoken(low, brief, digits[0]), last = spoken(high, brief, digits[2]);
  if (first === last) return first;
  if (unit === GDP_SHARE) return `${significant(low, digits[0])}-${significant(high, digits[2])}${PERCENT}`;
  const scale = scaleForBoth(low, median, high, digits[2]);
  if (!scale) return `${first} to ${last}`;
  const sign = unit === "USD" ? "$" : `${unit} `;
  return `${sign}${significant(low / scale[1], digits[0])}-${last.slice(sign.length)}`;
}

const FAR = 0.05, NEAR_NOTHING = 0.02; // as in ranges.py

/** To how many digits each part of a range is rounded. */
function digitsOf(range, unit) {
  const median = range[1], middle = money(median, unit);
  const of = (value) => {
    const wanted = value > 0 && value < FAR * median ? 1 : 2;
    return value !== median && money(value, unit, wanted) === middle ? 3 : wanted;
  };
  return [of(range[0]), 2, of(range[2])];
}

/** Whether it is probably nothing, and so told by its chance. */
const isChance = ([low, median, high]) => low === 0 && median < NEAR_NOTHING * high;

/** Median and ends as short texts; no ends where they read alike. */
function rangeText(range, unit) {
  const brief = unit === GDP_SHARE ? PERCENT : unit, digits = digitsOf(range, unit);
  if (isChance(range)) return { median: "probably none", ends: `1 chance in 20 above ${money(range[2], unit)}` };
  const first = money(range[0], brief, digits[0]), last = money(range[2], brief, digits[2]);
  return { median: money(range[1], unit), ends: first === last ? "" : `${first} to ${last}` };
}
