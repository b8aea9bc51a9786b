"use client";

import { DomainError } from "#components/shell/domain-error";

export default function SensorsError(problem: { error: Error & { digest?: string }; reset: () => void }) {
  return <DomainError label="Sensors" href="/sensors" {...problem} />;
}
