// The page as it is served in; the newer one, once there is one, out.
"use strict";
(async () => {
  const own = document.documentElement.dataset.version;
  for (;;) {
    await new Promise((done) => setTimeout(done, 700));
    try {
      const newest = await (await fetch("/version", { cache: "no-store" })).text();
      if (newest !== own) { location.reload(); return; }
    } catch { /* The tool was ended: what is shown stays. */ }
  }
})();
