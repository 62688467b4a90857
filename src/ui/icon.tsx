import type { FC } from "hono/jsx";

/** Drawn for Trellis on a 24 by 24 grid, strokes only, so that they follow the text color in every scheme. */
const paths = {
  check: "M5 12.5l4.5 4.5L19 7.5",
  warning: "M12 4L2.8 20h18.4zM12 10v4.5M12 17.2v.3",
  error: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 7.5v5.5M12 16.3v.3",
  info: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 11v5.5M12 7.4v.3",
  done: "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M7.8 12.3l3 3l5.4-6",
  up: "M12 19V5M6 11l6-6l6 6",
  down: "M12 5v14M6 13l6 6l6-6",
  sort: "M8 9l4-4l4 4M8 15l4 4l4-4",
  next: "M9 5l7 7l-7 7",
  previous: "M15 5l-7 7l7 7",
  download: "M12 4v11M7 10.5l5 5l5-5M4.5 20h15",
  upload: "M12 16V5M7 9.5l5-5l5 5M4.5 20h15",
  external: "M14 5h5v5M19 5l-8 8M11 6H5v13h13v-6",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M15.5 15.5L20.5 20.5",
  person: "M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8M4.5 20.5c1-4.5 4-6 7.5-6s6.5 1.5 7.5 6",
  calendar: "M4 6.5h16v13.5H4zM4 10.5h16M8 3.5v4M16 3.5v4",
  play: "M8 5v14l11-7z",
  file: "M6 3.5h8l4 4v13H6zM14 3.5v4h4",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  undo: "M9 5L4.5 9.5L9 14M4.5 9.5H14a5 5 0 0 1 0 10h-3",
  print: "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
  leaf: "M5 19c0-9 5-14 14-14c0 9-5 14-14 14M5 19l8-8",
} as const;

export type IconName = keyof typeof paths;

export type IconProps = {
  name: IconName;
  /** Said by screen readers. Leave it out where the words beside the icon already say it. */
  label?: string | undefined;
};

/** A small line drawing as tall as the text beside it. */
export const Icon: FC<IconProps> = ({ name, label }) => (
  <svg
    class="icon"
    viewBox="0 0 24 24"
    width="20"
    height="20"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    focusable="false"
    {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" })}
  >
    <path d={paths[name]} />
  </svg>
);

/** The trellis with its vine: the mark beside the hub's name. */
export const Logo: FC = () => (
  <svg
    class="logo"
    width="30"
    height="30"
    viewBox="0 0 28 28"
    aria-hidden="true"
    focusable="false"
    fill="none"
  >
    <path d="M5 26V4M14 26V2M23 26V4M3 10h22M3 18h22" stroke="currentColor" stroke-width="1.6" />
    <path class="logo-vine" d="M5 22c5-1 4-8 9-9s5-6 9-8" stroke-width="2.4" stroke-linecap="round" />
  </svg>
);
