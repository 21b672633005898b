import { describe, expect, it } from "vitest";
import { isIsoDate } from "../../src/domain/index.ts";

describe("calendar dates", () => {
  it("are those that the engine's own calendar has", () => {
    let dates = 0;
    for (const year of [
      "0000",
      "0001",
      "1582",
      "1900",
      "1999",
      "2000",
      "2023",
      "2024",
      "2100",
      "2400",
      "9999",
    ]) {
      for (let month = 0; month <= 13; month++) {
        for (let day = 0; day <= 32; day++) {
          const text = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
          const at = new Date(`${text}T00:00:00Z`);
          const exists = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
          expect(isIsoDate(text), text).toBe(exists);
          if (exists) dates += 1;
        }
      }
    }
    expect(dates).toBe(11 * 365 + 4);
    for (const text of ["", "2023-5-23", "2023-05-23T00:00", " 2023-05-23", "2023-0a-01"]) {
      expect(isIsoDate(text), text).toBe(false);
    }
  });
});
