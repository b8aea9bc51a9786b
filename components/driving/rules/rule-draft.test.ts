import { expect, test } from "vitest";
import { ruleInput } from "#lib/driving/rules/schema";
import { draftOf, faultsOf, inputOf } from "./rule-draft.ts";

const draft = { ...draftOf(null), name: "Harbour" };

test("a device's rule has no limit of its own, whatever was typed before", () => {
  expect(ruleInput.parse(inputOf({ ...draft, source: "device", percentOver: "10" }))).toMatchObject({
    ...{ limitKmh: null, percentOver: 0 },
  });
});

test("webhooks are read line by line, and a wrong one is named at its place", () => {
  const input = inputOf({ ...draft, webhooks: "https://example.org/a\n\n harbour " });
  expect(input.delivery?.webhookUrls).toEqual(["https://example.org/a", "harbour"]);
  const { error } = ruleInput.safeParse(input);
  expect([...faultsOf(error!)]).toEqual([["/delivery/webhookUrls/1", "Write it as https://example.org/hook"]]);
});

test("quiet hours with one end missing are refused, with none they are off", () => {
  expect(inputOf(draft).quietHours).toBeNull();
  const { error } = ruleInput.safeParse(inputOf({ ...draft, quietFrom: "22:00" }));
  expect(faultsOf(error!).get("/quietHours/to")).toBe("Write it as 22:30");
});

test("what is no number is asked for as one", () => {
  const { error } = ruleInput.safeParse(inputOf({ ...draft, limitKmh: "fast" }));
  expect(faultsOf(error!).get("/limitKmh")).toBe("Enter a number");
});
