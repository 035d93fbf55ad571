import { hash } from "node:crypto";
import type { InteractionFact, TouchpointFact } from "../../facts/fact.ts";
import { legKindOf } from "../../facts/vocabulary.ts";
import { remember } from "../../kit/remember.ts";

/** A name in the dictionary. Its id is 63 bits of a hash of the other three, so writers never ask for it. */
export interface Item {
  id: string;
  kind: string;
  name: string;
  section: string;
}

/** Names whose ids are remembered: most records name what others named before. */
const REMEMBERED = 50_000;

export function itemOf(kind: string, name: string, section = ""): Item {
  return { id: idOf(`${kind}\0${name}\0${section}`), kind, name, section };
}

const idOf = remember(REMEMBERED, (key) => (BigInt(`0x${hash("sha256", key).slice(0, 16)}`) >> 1n).toString());

export interface TouchpointItems {
  item: Item | null;
  url: Item | null;
  campaign: Item | null;
}

/** What a touchpoint is called: the name sent, else the path of its url; its section, else the first of the path. */
export function itemsOf({ body }: TouchpointFact): TouchpointItems {
  const url = body.url === null ? null : bareUrl(body.url);
  const path = url === null ? null : pathOf(url);
  const name = body.name ?? path;
  const section = body.section ?? (path === null ? "" : sectionOf(path));
  return {
    item: name === null ? null : itemOf(body.kind, name, section),
    url: url === null ? null : itemOf("URL", url),
    campaign: campaignOf(body.campaign, body.medium),
  };
}

/** What a leg is called as a touchpoint: a call by its reason, a prompt, intent or message by its intent. */
export function legItemOf({ body }: InteractionFact): Item | null {
  const kind = legKindOf(body.channelType);
  const name = kind === "CALL" ? body.callReason : body.intent;
  return kind === null || name === null ? null : itemOf(kind, name);
}

function campaignOf(campaign: string | null, medium: string | null): Item | null {
  return campaign === null && medium === null ? null : itemOf("CAMPAIGN", campaign ?? "", medium ?? "");
}

/** Query strings and fragments carry tokens and names; they are left outside. */
export function bareUrl(url: string): string {
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}

function pathOf(url: string): string {
  const withoutHost = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "");
  return withoutHost === "" ? "/" : withoutHost;
}

/** "billing" of "/billing/invoice": the first segment; none for the root. */
function sectionOf(path: string): string {
  return path.split("/")[1] ?? "";
}
