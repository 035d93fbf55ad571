import { useCallback, useEffect } from "react";
import { Button } from "react-aria-components/Button";
import { useMutation } from "urql";
import { nameOf } from "../customer/facts.ts";
import { agoOf, percentOf } from "../parts/format.ts";
import { useNow } from "../parts/now.ts";
import { go, usePlace } from "../shell/router.ts";
import { useShortcut } from "../shell/shortcuts.tsx";
import { Advice } from "./advice.tsx";
import { acknowledgePop, type Pop } from "./pop.query.ts";
import { usePops } from "./pops.tsx";
import "./live.css";

/** The calls that ring on this screen, above any page. */
export function PopCards() {
  const { ringing, farewell } = usePops();
  const { path, search } = usePlace();
  const [first] = ringing;
  const isIdle = (path === "/" || path === "/desk") && ![...search.keys()].length;
  const only = first?.lookup.candidates.length === 1 ? first.lookup.candidates[0] : undefined;
  // The desk is free: the caller opens at once.
  const opening = isIdle && only && first ? deskAddress(only.customer.id, first) : null;
  useEffect(() => {
    if (opening) go(opening);
  }, [opening]);
  const onDesk = search.get("call");
  const take = useTake();
  const waiting = ringing.find(({ acknowledgedAt }) => !acknowledgedAt);
  const answer = useCallback(
    () => waiting && take(waiting, waiting.lookup.candidates[0]?.customer.id),
    [waiting, take],
  );
  useShortcut("a", "Take the call that rings, of whoever is likeliest", waiting ? answer : null);
  return (
    <div className="pops" aria-live="assertive">
      {ringing.map((pop) => (
        <PopCard key={pop.id} pop={pop} isOpen={pop.callId === onDesk} />
      ))}
      {ringing.length === 0 && farewell && <p className="farewell">{farewell}</p>}
    </div>
  );
}

function PopCard({ pop, isOpen }: { pop: Pop; isOpen: boolean }) {
  const now = useNow();
  const take = useTake();
  const { candidates, advice } = pop.lookup;
  return (
    <section className="panel pop" aria-label="Incoming call">
      <div className="pop-head">
        <strong>{isOpen ? "On the line" : "Incoming call"}</strong>
        <span className="soft">
          {agoOf(pop.ringingAt, now)}
          {pop.callReason && `, about ${pop.callReason}`}
        </span>
      </div>
      {candidates.length === 0 && <p>Nobody is known under this number.</p>}
      {isOpen && pop.acknowledgedAt ? null : (
        <ul className="row">
          {candidates.map(({ customer, confidence, why }) => (
            <li key={customer.id}>
              <Button className="button primary" onPress={() => take(pop, customer.id)} aria-description={why}>
                Take {nameOf(customer)} {candidates.length > 1 && percentOf(confidence)}
              </Button>
            </li>
          ))}
          {candidates.length === 0 && (
            <li>
              <Button className="button primary" onPress={() => take(pop, undefined)}>
                Take the call
              </Button>
            </li>
          )}
        </ul>
      )}
      <Advice advice={advice} />
    </section>
  );
}

/** Opens the customer on the desk, and tells every other screen that the call is taken. */
function useTake() {
  const [, acknowledge] = useMutation(acknowledgePop);
  return useCallback(
    (pop: Pop, customerId: string | undefined) => {
      go(deskAddress(customerId, pop));
      if (!pop.acknowledgedAt) void acknowledge({ popId: pop.id });
    },
    [acknowledge],
  );
}

function deskAddress(customerId: string | undefined, { callId }: Pop): string {
  return `/desk?${new URLSearchParams({ ...(customerId && { customer: customerId }), call: callId })}`;
}
