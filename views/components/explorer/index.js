const CHOSEN = "chosen"; // the figure's own marks; here the overlay draws them, so that they can move cheaply
const KEY_PAUSE = 180; // a held arrow key reports once it rests
const ANSWER = 4000; // how long an older choice from the server is ignored after letting go
const states = new WeakMap();

const withoutMarks = (list) => (list ?? []).filter((item) => item.name !== CHOSEN);

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function buildFigures(state, figures) {
  const box = state.part("figures");
  const rows = figures.map((figure) => {
    const row = document.createElement("div");
    return ["dt", "dd"].map((tag) => row.appendChild(document.createElement(tag)));
  });
  box.replaceChildren(...rows.map((cells) => cells[0].parentNode));
  state.cells = rows;
}

// The range from nothing to its high end; the words of an end stand at it, and never over each other.
function showAnswer(state, { answer, low, median, high }) {
  state.part("answer").hidden = !answer;
  if (!answer) return;
  put(state.part("amount"), answer.value);
  put(state.part("low"), answer.low);
  put(state.part("high"), answer.high);
  const at = (value) => (high > 0 ? (100 * value) / high : 0);
  state.part("bar").hidden = !(high > 0) || low === high;
  state.part("span").style.left = state.part("low").style.left = `${at(low)}%`;
  state.part("low").classList.toggle("explorer-before", at(low) > 50);
  state.part("middle").style.left = `${at(median)}%`;
}

function buildTicks(state) {
  const last = state.data.stops.length - 1;
  const ticks = state.data.ticks.map((tick) => {
    const span = document.createElement("span");
    span.textContent = tick.label;
    span.style.left = `${last ? (100 * tick.index) / last : 0}%`;
    span.className = tick.minor ? "explorer-minor" : "";
    if (tick.index === 0) span.classList.add("explorer-first");
    if (tick.index === last) span.classList.add("explorer-last");
    return span;
  });
  state.part("ticks").replaceChildren(...ticks);
}

function place(element, x, y, height) {
  element.style.transform = `translate(${x}px, ${y}px)`;
  if (height !== undefined) element.style.height = `${Math.max(height, 0)}px`;
}

// The axes end where the duration under the hand lies in their first half: the figure brings them for every length.
function followAxes(state) {
  const windows = state.windows;
  if (!state.drawn || !windows?.length) return;
  const days = state.data.stops[state.index].hours / 24;
  const at = windows.findIndex(([most]) => days <= most);
  const next = at < 0 ? windows.length - 1 : at;
  if (next === state.window) return;
  state.window = next;
  state.plotly.relayout(state.plot, { ...windows[next][1] });
}

function moveMark(state) {
  const axes = state.drawn ? axesOf(state.plot) : null;
  if (!axes) return;
  const stop = state.data.stops[state.index];
  const x = axes.x.at(stop.hours / 24);
  const { start: top, end: bottom } = axes.y;
  const y = (value) => Math.min(Math.max(value > 0 ? axes.y.at(value) : bottom, top), bottom);
  const inside = stop.hours > 0 && x >= axes.x.start - 1 && x <= axes.x.end + 1;
  for (const name of ["guide", "range", "dot"]) state.part(name).hidden = !inside || !(stop.median > 0);
  if (inside) {
    place(state.part("guide"), x - 1, y(stop.median), bottom - y(stop.median));
    place(state.part("range"), x, y(stop.high), y(stop.low) - y(stop.high));
    place(state.part("dot"), x, y(stop.median));
  }
  place(state.part("mark"), axes.x.start + 8, top + 1);
  put(state.part("words"), stop.mark ?? stop.label);
  state.part("overlay").style.visibility = "visible";
}

// What stands behind the answer is said more quietly, in the same breath.
function showSentence(state, { sentence, footing }) {
  const quiet = footing && sentence.endsWith(footing) ? footing : "";
  put(state.part("first-words"), sentence.slice(0, sentence.length - quiet.length).trimEnd());
  put(state.part("footing"), quiet);
}

function show(state) {
  state.frame = 0;
  const stop = state.data.stops[state.index];
  showSentence(state, stop);
  put(state.part("value"), stop.label);
  state.slider.setAttribute("aria-valuetext", stop.label);
  if (state.cells?.length !== stop.figures.length) buildFigures(state, stop.figures);
  stop.figures.forEach((figure, i) => {
    put(state.cells[i][0], figure.label);
    put(state.cells[i][1], figure.value);
  });
  showAnswer(state, stop);
  followAxes(state);
  moveMark(state);
  state.updates += 1;
  state.root.dataset.stop = state.index;
  state.root.dataset.updates = state.updates;
}

function follow(state) {
  state.frame ||= requestAnimationFrame(() => show(state));
}

function themed(state, layout) {
  const { color, fontFamily: family } = getComputedStyle(state.root);
  return { ...layout, autosize: true, width: undefined, font: { ...layout.font, color, family } };
}

// One drawing at a time: Plotly cannot take a second while the first is under way. The newest wins.
async function draw(state) {
  if (state.dragging) {
    state.stale = true; // redrawing would stall the hand; it follows when the hand lets go
    return;
  }
  state.stale = false;
  const figure = JSON.parse(state.data.figure);
  const traces = withoutMarks(figure.data);
  const layout = themed(state, {
    ...figure.layout,
    annotations: withoutMarks(figure.layout.annotations),
    shapes: withoutMarks(figure.layout.shapes),
  });
  // Which part of the axes is shown follows the hand, and is no reason to draw anew.
  const windows = layout.meta?.windows;
  const print = JSON.stringify([traces, windows ? { ...layout, xaxis: null, yaxis: null } : layout]);
  state.wanted = print === state.print ? null : { print, traces, layout }; // else only the overlay differs
  if (state.drawing) return;
  state.drawing = true;
  while (state.wanted && !state.ended) {
    const next = state.wanted;
    state.wanted = null;
    state.print = next.print; // at once: the chart that it replaces may be asked for again while it is drawn
    await drawOnce(state, next);
  }
  state.drawing = false;
  if (state.ended) clear(state);
}

async function drawOnce(state, next) {
  let Plotly;
  try {
    Plotly = await loadPlotly(state.data.plotly);
  } catch (error) {
    fail(state, "its library did not load", error);
    return;
  }
  try {
    await paint(state, Plotly, next);
  } catch (first) {
    console.warn("drawn anew after", first);
    clear(state);
    try {
      await paint(state, Plotly, next);
    } catch (error) {
      fail(state, error.message, error);
    }
  }
}

async function paint(state, Plotly, { print, traces, layout }) {
  state.plotly = Plotly; // window.Plotly may be another: the charts of Streamlit bring their own
  await Plotly.react(state.plot, traces, layout, { displayModeBar: false, responsive: true });
  if (!state.drawn) state.plot.on("plotly_afterplot", () => moveMark(state));
  state.drawn = true;
  state.print = print;
  state.windows = layout.meta?.windows;
  state.window = state.windows?.findIndex(([, axes]) => axes["xaxis.range"][1] === layout.xaxis.range[1]);
  state.part("message").hidden = true;
  state.redraws += 1;
  state.root.dataset.redraws = state.redraws;
  followAxes(state);
  moveMark(state);
}

// Nothing false stays: no chart, no marker.
function clear(state) {
  state.plotly?.purge(state.plot);
  state.plot.replaceChildren();
  state.drawn = false;
  state.print = null;
  state.part("overlay").style.visibility = "hidden";
}

function fail(state, reason, error) {
  console.error(error);
  clear(state);
  const message = state.part("message");
  message.hidden = false;
  put(message, `The chart could not be drawn: ${reason}. The figures above still follow the slider.`);
}

// Whatever has moved the slider, its place is told once it rests: no browser promises a last event.
function reportSoon(state) {
  clearTimeout(state.timer);
  state.timer = setTimeout(() => report(state), KEY_PAUSE);
}

// What is told while the connection is away nobody hears: it is told once it is back.
function report(state) {
  clearTimeout(state.timer);
  if (state.dragging || state.index === state.sent || !isConnected()) return;
  state.sent = state.index;
  state.sentAt = Date.now();
  state.heard = false;
  state.tell(state.index);
  clearTimeout(state.unanswered);
  state.unanswered = setTimeout(() => {
    agree(state);
    state.unanswered = setTimeout(() => restAgree(state), 2 * ANSWER);
  }, ANSWER);
}

// A busy browser shows no sign of a short run: a page that still rests after so long has had its answer.
function restAgree(state) {
  state.heard ||= isAtRest();
  agree(state);
}

// An answer that changes nothing on the page does not come here: that its run has ended must do.
function runEnded(state) {
  state.heard = true;
  if (Date.now() - state.sentAt >= ANSWER) agree(state);
}

// What was on its way as the connection broke is told once more; with it go the entries of all fields of the page.
function reconnected(state) {
  if (state.data.selected !== state.sent) state.sent = undefined;
  if (state.index === state.sent) state.again();
  else report(state);
}

// A choice that got lost on its way must not stand over a session that has another: the page's own place counts.
function agree(state) {
  if (state.dragging || state.index !== state.sent || state.data.selected === state.sent) return;
  if (!state.heard) return; // no answer yet: the server is still at work
  state.index = state.sent = state.data.selected;
  state.slider.value = state.index;
  show(state);
}

function release(state) {
  if (!state.dragging) return;
  state.dragging = false;
  state.releasedAt = performance.now();
  state.part("sentence").removeAttribute("aria-busy");
  reportSoon(state);
  if (state.stale) draw(state);
}

function listen(state) {
  const { slider } = state;
  slider.addEventListener("input", () => {
    state.index = Number(slider.value);
    follow(state);
    if (!state.dragging) reportSoon(state);
  });
  slider.addEventListener("pointerdown", () => {
    state.dragging = true;
    state.part("sentence").setAttribute("aria-busy", "true"); // a screen reader waits for the end
  });
  for (const kind of ["pointerup", "pointercancel", "lostpointercapture", "blur"]) {
    slider.addEventListener(kind, () => release(state));
  }
  slider.addEventListener("change", () => {
    release(state);
    const byHand = performance.now() - (state.releasedAt ?? -KEY_PAUSE) < KEY_PAUSE;
    if (byHand) report(state);
    else reportSoon(state);
  });
}

// The address follows the slider once the server has answered; what is read aloud or sent says where it comes from.
function offer(state) {
  const said = state.part("said");
  const sentence = () => state.data.stops[state.index].sentence;
  state.part("copy").onclick = () => copyText(`${sentence()}\n${location.href}`, said);
  state.part("share").onclick = async () => {
    if (navigator.share && matchMedia("(pointer: coarse)").matches) {
      await navigator.share({ text: sentence(), url: location.href }).catch(() => {}); // closed without sending
    } else if (await copyText(location.href, said)) put(said, "Link copied");
  };
}

function create(parentElement) {
  const root = parentElement.querySelector(".explorer");
  const parts = new Map();
  const part = (name) => parts.get(name) ?? parts.set(name, root.querySelector(`.explorer-${name}`)).get(name);
  const state = { root, part, slider: part("slider"), plot: part("plot"), updates: 0, redraws: 0, index: -1, dragging: false };
  listen(state);
  offer(state);
  return state;
}

// A length that somebody typed is a stop while it is chosen: then all above it stand one place further.
function movedTo(before, index, data) {
  const hours = before?.stops[index]?.hours;
  const place = data.stops.findIndex((stop) => stop.hours === hours);
  return place < 0 ? undefined : place;
}

function accept(state, data) {
  const { slider } = state;
  const last = data.stops.length - 1;
  state.index = movedTo(state.data, state.index, data) ?? data.selected;
  state.sent = movedTo(state.data, state.sent, data);
  state.data = data;
  slider.max = last;
  put(state.part("name"), data.label);
  slider.setAttribute("aria-label", data.label);
  if (data.chart_alt) {
    state.plot.setAttribute("role", "img");
    state.plot.setAttribute("aria-label", data.chart_alt);
  }
  const answered = data.selected === state.sent;
  const waiting = state.sent !== undefined && !answered && Date.now() - state.sentAt < ANSWER;
  const resting = state.index === state.sent || state.sent === undefined;
  // The hand leads: while it drags, or until the server has answered to where it let go, its place stays.
  if (answered) state.sentAt = 0;
  state.heard = true;
  if (!state.dragging && !waiting && (resting || !answered)) {
    state.index = data.selected;
    state.sent = data.selected;
    state.sentAt = 0;
  }
  if (Number(slider.value) !== state.index) slider.value = state.index;
  if (!state.dragging && state.index !== state.sent) reportSoon(state);
  const ticks = JSON.stringify([last, data.ticks]);
  if (ticks !== state.ticks) {
    state.ticks = ticks;
    buildTicks(state);
  }
}

export default function explorer({ data, parentElement, setStateValue, setTriggerValue }) {
  const state = states.get(parentElement) ?? create(parentElement);
  states.set(parentElement, state);
  state.ended = false;
  state.tell = (index) => setTriggerValue("stop", index);
  state.again = () => setStateValue("reconnected", Date.now());
  state.unwatch ??= watchPage({ reconnected: () => reconnected(state), ran: () => runEnded(state) });
  accept(state, data);
  if (state.dragging) follow(state);
  else show(state);
  draw(state);
  return () => {
    clearTimeout(state.timer);
    clearTimeout(state.unanswered);
    cancelAnimationFrame(state.frame);
    state.unwatch();
    state.unwatch = null;
    state.ended = true;
    if (!state.drawing) clear(state); // else when the drawing under way is done
  };
}
