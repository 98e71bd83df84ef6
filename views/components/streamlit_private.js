// All that is used of Streamlit's page beyond its documentation: whether the server hears what is told now.
// Where the page does not say, everything counts as heard, and what is told while the connection is away is lost.
const CONNECTION = "data-test-connection-state";
const connectionOf = () => document.querySelector(`[data-testid=stApp][${CONNECTION}]`);
const isConnected = () => [undefined, "CONNECTED"].includes(connectionOf()?.getAttribute(CONNECTION));

// Calls back whenever a connection that was lost is there again; returns how to end that.
function onReconnected(act) {
  let before = isConnected();
  const watch = new MutationObserver(() => {
    const now = isConnected();
    if (now && !before) act();
    before = now;
  });
  const app = connectionOf();
  if (app) watch.observe(app, { attributes: true, attributeFilter: [CONNECTION] });
  return () => watch.disconnect();
}

