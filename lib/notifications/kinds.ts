/** What people can be told about; each person chooses inbox and e-mail per kind. */
export const NOTIFICATION_KINDS = {
  dataset_ready: "A dataset is ready",
  upload_rejected: "A file was rejected or needs you",
  run_succeeded: "A run you started has a result",
  run_failed: "A run failed",
} as const;

export type NotificationKind = keyof typeof NOTIFICATION_KINDS;
