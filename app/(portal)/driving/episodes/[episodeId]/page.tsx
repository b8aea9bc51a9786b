import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { SeriesFigure } from "#components/charts/series-figure";
import { driverHref } from "#components/driving/driver-href";
import { EpisodeFacts } from "#components/driving/episode-facts";
import { drawEpisode } from "#components/driving/episode-view";
import { episodeShape, KIND_WORDS } from "#components/driving/episode-words";
import { TrackMap } from "#components/driving/track-map";
import { Page } from "#components/shell/page";
import { Button } from "#components/ui/button";
import { Section } from "#components/ui/section";
import { Split } from "#components/ui/split";
import { StateBadge } from "#components/ui/state-badge";
import { pageContext } from "#lib/auth/page-context";
import { readEpisodePage } from "#lib/driving/drivers/service/read-episode-page";
import { isAppError } from "#lib/errors";
import { countOf } from "#lib/format/lists";

interface EpisodeProps {
  params: Promise<{ episodeId: string }>;
}

const readEpisode = cache(async (episodeId: string) => {
  try {
    return await readEpisodePage(await pageContext(), episodeId);
  } catch (error) {
    if (isAppError(error, "not_found")) notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: EpisodeProps): Promise<Metadata> {
  const { episode } = await readEpisode((await params).episodeId);
  return { title: `${KIND_WORDS[episode.kind]}, ${episode.driver}` };
}

export default async function EpisodePage({ params }: EpisodeProps) {
  const { episode, records } = await readEpisode((await params).episodeId);
  const { chart, items, tracks, initialView } = drawEpisode(episode, records);
  const { driver, kind, plate, startAt, state } = episode;
  return (
    <Page
      crumbs={[
        { label: "Driving", href: "/driving" },
        { label: "Drivers", href: "/driving/drivers" },
        { label: driver, href: driverHref(driver) },
        { label: startAt },
      ]}
      actions={
        <Button
          size="sm"
          href={`${driverHref(driver)}?${kind === "rule" ? "" : `kind=${kind}&`}from=${startAt.slice(0, 10)}&to=${startAt.slice(0, 10)}#episodes`}
        >
          Episodes of this day
        </Button>
      }
    >
      <Split asideLabel="About this episode" aside={<EpisodeFacts episode={episode} />}>
        <Section>
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-2">
            <h1 className="text-2xl">{KIND_WORDS[kind]}</h1>
            <span className="text-muted">
              {driver}, {plate}
            </span>
            <StateBadge state={episodeShape(episode)} pill>
              {state}
            </StateBadge>
          </div>
        </Section>
        <Section flush label="Where it was">
          <div className="relative h-[380px] max-md:h-[280px]">
            <TrackMap
              label={`Way of ${driver} before, during and after the episode, ${countOf(records.length, "record")}`}
              {...{ items, tracks, initialView }}
            />
          </div>
        </Section>
        <Section>
          <SeriesFigure
            chart={chart}
            level={2}
            source={<span>{countOf(records.length, "record")} as sent, from 90 s before to 90 s after.</span>}
          />
        </Section>
      </Split>
    </Page>
  );
}
