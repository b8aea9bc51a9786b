import { Search } from "lucide-react";
import { Button } from "#components/ui/button";
import { Icon } from "#components/ui/icon";

/** Finds drivers by name or plate; a plain form, so that the address holds what was asked. */
export function DriverSearch({ q }: { q: string | undefined }) {
  return (
    <form action="/driving/drivers" role="search" className="flex max-w-full gap-2">
      <label className="flex h-(--control-md) w-[260px] min-w-0 shrink items-center rounded-md border border-control bg-raised focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-focus">
        <span className="sr-only">Driver or plate</span>
        <Icon icon={Search} size="sm" className="mx-[9px] text-muted" />
        <input
          type="search"
          name="q"
          defaultValue={q}
          maxLength={64}
          placeholder="Driver or plate"
          className="h-full min-w-0 flex-1 bg-transparent pr-2 text-sm outline-0 max-sm:text-lg"
        />
      </label>
      <Button type="submit">Find</Button>
    </form>
  );
}
