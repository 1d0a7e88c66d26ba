/** What becomes of a construct: rich text, rich text with a piece of raw HTML in it, or a string that is left as it is. */
export type TextVerdict = "rich" | "raw" | "opaque";

export interface TextConstruct {
  /** What people call it. */
  readonly name: string;
  /** An example. */
  readonly html: string;
  readonly as: TextVerdict;
}

const construct = (name: string, html: string, as: TextVerdict = "rich"): TextConstruct => ({ name, html, as });

/** What templates and e-mail editors write into texts, with what becomes of it. The table of `docs/rich-text.md` is made of it. */
export const textConstructs: readonly TextConstruct[] = [
  construct("Plain text", "Night trains"),
  construct("Paragraphs", "<p>Sleep on the way.</p>\n<p>Wake up there.</p>"),
  construct("Headings", "<h1>Night</h1><h2>trains</h2><h6>daily</h6>"),
  construct("Divisions and wrappers", '<div class="txtTinyMce-wrapper" style="font-size:14px"><p>a</p></div>'),
  construct("Quotations and sections", "<blockquote><p>a</p></blockquote><section><p>b</p></section>"),
  construct("Lists", "<ul><li>Bed</li><li>Seat</li></ul>"),
  construct("Numbered lists with a start and a type", '<ol start="3" type="a"><li>Bed</li><li>Seat</li></ol>'),
  construct("Nested lists", "<ul><li>Bed<ol><li>upper</li><li>lower</li></ol></li><li>Seat</li></ul>"),
  construct("Styled lists and items", '<ul style="list-style-type:square"><li style="line-height:1.5">Bed</li></ul>'),
  construct("Paragraphs in items", "<ul><li><p>Bed</p><p>with breakfast</p></li></ul>"),
  construct(
    "Links",
    '<p><a href="https://e.com/?a=1&amp;b=2" target="_blank" rel="noopener" title="T" style="color:#fff">x</a></p>',
  ),
  construct(
    "Links to mail, phone and anchors",
    '<p><a href="mailto:a@b.c">m</a> <a href="tel:+1">t</a> <a href="#x">x</a></p>',
  ),
  construct(
    "Bold, italic, underline, strike",
    "<p><b>b</b><strong>s</strong><i>i</i><em>e</em><u>u</u><s>s</s><del>d</del></p>",
  ),
  construct("Superscript and subscript", "<p>H<sub>2</sub>O<sup>*</sup></p>"),
  construct(
    "Colour and background",
    '<p><span style="color:#c8432b">a</span><span style="background-color:#ff0">b</span></p>',
  ),
  construct(
    "Size, family and letter spacing",
    '<p><span style="font-size:18px">a</span><span style="font-family:Arial,sans-serif">b</span><span style="letter-spacing:1px">c</span></p>',
  ),
  construct(
    "Spans with several styles, in each other",
    '<p><span style="color:red;font-size:14px">a<span class="x">b</span></span></p>',
  ),
  construct(
    "Font, small, code and other inline elements",
    '<p><font color="red" face="Arial">a</font><small>b</small><code>c</code><q>d</q></p>',
  ),
  construct(
    "Alignment, line height, margins",
    '<p style="text-align:center;line-height:1.5;margin:0">a</p><p align="right">b</p>',
  ),
  construct("Direction and language", '<p dir="rtl" lang="he">שלום <bdo dir="ltr">x</bdo></p>'),
  construct("Line breaks", "<p>a<br>b<br/>c<br />d</p>"),
  construct("Spaces that do not break, entities, emoji", "<p>a&nbsp;b &copy; &mdash; &#8203; 👩‍👩‍👧 e\u0301</p>"),
  construct("Merge tags", "<p>Hi {{ first_name }}, *|NAME|* %%x%% [[y]] <%= a %></p>"),
  construct(
    "Merge tags in links and styles",
    '<p style="color:{{ brand }}"><a href="{{ url }}?a=1&b={{ x|e }}">x</a></p>',
  ),
  construct(
    "Liquid and Handlebars blocks",
    "{% if a < b %}<p>x</p>{% else %}<p>y</p>{% endif %}{{#each c}}<p>{{ this }}</p>{{/each}}",
  ),
  construct(
    "Copies of attributes that TinyMCE leaves",
    '<p style="color:red" data-mce-style="color:red">a<br data-mce-bogus="1"></p>',
  ),
  construct("Capitals, missing quotes, end tags left out", "<P ALIGN=center>a<p>b"),
  construct(
    "Event handlers and script addresses (taken out where it is shown)",
    '<p onclick="x()"><a href="javascript:x()">a</a></p>',
  ),
  construct("Pictures in a line", '<p>a <a href="u"><img src="x.png" alt="y"></a> b</p>', "raw"),
  construct("Tables in a text (cells of table modules are texts)", "<p>a</p><table><tr><td>b</td></tr></table>", "raw"),
  construct("Rules and preformatted text", "<p>a</p><hr><pre>b\n  c</pre>", "raw"),
  construct("White space that counts", '<p style="white-space:pre-wrap">a  b</p>', "raw"),
  construct("Comments", "<p>a<!-- note -->b</p>", "raw"),
  construct(
    "Conditional comments of Outlook",
    "<!--[if mso]><table><tr><td><![endif]--><p>a</p><!--[if mso]></td></tr></table><![endif]-->",
    "raw",
  ),
  construct(
    "What Word leaves",
    '<p class="MsoNormal"><span style="font-size:11.0pt;mso-fareast-language:EN-US">a<o:p></o:p></span></p>',
    "raw",
  ),
  construct("Anchors that links point to", '<p><a name="top"></a><span id="x"></span>a</p>', "raw"),
  construct(
    "Merge tags that are elements",
    '<p><code data-bee-type="mergetag" data-bee-name="N">{{ n }}</code></p>',
    "raw",
  ),
  construct("Merge tags over several lines", "<p>a {%\n  assign x = 1\n%} b</p>", "raw"),
  construct("Blocks in inline elements", "<strong><p>a</p></strong>", "raw"),
  construct(
    "More than six nested elements without a meaning of their own",
    `<p>${'<span class="x">'.repeat(7)}a${"</span>".repeat(7)}</p>`,
    "raw",
  ),
  construct(
    "Scripts, styles, forms, drawings, custom elements",
    "<style>p{}</style><p>a<x-y>b</x-y></p><form><input></form>",
    "raw",
  ),
  construct("Elements that cross or are not closed", "<p><b>a<i>b</b>c</i></p>", "opaque"),
  construct("Markup inside a merge tag", "<p>{{ev<em>ent.name}}</p>", "opaque"),
  construct(
    "Merge tags between attributes or as a tag's name",
    '<p><a {% if x %}class="a"{% endif %} href="u">x</a></p>',
    "opaque",
  ),
  construct(
    "Both kinds of quotes in a merge tag in an attribute",
    `<p><a href="{{ link 'x' "y" }}">x</a></p>`,
    "opaque",
  ),
  construct("Links in links", '<p><a href="1">a<a href="2">b</a></a></p>', "opaque"),
  construct("Sources that end inside a tag or comment", '<p>a</p><img src="x', "opaque"),
  construct("The characters U+2029 and U+FFFC", "<p>a\u2029b</p>", "opaque"),
  construct(
    "More than 100 levels of nesting or 100,000 characters",
    "<div>x".repeat(101) + "</div>".repeat(101),
    "opaque",
  ),
];
