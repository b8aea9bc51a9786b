import { route } from "#lib/http/route";
import { healthDetail } from "#lib/health/schema";
import { describeHealth } from "#lib/health/describe-health";

export const GET = route(
  {
    access: "health:read",
    tag: "Health",
    summary: "Queue, workers, storage, database and disk",
    response: healthDetail,
  },
  () => describeHealth(),
);
