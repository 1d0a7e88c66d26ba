import { metaKeys } from "@waggle/contract";
import type { Json } from "@waggle/template";
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, test } from "vitest";
import { connectAgent, type Era, openDoor, readResult } from "./mcp-door.test.support.ts";

const eras: readonly Era[] = ["2025", "2026"];

const page: Json = {
  page: {
    rows: [
      {
        uuid: "row-1",
        columns: [
          {
            uuid: "column-1",
            "grid-columns": 12,
            modules: [
              {
                uuid: "5c2539cd-9e7b-475a-ab29-68714df3f716",
                type: "mailup-bee-newsletter-modules-heading",
                descriptor: { heading: { title: "h1", text: "Spring is here" } },
              },
            ],
          },
        ],
      },
    ],
  },
};
const titleId = "5c2539cd-9e7b-475a-ab29-68714df3f716";
const mostTokens = 80;

async function setting(era: Era, options: Parameters<typeof openDoor>[0] = {}) {
  const door = await openDoor(options);
  const template = await door.createTemplate(page);
  return { door, template, agent: await connectAgent(door, { era, template }) };
}

describe.each(eras)("in the %s era", (era) => {
  test("[REPLY-1] the reply to a plain edit has 80 tokens at most, and says nothing of the rest", async () => {
    const { agent } = await setting(era);
    const calls: readonly [string, Record<string, unknown>][] = [
      ["beefree_update_title", { elementId: titleId, text: "Summer is here", color: "#112233", fontSize: 30 }],
      ["beefree_add_paragraph", { section: "row-1", html: "<p>Hello there.</p>" }],
      ["beefree_add_section", { columns: [12] }],
      ["beefree_add_image", { section: "row-1", src: "https://example.com/a.png", alt: "A field in bloom" }],
      ["beefree_set_email_metadata", { subject: "Spring" }],
      ["beefree_delete_element", { elementId: titleId }],
    ];
    for (const [name, input] of calls) {
      const { content, isError } = await agent.client.callTool({ name, arguments: input });
      expect(isError).toBeFalsy();
      const text = content.map((block) => (block.type === "text" ? block.text : "")).join("\n");
      expect([name, encode(text).length <= mostTokens]).toEqual([name, true]);
    }
  });

  test("[REPLY-2] findings, what others changed and notes stand beside the output, as the listed schema says", async () => {
    const { door, template, agent } = await setting(era);
    // The client checks structured content against what was listed.
    await agent.client.listTools();
    const other = await connectAgent(door, { era, template, name: "lumen" });
    await agent.call("get_content_hierarchy");
    await other.call("update_title", { elementId: titleId, text: "Summer" });
    const reply = await agent.call("add_button", { section: 0, text: "Go" });
    expect(reply).toStrictEqual({
      elementId: expect.any(String),
      warnings: ["The button leads nowhere yet: set href with beefree_update_button."],
      findings: [{ elementId: reply.elementId, problem: "missingCopyLink" }],
      othersChanged: [{ elementId: titleId, label: "Title" }],
    });
  });

  test("[KEY-1] the same key answers with the first outcome, by _meta or by argument; get_call_outcome tells it", async () => {
    const { agent } = await setting(era);
    const input = { section: 0, text: "Hello" };
    const _meta = { [metaKeys.idempotencyKey]: "call-1" };
    const first = readResult(await agent.client.callTool({ name: "beefree_add_title", arguments: input, _meta }));
    expect(first).toStrictEqual({ elementId: expect.any(String) });
    expect(await agent.call("add_title", { text: "Hello", idempotencyKey: "call-1", section: 0 })).toStrictEqual(first);
    expect(await agent.call("get_call_outcome", { idempotencyKey: "call-1" })).toStrictEqual({
      state: "done",
      reply: first,
    });
    expect(await agent.call("get_call_outcome", { idempotencyKey: "call-2" })).toStrictEqual({ state: "unknown" });
    expect(await agent.call("add_title", { ...input, text: "Bye", idempotencyKey: "call-1" })).toMatchObject({
      error: { code: "KEY_REUSED" },
    });
    expect(await agent.call("delete_element", { elementId: titleId, idempotencyKey: "" })).toMatchObject({
      error: { code: "INVALID_INPUT", data: { argument: "idempotencyKey" } },
    });
  });

  test("[KEY-2] keys of different API keys are different keys", async () => {
    const { door, template, agent } = await setting(era);
    await agent.call("add_title", { section: 0, text: "Hello", idempotencyKey: "call-1" });
    const stranger = await connectAgent(door, { era, headers: { authorization: "Bearer key-2" } });
    const asked = await stranger.call("get_call_outcome", { idempotencyKey: "call-1" });
    expect(asked).toMatchObject({ error: { code: "INVALID_INPUT" } });
    expect(template).toMatch(/./);
  });

  test("[DRY-1] a dry run says so, and writes nothing", async () => {
    const { door, template, agent } = await setting(era);
    const before = await door.exported(template);
    expect(await agent.call("delete_element", { elementId: "row-1", dryRun: true })).toStrictEqual({
      elementId: "row-1",
      kind: "row",
      dryRun: true,
    });
    expect(await agent.call("delete_element", { elementId: "row-1", dryRun: "yes" })).toMatchObject({
      error: { code: "INVALID_INPUT", message: "dryRun has to be true or false." },
    });
    expect(await door.exported(template)).toStrictEqual(before);
  });

  test("[MCP-4] an older name and a mistyped one are answered with the nearest", async () => {
    const { agent } = await setting(era);
    const call = (name: string) => agent.client.callTool({ name, arguments: {} });
    await expect(call("beefree_delete_section")).rejects.toThrow(/Nearest: beefree_delete_element/);
    await expect(call("set_template_styles")).rejects.toThrow(/Nearest: beefree_set_email_default_styles/);
    await expect(call("beefree_update_titel")).rejects.toThrow(/Nearest: beefree_update_title/);
    await expect(call("add_title")).rejects.toThrow(/Nearest: beefree_add_title/);
  });
});

describe("a batch", () => {
  test("[BATCH-1] is one change, and later edits may use what earlier ones made", async () => {
    const { door, template, agent } = await setting("2026");
    const reply = await agent.call("apply_edits", {
      edits: [
        { tool: "beefree_add_section", arguments: { columns: [6, 6] } },
        { tool: "add_title", arguments: { section: "$0.elementId", column: 1, text: "$5.99 a month" } },
        { tool: "update_title", arguments: { elementId: "$1.elementId", color: "#112233" } },
        { tool: "update_column_style", arguments: { columnId: "$0.columnIds.1", paddingTop: 4 } },
      ],
    });
    expect(reply).toMatchObject({ results: [{}, {}, { changed: ["color"] }, {}] });
    expect(JSON.stringify(await door.exported(template))).toContain("$5.99 a month");
    expect(door.registry.find(template)?.revision).toBe(1);
  });

  test("[BATCH-2] writes nothing when one edit fails, and says which", async () => {
    const { door, template, agent } = await setting("2026");
    const fail = async (...edits: { tool: string; arguments?: object }[]) => {
      const reply = await agent.call("apply_edits", { edits });
      expect(door.registry.find(template)?.revision ?? 0).toBe(0);
      return reply.error;
    };
    const good = { tool: "update_title", arguments: { elementId: titleId, text: "Summer" } };
    const rows: readonly [{ tool: string; arguments?: object }, number, RegExp][] = [
      [
        { tool: "update_title", arguments: { elementId: "none", text: "x" } },
        1,
        /^edits\.1: beefree_update_title: .*none/,
      ],
      [{ tool: "update_title", arguments: { elementId: "$0.rowId" } }, 1, /edit 0 answered with elementId, changed/],
      [{ tool: "update_title", arguments: { elementId: "$1.elementId" } }, 1, /only|0 to 0 are before/],
      [{ tool: "update_titel" }, 1, /update_titel is no tool that edits\. Nearest: beefree_update_title/],
      [{ tool: "get_content_hierarchy" }, 1, /only reads; call it by itself/],
      [{ tool: "apply_edits" }, 1, /is no tool that edits/],
      [{ tool: "update_title", arguments: { elementId: titleId, sise: 3 } }, 1, /Unknown argument sise/],
    ];
    for (const [bad, edit, message] of rows) {
      const error = await fail(good, bad);
      expect(error).toMatchObject({ data: { edit }, message: expect.stringMatching(message) });
      expect(error).toMatchObject({ message: expect.stringMatching(/Nothing was written/) });
    }
    expect(await agent.call("apply_edits", { edits: [] })).toMatchObject({ error: { code: "INVALID_INPUT" } });
  });

  test("[BATCH-2] a refusal of the whole is told as one of the edit it is about", async () => {
    const { door, template, agent } = await setting("2026", { policy: { protectedElements: [titleId] } });
    const reply = await agent.call("apply_edits", {
      edits: [
        { tool: "add_title", arguments: { section: 0, text: "New" } },
        { tool: "delete_element", arguments: { elementId: "row-1" } },
      ],
    });
    expect(reply.error).toMatchObject({ code: "POLICY_REFUSED", data: { edit: 1, tool: "delete_element" } });
    expect(door.registry.find(template)?.revision).toBe(0);
  });

  test("[BATCH-3] may be tried dry, and is carried out once under its key", async () => {
    const { door, template, agent } = await setting("2026");
    const edits = [{ tool: "add_title", arguments: { section: 0, text: "New" } }];
    expect(await agent.call("apply_edits", { edits, dryRun: true })).toMatchObject({ dryRun: true, results: [{}] });
    const first = await agent.call("apply_edits", { edits, idempotencyKey: "b-1" });
    expect(await agent.call("apply_edits", { edits, idempotencyKey: "b-1" })).toStrictEqual(first);
    expect(door.registry.find(template)?.revision).toBe(1);
  });
});

describe("a policy of the API key", () => {
  test("[POL-1] lists only the tools it allows, always in the same order, and refuses the others", async () => {
    const { agent } = await setting("2026", {
      policy: { tools: ["update_title", "get_content_hierarchy", "apply_edits"] },
    });
    const { tools } = await agent.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      "beefree_get_content_hierarchy",
      "beefree_update_title",
      "beefree_apply_edits",
    ]);
    expect(await agent.call("add_title", { section: 0, text: "x" })).toMatchObject({
      error: { code: "POLICY_REFUSED", message: expect.stringMatching(/Allowed: beefree_get_content_hierarchy, /) },
    });
    const edits = [{ tool: "delete_element", arguments: { elementId: titleId } }];
    expect(await agent.call("apply_edits", { edits })).toMatchObject({ error: { code: "POLICY_REFUSED" } });
    expect(await agent.call("update_title", { elementId: titleId, text: "Go" })).toMatchObject({ changed: ["text"] });
  });

  test("[POL-2] a key that may only read is shown the tools that read", async () => {
    const { agent } = await setting("2026", { policy: { access: "read-only" } });
    const { tools } = await agent.client.listTools();
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true);
    const refused = await agent.call("update_title", { elementId: titleId, text: "Go", dryRun: true });
    expect(refused).toMatchObject({ error: { code: "POLICY_REFUSED" } });
  });

  test("[POL-3] another prefix, or none, is in names, descriptions and errors", async () => {
    const door = await openDoor({ prefix: "mail_" });
    const agent = await connectAgent(door, { era: "2026", template: await door.createTemplate(page) });
    const { tools } = await agent.client.listTools();
    expect(tools.every(({ name }) => name.startsWith("mail_"))).toBe(true);
    expect(JSON.stringify(tools)).not.toContain("beefree_");
    const failed = await agent.client.callTool({ name: "mail_delete_element", arguments: { elementId: "none" } });
    expect(JSON.stringify(failed.content)).toContain("mail_get_content_hierarchy");
  });
});
