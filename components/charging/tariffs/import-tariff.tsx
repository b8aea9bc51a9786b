"use client";

import { useRouter } from "next/navigation";
import { ImportButton } from "#components/charging/import-button";
import { tariffDetail } from "#lib/charging/tariffs/api-schema";
import { apiFetch } from "#lib/http/client";

export function ImportTariff() {
  const router = useRouter();
  return (
    <ImportButton
      title="Import a tariff"
      accept=".json,.csv"
      onFile={async (body) => {
        const request = { method: "POST", body, response: tariffDetail } as const;
        const { id } = await apiFetch("/api/v1/charging/tariffs/import", request);
        router.push(`/charging/tariffs/${id}`);
      }}
    >
      One tariff per file: JSON as this portal exports it, a rate of OpenEI’s Utility Rate Database as JSON, or the CSV
      of a cost-benefit case. It becomes a tariff of its own.
    </ImportButton>
  );
}
