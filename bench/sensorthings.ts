import { systemDb } from "#lib/db/client";
import { readResource } from "#lib/sensors/sensorthings/service/read-resource";
import { addSensors } from "./scratch-data.ts";
import { inScratchWorkspace, measure } from "./scratch-workspace.ts";

const SENSOR_COUNT = 10_000;
const DAYS = 2;
const TIMES = 30;
const LATEST = "Observations($top=1;$orderby=phenomenonTime desc";

const REQUESTS = {
  latestCompact: `Datastreams?$top=10000&$select=@iot.id&$expand=${LATEST};$select=result,phenomenonTime)`,
  latestOfThings: `Things?$top=10000&$select=@iot.id,name&$expand=Datastreams($select=@iot.id;$expand=${LATEST};$select=result,phenomenonTime))`,
  latestWithEverything: `Things?$top=10000&$expand=Datastreams($expand=${LATEST}))`,
  aPageOfThings: `Things?$top=100&$expand=Locations,Datastreams($expand=${LATEST}))`,
  observationsOfADay: "Datastreams(1)/Observations?$top=1000&$orderby=phenomenonTime desc",
  hotNow: "Things?$top=100&$filter=Datastreams/Observations/result gt 24.9&$orderby=name",
};

/** Answers of the SensorThings service for 10,000 things, from the request to the text that goes out. */
export function run() {
  return inScratchWorkspace(async (ctx) => {
    await addSensors(ctx, SENSOR_COUNT);
    const { workspaceId } = ctx;
    await systemDb()
      .$executeRaw`select ensure_observation_partitions(now() - make_interval(days => ${DAYS}::int), now())`;
    await systemDb().$executeRaw`
      insert into observations (workspace_id, datastream_id, observed_at, value, dataset_no)
      select d.workspace_id, d.id, date_trunc('milliseconds', d.last_observed_at) - make_interval(hours => h), 10 + 15 * sin(d.id + h), 1
      from datastreams d, generate_series(0, ${DAYS * 24}::int) as h where d.workspace_id = ${workspaceId}::uuid`;
    await systemDb().$executeRaw`
      update datastreams set last_observed_at = date_trunc('milliseconds', last_observed_at) where workspace_id = ${workspaceId}::uuid`;
    await systemDb().$executeRawUnsafe("analyze observations, datastreams");
    const [stream] = await systemDb().datastream.findMany({ where: { workspaceId }, take: 1 });
    const figures: Record<string, unknown> = { things: SENSOR_COUNT, observations: SENSOR_COUNT * (DAYS * 24 + 1) };
    for (const [name, address] of Object.entries(REQUESTS)) {
      const [path = "", query = ""] = address.replace("(1)", `(${String(stream!.id)})`).split("?");
      let bytes = 0;
      const spread = await measure(TIMES, async () => {
        const rootUrl = "https://portal.example/api/v1/sensors/sensorthings/v1.1";
        const answer = await readResource(ctx, {
          rootUrl,
          segments: path.split("/"),
          params: new URLSearchParams(query),
        });
        bytes = JSON.stringify(answer).length;
      });
      figures[name] = { ...spread, megabytes: Math.round(bytes / 1e4) / 100 };
    }
    return figures;
  });
}
