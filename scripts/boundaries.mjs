// boundaries.mjs [folder]: who may import whom. --self-test plants violations in a copy and expects each to be caught.
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { cruise } from "dependency-cruiser";

/** The layers of docs/architecture.md, section 2. */
const mayImport = {
  contract: [],
  template: ["contract"],
  render: ["contract", "template"],
  checks: ["contract", "template", "render"],
  operations: ["contract", "template", "render", "checks"],
  sdk: ["contract", "template", "operations"],
  editor: ["contract", "template", "operations", "render", "checks", "sdk"],
  server: ["contract", "template", "operations", "render", "checks"],
  testing: ["contract", "template", "render", "checks", "operations", "sdk", "server"],
};
const names = Object.keys(mayImport);
const withoutNode = names.filter((name) => !["server", "testing"].includes(name));
const yjsRooms = [
  "packages/template/src/binding/",
  "packages/sdk/src/sync/",
  "packages/editor/src/text/",
  "packages/server/src/rooms/",
];
const tests = "[.]test([.]support|-suite)?[.]tsx?$";

const error = (name, from, to) => ({ name, severity: "error", from, to });
const inside = (list) => `^packages/(${list.join("|")})/`;

function declaredBy(root, name) {
  const manifest = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"));
  const all = { ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.devDependencies };
  return Object.keys(all)
    .filter((key) => key.startsWith("@waggle/"))
    .map((key) => key.slice("@waggle/".length));
}

function rules(root) {
  const layers = names.flatMap((name) => {
    const from = { path: inside([name]), pathNot: tests };
    return [
      error("direction", from, { path: "^packages/", pathNot: inside([name, ...mayImport[name]]) }),
      error("undeclared-workspace", from, { path: "^packages/", pathNot: inside([name, ...declaredBy(root, name)]) }),
    ];
  });
  return [
    ...layers,
    error(
      "only-edit-operations",
      { path: inside(["sdk", "editor"]), pathNot: tests },
      { path: "^packages/operations/src/(inspect|exchange|index)" },
    ),
    error(
      "no-testing-in-products",
      { path: inside(names.filter((name) => name !== "testing")), pathNot: tests },
      { path: "^packages/testing/" },
    ),
    error(
      "undeclared-package",
      { path: inside(names), pathNot: tests },
      { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    ),
    error(
      "dev-only-package",
      { path: inside(names), pathNot: tests },
      { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["npm-peer", "type-only"] },
    ),
    error("no-node-in-browser", { path: inside(withoutNode), pathNot: tests }, { dependencyTypes: ["core"] }),
    error(
      "yjs-stays-in-the-binding",
      { path: "^packages/", pathNot: `(${yjsRooms.join("|")}|${tests})` },
      { path: "node_modules/yjs/", dependencyTypesNot: ["type-only"] },
    ),
    error(
      "no-own-index",
      { path: "^packages/([^/]+)/src/", pathNot: `(/index[.]tsx?$|${tests})` },
      { path: "^packages/$1/src/index[.]tsx?$" },
    ),
    error(
      "examples-use-published-entries",
      { path: "^(examples|e2e|bench|faults)/" },
      {
        path: "^packages/[^/]+/src/",
        pathNot: "^packages/[^/]+/src/((edit|html|binding|simple-schema)/)?index[.]tsx?$",
      },
    ),
    error("no-circular", { pathNot: tests }, { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } }),
    error("resolvable", {}, { couldNotResolve: true }),
  ];
}

async function check(root) {
  process.chdir(root);
  const options = {
    baseDir: root,
    parser: "swc",
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^packages/[^/]+/dist/|^examples/host-app/page/|[?]|[.]css$|[.]svg$|[.]woff2$" },
    validate: true,
    ruleSet: { forbidden: rules(root) },
  };
  const resolution = {
    exportsFields: ["exports"],
    conditionNames: ["@waggle/source", "import", "types", "default"],
    extensions: [".ts", ".tsx", ".mjs", ".js", ".d.ts"],
  };
  const folders = ["packages", "examples", "e2e", "bench", "faults", "conformance"].filter((name) =>
    readdirSync(root).includes(name),
  );
  const { output } = await cruise(folders, options, resolution);
  for (const { rule, from, to } of output.summary.violations) console.log(`${rule.name}: ${from} → ${to}`);
  // A parser that understands nothing finds nothing wrong either.
  const modules = output.modules.filter((module) => /^packages\/.*[.]tsx?$/.test(module.source)).length;
  const imports = output.modules.flatMap((module) => module.dependencies).length;
  console.log(`${modules} modules, ${imports} imports`);
  return output.summary.error === 0 && modules > 0 && imports > 0;
}

const planted = {
  "contract/src/index.ts": 'export type { Bee } from "@waggle/sdk";\n',
  "sdk/src/index.ts":
    'import "node:fs";\nimport "fastify";\nimport "./loop.ts";\nimport "./nowhere.ts";\nimport "yjs";\nimport "@waggle/operations";\n',
  "sdk/src/loop.ts": 'import "./index.ts";\nexport const loop = 1;\n',
};
const expected = [
  "direction",
  "undeclared-workspace",
  "only-edit-operations",
  "undeclared-package",
  "no-node-in-browser",
  "yjs-stays-in-the-binding",
  "no-own-index",
  "no-circular",
  "resolvable",
];

function copyOf(root) {
  const copy = mkdtempSync(join(tmpdir(), "boundaries-"));
  const skip = (source) => !/\/(dist|node_modules)(\/|$)/.test(source.slice(root.length));
  cpSync(join(root, "packages"), join(copy, "packages"), { recursive: true, filter: skip });
  cpSync(join(root, "package.json"), join(copy, "package.json"));
  mkdirSync(join(copy, "node_modules", "@waggle"), { recursive: true });
  for (const name of readdirSync(join(root, "node_modules")).filter((name) => name !== "@waggle"))
    symlinkSync(join(root, "node_modules", name), join(copy, "node_modules", name));
  for (const name of names) symlinkSync(join(copy, "packages", name), join(copy, "node_modules", "@waggle", name));
  return copy;
}

function selfTest(root) {
  const copy = copyOf(root);
  const run = () => spawnSync(process.execPath, [import.meta.filename, copy], { encoding: "utf8" });
  const clean = run();
  for (const [file, text] of Object.entries(planted)) appendFileSync(join(copy, "packages", file), text);
  const dirty = run();
  for (const name of names) {
    rmSync(join(copy, "packages", name, "src"), { recursive: true });
    mkdirSync(join(copy, "packages", name, "src"));
    writeFileSync(join(copy, "packages", name, "src", "empty.txt"), "");
  }
  const empty = run();
  rmSync(copy, { recursive: true });

  const missed = expected.filter((name) => !dirty.stdout.includes(`${name}:`));
  if (clean.status !== 0) console.log(`The unspoilt copy fails:\n${clean.stdout}${clean.stderr}`);
  if (dirty.status === 0 || missed.length > 0)
    console.log(`Planted violations missed: ${missed}\n${dirty.stdout}${dirty.stderr}`);
  if (empty.status === 0) console.log("It passes with nothing to check.");
  return clean.status === 0 && dirty.status !== 0 && missed.length === 0 && empty.status !== 0;
}

const [what = "."] = process.argv.slice(2);
const passed = what === "--self-test" ? selfTest(process.cwd()) : await check(resolve(what));
process.exit(passed ? 0 : 1);
