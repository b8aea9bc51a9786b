/** What people can be told about; each person chooses inbox and e-mail per kind. */
export const NOTIFICATION_KINDS = {
  dataset_ready: "A dataset is ready",
  upload_rejected: "A file was rejected or needs you",
  run_succeeded: "A run you started has a result",
  run_failed: "A run failed",
  pipeline_failed: "A pipeline failed",
  driving_alert: "A driving rule raised an alert",
  sensor_fault: "A sensor has a fault",
  sensor_silent: "A sensor is silent",
  sensor_battery_low: "A sensor’s battery is low",
  sensor_alert_ended: "An alert about a sensor is over",
} as const;

export type NotificationKind = keyof typeof NOTIFICATION_KINDS;

const INBOX_ONLY: ReadonlySet<NotificationKind> = new Set(["run_succeeded", "sensor_alert_ended"]);

/** Whether a kind is mailed to people who made no choice. */
export function isMailedByDefault(kind: NotificationKind): boolean {
  return !INBOX_ONLY.has(kind);
}
