import { z } from "zod";

export const uploadParams = z.object({ uploadId: z.uuid() });
export const runParams = z.object({ runId: z.uuid() });
export const datasetParams = z.object({ datasetId: z.uuid() });
export const sensorParams = z.object({ sensorId: z.uuid() });
export const artifactParams = z.object({ artifactId: z.uuid() });
export const faultParams = z.object({ faultId: z.uuid() });
export const maintenanceWindowParams = z.object({ windowId: z.uuid() });
export const scenarioParams = z.object({ scenarioId: z.uuid() });
/** A version of the workspace by its id, or a tariff that comes with the portal by its name. */
export const tariffParams = z.object({ tariffId: z.string().regex(/^[\w-]{1,64}$/) });
export const drivingAlertParams = z.object({ alertId: z.uuid() });
export const drivingRuleParams = z.object({ ruleId: z.uuid() });
export const geofenceParams = z.object({ geofenceId: z.uuid() });
export const pipelineParams = z.object({ pipelineId: z.uuid() });
export const appParams = z.object({ appId: z.uuid() });
export const appRunParams = z.object({ appRunId: z.uuid() });
export const appTriggerParams = z.object({ triggerId: z.uuid() });
export const executionParams = z.object({ executionId: z.uuid() });
/** Segments behind the root of the SensorThings API. */
export const sensorThingsParams = z.object({ path: z.array(z.string().max(2_000)).max(20).default([]) });
