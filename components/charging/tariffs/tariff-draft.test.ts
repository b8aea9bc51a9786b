import { expect, it } from "vitest";
import { findPublishedTariff, listPublishedTariffs } from "#lib/charging/tariffs/published/published-tariffs";
import { tariff } from "#lib/charging/tariffs/schema";
import { draftOfTariff, EMPTY_DRAFT, readDraft } from "./tariff-draft.ts";

it("a tariff comes back from its draft as it was", () => {
  for (const published of listPublishedTariffs()) {
    const value = tariff.parse(published);
    expect(readDraft(draftOfTariff(value))).toEqual({ tariff: value, errors: [] });
  }
});

it("says where a typed text is no price, and reads what people write", () => {
  const draft = { ...draftOfTariff(tariff.parse(findPublishedTariff("PGEcev"))), name: "Mine" };
  const typed = (price: string) =>
    readDraft({ ...draft, energy: [{ ...draft.energy[0]!, from: "00:00", to: "24:00", price }] });
  expect(typed("").errors).toEqual([{ pointer: "/energyPeriods/0/usdPerKwh", detail: "Write a number, as 0.12." }]);
  expect(typed("$0,12").tariff?.energyPeriods[0]?.usdPerKwh).toBe(0.12);
});

it("a new draft lacks only its name", () => {
  expect(readDraft(EMPTY_DRAFT()).errors.map(({ pointer }) => pointer)).toEqual(["/name"]);
});
