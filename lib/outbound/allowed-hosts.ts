import { env } from "#lib/env";

/** Hosts of our own network that the operator lets users reach. */
export function allowedPrivateHosts(): string[] {
  return (env().FIELDPORT_PRIVATE_HOSTS ?? "").split(",").map((host) => host.trim());
}
