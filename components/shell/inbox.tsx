"use client";

import { Bell } from "lucide-react";
import Link from "next/link";
import { Popover } from "radix-ui";
import { useState } from "react";
import useSWR from "swr";
import type { z } from "zod";
import { inboxAnswer } from "#lib/notifications/schema";
import { formatAge } from "#lib/format/ages";
import { Button } from "#components/ui/button";
import { Icon } from "#components/ui/icon";
import { StateShape, type Shape } from "#components/ui/state-shape";
import { useShell } from "./shell-context.tsx";

const REFRESH_MS = 30_000;

async function load(path: string) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`The inbox answered ${answer.status}.`);
  return inboxAnswer.parse(await answer.json());
}

const SHAPES: Record<string, Shape> = {
  run_failed: "fault",
  upload_rejected: "fault",
  sensor_fault: "fault",
  sensor_silent: "silent",
  sensor_battery_low: "suspect",
};

/** What a person was told; opening an entry marks it read. */
export function Inbox() {
  const { unread: unreadAtLoad } = useShell();
  const [isOpen, setIsOpen] = useState(false);
  const { data, error, mutate } = useSWR<z.output<typeof inboxAnswer>, Error>("/api/v1/notifications?limit=20", load, {
    refreshInterval: REFRESH_MS,
  });
  const unread = data?.unread ?? unreadAtLoad;
  const markRead = async (ids: string[] | "all") => {
    await fetch("/api/v1/notifications", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ids }),
    });
    await mutate();
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger
        aria-label={unread > 0 ? `Inbox, ${unread} unread` : "Inbox"}
        className="relative grid size-(--control-md) place-items-center rounded-md text-ink-2 hover:bg-hover"
      >
        <Icon icon={Bell} />
        {unread > 0 ? (
          <span className="absolute top-1.5 right-1.5 size-[7px] rounded-full bg-fault-mark shadow-[0_0_0_2px_var(--color-surface)]" />
        ) : null}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={12}
          aria-label="Inbox"
          className="z-(--z-popover) w-[min(380px,calc(100vw-24px))] rounded-lg border border-line bg-raised shadow-3"
        >
          <div className="flex items-center justify-between border-b border-line px-4 py-2.5">
            <h2 className="text-base font-bold">Inbox</h2>
            {unread > 0 ? (
              <Button size="sm" variant="ghost" onClick={() => void markRead("all")}>
                Mark all as read
              </Button>
            ) : null}
          </div>
          {error && !data ? (
            <p className="px-4 py-6 text-sm text-muted">The inbox could not be read. It tries again by itself.</p>
          ) : null}
          {data?.items.length === 0 ? (
            <p className="px-4 py-6 text-sm text-muted">
              Nothing yet. You are told here when a dataset is ready or a run fails.
            </p>
          ) : null}
          <ul className="max-h-[60vh] overflow-y-auto">
            {data?.items.map((item) => (
              <li key={item.id} className="border-b border-line last:border-0">
                <Link
                  href={item.link}
                  onClick={() => {
                    setIsOpen(false);
                    void markRead([item.id]);
                  }}
                  className="flex gap-3 px-4 py-2.5 text-ink no-underline hover:bg-hover"
                >
                  <span className="mt-1.5">
                    <StateShape shape={SHAPES[item.kind] ?? "good"} />
                  </span>
                  <span className="min-w-0 flex-1">
                    <span className={`block text-sm ${item.readAt ? "" : "font-bold"}`}>{item.title}</span>
                    {item.body ? <span className="block text-xs text-muted">{item.body}</span> : null}
                  </span>
                  <time dateTime={item.createdAt} className="text-xs whitespace-nowrap text-muted">
                    {formatAge(new Date(item.createdAt), new Date())}
                  </time>
                </Link>
              </li>
            ))}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
