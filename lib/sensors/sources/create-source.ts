import { AppError } from "#lib/errors";
import { openSession } from "#lib/outbound/session";
import { createGrowSource } from "./grow/grow-source.ts";
import { REQUESTS_PER_SECOND as GROW_RATE } from "./grow/protocol.ts";
import { createHttpSource } from "./http/http-source.ts";
import { NEEDS_KEY, SOURCE_TITLES, type SourceConfig } from "./schema.ts";
import type { SensorSource, SourceLog } from "./source.ts";
import { createWowSource } from "./wow/wow-source.ts";
import { REQUESTS_PER_SECOND as WOW_RATE } from "./wow/protocol.ts";

interface SourceTools {
  /** The key of the source, opened for this run. */
  secret: string | null;
  log: SourceLog;
  nowMs: number;
  signal?: AbortSignal;
}

/** The adapter of a source, with a session of its own. Throws when it needs a key and has none. */
export function createSource(config: SourceConfig, { secret, log, nowMs, signal }: SourceTools): SensorSource {
  if (config.kind === "files")
    throw new AppError("unprocessable", "Files arrive by themselves; there is nobody to ask.");
  if (NEEDS_KEY[config.kind] && !secret) {
    throw new AppError(
      "unprocessable",
      `${SOURCE_TITLES[config.kind]} needs a key. Enter it in the pipeline's settings.`,
    );
  }
  const common = { onRetry: (why: string) => log("warn", why), ...(signal ? { signal } : {}) };
  switch (config.kind) {
    case "grow": {
      const headers = { authorization: `Bearer ${secret ?? ""}` };
      const session = openSession({ name: "The GROW node", requestsPerSecond: GROW_RATE, headers, ...common });
      return createGrowSource({ session, config, log });
    }
    case "wow": {
      const headers = { "ocp-apim-subscription-key": secret ?? "" };
      const session = openSession({ name: "Met Office WOW", requestsPerSecond: WOW_RATE, headers, ...common });
      return createWowSource({ session, config, log, nowMs });
    }
    case "http": {
      const headers = secret ? { [config.keyHeader.toLowerCase()]: `${config.keyPrefix}${secret}` } : {};
      const { requestsPerSecond } = config;
      const session = openSession({ name: "The source", requestsPerSecond, headers, ...common });
      return createHttpSource({ session, config, log, nowMs });
    }
  }
}
