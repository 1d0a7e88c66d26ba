import { expect, test } from "vitest";
import { Emitter } from "./emitter.ts";

interface Events {
  said: string;
}

test("[DOC-5] a listener that throws keeps nobody else from being called, and is reported", () => {
  const thrown: unknown[] = [];
  const emitter = new Emitter<Events>((failure, name) => thrown.push([name, failure]));
  const heard: string[] = [];
  emitter.on("said", () => {
    throw "broken";
  });
  emitter.on("said", (word) => heard.push(word));

  emitter.emit("said", "hello");

  expect(heard).toEqual(["hello"]);
  expect(thrown).toEqual([["said", "broken"]]);
});

test("[DOC-5] a listener taken off is not called, also when it is taken off while the event is told", () => {
  const emitter = new Emitter<Events>(() => undefined);
  const heard: string[] = [];
  const off = emitter.on("said", (word) => heard.push(word));
  emitter.on("said", () => off());

  emitter.emit("said", "once");
  emitter.emit("said", "twice");
  off();

  expect(heard).toEqual(["once"]);
});
