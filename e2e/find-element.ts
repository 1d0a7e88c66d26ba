/** The uuid of the module whose JSON holds this text. */
export function findElement(json: unknown, text: string): string {
  const found = search(json, text);
  if (!found) throw new Error(`No module holds “${text}”.`);
  return found;
}

function search(value: unknown, text: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const inside = Object.values(value).map((each) => search(each, text));
  const deeper = inside.find((each): each is string => each !== undefined);
  if (deeper) return deeper;
  const isModule = "uuid" in value && typeof value.uuid === "string" && "descriptor" in value;
  return isModule && JSON.stringify(value).includes(text) ? String(value.uuid) : undefined;
}
