import { describe, expect, it } from "vitest";
import { isPrivateAddress, resolvePublicAddress, type Lookup } from "./private-address.ts";

describe("isPrivateAddress", () => {
  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.31.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "0.0.0.0",
    "100.64.0.1",
    "224.0.0.1",
  ])("keeps %s out", (address) => expect(isPrivateAddress(address)).toBe(true));
  it.each(["::1", "::", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "::ffff:7f00:1", "ff02::1"])(
    "keeps %s out",
    (address) => expect(isPrivateAddress(address)).toBe(true),
  );
  it.each(["8.8.8.8", "172.32.0.1", "2a00:1450::1"])("lets %s through", (address) =>
    expect(isPrivateAddress(address)).toBe(false),
  );
});

describe("resolvePublicAddress", () => {
  const answers =
    (...addresses: string[]): Lookup =>
    () =>
      Promise.resolve(addresses.map((address) => ({ address, family: 4 })));
  const ask = (text: string, lookup: Lookup, allowed: string[] = []) =>
    resolvePublicAddress(new URL(text), { allowed, lookup });

  it("gives the address that was looked up, so that nothing looks it up again", async () => {
    expect(await ask("https://data.example/a", answers("93.184.216.34"))).toEqual({
      address: "93.184.216.34",
      family: 4,
    });
  });

  it("refuses a public name that leads into the network, even beside a public address", async () => {
    await expect(ask("https://evil.example", answers("93.184.216.34", "10.0.0.1"))).rejects.toMatchObject({
      code: "unprocessable",
    });
    await expect(ask("http://[::1]:3000/", answers())).rejects.toMatchObject({ code: "unprocessable" });
  });

  it("lets an allowed host through, with or without its port", async () => {
    for (const allowed of ["127.0.0.1:8080", "127.0.0.1"]) {
      expect((await ask("http://127.0.0.1:8080/", answers(), [allowed])).address).toBe("127.0.0.1");
    }
    await expect(ask("http://127.0.0.1:9090/", answers(), ["127.0.0.1:8080"])).rejects.toThrow(
      /FIELDPORT_PRIVATE_HOSTS/,
    );
  });

  it("says that a host is unknown", async () => {
    await expect(ask("https://nowhere.example", answers())).rejects.toMatchObject({ code: "unavailable" });
  });
});
