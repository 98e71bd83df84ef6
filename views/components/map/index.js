const NARROW = 560; // pixels: then every second word of the key leaves
const SMALL = 0.6; // and dots are smaller
const states = new WeakMap();

function sized(state, figure) {
  const width = state.root.clientWidth;
  const { t = 0, b = 0 } = figure.layout.margin ?? {};
  const { color, fontFamily: family } = getComputedStyle(state.root);
  const words = (figure.layout.annotations ?? []).filter((note) => width >= NARROW || note.name !== "minor");
  return {
    ...figure.layout, autosize: true, width, height: Math.round(width / state.data.aspect + t + b),
    annotations: words, font: { ...figure.layout.font, color, family },
  };
}

// One drawing at a time; the newest wins.
async function draw(state) {
  state.wanted = true;
  if (state.drawing) return;
  state.drawing = true;
  try {
    while (state.wanted && !state.ended) {
      state.wanted = false;
      const figure = JSON.parse(state.data.figure);
      const layout = sized(state, figure);
      for (const trace of figure.data) {
        if (trace.marker && layout.width < NARROW) trace.marker.size *= SMALL;
      }
      const print = state.data.figure + JSON.stringify([layout.width, layout.font]);
      if (print === state.print || !layout.width) continue;
      state.plot.style.minHeight = `${layout.height}px`; // so that nothing below moves once it is drawn
      state.plotly = await loadPlotly(state.data.plotly);
      await state.plotly.react(state.plot, figure.data, layout, { displayModeBar: false, doubleClick: false });
      if (!state.print) state.plot.on("plotly_click", (event) => pick(state, event));
      state.print = print;
      state.message.hidden = true;
    }
  } catch (error) {
    console.error(error);
    state.message.hidden = false;
    state.message.textContent = "The map could not be drawn; the table below says the same. Reload the page to try again.";
  } finally {
    state.drawing = false;
    if (state.ended) state.plotly?.purge(state.plot);
  }
}

function pick(state, event) {
  const code = event.points?.[0]?.data?.meta;
  if (code) state.tell(code);
}

export default function map({ data, parentElement, setTriggerValue }) {
  let state = states.get(parentElement);
  if (!state) {
    const root = parentElement.querySelector(".map");
    state = { root, plot: root.querySelector(".map-plot"), message: root.querySelector(".map-message") };
    states.set(parentElement, state);
  }
  state.ended = false;
  state.data = data;
  state.tell = (code) => setTriggerValue("picked", code);
  state.plot.setAttribute("aria-label", data.alt);
  if (!state.watch) {
    state.watch = new ResizeObserver(() => draw(state));
    state.watch.observe(state.root);
  }
  draw(state);
  return () => {
    state.watch?.disconnect();
    state.watch = null;
    state.ended = true;
    state.print = null;
    if (!state.drawing) state.plotly?.purge(state.plot);
  };
}
