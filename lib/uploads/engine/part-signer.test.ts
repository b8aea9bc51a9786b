import { expect, it } from "vitest";
import { PartSigner, type PartToSign } from "./part-signer.ts";

const part = (partNumber: number): PartToSign => ({ partNumber, checksumSha256: "" });

it("lets parts that become ready meanwhile share the next request", async () => {
  const requests: number[][] = [];
  const signer = new PartSigner(async (parts) => {
    requests.push(parts.map(({ partNumber }) => partNumber));
    await Promise.resolve();
    return parts.map(({ partNumber }) => ({ partNumber, url: `part-${partNumber}`, headers: {} }));
  });
  const signed = await Promise.all([1, 2, 3].map((no) => signer.sign(part(no))));
  expect(signed.map(({ url }) => url)).toEqual(["part-1", "part-2", "part-3"]);
  expect(requests).toEqual([[1], [2, 3]]);
});

it("tells every waiter of a failed request and signs on", async () => {
  let isDown = true;
  const signer = new PartSigner(async (parts) => {
    if (isDown) throw new Error("down");
    return parts.map(({ partNumber }) => ({ partNumber, url: "", headers: {} }));
  });
  await expect(signer.sign(part(1))).rejects.toThrow("down");
  isDown = false;
  await expect(signer.sign(part(1))).resolves.toMatchObject({ partNumber: 1 });
});
