import { expect, it } from "vitest";
import { requireSameReader } from "../../src/app/look/same-reader.ts";

const head = { list: "sdn", segment: "live", interpreter: "enhanced/1" } as const;

it("lets a chain go on with the reader that began it, and begin with any", () => {
  expect(() => requireSameReader(head, { interpreter: "enhanced/1" })).not.toThrow();
  expect(() => requireSameReader(undefined, { interpreter: "enhanced/2" })).not.toThrow();
});

it("refuses another version of the reader: its differences are not OFAC's changes", () => {
  expect(() => requireSameReader(head, { interpreter: "enhanced/2" })).toThrow(
    /sdn\/live: expected a list read by enhanced\/1, as its chain is, found enhanced\/2/,
  );
});
