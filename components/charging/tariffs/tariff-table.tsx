"use client";

import { useRouter } from "next/navigation";
import { Button } from "#components/ui/button";
import { RowLink, Table, Tbody, Td, Th, Thead, Tr } from "#components/ui/table";
import { Tag } from "#components/ui/tag";
import { useToast } from "#components/ui/toast";
import { tariffDetail, type TariffSummary } from "#lib/charging/tariffs/api-schema";
import { formatDate } from "#lib/format/dates";
import { apiFetch } from "#lib/http/client";

/** Tariffs with where their prices come from and since when they hold. */
export function TariffTable({ tariffs, mayChange }: { tariffs: readonly TariffSummary[]; mayChange: boolean }) {
  return (
    <Table label="Tariffs">
      <Thead>
        <Th>Tariff</Th>
        <Th>Utility</Th>
        <Th>Kind</Th>
        <Th>Source</Th>
        <Th num>In effect since</Th>
        <Th />
      </Thead>
      <Tbody>
        {tariffs.map((tariff) => (
          <Tr key={tariff.id}>
            <Td phone="main">
              <RowLink href={`/charging/tariffs/${tariff.id}`}>{tariff.name}</RowLink>
            </Td>
            <Td phone="line" muted>
              {tariff.utility || "–"}
            </Td>
            <Td phone="line">{tariff.kind}</Td>
            <Td phone="hide" muted className="max-w-90">
              {tariff.source || "–"}
            </Td>
            <Td num nowrap muted phone="line" phoneLabel="In effect since">
              {tariff.effectiveOn ? formatDate(`${tariff.effectiveOn}T00:00:00Z`, { timeZone: "UTC" }) : "–"}
            </Td>
            <Td num phone="end">
              {tariff.origin === "published" ? <Tag>comes with the portal</Tag> : <Own {...{ tariff, mayChange }} />}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function Own({ tariff, mayChange }: { tariff: TariffSummary; mayChange: boolean }) {
  const router = useRouter();
  const toast = useToast();
  const isArchived = tariff.archivedAt !== null;
  const archive = async () => {
    try {
      const body = { archived: !isArchived };
      await apiFetch(`/api/v1/charging/tariffs/${tariff.id}`, { method: "PATCH", body, response: tariffDetail });
      router.refresh();
    } catch (cause) {
      toast({ state: "fault", message: cause instanceof Error ? cause.message : String(cause) });
    }
  };
  return (
    <span className="flex items-center justify-end gap-2">
      <Tag>version {tariff.version}</Tag>
      {mayChange ? (
        <Button size="sm" className="relative z-1" onClick={() => void archive()}>
          {isArchived ? "Bring back" : "Archive"}
          <span className="sr-only"> {tariff.name}</span>
        </Button>
      ) : null}
    </span>
  );
}
