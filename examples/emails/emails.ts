import { catalogue } from "./catalogue.ts";
import type { Email } from "./email.ts";
import { newsletter } from "./newsletter.ts";
import { welcome } from "./welcome.ts";

/** Three e-mails, from short to long. */
export const emails: readonly Email[] = [welcome, newsletter, catalogue];
