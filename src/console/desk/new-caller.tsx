import { useCallback, useState } from "react";
import { Button } from "react-aria-components/Button";
import { useMay } from "../api/viewer.ts";
import { usePops } from "../live/pops.tsx";
import { Empty } from "../parts/states.tsx";
import { go, usePlace } from "../shell/router.ts";
import { useShortcut } from "../shell/shortcuts.tsx";
import { LogCall } from "./log-call.tsx";

/** A caller of whom nothing is known: logging the call makes them a customer. */
export function NewCaller({ title, typed }: { title: string; typed: string }) {
  const [isLogging, setLogging] = useState(false);
  const log = useCallback(() => setLogging(true), []);
  const mayLog = useMay()("facts:write");
  useShortcut("l", "Log this call", mayLog ? log : null);
  const { search } = usePlace();
  const { ringing, agentId } = usePops();
  const call = ringing.find(({ callId }) => callId === search.get("call"));
  return (
    <>
      <Empty title={title}>
        A number needs its country, such as +44 20 7946 0012. A new caller is known from the first call that is logged.
      </Empty>
      {mayLog && (
        <div className="row centre">
          <Button className="button primary" onPress={log}>
            Log this call
          </Button>
        </div>
      )}
      <LogCall
        identities={[]}
        typed={typed}
        isOpen={isLogging}
        onClose={() => setLogging(false)}
        onLogged={(customerId) => go(`/desk?customer=${customerId}`)}
        agentId={agentId}
        call={call}
      />
    </>
  );
}
