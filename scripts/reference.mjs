// The reference in docs/reference is made from the code. Without --write: fails when a file is not what the code says.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checksReference } from "@waggle/checks";
import { clientSupportReference } from "@waggle/checks/client-support";
import { errorTable } from "@waggle/contract";
import { modulesReference, operationsReference, toolsReference } from "@waggle/operations";
import { describeServerTools } from "@waggle/server";

const folder = join("docs", "reference");

function errorsReference() {
  const rows = Object.entries(errorTable).map(
    ([code, { http, rest, rpc, close, retry }]) =>
      `| \`${code}\` | ${http} | ${rest} | ${rpc} | ${close} | ${retry ? "yes" : "no"} |`,
  );
  return [
    "# Errors",
    "",
    "Every error has one code and the same meaning at each door. REST answers `{code, message, details}` with the number of the",
    "third column; the SDK rejects with `{error: {code, message}}`; a failed tool call is a result with `isError`.",
    "",
    "| code | HTTP | REST code | JSON-RPC | close code | the same call may succeed later |",
    "|---|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

const files = {
  "checks.md": `${checksReference()}\n${clientSupportReference()}`,
  "errors.md": errorsReference(),
  "modules.md": modulesReference(),
  "operations.md": operationsReference(),
  "tools.md": toolsReference(describeServerTools()),
};
const write = process.argv.includes("--write");
let drifted = 0;
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(files)) {
  const file = join(folder, name);
  if (write) {
    writeFileSync(file, text);
    console.log(`${file} written`);
    continue;
  }
  let current = "";
  try {
    current = readFileSync(file, "utf8");
  } catch {
    // A missing file is a drifted one.
  }
  if (current === text) continue;
  drifted += 1;
  console.log(`${file} is not what the code says. Run: npm run reference`);
}
process.exit(drifted === 0 ? 0 : 1);
