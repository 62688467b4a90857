// A form that came back with mistakes: the list of them takes the focus, and each link puts the cursor in its field.
const summary = document.querySelector<HTMLElement>("[data-error-summary]");

if (summary) {
  if (!document.title.startsWith("Error: ")) document.title = `Error: ${document.title}`;
  // A link to a place in the page asks for that place, not for the list.
  if (!location.hash) summary.focus();
  summary.addEventListener("click", (event) => {
    const link =
      event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.focus();
    // The question and its error stand above the field: they must be in sight too.
    (field.closest(".usa-form-group") ?? field).scrollIntoView({ block: "start" });
  });
}
