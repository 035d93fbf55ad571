import { interactionOf, isLeg } from "./contacts.ts";
import { lifeOf, sessionsOf } from "./recount.ts";
import type { Told } from "./world.ts";

// What a container holds once more, slow and obvious.

interface Counted {
  container: string;
  sessionTimeoutMinutes: number;
}

/** All that belongs together with an event. */
export function stretchOf(world: readonly Told[], event: Told, counted: Counted): Told[] {
  return stretchesOf(world, event.customerId, counted).find((stretch) => stretch.includes(event))!;
}

/** What is counted of a customer. */
export function stretchesOf(
  world: readonly Told[],
  customerId: string,
  { container, sessionTimeoutMinutes }: Counted,
): Told[][] {
  if (container === "SESSION") return sessionsOf(world, customerId, sessionTimeoutMinutes);
  const life = lifeOf(world, customerId);
  if (container === "CUSTOMER") return [life];
  const nameOf = (event: Told) => {
    const id = isLeg(event) ? event.columns?.session_id : null;
    return id == null ? interactionOf(event) : `${event.source} ${id}`;
  };
  return [...new Set(life.map(nameOf))].map((name) => life.filter((event) => nameOf(event) === name));
}
