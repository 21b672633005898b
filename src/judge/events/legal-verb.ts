import type { ListId, Party } from "../../domain/index.ts";
import { labelOf } from "../view.ts";

/** The verb the law has for how a party came onto a list, and what in the entry says so. */
export interface LegalVerb {
  readonly verb: "designated" | "identified" | "determined" | "blocked pending investigation";
  /** As a clause: `identified as property in which X has an interest`. */
  readonly clause: string;
  readonly evidence: string;
}

/** Tags that by their definition stand for designated persons only: 31 CFR 594.310; 8 U.S.C. 1189. */
const DESIGNATION_TAGS: readonly string[] = ["SDGT", "FTO"];

/**
 * The legal verb where the entry gives one; undefined where it does not, and "added to the list" is all that
 * may be said.
 */
export function legalVerbOf(party: Party, list: ListId): LegalVerb | undefined {
  return pendingInvestigation(party) ?? property(party) ?? directive(party, list) ?? designation(party);
}

/** 50 U.S.C. 1702(a)(1)(B): blocking during the pendency of an investigation. */
function pendingInvestigation(party: Party): LegalVerb | undefined {
  const tag = (party.programs ?? []).find((program) => program.code.startsWith("BPI-"))?.code;
  if (tag === undefined) return undefined;
  return {
    verb: "blocked pending investigation",
    clause: "blocked pending investigation",
    evidence: `program tag ${tag}`,
  };
}

/** Ships and planes are property: OFAC identifies them as blocked property in which a blocked person has an interest. */
function property(party: Party): LegalVerb | undefined {
  const links = (party.relationships ?? []).filter(
    (link) =>
      link.type === "Property in the interest of" ||
      ((party.type === "vessel" || party.type === "aircraft") && link.targetName !== ""),
  );
  const [first] = links;
  if (first === undefined) return undefined;
  const owners = [...new Set(links.map((link) => link.targetName))];
  return {
    verb: "identified",
    clause: `identified as property in which ${owners.join(" and ")} ${owners.length === 1 ? "has" : "have"} an interest`,
    evidence: `${first.type} ${first.targetName}`,
  };
}

/** Directives are imposed by determination; a blocked party's directives do not say how it came to be blocked. */
function directive(party: Party, list: ListId): LegalVerb | undefined {
  if (list === "sdn") return undefined;
  const found = (party.restrictions ?? []).find((restriction) => {
    const label = labelOf({ area: "restriction", action: "add", key: "", after: restriction });
    return (
      /directive (determination|information)/.test(label) && /subject to directive/i.test(restriction.value)
    );
  });
  if (found === undefined) return undefined;
  const which = /Directive \w+/i.exec(found.value)?.[0] ?? "a directive";
  return {
    verb: "determined",
    clause: `determined to be subject to ${which}`,
    evidence: `${found.type ?? "restriction"} ${which}`,
  };
}

function designation(party: Party): LegalVerb | undefined {
  if (party.type !== "individual" && party.type !== "entity") return undefined;
  const tag = DESIGNATION_TAGS.find((wanted) => party.programs?.some((program) => program.code === wanted));
  return tag === undefined
    ? undefined
    : {
        verb: "designated",
        clause: "designated",
        evidence: `program tag ${tag}, which stands for designations`,
      };
}
