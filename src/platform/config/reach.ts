import type { Config } from "./config.ts";
import { isLoopback } from "./mail-server.ts";

/** Whether people reach the hub over TLS, so that cookies and browsers may insist on it. */
export const isBehindTls = (config: Config): boolean => config.publicUrl?.startsWith("https:") ?? false;

/** Whether this hub answers to its own machine only. */
export function isOnThisMachineOnly(config: Config): boolean {
  const isPublic = config.publicUrl !== null && !isLoopback(new URL(config.publicUrl).hostname);
  return isLoopback(config.host) && !isPublic;
}
