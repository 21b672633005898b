/** The watch over the watch: what is wrong with a ledger or a published site, told once. */
export { type ChannelPorts as WatchChannelPorts, watchChannels } from "./channels.ts";
export { factsOfLedger, factsOfSite } from "./look.ts";
export { fileStore } from "./store.ts";
export { type WatchReport, watch } from "./watchdog.ts";
export { messageLine } from "./words.ts";
