// A second press of a form's button while the first is on its way does nothing. Buttons are not disabled: a disabled
// button loses the focus, and its name would not be sent.
const sent = new WeakSet<HTMLFormElement>();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !("submitOnce" in form.dataset)) return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  form.setAttribute("aria-busy", "true");
  event.submitter?.setAttribute("aria-disabled", "true");
  // An answer that is a file leaves the page as it is: after a while the form may be sent again.
  setTimeout(() => release(form), 8000);
});

// Coming back with the Back button: the browser may show the page as it was left.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-submit-once]")) release(form);
});

function release(form: HTMLFormElement): void {
  sent.delete(form);
  form.removeAttribute("aria-busy");
  for (const button of form.querySelectorAll('[aria-disabled="true"]'))
    button.removeAttribute("aria-disabled");
}
