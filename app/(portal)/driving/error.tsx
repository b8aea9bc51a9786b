"use client";

import { DomainError } from "#components/shell/domain-error";

export default function DrivingError(problem: { error: Error & { digest?: string }; reset: () => void }) {
  return <DomainError label="Driving" href="/driving" {...problem} />;
}
