import type { Actor } from "@waggle/contract";
import { createBee } from "@waggle/sdk";
import { mountEditor, type Theme } from "../src/index.tsx";
import { Rehearsal } from "./rehearsal.ts";

/**
 * A workbench for the editor without a server: the demo newsletter, and a session that is played.
 * Run `npx vite --config vite.config.ts` in the root and open /packages/editor/dev/index.html?theme=dark&session.
 */
const query = new URLSearchParams(location.search);
const themes: Readonly<Record<string, Theme>> = { light: "light", dark: "dark", auto: "auto" };

const source = query.get("template") ?? "/examples/host-app/templates/newsletter.json";
const text = (await (await fetch(source)).text())
  .replaceAll("/host/assets/fraunces.css", "/packages/editor/dev/fonts.css")
  .replaceAll("/host/assets/inter.css", "/packages/editor/dev/fonts.css")
  .replaceAll("/host/assets/", "/examples/host-app/assets/");

const real = createBee({ server: "http://localhost:8787", token: "none", username: "Maya" });
await real.start(JSON.parse(text));
const rehearsal = new Rehearsal(real);
const editor = mountEditor(rehearsal.bee, "#editor", {
  theme: themes[query.get("theme") ?? "light"] ?? "light",
  username: "Maya",
});
const scout: Actor = { kind: "agent", id: "scout", name: "Scout" };
const lumen: Actor = { kind: "agent", id: "lumen", name: "Lumen" };
if (query.has("session")) {
  rehearsal.start({ name: "Maya", now: Date.now(), elapsedMs: 78_000 });
  rehearsal.join(scout, "#6d22b5");
  rehearsal.join(lumen, "#089eb7");
}
// For the console, and for scripts that take pictures.
Object.assign(window, { bee: rehearsal.bee, rehearsal, editor, scout, lumen, isReady: true });
