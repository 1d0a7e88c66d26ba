// `npm run dev`: the server on its sources, restarted when they change, and the page through Vite, reloaded when the editor changes.
import { spawn } from "node:child_process";

const serverPort = process.env.PORT ?? "8787";
const env = { ...process.env, PORT: serverPort };
const watched = ["packages", "examples/host-app/server"].map((folder) => `--watch-path=${folder}`);
const commands = [
  [
    "node",
    ...watched,
    "--conditions=@waggle/source",
    "--disable-warning=ExperimentalWarning",
    "examples/host-app/server/main.ts",
  ],
  ["vite", "--config", "vite.dev.config.ts"],
];

const children = commands.map(([program, ...args]) => spawn(program, args, { stdio: "inherit", env }));
const stop = () => {
  for (const child of children) child.kill("SIGTERM");
};
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, stop);
for (const child of children) child.on("exit", stop);
