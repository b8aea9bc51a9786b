import type { SeededAdmin } from "./seed.ts";

export interface ReadyFacts {
  url: string;
  dataDir: string;
  /** Set when the database's files lie outside the data folder. */
  databaseDir: string | undefined;
  /** The administrator when this start created it. */
  admin: SeededAdmin | null;
  adminEmail: string | undefined;
}

/** What a person needs once the portal serves: where to go, how to get in, where her data are. */
export function readyText(facts: ReadyFacts): string {
  const rows: [string, string][] = [
    ["Portal", facts.url],
    ["Sign in", signIn(facts)],
    ["Data", facts.databaseDir ? `${facts.dataDir} and ${facts.databaseDir}` : facts.dataDir],
    ["Stop", "Ctrl-C"],
  ];
  return ["", ...rows.map(([name, value]) => `  ${name.padEnd(9)}${value}`), ""].join("\n");
}

function signIn({ admin, adminEmail }: ReadyFacts): string {
  if (admin?.password) return `${admin.email} / ${admin.password} (shown this once; change it under your account)`;
  if (admin) return `${admin.email} with the password from FIELDPORT_ADMIN_PASSWORD`;
  const who = adminEmail ?? "the administrator";
  return `${who}, with the password of the first start; "Forgot password" on the sign-in page sets a new one`;
}
