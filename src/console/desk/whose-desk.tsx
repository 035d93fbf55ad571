import { usePops } from "../live/pops.tsx";

/** Whose screen it is: calls for this agent ring here. */
export function WhoseDesk() {
  const { agentId, beAgent, isBroken } = usePops();
  const state = agentId ? (isBroken ? "cannot listen for calls" : "listening for calls") : "not listening";
  return (
    <label className="agent" title={state}>
      <i data-on={Boolean(agentId) && !isBroken} />
      <span>
        Agent<span className="unseen">, {state}</span>
      </span>
      <input
        key={agentId}
        defaultValue={agentId}
        placeholder="your id, to get calls"
        autoComplete="off"
        spellCheck={false}
        onBlur={({ target }) => target.value.trim() !== agentId && beAgent(target.value.trim())}
        onKeyDown={(press) => press.key === "Enter" && press.currentTarget.blur()}
      />
    </label>
  );
}
