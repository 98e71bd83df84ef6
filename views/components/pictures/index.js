const WIDTH = 1600;
const HEIGHT = 900;
const PATIENCE = 15000; // for the server to hand over a figure that is built on request
const states = new WeakMap();

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
  const figure = JSON.parse(json);
  const Plotly = await loadPlotly(state.data.plotly);
  const size = { width: WIDTH, height: HEIGHT, scale: 1 };
  const address = await Plotly.toImage(figure, { format, ...size });
  if (format === "png") return (await fetch(address)).blob();
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

async function finish(state, json) {
  const { format } = state.job;
  clearTimeout(state.job.timer);
  state.job = { format, drawing: true };
  try {
    save(await makePicture(state, format, json), `${state.data.filename}.${format}`);
    say(state, `${format.toUpperCase()} saved`);
  } catch (error) {
    console.error(error);
    const missing = String(error.message).includes("could not be loaded");
    say(state, missing
      ? "The drawing library could not be loaded, so no picture was made. Check the connection and press again."
      : "The picture could not be made. Reload the page and press again.");
  } finally {
    state.job = null;
  }
}

function press(state, format) {
  if (state.job) return;
  state.job = { format };
  say(state, "Making the picture", true);
  if (!state.data.lazy) {
    finish(state, state.data.figure);
    return;
  }
  state.job.ticket = `${format}-${Date.now()}`;
  state.job.timer = setTimeout(() => {
    state.job = null;
    say(state, "The server did not answer, so no picture was made. Press again.");
  }, PATIENCE);
  loadPlotly(state.data.plotly).catch(() => {}); // meanwhile
  state.ask(state.job.ticket);
}

export default function pictures({ data, parentElement, setTriggerValue }) {
  let state = states.get(parentElement);
  if (!state) {
    const buttons = [...parentElement.querySelectorAll("button")];
    state = { buttons, said: parentElement.querySelector(".pictures-said"), job: null };
    for (const button of buttons) button.onclick = () => press(state, button.dataset.format);
    states.set(parentElement, state);
  }
  state.data = data;
  state.ask = (ticket) => setTriggerValue("wanted", ticket);
  parentElement.querySelector(".pictures").setAttribute("aria-label", `Download picture: ${data.title}`);
  for (const button of state.buttons) {
    const name = `Download ${button.dataset.format.toUpperCase()}: ${data.title}`;
    button.setAttribute("aria-label", name);
    button.title = name;
  }
  if (state.job?.ticket && state.job.ticket === data.ticket && data.figure) finish(state, data.figure);
  return () => clearTimeout(state.job?.timer);
}
