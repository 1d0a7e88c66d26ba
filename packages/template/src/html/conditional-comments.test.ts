import { expect, test } from "vitest";
import { sanitiseHtml } from "./sanitise.ts";

const kept = (html: string): string => sanitiseHtml(html, { keepsConditions: true });

test("conditions of Outlook stay where they may, with what in them is allowed", () => {
  const source = [
    '<!--[if mso]><table role="presentation" width="600"><tr><td style="width:300px"><![endif]-->',
    "<p>Everyone</p>",
    "<!--[if mso]></td></tr></table><![endif]-->",
    "<!--[if !mso]><!--><p>All but Outlook</p><!--<![endif]-->",
    '<!--[if (gte mso 9)&(lt mso 16)]><v:rect fill="true" style="width:600px;mso-width-percent:1000"><v:fill src="https://example.com/a.png"/></v:rect><![endif]-->',
  ].join("");
  expect(kept(source)).toBe(source);
  expect(kept(kept(source))).toBe(source);
});

test("in texts no comment stays", () => {
  expect(sanitiseHtml("a<!--[if mso]><b>b</b><![endif]--><!-- c -->d")).toBe("ad");
});

test("other comments go, and old browsers are no Outlook", () => {
  expect(kept("a<!-- note --><!--[if IE]><b>b</b><![endif]--><!--[if mso]>c--><!--[if gte]>x<![endif]-->d")).toBe("ad");
});

test.each([
  ["<!--[if mso]><script>alert(1)</script><![endif]-->", ""],
  ["<!--[if mso]><xml><o:x/></xml><![endif]-->", ""],
  [
    '<!--[if mso]><td onclick="alert(1)" style="position:fixed;color:red"><![endif]-->',
    '<!--[if mso]><td style="color:red;"><![endif]-->',
  ],
  ['<!--[if mso]><a href="javascript:alert(1)">x</a><![endif]-->', "<!--[if mso]><a>x</a><![endif]-->"],
  ['<!--[if mso]><v:fill src="javascript:alert(1)" onload="x"/><![endif]-->', "<!--[if mso]><v:fill/><![endif]-->"],
  ['<!--[if mso]><b title="--!><img src=x onerror=alert(1)>">x</b><![endif]-->', "<b>x</b>"],
  ["<!--[if mso]><form action=x><b>b</form><![endif]-->", "<!--[if mso]><b>b<![endif]-->"],
])("harm in a condition goes: %s", (source, expected) => {
  const safe = kept(source);
  expect(safe).not.toMatch(/script|onerror=|onload|onclick/);
  if (!source.includes("--!>")) expect(safe).toBe(expected);
});

test("what all but Outlook read is closed, and closed once", () => {
  expect(kept("<!--[if !mso]><!-->a<!--[if !mso]><!-->b")).toBe("<!--[if !mso]><!-->ab<!--<![endif]-->");
  expect(kept("<!--<![endif]-->a")).toBe("a");
});

test("template tags in conditions stay", () => {
  const source = '<!--[if mso]><td width="{{ width }}">{% if a < b %}x{% endif %}<![endif]-->';
  expect(kept(source)).toBe(source);
});
