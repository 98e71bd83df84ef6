// A browser that translates a page takes its pieces of text out and puts <font> elements in their place. React, which
// draws the page, still holds the pieces: it takes out what is no longer there, which ends in an error page, and writes
// new figures where nobody sees them. So each piece is remembered with what stands for it: when React touches the
// piece it comes back first, and the browser translates it anew.
const INSTALLED = "__translationGuard";

function keepWhole() {
  const standsFor = new WeakMap(); // piece of text -> the element in its place
  const taken = new WeakSet(); // elements that stand for a piece
  const { removeChild, insertBefore, replaceChild } = Node.prototype;

  const back = (piece) => {
    const other = standsFor.get(piece);
    standsFor.delete(piece);
    if (other?.parentNode && !piece.parentNode) replaceChild.call(other.parentNode, piece, other);
  };

  Node.prototype.removeChild = function (child) {
    if (child && child.parentNode !== this) back(child);
    if (child && child.parentNode !== this) return child; // gone already, which is what was asked for
    return removeChild.call(this, child);
  };
  Node.prototype.insertBefore = function (child, before) {
    if (before && before.parentNode !== this) back(before);
    return insertBefore.call(this, child, before && before.parentNode === this ? before : null);
  };

  const changed = new MutationObserver((records) => records.forEach(({ target }) => back(target)));
  const isFree = (node) => node?.nodeName === "FONT" && node.parentNode && !taken.has(node);
  const watch = new MutationObserver((records) => {
    const fonts = records.flatMap(({ addedNodes }) => [...addedNodes]).filter(isFree);
    if (!fonts.length) return;
    for (const { target, addedNodes, removedNodes, previousSibling, nextSibling } of records) {
      for (const node of removedNodes) {
        if (node.nodeType !== Node.TEXT_NODE || node.parentNode) continue;
        // In its place at once, just before or after it, or later between the same neighbours.
        const font =
          [...addedNodes, previousSibling, nextSibling].find(isFree) ??
          fonts.find((one) => isFree(one) && one.parentNode === target && one.nextSibling === nextSibling);
        if (!font) continue;
        taken.add(font);
        standsFor.set(node, font);
        changed.observe(node, { characterData: true });
      }
    }
  });
  watch.observe(document.body, { childList: true, subtree: true });
}

// What scrolls sideways can be reached and moved by the keyboard.
const WIDE = "[data-testid=stTable] > div, [data-testid=stMain] pre, [data-testid=stMain] .katex-display";
function letScroll() {
  for (const box of document.querySelectorAll(WIDE)) {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    if (scrolls === box.hasAttribute("data-scrolls")) continue;
    box.toggleAttribute("data-scrolls", scrolls);
    if (scrolls) {
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", "Scrolls sideways");
    } else for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
  }
}

// A link to the page that is open says so: Streamlit shows it by its colour alone.
const nameIn = (address) => address.split("?")[0].split("/").pop(); // the first page has none
function markHere() {
  for (const link of document.querySelectorAll("[data-testid=stPageLink-NavLink]")) {
    const here = nameIn(link.getAttribute("href")) === nameIn(location.pathname);
    if (here === link.hasAttribute("aria-current")) continue;
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

// A tap on the words of a list opens it. In the drawer of a phone it closes again at once, and the browser tells of no
// click: so the arrow beside the words is pressed where nothing is open a moment later.
const MOMENT = 150;
function openAtTap() {
  let closed = null;
  const listOf = ({ target }) => target.closest?.("input[role=combobox]") ?? null;
  const isOpen = (list) => list.getAttribute("aria-expanded") === "true";
  const down = (event) => {
    const list = listOf(event);
    closed = list && event.pointerType === "touch" && !isOpen(list) ? list : null;
  };
  const up = (event) => {
    const list = listOf(event);
    if (!list || list !== closed) return;
    closed = null;
    setTimeout(() => {
      if (list.isConnected && !isOpen(list)) list.parentElement.querySelector("button[aria-haspopup]")?.click();
    }, MOMENT);
  };
  document.addEventListener("pointerdown", down, true);
  document.addEventListener("pointerup", up, true); // a finger that scrolls ends otherwise
}

function install() {
  keepWhole();
  openAtTap();
  let waiting = 0;
  const soon = () => {
    waiting ||= setTimeout(() => {
      waiting = 0;
      letScroll();
      markHere();
    }, MOMENT);
  };
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  addEventListener("resize", soon);
  soon();
}

export default function () {
  if (window[INSTALLED]) return;
  window[INSTALLED] = true;
  install();
}
