import type { Participant } from "@waggle/contract";
import { expect, test } from "vitest";
import { PeopleList, toSessionData } from "./people-list.ts";

const ann: Participant = { actor: { kind: "person", id: "p1", name: "Ann" }, color: "#7747ff", since: 1 };
const scout: Participant = {
  actor: { kind: "agent", id: "a1", name: "Scout", owner: "ann" },
  color: "#6d22b5",
  since: 2,
};

function listOfAnn(): PeopleList {
  const people = new PeopleList();
  people.setSelf("p1");
  return people;
}

test("[PRE-1] only the difference between two lists is news, and oneself never", () => {
  const people = listOfAnn();

  expect(people.update([ann])).toEqual({ joined: [], left: [] });
  expect(people.update([ann, scout])).toEqual({ joined: [scout], left: [] });
  expect(people.update([ann, scout])).toEqual({ joined: [], left: [] });
  expect(people.update([ann])).toEqual({ joined: [], left: [scout] });
});

test("[PRE-1] session data holds everyone in the contract's words", () => {
  const people = listOfAnn();
  people.update([ann, scout]);

  expect(toSessionData(people.participants)).toEqual({
    users: {
      p1: { isMcpUser: false, userColor: "#7747ff", userId: "p1", username: "Ann" },
      a1: { isMcpUser: true, userColor: "#6d22b5", userId: "a1", username: "Scout" },
    },
  });
});

test("[PRE-2] people is another object only when something about them changed", () => {
  const people = listOfAnn();
  people.update([ann, scout]);
  const before = people.people;

  expect(people.select(new Map([["a1", "m1"]]))).toBe(true);
  const after = people.people;
  expect(people.select(new Map([["a1", "m1"]]))).toBe(false);
  people.update([ann, scout]);

  expect(after).not.toBe(before);
  expect(people.people).toBe(after);
  expect(after).toEqual([
    { actor: ann.actor, color: "#7747ff", isMcpUser: false, isSelf: true },
    { actor: scout.actor, color: "#6d22b5", isMcpUser: true, isSelf: false, selection: "m1" },
  ]);
});
