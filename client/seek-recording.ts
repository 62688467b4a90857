// Times of a transcript (a[data-seek], in seconds) move the player of the page there, and the piece that is being said is
// marked. A page that is opened with #t=93 waits at that place. Without script the links open the file from there.
const player = document.querySelector<HTMLMediaElement>("[data-player]");
const links = [...document.querySelectorAll<HTMLAnchorElement>("a[data-seek]")];

if (player) {
  const secondsOf = (link: HTMLAnchorElement): number => Number(link.dataset["seek"]);

  for (const link of links)
    link.addEventListener("click", (event) => {
      event.preventDefault();
      player.currentTime = secondsOf(link);
      history.replaceState(null, "", `#t=${secondsOf(link)}`);
      // A browser may refuse to begin by itself; its own button is there.
      player.play().catch(() => undefined);
    });

  const [, fromAddress] = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash) ?? [];
  if (fromAddress !== undefined) player.currentTime = Number(fromAddress);

  let said: Element | null = null;
  player.addEventListener("timeupdate", () => {
    const now = links.findLast((link) => secondsOf(link) <= player.currentTime)?.closest("li") ?? null;
    if (now === said) return;
    said?.removeAttribute("aria-current");
    now?.setAttribute("aria-current", "true");
    said = now;
  });
}
