export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".link");
  const field = root.querySelector(".link-address");
  const said = root.querySelector(".link-said");
  // Only the query comes from the server: behind a proxy the browser alone knows the address of the page.
  const address = `${location.origin}${location.pathname}${data.query ? `?${data.query}` : ""}`;
  if (field.value !== address) {
    field.value = address;
    said.textContent = "";
  }
  root.querySelector(".link-copy").onclick = async () => {
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.select(); // without a secure address there is no clipboard to write to
      if (!document.execCommand("copy")) {
        said.textContent = "Press Ctrl+C to copy";
        return;
      }
    }
    said.textContent = "Copied";
  };
}
