import { route } from "#lib/http/route";
import { healthAnswer } from "#lib/health/schema";
import { checkHealth } from "#lib/health/check-health";

export const GET = route(
  {
    access: "public",
    tag: "Health",
    summary: "200 when database, storage and a worker answer, else 503",
    response: healthAnswer,
    produces: ["application/problem+json"],
  },
  async () => {
    const health = await checkHealth();
    return Response.json(healthAnswer.parse(health), {
      status: health.isHealthy ? 200 : 503,
      headers: { "cache-control": "no-store" },
    });
  },
);
