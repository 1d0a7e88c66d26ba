export {
  type ClientSupportOptions,
  type ClientSupportReport,
  clientSupport,
  type UsedFeature,
} from "./client-support.ts";
export { clientSupportReference } from "./reference.ts";
export { lastUpdate, type MailClient, mailClients, type Support, type SupportNote } from "./support-table.ts";
