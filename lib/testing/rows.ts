import { randomBytes } from "node:crypto";
import type { Ctx } from "#lib/auth/context";
import { systemDb } from "#lib/db/client";
import { newId, newToken, sha256Hex } from "#lib/ids";
import { artifactKey, uploadKey } from "#lib/objects/keys";
import { makeApiKey, makeMember, makeSession, unique } from "./people.ts";

/** One row of everything that an address can name, all of one workspace. */
export interface Rows {
  workspaceId: string;
  artifactId: string;
  uploadId: string;
  runId: string;
  datasetId: string;
  sensorId: string;
  faultId: string;
  windowId: string;
  chargingRunId: string;
  scenarioId: string;
  tariffId: string;
  alertId: string;
  ruleId: string;
  geofenceId: string;
  pipelineId: string;
  executionId: string;
  appId: string;
  appRunId: string;
  triggerId: string;
  /** A checked upload, stored as it came. */
  fileUploadId: string;
  userId: string;
  keyId: string;
  invitationId: string;
  sessionId: string;
  /** An open invitation's token. */
  token: string;
  invitedEmail: string;
  notificationId: string;
}

export async function makeRows(workspace: Pick<Ctx, "workspaceId">): Promise<Rows> {
  const { workspaceId } = workspace;
  const artifactId = await makeArtifact(workspaceId);
  const runId = await makeRun(workspaceId);
  const uploadId = await makeUpload(workspaceId, runId);
  const datasetId = await makeDataset(workspaceId, runId, uploadId);
  const { userId } = await makeMember(workspace, "viewer", "Fixture Member");
  const { sessionId } = await makeSession({ userId });
  const { id: keyId } = await makeApiKey(workspace, { scopes: ["runs:read"] });
  const invitation = await makeInvitation(workspaceId);
  const sensorId = await makeSensor(workspaceId);
  return {
    workspaceId,
    artifactId,
    runId,
    uploadId,
    datasetId,
    sensorId,
    ...(await makeScenario(workspaceId)),
    tariffId: await makeTariff(workspaceId),
    alertId: await makeDrivingAlert(workspaceId),
    ...(await makeDrivingRule(workspaceId)),
    windowId: await makeMaintenanceWindow(workspaceId, sensorId),
    faultId: await makeFault(workspaceId, sensorId, runId),
    ...(await makePipeline(workspaceId)),
    ...(await makeApp(workspaceId)),
    userId,
    sessionId,
    keyId,
    ...invitation,
    notificationId: await makeNotification(workspaceId, userId),
  };
}

export async function makeArtifact(workspaceId: string): Promise<string> {
  const id = newId();
  const sha256 = sha256Hex(randomBytes(16));
  const data = {
    id,
    workspaceId,
    sha256,
    sizeBytes: 12n,
    mediaType: "text/csv",
    fileName: "a.csv",
    objectKey: artifactKey(workspaceId, sha256),
  };
  await systemDb().artifact.create({ data });
  return id;
}

export async function makeRun(workspaceId: string): Promise<string> {
  const id = newId();
  const data = {
    id,
    workspaceId,
    algorithm: "range-step-stuck",
    version: 1,
    title: "Check",
    params: {},
    inputs: {},
    runKey: sha256Hex(id),
    state: "failed",
    seed: "1",
    trigger: "person",
    startedByLabel: "test",
    timeoutS: 60,
    memoryMb: 256,
    finishedAt: new Date(),
    errorCode: "failed",
    errorDetail: "A fixture.",
  };
  await systemDb().run.create({ data });
  return id;
}

export async function makeUpload(workspaceId: string, runId: string | null = null): Promise<string> {
  const id = newId();
  const data = {
    id,
    workspaceId,
    fileName: "a.csv",
    kind: "sensor-readings",
    sizeBytes: 12n,
    objectKey: uploadKey(workspaceId, id, "a.csv"),
    partSizeBytes: 16 * 1024 * 1024,
    state: "signing",
    createdBy: "test",
    runId,
  };
  await systemDb().upload.create({ data });
  return id;
}

async function makeDataset(workspaceId: string, runId: string, uploadId: string): Promise<string> {
  const id = newId();
  const counts = { rowsIn: 1, rowsKept: 1, rowsRepaired: 0, rowsDropped: 0, rowsEmpty: 0, duplicates: 0 };
  const qualityReport = { ...counts, valuesKept: 1, byRule: [], columns: [] };
  const data = {
    id,
    workspaceId,
    kind: "sensor-readings",
    name: "a",
    runId,
    rowsIn: 1n,
    rowsKept: 1n,
    rowsDropped: 0n,
    qualityReport,
  };
  await systemDb().dataset.create({ data });
  await systemDb().datasetUpload.create({ data: { datasetId: id, uploadId, workspaceId } });
  return id;
}

export async function makeSensor(workspaceId: string): Promise<string> {
  const id = newId();
  await systemDb().sensor.create({
    data: { id, workspaceId, code: unique("sensor"), latitude: 47.6, longitude: -122.3 },
  });
  await systemDb().datastream.create({
    data: { workspaceId, sensorId: id, observedProperty: "air_temperature", unit: "degC" },
  });
  return id;
}

export async function makeFault(workspaceId: string, sensorId: string, runId: string): Promise<string> {
  const { id: datastreamId } = await systemDb().datastream.findFirstOrThrow({ where: { workspaceId, sensorId } });
  const id = newId();
  const [beginAt, endAt] = [new Date("2026-01-05T00:00:00Z"), new Date("2026-01-08T00:00:00Z")];
  const verdict = {
    kind: "bias",
    mode: "single",
    score: 3,
    confidence: 0.9,
    priority: 64.8,
    magnitude: 2,
    unit: "Cel",
  };
  const evidence = { t: [beginAt.getTime()], value: [12], expectation: [10], sigma: [0.5] };
  await systemDb().fault.create({
    data: {
      id,
      workspaceId,
      sensorId,
      datastreamId,
      runId,
      beginAt,
      endAt,
      isOpen: false,
      pointCount: 288,
      evidence,
      ...verdict,
    },
  });
  return id;
}

/** A scenario of a run that failed. */
async function makeScenario(workspaceId: string): Promise<{ chargingRunId: string; scenarioId: string }> {
  const [chargingRunId, scenarioId] = [await makeRun(workspaceId), newId()];
  await systemDb().run.update({ where: { id: chargingRunId }, data: { algorithm: "cost-benefit" } });
  const data = { id: scenarioId, workspaceId, name: "Base case", runId: chargingRunId, createdByLabel: "test" };
  await systemDb().chargingScenario.create({ data: { ...data, createdAt: new Date() } });
  return { chargingRunId, scenarioId };
}

/** An open overspeed alert of a driver. */
async function makeDrivingAlert(workspaceId: string): Promise<string> {
  const id = newId();
  const place = { latitude: 32.05, longitude: 118.77, plate: "FP 1" };
  const at = new Date("2026-11-01T08:00:00Z");
  const times = { newestAt: at, lastReceivedAt: at, newestSeq: 1n };
  const { driverNo } = await systemDb().driver.create({
    data: { workspaceId, code: unique("driver"), ...place, ...times, speedKmh: 125, state: NO_OPEN_EPISODES },
  });
  const common = { id, workspaceId, driverNo, kind: "overspeed", state: "open" };
  const start = { startSeq: 1n, startAt: at, lastAt: at, peakSpeedKmh: 125, recordCount: 1 };
  await systemDb().drivingEpisode.create({ data: { ...common, ...place, ...start } });
  await systemDb().drivingAlert.create({ data: { ...common, raisedAt: at, speedKmh: 125 } });
  return id;
}

/** A rule with a limit of its own, and a geofence that limits none. */
async function makeDrivingRule(workspaceId: string): Promise<{ ruleId: string; geofenceId: string }> {
  const [ruleId, geofenceId] = [newId(), newId()];
  const written = { workspaceId, createdByLabel: "test", createdAt: new Date(), updatedAt: new Date() };
  const shape = { kind: "circle", lat: 32.05, lon: 118.77, radiusM: 500 };
  await systemDb().drivingGeofence.create({ data: { ...written, id: geofenceId, name: unique("Area"), shape } });
  const definition = { source: "speed", limitKmh: 100 };
  const rule = {
    ...written,
    id: ruleId,
    name: unique("Rule"),
    isEnabled: true,
    version: 1,
    definition,
    sealedSecret: "",
  };
  await systemDb().drivingRule.create({ data: rule });
  return { ruleId, geofenceId };
}

const NO_OPEN_EPISODES = { overspeed: null, "neutral-slide": null };

/** Maintenance that lies ahead. */
async function makeMaintenanceWindow(workspaceId: string, sensorId: string): Promise<string> {
  const id = newId();
  const [fromAt, untilAt] = [new Date("2099-06-01T08:00:00Z"), new Date("2099-06-01T12:00:00Z")];
  await systemDb().maintenanceWindow.create({
    data: { id, workspaceId, fromAt, untilAt, byLabel: "test", createdAt: new Date() },
  });
  await systemDb().maintenanceWindowSensor.create({ data: { windowId: id, sensorId, workspaceId } });
  return id;
}

/** A pipeline whose only execution has failed. */
export async function makePipeline(workspaceId: string): Promise<{ pipelineId: string; executionId: string }> {
  const [pipelineId, executionId] = [newId(), newId()];
  const common = { workspaceId, slug: "sensor-network", name: unique("Network"), createdByLabel: "test" };
  await systemDb().pipeline.create({ data: { id: pipelineId, ...common, settings: { source: { kind: "files" } } } });
  const execution = { pipelineId, no: 1, trigger: "person", startedByLabel: "test", state: "failed" };
  await systemDb().pipelineExecution.create({
    data: { id: executionId, workspaceId, ...execution, startedAt: new Date(), finishedAt: new Date() },
  });
  await systemDb().pipelineStep.create({
    data: { executionId, ordinal: 0, workspaceId, name: "sensors", state: "failed", errorDetail: "A fixture." },
  });
  return { pipelineId, executionId };
}

async function makeTariff(workspaceId: string): Promise<string> {
  const id = newId();
  const hours = {
    months: Array.from({ length: 12 }, (_, month) => month + 1),
    days: "all",
    from: "00:00",
    to: "24:00",
  };
  const content = { name: "Flat", energyPeriods: [{ label: "All hours", ...hours, usdPerKwh: 0.2 }] };
  const written = { createdByLabel: "test", createdAt: new Date() };
  await systemDb().chargingTariff.create({
    data: {
      id,
      workspaceId,
      lineageId: id,
      version: 1,
      name: "Flat",
      utility: "",
      source: "",
      content,
      sha256: id,
      ...written,
    },
  });
  return id;
}

/** An app whose only run has failed. */
async function makeApp(workspaceId: string): Promise<Pick<Rows, "appId" | "appRunId" | "triggerId" | "fileUploadId">> {
  const [appId, revisionId] = [newId(), newId()];
  const made = { createdByLabel: "test", createdAt: new Date() };
  const codeArtifactId = await makeArtifact(workspaceId);
  await systemDb().app.create({
    data: { id: appId, workspaceId, slug: unique("app"), name: "App", revisionId, ...made },
  });
  const code = { sourceKind: "bundle", codeArtifactId, contentHash: sha256Hex(revisionId) };
  await systemDb().appRevision.create({
    data: { id: revisionId, workspaceId, appId, no: 1, ...code, manifest: { entryPoint: "main.py" }, ...made },
  });
  const appRunId = await makeRun(workspaceId);
  const inputs = { appId, revisionId, artifactId: codeArtifactId };
  await systemDb().run.update({ where: { id: appRunId }, data: { algorithm: "run-app", inputs } });
  await systemDb().appExecution.create({
    data: { runId: appRunId, workspaceId, revisionId, attempt: 1, executor: "none", settledAt: new Date() },
  });
  const triggerId = newId();
  const schedule = { kind: "schedule", cron: "10 6 * * *", artifactId: codeArtifactId };
  await systemDb().appTrigger.create({ data: { id: triggerId, workspaceId, appId, ...schedule, ...made } });
  const fileUploadId = await makeUpload(workspaceId);
  const checked = { state: "checked", kind: "file", artifactId: codeArtifactId };
  await systemDb().upload.update({ where: { id: fileUploadId }, data: checked });
  return { appId, appRunId, triggerId, fileUploadId };
}

export async function makeInvitation(
  workspaceId: string,
  email?: string,
): Promise<{ invitationId: string; token: string; invitedEmail: string }> {
  const invitationId = newId();
  const token = newToken();
  const invitedEmail = email ?? `${unique("invited")}@example.org`;
  const expiresAt = new Date(Date.now() + 3_600_000);
  const data = {
    id: invitationId,
    workspaceId,
    email: invitedEmail,
    role: "viewer",
    tokenHash: sha256Hex(token),
    createdBy: "test",
    expiresAt,
  };
  await systemDb().invitation.create({ data });
  return { invitationId, token, invitedEmail };
}

async function makeNotification(workspaceId: string, userId: string): Promise<string> {
  const id = newId();
  const data = { id, workspaceId, userId, kind: "dataset_ready", title: "Ready", link: "/", dedupeKey: id };
  await systemDb().notification.create({ data });
  return id;
}
