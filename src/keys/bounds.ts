import { BlockList, isIP } from "node:net";
import { ANY_SOURCE } from "../facts/writer.ts";
import { AppError } from "../kit/errors.ts";
import type { Role } from "../request.ts";

/** What a key is bound to: the sources that it writes as, whose rows it reads, and from where it opens. */
export interface Bounds {
  sources: string[];
  teams: string[];
  callCentreIds: string[];
  networks: string[];
  /** The web pages from which a collector's key opens, as browsers name them. */
  origins: string[];
}

export type BoundsWish = { role: Role } & { [Name in keyof Bounds]?: readonly string[] | null };

/** The longest list of one bound, and the longest of its texts. */
const MOST = 100;
const LONGEST = 256;

/** The bounds of a new key. An agent writes as no source unless some are named, others as any. */
export function boundsOf({ role, sources, teams, callCentreIds, networks, origins }: BoundsWish): Bounds {
  const isOne = sources?.length === 1 && !sources[0]!.includes("*");
  if (role === "collector" && !(isOne && origins?.length)) throw new AppError("BAD_INPUT", COLLECTOR, ["sources"]);
  if (role !== "collector" && origins?.length) throw new AppError("BAD_INPUT", NO_COLLECTOR, ["origins"]);
  return {
    sources: sources ? textsOf("sources", sources, isPattern, PATTERN) : role === "agent" ? [] : [ANY_SOURCE],
    teams: textsOf("teams", teams ?? []),
    callCentreIds: textsOf("callCentreIds", callCentreIds ?? []),
    networks: textsOf("networks", networks ?? [], isNetwork, NETWORK),
    origins: textsOf("origins", origins ?? [], isOrigin, ORIGIN),
  };
}

const COLLECTOR =
  "A collector's key is read by whoever visits the page: name the one source that it writes as, and the origins of the pages.";
const NO_COLLECTOR = "Only a collector's key is bound to origins: leave them out, or make it a collector's.";
const ORIGIN = "Send each origin as browsers do: https://www.example.com, without a path.";
const PATTERN = "Name each source, or how its name begins and a star: ivr-eu, desk-*.";
const NETWORK = "Send each network as CIDR, or as one address: 10.20.0.0/16, 2001:db8::/48, 192.0.2.7.";

function textsOf(
  field: keyof Bounds,
  given: readonly string[],
  isOne = (_text: string) => true,
  remedy = "",
): string[] {
  const texts = [...new Set(given.map((text) => text.trim()))];
  if (texts.length > MOST) throw new AppError("BAD_INPUT", `Send at most ${MOST} ${field}.`, [field]);
  const wrong = texts.findIndex((text) => text === "" || text.length > LONGEST || /\p{Cc}/u.test(text) || !isOne(text));
  if (wrong === -1) return texts;
  throw new AppError("BAD_INPUT", remedy || `Send each of ${field} as one line of 1 to ${LONGEST} characters.`, [
    field,
  ]);
}

function isPattern(text: string): boolean {
  return !text.slice(0, -1).includes("*");
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

const BITS = { 4: 32, 6: 128 } as Readonly<Record<number, number>>;

/** Whether it is an address, or a network as CIDR. */
export function isNetwork(text: string): boolean {
  const [address = "", prefix, ...more] = text.split("/");
  const bits = BITS[isIP(address)];
  if (!bits || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
}

/** Whether an address is in one of the networks; without networks every address is. */
export function isInside(networks: readonly string[], address: string): boolean {
  if (networks.length === 0) return true;
  const list = new BlockList();
  for (const network of networks) {
    const [net = "", prefix] = network.split("/");
    const family = isIP(net);
    list.addSubnet(net, Number(prefix ?? BITS[family]), `ipv${family as 4 | 6}`);
  }
  const family = isIP(address);
  // A socket that takes both families shows an IPv4 address as ::ffff:192.0.2.7, which BlockList knows.
  return family !== 0 && list.check(address, `ipv${family as 4 | 6}`);
}
