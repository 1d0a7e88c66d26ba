import { readFile } from "node:fs/promises";
import { join } from "node:path";

const file = join(import.meta.dirname, "../examples/host-app/templates/newsletter.json");

/** The newsletter's page JSON, as the host has it. */
export async function readNewsletter(): Promise<unknown> {
  return JSON.parse(await readFile(file, "utf8"));
}

export const oldHeadline = "Our new autumn timetable is out now";
