export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".link");
  const field = root.querySelector(".link-address");
  const said = root.querySelector(".link-said");
  // Only the query comes from the server: behind a proxy the browser alone knows the address of the page.
  const path = data.page === null ? location.pathname : location.pathname.replace(/[^/]*$/, data.page);
  const address = `${location.origin}${path}${data.query ? `?${data.query}` : ""}`;
  if (field.value !== address) {
    field.value = address;
    said.textContent = "";
  }
  root.querySelector(".link-copy").onclick = () => copyText(field.value, said);
}
