import type { AdaptedRecord } from "../adapter.ts";
import {
  adaptedOf,
  eachIn,
  identityIn,
  idOf,
  isRow,
  malformed,
  momentIn,
  moneyIn,
  nameIn,
  rowsIn,
  type Sent,
  stated,
  textIn,
  unknownEvent,
} from "../raw.ts";
import { identitiesIn } from "./identities.ts";
import { withoutPrefix } from "./prefix.ts";
import type { ExperienceEvent, StreamingMessage, XdmOrder, XdmProfile } from "./xdm.type.ts";

const SOURCE = "adobe-xdm";

/** Adobe's XDM: experience events are touchpoints, profiles are customers. */
export function adaptAdobeXdm(raw: unknown): AdaptedRecord[] {
  if (!isRow(raw)) return malformed(SOURCE, raw);
  const { messages, ...beside } = raw;
  return Array.isArray(messages)
    ? eachIn(messages, { source: SOURCE, beside, adapt: adaptMessage })
    : adaptMessage(raw);
}

function adaptMessage(message: Readonly<Record<string, unknown>>): AdaptedRecord[] {
  const { header, body } = message as Sent<StreamingMessage>;
  const entity = withoutPrefix(body?.xdmEntity ?? message);
  if (!isRow(entity)) return malformed(SOURCE, message);
  if ("timestamp" in entity) return [eventOf(entity, message)];
  if (isRow(entity.identityMap)) return [profileOf(entity, { message, sentAt: header?.createdAt })];
  return unknownEvent(SOURCE, message, "experience events, with their timestamp, and profiles, with their identityMap");
}

function eventOf(event: Sent<ExperienceEvent>, message: unknown): AdaptedRecord {
  const kind = kindOf(event);
  const page = event.web?.webPageDetails ?? event.web?.webPageView;
  const body = {
    source: SOURCE,
    sourceId: textIn(event._id, event["@id"]) ?? idOf(event),
    identities: identitiesIn(event.identityMap),
    occurredAt: momentIn(event.timestamp),
    kind,
    channel: channelOf(event),
    name: kind === "SEARCH" ? searchedIn(event) : nameIn(page?.name, kind === "PAGE_VIEW" ? null : event.eventType),
    section: nameIn(event.web?.webPageDetails?.siteSection),
    url: textIn(page?.URL),
    referrer: textIn(event.web?.webReferrer?.URL),
    sessionId: textIn(event.sessionID),
    value: kind === "TRANSACTION" ? totalOf(event.commerce?.order ?? event.order) : null,
    transactionId: kind === "TRANSACTION" ? textIn((event.commerce?.order ?? event.order)?.purchaseID) : null,
    campaign: nameIn(event.marketing?.campaignName, event.marketing?.trackingCode),
    device: textIn(event.device?.type),
  };
  return adaptedOf("touchpoint", body, message);
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/pageviews$/i, "PAGE_VIEW"],
  [/^commerce\.purchases/i, "TRANSACTION"],
  [/search/i, "SEARCH"],
  [/formfilledout/i, "FORM"],
  [/^(directmarketing|message)\./i, "MESSAGE"],
];

/** The kind that the event type states, else the one that its content shows. */
function kindOf(event: Sent<ExperienceEvent>): string {
  const type = textIn(event.eventType);
  const kind = type && KINDS.find(([pattern]) => pattern.test(type))?.[1];
  if (kind) return kind;
  if (event.commerce?.order ?? event.order) return "TRANSACTION";
  if (searchedIn(event)) return "SEARCH";
  return type === null && (event.web?.webPageDetails ?? event.web?.webPageView) ? "PAGE_VIEW" : "OTHER";
}

function searchedIn({ siteSearch, search }: Sent<ExperienceEvent>): string | null {
  return nameIn(siteSearch?.phrase, siteSearch?.query, search?.keywords);
}

function channelOf(event: Sent<ExperienceEvent>): string {
  const type = textIn(event.eventType) ?? "";
  if (/^directmarketing\.email/i.test(type)) return "EMAIL";
  return textIn(event.environment?.type) === "application" || isRow(event.application) ? "APP" : "WEB";
}

function totalOf(order: Sent<XdmOrder> | null | undefined): ReturnType<typeof moneyIn> {
  const currency = textIn(order?.currencyCode, rowsIn(order?.payments)[0]?.currencyCode, order?.payment?.currencyCode);
  return moneyIn(order?.priceTotal, currency);
}

function profileOf(
  profile: Sent<XdmProfile>,
  { message, sentAt }: { message: unknown; sentAt: unknown },
): AdaptedRecord {
  const { person, homeAddress: home, workAddress: work } = profile;
  const mapped = identitiesIn(profile.identityMap);
  const identities = [
    ...mapped,
    ...identityIn("email", profile.personalEmail?.address),
    ...identityIn("email", profile.workEmail?.address),
    ...identityIn("phone", profile.mobilePhone?.number, profile.homePhone?.number),
  ];
  const spelt = [textIn(person?.name?.firstName), textIn(person?.name?.lastName)].filter(Boolean).join(" ");
  const body = {
    source: SOURCE,
    sourceId: textIn(profile._id, profile.personID, mapped[0] && `${mapped[0].namespace}/${mapped[0].value}`),
    identities: identities.slice(0, 10),
    observedAt: momentIn(profile.modifiedDate, profile._repo?.modifyDate, profile["repo:modifyDate"], sentAt),
    displayName: nameIn(person?.name?.fullName, spelt),
    maritalStatus: nameIn(person?.maritalStatus),
    countryName: nameIn(home?.country, work?.country),
    region: nameIn(home?.region, home?.stateProvince, home?.state, work?.stateProvince, work?.state),
    extra: stated({ gender: nameIn(person?.gender) }),
  };
  return adaptedOf("customer", body, message);
}
