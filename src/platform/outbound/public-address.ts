// Which network addresses are open to everybody: nobody makes the hub knock at doors of its own network.
import { BlockList, isIP } from "node:net";

const closed = new BlockList();
// IANA's special-purpose registry for IPv4 (RFC 6890 and its updates), multicast and reserved.
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const)
  closed.addSubnet(network, bits);
// Of IPv6 only what is given out for use by everybody is open, without what stands for IPv4, tunnels and examples.
const open = new BlockList();
open.addSubnet("2000::", 3, "ipv6");
for (const [network, bits] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  closed.addSubnet(network, bits, "ipv6");

/** Whether an address is one that everybody may reach. What stands for another address counts as closed. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closed.check(address);
  if (family === 6) return open.check(address, "ipv6") && !closed.check(address, "ipv6");
  return false;
}

/** Whether a host is local by its name, or an address that not everybody may reach. What a name leads to is asked when it is used. */
export const isClosedHost = (host: string): boolean =>
  host === "localhost" ||
  /\.(localhost|local|internal|home\.arpa)\.?$/.test(host) ||
  !/[.:]/.test(host) ||
  (isIP(host) !== 0 && !isPublicAddress(host));

/** The host without the brackets of IPv6. Numbers in other spellings (decimal, octal) are plain by now. */
export const bareHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
