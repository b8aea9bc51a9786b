import type { Ctx } from "#lib/auth/context";
import { createRun } from "#lib/runs/service/create-run";
import { Driver } from "#lib/testing/drive";

/** A drive of an hour by the minute, north by a hundredth of a degree each, as a device writes it. */
export function dayFile(day: string, driver: string): string {
  const lines = Array.from({ length: 60 }, (_, minute) => {
    const time = `${day} 08:${String(minute).padStart(2, "0")}:00`;
    const plain = `${driver},P-1,${(50 + minute / 100).toFixed(2)},10,${minute === 30 ? 140 : 80},0,,${time}`;
    if (minute === 30) return `${plain},,,,,,1,,,,,,`;
    return minute === 31 ? `${plain},,,,,,,1,60,,,,` : plain;
  });
  return `${lines.join("\n")}\n`;
}

/** Works off what was uploaded, then a summary; answers its run. */
export async function summarise(ctx: Ctx, request: { params?: object; inputs?: object }): Promise<string> {
  const driver = new Driver(ctx);
  try {
    await driver.work();
    const asked = { algorithm: "driving-summary", params: { ...request.params }, inputs: { ...request.inputs } };
    const { id } = await createRun(ctx, asked);
    await driver.work();
    return id;
  } finally {
    driver.close();
  }
}
