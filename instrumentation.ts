/** A wrong environment stops the server at start with the variable's name, not at the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { env } = await import("#lib/env");
  env();
  // Behind a proxy the proxy says who calls; without one the connection itself does, and nobody can claim otherwise.
  if (!env().FIELDPORT_TRUST_PROXY) (await import("#lib/http/stamp-address")).stampClientAddress();
}
