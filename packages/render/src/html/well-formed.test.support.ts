import { findTemplateTags } from "@waggle/template";

const voidElements = new Set(["img", "br", "hr", "meta", "link", "input"]);
const token =
  /<!DOCTYPE html>|<!--[\s\S]*?-->|<style>[\s\S]*?<\/style>|<\/?([a-z][a-z0-9]*)((?:\s+[a-z:-]+=(?:"[^"<]*"|'[^'<]*'))*)>|</gi;

/** The markup without the sender's program, which is gone before anything reads it. */
export function withoutTemplateTags(html: string): string {
  let text = "";
  let at = 0;
  for (const { start, end, hasMarkup } of findTemplateTags(html)) {
    if (hasMarkup || start < at) continue;
    text += `${html.slice(at, start)}x`;
    at = end;
  }
  return text + html.slice(at);
}

/** What is wrong with the markup: tags left open, closed twice or in the wrong order, attributes badly written. */
export function faultsOf(html: string): readonly string[] {
  const faults: string[] = [];
  const open: string[] = [];
  const markup = withoutTemplateTags(html);
  for (const match of markup.matchAll(token)) {
    const tag = match[1]?.toLowerCase();
    if (match[0] === "<") faults.push(`stray <: ${markup.slice(match.index, match.index + 60)}`);
    if (tag === undefined || voidElements.has(tag)) continue;
    if (!match[0].startsWith("</")) open.push(tag);
    else if (open.pop() !== tag)
      faults.push(`</${tag}> closes nothing: ${markup.slice(match.index - 40, match.index + 20)}`);
  }
  return open.length > 0 ? [...faults, `left open: ${open.join(" ")}`] : faults;
}
