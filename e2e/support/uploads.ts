import { expect, type Page } from "@playwright/test";

export interface DatasetFigures {
  id: string;
  rowsIn: number;
  rowsKept: number;
  rowsDropped: number;
}

interface Listed {
  items: {
    fileName: string;
    state: string;
    reason: string | null;
    run: { state: string } | null;
    dataset: DatasetFigures | null;
  }[];
}

/** Waits until a file of this name has become a dataset; a rejection or failed run ends the wait with its reason. */
export async function waitForDataset(page: Page, fileName: string, timeoutMs = 150_000): Promise<DatasetFigures> {
  const seen: { dataset: DatasetFigures | null } = { dataset: null };
  await expect
    .poll(
      async () => {
        const answer = await page.request.get("/api/v1/uploads?limit=100");
        const { items } = (await answer.json()) as Listed;
        const found = items.find((item) => item.fileName === fileName);
        seen.dataset = found?.dataset ?? null;
        if (found?.reason) return `${found.state}: ${found.reason}`;
        return seen.dataset ? "dataset" : `${found?.state ?? "absent"}, run ${found?.run?.state ?? "none"}`;
      },
      { timeout: timeoutMs, message: fileName },
    )
    .toBe("dataset");
  if (!seen.dataset) throw new Error(`${fileName}: no dataset`);
  return seen.dataset;
}
