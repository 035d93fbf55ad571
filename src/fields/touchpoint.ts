import { CHANNEL, TOUCHPOINT_KIND } from "./choices.ts";
import { CONSENTS } from "./consent.ts";
import { choice, fields, instant, int, json, money, text } from "./field.ts";

/** The sequence of a touchpoint without one: it comes after those of its instant that have one. */
export const NO_SEQUENCE = 2_147_483_647;

/** One moment, as it is shown. Names, addresses and campaigns are kept in a dictionary, `items`. */
export const MOMENT = fields(null, {
  occurredAt: instant(null, "When it happened, or began.", { required: true, given: "When it began." }),
  endedAt: instant(null, "When it ended, where that is known.", { given: "When it ended, where it lasted." }),
  sequence: int(null, "Its place among moments of one instant, as the sender counts.", {
    most: NO_SEQUENCE - 1,
    given: "Order within the session, where times are equal.",
  }),
  kind: choice(TOUCHPOINT_KIND, null, "What it is.", { required: true, given: "What it was." }),
  channel: choice(CHANNEL, null, "Channel it happened on.", { required: true, given: "Where it was." }),
  name: text(null, "Page, search term, prompt, intent or call reason; of a page without a name, its path.", {
    redact: "place",
    column: null,
    given: "The page, search term, prompt or intent; the path of the url when left out.",
  }),
  section: text(null, "Part of the site: what was sent, else the first segment of the path.", {
    redact: "place",
    column: null,
    given: "The part of the site; the first segment of the path when left out.",
  }),
  url: text(null, "Address, without query string and fragment.", {
    redact: "address",
    column: null,
    max: 4_096,
    given: "The page; its query string is not kept.",
  }),
  value: money(null, "What it was worth: an order, a basket.", {
    given: "What it was worth.",
    column: ["value", "currency"],
  }),
  transactionId: text(null, "Order or transaction that it is of, whose money counts once.", {
    redact: "id",
    max: 256,
    given: "The order or other transaction that it is of: its money counts once, as stated last.",
  }),
  campaign: text(null, "Campaign that brought it.", { given: "The campaign that brought it.", column: null }),
  medium: text(null, "Medium of the campaign.", { given: "The medium of that campaign.", column: null }),
  campaignSource: text(null, "Where the campaign was seen: utm_source, such as google.", {
    given:
      "Where it was seen, such as google. Campaign, medium and this are read from the UTM parameters and click ids of the url where they are left out.",
    column: null,
  }),
  referrer: text(null, "Page that it came from, without query string and fragment.", {
    redact: "address",
    max: 4_096,
    given: "The page that it came from; its query string is not kept.",
    column: null,
  }),
  landingPage: text(null, "Page on which the visit arrived, where this moment says so, or is where it arrived.", {
    redact: "address",
    max: 4_096,
    given: "The page on which the visit arrived; its query string is not kept.",
    column: null,
  }),
  metadata: json(null, "Whatever else the sender said of it; of a leg, of the leg.", {
    scope: "interactions:notes",
    given: "Anything else that the sender knows.",
  }),
});

/** Fields of a touchpoint that its visit shows, an `Interaction`. */
export const OF_VISIT = fields(null, {
  sessionId: text(null, "Id that the channel gave the session.", {
    redact: "id",
    max: 256,
    given: "The channel's id of the visit; pauses bound the visits of what has none.",
  }),
  universalSessionId: text(null, "Id of the whole journey, the same on every channel.", {
    redact: "id",
    max: 256,
    given: "One id over all channels of a contact.",
  }),
  device: text(null, "Kind of device of a visit; a reported leg has none.", { max: 256, given: "The kind of device." }),
});

/** What `recordTouchpoints` takes. */
export const TOUCHPOINT = { ...MOMENT, ...OF_VISIT, ...CONSENTS };
