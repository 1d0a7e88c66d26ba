import { benchKey } from "./processes.ts";

const words = "Nine night trains leave after dinner and wake you up by the sea, from thirty-nine euros a berth.".split(
  " ",
);

const padding = { "padding-top": "10px", "padding-right": "10px", "padding-bottom": "10px", "padding-left": "10px" };

function paragraph(number: number): object {
  const text = words.concat(words, words).join(" ");
  return {
    type: "mailup-bee-newsletter-modules-paragraph",
    locked: false,
    descriptor: {
      paragraph: {
        html: `<p>${text} ${number}</p>`,
        style: { color: "#222222", "font-size": "16px", "font-family": "inherit", "line-height": "150%" },
        computedStyle: { linkColor: "#0068a5", paragraphSpacing: "16px" },
      },
      style: padding,
      mobileStyle: {},
    },
  };
}

/** Page JSON of ten sections with six paragraphs each. */
export const sixtyModules = (): object => pageOf(60);

const modulesEach = 6;

/** Page JSON of so many paragraphs, six a section. */
export function pageOf(modules: number): object {
  const rows = Array.from({ length: Math.ceil(modules / modulesEach) }, (_row, at) => ({
    columns: [
      {
        "grid-columns": 12,
        style: padding,
        modules: Array.from({ length: Math.min(modulesEach, modules - at * modulesEach) }, (_each, i) =>
          paragraph(at * modulesEach + i),
        ),
      },
    ],
  }));
  return { page: { body: { content: { computedStyle: { messageWidth: "600px" } } }, rows } };
}

/** An API-managed template of this page on a Waggle server; answers with its id. */
export async function createTemplate(origin: string, template?: object): Promise<string> {
  const headers = { authorization: `Bearer ${benchKey}`, "content-type": "application/json" };
  const body = JSON.stringify(template ? { template } : {});
  const response = await fetch(`${origin}/v2/sdk/mcp/template`, { method: "POST", headers, body });
  if (!response.ok) throw new Error(`No template: ${response.status} ${await response.text()}`);
  return (await response.json()).templateId;
}

/** A browser token of a Waggle server. */
export async function browserToken(origin: string): Promise<string> {
  const body = JSON.stringify({ client_id: "bench", client_secret: "bench", uid: "bench" });
  const response = await fetch(`${origin}/loginV2`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  return (await response.json()).access_token;
}
