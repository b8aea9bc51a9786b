/** What judges readings after every arrival, in this order: each series, neighbours and references, faults. */
export const JUDGING_ALGORITHMS = ["range-step-stuck", "check-network", "detect-faults"] as const;
