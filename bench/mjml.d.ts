// MJML comes without types; this is what the bench calls.
declare module "mjml" {
  // biome-ignore lint/style/noDefaultExport: it is how MJML exports it.
  export default function mjml2html(
    mjml: string,
    options?: { validationLevel?: "skip"; minify?: boolean; minifyOptions?: object },
  ): Promise<{ readonly html: string }>;
}
