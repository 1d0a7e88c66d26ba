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

test("what all but Outlook read is known however its opening is spelled", () => {
  for (const opening of ["<!-->", "<!-- -->", "<!--\n-->"])
    expect(kept(`<!--[if !mso]>${opening}<p>web</p><!--<![endif]-->`)).toBe(
      "<!--[if !mso]><!--><p>web</p><!--<![endif]-->",
    );
});

test.each([
  ["width:600px;behavior:url(#default#VML);height:20px", "width:600px;height:20px"],
  ["width:600px;font-family:'Arial';x:expression(1)", "width:600px;font-family:'Arial'"],
  ["width:{{ width }}px;mso-fit-shape-to-text:true", "width:{{ width }}px;mso-fit-shape-to-text:true"],
  ["width:1px;background:url(javascript:alert(1))", "width:1px"],
  ["width:1px;color:red\\", "width:1px"],
])("a shape keeps what is harmless in its style: %s", (style, expected) => {
  const shape = (value: string): string => `<!--[if mso]><v:rect style="${value}"></v:rect><![endif]-->`;
  expect(kept(shape(style))).toBe(shape(expected));
  expect(kept(shape(expected))).toBe(shape(expected));
});

test.each([
  ['alt="caf&eacute;"', 'alt="café"'],
  ['alt="caf&#233; &#x201C;x&#x201D;"', 'alt="café “x”"'],
  ['alt="a &amp; b &quot;c&quot;"', 'alt="a &amp; b &quot;c&quot;"'],
  ['alt="a --&gt; b &lt;i&gt;"', 'alt="a --&gt; b &lt;i&gt;"'],
  ['alt="{{ a &amp; b }}&copy;"', 'alt="{{ a &amp; b }}©"'],
])("entities in what Outlook reads are read before they are written: %s", (source, expected) => {
  const picture = (attribute: string): string => `<!--[if mso]><img ${attribute}><![endif]-->`;
  expect(kept(picture(source))).toBe(picture(expected));
  expect(kept(picture(expected))).toBe(picture(expected));
});

test("an address that entities hide is still seen", () => {
  const source =
    '<!--[if mso]><v:fill src="java&Tab;script&colon;alert(1)"/><a href="javascript&#58;x">y</a><![endif]-->';
  expect(kept(source)).toBe("<!--[if mso]><v:fill/><a>y</a><![endif]-->");
});

test("an attribute of what Outlook reads stays when a template tag is glued to it", () => {
  const source = '<!--[if mso]><td {% if wide %}width="600"{% endif %}>x<![endif]-->';
  expect(kept(source)).toBe('<!--[if mso]><td width="600">x<![endif]-->');
});
