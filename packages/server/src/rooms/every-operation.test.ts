import { type Actor, type AnyOperation, WaggleError } from "@waggle/contract";
import { editOperations, type OperationContext } from "@waggle/operations";
import { exportPage } from "@waggle/template";
import { htmlCodec } from "@waggle/template/html";
import { describe, expect, test } from "vitest";
import { Client } from "./clients.test-suite.ts";
import { ann, columnId, lumen, page, rowId, scout, titleId, withHouse } from "./fixtures.test-suite.ts";
import type { Room } from "./room.ts";

type EditOperation = AnyOperation<OperationContext>;
type Input = Readonly<Record<string, unknown>>;

const catalogue: readonly EditOperation[] = editOperations;
const names = catalogue.map(({ name }) => name);
const withTarget = names.filter((name) => !name.startsWith("add_") && !name.startsWith("set_"));
const updates = names.filter((name) => /^(update|set)_/.test(name));

/** The argument that says what is changed. */
const targetArguments = ["elementId", "sectionId", "columnId"] as const;
/** Two values of one argument that every one of them has, or one of its own. */
const eitherOr: Readonly<Record<string, readonly [Input, Input]>> = {
  update_column_style: [{ paddingTop: 11 }, { paddingTop: 12 }],
  set_email_metadata: [{ subject: "Theirs" }, { subject: "Ours" }],
  set_email_default_styles: [{ backgroundColor: "#111111" }, { backgroundColor: "#222222" }],
};

function operationOf(name: string): EditOperation {
  const found = catalogue.find((each) => each.name === name);
  if (!found) throw new Error(`No operation ${name}.`);
  return found;
}

interface Scene {
  readonly room: Room;
  readonly templateId: string;
  readonly syncUrl: string;
  /** The arguments of a valid call, on elements that are there. */
  inputOf(name: string): Promise<Input>;
}

async function withScene(use: (scene: Scene) => Promise<void>): Promise<void> {
  await withHouse(async ({ sessions, registry, syncUrl }) => {
    const { templateId } = await sessions.createTemplate({ clientId: ann.clientId, template: page() });
    const room = await registry.open(templateId);
    await use({ room, templateId, syncUrl, inputOf: (name) => exampleFor(room, name) });
  });
}

/** The first example of an operation, with ids of this template; what it changes is made first. */
async function exampleFor(room: Room, name: string): Promise<Input> {
  // Examples are objects by the schemas of the operations.
  const example = operationOf(name).examples[0]?.input as Input;
  const argument = targetArguments.find((each) => each in example);
  const placed = "section" in example ? { ...example, section: rowId, column: 0 } : example;
  if (argument === undefined) return withoutPlace(placed);
  if (argument === "sectionId") return { ...placed, sectionId: rowId };
  if (argument === "columnId") return { ...placed, columnId };
  const maker = name.replace(/^update_/, "add_");
  const made = names.includes(maker) && maker !== name ? await makeBlock(room, maker) : titleId;
  return { ...placed, elementId: made };
}

function withoutPlace(input: Input): Input {
  const { before_row_id: _before, ...rest } = input;
  return rest;
}

async function makeBlock(room: Room, maker: string): Promise<string> {
  const { output } = await run(room, { actor: lumen, name: maker, input: await exampleFor(room, maker) });
  return String(Reflect.get(Object(output), "elementId"));
}

interface Call {
  readonly actor: Actor;
  readonly name: string;
  readonly input: Input;
}

const run = (room: Room, { actor, name, input }: Call) => room.run({ actor, operation: operationOf(name), input });

async function refusalOf(call: Promise<unknown>): Promise<WaggleError> {
  const failure = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (failure instanceof WaggleError) return failure;
  throw new Error("Expected a refusal.", { cause: failure });
}

const exportOf = ({ snapshot }: Room) => exportPage(snapshot, { codec: htmlCodec });

describe.each(names)("%s", (name) => {
  test("does what its example says, as one change, and leaves a valid template", () =>
    withScene(async ({ room, inputOf }) => {
      const input = await inputOf(name);
      const before = room.revision;
      const { changed, revision, output } = await run(room, { actor: scout, name, input });
      expect([changed, revision]).toEqual([true, before + 1]);
      expect(operationOf(name).output.safeParse(output).success).toBe(true);
      expect(exportOf(room)).toHaveProperty("page.rows");
    }));

  test("refuses an argument it does not know, by name, and changes nothing", () =>
    withScene(async ({ room, inputOf }) => {
      const input = { ...(await inputOf(name)), sprinkles: true };
      const before = room.revision;
      const refusal = await refusalOf(run(room, { actor: scout, name, input }));
      expect([refusal.code, room.revision]).toEqual(["INVALID_INPUT", before]);
      expect(refusal.message).toContain("sprinkles");
    }));

  test("as a dry run answers the same and writes nothing", () =>
    withScene(async ({ room, inputOf }) => {
      const input = await inputOf(name);
      const [before, json] = [room.revision, JSON.stringify(exportOf(room))];
      const tried = await room.run({ actor: scout, operation: operationOf(name), input, isDryRun: true });
      expect([room.revision, JSON.stringify(exportOf(room))]).toEqual([before, json]);
      const done = await run(room, { actor: scout, name, input });
      expect(Object.keys(Object(tried.output))).toEqual(Object.keys(Object(done.output)));
    }));

  test("repeated under its key is done once, and answers the same", () =>
    withScene(async ({ room, inputOf }) => {
      const request = {
        actor: scout,
        operation: operationOf(name),
        input: await inputOf(name),
        call: { callKey: "once", fingerprint: name },
      };
      const first = await room.run(request);
      const again = await room.run(request);
      expect(again.output).toEqual(first.output);
      expect(room.revision).toBe(first.revision);
    }));
});

test.each(withTarget)("%s on an element that is not there says so", (name) =>
  withScene(async ({ room, inputOf }) => {
    const input = await inputOf(name);
    const argument = targetArguments.find((each) => each in input) ?? "elementId";
    const gone = { ...input, [argument]: "99999999-9999-4999-8999-999999999999" };
    expect((await refusalOf(run(room, { actor: scout, name, input: gone }))).code).toBe("ELEMENT_NOT_FOUND");
  }),
);

test.each(updates)("%s does not overwrite what somebody else has set since the agent looked", (name) =>
  withScene(async ({ room, inputOf }) => {
    const given = await inputOf(name);
    const [theirs, ours] = eitherOr[name] ?? [{ hideOnMobile: true }, { hideOnMobile: false }];
    const target = Object.fromEntries(
      Object.entries(given).filter(([key]) => targetArguments.some((each) => each === key)),
    );
    // The agent comes, and looks at nothing.
    room.agentSeen(scout);
    await run(room, { actor: lumen, name, input: { ...target, ...theirs } });
    const before = room.revision;

    const refusal = await refusalOf(run(room, { actor: scout, name, input: { ...target, ...ours } }));

    expect([refusal.code, room.revision]).toEqual(["STALE_WRITE", before]);
    // It knows now what it would overwrite.
    expect((await run(room, { actor: scout, name, input: { ...target, ...ours } })).changed).toBe(true);
  }),
);

test.each(withTarget)("%s leaves alone what another person has selected", (name) =>
  withScene(async ({ room, inputOf, templateId, syncUrl }) => {
    const input = await inputOf(name);
    const target = String(targetArguments.map((each) => input[each]).find((each) => each !== undefined));
    await Client.join({ syncUrl, templateId, token: "acme:ann", instance: "ann", username: "ann" });
    const maya = await Client.join({ syncUrl, templateId, token: "acme:maya", instance: "maya", username: "maya" });
    await maya.select(target);
    const before = room.revision;

    const refusal = await refusalOf(run(room, { actor: { ...scout, owner: "ann" }, name, input }));

    expect([refusal.code, room.revision]).toEqual(["LOCKED", before]);
  }),
);
