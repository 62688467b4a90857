// Every address that people without an account use, in one place; a page that is not built is not linked.

/** The public menu. */
export const publicMenu: { label: string; href: string }[] = [{ label: "Results", href: "/results" }];
