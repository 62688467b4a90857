// The learning loop: what follows when something happens. Each line ties an event of one module to the door of another.
import type { Subscription } from "../platform/events/work.ts";

export const loop: readonly Subscription[] = [];
