import { row } from "../db/row.ts";
import { dialledAs } from "../facts/phone.ts";
import { shownBy } from "../facts/ringing.ts";
import type { RoutingRule } from "../facts/routing.ts";
import { regionOf, settingsOf } from "../facts/rules.ts";
import type { IdentityInput } from "../facts/values.type.ts";
import { AppError } from "../kit/errors.ts";
import type { RequestContext } from "../request.ts";
import { advise } from "./advice.ts";
import type { CallerLookupType } from "./caller.type.ts";
import { isShared, MOST_CANDIDATES, rank, USUAL_CANDIDATES } from "./candidates.ts";
import { type ContactRow, DoingRow, doingSql } from "./doing.sql.ts";
import { type Person, personOf } from "./person.ts";
import {
  type CallerProfile,
  type Candidate,
  type Dialled,
  type Doing,
  type EarlierContact,
  NO_PROFILE,
  NOTHING_DONE,
  type Situation,
} from "./situation.ts";
import { WhoRow, whoSql } from "./who.sql.ts";

/** A ringing call, with the ids of its identities; `askedOf` makes it. */
export interface Asked {
  identityIds: readonly string[];
  isWithheld: boolean;
  dialledNumber: string | null;
  ivrIntent: string | null;
}

/** The database's answer to a look-up. */
export interface LookupAnswer {
  /** All of them, the likeliest first. */
  candidates: Candidate[];
  situation: Situation;
}

type Reader = Pick<RequestContext, "db" | "rules" | "identityKey" | "viewer" | "log">;
type HastyReader = Reader & Pick<RequestContext, "lookupDeadlineMs">;

/** The most identities of one look-up. */
export const MOST_IDENTITIES = 10;
/** The name of no source: without a source the defaults apply. */
const NOBODY = "";

export interface Ring {
  identities: readonly IdentityInput[];
  dialledNumber?: string | null;
  ivrIntent?: string | null;
  source?: string | null;
}

/** A call, and how many candidates to answer with. */
export interface CallerQuestion extends Ring {
  first?: number | null;
}

/** Who is calling, and the advice: one round trip, or two where several customers are possible. */
export async function lookUpCaller(
  request: HastyReader,
  { first, ...ring }: CallerQuestion,
): Promise<CallerLookupType> {
  const startedAt = performance.now();
  const most = mostOf(first);
  const { found, isPartial } = await findInTime(request, askedOf(request, ring), request.lookupDeadlineMs);
  return lookupOf(found, { most, isPartial, rules: request.rules.routing, startedAt });
}

function mostOf(first: number | null | undefined): number {
  const most = first ?? USUAL_CANDIDATES;
  if (most >= 1 && most <= MOST_CANDIDATES) return most;
  throw new AppError("BAD_INPUT", `Ask for 1 to ${MOST_CANDIDATES} candidates.`, ["first"]);
}

/** The same for an announced call, whose identity ids are known, however long it takes: the screen is told once. */
export async function lookUpAnnounced(request: Reader, asked: Asked): Promise<CallerLookupType> {
  const startedAt = performance.now();
  const found = await findCaller(request, asked);
  return lookupOf(found, { most: USUAL_CANDIDATES, isPartial: false, rules: request.rules.routing, startedAt });
}

/** The request, normalised. An identity that identifies nobody is left out; an unknown namespace is an error. */
export function askedOf(
  { rules, identityKey }: Pick<Reader, "rules" | "identityKey">,
  { identities, dialledNumber, ivrIntent, source }: Ring,
): Asked {
  if (identities.length > MOST_IDENTITIES) {
    throw new AppError("BAD_INPUT", `A call shows at most ${MOST_IDENTITIES} identities.`, ["identities"]);
  }
  const region = regionOf(rules, settingsOf(rules, source ?? NOBODY));
  return {
    ...shownBy(identities, source ?? NOBODY, { rules, identityKey, at: [] }),
    dialledNumber: dialledNumber?.trim() ? dialledAs(dialledNumber, region) : null,
    ivrIntent: ivrIntent?.trim() || null,
  };
}

/** What is known of a caller by the deadline: never an error, and never later. */
export async function findInTime(
  request: Pick<Reader, "db" | "rules" | "viewer" | "log">,
  asked: Asked,
  deadlineMs: number,
): Promise<{ found: LookupAnswer; isPartial: boolean }> {
  let known = unheard(asked, new Date());
  const finished = findCaller(request, asked, (found) => {
    known = found;
  }).catch((error: { code?: string }) => {
    request.log.warn("caller.partial", { code: error.code });
    return null;
  });
  const found = await Promise.race([finished, late(deadlineMs)]);
  return { found: found ?? known, isPartial: found === null };
}

export function late(ms: number): Promise<null> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), ms).unref();
  });
}

/** Calls `onWho` as soon as it is known who is calling, before it is known what they have been doing. */
async function findCaller(
  { db, rules, viewer }: Pick<Reader, "db" | "rules" | "viewer">,
  asked: Asked,
  onWho: (found: LookupAnswer) => void = () => {},
): Promise<LookupAnswer> {
  const [answer] = await db.hot("live.who").rows(WhoRow, whoSql({ ...asked, viewer }));
  const { people, ...heard } = answer!;
  const found = foundOf({ ...heard, people: (people ?? []).map((person) => personOf(person, rules)) }, asked);
  onWho(found);
  const [likeliest] = found.candidates;
  if (!likeliest || found.situation.shortOf !== null) return found;
  const doing = heard.doing ?? (await findDoing({ db, viewer }, likeliest.id));
  return { ...found, situation: { ...found.situation, doing: doingOf(doing) } };
}

/** Adds a look-up to the audit log: who asked and who was shown, or that nobody was found. */
export function noteLookUp(
  { auditLog, viewer }: Pick<RequestContext, "auditLog" | "viewer">,
  shown: readonly string[],
): void {
  for (const customerId of shown.length > 0 ? shown : [null]) {
    auditLog.note({ by: viewer, action: "caller.looked-up", customerId });
  }
}

const Done = row({ doing: DoingRow });

async function findDoing({ db, viewer }: Pick<Reader, "db" | "viewer">, customerId: string): Promise<DoingRow> {
  const [done] = await db.hot("live.doing").rows(Done, doingSql(customerId, viewer));
  return done!.doing;
}

function lookupOf(
  { candidates, situation }: LookupAnswer,
  {
    most,
    isPartial,
    rules,
    startedAt,
  }: { most: number; isPartial: boolean; rules: readonly RoutingRule[]; startedAt: number },
): CallerLookupType {
  const shown = candidates.slice(0, most);
  return {
    candidates: shown.map(({ confidence, why, ...customer }) => ({ customer, confidence, why })),
    candidatesTotal: candidates.length,
    partial: isPartial,
    shortOf: situation.shortOf,
    advice: advise(rules, situation),
    latencyMs: Math.round((performance.now() - startedAt) * 100) / 100,
  };
}

/** The answer before the database answers, or when it cannot. */
export function unheard(asked: Asked, now: Date): LookupAnswer {
  const { isWithheld, ivrIntent, dialledNumber } = asked;
  const dialled = dialledNumber === null ? null : { number: dialledNumber, campaign: null, medium: null };
  const asking = { now, isHeard: false, isWithheld, ivrIntent, dialled };
  const situation = { ...asking, caller: null, profile: NO_PROFILE, doing: NOTHING_DONE, shortOf: null };
  return { candidates: [], situation };
}

interface Heard extends Pick<WhoRow, "now" | "owners" | "dialled"> {
  people: readonly Person[];
}

function foundOf({ now, owners, people, dialled }: Heard, asked: Asked): LookupAnswer {
  const candidates = rank(owners ?? [], people);
  const [likeliest] = candidates;
  const person = people.find(({ id }) => id === likeliest?.id);
  const number: Dialled | null =
    asked.dialledNumber === null ? null : { campaign: null, medium: null, ...dialled, number: asked.dialledNumber };
  return {
    candidates,
    situation: {
      now,
      isHeard: true,
      isWithheld: asked.isWithheld,
      ivrIntent: asked.ivrIntent,
      dialled: number,
      caller: likeliest ? { isAnonymous: likeliest.isAnonymous, isShared: isShared(candidates) } : null,
      profile: person ? profileOf(person) : NO_PROFILE,
      doing: NOTHING_DONE,
      shortOf: person?.shortOf ?? null,
    },
  };
}

/** What may be used of the caller: of one who refuses it, who they are. */
function profileOf({ shortOf, id: _, isAnonymous: _a, createdAt: _c, ...profile }: Person): CallerProfile {
  if (shortOf === null) return profile;
  const { displayName, custId } = profile;
  return { ...NO_PROFILE, displayName, custId };
}

function doingOf(row: DoingRow): Doing {
  const { lastPage, lastWebAt, lastCall, unresolved } = row;
  return {
    ...row,
    lastWebAt: lastWebAt === null ? null : new Date(lastWebAt),
    lastPage: lastPage && { ...lastPage, at: new Date(lastPage.at) },
    lastCall: contactOf(lastCall),
    unresolved: contactOf(unresolved),
  };
}

function contactOf(row: ContactRow | null): EarlierContact | null {
  return row && { ...row, at: new Date(row.at) };
}
