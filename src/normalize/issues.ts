import { compareText, type Issue, type Note } from "../domain/index.ts";

/** What each kind of note means for a reader; `{subject}` is what it is about. */
const MEANING: Readonly<Record<string, string>> = {
  "unknown-element": "The element {subject} is not known; its content is not used.",
  "missing-flag": "The element {subject} is missing, which OFAC's schema requires.",
  "unknown-attribute": "The attribute {subject} is not known; it is not used.",
  "unknown-label": 'The label "{subject}" is not known; its values are kept as features.',
  "unknown-currency": 'The wallet label "{subject}" is new; its addresses are kept as OFAC wrote them.',
  "unknown-program": 'The program tag "{subject}" is not known; it is kept verbatim.',
  "unknown-list": 'The list "{subject}" is not known; it is kept verbatim.',
  "unknown-party-type": 'The party type "{subject}" is not known; it is kept verbatim.',
  "unknown-alias-type": 'The alias type "{subject}" is not known; it is kept verbatim.',
  "unknown-alias-quality": 'The alias quality "{subject}" is not known; it is taken for strong.',
  "unknown-sanctions-type": 'The sanctions type "{subject}" is not known; whether it blocks is left open.',
  "unknown-address-part":
    'The address part "{subject}" is not known; it is kept in the remarks of the address.',
  "duplicate-child": "Two children among {subject} of a party have the same number; both are kept.",
  "odd-script": 'A main name or address is in the script "{subject}" where Latin is expected.',
  "odd-date": "A date of {subject} does not fit OFAC's date texts; the text is kept, without days.",
  "date-mismatch": "A date text of {subject} and the days beside it disagree; the text is followed.",
  "no-program": "There are {subject}.",
  "no-name": "There are {subject}.",
  "two-primary-names": "There are {subject}; the first one is followed.",
  "no-end-mark": "There are {subject}: a cut at a line end could not be seen.",
};

const EXAMPLES = 5;

/** A document that is odd in more ways than this is not described any better by more of them. */
const ISSUES_LIMIT = 200;
const SUBJECT_LENGTH = 120;

/**
 * One warning per code and subject, with how often and the first examples.
 *
 * @param where the document, for a reader.
 */
export function gatherIssues(notes: Iterable<Note>, where: string): Issue[] {
  const groups = new Map<string, { note: Note; count: number; examples: string[] }>();
  let others = 0;
  for (const note of notes) {
    const key = `${note.code} ${note.subject.slice(0, SUBJECT_LENGTH)}`;
    const group = groups.get(key);
    if (group !== undefined) {
      group.count++;
      if (group.examples.length < EXAMPLES) group.examples.push(note.example);
    } else if (groups.size < ISSUES_LIMIT) groups.set(key, { note, count: 1, examples: [note.example] });
    else others++;
  }
  const issues = [...groups.entries()]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, group]) => issue(group, where));
  return others === 0 ? issues : [...issues, tooMany(others, where)];
}

function issue(group: { note: Note; count: number; examples: string[] }, where: string): Issue {
  const { code, subject } = group.note;
  const message = (MEANING[code] ?? "{subject}").replace("{subject}", () => subject.slice(0, SUBJECT_LENGTH));
  return {
    severity: "warning",
    code,
    message: `${message} (${group.count})`,
    where,
    examples: group.examples,
  };
}

function tooMany(others: number, where: string): Issue {
  return {
    severity: "warning",
    code: "more-warnings",
    message: `There are ${others} more oddities of other kinds: the document's format may have changed.`,
    where,
    examples: [],
  };
}
