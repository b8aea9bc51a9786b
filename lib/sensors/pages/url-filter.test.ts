import { expect, it } from "vitest";
import { filterQuery, hrefWith, readFilter, toggledCauses, toggledStates } from "./url-filter.ts";

const params = (text: string) => new URLSearchParams(text);

it("reads the filter and leaves out what is none", () => {
  expect(readFilter(params("q=pm&state=fault,silent&mine=true&view=list&colour=pm2_5"))).toEqual({
    q: "pm",
    state: ["fault", "silent"],
    mine: true,
  });
  expect(readFilter(params("cause=drift,stuck&state=broken&owner=Ana"))).toEqual({
    cause: ["drift", "stuck"],
    owner: "Ana",
  });
  expect(readFilter(params("cause=gremlins"))).toEqual({});
});

it("asks the API for the same sensors", () => {
  const query = filterQuery(params("state=fault,silent&placed=false&view=list"));
  expect(query.toString()).toBe("state=fault%2Csilent&placed=false");
  expect(readFilter(query)).toEqual({ state: ["fault", "silent"], placed: false });
});

it("changes one parameter and keeps the others", () => {
  expect(hrefWith("/sensors", params("q=a&view=list"), { q: null, owner: "Ana Ruiz" })).toBe(
    "/sensors?view=list&owner=Ana+Ruiz",
  );
  expect(hrefWith("/sensors", params("q=a"), { q: null })).toBe("/sensors");
});

it("switches states one by one and means all when none would be left", () => {
  expect(toggledStates(undefined, "good")).toBe("recovered,silent,suspect,fault,reference");
  expect(toggledStates(["fault"], "suspect")).toBe("suspect,fault");
  expect(toggledStates(["fault"], "fault")).toBeNull();
});

it("chooses causes one by one; none chosen shows all", () => {
  expect(toggledCauses(undefined, "drift")).toBe("drift");
  expect(toggledCauses(["drift"], "stuck")).toBe("stuck,drift");
  expect(toggledCauses(["drift"], "drift")).toBeNull();
});
