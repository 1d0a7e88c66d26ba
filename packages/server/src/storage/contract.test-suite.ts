import { WaggleError } from "@waggle/contract";
import { expect, test } from "vitest";
import { bytes, letterOf, storedEntry, templateRecord, typedEntry } from "./fixtures.test.support.ts";
import { appendRefusal, type CompactRequest, type Storage, type StoredEntry } from "./storage.ts";

/** Runs `use` on a fresh store and closes it. */
export type WithStorage = (use: (storage: Storage) => Promise<void>) => Promise<void>;

/** What every adapter of the storage port owes. */
export function describeStorage(withStorage: WithStorage): void {
  describeRecords(withStorage);
  describeLog(withStorage);
  describeReceipts(withStorage);
  describeSnapshots(withStorage);
  describeCompaction(withStorage);
  describeCompactionAmidWork(withStorage);
  describeKeys(withStorage);
}

/** The code a promise rejects with. */
async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof WaggleError)) throw new Error("Expected a WaggleError.", { cause: error });
  return appendRefusal(error) ?? error.code;
}

function describeRecords(withStorage: WithStorage): void {
  test("a record comes back as it was created, optional fields included", () =>
    withStorage(async (storage) => {
      const full = templateRecord("tpl_a", {
        kind: "api",
        ownerHandle: "ann",
        mergeTags: [{ name: "{{first}}" }],
        policy: { access: "no-structure", protectedElements: ["footer"] },
      });
      const bare = templateRecord("tpl_b");
      await storage.createTemplate(full, bytes(1));
      await storage.createTemplate(bare, bytes(2));
      expect(await storage.findTemplate("tpl_a")).toStrictEqual(full);
      expect(await storage.findTemplate("tpl_b")).toStrictEqual(bare);
      expect(await storage.findTemplate("tpl_none")).toBeUndefined();
    }));

  test("an id is taken once", () =>
    withStorage(async (storage) => {
      await storage.createTemplate(templateRecord("tpl_a"), bytes(1));
      await expect(storage.createTemplate(templateRecord("tpl_a"), bytes(2))).rejects.toThrow();
      expect((await storage.loadDocument("tpl_a")).state).toStrictEqual(bytes(1));
    }));

  test("only the patched fields of a record change", () =>
    withStorage(async (storage) => {
      await storage.createTemplate(templateRecord("tpl_a"), bytes(1));
      await storage.changeTemplate("tpl_a", { state: "sealed", expiresAt: 9_000 });
      await storage.changeTemplate("tpl_a", {});
      const expected = templateRecord("tpl_a", { state: "sealed", expiresAt: 9_000 });
      expect(await storage.findTemplate("tpl_a")).toStrictEqual(expected);
      expect(await codeOf(storage.changeTemplate("tpl_none", { generation: 2 }))).toBe("TEMPLATE_NOT_FOUND");
    }));

  test("what has expired goes, with its log and document; the rest stays", () =>
    withStorage(async (storage) => {
      await storage.createTemplate(templateRecord("tpl_old", { expiresAt: 10 }), bytes(1));
      await storage.createTemplate(templateRecord("tpl_new", { expiresAt: 11 }), bytes(2));
      await storage.append("tpl_old", await storage.acquireLease("tpl_old"), storedEntry(1));
      expect(await storage.deleteExpired(10)).toStrictEqual(["tpl_old"]);
      expect(await storage.deleteExpired(10)).toStrictEqual([]);
      expect(await storage.entriesSince("tpl_old", 0)).toStrictEqual([]);
      expect(await codeOf(storage.loadDocument("tpl_old"))).toBe("TEMPLATE_NOT_FOUND");
      expect((await storage.loadDocument("tpl_new")).state).toStrictEqual(bytes(2));
    }));
}

function describeLog(withStorage: WithStorage): void {
  test("entries come back in order and whole, also after a revision and up to a limit", () =>
    withStorage(async (storage) => {
      await storage.createTemplate(templateRecord("tpl_a"), bytes(1));
      const epoch = await storage.acquireLease("tpl_a");
      const entries = [storedEntry(1), storedEntry(2, { operation: "revert", excluded: [1] }), storedEntry(3)];
      await Promise.all(entries.map((entry) => storage.append("tpl_a", epoch, entry)));
      expect(await storage.entriesSince("tpl_a", 0)).toStrictEqual(entries);
      expect(await storage.entriesSince("tpl_a", 1, 1)).toStrictEqual([entries[1]]);
      expect(await storage.entriesSince("tpl_a", 3)).toStrictEqual([]);
    }));

  test("epochs count up from 1 and every older one is refused", () =>
    withStorage(async (storage) => {
      await storage.createTemplate(templateRecord("tpl_a"), bytes(1));
      const old = await storage.acquireLease("tpl_a");
      await storage.append("tpl_a", old, storedEntry(1));
      const current = await storage.acquireLease("tpl_a");
      expect([old, current]).toStrictEqual([1, 2]);
      expect(await codeOf(storage.append("tpl_a", old, storedEntry(2)))).toBe("stale-epoch");
      await storage.append("tpl_a", current, storedEntry(2));
      expect(await codeOf(storage.acquireLease("tpl_none"))).toBe("TEMPLATE_NOT_FOUND");
    }));

  test("no revision is written twice or left out", () =>
    withStorage(async (storage) => {
      await storage.createTemplate(templateRecord("tpl_a"), bytes(1));
      const epoch = await storage.acquireLease("tpl_a");
      expect(await codeOf(storage.append("tpl_a", epoch, storedEntry(2)))).toBe("not-next-revision");
      await storage.append("tpl_a", epoch, storedEntry(1));
      expect(await codeOf(storage.append("tpl_a", epoch, storedEntry(1)))).toBe("not-next-revision");
      expect(await codeOf(storage.append("tpl_none", 1, storedEntry(1)))).toBe("template-gone");
    }));

  test("one refused append harms no other that shares its commit", () =>
    withStorage(async (storage) => {
      const ids = ["tpl_a", "tpl_b", "tpl_c"];
      for (const id of ids) await storage.createTemplate(templateRecord(id), bytes(1));
      const epochs = await Promise.all(ids.map((id) => storage.acquireLease(id)));
      await storage.acquireLease("tpl_b");
      const outcomes = await Promise.allSettled(ids.map((id, i) => storage.append(id, epochs[i] ?? 0, storedEntry(1))));
      expect(outcomes.map(({ status }) => status)).toStrictEqual(["fulfilled", "rejected", "fulfilled"]);
      const logged = await Promise.all(ids.map((id) => storage.entriesSince(id, 0)));
      expect(logged.map(({ length }) => length)).toStrictEqual([1, 0, 1]);
    }));

  test("appends keep their order while templates are created between them", () =>
    withStorage(async (storage) => {
      await storage.createTemplate(templateRecord("tpl_a"), bytes(1));
      const epoch = await storage.acquireLease("tpl_a");
      const work: Promise<unknown>[] = [];
      for (let revision = 1; revision <= 200; revision++) {
        work.push(storage.append("tpl_a", epoch, storedEntry(revision)));
        if (revision % 5 === 0) work.push(storage.createTemplate(templateRecord(`tpl_${revision}`), bytes(revision)));
      }
      await Promise.all(work);
      expect((await storage.loadDocument("tpl_a")).revision).toBe(200);
      expect((await storage.loadDocument("tpl_200")).state).toStrictEqual(bytes(200));
    }));
}

function describeReceipts(withStorage: WithStorage): void {
  const receipt = { callKey: "key-1 a", fingerprint: "f1", outcome: { output: { elementId: "title" } } };

  test("a receipt is found by its key and template, and is no part of the entry", () =>
    withStorage(async (storage) => {
      for (const id of ["tpl_a", "tpl_b"]) await storage.createTemplate(templateRecord(id), bytes(1));
      const epoch = await storage.acquireLease("tpl_a");
      await storage.append("tpl_a", epoch, { ...storedEntry(1), receipt });
      expect(await storage.findReceipt("tpl_a", "key-1 a")).toStrictEqual(receipt);
      expect(await storage.findReceipt("tpl_a", "key-1 b")).toBeUndefined();
      expect(await storage.findReceipt("tpl_b", "key-1 a")).toBeUndefined();
      expect(await storage.entriesSince("tpl_a", 0)).toStrictEqual([storedEntry(1)]);
    }));

  test("an entry that is refused leaves no receipt", () =>
    withStorage(async (storage) => {
      await storage.createTemplate(templateRecord("tpl_a"), bytes(1));
      await storage.acquireLease("tpl_a");
      await storage.acquireLease("tpl_a");
      const append = storage.append("tpl_a", 1, { ...storedEntry(1), receipt });
      expect(await codeOf(append)).toBe("stale-epoch");
      expect(await storage.findReceipt("tpl_a", "key-1 a")).toBeUndefined();
    }));

  test("compacting a log keeps receipts, each with its own entry", () =>
    withStorage(async (storage) => {
      const { epoch, compact } = await templateWith(storage, upTo(4), []);
      await storage.append("tpl_a", epoch, { ...typedEntry(5), receipt });
      await Promise.all([6, 7, 8].map((revision) => storage.append("tpl_a", epoch, typedEntry(revision))));
      for (const revision of [7, 8]) await storage.writeSnapshot("tpl_a", revision, bytes(revision));
      expect((await compact({ upTo: 5 })).isDone).toBe(true);
      expect((await compact()).isDone).toBe(true);
      expect(spans(await storage.entriesSince("tpl_a", 0))).toStrictEqual([
        [1, 4],
        [5, 5],
        [6, 7],
        [8, 8],
      ]);
      expect(await storage.findReceipt("tpl_a", "key-1 a")).toStrictEqual(receipt);
    }));
}

function describeSnapshots(withStorage: WithStorage): void {
  test("a document is its newest snapshot and the updates after it", () =>
    withStorage(async (storage) => {
      await storage.createTemplate(templateRecord("tpl_a"), bytes(7));
      expect(await storage.loadDocument("tpl_a")).toStrictEqual({ revision: 0, state: bytes(7), updates: [] });
      const epoch = await storage.acquireLease("tpl_a");
      for (let revision = 1; revision <= 5; revision++) await storage.append("tpl_a", epoch, storedEntry(revision));
      await storage.writeSnapshot("tpl_a", 3, bytes(33));
      const updates = [storedEntry(4).update, storedEntry(5).update];
      expect(await storage.loadDocument("tpl_a")).toStrictEqual({ revision: 5, state: bytes(33), updates });
    }));

  test("a snapshot of one revision may be written again, but not of one the log does not have", () =>
    withStorage(async (storage) => {
      await storage.createTemplate(templateRecord("tpl_a"), bytes(7));
      await storage.writeSnapshot("tpl_a", 0, bytes(8));
      expect((await storage.loadDocument("tpl_a")).state).toStrictEqual(bytes(8));
      expect(await codeOf(storage.writeSnapshot("tpl_a", 1, bytes(9)))).toBe("INVALID_CHANGE");
    }));

  test("bytes that are a part of a larger buffer are stored as that part", () =>
    withStorage(async (storage) => {
      await storage.createTemplate(templateRecord("tpl_a"), new Uint8Array(1024).fill(5).subarray(10, 13));
      const epoch = await storage.acquireLease("tpl_a");
      await storage.append("tpl_a", epoch, storedEntry(1, { update: Buffer.from("xyz").subarray(1, 2) }));
      const expected = { revision: 1, state: bytes(5, 5, 5), updates: [bytes(121)] };
      expect(await storage.loadDocument("tpl_a")).toStrictEqual(expected);
    }));
}

const everything: CompactRequest = { upTo: Number.MAX_SAFE_INTEGER, limit: 1_000, longestPauseMs: 10_000 };

/** A template with these entries and snapshots at these revisions. */
async function templateWith(storage: Storage, entries: readonly StoredEntry[], snapshots: readonly number[]) {
  await storage.createTemplate(templateRecord("tpl_a"), bytes(7));
  const epoch = await storage.acquireLease("tpl_a");
  await Promise.all(entries.map((entry) => storage.append("tpl_a", epoch, entry)));
  for (const revision of snapshots) await storage.writeSnapshot("tpl_a", revision, bytes(100 + revision));
  return {
    epoch,
    compact: (rest: Partial<CompactRequest> = {}) => storage.compactLog("tpl_a", epoch, { ...everything, ...rest }),
  };
}

function upTo(last: number, entryOf: (revision: number) => StoredEntry = typedEntry): StoredEntry[] {
  return Array.from({ length: last }, (_, i) => entryOf(i + 1));
}

/** A run of typing as one entry. */
function typedRun(from: number, last: number): StoredEntry {
  const letters = Array.from({ length: last - from + 1 }, (_, i) => letterOf(from + i)).join("");
  const before = from > 1 ? [{ keep: from - 1 }] : [];
  const changeSet = { title: { "/text": { text: [...before, { insert: letters }] } } };
  return typedEntry(last, { changeSet, update: bytes(), from });
}

const spans = (entries: readonly StoredEntry[]) => entries.map(({ from, revision }) => [from ?? revision, revision]);

function describeCompaction(withStorage: WithStorage): void {
  test("typing becomes one entry as far as the older of two snapshots goes; what follows keeps entries and updates", () =>
    withStorage(async (storage) => {
      const { compact } = await templateWith(storage, upTo(9), [5, 8]);
      expect(await compact()).toStrictEqual({ revision: 5, before: 5, after: 1, isDone: true });
      const rest = [6, 7, 8, 9].map((revision) => typedEntry(revision));
      expect(await storage.entriesSince("tpl_a", 0)).toStrictEqual([typedRun(1, 5), ...rest]);
      expect(await storage.loadDocument("tpl_a")).toStrictEqual({
        revision: 9,
        state: bytes(108),
        updates: [typedEntry(9).update],
      });
      expect(await compact()).toStrictEqual({ revision: 5, before: 0, after: 0, isDone: true });
    }));

  test("nothing is compacted that the caller still wants, or that only one snapshot covers", () =>
    withStorage(async (storage) => {
      const { epoch, compact } = await templateWith(storage, upTo(9), []);
      const before = await storage.entriesSince("tpl_a", 0);
      expect((await compact()).before).toBe(0);
      await storage.writeSnapshot("tpl_a", 6, bytes(6));
      expect((await compact()).before).toBe(0);
      expect(await storage.entriesSince("tpl_a", 0)).toStrictEqual(before);
      await storage.writeSnapshot("tpl_a", 9, bytes(9));
      expect((await compact({ upTo: 3 })).revision).toBe(3);
      expect(spans(await storage.entriesSince("tpl_a", 0))[0]).toStrictEqual([1, 3]);
      await storage.append("tpl_a", epoch, typedEntry(10));
    }));

  test("part by part it comes to the same, and a run goes on across parts and calls", () =>
    withStorage(async (storage) => {
      const { compact } = await templateWith(storage, upTo(40), [30, 40]);
      const parts: number[] = [];
      for (let isDone = false; !isDone; ) {
        const part = await compact({ limit: 7, upTo: 25 });
        parts.push(part.revision);
        isDone = part.isDone;
      }
      expect(parts.length).toBeGreaterThan(2);
      expect(spans(await storage.entriesSince("tpl_a", 0))[0]).toStrictEqual([1, 25]);
      expect((await compact()).isDone).toBe(true);
      const [run, ...rest] = await storage.entriesSince("tpl_a", 0);
      expect(run).toStrictEqual(typedRun(1, 30));
      expect(rest).toStrictEqual(upTo(40).slice(30));
    }));

  test("whoever asks from the midst of a run gets the whole run, which says where it begins", () =>
    withStorage(async (storage) => {
      const { compact } = await templateWith(storage, upTo(9), [5, 8]);
      await compact();
      expect(spans(await storage.entriesSince("tpl_a", 2))).toStrictEqual([[1, 5], ...[6, 7, 8, 9].map((r) => [r, r])]);
      expect(spans(await storage.entriesSince("tpl_a", 5, 1))).toStrictEqual([[6, 6]]);
    }));
}

function describeCompactionAmidWork(withStorage: WithStorage): void {
  test("pauses, other people and reverts part runs, a revert behind the compacted part too", () =>
    withStorage(async (storage) => {
      const other = { kind: "person", id: "person-2", name: "Jonas" } as const;
      const entries = upTo(12, (revision) => {
        if (revision === 3) return typedEntry(3, { actor: other });
        if (revision >= 6) return typedEntry(revision, { at: typedEntry(revision).at + 60_000 });
        return typedEntry(revision);
      });
      const revert = storedEntry(13, { operation: "revert", changeSet: {}, excluded: [7, 8] });
      const { compact } = await templateWith(storage, [...entries, revert], [12, 13]);
      await compact();
      const compacted = await storage.entriesSince("tpl_a", 0);
      expect(spans(compacted)).toStrictEqual([
        [1, 2],
        [3, 3],
        [4, 5],
        [6, 6],
        [7, 8],
        [9, 12],
        [13, 13],
      ]);
      expect(compacted.at(-1)).toStrictEqual(revert);
    }));

  test("an owner before is refused, and so is a template that is not there", () =>
    withStorage(async (storage) => {
      const { epoch, compact } = await templateWith(storage, upTo(9), [5, 8]);
      const before = await storage.entriesSince("tpl_a", 0);
      await storage.acquireLease("tpl_a");
      expect(await codeOf(compact())).toBe("stale-epoch");
      expect(await codeOf(storage.compactLog("tpl_none", epoch, everything))).toBe("TEMPLATE_NOT_FOUND");
      expect(await storage.entriesSince("tpl_a", 0)).toStrictEqual(before);
    }));

  test("entries are appended, and read whole, while a log is compacted; two at once do it once", () =>
    withStorage(async (storage) => {
      const { epoch, compact } = await templateWith(storage, upTo(400), [300, 400]);
      const appends = Array.from({ length: 50 }, (_, i) => storage.append("tpl_a", epoch, typedEntry(401 + i)));
      const work = [compact({ limit: 100 }), compact({ limit: 100 }), storage.entriesSince("tpl_a", 0)] as const;
      const [first, second, read] = await Promise.allSettled(work);
      await Promise.all(appends);
      expect([first, second].filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
      if (read.status === "rejected") throw read.reason;
      expect(coveredBy(read.value)).toBe(true);
      while (!(await compact()).isDone);
      const log = await storage.entriesSince("tpl_a", 0);
      expect(coveredBy(log)).toBe(true);
      expect(log.at(-1)).toStrictEqual(typedEntry(450));
      expect(log[0]).toStrictEqual(typedRun(1, 300));
    }));
}

/** Whether the entries stand for all revisions in order, each once. */
function coveredBy(entries: readonly StoredEntry[]): boolean {
  return spans(entries).every(([from], i, all) => from === (all[i - 1]?.[1] ?? 0) + 1);
}

function describeKeys(withStorage: WithStorage): void {
  test("a key is found by its hash until another takes its id", () =>
    withStorage(async (storage) => {
      const key = { id: "default", hash: "aa", clientId: "acme", createdAt: 5 };
      await storage.saveApiKey(key);
      expect(await storage.findApiKey("aa")).toStrictEqual(key);
      await storage.saveApiKey({ ...key, hash: "bb" });
      expect(await storage.findApiKey("aa")).toBeUndefined();
      expect(await storage.findApiKey("bb")).toStrictEqual({ ...key, hash: "bb" });
    }));

  test("a key keeps its policy, and replaced keys are gone", () =>
    withStorage(async (storage) => {
      const key = { id: "default", hash: "aa", clientId: "acme", createdAt: 5 };
      const copyDesk = { ...key, id: "copy-desk", hash: "bb", policy: { access: "text-only" as const } };
      await storage.replaceApiKeys([key, copyDesk]);
      expect(await storage.findApiKey("bb")).toStrictEqual(copyDesk);
      await storage.replaceApiKeys([{ ...key, hash: "bb" }]);
      expect(await storage.findApiKey("aa")).toBeUndefined();
      expect(await storage.findApiKey("bb")).toStrictEqual({ ...key, hash: "bb" });
    }));

  test("a secret has 32 bytes, stays the same, and differs by name", () =>
    withStorage(async (storage) => {
      const [first, again, other] = await Promise.all([
        storage.secret("tokens"),
        storage.secret("tokens"),
        storage.secret("client"),
      ]);
      expect(first).toHaveLength(32);
      expect(again).toStrictEqual(first);
      expect(other).not.toStrictEqual(first);
    }));

  test("a closed store refuses, and closing twice is harmless", () =>
    withStorage(async (storage) => {
      await storage.check();
      await storage.createTemplate(templateRecord("tpl_a"), bytes(1));
      const epoch = await storage.acquireLease("tpl_a");
      const begun = storage.append("tpl_a", epoch, storedEntry(1));
      await Promise.all([storage.close(), storage.close()]);
      await begun;
      await expect(storage.check()).rejects.toThrow(/clos/);
      expect(await codeOf(storage.append("tpl_a", epoch, storedEntry(2)))).toBe("disk");
    }));
}
