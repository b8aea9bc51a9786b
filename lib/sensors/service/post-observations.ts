import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { publish } from "#lib/live/publish";
import { storePostedReadings } from "../load/posted-store.ts";
import type { PostedObservations, PostedRowResult, PostObservationsInput } from "../observation-schema.ts";
import { createAdmission, type Reading } from "../readings/admit-reading.ts";
import { readPostedRow } from "../readings/posted-row.ts";

/**
 * Takes observations of devices. The sensor, the quantity and the instant are an observation's identity, so a device
 * that is unsure whether its request arrived sends it again. Unknown sensors are added without a position.
 */
export async function postObservations(ctx: Ctx, input: PostObservationsInput): Promise<PostedObservations> {
  const admit = createAdmission(ctx.now.getTime());
  const rows: PostedRowResult[] = [];
  const admitted: { index: number; reading: Reading }[] = [];
  for (const [index, row] of input.observations.entries()) {
    const raw = readPostedRow(row);
    if ("member" in raw) {
      rows.push({ index, state: "rejected", rule: "row_shape", detail: `${raw.member}: ${raw.detail}` });
      continue;
    }
    const { reading, refusal } = admit(raw);
    if (reading) admitted.push({ index, reading });
    else rows.push({ index, state: "rejected", rule: refusal.rule, detail: `${refusal.member}: ${refusal.detail}` });
  }
  // Nothing kept is no success: a device that looks at the status only must notice.
  if (admitted.length === 0) throw nothingAdmitted(rows);
  rows.push(...(await store(ctx, admitted)));
  rows.sort((a, b) => a.index - b.index);
  const count = (state: PostedRowResult["state"]) => rows.filter((row) => row.state === state).length;
  return { stored: count("stored"), duplicates: count("duplicate"), rejected: count("rejected"), rows };
}

function nothingAdmitted(rows: readonly PostedRowResult[]): AppError {
  const fields = rows.map(({ index, detail = "" }) => ({ pointer: `/observations/${index}`, detail }));
  const first = fields[0]?.detail ?? "";
  const detail =
    rows.length === 1
      ? `The observation is rejected. ${first}.`
      : `All ${rows.length} rows are rejected. The first: ${first}.`;
  return new AppError("unprocessable", detail, { fields });
}

const keyOf = (reading: Pick<Reading, "sensorCode" | "observedProperty" | "observedAtMs">) =>
  `${reading.sensorCode}\0${reading.observedProperty}\0${reading.observedAtMs}`;

async function store(ctx: Ctx, admitted: { index: number; reading: Reading }[]): Promise<PostedRowResult[]> {
  const earlier = await storePostedReadings(
    ctx,
    admitted.map(({ reading }) => reading),
  );
  const known = new Map(earlier.map((stored) => [keyOf(stored), stored.value]));
  const results = admitted.map(({ index, reading }): PostedRowResult => {
    const key = keyOf(reading);
    const value = known.get(key);
    // The first of two rows for one instant is the one that counts, inside a request as between requests.
    if (value === undefined) {
      known.set(key, reading.value);
      return { index, state: "stored" };
    }
    if (value === reading.value) return { index, state: "duplicate" };
    return {
      index,
      state: "duplicate",
      detail: `${value} ${reading.unit ?? ""} was stored before and stays`.replace("  ", " "),
    };
  });
  if (results.some(({ state }) => state === "stored")) {
    await publish({ workspaceId: ctx.workspaceId, topic: "sensor", id: "observations" });
  }
  return results;
}
