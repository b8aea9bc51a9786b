import { allowedPrivateHosts } from "./allowed-hosts.ts";
import { resolvePublicAddress } from "./private-address.ts";
import { send, type Answer } from "./send.ts";

/**
 * Posts JSON to an address that a user typed, once and without following redirects. Throws `unprocessable` for an
 * address inside our own network, and whatever broke the connection.
 */
export async function postOnce(
  address: string,
  { body, headers, timeoutMs }: { body: string; headers: Record<string, string>; timeoutMs: number },
): Promise<Answer> {
  const url = new URL(address);
  return send({
    ...{ method: "POST", url, body, timeoutMs, bytesMax: 2 ** 20, signal: undefined },
    headers: { "content-type": "application/json", "user-agent": "Fieldport", ...headers },
    connectTo: await resolvePublicAddress(url, { allowed: allowedPrivateHosts() }),
  });
}
