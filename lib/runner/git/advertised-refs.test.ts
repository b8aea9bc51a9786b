import { expect, it } from "vitest";
import { parseAdvertisedRefs } from "./advertised-refs.ts";

const packet = (line: string) => (line.length + 4).toString(16).padStart(4, "0") + line;
const [A, B] = ["a".repeat(40), "b".repeat(40)];

it("reads branches and tags of a repository's answer", () => {
  const text =
    packet("# service=git-upload-pack\n") +
    "0000" +
    packet(`${A} HEAD\0multi_ack agent=git/2\n`) +
    packet(`${A} refs/heads/main\n`) +
    packet(`${B} refs/tags/v1^{}\n`) +
    "0000";
  expect([...parseAdvertisedRefs(text)]).toEqual([
    ["HEAD", A],
    ["refs/heads/main", A],
    ["refs/tags/v1^{}", B],
  ]);
});

it("takes nothing else for a repository", () => {
  expect(() => parseAdvertisedRefs("<html>Sign in</html>")).toThrow("not a Git repository");
});
