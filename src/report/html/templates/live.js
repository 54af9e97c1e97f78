// The page as it is served in; the newer one, once there is one, out. The reader stays where he was.
"use strict";
(async () => {
  const own = document.documentElement.dataset.version;
  const details = () => [...document.querySelectorAll("details.more")];
  try {
    const kept = JSON.parse(sessionStorage.getItem("adref") ?? "[]");
    details().forEach((one) => { one.open = kept.includes(one.nextElementSibling?.textContent); });
  } catch { /* Nothing was kept. */ }
  const typing = () => document.activeElement?.matches("input[type=search]");
  let missed = 0;
  while (missed < 5) {
    await new Promise((done) => setTimeout(done, 700));
    try {
      const newest = await (await fetch("/version", { cache: "no-store" })).text();
      missed = 0;
      if (newest !== own && !typing()) {
        const open = details().filter((one) => one.open).map((one) => one.nextElementSibling?.textContent);
        try { sessionStorage.setItem("adref", JSON.stringify(open)); } catch { /* It is only a convenience. */ }
        location.reload();
        return;
      }
    } catch { missed += 1; }
  }
  document.getElementById("gone").hidden = false;
})();
