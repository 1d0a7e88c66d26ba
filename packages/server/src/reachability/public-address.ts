import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** Public by number, but reached from inside a cloud only: its host's own services. */
const cloudAddresses: ReadonlySet<string> = new Set(["168.63.129.16"]);

/**
 * Whether an IP address belongs to the public internet. Everything else is refused: private, loopback, link-local with the
 * cloud's metadata, unspecified, carrier NAT, multicast, reserved, and IPv6 forms that carry one of those: mapped, NAT64,
 * 6to4, Teredo.
 */
export function isPublicAddress(address: string): boolean {
  // The library reads short forms too (1.2.3 is 1.2.0.3), and zones.
  if (isIP(address) === 0 || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === "unicast" && !cloudAddresses.has(parsed.toString());
}
