// Behaviour for links made in Python (views/html.py). Reads and writes classes and addresses only, never markup.

function show(key, scroll) {
  for (const old of document.querySelectorAll(".ag-lit")) old.classList.remove("ag-lit");
  if (!key) return;
  const spans = document.getElementsByClassName("at-" + key);
  for (const span of spans) span.classList.add("ag-lit");
  for (const row of document.querySelectorAll("[data-at]")) {
    if (row.dataset.at === key) row.classList.add("ag-lit");
  }
  if (scroll && spans.length) reveal(spans[0]);
}

// Only the pane that holds the text is scrolled, and the page only where the pane is out of sight.
function reveal(span) {
  const pane = span.closest(".ag-pane");
  if (!pane) return;
  const gap = span.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTo({ top: pane.scrollTop + gap - pane.clientHeight / 3, behavior: "smooth" });
  const box = pane.getBoundingClientRect();
  if (box.top < 0 || box.top > window.innerHeight * 0.6) pane.scrollIntoView({ block: "start", behavior: "smooth" });
}

function onClick(event) {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("a[data-go]");
  if (!link) return;
  const there = new URL(link.href);
  if (there.origin !== window.location.origin) return;
  event.preventDefault();
  if (link.dataset.at && document.getElementsByClassName("at-" + link.dataset.at).length) {
    window.history.replaceState({}, "", link.href);
    show(link.dataset.at, true);
    return;
  }
  window.history.pushState({}, "", link.href);
  // Streamlit follows the address when the browser goes back or forth; this makes it follow a link the same way.
  window.dispatchEvent(new PopStateEvent("popstate"));
  document.querySelector('[data-testid="stMain"]')?.scrollTo({ top: 0 });
}

function once(key) {
  let tries = 0;
  const timer = window.setInterval(() => {
    tries += 1;
    if (document.getElementsByClassName("at-" + key).length) {
      show(key, true);
      window.clearInterval(timer);
    } else if (tries > 50) window.clearInterval(timer);
  }, 100);
}

let shown = "";

export default function (component) {
  if (!window.allianceLinks) {
    window.allianceLinks = true;
    document.addEventListener("click", onClick);
  }
  const key = component.data.lit + "@" + window.location.pathname + window.location.search;
  if (component.data.lit && key !== shown) once(component.data.lit);
  shown = key;
}
