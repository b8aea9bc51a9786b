import { z } from "zod";
import { SESSION_DATASETS } from "../core/session-datasets.ts";
import { SESSION_LINE } from "./session-table.ts";

/** Where the sessions come from (a dataset, or a list written by hand), and a tariff of the workspace. */
export const sessionInputs = z
  .object({
    datasetId: z.uuid().nullable().default(null).meta({
      label: "Dataset of sessions",
      refersTo: SESSION_DATASETS,
      hint: "With start_s, session_s and energy_kwh, or arrival_slot, departure_slot and energy_kwh; power_kw_max if known.",
    }),
    sessions: z
      .array(z.string().regex(SESSION_LINE, "Write arrival, departure, kWh and kW: 08:30 17:00 12.5 6.6"))
      .max(5_000)
      .default([])
      .meta({ label: "Or sessions by hand", hint: "Arrival, departure, kWh and kW: “08:30 17:00 12.5 6.6”." }),
    tariffId: z
      .uuid()
      .nullable()
      .default(null)
      .meta({
        label: "Tariff of the workspace",
        refersTo: { to: "tariff", kinds: [] },
        hint: "Takes the place of the parameter “Tariff”.",
      }),
  })
  .refine(({ datasetId, sessions }) => (datasetId === null) !== (sessions.length === 0), {
    path: ["datasetId"],
    message: "Name a dataset or write sessions by hand, one of the two.",
  });
export type SessionInputs = z.output<typeof sessionInputs>;
