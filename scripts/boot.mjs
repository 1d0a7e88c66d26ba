// boot.mjs [--build] [--browser] <command …>: makes a bare checkout ready, then runs the command.
// Installs when the lock file changed, builds when a source changed, finds or installs a Chromium when the command needs one,
// and puts the pinned Node first on the PATH. Plain JavaScript without dependencies: it has to run on Node 20 in a fresh clone.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, "node_modules", ".bin");
const stamps = join(root, "node_modules", ".cache", "waggle-boot");
const ownBin = join("node_modules", ".bin");
const outerPath = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.endsWith(ownBin));
const outerEnv = { ...process.env, PATH: outerPath.join(delimiter) };
// Compiled code is kept between starts: half a second less.
const compileCache = join(root, "node_modules", ".cache", "compiled");
const innerEnv = {
  ...process.env,
  PATH: [bin, ...outerPath].join(delimiter),
  WAGGLE_BOOTED_AT: String(Date.now()),
  NODE_COMPILE_CACHE: compileCache,
};

const options = new Set();
const command = process.argv.slice(2);
while (command[0]?.startsWith("--")) options.add(command.shift());

/** Runs `work` unless it last succeeded with the same key. */
function whenChanged(name, key, work) {
  const stamp = join(stamps, name);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === key()) return;
  work();
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, key());
}

function mustRun(env, program, args) {
  const { status } = spawnSync(program, args, { cwd: root, env, stdio: ["ignore", 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

function lockDigest() {
  return createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
}

function install() {
  console.error("Installing packages …");
  // With npm's own Node: the pinned one lives in the folder that is about to be replaced.
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  const env = { ...outerEnv, npm_config_loglevel: "error" };
  if (npm && node) mustRun(env, node, [npm, "ci"]);
  else mustRun(env, "npm", ["ci"]);
}

/** Name, size and time of every file the build reads, and whether its results are there. */
function sourceState() {
  const files = ["package-lock.json", "tsconfig.json", "tsconfig.tests.json", "vite.config.ts"];
  const results = [];
  for (const name of readdirSync(join(root, "packages"))) {
    const folder = join("packages", name);
    if (!existsSync(join(root, folder, "package.json"))) continue;
    files.push(join(folder, "package.json"), join(folder, "tsconfig.json"));
    for (const file of readdirSync(join(root, folder, "src"), { recursive: true })) {
      if (!/[.]test([.]|-suite[.])/.test(file)) files.push(join(folder, "src", file));
    }
    results.push(join(folder, "dist"));
  }
  const stateOf = (file) => {
    const found = statSync(join(root, file), { throwIfNoEntry: false });
    return found?.isFile() ? `${file} ${found.size} ${found.mtimeMs}` : `${file} ${Boolean(found)}`;
  };
  return [...files.map(stateOf), ...results.map((file) => `${file} ${existsSync(join(root, file))}`)].join("\n");
}

function build() {
  console.error("Building …");
  // --force: TypeScript 7.0.2 repeats stored errors after compiler options changed back.
  const packages = readdirSync(join(root, "packages")).map((name) => join("packages", name));
  const projects = packages.filter((folder) => existsSync(join(root, folder, "tsconfig.json")));
  mustRun(innerEnv, "tsc", ["-b", "--force", ...projects]);
  for (const mode of ["production", "browser", "server"])
    mustRun(innerEnv, "vite", ["build", "--logLevel", "warn", "--mode", mode]);
}

function findBrowser() {
  const found = spawnSync("node", [join(root, "scripts", "browser.mjs")], {
    cwd: root,
    env: innerEnv,
    encoding: "utf8",
    stdio: ["ignore", "pipe", 2],
  });
  if (found.status !== 0) process.exit(found.status ?? 1);
  const { path, flags } = JSON.parse(found.stdout);
  innerEnv.CHROME_PATH = path;
  innerEnv.WAGGLE_CHROMIUM_FLAGS = flags.join(" ");
}

whenChanged("lock", lockDigest, install);
if (!existsSync(join(bin, "node"))) {
  console.error(
    "node_modules/.bin/node is missing. Were install scripts switched off? Delete node_modules and run the command again.",
  );
  process.exit(1);
}
if (options.has("--build")) whenChanged("sources", sourceState, build);
if (options.has("--browser")) findBrowser();

const [program, ...args] = command;
const parent = process.ppid;
const child = spawn(program, args, { cwd: root, env: innerEnv, stdio: "inherit" });
// A signal to npm ends npm and its shell without reaching this process: being orphaned is the message.
setInterval(() => process.ppid !== parent && child.kill("SIGTERM"), 200).unref();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(`Could not run ${program}: ${error.message}`);
  process.exit(1);
});
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
