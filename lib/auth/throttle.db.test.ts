import { expect, test, vi } from "vitest";

test("when the counters cannot be reached every attempt is refused before a password is looked at", async () => {
  vi.stubEnv("DATABASE_URL", "postgresql://nobody:x@127.0.0.1:9/none");
  const { signIn } = await import("#lib/auth/service/sign-in");
  const { requestPasswordReset } = await import("#lib/auth/service/reset-password");
  const attempt = { email: "a@example.org", password: "right or wrong", address: "192.0.2.1", userAgent: "" };
  await expect(signIn(attempt)).rejects.toMatchObject({ code: "unavailable" });
  await expect(requestPasswordReset(attempt)).rejects.toMatchObject({ code: "unavailable" });
});
