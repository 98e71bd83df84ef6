// Loads the vendored plotly.js once for the whole page, however many components ask.
function plotlyAddresses(path) {
  const file = path.split("/").pop();
  // Streamlit's own entry script knows the true root, also behind a proxy that moves it.
  const entry = document.querySelector('script[src*="static/js/"]');
  const root = entry ? entry.src.split("static/js/")[0] : null;
  const found = [path, root && `${root}app/static/${file}`].filter(Boolean);
  return [...new Set(found.map((address) => new URL(address, location.origin).href))];
}

function addScript(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => (window.Plotly ? resolve(window.Plotly) : reject(new Error("empty")));
    script.onerror = () => {
      script.remove();
      reject(new Error(address));
    };
    document.head.append(script);
  });
}

async function tryAddresses(path) {
  for (const address of plotlyAddresses(path)) {
    try {
      return await addScript(address);
    } catch (error) {
      console.warn("plotly.js did not load from", error.message);
    }
  }
  throw new Error("plotly.js could not be loaded");
}

function loadPlotly(path) {
  if (!window.__pagePlotly) {
    window.__pagePlotly = tryAddresses(path).catch((error) => {
      window.__pagePlotly = null; // a later attempt may succeed
      throw error;
    });
  }
  return window.__pagePlotly;
}

