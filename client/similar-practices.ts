// While somebody writes the title of a practice, those of the library that are like it are shown: the region
// data-similar="/address" of a form is filled with what that address finds for the form's title and states.
const PAUSE = 500;
const SHORTEST = 4;

const watch = (region: HTMLElement): void => {
  const address = region.dataset["similar"];
  const form = region.closest("form");
  const title = form?.querySelector<HTMLInputElement>('input[name="title"]');
  if (!address || !form || !title) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: AbortController | undefined;

  const ask = async (): Promise<void> => {
    last?.abort();
    const current = new AbortController();
    last = current;
    const asked = new URLSearchParams({ title: title.value.trim() });
    for (const state of new FormData(form).getAll("states"))
      if (typeof state === "string") asked.append("states", state);
    try {
      const answer = await fetch(`${address}?${asked}`, {
        signal: current.signal,
        credentials: "same-origin",
      });
      if (!answer.ok) return;
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      if (!current.signal.aborted) region.replaceChildren(...found.childNodes);
    } catch {
      // Without an answer the form is as good as before: sending it asks again.
    }
  };

  const later = (): void => {
    clearTimeout(timer);
    if (title.value.trim().length >= SHORTEST) timer = setTimeout(() => void ask(), PAUSE);
    else region.replaceChildren();
  };
  title.addEventListener("input", later);
  form.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === "states") later();
  });
};

for (const region of document.querySelectorAll<HTMLElement>("[data-similar]")) watch(region);
