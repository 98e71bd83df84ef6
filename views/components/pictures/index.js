const PATIENCE = 15000; // for the server to hand over a figure that is built on request
const LONGEST = 80; // characters of an address that fit beside our name
const HERE_ONLY = /^(localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[?::1\]?|.*\.local$)/;
const states = new WeakMap();

// Where a reader of the picture finds the page again; nothing where only this machine or office knows the address.
function publicAddress() {
  if (HERE_ONLY.test(location.hostname)) return "";
  const page = `${location.host}${location.pathname}`.replace(/\/$/, "");
  const whole = `${page}${location.search}`;
  return whole.length > LONGEST ? page : whole;
}

function branded(figure) {
  const brand = figure.layout?.annotations?.find((note) => note.name === "brand");
  const address = publicAddress().replace(/&/g, "&amp;").replace(/</g, "&lt;");
  if (brand && address) brand.text += ` · ${address}`;
  return figure;
}

function withWords(svg, title, words) {
  // A drawing without a name is silent to a screen reader and in a document's list of figures.
  const page = new DOMParser().parseFromString(svg, "image/svg+xml");
  const root = page.documentElement;
  const add = (tag, text, before) => {
    if (!text) return;
    const element = page.createElementNS("http://www.w3.org/2000/svg", tag);
    element.textContent = text;
    root.insertBefore(element, before);
  };
  const first = root.firstChild;
  add("title", title, first);
  add("desc", words, first);
  root.setAttribute("role", "img");
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}`;
}

async function makePicture(state, format, json) {
  const figure = branded(JSON.parse(json));
  const Plotly = await loadPlotly(state.data.plotly);
  const { width, height } = figure.layout;
  const address = await Plotly.toImage(figure, { format: format === "svg" ? "svg" : "png", width, height, scale: 1 });
  if (format !== "svg") return (await fetch(address)).blob();
  const meta = figure.layout?.meta ?? {};
  const svg = decodeURIComponent(address.slice(address.indexOf(",") + 1));
  return new Blob([withWords(svg, meta.title ?? state.data.title, meta.alt)], { type: "image/svg+xml" });
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 30000);
}

function say(state, text, busy = false) {
  state.said.textContent = text;
  for (const button of state.buttons) button.setAttribute("aria-disabled", String(busy));
}

const named = (state, shape) => `${state.data.filename}${shape === "square" ? "_square" : ""}`;

async function finish(state, json) {
  const { format, shape, give } = state.job;
  clearTimeout(state.job.timer);
  state.job = { format, drawing: true };
  try {
    const picture = await makePicture(state, format, json);
    if (give) {
      give.resolve(picture);
      await give.written;
      say(state, "Picture copied");
    } else {
      save(picture, `${named(state, shape)}.${format}`);
      say(state, `${format.toUpperCase()} saved`);
    }
  } catch (error) {
    console.error(error);
    give?.reject(error);
    const missing = String(error.message).includes("could not be loaded");
    say(state, missing
      ? "The drawing library could not be loaded, so no picture was made. Check the connection and press again."
      : give ? "This browser does not let pictures be copied. Save the PNG instead."
        : "The picture could not be made. Reload the page and press again.");
  } finally {
    state.job = null;
  }
}

// The clipboard is asked at once, while the press still counts; what it gets comes when it is drawn.
function toClipboard() {
  const give = {};
  const picture = new Promise((resolve, reject) => Object.assign(give, { resolve, reject }));
  give.written = navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
  give.written.catch(() => {});
  return give;
}

function press(state, format) {
  if (state.job) return;
  const shape = state.shape.value;
  state.job = { format, shape };
  if (format === "copy") {
    try {
      state.job.give = toClipboard();
    } catch {
      state.job = null;
      say(state, "This browser does not let pictures be copied. Save the PNG instead.");
      return;
    }
  }
  say(state, "Making the picture", true);
  if (!state.data.lazy) {
    finish(state, state.data.figure);
    return;
  }
  state.job.ticket = `${shape}-${format}-${Date.now()}`;
  state.job.timer = setTimeout(() => {
    state.job.give?.reject(new Error("no answer"));
    state.job = null;
    say(state, "The server did not answer, so no picture was made. Press again.");
  }, PATIENCE);
  loadPlotly(state.data.plotly).catch(() => {}); // meanwhile
  state.ask(state.job.ticket);
}

// Streamlit draws its buttons anew when it likes, and then they have their plain names again.
function nameOthers(state) {
  for (const [selector, name] of Object.entries(state.data.names)) {
    for (const element of document.querySelectorAll(selector)) {
      if (element.getAttribute("aria-label") !== name) element.setAttribute("aria-label", name);
    }
  }
}

export default function pictures({ data, parentElement, setTriggerValue }) {
  let state = states.get(parentElement);
  if (!state) {
    const buttons = [...parentElement.querySelectorAll("button")];
    const shape = parentElement.querySelector(".pictures-shape");
    state = { buttons, shape, said: parentElement.querySelector(".pictures-said"), job: null };
    for (const button of buttons) button.onclick = () => press(state, button.dataset.format);
    states.set(parentElement, state);
  }
  state.data = data;
  state.ask = (ticket) => setTriggerValue("wanted", ticket);
  parentElement.querySelector(".pictures").setAttribute("aria-label", `Picture: ${data.title}`);
  state.shape.hidden = !data.lazy;
  state.shape.setAttribute("aria-label", `Shape of the picture: ${data.title}`);
  for (const button of state.buttons) {
    const { format } = button.dataset;
    const name = `${format === "copy" ? "Copy picture" : `Download ${format.toUpperCase()}`}: ${data.title}`;
    button.setAttribute("aria-label", name);
    button.title = name;
  }
  nameOthers(state);
  clearInterval(state.naming);
  if (Object.keys(data.names).length) state.naming = setInterval(() => nameOthers(state), 1000);
  if (state.job?.ticket && state.job.ticket === data.ticket && data.figure) finish(state, data.figure);
  return () => {
    clearTimeout(state.job?.timer);
    clearInterval(state.naming);
  };
}
