// Longer work shows how far it is: a region with data-poll="/address" is fetched again every data-every milliseconds as
// a fragment of markup and replaced. It stops when the answer carries no data-poll any more, and then, when the region
// had data-then="/address", goes there.
const watch = (region: HTMLElement): void => {
  const address = region.dataset["poll"];
  if (!address) return;
  const every = Math.max(500, Number(region.dataset["every"]) || 2000);
  let misses = 0;

  const ask = async (): Promise<void> => {
    // A page nobody looks at waits.
    if (document.hidden) return again();
    try {
      const answer = await fetch(address, { headers: { accept: "text/html" }, credentials: "same-origin" });
      // Sent elsewhere (signed out, for one): only a fresh page can show that.
      if (answer.redirected) return location.reload();
      if (!answer.ok) throw new Error(String(answer.status));
      misses = 0;
      replace(await answer.text());
    } catch {
      misses += 1;
      again();
    }
  };

  // After a miss the pauses grow, up to a minute.
  const again = (): void => {
    setTimeout(() => void ask(), Math.min(60_000, every * 2 ** misses));
  };

  const replace = (markup: string): void => {
    const fresh = new DOMParser().parseFromString(markup, "text/html").body.firstElementChild;
    if (!(fresh instanceof HTMLElement)) return;
    // The region itself stays: a screen reader listens to it, not to one that takes its place.
    region.replaceChildren(...fresh.childNodes);
    const then = fresh.dataset["then"] ?? region.dataset["then"];
    if (fresh.dataset["poll"]) again();
    else {
      delete region.dataset["poll"];
      if (then) location.assign(then);
    }
  };

  region.setAttribute("aria-live", "polite");
  again();
};

for (const region of document.querySelectorAll<HTMLElement>("[data-poll]")) watch(region);
