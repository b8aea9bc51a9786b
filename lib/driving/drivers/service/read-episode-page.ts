import { z } from "zod";
import type { Ctx } from "#lib/auth/context";
import { AppError } from "#lib/errors";
import { wallMsOf } from "../../board/core/wall-clock.ts";
import { wallText } from "../../core/frames.ts";
import type { StoredRecordRow } from "../../history/schema.ts";
import { listRecordsOfDriver } from "../../history/store.ts";
import type { DrivenEpisode } from "../schema.ts";
import { findEpisode } from "../store.ts";

/** How much of the way before and after is shown. */
const MARGIN_MS = 90_000;
/** An unclosed episode has no end; its records say how far it went. */
const UNCLOSED_MS = 10 * 60_000;
const RECORDS_MAX = 2000;

export interface EpisodePage {
  episode: DrivenEpisode;
  records: StoredRecordRow[];
}

/** An episode with the records around it. */
export async function readEpisodePage(ctx: Ctx, episodeId: string): Promise<EpisodePage> {
  const episode = z.uuid().safeParse(episodeId).success ? await findEpisode(ctx, episodeId) : null;
  if (!episode) throw new AppError("not_found", "There is no such episode in this workspace.");
  const startMs = wallMsOf(episode.startAt);
  const endMs = episode.endAt === null ? startMs + UNCLOSED_MS : wallMsOf(episode.endAt);
  const { items } = await listRecordsOfDriver(ctx, {
    driver: episode.driver,
    from: wallText(startMs - MARGIN_MS),
    to: wallText(endMs + MARGIN_MS),
    limit: RECORDS_MAX,
  });
  return { episode, records: items };
}
