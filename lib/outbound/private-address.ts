import { lookup as dnsLookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { AppError } from "#lib/errors";

export type Lookup = (host: string) => Promise<readonly { address: string; family: number }[]>;

const PRIVATE_V4 = [
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
  ["224.0.0.0", 3],
] as const;
const PRIVATE_V6 = [
  ["::", 128],
  ["::1", 128],
  ["64:ff9b::", 96],
  ["100::", 64],
  ["2001:db8::", 32],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const;

const PRIVATE = new BlockList();
for (const [net, bits] of PRIVATE_V4) PRIVATE.addSubnet(net, bits, "ipv4");
for (const [net, bits] of PRIVATE_V6) PRIVATE.addSubnet(net, bits, "ipv6");

const everyAddress: Lookup = (host) => dnsLookup(host, { all: true });

/**
 * The address behind a URL that a user typed, to which the request must then go: looking it up again could give
 * another one. Refuses this machine and its network, unless the operator has allowed the host (`FIELDPORT_PRIVATE_HOSTS`).
 */
export async function resolvePublicAddress(
  url: URL,
  { allowed, lookup = everyAddress }: { allowed: readonly string[]; lookup?: Lookup },
): Promise<{ address: string; family: number }> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const found = isIP(host) === 0 ? await lookUp(host, lookup) : [{ address: host, family: isIP(host) }];
  const isAllowed = allowed.includes(url.host) || allowed.includes(url.hostname);
  if (!isAllowed && found.some(({ address }) => isPrivateAddress(address))) {
    throw new AppError(
      "unprocessable",
      `${url.host} is an address of this machine or its network. Ask the operator to allow it (FIELDPORT_PRIVATE_HOSTS), or use a public address.`,
    );
  }
  return found[0]!;
}

async function lookUp(host: string, lookup: Lookup) {
  const found = await lookup(host).catch(() => []);
  if (found.length === 0) throw new AppError("unavailable", `${host} is not known on the network. Check the address.`);
  return found;
}

/** True for loopback, private, link-local, shared, documentation, multicast and reserved addresses. */
export function isPrivateAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return PRIVATE.check(mapped, "ipv4");
  if (/^::ffff:/i.test(address)) return true;
  return PRIVATE.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}
