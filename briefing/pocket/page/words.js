// Fills the messages of a language, as model/language and model/text do in Python.

const FIRST = "\u2066", LAST = "\u2069", LATIN = /[A-Za-z]/;
const ONES = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const LONG_HOURS = 90 * 24, GAP_HOURS = 7 * 24, MOST_WORDS = 40;

/** A language as it is written in one economy. `book` is all that the page holds, `place` the economy's number. */
function languageOf(book, code, place) {
  const own = book.languages[code], english = code === "en", fromRight = own.direction === "rtl";
  const [name, inSentence, tag, styleAt, moneys, saidAt, source, region] = own.places[place];
  const style = own.styles[styleAt], spelling = own.spelling.map(([pattern, instead]) => [new RegExp(pattern, "g"), instead]);

  const isolated = (text) => (fromRight && LATIN.test(text) && !text.includes(FIRST) ? FIRST + text + LAST : text);
  const fill = (pattern, slots) => {
    let text = pattern.replace(/\{(\w+)\}/g, (_, slot) => (fromRight ? isolated(slots[slot]) : slots[slot]));
    for (const [rule, instead] of spelling) text = text.replace(rule, instead);
    return text;
  };
  const say = (key, slots = {}) => fill(own.patterns[key], slots);
  const numeral = (text) => (style.digits ? text.replace(/\d/g, (digit) => style.digits[digit]) : text);

  /** A rounded number such as 1,234.50 in the digits and marks of the language. */
  const number = (text) => {
    if (english) return text;
    const [whole, part] = text.replace(/,/g, "").split(".");
    let rest = whole, marked = "";
    if (whole.length >= style.least) {
      marked = style.mark + rest.slice(-style.first);
      rest = rest.slice(0, -style.first);
      while (rest.length > style.next) {
        marked = style.mark + rest.slice(-style.next) + marked;
        rest = rest.slice(0, -style.next);
      }
    }
    return numeral(rest + marked + (part ? style.point + part : ""));
  };
  const percentage = (text) => (english ? `${text}%` : style.percent[0] + number(text) + style.percent[1]);
  const form = (text) => {
    const value = Number(text.replace(/,/g, ""));
    if (!Number.isInteger(value)) return own.part[Math.min(2, Math.floor(value))];
    return Number(own.whole[value < own.whole.length ? value : 100 + (value % 100)]);
  };
  const counted = (key, unit, text) => fill(own.counted[key][unit][form(text)], { number: number(text) });
  const moneyText = (writtenNumber, text, scale, unit) => {
    const names = own.moneys[moneys[unit]], currency = scale ? names[names.length - 1] : names[form(text)];
    return fill(own.counted.amount[scale][form(text)], { number: writtenNumber, currency });
  };
  const amount = (value, unit, digits = 2) => {
    if (english) return spoken(value, unit, digits);
    if (unit === GDP_SHARE) return say("of_gdp", { share: percentage(significant(value, digits)) });
    let [text, scale] = scaled(value, digits);
    if (!own.counted.amount[scale]) [text, scale] = [significant(value, digits), ""];
    return moneyText(number(text), text, scale, unit);
  };
  // One of both where they read alike.
  const between = (message, low, high) => (low === high ? low : say(message, { low, high }));
  const ends = (range, unit, digits) => {
    if (english) return spokenEnds(range, unit, digits);
    const [low, median, high] = range;
    if (unit === GDP_SHARE) {
      return between("from_to", percentage(significant(low, digits[0])), percentage(significant(high, digits[2])));
    }
    const scale = scaleForBoth(low, median, high, digits[2]);
    if (!scale) return between("from_to", amount(low, unit, digits[0]), amount(high, unit, digits[2]));
    const begins = significant(low / scale[1], digits[0]), endsAt = significant(high / scale[1], digits[2]);
    return moneyText(between("between", number(begins), number(endsAt)), endsAt, scale[0], unit);
  };
  return {
    code, english, fromRight, tag, name, inSentence, source, region, direction: own.direction, nouns: own.nouns,
    said: own.said[saidAt], say, number, percentage, counted, amount, ends,
  };
}

/** What happens, how long, where and how often: `A 3-day nationwide internet blackout`. */
function eventText(book, chosen, language) {
  const kind = book.kinds[chosen.kind], [length, unit] = book.lengths[chosen.length], whole = chosen.share === 1 && !language.region;
  const slots = {
    quality: kind.quality ? language.say(kind.quality, { share: language.percentage(trimmed(kind.share * 100)) }) : "",
    place: whole ? "" : language.region ? language.say("in_regions", { regions: language.region }) : language.say("in_share", { share: language.percentage(trimmed(chosen.share * 100)) }),
    type: language.nouns[chosen.kind][whole ? 0 : 1], start: "", rhythm: "",
    lasting: language.counted("lasting", unit, length), types: kind.plural[whole ? 0 : 1],
  };
  if (chosen.count > 1) {
    const count = ONES[chosen.count] || `${chosen.count}`;
    slots.count = language.english ? count[0].toUpperCase() + count.slice(1) : language.number(`${chosen.count}`);
    return language.say("events", slots);
  }
  return language.say("event", { ...slots, length: language.counted("length", unit, length) });
}

/** The sentences that must be heard with the amount. */
function heard(book, chosen, result, language) {
  const place = book.places[chosen.place], kind = book.kinds[chosen.kind].key;
  const sentences = (place.guards[kind] || []).map((key) =>
    language.said[key === "old_money" && result.money.old_money ? "old_money_asked"
      : key === "standing_block" ? `${key}/${kind}` : key]);
  const from = (chosen.count - 1) * (result.hours + GAP_HOURS) + result.hours;
  return from > LONG_HOURS ? [...sentences, language.say("long")] : sentences;
}

/** A sentence with the amount and its range; another where it is probably nothing. */
function withCost(range, unit, language, keys, slots) {
  const digits = digitsOf(range, unit);
  if (isChance(range)) return language.say(keys[1], { ...slots, high: language.amount(range[2], unit, digits[2]) });
  return language.say(keys[0], {
    ...slots, cost: language.amount(range[1], unit), range: language.ends(range, unit, digits),
  });
}

/** Headline, press text, line for a picture and text to share in one language, as `texts_of` gives them. */
function textsOf(book, chosen, result, language, link) {
  const unit = result.money.unit, event = eventText(book, chosen, language), net = result.net;
  const answer = net[2] === 0
    ? language.say("nothing", { event, country: language.inSentence })
    : withCost(net, unit, language, ["cost", "probably"], { event, country: language.inSentence });
  const basis = language.say("basis"), beside = heard(book, chosen, result, language);
  const headline = [answer, ...beside, basis].join(" ");
  const slots = { event, country: language.name };
  const picture = net[2] === 0
    ? language.say("picture_nothing", slots)
    : withCost(net, unit, language, ["picture", "picture_probably"], slots);
  const share = language.say("share", { headline, name: book.name, link }).replace(/[: ]+$/, "");
  const days = result.hours * chosen.count / 24;
  const daily = days > 1 && net[1] && !isChance(net)
    ? [language.say("per_day", { cost: language.amount(net[1] / days, unit) })] : [];
  const end = [language.source, ...(link ? [language.fromRight ? FIRST + link + LAST : link] : [])];
  const rows = [[answer, ...beside, basis, ...daily], [answer, ...beside, basis], [answer, ...beside]];
  const presses = rows.map((row) => [...row, ...end].join(" "));
  const press = presses.find((text) => text.trim().split(/\s+/).length <= MOST_WORDS) || presses[presses.length - 1];
  return { answer, footing: [...beside, basis].join(" "), headline, press, picture, share };
}
