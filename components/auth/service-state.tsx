import { StateBadge } from "#components/ui/state-badge";
import { checkHealth } from "#lib/health/check-health";

const WORDS = { database: "database", storage: "object storage", worker: "worker" } as const;

/** Whether the portal works, asked now; names what does not. */
export async function ServiceState() {
  const { isHealthy, checks } = await checkHealth();
  if (isHealthy) return <StateBadge state="good">All systems working</StateBadge>;
  const missing = (["database", "storage", "worker"] as const)
    .filter((name) => !checks[name])
    .map((name) => WORDS[name]);
  return <StateBadge state="suspect">Not reached: {missing.join(", ")}</StateBadge>;
}
