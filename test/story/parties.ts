import type { ComposedParty } from "../support/compose-legacy.ts";

/*
 * Parties of the story. Every name is invented and says so; they are written in OFAC's format and are no copy of its data.
 */

const COUNTRIES = ["Cuba", "Iran", "Russia", "Panama"] as const;

/** An entity; its uid makes it unlike any other. */
export function firm(uid: number, program: string, more: Partial<ComposedParty> = {}): ComposedParty {
  return {
    uid,
    type: "Entity",
    lastName: `COMPOSED TRADING ${uid}`,
    programs: [program],
    akas: [[uid * 10, `CT ${uid}`, "weak"]],
    addresses: [[uid * 10 + 1, null, COUNTRIES[uid % COUNTRIES.length] ?? "Cuba"]],
    // Two, so that an export can order them another way.
    ids: [
      [uid * 10 + 2, "Registration Number", `R${uid}`],
      [uid * 10 + 3, "Tax ID No.", `T${uid}`],
    ],
    ...more,
  };
}

export function person(uid: number, program: string): ComposedParty {
  return {
    uid,
    type: "Individual",
    firstName: "Example",
    lastName: `PERSON ${uid}`,
    programs: [program],
    birthDates: [[uid * 10, "25 Apr 1965"]],
    ids: [
      [uid * 10 + 2, "Passport", `P${uid}`],
      [uid * 10 + 3, "Gender", "Male"],
    ],
  };
}

export function ship(uid: number, program: string): ComposedParty {
  return {
    uid,
    type: "Vessel",
    lastName: `COMPOSED STAR ${uid}`,
    programs: [program],
    ids: [[uid * 10 + 2, "Vessel Registration Identification", "IMO 9187629"]],
    vessel: { callSign: "3FXY9", vesselType: "Crude Oil Tanker", vesselFlag: "Panama" },
  };
}

/** The lists before the first day. */
export const BEFORE = {
  sdn: Array.from({ length: 60 }, (_, i) => firm(1001 + i, i % 3 === 0 ? "CUBA" : "SDGT")),
  consolidated: Array.from({ length: 8 }, (_, i) => firm(7001 + i, "UKRAINE-EO13662")),
} as const;
