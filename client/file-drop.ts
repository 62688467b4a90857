// A file field as a place to drop a file on; it says the file's name and size.
for (const place of document.querySelectorAll<HTMLElement>("[data-file-drop]")) {
  const input = place.querySelector<HTMLInputElement>('input[type="file"]');
  const said = place.querySelector<HTMLElement>("[data-file-drop-said]");
  if (!input || !said) continue;
  const invitation = input.multiple ? "Or drop files here." : "Or drop a file here.";

  const tell = (): void => {
    const files = [...(input.files ?? [])];
    said.textContent =
      files.length === 0 ? invitation : files.map((file) => `${file.name}, ${sizeOf(file.size)}`).join("; ");
  };

  place.addEventListener("dragover", (event) => {
    event.preventDefault();
    place.classList.add("dragged-over");
  });
  place.addEventListener("dragleave", () => place.classList.remove("dragged-over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("dragged-over");
    const files = event.dataTransfer?.files;
    if (!files || files.length === 0 || input.disabled) return;
    if (files.length > 1 && !input.multiple) {
      said.textContent = "One file at a time, please.";
      return;
    }
    input.files = files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", tell);
  tell();
}

function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${Math.round(kilobytes)} kB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}
