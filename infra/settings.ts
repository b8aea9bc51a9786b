import { z } from "zod";

const cidr = z.string().regex(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, "must be a range such as 203.0.113.7/32");

/** What differs between installations. Everything has a default, so that the template can be made anywhere. */
export const infraSettings = z.strictObject({
  /** Begins every name, and is the value of the tag `fieldport`. */
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{2,24}$/, "must be 3 to 25 of a-z 0-9 -, a letter first")
    .default("fieldport"),
  /** Where storage tells of new objects; https is required by EventBridge. */
  portalUrl: z.url({ protocol: /^https$/ }).default("https://portal.example.org"),
  /** Gets alarms and warnings about costs. */
  alarmEmail: z.email().default("operator@example.org"),
  budgetUsdPerMonth: z.coerce.number().positive().default(200),
  /** Who may open a connection to the database from outside, by commas. Empty: nobody, it has no public address. */
  databaseCidrs: z
    .string()
    .default("")
    .transform((text) => text.split(",").filter((part) => part !== ""))
    .pipe(z.array(cidr)),
  databaseClass: z
    .string()
    .regex(/^[a-z0-9]+\.[a-z0-9]+$/, "must be such as t4g.medium")
    .default("t4g.medium"),
  databaseIsMultiAz: z.stringbool().default(false),
  machineType: z
    .string()
    .regex(/^[a-z0-9-]+\.[a-z0-9]+$/, "must be such as m7i.large")
    .default("m7i.large"),
  machinesMax: z.coerce.number().int().min(1).max(1000).default(20),
});

export type InfraSettings = z.output<typeof infraSettings>;

/** Reads `name=value` arguments. @throws with the name of the setting that is wrong. */
export function parseSettings(args: readonly string[]): InfraSettings {
  const pairs = args.map((arg) => {
    const at = arg.indexOf("=");
    if (at < 1) throw new Error(`"${arg}" is no setting. Write it as name=value, such as budgetUsdPerMonth=100.`);
    return [arg.slice(0, at), arg.slice(at + 1)] as const;
  });
  const parsed = infraSettings.safeParse(Object.fromEntries(pairs));
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`.trim()).join("; "));
}
