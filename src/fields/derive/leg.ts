import { CALL, LEG } from "../call.ts";
import type { BodyOf, GivenName } from "../value.ts";

type Leg = BodyOf<typeof LEG>;

/** What a call calls each field of a leg; null where no call states it. */
const CALLED = Object.values(LEG)
  .filter((field) => !("given" in field && field.given === false))
  .map(({ name }) => [name, calledBy(name)] as [GivenName<typeof LEG>, GivenName<typeof CALL> | null]);

function calledBy(name: string): string | null {
  return Object.values(CALL).find((field) => name === ("of" in field ? field.of : field.name))?.name ?? null;
}

/** The leg of channel VOICE that a logged call is: its own words under the leg's names, what it does not state null. */
export function legOf(call: BodyOf<typeof CALL>): Leg {
  // Assigned in one order, so that V8 gives all legs one hidden class.
  const leg: Record<string, unknown> = {};
  for (const [name, called] of CALLED) leg[name] = called === null ? null : call[called];
  leg.channelType = "VOICE";
  return leg as Leg;
}
