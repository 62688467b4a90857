// How much may be asked for by mail. Counted in memory only.
import { createRateLimit } from "../../../platform/web/rate-limit.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const PER_NETWORK = 20;
const PER_HUB = 500;
const MAILS_PER_ADDRESS = 4;
const MAILS_PER_ADDRESS_AND_VIEW = 2;

const perNetwork = createRateLimit(PER_NETWORK, HOUR);
const perHub = createRateLimit(PER_HUB, HOUR);
const perAddress = createRateLimit(MAILS_PER_ADDRESS, HOUR);
const perAddressAndView = createRateLimit(MAILS_PER_ADDRESS_AND_VIEW, DAY);

/** Counts a wish. @returns seconds to wait, or 0. */
export function countAsking(network: string, now: Date): number {
  const wait = perNetwork.hit(network, now);
  return wait === 0 ? perHub.hit("hub", now) : wait;
}

/** Whether an address may be written to now: nobody's mailbox is to be filled because somebody types its address. */
export function mayAsk(email: string, view: string, now: Date): boolean {
  const address = email.toLowerCase();
  // Both count, also where one is used up.
  const waits = [perAddressAndView.hit(`${address} ${view}`, now), perAddress.hit(address, now)];
  return waits.every((wait) => wait === 0);
}
