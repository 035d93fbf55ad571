import { carriedAsked, parseCarried } from "./carried.ts";
import { matcherOf } from "./events.ts";
import { facetsAsked, parseFacets } from "./facets.ts";
import type {
  AttributeAsked,
  AttributeGroupAsked,
  CarriedAsked,
  DimensionAsked,
  EventMatcher,
  FacetAsked,
} from "./inputs.ts";
import { parseSequence, sequenceMatcher } from "./sequences.ts";

// What the parameters of an address ask of the API.

/** Values of the address, separated by commas; null where it has none. */
export function listOf(search: URLSearchParams, name: string): string[] | null {
  const values = (search.get(name) ?? "")
    .split(",")
    .map((value) => value.trim())
    .filter(Boolean);
  return values.length > 0 ? values : null;
}

/**
 * What is said of customers: `age=30..65, region=London|Leeds, vvip=known`. What cannot be read is asked as it stands, so
 * that the API says what is wrong.
 */
export function attributesAskedIn(search: URLSearchParams, name: string): AttributeAsked[] | null {
  return listOf(search, name)?.map(attributeOf) ?? null;
}

/** The attribute that values are told apart by, with where its ranges begin, of the parameters that begin with the name. */
export function attributeGroupIn(search: URLSearchParams, name: string): AttributeGroupAsked | null {
  const attribute = search.get(`${name}-attribute`);
  return attribute ? attributeGroupOf(search, name, attribute) : null;
}

/** The same of an attribute that is chosen elsewhere. */
export function attributeGroupOf(search: URLSearchParams, name: string, attribute: string): AttributeGroupAsked {
  const bounds = listOf(search, `${name}-bounds`)?.map(Number);
  return { attribute, ...(bounds && { bounds }) };
}

/** What stands before the part that is being typed, and the attribute whose value is typed there. */
export function partIn(typed: string): { before: string; attribute: string | null } {
  const [before, part] = [/^(?:.*,)? */.exec(typed)![0], typed.slice(typed.lastIndexOf(",") + 1)];
  const place = part.indexOf("=");
  return { before, attribute: place === -1 ? null : part.slice(0, place).trim() };
}

function attributeOf(text: string): AttributeAsked {
  const [attribute = "", ...rest] = text.split("=").map((part) => part.trim());
  const value = rest.join("=");
  const range = /^(-?[\d.]+)?\.\.(-?[\d.]+)?$/.exec(value);
  if (range?.[1] || range?.[2]) {
    const [, from, to] = range;
    return { attribute, ...(from && { from: Number(from) }), ...(to && { to: Number(to) }) };
  }
  if (value === "known" || value === "unknown") return { attribute, isKnown: value === "known" };
  return value ? { attribute, in: value.split("|").map((one) => one.trim()) } : { attribute };
}

/** The events, or the sequence, that a parameter of the address means. */
export function eventsIn(search: URLSearchParams, name: string): EventMatcher | null {
  const text = search.get(name);
  return text ? sequenceMatcher(parseSequence(text)) : null;
}

/** The carried value of a parameter, as the API takes it. */
export function carriedAskedIn(search: URLSearchParams, name: string): CarriedAsked | null {
  const text = search.get(name);
  if (!text) return null;
  const choice = parseCarried(text);
  // What cannot be read is refused by the API rather than left out: the rows would be others.
  return choice ? carriedAsked(choice) : { dimension: text as DimensionAsked };
}

/** The named filters of a parameter, as the API takes them. */
export function facetsIn(search: URLSearchParams, name: string): FacetAsked[] | null {
  const text = search.get(name);
  return text ? facetsAsked(parseFacets(text)) : null;
}

/** The events, calls when none are named, that are about these reasons; null where the report has its own. */
export function aboutReasons(events: EventMatcher | null, callReasons: string[] | null): EventMatcher | null {
  return callReasons ? { ...(events ?? matcherOf("calls")), callReasons } : events;
}
