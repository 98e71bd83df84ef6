// All that is used of plotly.js beyond its documentation: where a drawn chart has its axes, in pixels of its box.
// Null where it does not say; then the marker is left away, and the chart and the words still follow the hand.
function axesOf(plot) {
  const { xaxis, yaxis } = plot._fullLayout ?? {};
  if (!xaxis?.d2p || !yaxis?.d2p) return null;
  const axis = (one) => ({ start: one._offset, end: one._offset + one._length, at: (value) => one._offset + one.d2p(value) });
  return { x: axis(xaxis), y: axis(yaxis) };
}

