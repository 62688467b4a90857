import { isIPv6 } from "node:net";

const GROUPS_OF_A_NETWORK = 4;
const GROUPS = 8;

/**
 * Whose address this is, for counting: an IPv4 address itself, of an IPv6 address its /64. A provider gives a household
 * or a server that many addresses at once, so that counting each would count nothing.
 */
export function networkOf(address: string): string {
  // A link-local address says through which interface it came.
  const [bare = ""] = address.replace(/^\[|\]$/g, "").split("%");
  if (!isIPv6(bare)) return address;
  const mapped = /^(?:0*:){2,}(?:0*:)*ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  if (mapped) return mapped;
  const [head = "", tail] = bare.split("::");
  const groupsOf = (text: string): string[] => (text === "" ? [] : text.split(":"));
  const front = groupsOf(head);
  const back = groupsOf(tail ?? "");
  // An IPv4 address at the end takes the room of two groups.
  const written = front.length + back.length + (bare.includes(".") ? 1 : 0);
  const middle = tail === undefined ? [] : Array.from({ length: GROUPS - written }, () => "0");
  const network = [...front, ...middle, ...back].slice(0, GROUPS_OF_A_NETWORK);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`;
}
