import { hash } from "node:crypto";
import type { InteractionFact, TouchpointFact } from "../../facts/fact.ts";
import { legKindOf } from "../../facts/vocabulary.ts";
import { remember } from "../../kit/remember.ts";
import { campaignIn, isElsewhere } from "./arrival.ts";

/** A name in the dictionary. Its id is 63 bits of a hash of the other three, so writers need not ask for it. */
export interface Item {
  id: string;
  kind: string;
  name: string;
  section: string;
}

/** How many ids are remembered: most records use names of earlier ones. */
const REMEMBERED = 50_000;

function itemOf(kind: string, name: string, section = ""): Item {
  return { id: idOf(`${kind}\0${name}\0${section}`), kind, name, section };
}

const idOf = remember(REMEMBERED, (key) => (BigInt(`0x${hash("sha256", key).slice(0, 16)}`) >> 1n).toString());

export interface TouchpointItems {
  item: Item | null;
  url: Item | null;
  campaign: Item | null;
  campaignSource: Item | null;
  referrer: Item | null;
  landingPage: Item | null;
}

/**
 * The names of a touchpoint: the sent name, else the path of its URL; the sent section, else the first segment of the
 * path.
 */
export function itemsOf({ body }: TouchpointFact): TouchpointItems {
  const url = body.url === null ? null : bareUrl(body.url);
  const path = url === null ? null : pathOf(url);
  const name = body.name ?? path;
  const section = body.section ?? (path === null ? "" : sectionOf(path));
  return {
    item: name === null ? null : itemOf(body.kind, name, section),
    url: url === null ? null : itemOf("URL", url),
    ...arrivalOf(body),
  };
}

/** What brought the visitor here. A page that somebody came to from outside, or by a campaign, is where they landed. */
function arrivalOf(body: TouchpointFact["body"]): Omit<TouchpointItems, "item" | "url"> {
  const { campaign, medium, campaignSource } = campaignIn(body, [body.url, body.landingPage]);
  const isFromElsewhere = body.referrer === null ? false : isElsewhere(body.referrer, body.url);
  const isArrival = isFromElsewhere || campaign !== null || medium !== null || campaignSource !== null;
  const landingPage = body.landingPage ?? (isArrival && body.kind === "PAGE_VIEW" ? body.url : null);
  return {
    campaign: campaign === null && medium === null ? null : itemOf("CAMPAIGN", campaign ?? "", medium ?? ""),
    campaignSource: campaignSource === null ? null : itemOf("CAMPAIGN_SOURCE", campaignSource),
    referrer:
      body.referrer === null ? null : itemOf(isFromElsewhere === false ? "URL" : "REFERRER", bareUrl(body.referrer)),
    landingPage: landingPage === null ? null : itemOf("URL", bareUrl(landingPage)),
  };
}

/** The name of a leg as a touchpoint: the reason of a call, the intent of a prompt, intent or message. */
export function legItemOf({ body }: InteractionFact): Item | null {
  const kind = legKindOf(body.channelType);
  const name = kind === "CALL" ? body.callReason : body.intent;
  return kind === null || name === null ? null : itemOf(kind, name);
}

/** Drops query strings and fragments, which carry tokens and names. */
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
