"use strict";
// The review page: select a field, see its place, decide. Report content is only ever inserted as text.
const main = document.getElementById("review"), start = document.querySelector('meta[name="thaita-token"]');
if (start) { // store the token for this origin, because other ports of this machine cannot read it, and remove the key from the address
  try { localStorage.setItem("thaita-token", start.content); } catch { /* the server then refuses a decision and says why */ }
  location.replace("/");
}
if (main) {
  const $ = (id) => document.getElementById(id);
  const texts = JSON.parse(main.dataset.texts), report = main.dataset.report, paged = main.dataset.paged === "1";
  const token = () => { try { return localStorage.getItem("thaita-token") || ""; } catch { return ""; } };
  const pages = new Map(), places = new Map();
  let chosen = null, shownPage = 0, pageCount = 0, zoom = 1, letters = null, asked = 0, marking = 0, busy = false;

  const fields = () => [...document.querySelectorAll("#fields .field")];
  const info = (field) => JSON.parse(field.dataset.field);
  const same = (field, key) => field.dataset.table === key.table && field.dataset.row === key.row && field.dataset.column === key.column;
  const tell = (words, good) => { $("said").textContent = words; $("said").className = good ? "good" : ""; };

  async function page(number) {
    if (pages.has(number)) return pages.get(number);
    const answer = await fetch(`/page/${encodeURIComponent(report)}/${number}`);
    if (!answer.ok) throw new Error(await reason(answer));
    const of = (name) => Number(answer.headers.get("x-page-" + name));
    const found = { width: of("width"), height: of("height"), count: of("count"), url: URL.createObjectURL(await answer.blob()) };
    if (pages.size > 30) { const [old] = pages.keys(); URL.revokeObjectURL(pages.get(old).url); pages.delete(old); }
    pages.set(number, found);
    return found;
  }

  async function reason(answer) {
    const body = await answer.text();
    try { return JSON.parse(body).message; } catch { return body; }
  }

  async function showPage(number, one) {
    const turn = ++asked;
    unmark();
    try {
      if (shownPage !== number) $("pane-said").textContent = texts.loading;
      const found = await page(number);
      if (turn !== asked) return;
      if (shownPage !== number) { $("picture").src = found.url; await $("picture").decode().catch(() => {}); }
      if (turn !== asked) return;
      shownPage = number; pageCount = found.count;
      $("pane-said").textContent = ""; $("sheet").hidden = false;
      $("picture").alt = `${texts.page} ${number}`;
      $("page-shown").textContent = `${texts.page} ${number} / ${found.count}`;
      if (one?.box) mark(one, found);
    } catch (error) {
      if (turn !== asked) return;
      shownPage = 0; $("sheet").hidden = true;
      $("pane-said").textContent = error instanceof TypeError ? texts.unreachable : error.message;
    }
  }

  function place(element, [x0, top, x1, bottom], size) {
    const style = element.style, pad = 2;
    style.left = `${(x0 - pad) / size.width * 100}%`; style.width = `${(x1 - x0 + 2 * pad) / size.width * 100}%`;
    style.top = `${(top - pad) / size.height * 100}%`; style.height = `${(bottom - top + 2 * pad) / size.height * 100}%`;
    element.hidden = false;
    return element;
  }

  function mark(one, size, follow = true) {
    const turn = ++marking;
    place($("box"), one.box, size);
    $("parts").replaceChildren();
    if (follow) bring($("box"));
    parts(one).then((found) => { // the other lines of the value, if the report is unchanged
      const same = ([page, , top]) => page === one.page && Math.abs(top - one.box[1]) < 3;
      if (turn !== marking || !found.some(same)) return;
      const others = found.filter((part) => part[0] === shownPage && !same(part));
      $("parts").replaceChildren(...others.map(([, ...box]) => place(document.createElement("div"), box, size)));
    }).catch(() => {}); // the first line is marked anyway
  }

  function unmark() { marking++; $("box").hidden = true; $("parts").replaceChildren(); }

  async function parts(one) {
    if (!places.has(one.spans)) {
      const asking = fetch(`/parts/${encodeURIComponent(report)}?spans=${encodeURIComponent(one.spans || "")}`);
      places.set(one.spans, asking.then(async (answer) => answer.ok ? (await answer.json()).parts : []));
    }
    return places.get(one.spans);
  }

  function bring(element) { // scroll only the pane: on a small screen scrollIntoView would move the page too
    const own = element.getBoundingClientRect(), pane = $("pane"), seen = pane.getBoundingClientRect();
    pane.scrollTop += own.top - seen.top - (pane.clientHeight - own.height) / 2;
    if (own.left < seen.left || own.right > seen.right) pane.scrollLeft += own.left - seen.left - 8;
  }

  async function showText(spans) {
    const turn = ++asked;
    try {
      if (!letters) {
        $("pane-said").textContent = texts.loading;
        const answer = await fetch(`/text/${encodeURIComponent(report)}`);
        if (!answer.ok) throw new Error(await reason(answer));
        letters = Array.from((await answer.json()).text); // offsets count characters, not UTF-16 units
      }
      if (turn !== asked) return;
      $("pane-said").textContent = ""; $("text").hidden = false;
      const parts = [];
      let at = 0;
      for (const [start, end] of spans) {
        const marked = document.createElement("mark");
        marked.textContent = letters.slice(start, end).join("");
        parts.push(letters.slice(at, start).join(""), marked);
        at = end;
      }
      parts.push(letters.slice(at).join(""));
      $("text").replaceChildren(...parts);
      if (spans.length) bring($("text").querySelector("mark"));
    } catch (error) {
      $("pane-said").textContent = error instanceof TypeError ? texts.unreachable : error.message;
    }
  }

  function showPlace(one) {
    if (paged) return showPage(one.page || shownPage || 1, one.page ? one : null);
    const spans = (one.spans || "").split("|").filter(Boolean).map((span) => span.split("-").map(Number));
    return showText(spans);
  }

  function input(one) {
    const made = document.createElement(one.values.length ? "select" : one.long ? "textarea" : "input");
    made.id = "new";
    if (one.values.length) {
      for (const [value, words] of one.required ? one.values : [["", texts.nothing], ...one.values]) made.add(new Option(words, value));
    }
    if (one.long) made.rows = 3;
    made.value = one.value ?? "";
    made.spellcheck = false;
    return made;
  }

  function choose(field, focus = true) {
    for (const other of fields()) { other.tabIndex = -1; other.removeAttribute("aria-current"); }
    field.tabIndex = 0; field.setAttribute("aria-current", "true");
    chosen = field;
    const one = info(field);
    $("unchosen").hidden = true; $("chosen").hidden = false; $("reload").hidden = true; tell("");
    $("chosen-label").textContent = one.label;
    $("chosen-read").textContent = `${texts.was_read}: ${one.extracted ?? texts.nothing}` + (one.sure == null ? "" : ` · ${texts.sure} ${Math.round(one.sure * 100)}%`);
    $("chosen-decision").textContent = one.decision;
    $("chosen-doubts").replaceChildren(...one.doubts.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
    $("chosen-quote").textContent = one.quote ?? field.closest(".row").dataset.quote;
    $("slot").replaceChildren(input(one));
    $("withdraw").hidden = !one.known;
    if (focus) field.focus({ preventScroll: true });
    field.scrollIntoView({ block: "nearest" });
    showPlace(one);
  }

  function move(step) {
    const all = fields(), at = all.indexOf(chosen);
    const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
    if (next) choose(next);
  }

  function nextDoubt() {
    const all = fields(), at = all.indexOf(chosen);
    const next = [...all.slice(at + 1), ...all.slice(0, at + 1)].find((field) => field.classList.contains("open"));
    if (next) choose(next);
  }

  async function refresh(key) {
    const answer = await fetch(`/report/${encodeURIComponent(report)}/fields`);
    if (!answer.ok) return tell(await reason(answer));
    const opened = document.querySelector(".problems")?.open, scrolled = $("values").scrollTop;
    const made = new DOMParser().parseFromString(await answer.text(), "text/html");
    $("fields").replaceChildren(...made.body.childNodes);
    if (opened && document.querySelector(".problems")) document.querySelector(".problems").open = true;
    $("values").scrollTop = scrolled;
    const again = fields().find((field) => same(field, key));
    if (again) choose(again);
  }

  async function decide(kind) {
    if (!chosen || busy) return;
    const { table, row, column } = chosen.dataset, one = info(chosen), written = $("new").value;
    const sent = { table, row_id: row, column, kind, value: kind === "correct" ? written : null, by: $("by").value, why: kind === "accept" || kind === "withdraw" ? "" : $("why").value, known: one.known };
    busy = true;
    try {
      const answer = await fetch(`/decide/${encodeURIComponent(report)}`, { method: "POST", headers: { "content-type": "application/json", "x-thaita-token": token() }, body: JSON.stringify(sent) });
      if (answer.ok) { await refresh({ table, row, column }); tell(texts.saved, true); return; }
      tell(await reason(answer) + (answer.status === 409 && kind === "correct" ? ` ${texts.yours}“${written}”` : ""));
      if (answer.status === 409) { $("reload").hidden = false; $("reload").focus(); }
    } catch { tell(texts.unreachable); } finally { busy = false; }
  }

  $("fields").addEventListener("click", (event) => { const field = event.target.closest(".field"); if (field) choose(field); });
  $("turn").addEventListener("click", () => {
    $("turn").setAttribute("aria-pressed", $("sheet").classList.toggle("turned"));
    if (!$("box").hidden) bring($("box"));
  });
  const hover = (field) => { // also mark the field under the mouse, if its page is shown
    const one = field && info(field), size = pages.get(shownPage);
    if (one?.box && size && one.page === shownPage && !$("sheet").hidden) mark(one, size, false);
    else if (field === chosen) unmark();
  };
  $("fields").addEventListener("pointerover", (event) => hover(event.target.closest(".field")));
  $("fields").addEventListener("pointerleave", () => hover(chosen));
  $("form").addEventListener("submit", (event) => { event.preventDefault(); decide("correct"); });
  for (const kind of ["accept", "wrong", "withdraw"]) $(kind).addEventListener("click", () => decide(kind));
  $("reload").addEventListener("click", () => { const { table, row, column } = chosen.dataset; refresh({ table, row, column }); });
  $("next-doubt").addEventListener("click", nextDoubt);
  $("page-before").addEventListener("click", () => { if (shownPage > 1) showPage(shownPage - 1); });
  $("page-after").addEventListener("click", () => { if (shownPage < pageCount) showPage(shownPage + 1); });
  const scale = (step) => { zoom = Math.min(3, Math.max(1, zoom + step)); $("sheet").style.width = `${zoom * 100}%`; };
  $("zoom-in").addEventListener("click", () => scale(0.5));
  $("zoom-out").addEventListener("click", () => scale(-0.5));
  $("by").addEventListener("change", () => { try { localStorage.setItem("thaita-by", $("by").value); } catch { /* private window */ } });
  try { $("by").value = localStorage.getItem("thaita-by") || $("by").value; } catch { /* private window */ }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const typing = event.target.matches("input, textarea, select");
    if (typing) {
      if (event.key === "Escape" && chosen) { event.preventDefault(); choose(chosen); }
      return;
    }
    const keys = { ArrowDown: () => move(1), ArrowUp: () => move(-1), KeyA: () => decide("accept"), KeyW: () => decide("wrong"), KeyU: () => decide("withdraw"), KeyN: nextDoubt };
    const at = event.target.closest("#pane") && event.key.startsWith("Arrow") ? null : keys[event.key] || keys[event.code]; // by position: a Thai keyboard layout has other letters there
    if (at) { event.preventDefault(); at(); }
    else if (event.key === "Enter" && event.target.closest(".field")) { event.preventDefault(); choose(event.target.closest(".field")); $("new").focus(); $("new").select?.(); }
  });

  for (const id of paged ? [] : ["page-before", "page-after", "zoom-in", "zoom-out", "turn"]) $(id).hidden = true;
  const first = fields().find((field) => field.classList.contains("open")) || fields()[0];
  if (first) choose(first);
}
