import { openingTime, ring } from "./calls.ts";
import { CAMPAIGNS } from "./campaigns.ts";
import { PURPOSES } from "./pages.ts";
import { digits, type Person } from "./people.ts";
import { DEMO_DAYS, MINUTE, SECOND, type World, worldOf } from "./post.ts";
import { REASONS, type ReasonName } from "./staff.ts";
import { browse } from "./web.ts";

const ON_THE_SITE_NOW = 24;
const CALLS_OF_THE_LAST_HOURS = 14;
const WITHHELD_CALLS = 46;
const OFFLINE_CALLS = 14;
const ADVERTISED_CALLS = 50;
/** More people than a carrier may have before it is public. */
const KIOSK_USERS = 26;

/** Makes the site busy when the console is opened: visits of the last seconds, calls of the last hours. */
export function rightNow(world: World, people: readonly Person[]): void {
  const own = worldOf(world, "right now");
  const { random, now } = own;
  const visitors = people.filter((person) => person.isOnline);
  const callers = people.filter((person) => person.isCaller && person.phone);
  for (let visit = 0; visit < ON_THE_SITE_NOW; visit++) {
    const steps = [...random.pick(random.pick(PURPOSES).ways), ...random.pick(random.pick(PURPOSES).ways)];
    const startsAt = now - random.int(20, 600) * SECOND;
    browse(own, {
      person: random.pick(visitors),
      channel: "WEB",
      steps,
      startsAt,
      signsInAt: random.chance(0.5) ? 1 : null,
    });
  }
  for (let call = 0; call < CALLS_OF_THE_LAST_HOURS; call++) {
    ring(own, { person: random.pick(callers), reason: anyReason(own), startsAt: now - random.int(15, 240) * MINUTE });
  }
}

/** Callers with a withheld number who give no name. */
export function withheldCalls(world: World): void {
  const own = worldOf(world, "withheld");
  for (let call = 0; call < WITHHELD_CALLS; call++) {
    ring(own, { person: null, reason: anyReason(own), startsAt: openingTime(own, own.random.int(0, DEMO_DAYS - 2)) });
  }
}

/** Calls to printed numbers, with visitor ids of the tracking vendor that our site does not know. */
export function offlineCalls(world: World, people: readonly Person[]): void {
  const own = worldOf(world, "offline");
  const callers = people.filter((person) => person.isCaller && person.phone);
  for (let call = 0; call < OFFLINE_CALLS; call++) {
    const startsAt = openingTime(own, own.random.int(0, DEMO_DAYS - 2));
    const visitorId = `${own.random.pick(["gbr0", "clarity-"])}${digits(own.random, 12)}`;
    ring(own, { person: own.random.pick(callers), reason: anyReason(own), startsAt, visitorId });
  }
}

/** Calls to the numbers in advertisements: most by people who are looking at the page that it led to, some out of print. */
export function advertisedCalls(world: World, people: readonly Person[]): void {
  const own = worldOf(world, "advertised");
  const callers = people.filter((person) => person.isCaller && person.phone);
  const lookers = callers.filter((person) => person.isOnline);
  for (let call = 0; call < ADVERTISED_CALLS; call++) {
    const campaign = CAMPAIGNS[call] ?? own.random.weighted(CAMPAIGNS, ({ weight, callChance }) => weight * callChance);
    const startsAt = openingTime(own, own.random.int(0, DEMO_DAYS - 2));
    const ad = { campaign, reason: campaign.reason };
    if (own.random.chance(0.2)) {
      ring(own, { ...ad, person: own.random.pick(callers), startsAt });
      continue;
    }
    const person = own.random.pick(lookers);
    const steps = [campaign.landing, "/contact"];
    const visit = browse(own, { person, campaign, channel: "WEB", steps, startsAt, signsInAt: null });
    const rungAt = visit.endsAt + own.random.int(1, 6) * MINUTE;
    ring(own, { ...ad, person, startsAt: rungAt, visitorId: person.ecid, pageUrl: visit.lastUrl });
  }
}

/** The tablet in the Leeds branch, on which waiting customers log in. */
export function branchKiosk(world: World, people: readonly Person[]): void {
  const own = worldOf(world, "kiosk");
  const users = people.filter((person) => person.custId && person.isOnline).slice(0, KIOSK_USERS);
  for (const person of users) {
    const startsAt = openingTime(own, own.random.int(1, DEMO_DAYS - 2));
    const steps = ["/login", "/account", "/billing"];
    browse(own, { person, channel: "WEB", steps, startsAt, signsInAt: 1, ecid: "leeds-branch-tablet-1" });
  }
}

function anyReason({ random }: World): ReasonName {
  return random.pick(Object.keys(REASONS) as ReasonName[]);
}
