export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".copy");
  const said = root.querySelector(".copy-said");
  const place = root.querySelector(".copy-buttons");
  root.setAttribute("aria-label", data.label);
  const label = root.querySelector(".copy-label");
  label.textContent = data.label;
  label.hidden = !data.shown;
  const names = data.texts.map(([name]) => name);
  // Buttons that stand already stay: the one that was pressed keeps its focus.
  if ([...place.children].map((button) => button.textContent).join("\n") !== names.join("\n")) {
    place.replaceChildren(
      ...names.map((name) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = name;
        return button;
      }),
    );
  }
  data.texts.forEach(([, text], index) => {
    place.children[index].onclick = () => copyText(text.replaceAll("{address}", location.href), said);
  });
}
