// The page as it was written in; the same page with filters, search, keys and addresses out. Everything can be read without it.
"use strict";
(() => {
  const one = (selector, from = document) => from.querySelector(selector);
  const every = (selector, from = document) => [...from.querySelectorAll(selector)];
  const bar = one("#bar");
  const paragraphs = every("[data-show]");
  const counted = paragraphs.filter((paragraph) => !("aside" in paragraph.dataset));
  const named = new Set(paragraphs.flatMap((paragraph) => paragraph.dataset.show.split(" ")));
  /* A filter that would show nothing is not offered. */
  const buttons = every("[data-filter]").filter((button) => !(button.hidden = !named.has(button.dataset.filter)));
  const find = one("#find");
  const count = one("#shown");
  const keys = one("#keys");
  const short = one("#short");
  const state = { at: "", show: new Set(), find: "" };

  /* What is shown. Of one group any filter is enough; all groups must agree. */
  const groups = new Map();
  for (const button of buttons) {
    const group = groups.get(button.dataset.group) ?? [];
    groups.set(button.dataset.group, [...group, button.dataset.filter]);
  }
  const plain = (text) => text.replace(/[‘’ʼ`´]/g, "'").replace(/[“”„«»]/g, '"').replace(/[‐‑–—]/g, "-").toLowerCase();
  const folded = (text) => plain(text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/\s+/g, " "));
  const texts = new Map();
  const text = (paragraph) => {
    if (!texts.has(paragraph)) {
      // What is hidden behind a click is not what a reader sees found.
      const own = every(".text, .place, .name, .opening, .number", paragraph).map((part) => part.textContent);
      texts.set(paragraph, folded(own.length > 0 ? own.join(" ") : paragraph.textContent));
    }
    return texts.get(paragraph);
  };
  const passes = (paragraph, sought) => {
    const own = paragraph.dataset.show.split(" ");
    for (const names of groups.values()) {
      const asked = names.filter((name) => state.show.has(name));
      if (asked.length > 0 && !asked.some((name) => own.includes(name))) return false;
    }
    return sought === "" || text(paragraph).includes(sought);
  };
  const show = () => {
    const sought = folded(state.find.trim());
    let shown = 0;
    for (const paragraph of paragraphs) {
      paragraph.hidden = !passes(paragraph, sought);
    }
    for (const paragraph of counted) shown += paragraph.hidden ? 0 : 1;
    headings();
    for (const button of buttons) button.setAttribute("aria-pressed", String(state.show.has(button.dataset.filter)));
    const all = counted.length;
    if (count) count.textContent = shown === all ? "" : `${shown} of ${all} shown`;
    highlight(sought);
    see();
  };
  /* A heading stays where something below it does. */
  const headings = () => {
    const open = [];
    for (const element of every("main .heading, main [data-show]")) {
      if (element.matches(".heading")) {
        const level = Number(element.tagName[1]);
        while (open.length > 0 && open.at(-1).level >= level) open.pop();
        element.hidden = state.show.size > 0 || state.find !== "";
        open.push({ element, level });
      } else if (!element.hidden) {
        for (const heading of open) heading.element.hidden = false;
      }
    }
  };
  const highlight = (sought) => {
    if (!globalThis.Highlight || !CSS.highlights) return;
    CSS.highlights.delete("found");
    if (sought.length < 2) return;
    const ranges = [];
    for (const paragraph of paragraphs) {
      if (paragraph.hidden || ranges.length > 2000) continue;
      const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const own = plain(walker.currentNode.data);
        for (let at = own.indexOf(sought); at >= 0; at = own.indexOf(sought, at + sought.length)) {
          const range = new Range();
          range.setStart(walker.currentNode, at);
          range.setEnd(walker.currentNode, at + sought.length);
          ranges.push(range);
        }
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  };

  /* The address: #p12;show=new,departures;find=data */
  const address = () => {
    const parts = [state.at];
    if (state.show.size > 0) parts.push("show=" + [...state.show].join(","));
    if (state.find !== "") parts.push("find=" + encodeURIComponent(state.find));
    if (document.body.classList.contains("sides")) parts.push("view=sides");
    if (short?.checked) parts.push("print=short");
    return "#" + parts.join(";");
  };
  const write = (further = false) => {
    try { further ? history.pushState(null, "", address()) : history.replaceState(null, "", address()); } catch { /* A page from an e-mail may not name itself. */ }
  };
  const read = () => {
    const parts = location.hash.slice(1).split(";");
    state.at = parts[0].includes("=") ? "" : decode(parts.shift());
    const rest = parts;
    state.show.clear();
    state.find = "";
    for (const part of rest) {
      const [name, value = ""] = part.split("=");
      if (name === "show") value.split(",").filter(Boolean).forEach((filter) => state.show.add(filter));
      if (name === "find") state.find = decode(value);
    }
    if (find) find.value = state.find;
    sides(rest.includes("view=sides"));
    if (short) short.checked = rest.includes("print=short");
    show();
    go(place(state.at), false);
  };
  /* The place that an address means: by its id, else by what is printed there, `p12bis` or `pp3`. */
  const bare = (id) => id.replace(/~([0-9a-f]+)~/g, (_, code) => String.fromCodePoint(parseInt(code, 16))).replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
  const place = (id) => {
    if (id === "") return null;
    const wanted = [bare(id), bare("p" + id)];
    return document.getElementById(id) ?? every("[id]").find((own) => wanted.includes(bare(own.id))) ?? null;
  };
  const decode = (text) => { try { return decodeURIComponent(text); } catch { return text; } };

  /* Going there. What is filtered out comes back when it is asked for by name. */
  const go = (element, focus = true) => {
    every(".at").forEach((last) => last.classList.remove("at"));
    if (!element) return;
    const paragraph = element.closest("[data-show]") ?? element;
    // What a filter hides is shown beside the others when it is asked for by name.
    paragraph.hidden = false;
    if (paragraph.matches("[data-show]")) paragraph.classList.add("at");
    element.scrollIntoView();
    offer(paragraph);
    // What is drawn only now may have another height than was thought.
    requestAnimationFrame(() => element.scrollIntoView());
    if (focus) paragraph.focus({ preventScroll: true });
    state.at = element.id;
  };
  const clear = () => {
    state.show.clear();
    state.find = "";
    if (find) find.value = "";
    show();
  };
  const step = (by, wanted) => {
    const shown = counted.filter((paragraph) => !paragraph.hidden && paragraph.matches(wanted));
    const top = (paragraph) => paragraph.getBoundingClientRect().top;
    const edge = bar ? Math.max(0, bar.getBoundingClientRect().bottom) : 0;
    const now = shown.indexOf(one(".at"));
    let next = shown[now + by];
    if (now < 0) {
      next = by > 0 ? shown.find((own) => top(own) > edge + 4) : shown.findLast((own) => top(own) < edge - 4);
    }
    if (next) { go(next); write(); }
  };

  /* Two columns: the old text beside the new one. */
  const sides = (wanted) => {
    const button = one("#sides");
    if (!button) return;
    document.body.classList.toggle("sides", wanted);
    button.setAttribute("aria-pressed", String(wanted));
    if (!wanted) return;
    for (const both of every(".both:not(.made)")) {
      both.classList.add("made");
      const old = both.cloneNode(true);
      old.classList.add("old");
      every("[id]", old).forEach((own) => own.removeAttribute("id"));
      both.classList.add("new");
      both.before(old);
    }
  };

  /* The text of a paragraph as it now stands: without what was struck out, or set beside its words. Of one that is gone, its old text. */
  const wording = (paragraph) => {
    const lines = every(".text:not(.old) .line", paragraph);
    const without = (out) => lines.map((line) => {
      const copy = line.cloneNode(true);
      every(out, copy).forEach((own) => own.remove());
      return copy.textContent.replace(/[ \n]+/g, " ").trim();
    });
    const now = without("del, .gap, .by, .call, .before, .number:has(~ b.now)").filter(Boolean);
    return (now.length > 0 ? now : without(".gap, .number.now")).join("\n");
  };
  /* One button for all: it stands in the paragraph that is pointed at, or gone to. */
  const copier = document.createElement("button");
  const offer = (paragraph) => {
    if (!navigator.clipboard || !paragraph?.matches(".para") || copier.parentNode === paragraph) return;
    copier.textContent = "copy text";
    paragraph.append(copier);
  };
  const copy = (paragraph) => {
    offer(paragraph);
    const told = (word) => () => { copier.textContent = word; };
    if (paragraph?.matches(".para")) navigator.clipboard?.writeText(wording(paragraph)).then(told("copied"), told("not copied"));
  };
  copier.type = "button";
  copier.className = "copy";
  copier.setAttribute("aria-live", "polite");
  copier.addEventListener("click", () => copy(copier.closest(".para")));
  for (const near of ["pointerover", "focusin"]) one("main")?.addEventListener(near, (event) => offer(event.target.closest(".para")));

  /* The strip shows which part of the text is on the screen. */
  const seen = one("#seen");
  const see = () => {
    const main = one("main");
    if (!seen || !main) return;
    const box = main.getBoundingClientRect();
    const share = (y) => Math.min(1, Math.max(0, y / box.height));
    seen.hidden = false;
    seen.style.top = 100 * share(-box.top) + "%";
    seen.style.bottom = 100 * (1 - share(innerHeight - box.top)) + "%";
  };

  /* What is asked for. */
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const filter = button.dataset.filter;
      state.show.has(filter) ? state.show.delete(filter) : state.show.add(filter);
      show();
      if (one(".at")?.hidden) state.at = "";
      write();
    });
  }
  let pause;
  find?.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => { state.find = find.value; show(); write(); }, 120);
  });
  short?.addEventListener("change", () => write());
  one("#help")?.addEventListener("click", () => keys.showModal());
  one("#sides")?.addEventListener("click", () => { sides(!document.body.classList.contains("sides")); write(); });
  /* A table that is too wide shows the newest revision first. */
  const wide = one(".wide");
  const newest = () => { wide.scrollLeft = wide.scrollWidth; };
  if (wide) requestAnimationFrame(newest);
  /* A cell of a history opens its redline in front of the table. */
  const opened = one("#opened");
  for (const cell of every("[data-opens]")) {
    cell.addEventListener("click", (event) => {
      const moment = document.getElementById(decode(cell.getAttribute("href").slice(1)));
      if (!moment || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      const copy = moment.cloneNode(true);
      copy.removeAttribute("id");
      one("div", opened).replaceChildren(copy);
      opened.showModal();
      state.at = moment.id;
      write();
    });
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    const target = link && document.getElementById(decode(link.getAttribute("href").slice(1)));
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(target);
    write(true);
  });
  const open = () => one("dialog[open]") !== null;
  document.addEventListener("keydown", (event) => {
    const writes = event.target.matches?.("input:not([type=checkbox]), textarea, select");
    if (event.key === "Escape" && !open()) {
      clear();
      write();
      if (writes) event.target.blur();
      return;
    }
    if (writes || open() || event.ctrlKey || event.metaKey || event.altKey || !one("#keys-on").checked) return;
    const done = {
      j: () => step(1, "[data-show]"),
      k: () => step(-1, "[data-show]"),
      n: () => step(1, "[data-stop]"),
      p: () => step(-1, "[data-stop]"),
      o: () => every(".at .more").forEach((more, _, all) => { more.open = more === all[0] ? !more.open : all[0].open; }),
      c: () => copy(one(".at")),
      "/": () => find?.focus(),
      "?": () => keys.showModal(),
    }[event.key];
    if (done) { event.preventDefault(); done(); }
  });
  addEventListener("hashchange", read);
  addEventListener("scroll", see, { passive: true });
  addEventListener("resize", see);
  if (matchMedia("(max-width: 75rem)").matches) one(".contents details")?.removeAttribute("open");
  /* Where a page is gone to, the bar does not stand over it. */
  const clearance = () => {
    const over = bar && getComputedStyle(bar).position === "sticky" ? bar.offsetHeight : 0;
    document.documentElement.style.scrollPaddingTop = over + 12 + "px";
  };
  if (bar) bar.hidden = false;
  clearance();
  addEventListener("resize", clearance);
  read();
})();
