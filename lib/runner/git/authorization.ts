/** What hosts of repositories take for a token: any user name, the token as password. */
export function authorizationFor(token: string): string {
  return `Basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`;
}
