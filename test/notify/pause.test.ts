import { describe, expect, it } from "vitest";
import { type HandOver, keyRing, type SendInput, send } from "../../src/notify/index.ts";
import { OLDER_SECRET, publication, render, SECRET, subscription } from "./composed.ts";
import { MemoryStore } from "./memory-store.ts";

const SENT: HandOver = { outcome: "sent", code: "" };
const REFUSED: HandOver = { outcome: "failed-permanent", code: "smtp-550-rcpt" };
const old = keyRing([OLDER_SECRET]);
const rotated = keyRing([SECRET, OLDER_SECRET]);
const dates = ["2023-05-23", "2023-05-24", "2023-05-25", "2023-05-26", "2023-05-27"];

/** Publishes a day at a time; each is answered so, under those secrets. Gives what was paused at the end. */
async function days(answers: readonly (readonly [HandOver, SendInput["keys"]])[]): Promise<number> {
  const store = new MemoryStore();
  const told = async (count: number, answer: HandOver, keys: SendInput["keys"]) =>
    send({
      publications: dates.slice(0, count).map((date) => publication({ date })),
      subscriptions: [subscription("ada")],
      keys,
      now: `${dates[count - 1]}T19:00:00Z`,
      lookedAt: null,
      render,
      channels: {
        mail: {
          links: () => ({ unsubscribe: [] }),
          prepare: async ({ key }) => ({ reference: key, handOver: async () => answer }),
          close: async () => {},
        },
      },
      store,
      sleep: async () => {},
    });
  for (const [at, [answer, keys]] of answers.entries()) await told(at + 1, answer, keys);
  const last = await told(answers.length + 1, SENT, rotated);
  return last.paused.length;
}

describe("a reader under a secret that was rotated", () => {
  it("is not paused for refusals before a success under the new secret", async () => {
    expect(
      await days([
        [REFUSED, old],
        [REFUSED, old],
        [SENT, rotated],
        [REFUSED, rotated],
      ]),
    ).toBe(0);
  });

  it("is paused for three in a row, whichever secret they were recorded under", async () => {
    expect(
      await days([
        [SENT, old],
        [REFUSED, old],
        [REFUSED, old],
        [REFUSED, rotated],
      ]),
    ).toBe(1);
  });
});
