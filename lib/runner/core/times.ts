/** Between TERM and KILL. */
export const graceS = 10;
/** How long logs of an ended run may take to be stored. */
export const storeLogsS = 12;
/** After a run's limit, until nothing of it is left: grace, the end of the sandbox, its logs. */
export const timeoutMarginS = graceS + 4 + storeLogsS;
/** What the process that looks after an app may use itself. */
export const supervisionMb = 512;
