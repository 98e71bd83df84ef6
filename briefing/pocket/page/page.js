// The page: what is chosen, what is shown of it, and the address that carries it.

const HOURS_A_YEAR = 8760;
const byId = (name) => document.getElementById(name);

/** Losses of what is chosen: the lower end, the middle and the upper end of each, in its money. */
function resultOf(book, curves, chosen) {
  const place = book.places[chosen.place], money = place.money[chosen.money], kind = book.kinds[chosen.kind];
  const length = chosen.length, factor = money.per * chosen.share, times = (range, by) => range.map((value) => value * by);
  const output = (variant) => times(curves.output(chosen.kind, variant, chosen.place, length), factor * chosen.count);
  const net = output(chosen.count === 1 ? 1 : 2);
  return {
    money, hours: book.lengths[length][2], net, disrupted: output(0),
    later: place.measured ? times(curves.later(chosen.kind, book.counts.indexOf(chosen.count), length), place.earnings * place.inside * factor) : null,
    around: kind.copes ? times(curves.around(chosen.kind, place.home ? 0 : 1, length), (place.home ? 1 : place.earnings) * place.inside * factor * chosen.count) : null,
  };
}

/** The figures that make an amount plain: by the day or hour, of what the country produces, in other money. */
function figuresOf(book, chosen, result, language, labels) {
  const { unit, per } = result.money, hours = result.hours * chosen.count, cost = result.net[1], place = book.places[chosen.place];
  const said = (value, inUnit) => (language.english ? money(value, inUnit) : language.amount(value, inUnit));
  if (unit === GDP_SHARE || cost <= 0) return [];
  const rows = [];
  if (hours > 24) rows.push([labels.day, said(cost / hours * 24, unit)]);
  else if (hours < 24) rows.push([labels.hour, said(cost / hours, unit)]);
  const made = place.gdp * per * hours / HOURS_A_YEAR;
  rows.push([labels.output.replace("{country}", language.inSentence), language.percentage(significant(cost / made * 100))]);
  // Only English has signs for moneys; other languages write the name out, and it need not be said again.
  if (unit !== "USD") rows.push([language.english ? "in US dollars" : labels.rate, said(cost / per, "USD")]);
  else if (place.own) rows.push([language.english ? "in local money" : labels.rate, said(cost * place.own[1], place.own[0])]);
  return rows;
}

/** The amounts beside each other, each with its range and what it counts. */
function amountsOf(result, language, labels) {
  const row = (label, range, note) => {
    if (!range) return { label, value: labels.not_measured, detail: note };
    const unit = result.money.unit;
    if (language.english) {
      const words = rangeText(range, unit);
      return { label, value: words.median, detail: words.ends ? `${words.ends} · ${note}` : note };
    }
    const digits = digitsOf(range, unit);
    if (isChance(range)) return { label, value: labels.none, detail: `${labels.chance.replace("{high}", language.amount(range[2], unit, digits[2]))} · ${note}` };
    const value = language.amount(range[1], unit), ends = language.ends(range, unit, digits);
    return { label, value, detail: ends === value ? note : `${ends} · ${note}` };
  };
  return [
    row(labels.direct, result.net, labels.not_recovered), row(labels.disrupted, result.disrupted, labels.before),
    row(labels.later, result.later, labels.apart), ...(result.around ? [row(labels.around, result.around, labels.apart)] : []),
  ];
}

/** How many inputs are assumptions: a rate of exchange is one more. */
const standingOf = (place, chosen) => place.standing[place.money[chosen.money].currency === "USD" ? 0 : 1][chosen.kind];

/** The length that a code such as 7d or 36h stands for, as its number; -1 for none that is held. */
function lengthOf(book, code) {
  const match = /^(\d+(?:\.\d+)?)(h|d)$/.exec(code), hours = match ? Number(match[1]) * (match[2] === "d" ? 24 : 1) : NaN;
  return book.lengths.findIndex((row) => Math.abs(row[2] - hours) < 1e-9);
}

/** A share in per cent as it was typed: a number above 0 and up to 100, with a point or a decimal comma. */
function shareOf(typed) {
  const plain = typed.trim().replace(/\s*[%٪]$/, "").replace(/[٫,]/, ".").replace(/[۰-۹٠-٩]/g, (digit) => digit.charCodeAt(0) & 15);
  const share = /^(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) / 100 : NaN;
  return share > 0 && share <= 1 ? share : null;
}

const refused = (field, value, allowed) => new Error(`${field} ${JSON.stringify(value)} cannot be used; allowed: ${allowed}`);

/**
 * What an address asks for, on top of the start: a link of this page or of the full tool, which begins with v.
 * Throws what is wrong with it, and then nothing of it counts.
 */
function fromAddress(book, start, fragment) {
  const given = new URLSearchParams(fragment.replace(/^#/, "")), chosen = { ...start };
  const known = ["v", "country", "region", "kind", "duration", "place", "spells", "currency", "old_money", "language"];
  for (const name of given.keys()) if (!known.includes(name)) throw refused(name, given.get(name), known.join(", "));
  const pick = (name, position, allowed) => {
    const at = position(given.get(name));
    if (at < 0) throw refused(name, given.get(name), allowed);
    return at;
  };
  if (given.has("country")) chosen.place = pick("country", (code) => book.places.findIndex((row) => row.code === code.toUpperCase()), "a code of three letters such as PAK");
  if (given.has("region")) {
    const inside = book.places.filter((row) => row.code === book.places[chosen.place].code && row.region).map((row) => row.region);
    if (given.has("place")) throw refused("place", given.get("place"), "a region or a share of the country");
    chosen.place = pick("region", (name) => book.places.findIndex((row) => inside.includes(name) && row.region === name), inside.join(", ") || "no region of this country");
  }
  if (given.has("kind")) chosen.kind = pick("kind", (key) => book.kinds.findIndex((row) => row.key === key), book.kinds.map((row) => row.key).join(", "));
  if (given.has("duration")) chosen.length = pick("duration", (code) => lengthOf(book, code), "a length of this page such as 6h, 3d or 30d");
  if (given.has("spells")) chosen.count = book.counts[pick("spells", (count) => book.counts.indexOf(Number(count)), "a number of outages of this page")];
  if (given.has("place")) {
    chosen.share = shareOf(`${Number(given.get("place")) * 100}`);
    if (!chosen.share) throw refused("place", given.get("place"), "a share above 0 and up to 1");
  }
  if (given.has("language")) {
    if (!book.languages[given.get("language")]) throw refused("language", given.get("language"), Object.keys(book.languages).join(", "));
    chosen.language = given.get("language");
  }
  const moneys = book.places[chosen.place].money;
  chosen.money = 0;
  if (given.has("old_money")) chosen.money = pick("old_money", (wanted) => moneys.findIndex((row) => row.old_money && wanted === "true"), "true, where the GDP is old");
  if (given.has("currency")) {
    const wanted = (code) => moneys.findIndex((row, at) => row.currency === code && (!row.old_money || at === chosen.money));
    chosen.money = Math.max(chosen.money, pick("currency", wanted, moneys.map((row) => row.currency).join(", ")));
  }
  return chosen;
}

/** The same as an address: the keys of a link of the full tool, and the language. */
function toAddress(book, chosen) {
  const [, , hours] = book.lengths[chosen.length], place = book.places[chosen.place], money = place.money[chosen.money];
  const values = { country: place.code, ...(place.region && { region: place.region }), kind: book.kinds[chosen.kind].key, duration: hours % 24 ? `${hours}h` : `${hours / 24}d` };
  if (chosen.share !== 1) values.place = `${chosen.share}`;
  if (chosen.count !== 1) values.spells = `${chosen.count}`;
  if (money.old_money) values.old_money = "true";
  else if (money.currency !== "USD") values.currency = money.currency;
  if (chosen.language !== "en") values.language = chosen.language;
  return `${new URLSearchParams(values)}`;
}

async function copied(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    const field = document.createElement("textarea"), before = document.activeElement; // no clipboard without a secure address
    field.value = words;
    field.className = "unseen";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    before?.focus?.();
    return done;
  }
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function element(name, words, more = {}) {
  return Object.assign(document.createElement(name), { textContent: words, ...more });
}

/** Starts the page on all that it holds. */
function start(book, curves) {
  const start = { ...book.start, language: "en" }, dark = matchMedia("(prefers-color-scheme: dark)"), paper = matchMedia("print");
  let chosen = start, shown = null;

  const address = () => (location.protocol.startsWith("http") ? `${location.href.split("#")[0]}#${toAddress(book, chosen)}` : "");
  const language = () => languageOf(book, chosen.language, chosen.place);
  const labels = () => book.languages[chosen.language].labels;
  const problem = (words) => {
    byId("problem").textContent = words;
    byId("problem").hidden = !words;
  };

  function options(id, rows, value) {
    const select = byId(id), wanted = rows.map(([key, words]) => `${key}\n${words}`).join("\n");
    if (select.dataset.rows !== wanted) {
      select.replaceChildren(...rows.map(([key, words]) => element("option", words, { value: `${key}` })));
      select.dataset.rows = wanted;
    }
    select.value = `${value}`;
  }

  function controls(said) {
    const own = book.languages[chosen.language], root = document.documentElement;
    root.lang = said.tag;
    root.dir = said.direction;
    for (const node of document.querySelectorAll("[data-say]")) node.textContent = labels()[node.dataset.say];
    options("language", Object.entries(book.languages).map(([code, row]) => [code, row.name]), chosen.language);
    options("kind", book.kinds.map((kind, at) => [at, said.english ? kind.label : own.nouns[at][1]]), chosen.kind);
    const places = own.places.map((row, at) => [at, (row[7] ? `${row[0]}: ${row[7]}` : row[0]).replace(/[\u2066\u2069]/g, "")]);
    options("place", places.sort((one, other) => one[1].localeCompare(other[1], chosen.language)), chosen.place);
    options("length", book.lengths.map(([number, unit], at) => [at, said.counted("lasting", unit, number)]), chosen.length);
    options("count", book.counts.map((count) => [count, said.number(`${count}`)]), chosen.count);
    const moneys = book.places[chosen.place].money;
    options("money", moneys.map((row, at) => [at, row.unit === GDP_SHARE ? "% GDP" : row.unit]), chosen.money);
    byId("money").disabled = moneys.length < 2;
    byId("share").value = said.region ? "" : trimmed(chosen.share * 100);
    byId("share").disabled = Boolean(said.region);
    Object.assign(byId("slider"), { max: book.lengths.length - 1, value: chosen.length });
    byId("slider").setAttribute("aria-valuetext", byId("length").selectedOptions[0].textContent);
    byId("slid").textContent = byId("length").selectedOptions[0].textContent;
  }

  function list(id, rows, make) {
    byId(id).replaceChildren(...rows.map((row) => {
      const box = document.createElement("div");
      box.append(...make(row));
      return box;
    }));
  }

  function draw() {
    const said = language(), result = resultOf(book, curves, chosen), texts = textsOf(book, chosen, result, said, address());
    const unit = result.money.unit, words = labels(), inks = INKS[dark.matches && !paper.matches ? "dark" : "light"];
    const digits = digitsOf(result.net, unit);
    const short = (value, to = 2) => (said.english ? money(value, unit, to) : said.amount(value, unit, to));
    const points = book.lengths.map((row, length) => ({ hours: row[2], range: resultOf(book, curves, { ...chosen, length }).net }));
    const length = book.lengths[chosen.length];
    const mark = `${said.counted("lasting", length[1], length[0])}: ${short(result.net[1])}`;
    const ends = [short(result.net[0], digits[0]), short(result.net[2], digits[2])];
    shown = {
      texts, points, mark, unit, range: result.net, words: ends, chosen: chosen.length, language: said,
      stamp: `pocket edition · model ${book.model} · data ${book.data} · ${book.day}`,
    };
    controls(said);
    byId("sentence").textContent = texts.answer;
    byId("footing").textContent = texts.footing;
    byId("unread").textContent = said.english ? "" : said.say("unread");
    byId("median").textContent = isChance(result.net) ? words.none : short(result.net[1]);
    const room = (id, least, printed) => (paper.matches ? printed : Math.max(least, byId(id).clientWidth));
    const wide = room("bar", 240, 340), size = 15;
    byId("bar").innerHTML = framed(barSvg(result.net, ends, wide, size, inks, said.fromRight), wide, 3.6 * size, ends.join(" – "), "ltr");
    const broad = room("curve", 280, 680), high = broad < 600 ? 260 : 340;
    byId("curve").innerHTML = framed(curveSvg(points, chosen.length, mark, said, unit, broad, high, 14, inks), broad, high, texts.picture, "ltr");
    list("figures", figuresOf(book, chosen, result, said, words), ([label, value]) => [element("dt", label), element("dd", value)]);
    list("amounts", amountsOf(result, said, words), (row) => {
      const cell = document.createElement("dd");
      cell.append(element("strong", row.value), " ", element("span", row.detail));
      return [element("dt", row.label), cell];
    });
    byId("texts").replaceChildren(...["headline", "press", "share"].map((name) => {
      const box = document.createElement("article"), button = element("button", words.copy, { type: "button" });
      button.setAttribute("aria-label", `${words.copy}: ${words[`text_${name}`]}`);
      button.onclick = async () => { button.textContent = (await copied(texts[name])) ? words.copied : words.no_copy; };
      box.append(element("h3", words[`text_${name}`]), element("p", texts[name]), button);
      return box;
    }));
    const place = book.places[chosen.place], notes = [`${standingOf(place, chosen)}. Sources: ${place.sources}.`, ...place.warnings];
    if (result.money.note) notes.push(`Money: ${result.money.note}.`);
    if (chosen.count > 1) notes.push("The outages lie seven days apart.");
    byId("notes").replaceChildren(element("h2", "What this rests on"), ...notes.map((note) => element("p", note)));
    document.title = `${texts.picture.replace(/[\u2066\u2069]/g, "")} | ${book.name}`;
  }

  function change(changes) {
    const next = { ...chosen, ...changes };
    if (book.places[next.place].region) next.share = 1; // a region is a share of its own
    if ("place" in changes && !book.places[next.place].money[next.money]) next.money = 0;
    chosen = next;
    problem("");
    draw();
    history.replaceState(null, "", `#${toAddress(book, chosen)}`);
  }

  function open() {
    try {
      chosen = fromAddress(book, start, location.hash);
      problem("");
    } catch (wrong) {
      problem(`The link: ${wrong.message}. Nothing of it was used.`);
    }
    draw();
    document.querySelector("main").dataset.address = location.hash;
  }

  for (const id of ["kind", "place", "length", "money"]) byId(id).onchange = (event) => change({ [id]: Number(event.target.value) });
  byId("count").onchange = (event) => change({ count: Number(event.target.value) });
  byId("language").onchange = (event) => change({ language: event.target.value });
  byId("slider").oninput = (event) => change({ length: Number(event.target.value) });
  byId("share").onchange = (event) => {
    const share = shareOf(event.target.value);
    if (share === null) problem(`${labels().share}: ${JSON.stringify(event.target.value)} cannot be used; allowed: a number above 0 and up to 100`);
    else change({ share });
  };
  byId("inputs").onsubmit = (event) => event.preventDefault();
  const nameOf = () => `nettoll-${toAddress(book, chosen).replace(/[^A-Za-z0-9.]+/g, "-").toLowerCase()}`;
  byId("svg").onclick = () => save(new Blob([pictureSvg(shown)], { type: "image/svg+xml" }), `${nameOf()}.svg`);
  byId("png").onclick = () => {
    const image = new Image(), source = URL.createObjectURL(new Blob([pictureSvg(shown)], { type: "image/svg+xml" }));
    image.onload = () => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 2400, height: 1800 });
      canvas.getContext("2d").drawImage(image, 0, 0, 2400, 1800);
      canvas.toBlob((blob) => save(blob, `${nameOf()}.png`));
      URL.revokeObjectURL(source);
    };
    image.src = source;
  };
  byId("link").onclick = async () => {
    const done = await copied(`${location.href.split("#")[0]}#${toAddress(book, chosen)}`);
    byId("done").textContent = done ? labels().copied : labels().no_copy;
  };
  addEventListener("hashchange", open);
  addEventListener("resize", draw);
  for (const media of [dark, paper]) media.addEventListener("change", draw);
  byId("waiting").remove();
  for (const id of ["inputs", "answer"]) byId(id).hidden = false;
  open();

  /** All that the page says of a case, from the values of an address: what the tests compare with the full tool. */
  window.nettoll = (fragment) => {
    const asked = fromAddress(book, start, fragment), said = languageOf(book, asked.language, asked.place);
    const result = resultOf(book, curves, asked), english = languageOf(book, "en", asked.place);
    const { headline, press, picture, share } = textsOf(book, asked, result, said, "");
    const amounts = amountsOf(result, english, book.languages.en.labels);
    return {
      headline, press, picture, share, standing: standingOf(book.places[asked.place], asked),
      figures: figuresOf(book, asked, result, english, book.languages.en.labels).map(([label, value]) => `${value} ${label}`),
      amounts: amounts.map((row) => `${row.label}: ${row.value} (${row.detail})`),
    };
  };
  window.nettoll.amounts = (values, place, code, own) => {
    const said = languageOf(book, code, place);
    return values.flatMap((value) => ["USD", own].flatMap((unit) => [1, 2, 3].map((digits) => said.amount(value, unit, digits))));
  };
}

(async () => {
  const old = !("DecompressionStream" in window);
  byId("waiting").hidden = false;
  byId("waiting").textContent = "Opening the curves…";
  if (old) {
    byId("waiting").textContent = "This browser is too old for the pocket edition: it needs one of 2023 or later.";
    return;
  }
  const book = JSON.parse(new TextDecoder().decode(await unpacked(byId("book").textContent)));
  const shape = { kinds: book.kinds.length, counts: book.counts.length, places: book.places.length, lengths: book.lengths.length };
  start(book, curvesOf(await unpacked(byId("curves").textContent), shape));
})();
