// How much may be sent to the library in an hour: by one network, and by all together. Counted in memory only.
import { networkOf } from "../../../platform/web/network.ts";
import { createRateLimit } from "../../../platform/web/rate-limit.ts";

const HOUR = 3600;
const PER_NETWORK = 10;
const PER_HUB = 200;
/** Mails to one address: nobody is to be written to because somebody else types their address again and again. */
const MAILS_PER_ADDRESS = 3;

const perNetwork = createRateLimit(PER_NETWORK, HOUR);
const perHub = createRateLimit(PER_HUB, HOUR);
const perMailAddress = createRateLimit(MAILS_PER_ADDRESS, HOUR);

/** Counts something that is to be received. @returns seconds to wait, or 0. */
export function countSending(address: string, now: Date): number {
  const wait = perNetwork.hit(networkOf(address), now);
  return wait === 0 ? perHub.hit("hub", now) : wait;
}

/** Whether a receipt may go to an address now. */
export const mayWriteTo = (email: string, now: Date): boolean =>
  perMailAddress.hit(email.toLowerCase(), now) === 0;
