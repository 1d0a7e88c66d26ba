/**
 * What HTML may hold where it is shown: the one list for text that is written, rendered and put on the canvas. Data only,
 * so that every sanitiser, with whatever parser, keeps to the same. The rules over it are in `safety.ts`.
 */
export const allowList = {
  /** Elements that stay. Others go, and leave their content behind. */
  elements:
    words(`a abbr address area article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del
    dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main map mark nav ol p pre q
    s samp section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr`),

  /** Elements that go with everything in them: what they hold is not text. */
  withContent:
    words(`applet audio base canvas datalist embed frame frameset head iframe input link listing math meta noembed
    noframes noscript object optgroup option param plaintext portal script select source style svg template textarea title
    track video xmp`),

  /** Attributes any element may have. */
  attributes: words(`align bgcolor class dir height hidden id lang role spellcheck style title valign width`),

  /** Beginnings of further such attributes. */
  attributePrefixes: ["data-", "aria-"],

  /** Attributes of single elements. */
  elementAttributes: {
    a: words("href name rel target"),
    area: words("alt coords href shape target"),
    blockquote: words("cite"),
    br: words("clear"),
    col: words("span"),
    colgroup: words("span"),
    del: words("cite datetime"),
    font: words("color face size"),
    hr: words("color noshade size"),
    img: words("alt border hspace src usemap vspace"),
    ins: words("cite datetime"),
    li: words("type value"),
    map: words("name"),
    ol: words("reversed start type"),
    q: words("cite"),
    table: words("background border cellpadding cellspacing frame rules summary"),
    td: words("abbr axis background char charoff colspan headers nowrap rowspan scope"),
    th: words("abbr axis background char charoff colspan headers nowrap rowspan scope"),
    time: words("datetime"),
    tr: words("background"),
    ul: words("type"),
  } as { readonly [element: string]: ReadonlySet<string> },

  /** Attributes whose value is an address. */
  urlAttributes: words("background cite href src usemap"),

  /** Schemes of addresses. Addresses without a scheme (paths, anchors, template tags) are fine too. */
  urlSchemes: words("http https mailto sms tel"),

  /** Where an image may stand in the address itself (`data:image/…`): attributes by element. */
  imageData: { img: words("src") } as { readonly [element: string]: ReadonlySet<string> },

  /** Names of windows that links may open. */
  targets: words("_blank _parent _self _top"),

  /** CSS properties. Nothing that takes an element out of the flow: it could cover what it does not belong to. */
  properties: words(`background background-color background-image background-position background-repeat background-size
    border border-bottom border-bottom-color border-bottom-left-radius border-bottom-right-radius border-bottom-style
    border-bottom-width border-collapse border-color border-left border-left-color border-left-style border-left-width
    border-radius border-right border-right-color border-right-style border-right-width border-spacing border-style
    border-top border-top-color border-top-left-radius border-top-right-radius border-top-style border-top-width border-width
    box-shadow box-sizing caption-side clear color direction display empty-cells float font font-family font-feature-settings
    font-kerning font-size font-stretch font-style font-variant font-weight height hyphens letter-spacing line-break
    line-height list-style list-style-position list-style-type margin margin-bottom margin-left margin-right margin-top
    max-height max-width min-height min-width object-fit object-position opacity outline overflow overflow-wrap padding
    padding-bottom padding-left padding-right padding-top tab-size table-layout text-align text-align-last text-decoration
    text-decoration-color text-decoration-line text-decoration-style text-decoration-thickness text-indent text-overflow
    text-shadow text-size-adjust text-transform text-underline-offset unicode-bidi vertical-align visibility white-space
    width word-break word-spacing word-wrap -ms-text-size-adjust -webkit-font-smoothing -webkit-text-size-adjust`),

  /** Beginnings of further properties: those that only Outlook reads. */
  propertyPrefixes: ["mso-"],

  /** Functions in values of CSS properties. The address in `url()` is checked like any other. */
  functions: words(`calc clamp color color-mix conic-gradient hsl hsla hwb lab lch linear-gradient max min oklab oklch
    radial-gradient repeating-linear-gradient repeating-radial-gradient rgb rgba url var`),
} as const;

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
