// Addresses in the lock file tie every install to one registry.
import { readFileSync } from "node:fs";

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
const addressed = Object.entries(packages).filter(([, entry]) => /^https?:/.test(entry.resolved ?? ""));
for (const [name] of addressed) console.log(`${name} has a download address`);
if (addressed.length > 0) console.log("Install with omit-lockfile-registry-resolved=true (see .npmrc).");
process.exit(addressed.length === 0 ? 0 : 1);
