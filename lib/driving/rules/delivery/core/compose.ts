import { formatNumber } from "#lib/format/numbers";
import type { Severity } from "../../core/rule.ts";

/** An alert as people and machines are told of it. */
export interface ToldAlert {
  alertId: string;
  driver: string;
  plate: string;
  severity: Severity;
  rule: string;
  ruleVersion: number;
  /** "" when the rule holds everywhere. */
  place: string;
  /** Wall clock of the vehicle. */
  startAt: string;
  speedKmh: number;
  latitude: number;
  longitude: number;
  raisedAt: Date;
}

/** Lines of a digest; the page has the rest. */
const LINES_MAX = 20;

const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  notice: "Notice",
  warning: "Warning",
  critical: "Critical",
};

/** One letter for what a rule raised since the last one. */
export function composeDigest(
  alerts: readonly ToldAlert[],
  { ruleId, ruleName }: { ruleId: string; ruleName: string },
): { title: string; body: string; link: string } {
  const lines = alerts.slice(0, LINES_MAX).map(lineOf);
  const [only] = alerts;
  if (alerts.length === 1 && only) {
    return {
      title: `${SEVERITY_WORDS[only.severity]}: ${only.driver} breaks “${ruleName}” at ${speedOf(only)}`,
      body: lines.join("\n"),
      link: `/driving/episodes/${only.alertId}`,
    };
  }
  const more = alerts.length > LINES_MAX ? [`… and ${formatNumber(alerts.length - LINES_MAX)} more.`] : [];
  const title = `${formatNumber(alerts.length)} alerts by “${ruleName}”`;
  return { title, body: [...lines, ...more].join("\n"), link: `/driving/rules/${ruleId}` };
}

const speedOf = ({ speedKmh }: ToldAlert) => `${formatNumber(speedKmh, { decimals: 0 })} km/h`;

function lineOf(alert: ToldAlert): string {
  const where = alert.place === "" ? "" : ` in ${alert.place}`;
  return `${alert.driver} (${alert.plate}) at ${speedOf(alert)}${where}, since ${alert.startAt} by the vehicle’s clock.`;
}

/** Body of a webhook. */
export function composeWebhook(
  alert: ToldAlert,
  { deliveryId, ruleId }: { deliveryId: string; ruleId: string },
): string {
  const { rule: name, ruleVersion: version, severity, ...rest } = alert;
  return JSON.stringify({
    type: "driving.alert",
    deliveryId,
    rule: { id: ruleId, name, version, severity },
    alert: { ...rest, raisedAt: alert.raisedAt.toISOString() },
  });
}

/** Waits between tries of a webhook, seconds: a receiver that is being repaired has a night. */
const DELAYS_S = [5, 30, 120, 600, 1800, 7200, 21_600];

/** When a failed webhook is tried again, seconds from now; null when it is given up. */
export function retryDelayS(attempts: number): number | null {
  return DELAYS_S[attempts - 1] ?? null;
}
