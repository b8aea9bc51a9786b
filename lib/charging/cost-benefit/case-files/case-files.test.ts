import { describe, expect, it } from "vitest";
import { chooseCase, chooseControl } from "./choose-case.ts";
import type { CaseFiles } from "./case-files.ts";
import { findProfileFile } from "./profile-file.ts";

const filesOf = (...paths: string[]): CaseFiles => ({ paths, read: async () => new Uint8Array() });

describe("load profile files", () => {
  const files = ["Fast_plain", "Work_plain", "Work_uncontrolled", "Home_Work_uncontrolled"];

  it("are found by the end of the profile's name, the longest first", () => {
    expect(findProfileFile("Base_Some County_Home Work_uncontrolled_load", files, "uncontrolled").name).toBe(
      "Home_Work_uncontrolled",
    );
    expect(findProfileFile("Base_Some County_Work_uncontrolled_load", files, "uncontrolled").name).toBe(
      "Work_uncontrolled",
    );
  });

  it("fall back to the uncontrolled one and say so", () => {
    const found = findProfileFile("Base_X_Work_late_load", files, "late");
    expect(found.name).toBe("Work_uncontrolled");
    expect(found.note).toContain("charges as in Work_uncontrolled");
  });

  it("name what is missing", () => {
    expect(() => findProfileFile("Base_X_Bus_plain_load", files, "plain")).toThrow(
      '"Base_X_Bus_plain_load"; there are',
    );
    expect(() => findProfileFile("x", [], "plain")).toThrow("load_profiles is empty");
  });
});

describe("a case in an archive", () => {
  it("is the folder with config.csv", () => {
    expect(chooseCase(filesOf("a/b/config.csv", "rates/x.csv"))).toEqual({ root: "a/b/", name: "b" });
    expect(chooseCase(filesOf("config.csv"))).toEqual({ root: "", name: "case" });
    expect(() => chooseCase(filesOf("x.csv"))).toThrow("no config.csv");
    expect(() => chooseCase(filesOf("a/config.csv", "b/config.csv"))).toThrow("2 cases (a/, b/)");
  });

  it("is computed for the named control, the uncontrolled one or the only one", () => {
    const two = filesOf("c/charger_assignments_late.csv", "c/charger_assignments_uncontrolled.csv");
    expect(chooseControl(two, "c/", null)).toBe("uncontrolled");
    expect(chooseControl(two, "c/", "late")).toBe("late");
    expect(() => chooseControl(two, "c/", "none")).toThrow("its controls are: late, uncontrolled");
    expect(chooseControl(filesOf("charger_assignments.csv"), "", null)).toBe("");
    expect(() => chooseControl(filesOf(), "", null)).toThrow("the case has: none");
  });
});
