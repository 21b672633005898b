import type { Ambiguity, EntryClaim, KnownNames, Span } from "../../../domain/index.ts";
import { Brackets } from "./brackets.ts";

/** An entry line while it is read: what it was found to say so far. */
export class EntryDraft {
  readonly text: string;
  readonly brackets: Brackets;
  readonly known: KnownNames | undefined;
  readonly claims: EntryClaim[] = [];
  readonly ambiguities: Ambiguity[] = [];
  type = "entity";

  constructor(text: string, known: KnownNames | undefined) {
    this.text = text;
    this.brackets = new Brackets(text);
    this.known = known;
  }

  slice(span: Span): string {
    return this.text.slice(span.start, span.end);
  }

  doubt(what: Ambiguity["what"], span: Span, decidedBy: Ambiguity["decidedBy"]): void {
    this.ambiguities.push({ what, decidedBy, start: span.start, end: span.end });
  }
}
