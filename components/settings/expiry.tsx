import { StateBadge } from "#components/ui/state-badge";
import { formatDate, toMs } from "#lib/format/dates";
import { countOf } from "#lib/format/lists";

const SOON_DAYS = 30;
const DAY_MS = 86_400_000;

interface ExpiryProps {
  at: string | null;
  now: Date;
  timeZone: string;
}

/** When a key ends; what never ends, ends soon or has ended stands out. */
export function Expiry({ at, now, timeZone }: ExpiryProps) {
  if (at === null) return <StateBadge state="suspect">never expires</StateBadge>;
  const daysLeft = Math.ceil((toMs(at) - now.getTime()) / DAY_MS);
  const date = formatDate(at, { timeZone, now });
  if (daysLeft <= 0) return <StateBadge state="silent">expired {date}</StateBadge>;
  if (daysLeft > SOON_DAYS) return <span className="text-xs text-muted">{formatDate(at, { timeZone })}</span>;
  return (
    <StateBadge state="suspect">
      {date}, {countOf(daysLeft, "day")}
    </StateBadge>
  );
}
