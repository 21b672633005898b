import { CONFIG_SCHEMA } from "../config/config-schema.ts";
import { closedForm, openForm, publishedForm, type SchemaNode } from "./forms.ts";
import { IndexFile, IndexYearFile, StatusFile, SyncFile } from "./published.ts";
import { WatchMemoryFile } from "./watchdog.ts";

// Each of these is checked by a command or two, whose start must not wait for the checks of the ledger's files.

export const CONFIG_FORM: SchemaNode = openForm(CONFIG_SCHEMA);
/** May come from anywhere, with members of a later minor version. */
export const STATUS_FORM: SchemaNode = publishedForm(StatusFile, []);
/** These, too: files of a copy of the API. */
export const INDEX_FORM: SchemaNode = publishedForm(IndexFile, []);
export const INDEX_YEAR_FORM: SchemaNode = publishedForm(IndexYearFile, []);
export const SYNC_FORM: SchemaNode = publishedForm(SyncFile, []);
export const WATCH_MEMORY_FORM: SchemaNode = publishedForm(closedForm(WatchMemoryFile), []);

/** By the module that has the check of each. */
export const FORMS_APART: Readonly<Record<string, SchemaNode>> = {
  "check-config": CONFIG_FORM,
  "check-index": INDEX_FORM,
  "check-index-year": INDEX_YEAR_FORM,
  "check-status": STATUS_FORM,
  "check-sync": SYNC_FORM,
  "check-watch-memory": WATCH_MEMORY_FORM,
};
