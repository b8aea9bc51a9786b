import type { Metadata } from "next";
import { SensorFindings } from "#components/sensors/sensor-findings";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { PageHead } from "#components/ui/page-head";
import { TextField } from "#components/ui/text-field";
import { pageContext } from "#lib/auth/page-context";
import { findSensorQuery } from "#lib/sensors/find/schema";
import { findSensorForOwner } from "#lib/sensors/find/service/find-sensor";

export const metadata: Metadata = { title: "Find a sensor" };

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function FindSensorPage({ searchParams }: PageProps) {
  const ctx = await pageContext();
  const asked = findSensorQuery.safeParse(await searchParams);
  const found = asked.success ? await findSensorForOwner(ctx, asked.data.sensor) : null;
  return (
    <Page crumbs={[{ label: "Sensors", href: "/sensors" }, { label: "Find a sensor" }]}>
      <div className="gutter-x max-w-[760px] pt-[22px] pb-10 max-md:pt-4">
        <PageHead title="Why is my sensor not on the map?">
          Type its id as it stands on the device or in your file. You get what Fieldport knows of it, and what to do.
        </PageHead>
        <form action="/sensors/find" className="flex max-w-[520px] items-end gap-2">
          <TextField
            label="Sensor id"
            name="sensor"
            mono
            required
            maxLength={120}
            defaultValue={asked.success ? asked.data.sensor : ""}
            className="flex-1"
          />
          <Button type="submit" variant="primary">
            Look for it
          </Button>
        </form>
        {found ? <SensorFindings found={found} /> : null}
      </div>
    </Page>
  );
}
