"use client";

import { Download } from "lucide-react";
import { Button } from "#components/ui/button";
import type { Tariff } from "#lib/charging/tariffs/schema";

/** Saves a tariff as JSON that the import reads. */
export function ExportTariff({ name, tariff }: { name: string; tariff: Tariff }) {
  const save = () => {
    const url = URL.createObjectURL(new Blob([`${JSON.stringify(tariff, null, 2)}\n`], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `${name.replaceAll(/[^\p{L}\p{N}]+/gu, "-").toLowerCase()}.json`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Button size="sm" icon={Download} onClick={save}>
      JSON
    </Button>
  );
}
