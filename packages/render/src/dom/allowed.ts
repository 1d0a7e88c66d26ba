const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

export const allowedTags = words(`
  a abbr address article b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em
  figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd label li mark ol p pre q s samp section small
  span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var`);

export const droppedTags = words(`
  script style template iframe frame frameset object embed applet noscript noembed noframes title head meta link base
  svg math audio video source track canvas input textarea select option button form dialog xmp plaintext`);

export const allowedAttributes = words(`
  align alt bgcolor border cellpadding cellspacing class color colspan dir face height href hspace lang nowrap role
  rowspan scope size span src start target title type valign value vspace width`);

export const allowedProperties = words(`
  background background-color background-image background-position background-repeat background-size border
  border-bottom border-bottom-color border-bottom-style border-bottom-width border-collapse border-color border-left
  border-radius border-right border-spacing border-style border-top border-width clear color direction display float
  font font-family font-feature-settings font-size font-stretch font-style font-variant font-weight height
  letter-spacing line-height list-style list-style-position list-style-type margin margin-bottom margin-left
  margin-right margin-top max-height max-width min-height min-width opacity overflow overflow-wrap padding
  padding-bottom padding-left padding-right padding-top table-layout text-align text-decoration
  text-decoration-color text-decoration-line text-indent text-overflow text-shadow text-transform
  text-underline-offset unicode-bidi vertical-align white-space width word-break word-spacing word-wrap`);

export function splitDeclarations(style: string): readonly string[] {
  return style.match(/(?:[^;"'(]|"[^"]*"|'[^']*'|\([^)]*\))+/g) ?? [];
}
