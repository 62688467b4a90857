import { bareHost, isClosedHost } from "../outbound/public-address.ts";

/** Why a webhook cannot lead to this address, in words for the person, or null. Names are looked at when they are used. */
export function whyNotWebhookUrl(text: string, mayBePrivate: boolean): string | null {
  if (!URL.canParse(text)) return "Write a web address such as https://data.example.org/trellis.";
  const url = new URL(text);
  if (url.protocol !== "https:" && !(mayBePrivate && url.protocol === "http:"))
    return "The address must begin with https://.";
  if (url.username || url.password) return "Leave the name and password out of the address.";
  if (text.length > 2000) return "Use at most 2000 characters for the address.";
  if (mayBePrivate) return null;
  if (isClosedHost(bareHost(url)))
    return "This address lies in a private or local network. Use one that can be reached from the internet.";
  return null;
}
