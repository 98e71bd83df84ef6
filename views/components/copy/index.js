// A field that nobody sees: where a page has no secure address there is no clipboard to write to.
function byHand(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.style.cssText = "position: fixed; opacity: 0";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector(".copy-button");
  const said = parentElement.querySelector(".copy-said");
  button.textContent = data.label;
  button.setAttribute("aria-label", data.name);
  if (button.dataset.text !== data.text) said.textContent = "";
  button.dataset.text = data.text;
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(data.text);
      said.textContent = "Copied";
    } catch {
      said.textContent = byHand(data.text) ? "Copied" : "This browser does not let pages copy. Select the text instead.";
    }
    button.focus();
  };
}
