// Puts a text on the clipboard and says so in `said`; returns whether it could.
async function copyText(text, said) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea"); // without a secure address there is no clipboard to write to
    field.value = text;
    field.style.position = "fixed";
    field.style.opacity = "0";
    const before = document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    before?.focus?.();
    if (!done) {
      said.textContent = "This browser does not let a page copy";
      return false;
    }
  }
  said.textContent = "Copied";
  return true;
}
