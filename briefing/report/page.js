"use strict";
const figures = JSON.parse(document.getElementById("figures").textContent);

// The words of the charts follow the page: dark on white, light on black, and dark again on paper.
function inked(figure) {
  const color = getComputedStyle(document.body).color;
  const font = { ...figure.layout.font, color };
  return { ...figure.layout, autosize: true, font };
}

function draw() {
  for (const [name, figure] of Object.entries(figures)) {
    const config = { displayModeBar: false, responsive: true };
    Plotly.react("chart-" + name, figure.screen.data, inked(figure.screen), config);
  }
}

draw();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
matchMedia("print").addEventListener("change", draw);

for (const button of document.querySelectorAll("button[data-picture]")) {
  button.addEventListener("click", () => {
    const { data, layout } = figures[button.dataset.picture].picture;
    const { width, height } = layout;
    Plotly.downloadImage({ data, layout }, { format: "png", width, height, filename: button.dataset.file });
  });
}

function selected(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    const told = document.getElementById(button.dataset.copy + "-told");
    let done = true;
    try {
      await navigator.clipboard.writeText(source.textContent);
    } catch {
      selected(source); // a file that was opened from a disk may not use the clipboard in some browsers
      done = document.execCommand("copy");
    }
    told.textContent = done ? "Copied." : "Selected: press Ctrl+C or Cmd+C.";
  });
}
