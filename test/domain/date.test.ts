import { describe, expect, it } from "vitest";
import { easternClock, easternDate, isIsoDate } from "../../src/domain/index.ts";

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

describe("the date in Washington", () => {
  it("is what the clock there shows, at every minute around midnight, the new year and the change of the clocks", () => {
    const days = [
      "2023-01-01",
      "2023-03-12",
      "2023-05-23",
      "2023-11-05",
      "2023-12-31",
      "2024-02-29",
      "2006-04-02",
    ];
    for (const day of [...days, "1974-01-06", "1942-02-09", "1884-01-01", "1883-11-18", "0990-06-01"]) {
      const start = Date.parse(`${day}T00:00:00Z`);
      for (let minute = -2; minute <= 24 * 60; minute += minute > 180 && minute < 360 ? 1 : 7) {
        for (const ms of [0, 59_999]) {
          const at = new Date(start + minute * 60_000 + ms).toISOString();
          expect(easternDate(at), at).toBe(easternClock(at).date);
        }
      }
    }
    expect(easternDate("2024-01-01T04:59:59Z")).toBe("2023-12-31");
    expect(easternDate("2024-01-01T05:00:00Z")).toBe("2024-01-01");
    expect(() => easternDate("never")).toThrow();
  });
});
