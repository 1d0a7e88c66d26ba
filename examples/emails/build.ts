import type { Edit, Email } from "./email.ts";

/** An MCP client's tools, by their names without prefix. Rejects with what the server refuses. */
export interface Tools {
  call(tool: string, input: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>;
}

const reference = /^\$(\d+)\.([\w.]+)$/;

/** Addresses of the pictures an e-mail asks for, found as an agent finds them. */
export async function findPictures(tools: Tools, { pictures }: Pick<Email, "pictures">): Promise<readonly string[]> {
  const addresses: string[] = [];
  for (const { query, width, height } of pictures) {
    const found = await tools.call("search_stock_images", {
      query,
      desired_width: width,
      desired_height: height,
      count: 1,
    });
    addresses.push(String(memberAt(found, ["images", "0", "src"])));
  }
  return addresses;
}

/** Makes one edit after the other, as an agent with plain tools does. */
export async function buildEditByEdit(tools: Tools, edits: readonly Edit[]): Promise<void> {
  const answers: unknown[] = [];
  for (const { tool, arguments: input } of edits) {
    const resolved = Object.entries(input).map(([name, value]) => [name, resolve(value, answers)]);
    answers.push(await tools.call(tool, Object.fromEntries(resolved)));
  }
}

/** The same edits as a script for code mode. */
export function toScript(edits: readonly Edit[]): string {
  return edits
    .map(({ tool, arguments: input }, index) => {
      const isUsed = edits.some((edit) => Object.values(edit.arguments).some((value) => refersTo(value, index)));
      const call = `bee.${camelCase(tool)}(${literal(input)});`;
      return isUsed ? `const made${index} = ${call}` : call;
    })
    .join("\n");
}

function resolve(value: unknown, answers: readonly unknown[]): unknown {
  const [, index, path = ""] = (typeof value === "string" && reference.exec(value)) || [];
  return index === undefined ? value : memberAt(answers[Number(index)], path.split("."));
}

function memberAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return value;
  return typeof value === "object" && value !== null ? memberAt(Reflect.get(value, name), rest) : undefined;
}

function refersTo(value: unknown, index: number): boolean {
  return typeof value === "string" && reference.exec(value)?.[1] === String(index);
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

/** A JSON object in which a reference is the name of what it refers to. */
function literal(input: Edit["arguments"]): string {
  const members = Object.entries(input).map(([name, value]) => {
    const [, index, path] = (typeof value === "string" && reference.exec(value)) || [];
    return `${name}: ${index === undefined ? JSON.stringify(value) : `made${index}.${path}`}`;
  });
  return `{ ${members.join(", ")} }`;
}
