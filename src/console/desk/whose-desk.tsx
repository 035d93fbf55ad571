import { useIsLost } from "../api/live.ts";
import { useMay } from "../api/viewer.ts";
import { usePops } from "../live/pops.tsx";

/** The agent whose calls ring on this screen. */
export function WhoseDesk() {
  const isLost = useIsLost();
  const { agentId, isFixed, beAgent, isBroken } = usePops();
  const mayListen = useMay()("live:pops");
  if (!mayListen) return null;
  const state = stateOf(agentId, isBroken, isLost);
  return (
    <label className="agent" title={state}>
      <i data-on={state === LISTENING} data-lost={state === LOST} />
      <span>
        Agent<span className="unseen">, {state}</span>
      </span>
      <input
        key={agentId}
        defaultValue={agentId}
        placeholder="your id, to get calls"
        readOnly={isFixed}
        autoComplete="off"
        spellCheck={false}
        onBlur={({ target }) => target.value.trim() !== agentId && beAgent(target.value.trim())}
        onKeyDown={(press) => press.key === "Enter" && press.currentTarget.blur()}
      />
    </label>
  );
}

const LISTENING = "listening for calls";
const LOST = "connecting again";

function stateOf(agentId: string, isBroken: boolean, isLost: boolean): string {
  if (!agentId) return "not listening";
  if (isBroken) return "cannot listen for calls";
  return isLost ? LOST : LISTENING;
}
