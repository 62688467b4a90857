import type { FC } from "hono/jsx";
import { defineWords } from "./words.tsx";

const say = defineWords("loop-drawing", {
  en: { name: "The learning loop", title: "the learning loop" },
  es: { name: "El ciclo de aprendizaje", title: "el ciclo de aprendizaje" },
});

/** The six stations, in the order in which a thing passes them. */
export const loopStations = ["needs", "practices", "programs", "people", "measures", "evidence"] as const;
export type LoopStation = (typeof loopStations)[number];

export type LoopNode = {
  /** "Needs" */
  label: string;
  /** "61 named"; null where nothing can be counted yet. */
  count: string | null;
  /** Left out for what is not built yet. */
  href?: string | undefined;
  /** Where the thing at hand stands. */
  current?: boolean | undefined;
};

export type LoopDrawingProps = {
  nodes: Record<LoopStation, LoopNode>;
  /** In the middle. */
  title?: string | undefined;
  subtitle?: string | undefined;
};

const center = { x: 230, y: 196 };
const ring = { x: 165, y: 136 };
const size = 54;

const place = (index: number) => {
  const angle = (index / loopStations.length) * 2 * Math.PI - Math.PI / 2;
  return {
    x: Math.round(center.x + ring.x * Math.cos(angle)),
    y: Math.round(center.y + ring.y * Math.sin(angle)),
  };
};

/** A small arrow head on the ring, halfway between two stations, pointing the way things go. */
const arrow = (index: number): string => {
  const angle = ((index + 0.5) / loopStations.length) * 2 * Math.PI - Math.PI / 2;
  const x = center.x + ring.x * Math.cos(angle);
  const y = center.y + ring.y * Math.sin(angle);
  const turn = (Math.atan2(ring.y * Math.cos(angle), -ring.x * Math.sin(angle)) * 180) / Math.PI;
  return `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn.toFixed(1)})`;
};

/** The learning loop: need, practice, program, people, measure, evidence, and back to the practice. */
export const LoopDrawing: FC<LoopDrawingProps> = ({ nodes, title = say("title"), subtitle }) => (
  <nav class="loop" aria-label={say("name")}>
    <svg viewBox="0 0 460 392" width="460" height="392">
      <ellipse class="loop-ring" cx={center.x} cy={center.y} rx={ring.x} ry={ring.y} />
      {loopStations.map((_, index) => (
        <path class="loop-arrow" d="M-6 -5L7 0L-6 5z" transform={arrow(index)} />
      ))}
      <g text-anchor="middle">
        <text class="loop-key" x={center.x} y={center.y - (subtitle ? 2 : -5)}>
          {title}
        </text>
        {subtitle ? (
          <text class="loop-count" x={center.x} y={center.y + 20}>
            {subtitle}
          </text>
        ) : null}
        {loopStations.map((station, index) => {
          const { label, count, href, current } = nodes[station];
          const { x, y } = place(index);
          const drawn = (
            <>
              <circle class={`loop-node${current ? " loop-node--current" : ""}`} cx={x} cy={y} r={size} />
              <text class="loop-key" x={x} y={y + (count === null ? 5 : -2)}>
                {label}
              </text>
              {count === null ? null : (
                <text class="loop-count" x={x} y={y + 19}>
                  {count}
                </text>
              )}
            </>
          );
          return href ? (
            <a href={href} aria-current={current ? "true" : undefined}>
              {drawn}
            </a>
          ) : (
            <g class="loop-unbuilt">{drawn}</g>
          );
        })}
      </g>
    </svg>
  </nav>
);
