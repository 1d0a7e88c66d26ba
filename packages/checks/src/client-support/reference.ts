import { lastUpdate, type MailClient, mailClients, supportFeatures, supportSource } from "./support-table.ts";

/** The section on what mail clients support, in Markdown. */
export function clientSupportReference(): string {
  return `${[opening, clientTable(), asked, refreshing].join("\n\n")}\n`;
}

const opening = `## What mail clients support

\`POST /v1/message/client-support\` takes \`template\`, and where wanted \`language\` and \`clients\`, renders the e-mail and says
which features of HTML and CSS it uses and which mail clients show them. The same without a server, for any HTML:
\`clientSupport(html, { clients })\` of \`@waggle/checks/client-support\`, an entry of its own that nothing else loads.

The answer has \`lastUpdate\`, the \`clients\` that were asked for, and \`features\`, those that the fewest of them support first.
Each feature has \`slug\`, \`title\`, the \`url\` of the page that says more, \`places\` (how often it is written), \`support\` by client
(\`yes\`, \`partly\`, \`no\`, \`unknown\`) and short \`notes\` on what works only partly, or not. What stands in conditional comments
only Outlook for Windows reads: it is not looked at. The format of a picture is told from its address.

A feature that a client does not support is no fault by itself: rounded corners are lost without harm, a layout that needs
\`display:flex\` is not. It is a place to look at in that client.`;

const asked = `\`clients\` takes names of clients and of families, such as \`["gmail", "outlook.windows"]\`: all when absent. A name that there is
not is refused with those there are.`;

const refreshing = `The data is of **${lastUpdate}**: ${supportFeatures.length} features and the newest tests of ${mailClients.length} clients, from
[caniemail.com](${supportSource.site}) by way of the npm package \`${supportSource.package}\` (MIT; its notice is in
\`packages/checks/src/client-support/support.json\`). To refresh it: \`node scripts/client-support.mjs VERSION\` with a newer version
of that package, then \`npm run reference\`. The script names the features that can't be told from HTML or CSS.`;

function clientTable(): string {
  const families = Map.groupBy(mailClients, ({ name }) => name.slice(0, name.indexOf(".")));
  const rows = [...families].map(([family, clients]) => `| \`${family}\` | ${clients.map(nameOf).join(", ")} |`);
  return ["| family | clients |", "|---|---|", ...rows].join("\n");
}

const nameOf = ({ name, title }: MailClient): string => `\`${name}\` (${title})`;
