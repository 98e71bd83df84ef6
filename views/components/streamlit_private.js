// All that is used of Streamlit's page beyond its documentation: whether the server hears what is told now, and
// whether it has run since. Where the page does not say, everything counts as heard, and no run as ended.
const CONNECTION = "data-test-connection-state";
const SCRIPT = "data-test-script-state";
const appElement = () => document.querySelector("[data-testid=stApp]");
const isConnected = () => [undefined, null, "CONNECTED"].includes(appElement()?.getAttribute(CONNECTION));
const isAtRest = () => appElement()?.getAttribute(SCRIPT) === "notRunning";

// Calls back whenever a lost connection is there again, and whenever a run has ended; returns how to end that.
function watchPage({ reconnected, ran }) {
  let [connected, atRest] = [isConnected(), isAtRest()];
  const watch = new MutationObserver(() => {
    const before = [connected, atRest];
    [connected, atRest] = [isConnected(), isAtRest()];
    if (connected && !before[0]) reconnected();
    if (atRest && !before[1]) ran();
  });
  const app = appElement();
  if (app) watch.observe(app, { attributes: true, attributeFilter: [CONNECTION, SCRIPT] });
  return () => watch.disconnect();
}

