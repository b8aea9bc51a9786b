import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";
import type { SampleFile } from "./sample-files.ts";

const DRIVERS = 40;
const DAYS = 28;

/** Workplace and home sessions of 40 drivers in February 2025: 28 days, some of them weekend. */
export function sessionsFile(name: string): SampleFile {
  const rows = [
    "session_id,start_time,end_time,energy_kwh,driver_id,poi_category,connector_type,max_power_kw,county,zip",
  ];
  for (let day = 1; day <= DAYS; day++) {
    for (let driver = 0; driver < DRIVERS; driver++) {
      const date = `2025-02-${String(day).padStart(2, "0")}`;
      const minute = String((driver * 7 + day * 3) % 60).padStart(2, "0");
      const hour = 15 + ((driver + day) % 3);
      const energy = (6 + ((driver * 13 + day * 5) % 90) / 10).toFixed(1);
      const place = driver % 2 === 0 ? "Marin County,94901" : "San Francisco County,94103";
      rows.push(
        `${day}-${driver},${date}T${hour}:${minute}:00Z,${date}T23:30:00Z,${energy},P${driver},Workplace,J1772,6.6,${place}`,
      );
    }
  }
  return { name, mimeType: "text/csv", buffer: Buffer.from(`${rows.join("\n")}\n`) };
}

/** A case folder and the tariffs beside it, packed as people pack them. */
export async function zipOfCase(name: string, folders: readonly string[]): Promise<SampleFile> {
  const zip = new ZipFile();
  for (const folder of folders) {
    const root = folder.slice(0, folder.lastIndexOf("/") + 1);
    for (const path of filesIn(folder)) zip.addBuffer(readFileSync(path), path.slice(root.length));
  }
  zip.end();
  return { name, mimeType: "application/zip", buffer: await buffer(zip.outputStream) };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((entry) => {
    const path = join(folder, entry);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}
