import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { useSubscription } from "urql";
import { useMay, useViewer } from "../api/viewer.ts";
import { type Pop, popSubscription } from "./pop.query.ts";

const PLACE = "c360.agent";

interface Pops {
  /** The agent of this screen; empty while it has none. */
  agentId: string;
  /** Whether the key belongs to one agent, who cannot be changed. */
  isFixed: boolean;
  beAgent: (agentId: string) => void;
  /** The calls on this screen, newest first. */
  ringing: readonly Pop[];
  /** Why the last call left the screen, as a sentence. */
  farewell: string;
  isBroken: boolean;
}

const PopsContext = createContext<Pops | null>(null);

const FAREWELLS = {
  TRANSFERRED_AWAY: "was transferred to somebody else",
  ENDED: "is over",
  EXPIRED: "was not taken in time",
};

/** The calls on this agent's screen, on any page. */
export function usePops(): Pops {
  return useContext(PopsContext)!;
}

/** Subscribes to an agent's calls as soon as the agent is known. */
export function PopsProvider({ children }: { children: ReactNode }) {
  const [chosen, setChosen] = useState(() => localStorage.getItem(PLACE) ?? "");
  const owner = useViewer()?.agentId ?? null;
  const agentId = owner ?? chosen;
  const mayListen = useMay()("live:pops");
  const isPaused = !agentId || !mayListen;
  const fold = useCallback(
    (known: readonly Pop[] = [], { screenPop }: { screenPop: Pop }) => [
      screenPop,
      ...known.filter(({ id }) => id !== screenPop.id),
    ],
    [],
  );
  const variables = useMemo(() => ({ agentId, after: null }), [agentId]);
  const [{ data = [], error }] = useSubscription({ query: popSubscription, variables, pause: isPaused }, fold);
  const beAgent = useCallback((next: string) => {
    localStorage.setItem(PLACE, next);
    setChosen(next);
  }, []);
  const pops = useMemo(() => {
    const mine = data.filter((pop) => pop.agentId === agentId);
    const [last] = mine;
    const ringing = mine.filter(({ state }) => state === "RINGING");
    const farewell = last && last.state !== "RINGING" ? `${callerOf(last)} ${FAREWELLS[last.state]}.` : "";
    return { agentId, isFixed: owner !== null, beAgent, ringing, farewell, isBroken: Boolean(error) };
  }, [data, error, owner, agentId, beAgent]);
  return <PopsContext value={pops}>{children}</PopsContext>;
}

/** The name of the likeliest caller. */
function callerOf({ lookup }: Pop): string {
  const name = lookup.candidates[0]?.customer.displayName;
  return name ? `The call of ${name}` : "The call";
}
