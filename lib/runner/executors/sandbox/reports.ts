import { z } from "zod";
import { linesOf } from "./lines.ts";

/** What the supervisor inside says (lib/runner/bootstrap/supervise.py). */
const supervisorReport = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready") }),
  z.object({ kind: z.literal("started") }),
  z.object({ kind: z.literal("unstartable"), detail: z.string() }),
  z.object({
    kind: z.literal("ended"),
    why: z.enum(["exited", "deadline", "stopped", "abandoned"]),
    exitCode: z.number().int(),
    durationS: z.number(),
    cpuS: z.number(),
    maxRssBytes: z.number(),
  }),
]);
export type SupervisorReport = z.output<typeof supervisorReport>;
export type EndedReport = Extract<SupervisorReport, { kind: "ended" }>;

const bwrapStatus = z.object({ "child-pid": z.number().int() });

/** Hands over each report; anything else on that descriptor is passed over. */
export async function readReports(stream: AsyncIterable<Buffer>, take: (report: SupervisorReport) => void) {
  for await (const line of linesOf(stream)) {
    const report = supervisorReport.safeParse(parseJson(line));
    if (report.success) take(report.data);
  }
}

/** The first process of the sandbox as this machine numbers it, from bubblewrap's status lines; null without. */
export async function readInitPid(stream: AsyncIterable<Buffer>, take: (pid: number) => void): Promise<void> {
  for await (const line of linesOf(stream)) {
    const status = bwrapStatus.safeParse(parseJson(line));
    if (status.success) take(status.data["child-pid"]);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
