import { type ComposedDeltaParty, composeDelta } from "../support/compose-delta.ts";
import { type ComposedParty, composeLegacyXml } from "../support/compose-legacy.ts";
import { type OfacStandIn, startOfacStandIn } from "../support/ofac-stand-in/index.ts";
import { type SmtpStandIn, startSmtpStandIn } from "../support/smtp-stand-in.ts";
import { type GithubStandIn, startGithub } from "../workflows/github-stand-in.ts";
import { type Hook, startHook } from "./hook.ts";
import { BEFORE } from "./parties.ts";
import type { ListEdit, StoryPublication } from "./table.ts";

const FILES = { sdn: "SDN.XML", consolidated: "CONSOLIDATED.XML" } as const;
const LIST_NAMES = {
  sdn: "SDN List",
  consolidated: "Sectoral Sanctions Identifications List",
} as const;
type List = keyof typeof FILES;
const LISTS: readonly List[] = ["sdn", "consolidated"];

/** What surrounds a host of the story, on loopback: OFAC, a mail server, GitHub's API, and somebody's webhook. */
export interface World {
  readonly ofac: OfacStandIn;
  readonly smtp: SmtpStandIn;
  readonly github: GithubStandIn;
  readonly hook: Hook;
  /** OFAC publishes; a list that is not named is exported again as it was. */
  publish(date: string, at: string, what: StoryPublication): void;
  /** OFAC puts a file right without a publication. @returns the file as it should have been, by its name */
  amend(edit: ListEdit): Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const ofac = await startOfacStandIn();
  const smtp = await startSmtpStandIn({ tls: "none" });
  const github = await startGithub();
  const hook = await startHook();
  const lists: Record<List, readonly ComposedParty[]> = { ...BEFORE };
  let publication = 400;
  // The date in the file of the SDN list.
  let published = "";
  return {
    ofac,
    smtp,
    github,
    hook,
    publish(date, at, what) {
      publication += 1;
      const files: Record<string, string> = {};
      const named: ComposedDeltaParty[] = [];
      for (const list of LISTS) {
        const edit = what[list];
        if (edit === undefined) continue;
        named.push(...deltaOf(list, lists[list], edit));
        lists[list] = edited(lists[list], edit);
        if (list === "sdn") published = date;
        files[FILES[list]] = composeLegacyXml(date, lists[list]);
      }
      ofac.publish({
        id: publication,
        at: `${date}T${at}:44Z`,
        files,
        ...(what.delta === true ? { delta: composeDelta(date, named) } : {}),
        ...(what.notices === undefined ? {} : { notices: what.notices }),
      });
    },
    amend(edit) {
      lists.sdn = edited(lists.sdn, edit);
      const files = { [FILES.sdn]: composeLegacyXml(published, lists.sdn) };
      ofac.replace(files);
      return files;
    },
    async close() {
      await Promise.all([ofac, smtp, github, hook].map((server) => server.close()));
    },
  };
}

function edited(parties: readonly ComposedParty[], edit: ListEdit): ComposedParty[] {
  const gone = new Set(edit.remove);
  const kept = parties.filter(({ uid }) => !gone.has(uid));
  return [...kept.map((party) => ({ ...party, ...edit.change?.[party.uid] })), ...(edit.add ?? [])];
}

function deltaOf(list: List, before: readonly ComposedParty[], edit: ListEdit): ComposedDeltaParty[] {
  const whole = (op: "add" | "remove", { uid, lastName }: ComposedParty): ComposedDeltaParty => ({
    uid,
    op,
    name: lastName,
    list: LIST_NAMES[list],
  });
  return [
    ...(edit.add ?? []).map((party) => whole("add", party)),
    ...before.filter(({ uid }) => edit.remove?.includes(uid)).map((party) => whole("remove", party)),
  ];
}
